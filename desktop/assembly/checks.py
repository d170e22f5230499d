"""What judging a foreign file needs, joined: its reader, its profile, the rules to ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from os import urandom
from pathlib import Path

from desktop import assets
from desktop.assembly.mappings import all_profiles
from desktop.domain.calendar import WorkingCalendar, read_calendar
from desktop.domain.clocks import Scene
from desktop.domain.errors import BadField
from desktop.domain.flows import read_templates
from desktop.domain.imports import Taken
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.domain.rules.checker import CaseChecker
from desktop.exchange.making import CaseMaker
from desktop.exchange.opening import open_source, taken_cases
from desktop.exchange.profiles import DeadlineKind, Profile, choose_profile
from desktop.exchange.raw import Names, Source
from desktop.exchange.rule_file import read_rule_file

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Inspection:
    """A foreign file, ready to be read, with those who judge it."""

    source: Source
    profile: Profile
    maker: CaseMaker
    checker: CaseChecker
    case_no: str

    @property
    def by_law(self) -> bool:
        """Whether its cases are overdue by the legal limit."""
        return self.profile.deadline is DeadlineKind.STATUTORY

    def cases(self) -> Iterator[Taken]:
        """Read the file from its beginning.

        Raises:
            ExchangeError: the file as a whole is refused.
        """
        return taken_cases(self.source, self.maker, self.case_no)


def inspect_file(
    path: Path,
    *,
    profile: str | Profile = "",
    rules: RuleSet | None = None,
    now: datetime,
    secret: bytes = b"",
    own: Mapping[str, Profile] | None = None,
) -> Inspection:
    """Open a file, choose its profile by its fields unless one is given, and bind the rules.

    Args:
        profile: one by its id, or one that somebody corrected.
        own: a hall's own profiles, beside those that are shipped.

    Raises:
        ExchangeError: it cannot be read, or no profile fits.
    """
    source = open_source(path)
    names = source.names()
    chosen = profile if isinstance(profile, Profile) else _chosen(source, names, profile, own)
    maker = CaseMaker(chosen, names, secret=secret or urandom(_SECRET_BYTES))
    flows = read_templates(assets.procedure_files())
    checker = CaseChecker(
        rules or RuleSet(Catalogue(assets.rule_files())),
        maker.inputs,
        Scene(now, calendar_of(chosen)),
        flow=flows.get(chosen.flow),
    )
    return Inspection(source, chosen, maker, checker, chosen.case_no(names))


def _chosen(
    source: Source, names: Names, wanted: str, own: Mapping[str, Profile] | None
) -> Profile:
    return choose_profile(all_profiles(own or {}), names, source.name, wanted)


def calendar_of(profile: Profile) -> WorkingCalendar:
    """Give the calendar that a profile's deadlines are counted by."""
    if profile.national_calendar:
        return read_calendar(assets.calendar_files())
    return WorkingCalendar((), (), profile.zone)


def wished_rules(wish: str) -> RuleSet:
    """Give the rules that somebody asks for: a file of a hall's settings, or ids and families.

    A file holds `off = [ids]` and a table of parameters for each rule; ids and families are
    separated by commas, as "R-PRC,R-TIM-06".

    Raises:
        BadField: a rule or parameter that is none, or a value out of its range.
    """
    catalogue = Catalogue(assets.rule_files())
    if wish.endswith(".toml"):
        return _from_file(catalogue, Path(wish))
    wanted = tuple(word.strip() for word in wish.split(",") if word.strip())
    ids = [rule.id for rule in catalogue.rules()]
    for word in wanted:
        if not any(_belongs(rule_id, word) for rule_id in ids):
            raise BadField("rule_set", "rule", word)
    off = {each for each in ids if wanted and not any(_belongs(each, word) for word in wanted)}
    return RuleSet(catalogue, switched_off=frozenset(off))


def _from_file(catalogue: Catalogue, path: Path) -> RuleSet:
    parameters, switched_off = read_rule_file(path)
    return RuleSet(catalogue, parameters, switched_off)


def _belongs(rule_id: str, word: str) -> bool:
    return rule_id == word or rule_id.startswith(f"{word}-")
