"""Rules and checkers for tests."""

from collections.abc import Collection

from desktop import assets
from desktop.domain.approvals import CaseBundle
from desktop.domain.clocks import Scene
from desktop.domain.flows import Template, read_templates
from desktop.domain.items import ServiceItem
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.domain.rules.checker import CaseChecker
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import Candidate
from tests.support.cases import item as common_item

CATALOGUE = Catalogue(assets.rule_files())
RULES = RuleSet(CATALOGUE)
FLOWS = read_templates(assets.procedure_files())


def checker(
    scene: Scene,
    *,
    item: ServiceItem | None = None,
    flow: Template | None = None,
    inputs: Collection[Input] = tuple(Input),
    rules: RuleSet = RULES,
) -> CaseChecker:
    """A checker to which everything is told, with one item."""
    known = item or common_item()
    return CaseChecker(rules, inputs, scene, items={known.code: known}, flow=flow)


def found(scene: Scene, bundle: CaseBundle, **more: object) -> list[Candidate]:
    """Judge one case."""
    return checker(scene, **more).check(bundle)  # type: ignore[arg-type]


def levels(candidates: Collection[Candidate]) -> dict[str, int]:
    """The level found by rule."""
    return {each.rule_id: each.level for each in candidates}
