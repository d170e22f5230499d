"""A look at a foreign file before it is taken in: what it is, and how it would be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desktop import assets
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.glimpse import Beginning, Mapped, beginning_of, mapped, remapped
from desktop.exchange.opening import open_source
from desktop.exchange.profiles import Profile, choose_profile, read_profiles
from desktop.exchange.raw import Names, Source

STANDARD = "standard"  # what is offered for correction where nothing fits


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be read.

    Attributes:
        profiles: all that could be chosen.
        fits: whether a profile was recognised; else somebody has to map the fields.
        columns: of the file, of its cases and of their events.
    """

    path: Path
    beginning: Beginning
    profile: Profile
    profiles: tuple[Profile, ...]
    fields: tuple[Mapped, ...]
    names: Names
    fits: bool

    @property
    def can_go(self) -> bool:
        """Whether the cases can be told apart."""
        return any(each.field == "case_no" and each.column for each in self.fields)

    def remap(self, changed: Mapped) -> "Preview":
        """Read one field from another column."""
        same = (changed.field, changed.of_event)
        fields = tuple(
            changed if (each.field, each.of_event) == same else each for each in self.fields
        )
        return replace(self, fields=fields, profile=remapped(self.profile, fields))


def preview_file(path: Path, profile: str = "") -> Preview:
    """Look at a file; it is not read to its end.

    Raises:
        ExchangeError: it cannot be read.
    """
    source = open_source(path)
    names = source.names()
    profiles = read_profiles(assets.mapping_files())
    chosen, fits = _choose(profiles, source, names, profile)
    return Preview(
        path=path,
        beginning=beginning_of(source, chosen.case_no(names)),
        profile=chosen,
        profiles=tuple(profiles.values()),
        fields=mapped(chosen, names),
        names=names,
        fits=fits,
    )


def _choose(
    profiles: Mapping[str, Profile], source: Source, names: Names, wanted: str
) -> tuple[Profile, bool]:
    if wanted in profiles:
        return profiles[wanted], any(profiles[wanted].fits(names))
    try:
        return choose_profile(profiles, names, source.name), True
    except ExchangeError as error:
        if error.trouble is not ExchangeTrouble.NO_PROFILE_FITS:
            raise
        return profiles[STANDARD], False
