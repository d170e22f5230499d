"""The demonstration's three months and their figures, computed once."""

from functools import lru_cache

from desktop import assets
from desktop.domain.calendar import WorkingCalendar, read_calendar
from desktop.domain.demonstration.quarter import PERIOD, make_quarter
from desktop.domain.report.facts import Facts
from desktop.domain.report.figures import Figures, figures_of
from desktop.domain.scoring.profile import Profile, read_profile

WORDING = assets.report_wording("efficiency")


@lru_cache(maxsize=1)
def calendar() -> WorkingCalendar:
    return read_calendar(assets.calendar_files())


@lru_cache(maxsize=1)
def profile() -> Profile:
    return read_profile(assets.scoring_files()["GD-2008"])


@lru_cache(maxsize=1)
def facts() -> Facts:
    return make_quarter(assets.demonstration_quarter(), calendar=calendar(), profile=profile())


@lru_cache(maxsize=1)
def figures() -> Figures:
    return figures_of(facts(), PERIOD, profile=profile(), calendar=calendar())
