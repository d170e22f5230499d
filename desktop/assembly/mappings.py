"""All mapping profiles that a file can be read by: those that are shipped, and a hall's own."""

import logging
from collections.abc import Mapping
from pathlib import Path

from desktop import assets
from desktop.domain.identifiers import HallId
from desktop.exchange.errors import ExchangeError
from desktop.exchange.profile_file import named, read_profile_file, read_profile_text
from desktop.exchange.profiles import Profile, read_profiles
from desktop.usecases.mapping_profiles import saved_profiles
from desktop.usecases.ports import Reading

log = logging.getLogger(__name__)
_SUFFIX = ".toml"


def own_profiles(reading: Reading, hall_id: HallId) -> Mapping[str, Profile]:
    """Give a hall's own profiles by name; one that cannot be read any more is left out."""
    profiles: dict[str, Profile] = {}
    for saved in saved_profiles(reading, hall_id):
        try:
            profiles[saved.name] = named(read_profile_text(saved.name, saved.content), saved.name)
        except ExchangeError:
            log.warning("a saved mapping profile could not be read: %s", saved.id)
    return profiles


def all_profiles(own: Mapping[str, Profile]) -> Mapping[str, Profile]:
    """Give all profiles; of two that fit a file equally well, the hall's own comes first."""
    return {**own, **read_profiles(assets.mapping_files()), **own}


def shipped_names() -> frozenset[str]:
    """Name the profiles that are shipped."""
    return frozenset(assets.mapping_files())


def wished_profile(wish: str) -> str | Profile:
    """Take a file of a profile for the profile itself; else it is the name of one.

    Raises:
        ExchangeError: the file is no profile.
    """
    return read_profile_file(Path(wish)) if wish.endswith(_SUFFIX) else wish
