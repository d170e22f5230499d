"""An archive from elsewhere: proved whole, and laid out to be read; it changes nothing here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.dossiers import EntryKind
from desktop.exchange.dossier_archive import Archive
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.dossiers.rows import index_titles, timeline_titles
from desktop.viewmodels.dossiers.words import kind_name, step_said
from desktop.viewmodels.lines import Lines, Row
from desktop.viewmodels.times import stamp
from desktop.views.dossiers.sheet import INDEX_WIDTHS, TIMELINE_WIDTHS
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner
from desktop.views.kit.tables import Table

Plain = Mapping[str, Any]  # Any: as JSON gives it


class ArchiveSheet(QWidget):
    """Shows an archive."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Label(size=Size.PAGE, bold=True, wraps=True)
        self._proof = Banner()
        self._facts = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._index, self._timeline = Lines(index_titles, self), Lines(timeline_titles, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.CARD)
        column.setSpacing(Space.CARD - 4)
        for widget in (self._title, self._proof, self._facts):
            column.addWidget(widget)
        for name, model, widths in (
            (said("卷内目录"), self._index, INDEX_WIDTHS),
            (said("时间线"), self._timeline, TIMELINE_WIDTHS),
        ):
            view = Table(name)
            view.setModel(model)
            for at, width in enumerate(widths):
                view.setColumnWidth(at, width)
            column.addWidget(Label(name, bold=True))
            column.addWidget(view, 1)

    def show_archive(self, archive: Archive, *, is_ours: bool) -> None:
        """Show it."""
        told = archive.manifest
        self._title.setText(str(told["dossier"]["title"]))
        whose = said("由本机归档") if is_ours else said("由另一台设备归档")
        proof = said("签名和 {0} 个文件的摘要全部校验，{1}（设备 {2}）。")
        missing = sum(file.is_missing for file in archive.files)
        words = proof.format(len(archive.data), whose, str(told["device_id"])[:13])
        if missing:
            words += said("归档时有 {0} 个文件不在那台设备上。").format(missing)
        self._proof.say(words, Tone.NEAR if missing else Tone.GOOD)
        made, key = _moment(told["made_at"]), archive.public_key[:16]
        chain = told["chain"]
        self._facts.setText(
            said("{0} 归档 · 公钥 {1}… · 审计链第 {2} 条 {3}…").format(
                made, key, chain["n"], str(chain["hash"])[:16]
            )
        )
        people = told["people"]
        self._index.replace([_entry(n, each) for n, each in enumerate(told["entries"], 1)])
        self._timeline.replace([_step(n, each, people) for n, each in enumerate(told["timeline"])])


def _entry(number: int, told: Plain) -> Row:
    kind = kind_name(EntryKind(told["kind"]))
    return Row(told["id"], (str(number), _moment(told["at"]), kind, told["title"]))


def _step(number: int, told: Plain, people: Plain) -> Row:
    name = people.get(told["by"] or "", "")
    return Row(str(number), (_moment(told["at"]), step_said(told["step"]), told["title"], name))


def _moment(text: object) -> str:
    return stamp(datetime.fromisoformat(str(text)))[:16]
