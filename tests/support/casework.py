"""An office at work for the screens: a real case file, vault and press; people who come and go."""

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path

from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from sqlalchemy import Connection

from desktop import assets
from desktop.documents.fonts import FontBook, machine_fonts
from desktop.documents.press import PaperPress
from desktop.domain.calendar import read_calendar
from desktop.domain.cards import Card, CardKind
from desktop.domain.checklists import read_checklist
from desktop.domain.entities import Book
from desktop.domain.evidence import ServiceWay
from desktop.domain.findings import Finding, ReviewResult
from desktop.domain.identifiers import Digest, UserId, new_id
from desktop.domain.organisation import UserCard
from desktop.domain.roles import Actor, Role, machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.video import SightedItem, Sighting
from desktop.domain.scoring.profile import read_profile
from desktop.storage.numbers import add_block, numbers_left
from desktop.storage.vault import SealedVault
from desktop.system.secrets import MemorySecrets
from desktop.usecases import cards
from desktop.usecases.findings import Review, propose_finding, review_finding
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.rectification import serve_with_order
from desktop.usecases.service import Service
from desktop.viewmodels.review.exhibits import ready_decoders
from desktop.workers.case_desk import CaseDesk
from desktop.workers.scratch_pad import ScratchPad
from desktop.workers.video_process import Listener
from sync.protocol.identity import DeviceIdentity
from tests.support.profiles import DAY, REGION, SetClock, hall_plan, open_store, sighting
from video.messages import ClipEnd, ClipFrame, Command, PlayClip, Ready

PEOPLE = {
    Role.VIDEO_SUP: "林敏",
    Role.SUPERVISOR: "陈璐",
    Role.SECTION_HEAD: "赵科",
    Role.LEGAL_CHECK: "方法",
    Role.DEPUTY_HEAD: "钱伟",
    Role.SEAL_CLERK: "尹洁",
    Role.INSPECTOR: "徐楠",
    Role.HEAD: "孙正",
    Role.APPEAL_REVIEWER: "何复",
    Role.UNIT_LIAISON: "许文",
}
FIRST_NUMBER = 12


class FakeGate:
    """A door through which anybody comes in, with a block of numbers."""

    def __init__(self, desk: CaseDesk) -> None:
        self._desk = desk
        self.actor: Actor | None = None
        self.trouble: Exception | None = None  # of the server, for who wants numbers
        self._next: Counter[tuple[str, int]] = Counter()

    def have_numbers(self, series: str, year: int) -> "Future[int]":
        """Lease ten more where none is left, as the door does."""
        if self.trouble is not None:
            refused: Future[int] = Future()
            refused.set_exception(self.trouble)
            return refused

        def lease(connection: Connection) -> int:
            if not numbers_left(connection, series, year):
                first = FIRST_NUMBER + self._next[series, year]
                self._next[series, year] += 10
                add_block(connection, series, year, first, first + 9)
            return numbers_left(connection, series, year)

        return self._desk.write(lease)


class FakeScreen:
    """Plays a clip as the watching process would, when told to."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.listeners: list[Listener] = []
        self.ready: Ready | None = None

    def subscribe(self, listener: Listener) -> None:
        self.listeners.append(listener)

    def unsubscribe(self, listener: Listener) -> None:
        self.listeners.remove(listener)

    def send(self, command: Command) -> None:
        self.commands.append(command)

    def play(self, frames: Sequence[bytes], *, per_second: float = 5.0) -> None:
        """Answer the last PlayClip with these pictures."""
        asked = [command for command in self.commands if isinstance(command, PlayClip)][-1]
        for number, jpeg in enumerate(frames):
            self._tell(ClipFrame(asked.request_id, number / per_second, jpeg))
        self._tell(ClipEnd(asked.request_id))

    def _tell(self, report: ClipFrame | ClipEnd) -> None:
        for listener in tuple(self.listeners):
            listener(report)


class FakeOffice:
    """The open program, as far as casework needs it; a viewmodels.casework.Casework."""

    def __init__(self, folder: Path, clock: SetClock) -> None:
        self.clock = clock
        self.desk = CaseDesk(open_store(folder, clock))
        self.vault = SealedVault(folder / "vault", bytes(32))
        self.door = FakeGate(self.desk)
        self.video: FakeScreen | None = FakeScreen()
        self.book = Book(assets.entity_files())
        self.catalogue = Catalogue(assets.rule_files())
        self.calendar = read_calendar(assets.calendar_files())
        self.profile = read_profile(assets.scoring_files()["GD-2008"])
        self.checklists = tuple(map(read_checklist, assets.checklist_files().values()))
        self.scratch = ScratchPad(self.desk)
        self.clock_offset_s: float | None = 0.4
        self.device = DeviceIdentity.new()
        self.plan: HallPlan = hall_plan()
        self.people = {role: self._person(role, name) for role, name in PEOPLE.items()}
        self.secrets = MemorySecrets()
        self._open_hall()

    @cached_property
    def press(self) -> PaperPress:
        templates = assets.template_files()
        return PaperPress(templates, _fonts(), self.vault)

    def enter(self, role: Role) -> Actor:
        """Let somebody sit down at the desk."""
        self.door.actor = self.people[role]
        return self.people[role]

    def propose(self, **more: object) -> Finding:
        """Let the machine propose a finding with its whole pack of evidence."""
        seen = self.sighting(**more)
        known = {"catalogue": self.catalogue, "calendar": self.calendar, "clock": self.clock}
        finding = self.desk.act(
            machine("device"), partial(propose_finding, sighting=seen, **known)
        ).result()
        assert finding is not None
        return finding

    def sighting(self, **more: object) -> Sighting:
        ended = DAY + timedelta(minutes=15, seconds=12)
        words = {"ended_at": ended, "items": self.items(), "facts": {"start_s": 60.0}}
        return sighting(self.plan, **{**words, **more})

    def confirmed(self, **more: object) -> Finding:
        finding = self.propose(**more)
        for role in (Role.VIDEO_SUP, Role.SECTION_HEAD):
            finding = self.review(finding, role, ReviewResult.TRUE)
        return finding

    def review(self, finding: Finding, role: Role, result: ReviewResult, note: str = "") -> Finding:
        review = Review(result, note)
        return self.desk.act(
            self.people[role],
            lambda work: review_finding(work, finding.id, review, clock=self.clock),
        ).result()

    def signed(self, finding: Finding, *, rectify_due: date = date(2026, 12, 1)) -> Card:
        """Lead a card to its signature without the screens."""
        violated, basis = (each.id for each in self.plan.bases)
        text = cards.CardText("窗口无人值守。", (violated,), (basis,), ("恢复服务",), rectify_due)
        press, clock = self.press, self.clock
        draft = partial(cards.draft_card, finding_id=finding.id, kind=CardKind.YELLOW)
        card = self._act(Role.SUPERVISOR, partial(draft, text=text, clock=clock))
        for role, step in (
            (Role.SUPERVISOR, partial(cards.submit_card, clock=clock)),
            (Role.LEGAL_CHECK, partial(cards.check_card, opinion="同意", clock=clock)),
            (Role.DEPUTY_HEAD, partial(cards.sign_card, press=press, clock=clock)),
        ):
            card = self._act(role, partial(step, card_id=card.id))
        return card

    def issued(self, finding: Finding, *, rectify_due: date = date(2026, 12, 1)) -> Card:
        """Lead a card to its number without the screens."""
        card = self.signed(finding, rectify_due=rectify_due)
        self.door.have_numbers("某效监黄", 2026).result()
        issue = partial(cards.issue_card, card_id=card.id, press=self.press, clock=self.clock)
        return self._act(Role.SEAL_CLERK, issue)

    def served(self, *, rectify_due: date = date(2026, 12, 1), **more: object) -> Card:
        """Lead a card to its service, and its rectification into the ledger."""
        card = self.issued(self.confirmed(**more), rectify_due=rectify_due)
        now = self.clock.now()
        service = Service(ServiceWay.DIRECT, "住建局", "办公室", now, "许文", ("尹洁",))
        serve = partial(serve_with_order, service=service, press=self.press, clock=self.clock)
        return self._act(Role.SEAL_CLERK, partial(serve, card_id=card.id))

    def _act(self, role: Role, deed: Callable[[UnitOfWork], Card]) -> Card:
        return self.desk.act(self.people[role], deed).result()

    def items(self) -> tuple[SightedItem, ...]:
        """Seal a pack of evidence: five moments, a clip, the strip and the manifest."""
        made = []
        moments = {"before": -5.0, "start": 0.0, "half": 450.0, "threshold": 900.0, "return": 912.0}
        for role, after_s in moments.items():
            at = (60.0 + after_s, DAY + timedelta(seconds=after_s))
            clerk = role in {"before", "return"}
            original = self._item(role, picture(role, clerk=clerk), "image/jpeg", *at)
            masked = self._item(role, picture(f"{role} masked", clerk=clerk), "image/jpeg", *at)
            made += [original, replace(masked, masked_of=original.sha256)]
        made.append(self._item("clip", b"not decoded here", "video/mp4", 50.0, DAY))
        made.append(self._item("strip", strip_bytes(), "application/json", 50.0, DAY))
        made.append(self._item("manifest", manifest_bytes(), "application/json", 60.0, DAY))
        return tuple(made)

    def card(self, card_id: str) -> Card:
        return self.desk.look(lambda reading: reading.get(Card, card_id)).result()

    def cards(self) -> tuple[Card, ...]:
        return self.desk.look(lambda reading: reading.find(Card)).result()

    def close(self) -> None:
        self.desk.close()

    def _item(
        self, role: str, data: bytes, media_type: str, at_s: float, taken_at: object
    ) -> SightedItem:
        stored = self.vault.put(data)
        return SightedItem(role, Digest(stored.sha256), stored.size, media_type, at_s, taken_at)  # type: ignore[arg-type]

    def _person(self, role: Role, name: str) -> Actor:
        return Actor(UserId(new_id()), name, frozenset({role}), "device")

    def _open_hall(self) -> None:
        def open_hall(work: object) -> None:
            set_up_hall(work, self.plan)  # type: ignore[arg-type]

        keeper = Actor(UserId(new_id()), "宋立", frozenset({Role.DATA_MGR}), "device")
        self.desk.act(keeper, open_hall).result()
        admin = Actor(UserId(new_id()), "admin", frozenset({Role.SYS_ADMIN}), "device")
        for role, actor in self.people.items():
            card = UserCard(actor.user_id, REGION, actor.name, (role,))
            self.desk.act(admin, lambda work, card=card: _register(work, card)).result()  # type: ignore[misc]


def _register(work: object, card: UserCard) -> None:
    work.add(card)  # type: ignore[attr-defined]
    work.note("user.register", card.id)  # type: ignore[attr-defined]


@contextmanager
def working_office(folder: Path) -> Iterator[FakeOffice]:
    ready_decoders()
    office = FakeOffice(folder, SetClock(DAY + timedelta(minutes=30)))
    try:
        yield office
    finally:
        office.close()


_FONTS: list[FontBook] = []


def _fonts() -> FontBook:
    """Look for fonts once: it takes a quarter of a second."""
    if not _FONTS:
        _FONTS.append(machine_fonts())
    return _FONTS[0]


def picture(word: str = "", *, clerk: bool = False, size: tuple[int, int] = (640, 360)) -> bytes:
    """Draw a counter with or without a clerk; the word makes the bytes its own."""
    image = Image.new("RGB", size, (198, 204, 212))
    draw = ImageDraw.Draw(image)
    w, h = size
    draw.rectangle((w * 0.06, h * 0.08, w * 0.3, h * 0.36), fill=(228, 231, 232))
    draw.rectangle((w * 0.7, h * 0.06, w * 0.92, h * 0.4), fill=(92, 127, 168))
    draw.rectangle((w * 0.18, h * 0.3, w * 0.32, h * 0.62), fill=(70, 70, 74))
    if clerk:
        draw.ellipse((w * 0.2, h * 0.2, w * 0.3, h * 0.38), fill=(226, 178, 140))
        draw.rectangle((w * 0.17, h * 0.37, w * 0.33, h * 0.64), fill=(48, 92, 170))
    draw.rectangle((0, h * 0.62, w, h), fill=(166, 124, 90))
    draw.text((8, h - 16), word, fill=(255, 255, 255))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def strip_bytes(ticks: int = 480) -> bytes:
    """A strip as `video/evidence/strip.py` writes it: a clerk who leaves and comes back."""
    last = ticks - 6
    return json.dumps(
        {
            "window_id": "w",
            "at_s": [50.0 + 2.0 * n for n in range(ticks)],
            "clerk": "".join("y" if n < 5 or n >= last else "n" for n in range(ticks)),
            "clerk_score": [0.0] * ticks,
            "customer": "".join("y" if 150 < n < 300 else "n" for n in range(ticks)),
            "motion": "n" * ticks,
            "health": "".join("b" if 320 < n < 328 else "o" for n in range(ticks)),
            "health_trace": [
                {"from_s": 50.0, "health": "o", "cause": "none"},
                {"from_s": 692.0, "health": "b", "cause": "covered"},
            ],
        }
    ).encode()


def manifest_bytes() -> bytes:
    """A manifest as `video/evidence/manifest.py` writes it."""
    seat = [[0.13, 0.16], [0.36, 0.16], [0.38, 0.62], [0.11, 0.62]]
    return json.dumps(
        {
            "format": "hallwatch-evidence-1",
            "missing": {},
            "detector": "MobileNet-SSD 761c86fb openvino 2026.4",
            "profile": {"name": "hall"},
            "profile_sha256": "5e" * 32,
            "seat": seat,
            "seat_sha256": "7d" * 32,
        }
    ).encode()


def nameless(page: QWidget) -> list[str]:
    """Name the kinds of what the keyboard reaches on a page but no reader can name."""
    return [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
