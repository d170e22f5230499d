"""One open profile with everything that works on it."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Self

from desktop import assets
from desktop.assembly.cameras import camera_password, drawn_script
from desktop.assembly.exchange import exchange_of
from desktop.assembly.learning import lessons_of
from desktop.assembly.stages import Stage
from desktop.assembly.titles import titles_of
from desktop.assembly.tokens import KeptToken, device_of
from desktop.bridges.envelopes import Envelopes, line_of
from desktop.bridges.footage import (
    Footage,
    model_of,
    network_cameras,
    shared_plan,
    watch_plan,
)
from desktop.documents.fonts import machine_fonts
from desktop.documents.press import PaperPress
from desktop.domain.calendar import WorkingCalendar, read_calendar
from desktop.domain.checklists import read_checklist
from desktop.domain.entities import Book
from desktop.domain.identifiers import WindowId
from desktop.domain.organisation import Camera, Hall
from desktop.domain.roles import machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.scoring.profile import read_profile
from desktop.domain.sessions import hours_of
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.storage.store import FILE_NAME, Store
from desktop.storage.vault import SealedVault
from desktop.system.clock import SystemClock
from desktop.system.keys import Keys, open_keys
from desktop.system.secrets import SecretName, Secrets
from desktop.usecases.auditing import note_restored
from desktop.usecases.hall_calendar import hall_days
from desktop.usecases.ports import Clock
from desktop.usecases.record_findings import Bench
from desktop.workers.attendance_keeper import AttendanceKeeper
from desktop.workers.backup_keeper import BackupKeeper
from desktop.workers.case_desk import CaseDesk
from desktop.workers.door import Door
from desktop.workers.duty_roster import DutyRoster
from desktop.workers.evidence_tidy import EvidenceTidy, terms_of
from desktop.workers.finder import Finder
from desktop.workers.handling_keeper import HandlingKeeper
from desktop.workers.parcel_post import ParcelPost
from desktop.workers.scratch_pad import ScratchPad
from desktop.workers.server_process import ServerNotStarted, ServerProcess
from desktop.workers.sync_thread import SyncThread
from desktop.workers.video_process import Listener, VideoProcess
from desktop.workers.wakefulness import Wakefulness
from desktop.workers.watch_keeper import WatchKeeper
from desktop.workers.watch_lease import WatchLease, WatchShare
from sync.client.session import Session
from sync.outbox.recorder import Recorder
from video.messages import OverlaySpan, PreviewPlan, Watch, WatchPlan
from video.process import watch as watching_process
from video.vocabulary.model import ModelPlan

log = logging.getLogger(__name__)

PROFILE_ID = "GD-2008"  # the evaluation profile of an office that chose no other
ROUNDS = 60  # of a script of four minutes: a drawn camera plays for four hours
_MB = 1024 * 1024


class Program:
    """Everything that is open; `close` ends it in order, also half-way through opening.

    Attributes:
        server_trouble: why the embedded server did not start; work goes on without it.
        server_pid: process id of the embedded server, 0 without one.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        secrets: Secrets,
        *,
        tell: Callable[[Stage], None] = lambda _: None,
        clock: Clock | None = None,
    ) -> None:
        """Open a profile; blocks for seconds, never on the GUI thread.

        Raises:
            SecretsError: keys cannot be had.
            StorageError: the case file cannot be had.
            FootageError: the vault cannot be had.
            DocumentError: the machine has no font for papers.
        """
        self.paths, self.settings, self.secrets = paths, settings, secrets
        self.clock: Clock = clock or SystemClock()
        self.book = Book(assets.entity_files())
        self.catalogue = Catalogue(assets.rule_files())
        self._nation = read_calendar(assets.calendar_files())
        self.calendar: WorkingCalendar = self._nation
        self.profile = read_profile(assets.scoring_files()[PROFILE_ID])
        self.checklists = tuple(map(read_checklist, assets.checklist_files().values()))
        self.server_trouble: ServerNotStarted | None = None
        self.server_pid = 0
        self.keeper: WatchKeeper | None = None
        self.video: VideoProcess | None = None
        self._roster: DutyRoster | None = None
        self._attendance: AttendanceKeeper | None = None
        self._plan: WatchPlan | None = None
        self._planning = threading.Lock()  # over the plan and its way to the watching process
        self._share = WatchShare()
        self._awake = Wakefulness()
        self._watched: tuple[Hall, Footage] | None = None
        self._model = model_of(settings)
        self._ends = ExitStack()
        try:
            self._open(tell)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the watching, the rounds, the server, and give the case file back."""
        self._ends.close()

    def at_the_end(self, deed: Callable[[], object]) -> None:
        """Do something when everything else has ended."""
        ends = self._ends.pop_all()
        self._ends.callback(deed)
        self._ends.push(ends)

    @property
    def clock_offset_s(self) -> float | None:
        """How far this machine's clock stood before the server's in the last round."""
        report = self.sync.status.report
        return report.skew_s if report else None

    def watch(
        self, hall: Hall, cameras: Sequence[Camera], footage: Footage, *listeners: Listener
    ) -> None:
        """Watch these cameras from now on, in a process of its own; retired ones stay dark."""
        plan = watch_plan(
            hall,
            cameras,
            footage,
            password=lambda camera_id: camera_password(self.secrets, camera_id),
            script=drawn_script,
            preview=PreviewPlan(self.settings.preview_per_second),
            lessons=lessons_of(self.desk, hall.id),
        )
        self._watched = (hall, footage)
        if self.video is None:
            self._start_watching(hall, footage, listeners)
        assert self.video is not None  # started just now, or before
        assert self._roster is not None
        windows = [WindowId(zone.window_id) for camera in plan.cameras for zone in camera.zones]
        with self._planning:
            spans = self._roster.begin(windows, footage.start)
            self._go_on_by(replace(plan, overlays=spans, model=self._model))
        self._lease.want(hall.id, network_cameras(plan))
        self._roster.renew()
        self._hold_sleep_off()

    def watch_anew(self, cameras: Sequence[Camera]) -> None:
        """Watch a hall's cameras as they now are; the first ones start the watching.

        A network camera that did not change goes on untouched. What is played begins again now.
        """
        if not cameras:
            return
        if self._watched is None or self._watched[0].id != cameras[0].hall_id:
            with self.desk.store.look() as reading:
                hall = reading.get(Hall, cameras[0].hall_id)
            self._watched = hall, Footage(self.clock.now(), rounds=ROUNDS)
        hall, footage = self._watched
        self.watch(hall, cameras, replace(footage, start=self.clock.now()))

    @property
    def model(self) -> ModelPlan | None:
        """Which model finds persons now, None for the program's own."""
        return self._model

    def use_model(self, model: ModelPlan | None) -> None:
        """Find persons with another model from now on, None for the program's own.

        Cameras that are being watched begin anew.
        """
        self._model = model
        with self._planning:
            if self._plan is not None:
                self._go_on_by(replace(self._plan, model=model))

    def take_settings(self, settings: Settings) -> None:
        """Go on by other settings; what is read only when the program opens waits for that."""
        self.settings = settings
        self.session.use(line_of(settings))
        self.sync.every_s = settings.sync_every_s
        self.backups.keep = settings.keep_backups
        self.tidy.terms = terms_of(settings)
        preview = PreviewPlan(settings.preview_per_second)
        with self._planning:
            if self._plan is not None and self._plan.preview != preview:
                self._go_on_by(replace(self._plan, preview=preview))
        self._hold_sleep_off()

    def stop_watching(self) -> None:
        """End the watching process; everything it reported is written down first."""
        if self.video is not None and self.keeper is not None and self._roster is not None:
            self.desk.unsubscribe(self._roster.renew)
            self.video.stop()
            if self._attendance is not None:
                self._attendance.finish()
            self.keeper.finish()
            with self._planning:
                self.video = self._plan = None
            self._lease.want(self.keeper.hall_id, ())
            self._hold_sleep_off()

    def _hold_sleep_off(self) -> None:
        """Keep the machine awake while network cameras are watched and the user wishes it."""
        with self._planning:
            watches = self._plan is not None and bool(network_cameras(self._plan))
            self._awake.want(awake=self.settings.keep_awake and watches)

    def _start_watching(self, hall: Hall, footage: Footage, listeners: Sequence[Listener]) -> None:
        self.keeper = self._keeper(hall)
        self._roster = DutyRoster(
            self.desk,
            hall.id,
            hours_of(hall, self.calendar),
            clock=self.clock,
            since=footage.start,
            tell=self._lay_over,
        )
        self.desk.subscribe(self._roster.renew)
        self.video = VideoProcess(watching_process, self.vault)
        self._attendance = self._attendance_of(hall, self.keeper)
        self._attendance.settle_the_past()
        for listener in (self.keeper.hear, self._attendance.hear, self._roster.hear, *listeners):
            self.video.subscribe(listener)
        self._ends.callback(self.stop_watching)
        self.video.start()

    def _lay_over(self, spans: tuple[OverlaySpan, ...]) -> None:
        """Go on by the same plan under another schedule; no camera begins anew."""
        with self._planning:
            if self._plan is not None:
                self._go_on_by(replace(self._plan, overlays=spans))

    def _go_on_by(self, plan: WatchPlan) -> None:
        if self.video is not None:
            self._plan = plan
            self.video.watch(Watch(shared_plan(plan, self._share.held)))

    def _take_share(self, share: WatchShare) -> None:
        """Watch the cameras that this machine may watch now; those of others end."""
        with self._planning:
            before, self._share = self._share, share
            if self._plan is not None and share != before:
                self._go_on_by(self._plan)
            if self.video is not None:
                self.video.say(share)

    def _open(self, tell: Callable[[Stage], None]) -> None:
        tell(Stage.KEYS)
        exists = (self.paths.store / FILE_NAME).exists()
        keys = open_keys(self.secrets, store_exists=exists)
        self.device = device_of(self.secrets)
        tell(Stage.CASE_FILE)
        self._open_store(keys)
        if exists:  # what was made a moment ago holds nothing yet
            self.backups.begin()
        self._count_days()
        self.desk.subscribe(self._count_days)
        tell(Stage.SERVER)
        self._open_line()
        tell(Stage.PAPERS)
        templates = assets.template_files()
        self.press = PaperPress(templates, machine_fonts(), self.vault)
        self.tidy.begin()
        self.finder = Finder(self.desk, titles_of(self.catalogue, templates))
        self._ends.callback(self.finder.stop)
        self.finder.start()
        self.handling = HandlingKeeper(self.desk, self._bench, device_id=self.device.device_id)
        self._ends.callback(self.handling.stop)
        self.handling.start()

    def _bench(self) -> Bench:
        return Bench(self.catalogue, self.calendar, self.clock, self.profile.grades[-1].name)

    def _count_days(self) -> None:
        """Count by what the hall has taken in; who counts a day next asks for it anew."""
        with self.desk.store.look() as reading:
            self.calendar = hall_days(reading, self._nation)

    def _open_store(self, keys: Keys) -> None:
        self.recorder = Recorder(self.device, self.clock.now)
        store = Store(
            self.paths.store,
            keys.store,
            book=self.book,
            outbox=Envelopes(self.recorder, self.book),
            clock=self.clock,
            backups=self.paths.backups,
        )
        self.desk = CaseDesk(store)
        self._ends.callback(self.desk.close)
        if store.restored:
            self.desk.act(
                machine(self.device.device_id), partial(note_restored, copy=store.restored)
            )
        self.scratch = ScratchPad(self.desk)
        keep = self.settings.keep_backups
        self.backups = BackupKeeper(self.desk, self.paths.backups, keep=keep, clock=self.clock)
        reserve = self.settings.keep_free_mb * _MB
        self.vault = SealedVault(self.paths.vault, keys.vault, reserve=reserve)
        self.tidy = EvidenceTidy(
            self.desk,
            self.vault,
            terms_of(self.settings),
            device_id=self.device.device_id,
            clock=self.clock,
        )
        self._ends.callback(self.tidy.close)

    def _open_line(self) -> None:
        url = self.settings.server_url or self._own_server()
        line = line_of(self.settings)
        self.session = Session(url, self.device, KeptToken(self.secrets), settings=line)
        self._ends.callback(self.session.close)
        self._lease = WatchLease(self.session, self._take_share)
        self._ends.callback(self._lease.stop)
        self._lease.start()
        self.door = Door(self.session, self.desk, device_id=self.device.device_id, clock=self.clock)
        self._ends.callback(self.door.close)
        rounds, parcels = exchange_of(
            self.session, self.device, self.recorder, self.desk, self.vault
        )
        self.parcels = ParcelPost(self.desk, parcels, self.clock, self._calendar_version)
        self.sync = SyncThread(rounds, every_s=self.settings.sync_every_s, clock=self.clock)
        self._ends.callback(self.sync.stop)
        self.sync.start()

    def _calendar_version(self) -> str:
        return self.calendar.version

    def _own_server(self) -> str:
        """Start the embedded server; without it everything but synchronising works."""
        server = ServerProcess(self.paths.server, assets.folder("entities"))
        try:
            ready = server.start()
        except (ServerNotStarted, OSError) as error:
            detail = error.detail if isinstance(error, ServerNotStarted) else type(error).__name__
            self.server_trouble = ServerNotStarted(detail)
            log.warning("the embedded server did not start")
            return ""
        self._ends.callback(server.stop)
        if ready.admin_password:
            self.secrets.save(SecretName.SERVER_ADMIN.value, ready.admin_password.encode())
        self.server_pid = ready.pid
        return ready.url

    def _keeper(self, hall: Hall) -> WatchKeeper:
        return WatchKeeper(
            self.desk,
            hall.id,
            device_id=self.device.device_id,
            catalogue=self.catalogue,
            calendar=self.calendar,
            clock=self.clock,
        )

    def _attendance_of(self, hall: Hall, keeper: WatchKeeper) -> AttendanceKeeper:
        return AttendanceKeeper(
            self.desk,
            hall,
            device_id=self.device.device_id,
            do=keeper.do,
            catalogue=self.catalogue,
            calendar=self.calendar,
            clock=self.clock,
        )
