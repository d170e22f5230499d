"""One piece of evidence: its versions, the picture, film or paper, what is known, who held it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.evidence import Evidence
from desktop.system.language import headed, said
from desktop.system.theme import CONTROL_HEIGHT, Size, Space, Tone
from desktop.viewmodels.evidence.desk import EvidenceDesk
from desktop.viewmodels.evidence.rows import (
    Medium,
    chain_lines,
    chain_titles,
    facts_of,
    medium_of,
    name_of,
    version_name,
)
from desktop.viewmodels.lines import Lines
from desktop.viewmodels.review.exhibits import Showing
from desktop.viewmodels.wording import sentence
from desktop.views.evidence.marking import MarkView
from desktop.views.kit.buttons import Button
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, Label, show_if
from desktop.views.kit.panels import ScrollColumn, emptied
from desktop.views.kit.tables import Table
from desktop.views.paperwork.paper import PaperView
from desktop.views.review.evidence import ClipControls
from desktop.views.review.picture import PictureView

_FACTS, _CHAIN = 220, 150  # px
_WIDTHS = (148, 88, 88, 80)


class EvidenceSheet(QWidget):
    """The piece that lies on the desk."""

    def __init__(self, desk: EvidenceDesk) -> None:
        super().__init__()
        self._desk = desk
        self._title = ElidedLabel(size=Size.SECTION, bold=True)
        self.versions = QComboBox()
        self.versions.setAccessibleName(said("版本"))
        self.versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.versions.activated.connect(self._choose_version)
        self.original = Button(said("查看原件…"), icon=Icon.EYE)
        self.original.clicked.connect(self._ask_original)
        self.mark = Button(said("遮蔽、裁切、批注…"), icon=Icon.CAMERA)
        self.mark.clicked.connect(self.ask_marks)
        self.picture = PictureView()
        self.paper = PaperView(desk.pages)
        self._controls = ClipControls(desk.player)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.paper)
        self._facts = QVBoxLayout()
        self.chain = Table(said("流转记录"))
        self._lines = Lines(chain_titles, self)
        self.chain.setModel(self._lines)
        self.chain.setFixedHeight(_CHAIN)
        for column, width in enumerate(_WIDTHS):
            self.chain.setColumnWidth(column, width)
        self.bare = QCheckBox(said("连同未遮蔽的原件"))
        self.bare.setMinimumHeight(CONTROL_HEIGHT)
        self.out = Button(said("导出…"), icon=Icon.DOWNLOAD)
        self.out.clicked.connect(self._ask_out)
        words = said("证据将离开本系统，随附签名的清单和流转记录。导出的人、时间和理由会写入记录。")
        self._export = ExportDialog(self, said("导出证据"), words)
        self._export.chosen.connect(self._take_out)
        self._lay_out()
        desk.picture_changed.connect(self._show_picture)
        desk.held_changed.connect(self._show_chain)
        desk.player.frame_changed.connect(self._show_picture)
        desk.player.changed.connect(self._show_picture)
        desk.pages.changed.connect(self._weigh)
        self.picture.toggled.connect(desk.player.toggle)
        self.picture.walked.connect(desk.player.step)

    def refresh(self) -> None:
        """Show the piece and the version that is looked at."""
        desk = self._desk
        if desk.exhibit is None or desk.version is None:
            return
        self._title.setText(name_of(desk.exhibit.original))
        self._show_versions(desk.exhibit.versions, desk.version)
        medium = medium_of(desk.version)
        self._stack.setCurrentWidget(self.paper if medium is Medium.PAGES else self.picture)
        show_if(self._controls, wanted=medium is Medium.CLIP)
        self._show_facts(desk.version)
        self._show_chain()
        self._show_picture()

    def ask_marks(self) -> None:
        """Draw on what is looked at."""
        if self._desk.may_mark():
            self._desk.mark(self.paper.number)
            view = MarkView(self, self._desk.marking)
            view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            view.open()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.INSIDE)
        top.addWidget(self._title, 1)
        for widget in (self.versions, self.original, self.mark):
            top.addWidget(widget)
        middle = QHBoxLayout()
        middle.setSpacing(Space.CARD)
        shown = QVBoxLayout()
        shown.addWidget(self._stack, 1)
        shown.addWidget(self._controls)
        middle.addLayout(shown, 1)
        known = ScrollColumn()
        known.setFixedWidth(_FACTS)
        self._facts.setSpacing(Space.INSIDE)
        known.body.addLayout(self._facts)
        known.body.addStretch(1)
        middle.addWidget(known)
        below = QHBoxLayout()
        below.addWidget(Label(said("流转记录"), bold=True), 1)
        below.addWidget(self.bare)
        below.addWidget(self.out)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.CARD, Space.CARD, Space.CARD, Space.CARD)
        column.setSpacing(Space.CARD - 4)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(below)
        column.addWidget(self.chain)

    def _show_versions(self, versions: tuple[Evidence, ...], shown: Evidence) -> None:
        self.versions.clear()
        for number, item in enumerate(versions):
            word = headed(version_name(item))
            self.versions.addItem(f"{word} {number}" if number else word, item)
        self.versions.setCurrentIndex(versions.index(shown))

    def _choose_version(self, row: int) -> None:
        item = self.versions.itemData(row)
        if isinstance(item, Evidence):
            self._desk.show_version(item)

    def _show_facts(self, item: Evidence) -> None:
        emptied(self._facts)
        for name, value in facts_of(item).items():
            self._facts.addWidget(Label(headed(name), size=Size.SMALL, tone=Tone.SOFT))
            self._facts.addWidget(Label(value, wraps=True))

    def _show_chain(self) -> None:
        desk = self._desk
        if desk.exhibit is not None:
            self._lines.replace(chain_lines(desk.held.chain, desk.exhibit, desk.held.names or {}))

    def _show_picture(self) -> None:
        desk, player = self._desk, self._desk.player
        self._weigh()
        if desk.version is None or medium_of(desk.version) is Medium.PAGES:
            return
        badge = said("未遮挡") if desk.is_bare else said("其他人员已遮挡")
        if player.is_on and not player.frame.isNull():
            caption = f"{said('片段')} {player.at_s:.1f} s"
            self.picture.show_picture(player.frame, caption=caption, badge=badge)
            return
        match desk.showing:
            case Showing.PICTURE:
                name = version_name(desk.version)
                self.picture.show_picture(desk.picture, caption=headed(name), badge=badge)
            case Showing.ONLY_ORIGINAL:
                self.picture.show_words(said("这是未遮蔽的原件。查看须写明理由，并写入流转记录。"))
            case Showing.TROUBLE if desk.trouble is not None:
                self.picture.show_words(sentence(desk.trouble))
            case Showing.LOADING:
                self.picture.show_words(said("正在读取…"))
            case _:
                self.picture.show_words(said("按播放查看片段。片段未遮蔽，播放会写入流转记录。"))

    def _weigh(self) -> None:
        desk = self._desk
        self.mark.setEnabled(desk.may_mark())
        show_if(self.original, wanted=desk.showing is Showing.ONLY_ORIGINAL)
        bares = desk.exhibit is not None and desk.exhibit.bares
        show_if(self.bare, wanted=bares)

    def _ask_original(self) -> None:
        words = said("原件上的人员没有遮蔽。查看的人、时间和理由会写入流转记录。")
        title, label = said("查看原件"), headed(said("理由"))
        question = ReasonQuestion(self, title, words, title, label=label)
        question.given.connect(self._desk.see_original)
        question.open()

    def _ask_out(self) -> None:
        if exhibit := self._desk.exhibit:
            self._export.ask(f"{exhibit.original.sha256[:12]}.zip", "ZIP (*.zip)")

    def _take_out(self, target: Path, reason: str) -> None:
        self._desk.export(target, reason, bare=self.bare.isChecked())
