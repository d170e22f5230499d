"""Inspections for tests: the shipped checklist, two inspectors, answers to everything."""

import io
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from PIL import Image

from desktop import assets
from desktop.domain.checklists import Checklist, read_checklist
from desktop.domain.evidence import PhotoSource
from desktop.domain.identifiers import Digest, InspectionId, UserId, new_id
from desktop.domain.inspections import Acknowledged, Acknowledgement, Inspection, Verdict
from desktop.domain.roles import Actor, Role
from desktop.domain.rules.catalogue import Catalogue
from desktop.storage.store import Store
from desktop.usecases.inspections.answering import (
    Photo,
    Saying,
    add_photo,
    answer_item,
    start_inspection,
)
from desktop.usecases.inspections.finishing import Finished, finish_inspection
from desktop.usecases.inspections.planning import Round, plan_inspections
from desktop.usecases.inspections.visit import Visit, read_visit
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.usecases.ports import UnitOfWork
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person

T = TypeVar("T")

WINDOW_LIST = read_checklist(assets.checklist_files()["window"])
CATALOGUE = Catalogue(assets.rule_files())
REFUSED = Acknowledgement(
    Acknowledged.REFUSED, "李明", witness="王芳", refusal_note="认为记录不实，拒绝签名"
)


class InspectedHall:
    """A hall, two inspectors and a store, without a screen."""

    def __init__(self, folder: Path, checklist: Checklist = WINDOW_LIST) -> None:
        self.clock = SetClock()
        self.store: Store = open_store(folder, self.clock)
        self.plan: HallPlan = hall_plan()
        self.checklist = checklist
        self.first = person(Role.INSPECTOR, "徐楠")
        self.second = person(Role.INSPECTOR, "何平")
        with self.store.act(person(Role.DATA_MGR)) as work:
            set_up_hall(work, self.plan)

    def act(self, deed: Callable[[UnitOfWork], T], actor: Actor | None = None) -> T:
        with self.store.act(actor or self.first) as work:
            return deed(work)

    def planned(self, *, due_on: date = date(2026, 11, 24), windows: int = 1) -> Inspection:
        made = partial(plan_inspections, planned=self.round(due_on, windows), clock=self.clock)
        return self.act(made)[0]

    def round(self, due_on: date, windows: int = 1) -> Round:
        ids = [window.id for window in self.plan.windows[:windows]]
        return Round(
            "十一月巡查", ids, (self.first.user_id, self.second.user_id), due_on, self.checklist
        )

    def started(self) -> Inspection:
        start = partial(start_inspection, inspection_id=self.planned().id, clock=self.clock)
        return self.act(start)

    def say(self, inspection: Inspection, key: str, said: Saying) -> None:
        self.act(lambda work: answer_item(work, inspection.id, key, said, clock=self.clock))

    def say_all(self, inspection: Inspection, failed: Mapping[str, str] | None = None) -> None:
        """Answer everything; what is in `failed` is not in order, with this note."""

        def say(work: UnitOfWork) -> None:
            for item in self.checklist.items:
                note = (failed or {}).get(item.key)
                said = Saying(Verdict.NOT, note=note) if note else Saying(Verdict.OK)
                answer_item(work, inspection.id, item.key, said, clock=self.clock)

        self.act(say)

    def photograph(self, inspection: Inspection, key: str, sha256: str = "ab" * 32) -> None:
        photo = Photo(Digest(sha256), 3, "image/jpeg", DAY, PhotoSource.FILE, "Huawei P60")
        self.act(lambda work: add_photo(work, inspection.id, key, photo, clock=self.clock))

    def finish(self, inspection: Inspection, taken: Acknowledgement = REFUSED) -> Finished:
        self.clock.pass_time(minutes=20)
        tools = {"catalogue": CATALOGUE, "clock": self.clock}
        return self.act(
            partial(finish_inspection, inspection_id=inspection.id, taken=taken, **tools)
        )

    def visit(self, inspection_id: InspectionId) -> Visit:
        with self.store.look() as reading:
            return read_visit(reading, inspection_id)


def jpeg(width: int = 640, height: int = 360, **exif: str) -> bytes:
    """A photograph with what it says of itself: make, model, taken, offset."""
    image = Image.new("RGB", (width, height), (120, 140, 160))
    told = Image.Exif()
    tags = {"make": 0x010F, "model": 0x0110}
    inner = {"taken": 0x9003, "offset": 0x9011}
    for name, value in exif.items():
        if name in tags:
            told[tags[name]] = value
        else:
            told.get_ifd(0x8769)[inner[name]] = value
    out = io.BytesIO()
    image.save(out, "JPEG", exif=told)
    return out.getvalue()


def yesterday() -> date:
    """The day before the tests' day."""
    return (DAY - timedelta(days=1)).date()


def stranger() -> UserId:
    """Somebody who is not one of the two."""
    return UserId(new_id())
