"""A look at a foreign file before it is taken in: what it is, and how it would be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.assembly.mappings import all_profiles
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.glimpse import (
    Beginning,
    Coded,
    Mapped,
    beginning_of,
    codes_of,
    mapped,
    recoded,
    remapped,
)
from desktop.exchange.opening import open_source
from desktop.exchange.profiles import Profile, choose_profile
from desktop.exchange.raw import Names, Source

STANDARD = "standard"  # what is offered for correction where nothing fits


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would be read.

    Attributes:
        profiles: all that could be chosen.
        fits: whether a profile was recognised; else somebody has to map the fields.
        names: of the file's columns, of its cases and of their events.
        codes: that stand in the fields of codes, with what they mean.
    """

    path: Path
    beginning: Beginning
    profile: Profile
    profiles: tuple[Profile, ...]
    fields: tuple[Mapped, ...]
    names: Names
    fits: bool
    codes: tuple[Coded, ...] = ()

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

    def recode(self, changed: Coded) -> "Preview":
        """Let a code mean something else."""
        same = (changed.field, changed.code)
        codes = tuple(changed if (each.field, each.code) == same else each for each in self.codes)
        return replace(self, codes=codes, profile=recoded(self.profile, changed))


def preview_file(
    path: Path, profile: str | Profile = "", own: Mapping[str, Profile] | None = None
) -> Preview:
    """Look at a file; it is not read to its end.

    Args:
        profile: the id of one, or one that was not saved yet.
        own: a hall's own profiles, beside those that are shipped.

    Raises:
        ExchangeError: it cannot be read.
    """
    source = open_source(path)
    names = source.names()
    profiles = dict(all_profiles(own or {}))
    if isinstance(profile, Profile):
        profiles[profile.id] = profile
        profile = profile.id
    chosen, fits = _choose(profiles, source, names, profile)
    return Preview(
        path=path,
        beginning=beginning_of(source, chosen.case_no(names)),
        profile=chosen,
        profiles=tuple(profiles.values()),
        fields=_every_field(chosen, profiles[STANDARD], names),
        names=names,
        fits=fits,
        codes=codes_of(source, chosen, names),
    )


def _every_field(chosen: Profile, standard: Profile, names: Names) -> tuple[Mapped, ...]:
    """Give the fields of a profile, and those of the standard table that it has no column for."""
    fields = mapped(chosen, names)
    known = {(each.field, each.of_event) for each in fields}
    rest = (
        Mapped(each.field, each.of_event, "")
        for each in mapped(standard, names)
        if (each.field, each.of_event) not in known
    )
    return (*fields, *rest)


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
