"""Makes the view-models of an open profile, and the pages that show them."""

import os
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop.assembly.cameras import CameraOffice
from desktop.assembly.program import Program
from desktop.assembly.samples import SampleProfile
from desktop.settings import Settings
from desktop.system.link_scheme import link_scheme
from desktop.system.network import NetworkReturn
from desktop.viewmodels.approvals.deadlines import Deadlines
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.importing import ImportDesk
from desktop.viewmodels.approvals.raising import Raising
from desktop.viewmodels.approvals.rules import RuleDesk
from desktop.viewmodels.approvals.sampling import Sampling
from desktop.viewmodels.approvals.views import CaseViews
from desktop.viewmodels.audit_log import AuditLog
from desktop.viewmodels.backups import Backups
from desktop.viewmodels.boards import BoardDesk
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.collection import CollectionDesk
from desktop.viewmodels.detector import DetectorChoice
from desktop.viewmodels.devices import Devices
from desktop.viewmodels.dossiers.desk import DossierDesk
from desktop.viewmodels.evidence.desk import EvidenceDesk
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.editor import ChecklistEditor
from desktop.viewmodels.keeping import EvidenceKeeping
from desktop.viewmodels.learning.desk import LearningDesk
from desktop.viewmodels.library.desk import LibraryDesk
from desktop.viewmodels.link_claim import LinkClaim
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.parcels import ParcelDesk
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.quality import QualityDesk
from desktop.viewmodels.queue.desk import QueueDesk
from desktop.viewmodels.registers.desk import RegisterDesk
from desktop.viewmodels.reports.briefs import BriefDesk
from desktop.viewmodels.reports.desk import ReportDesk
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.rule_count import RuleCount
from desktop.viewmodels.samples import Samples
from desktop.viewmodels.seals import Seals
from desktop.viewmodels.search import SearchDesk
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.sign_in import SignIn
from desktop.viewmodels.sync_centre import SyncCentre
from desktop.viewmodels.users import UserDesk
from desktop.viewmodels.watch_health import WatchHealth
from desktop.viewmodels.watching import Watching
from desktop.views.approvals.page import approvals_entry
from desktop.views.audit_page import audit_entries
from desktop.views.backups_panel import BackupsPanel
from desktop.views.boards.page import boards_entry
from desktop.views.casework import casework_pages
from desktop.views.collection.page import collection_entry
from desktop.views.detector_panel import DetectorPanel
from desktop.views.dossiers.page import dossiers_entry
from desktop.views.evidence.page import evidence_entry
from desktop.views.help.page import help_entry
from desktop.views.inspections.page import inspections_entry
from desktop.views.keeping_panel import KeepingPanel
from desktop.views.learning.page import learning_entry
from desktop.views.library.page import library_entry
from desktop.views.links_panel import LinksPanel
from desktop.views.main_window import Desk
from desktop.views.page import PageEntry
from desktop.views.queue.page import queue_entry
from desktop.views.registers.page import registers_entry
from desktop.views.samples_panel import SamplesPanel
from desktop.views.seals_panel import SealsPanel
from desktop.views.search_page import search_entry
from desktop.views.settings_page import settings_entry
from desktop.views.setup.page import setup_entry
from desktop.views.sync_page import sync_entry
from desktop.views.users_page import users_entry
from desktop.views.watching import watching_pages
from desktop.workers.audit_book import AuditBook
from desktop.workers.errands import Errands
from desktop.workers.waiting_room import WaitingRoom
from video.process.camera_trial import photograph


class Tools(QObject):
    """Everything the screens work with; stopped before the program is closed."""

    def __init__(self, program: Program, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        self.preferences = Preferences(program.settings, program.paths.settings, program.desk, self)
        self.preferences.changed.connect(self._go_on_by)
        self._furnish_sync(program)
        self._health = WatchHealth(program.server_trouble is None, self)
        self._errands = Errands()
        self._approvals = ApprovalsDesk(program, self._errands, self)
        deadlines = Deadlines(self._approvals, self)
        self._rule_count = RuleCount(self._approvals, self._errands, self)
        self._boards = BoardDesk(program, self._rule_count, self)
        self.watching = Watching(
            program, self._sync, self, deadlines=deadlines, boards=self._boards
        )
        self.watching.live.listening.connect(self._health.follow)
        if program.video is not None:
            self._health.follow(program.video)
        self._learning = LearningDesk(program, self.watching.live, self._errands, self)
        self._review = ReviewDesk(program, self)
        self._cards = CardDesk(program, self)
        self._audit = AuditLog(AuditBook(program.desk, program.device), program.door, self)
        self._dossiers = DossierDesk(program, self)
        self._evidence = EvidenceDesk(program, self)
        cameras = CameraOffice(program, entry=photograph)
        self._inspections = InspectionDesk(program, self, cameras)
        self._checklists = ChecklistEditor(program, self._inspections, self)
        self._papers = PapersDesk(program, self)
        self._queue = QueueDesk(program, self._errands, self)
        self._importing = ImportDesk(program, self._approvals.book, self._errands, self)
        self._raising = Raising(program, self._approvals, self._errands, self)
        self._views = CaseViews(program, self._approvals, self._errands, self)
        self._sampling = Sampling(program, self._approvals, self)
        self._rules = RuleDesk(program, self._approvals, self._errands, self)
        self._registers = RegisterDesk(program, self._approvals, self)
        self._collection = CollectionDesk(program, self)
        self._quality = QualityDesk(program, self._approvals, self._errands, self)
        self._reports = ReportDesk(program, self)
        self._briefs = BriefDesk(program, self)
        self.setup = SetupDesk(program, self)
        self._library = LibraryDesk(program, self)
        self._users = UserDesk(program, self)
        self._furnish_settings(program)
        self.search = SearchDesk(program, program.finder, self)
        self.desk = Desk(SignIn(program.door, self), self._sync, self.preferences, self._health)
        self.desk.sign_in.entered.connect(self.search.take_reader)
        self.search.take_reader()
        self._review.refresh()
        self._cards.refresh()
        self._inspections.refresh()
        self._papers.refresh()

    def _furnish_sync(self, program: Program) -> None:
        self._sync = SyncCentre(program.sync, WaitingRoom(program.desk, program.door), self)
        NetworkReturn(self).came_back.connect(self._sync.sync_now)
        self._devices = Devices(program.door, self)
        self._parcels = ParcelDesk(program.parcels, program.door, self)

    def _furnish_settings(self, program: Program) -> None:
        self._seals = Seals(program, self)
        self._samples = Samples(SampleProfile(program.paths), program.desk, program.door, self)
        self._links = LinkClaim(program, link_scheme(os.environ), self)
        self._backups = Backups(program.backups, self)
        self._backups.warned.connect(self._health.take_store)
        self._keeping = EvidenceKeeping(program.tidy, self)
        self._keeping.warned.connect(self._health.take_room)
        self._detector = DetectorChoice(program, self.preferences, self._errands, self)

    def entries(self) -> Sequence[PageEntry]:
        """The pages of the navigation, in its order."""
        return (
            *watching_pages(self.watching),
            learning_entry(self._learning),
            queue_entry(self._queue),
            approvals_entry(
                self._approvals,
                self._importing,
                self._rules,
                raising=self._raising,
                views=self._views,
                sampling=self._sampling,
            ),
            boards_entry(self._boards),
            registers_entry(self._registers),
            collection_entry(self._collection, self._quality),
            inspections_entry(self._inspections, self._checklists),
            dossiers_entry(self._dossiers),
            evidence_entry(self._evidence),
            *casework_pages(
                self._program,
                self._review,
                self._cards,
                self._papers,
                reports=self._reports,
                briefs=self._briefs,
            ),
            library_entry(self._library),
            search_entry(self.search),
            *audit_entries(self._audit),
            users_entry(self._users),
            sync_entry(self._sync, self._devices, self._parcels),
            setup_entry(self.setup, self.watching.cameras),
            help_entry(),
            settings_entry(
                self.preferences,
                partial(DetectorPanel, self._detector),
                partial(SealsPanel, self._seals),
                partial(BackupsPanel, self._backups),
                partial(KeepingPanel, self._keeping),
                partial(LinksPanel, self._links),
                partial(SamplesPanel, self._samples),
            ),
        )

    def _go_on_by(self, settings: Settings) -> None:
        self._program.desk.run(partial(self._program.take_settings, settings))

    def stop(self) -> None:
        """Follow nothing any more."""
        self.watching.close()
        self._queue.stop()
        self._keeping.stop()
        self._learning.stop()
        self._review.stop()
        self._cards.stop()
        self._inspections.stop()
        self._dossiers.stop()
        self._evidence.stop()
        self._audit.stop()
        self._users.stop()
        self._parcels.stop()
        self._checklists.stop()
        self._papers.stop()
        self._approvals.stop()
        self._importing.stop()
        self._raising.stop()
        self._views.stop()
        self._sampling.stop()
        self._rules.stop()
        self._registers.stop()
        self._boards.stop()
        self._rule_count.stop()
        self._collection.stop()
        self._quality.stop()
        self._errands.close()
        self._reports.stop()
        self._briefs.stop()
        self._library.stop()
        self.search.stop()
        self._seals.stop()
        self.setup.stop()
        self._samples.stop()
        self._backups.stop()
        self._links.stop()
        self._detector.stop()
        self._sync.stop()
        self._health.stop()
