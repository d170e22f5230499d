"""An inspector in a process of its own that may end at any moment, and goes on where it was.

    python -m tests.support.killed_inspector FOLDER SEED

It says each thing twice as a line of JSON: before it does it, and once the disk has it. Whoever
kills it knows what must still be there.
"""

import json
import random
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from desktop.domain.identifiers import InspectionId, UserId
from desktop.domain.inspections import Inspection, InspectionState, Verdict
from desktop.domain.organisation import Window
from desktop.domain.roles import Actor, Role
from desktop.usecases.inspections.answering import Saying, answer_item, start_inspection
from desktop.usecases.inspections.finishing import finish_inspection
from desktop.usecases.inspections.planning import Round, plan_inspections
from desktop.usecases.organisation import set_up_hall
from desktop.workers.case_desk import CaseDesk
from desktop.workers.scratch_pad import ScratchPad
from tests.support.inspections import CATALOGUE, REFUSED, WINDOW_LIST
from tests.support.profiles import SetClock, hall_plan, open_store, person

ME = Actor(UserId("0198a3c2-0000-7000-8000-000000000001"), "徐楠", frozenset({Role.INSPECTOR}), "d")
OTHER = UserId("0198a3c2-0000-7000-8000-000000000002")
NOTES = ("九点十分才开窗", "two seats, one empty", "公示牌没有写明原因")


class Inspector:
    """Goes through one window after the other, forever."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._chance = chance
        self._clock = SetClock()
        self._desk = CaseDesk(open_store(folder, self._clock))
        self._pad = ScratchPad(self._desk)

    def go_through(self) -> None:
        """Answer what is open of the inspection that is under way, then finish it."""
        inspection = self._under_way()
        for item in WINDOW_LIST.items:
            if self._chance.random() < 0.4:
                self._write(inspection.id, item.key, self._chance.choice(NOTES))
            self._answer(inspection.id, item.key)
        finish = partial(finish_inspection, inspection_id=inspection.id, taken=REFUSED)
        _say("doing", "finish", inspection.id, {})
        tools = {"catalogue": CATALOGUE, "clock": self._clock}
        self._desk.act(ME, partial(finish, **tools)).result()
        _say("done", "finish", inspection.id, {})

    def _under_way(self) -> Inspection:
        for known in self._desk.look(lambda reading: reading.find(Inspection)).result():
            if known.state is InspectionState.UNDER_WAY:
                return known
        planned = self._planned()
        start = partial(start_inspection, inspection_id=planned.id, clock=self._clock)
        return self._desk.act(ME, start).result()

    def _planned(self) -> Inspection:
        windows = self._desk.look(lambda reading: reading.find(Window)).result()
        if not windows:
            plan = hall_plan()
            self._desk.act(person(Role.DATA_MGR), partial(set_up_hall, plan=plan)).result()
            windows = plan.windows
        due = date(2026, 11, 24)
        wanted = Round("巡查", (windows[0].id,), (ME.user_id, OTHER), due, WINDOW_LIST)
        act = partial(plan_inspections, planned=wanted, clock=self._clock)
        return self._desk.act(ME, act).result()[0]

    def _answer(self, inspection_id: InspectionId, key: str) -> None:
        verdict = self._chance.choice([Verdict.OK, Verdict.NA])
        told = {"item": key, "verdict": verdict.value, "note": self._chance.choice(NOTES)}
        saying = Saying(verdict, note=told["note"])
        _say("doing", "answer", inspection_id, told)
        act = partial(answer_item, inspection_id=inspection_id, key=key, said=saying)
        self._desk.act(ME, partial(act, clock=self._clock)).result()
        _say("done", "answer", inspection_id, told)

    def _write(self, inspection_id: InspectionId, key: str, note: str) -> None:
        """Write a note stroke by stroke, as fast as the disk takes it."""
        place = f"inspection/{inspection_id}/{key}"
        for length in range(1, len(note) + 1):
            told = {"place": place, "words": note[:length]}
            _say("doing", "stroke", inspection_id, told)
            self._pad.write(place, note[:length])
            self._pad.read(place).result()
            _say("done", "stroke", inspection_id, told)


def _say(when: str, what: str, inspection_id: str, told: Mapping[str, str]) -> None:
    line = {"when": when, "what": what, "inspection": inspection_id, **told}
    print(json.dumps(line), flush=True)  # to whoever kills it


def main(folder: str, seed: str) -> None:
    """Go on until killed."""
    inspector = Inspector(Path(folder), random.Random(int(seed)))  # repeatable, not secret
    while True:
        inspector.go_through()


if __name__ == "__main__":
    main(*sys.argv[1:])
