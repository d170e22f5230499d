"""What rules and papers are called, for whoever looks for one by its name."""

from collections.abc import Mapping

from desktop.assets import Parsed
from desktop.domain.rules.catalogue import Catalogue


def titles_of(catalogue: Catalogue, templates: Mapping[str, Parsed]) -> Mapping[str, str]:
    """Name rules and papers as people look for them, in both languages where they have two."""
    rules = {
        rule.id: " ".join((rule.id, *(each.name for each in rule.wording.values())))
        for rule in catalogue.rules()
    }
    return rules | {code: f"{code} {content['title']}" for code, content in templates.items()}
