"""Names of nodes for the facts of a finding, in every language of the template."""

from collections.abc import Mapping

from desktop.domain.flows import Template


def title_of(flow: Template | None, node: str) -> str | Mapping[str, str]:
    """Give a node's titles, or its bare name where no node has it."""
    titles = {each.name: each.title for each in flow.nodes} if flow else {}
    return titles.get(node, node)
