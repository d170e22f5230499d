"""From arrivals to reports, with evidence where somebody keeps it."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from video.errors import FootageError
from video.evidence.keeper import EvidenceKeeper
from video.evidence.manifest import Judged
from video.messages import (
    AbsenceReminder,
    CameraHealth,
    CameraPlan,
    CameraTrouble,
    EventClosed,
    EventOpened,
    MainStream,
    PreviewPlan,
    ReminderEnded,
    Report,
    SourceEnded,
    StateSpan,
    WindowStatus,
)
from video.pipeline.analysis import Analysis, Judgement
from video.pipeline.naming import EventName, any_name
from video.pipeline.overlays import OverlayLookup, always_open
from video.pipeline.previews import Previewer
from video.pipeline.stream import StreamWatch
from video.sources.base import Taken
from video.sources.feed import Arrival, Broken, Connected, Kept, Silent
from video.sources.health import Verdict
from video.states.changes import (
    Alerted,
    Change,
    Reminded,
    SpanEnded,
    SpellBegan,
    SpellEnded,
    SpellForgotten,
)
from video.states.machine import Memory, Rules
from video.states.spell import Limits, Spell
from video.vocabulary.detection import Detector
from video.vocabulary.event import WindowEvent
from video.vocabulary.frame import EncodedPacket, Frame, StreamShape
from video.vocabulary.moment import Moment


class CameraLine:
    """Watches one camera; used by one thread."""

    def __init__(
        self,
        camera: CameraPlan,
        *,
        detector: Detector,
        rules: Rules,
        overlay: OverlayLookup = always_open,
        keeper: EvidenceKeeper | None = None,
        preview: PreviewPlan | None = None,
        name: EventName = any_name,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare.

        Args:
            keeper: keeps evidence; without one, events come without items.
            name: names an event of a window by its beginning.
            clock: limits previews.
        """
        self.camera_id = camera.camera_id
        self._detector, self._knows_phones = detector.name, detector.knows_phones
        self._analysis = Analysis(camera.zones, detector=detector, rules=rules, overlay=overlay)
        lessons = {zone.window_id: zone.lesson for zone in camera.zones}
        self._lessons = {window: told.sha256 for window, told in lessons.items() if told}
        self._keeper = keeper
        self._name = name
        self._clock = clock
        self._stream = StreamWatch(camera.camera_id)
        self._previewer: Previewer | None = None
        self._health: Verdict | None = None
        self._event_ids: dict[str, str] = {}
        self._ticks = 0
        self._last_s = 0.0
        self.show(preview)

    @property
    def rules(self) -> Rules:
        """By what the windows are judged."""
        return self._analysis.rules

    def judge_by(self, rules: Rules) -> None:
        """Apply other limits from the next tick on; the profile must be the same."""
        self._analysis.rules = rules

    def show(self, preview: PreviewPlan | None) -> None:
        """Make previews like this from now on, or none."""
        self._previewer = Previewer(self.camera_id, preview, self._clock) if preview else None

    def take(self, arrival: Arrival) -> Iterator[Report]:
        """Take what came.

        Raises:
            FootageError: BAD_ZONE when the picture is too small for a zone.
        """
        match arrival:
            case Connected(shape):
                self._analysis.fit(width=shape.width, height=shape.height)
                yield from filter(None, (self._stream.connected(shape),))
                if self._keeper is not None:
                    self._keeper.connected(shape)
            case Taken(packet, frames, broken, clock_off_s):
                if self._keeper is not None:
                    self._keeper.came(packet)
                yield from filter(None, (self._stream.came(arrival),))
                if broken:
                    self._analysis.broke(packet.show_s)
                if clock_off_s is not None:
                    self._analysis.told_clock(clock_off_s, packet.show_s)
                for frame in frames:
                    yield from self._see(frame)
            case Kept(item):
                yield from self._keep(item)
            case Silent(moment):
                yield from self._tell(self._analysis.miss(moment), moment)
            case Broken(error, retry_s):
                yield _trouble(self.camera_id, error, retry_s)
            case _:
                assert_never(arrival)

    def _keep(self, item: StreamShape | EncodedPacket | FootageError) -> Iterator[Report]:
        """Take what comes of the main stream."""
        match item:
            case FootageError():
                yield MainStream(self.camera_id, item.trouble)
            case StreamShape():
                yield MainStream(self.camera_id)
                if self._keeper is not None:
                    self._keeper.main_connected(item)
            case EncodedPacket():
                if self._keeper is not None:
                    self._keeper.main_came(item)

    def finish(self) -> Iterator[Report]:
        """End watching: close what is open, seal what there is."""
        for window_id, memory, changes in self._analysis.finish():
            yield from self._told(window_id, changes, memory.now)
        yield from self._completed(now=True)

    def ended(self) -> SourceEnded:
        """Say how far a recording went."""
        return SourceEnded(self.camera_id, self._ticks, self._last_s)

    def _see(self, frame: Frame) -> Iterator[Report]:
        if self._keeper is not None:
            self._keeper.pictured(frame)
        yield from self._tell(self._analysis.see(frame), Moment(frame.at_s, frame.at_wall))
        preview = self._previewer.of(frame) if self._previewer is not None else None
        if preview is not None:
            yield replace(preview, persons=self._analysis.persons)

    def _tell(self, judged: Iterable[Judgement], moment: Moment) -> Iterator[Report]:
        judgements = tuple(judged)
        self._ticks += 1
        self._last_s = moment.at_s
        yield from self._health_changed(moment)
        if self._keeper is not None:
            self._keeper.saw(judgement.observation for judgement in judgements)
        for judgement in judgements:
            seen, memory = judgement.observation, judgement.memory
            yield from self._told(seen.window_id, judgement.changes, memory.now)
            if self._keeper is not None and _is_half(memory, self.rules.limits):
                self._keeper.half(seen.window_id)
            yield WindowStatus(
                camera_id=self.camera_id,
                window_id=seen.window_id,
                state=memory.state,
                overlay=memory.overlay,
                since_s=memory.since.at_s,
                since_wall=memory.since.at_wall,
                observation=seen,
            )
        yield from self._completed()

    def _health_changed(self, moment: Moment) -> Iterator[Report]:
        health = self._analysis.health
        if health is not None and health != self._health:
            self._health = health
            off_s = self._analysis.clock_off_s
            yield CameraHealth(self.camera_id, health.health, health.cause, moment.at_wall, off_s)

    def _told(self, window_id: str, changes: Iterable[Change], now: Moment) -> Iterator[Report]:
        for change in changes:
            match change:
                case SpanEnded():
                    yield self._span(window_id, change)
                case SpellBegan(spell):
                    if self._keeper is not None:
                        self._keeper.began(window_id, spell.start)
                case SpellForgotten(end):
                    yield from self._forgotten(window_id, end)
                case Reminded(spell):
                    yield self._reminder(window_id, spell)
                case Alerted(spell, at):
                    self._named(window_id, spell)
                    yield from self._opened(self._event(window_id, spell, at, None))
                case SpellEnded(spell, end, last):
                    event = self._event(window_id, spell, end or last, end)
                    del self._event_ids[window_id]
                    yield from self._closed(event)
                case _:
                    assert_never(change)

    def _reminder(self, window_id: str, spell: Spell) -> AbsenceReminder:
        return AbsenceReminder(
            self.camera_id,
            window_id,
            spell.start.at_wall,
            self._named(window_id, spell),
            self.rules.limits.reminder_s,
        )

    def _named(self, window_id: str, spell: Spell) -> str:
        if window_id not in self._event_ids:
            self._event_ids[window_id] = self._name(window_id, spell.start)
        return self._event_ids[window_id]

    def _forgotten(self, window_id: str, end: Moment | None) -> Iterator[Report]:
        if self._keeper is not None:
            self._keeper.forgotten(window_id)
        if event_id := self._event_ids.pop(window_id, None):
            end_wall = end.at_wall if end is not None else None
            yield ReminderEnded(self.camera_id, window_id, event_id, end_wall)

    def _opened(self, event: WindowEvent) -> Iterator[Report]:
        if self._keeper is not None:
            event = self._keeper.opened(event, self._judged(event.window_id))
        yield EventOpened(event)
        yield from self._troubles()

    def _closed(self, event: WindowEvent) -> Iterator[Report]:
        if self._keeper is None:
            yield EventClosed(event)
        else:
            self._keeper.closed(event, self._judged(event.window_id))

    def _completed(self, *, now: bool = False) -> Iterator[Report]:
        if self._keeper is not None:
            for event in self._keeper.complete(now=now):
                yield EventClosed(event)
            yield from self._troubles()

    def _troubles(self) -> Iterator[Report]:
        for error in self._keeper.troubles() if self._keeper is not None else ():
            yield _trouble(self.camera_id, error, 0.0)  # watching goes on

    def _span(self, window_id: str, span: SpanEnded) -> StateSpan:
        return StateSpan(
            camera_id=self.camera_id,
            window_id=window_id,
            state=span.state,
            overlay=span.overlay,
            start_s=span.start.at_s,
            end_s=span.end.at_s,
            start_wall=span.start.at_wall,
            end_wall=span.end.at_wall,
        )

    def _event(
        self, window_id: str, spell: Spell, until: Moment, end: Moment | None
    ) -> WindowEvent:
        return WindowEvent(
            event_id=self._event_ids[window_id],
            camera_id=self.camera_id,
            window_id=window_id,
            state=spell.alert_state,
            start_s=spell.start.at_s,
            end_s=end.at_s if end is not None else None,
            start_wall=spell.start.at_wall,
            end_wall=end.at_wall if end is not None else None,
            threshold_s=spell.alert if spell.alert is not None else 0.0,
            unknown_share=spell.unknown_share(until.at_s),
            longest_gap_s=spell.longest_gap_s,
            conclusive=spell.is_conclusive(until.at_s),
            customer_waited=spell.waiting_s > 0,
        )

    def _judged(self, window_id: str) -> Judged:
        limits = self.rules.limits
        named = {
            "absence": limits.threshold_s,
            "reminder": limits.reminder_s,
            "customer_waiting": limits.waiting_threshold_s,
        }
        if self._knows_phones:
            named["phone"] = limits.phone_s
        return Judged(self._detector, self.rules.profile, named, self._lessons.get(window_id))


def watched(arrivals: Iterable[Arrival], line: CameraLine) -> Iterator[Report]:
    """Watch to the end, whatever kind of end it is.

    A trouble that waiting does not cure is the last report but for those that close what was open:
    `CameraTrouble` with `retry_s` None.
    """
    try:
        for arrival in arrivals:
            yield from line.take(arrival)
    except FootageError as error:
        yield from line.finish()
        yield _trouble(line.camera_id, error, None)
        return
    yield from line.finish()
    yield line.ended()


def _is_half(memory: Memory, limits: Limits) -> bool:
    phone = memory.phone
    if phone is not None and phone.kept and not phone.over and phone.spell.alert is None:
        return phone.spell.counted_s >= limits.phone_s / 2
    spell = memory.spell
    if spell is None or spell.back is not None or spell.alert is not None:
        return False
    halves = (spell.counted_s, limits.threshold_s), (spell.waiting_s, limits.waiting_threshold_s)
    return any(counted >= limit / 2 > 0 for counted, limit in halves)


def _trouble(camera_id: str, error: FootageError, retry_s: float | None) -> CameraTrouble:
    subject = "" if error.subject == camera_id else error.subject
    detail = ": ".join(part for part in (subject, error.detail) if part)
    return CameraTrouble(camera_id, error.trouble, detail, retry_s)
