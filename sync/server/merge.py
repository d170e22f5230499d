"""How a change meets a record that somebody else may have changed meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rfc8785

from sync.protocol.answers import Outcome
from sync.protocol.change import Body, Change, patched
from sync.server.rules import Refusal, Rules


@dataclass(frozen=True, slots=True)
class Merged:
    """The record after a change; `lost` are fields in which the server's value stayed."""

    body: dict[str, Any]
    outcome: Outcome
    lost: tuple[str, ...] = ()


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are written alike; Python holds true and 1 to be equal."""
    return one == other and bool(rfc8785.dumps(one) == rfc8785.dumps(other))


def merge(
    rules: Rules, change: Change, old: Body | None, ver: int, is_own: Callable[[str], bool]
) -> Merged:
    """Merge by the class of the entity.

    Args:
        is_own: whether the device of the change was the last to set a field. A device whose store
            came back from a backup rests on what it has forgotten that it changed since; it is not
            in conflict with itself.

    Raises:
        Refusal: a strict change rests on a version that is no longer the last.
    """
    if old is None:
        return Merged(patched(None, change.patch), Outcome.APPLIED)
    if rules.is_strict(change.entity):
        if change.expect_ver != ver:
            raise Refusal("changed_meanwhile", expected=change.expect_ver, ver=ver)
        return Merged(patched(old, change.patch), Outcome.APPLIED)
    fits = {
        name: pair
        for name, pair in change.patch.items()
        if any(same(old.get(name), value) for value in pair) or is_own(name)
    }
    lost = tuple(sorted(change.patch.keys() - fits.keys()))
    untouched = all(same(old.get(n), before) for n, (before, _) in change.patch.items())
    outcome = Outcome.APPLIED if untouched else Outcome.MERGED
    return Merged(patched(old, fits), outcome, lost)
