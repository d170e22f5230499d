"""A whole profile for tests: a store on disk, people, a hall, and a clock that is set by hand."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from desktop import assets
from desktop.bridges.envelopes import Envelopes
from desktop.domain.calendar import read_calendar
from desktop.domain.entities import Book
from desktop.domain.identifiers import (
    BasisId,
    CameraId,
    Digest,
    HallId,
    OrganId,
    RegionId,
    UnitId,
    UserId,
    WindowId,
    new_id,
)
from desktop.domain.organisation import (
    BasisPurpose,
    Camera,
    CameraKind,
    Hall,
    LegalBasis,
    Organ,
    OrganType,
    Session,
    Unit,
    Window,
    Zone,
)
from desktop.domain.roles import Actor, Role
from desktop.domain.rules.video import SightedItem, Sighting
from desktop.storage.store import Store
from desktop.usecases.organisation import HallPlan
from sync.outbox.recorder import Recorder
from sync.protocol.identity import DeviceIdentity

KEY = bytes(range(32))
REGION = RegionId("region")
CALENDAR = read_calendar(assets.calendar_files())
DAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09:00 in the hall


class SetClock:
    """A clock that is set by hand."""

    def __init__(self, moment: datetime = DAY) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, **lasting: float) -> None:
        self.moment += timedelta(**lasting)


def person(role: Role, name: str = "") -> Actor:
    return Actor(UserId(new_id()), name or role.value, frozenset({role}), "device")


def open_store(folder: Path, clock: SetClock, *, key: bytes = KEY) -> Store:
    book = Book(assets.entity_files())
    recorder = Recorder(DeviceIdentity.new(), clock.now)
    return Store(
        folder / "store",
        key,
        book=book,
        outbox=Envelopes(recorder, book),
        clock=clock,
        backups=folder / "backups",
    )


def hall_plan(*, organ_type: OrganType = OrganType.EFFICIENCY_OFFICE) -> HallPlan:
    organ = Organ(
        OrganId(new_id()),
        REGION,
        "某市行政效能监察办公室",
        "市效能办",
        organ_type,
        "某效监",
        "周宁",
        "0000-8712345",
        "申诉受理科",
    )
    unit = Unit(UnitId(new_id()), REGION, "某市住房和城乡建设局", "住建")
    hall = Hall(
        HallId(new_id()), REGION, "某市政务服务大厅", organ.id, (Session(time(9), time(17)),)
    )
    windows = tuple(
        Window(WindowId(new_id()), hall.id, f"{n:02}", f"{n:02} 号窗口", unit.id) for n in (1, 2)
    )
    square = ((0.1, 0.1), (0.4, 0.1), (0.4, 0.6), (0.1, 0.6))
    camera = Camera(
        CameraId(new_id()),
        hall.id,
        "1号机",
        CameraKind.DRAWN,
        "hall",
        tuple(Zone(window.id, square) for window in windows),
    )
    conduct, power, since = BasisPurpose.CONDUCT, BasisPurpose.CARD, date(2020, 1, 1)
    bases = (
        LegalBasis(BasisId(new_id()), REGION, conduct, "管理办法", "第十二条", since),
        LegalBasis(BasisId(new_id()), REGION, power, "监察办法", "第二十一条", since),
    )
    return HallPlan(organ, bases, (unit,), hall, windows, (camera,))


def sighting(plan: HallPlan, **more: object) -> Sighting:
    words: dict[str, object] = {
        "event_id": new_id(),
        "camera_id": plan.cameras[0].id,
        "window_id": plan.windows[0].id,
        "started_at": DAY,
        "ended_at": None,
        "threshold_s": 900.0,
        "unknown_share": 0.0,
        "conclusive": True,
        "customer_waited": False,
        "items": (SightedItem("start", Digest("ab" * 32), 3, "image/jpeg", 0.0, DAY),),
        "facts": {"detector": "test"},
    }
    return Sighting(**{**words, **more})  # type: ignore[arg-type]
