"""How each choice of the welcome opens a profile."""

from desktop.assembly.founding import Joining
from desktop.assembly.opening import (
    open_demonstration,
    open_founded,
    open_joined,
    open_profile,
)
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.usecases.founding import Founding
from desktop.viewmodels.opening import Opener
from desktop.viewmodels.welcome import Ways


def ways_into(paths: Paths, settings: Settings, *, has_profile: bool = False) -> Ways:
    """Give the ways into a profile at these places.

    Args:
        has_profile: there is a case file already, in which somebody may have an account.
    """

    def joined(joining: Joining) -> Opener:
        return lambda ask, tell: open_joined(paths, settings, joining, ask, tell)

    def founded(founding: Founding) -> Opener:
        return lambda ask, tell: open_founded(paths, settings, founding, ask, tell)

    return Ways(
        playing(paths.demonstration, settings),
        joined,
        founded,
        owning(paths, settings) if has_profile else None,
    )


def playing(paths: Paths, settings: Settings) -> Opener:
    """Open the demonstration, which never asks for anything."""
    return lambda _, tell: open_demonstration(paths, settings, tell)


def owning(paths: Paths, settings: Settings) -> Opener:
    """Open the user's own profile."""
    return lambda ask, tell: open_profile(paths, settings, ask, tell)
