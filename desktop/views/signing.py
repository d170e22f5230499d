"""Asks for the key of an electronic signature, then where the signed copy goes."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.evidence import Paper
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.signing import Signing, SigningWish
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel


class KeyQuestion(Question):
    """The key file, its password and the reason."""

    def __init__(self, parent: QWidget) -> None:
        title, go_on = said("导出电子签名件"), said("选择位置…")
        words = said("用 PKCS#12 密钥文件在副本上签名，原件不变。导出的人、时间和理由会写入记录。")
        super().__init__(parent, title, words, go_on)
        self._file: Path | None = None
        self._name = ElidedLabel(self.tr("还没有选择密钥文件"), tone=Tone.SOFT)
        choose = Button(self.tr("密钥文件…"), Rank.SECONDARY)
        choose.clicked.connect(self._ask_file)
        row = QHBoxLayout()
        row.setSpacing(Space.INSIDE)
        row.addWidget(choose)
        row.addWidget(self._name, 1)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.remember = QCheckBox(self.tr("把密码存入本机密钥环"))
        self.reason = QLineEdit()
        hint = self.tr("留空则用密钥环中存好的密码")
        self.body.addLayout(row)
        self.body.addWidget(Field(self.tr("密钥密码"), self.password, hint))
        self.body.addWidget(self.remember)
        self.body.addWidget(Field(self.tr("理由"), self.reason))
        self.reason.textChanged.connect(self._weigh)
        self._weigh()

    def take_file(self, name: str) -> None:
        """Take a key file."""
        self._file = Path(name)
        self._name.setText(self._file.name)
        self._weigh()

    def wish(self) -> SigningWish | None:
        """What was chosen; None while something is missing."""
        reason = self.reason.text().strip()
        if self._file is None or not reason:
            return None
        return SigningWish(self._file, self.password.text(), self.remember.isChecked(), reason)

    def _weigh(self) -> None:
        self.go.setEnabled(self.wish() is not None)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("密钥文件…"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("密钥文件 (*.p12 *.pfx)"))
        dialog.fileSelected.connect(self.take_file)
        dialog.open()


class SigningButton(IconButton):
    """Offers a signed copy; grey with its reason where the optional part is not installed."""

    def __init__(self, signing: Signing) -> None:
        super().__init__(Icon.SEAL, signing.hint())
        self._is_possible = signing.is_possible
        self.offer(wanted=True)

    def offer(self, *, wanted: bool) -> None:
        """Let it be pressed, where that is possible at all."""
        self.setEnabled(wanted and self._is_possible)


class SignedExport(QObject):
    """First the key, then the place."""

    def __init__(self, window: QWidget, signing: Signing) -> None:
        super().__init__(window)
        self._window, self._signing = window, signing
        self._question: KeyQuestion | None = None
        self._wish: SigningWish | None = None
        self._paper: Paper | None = None

    def ask(self, paper: Paper) -> None:
        """Begin with a paper."""
        self._paper = paper
        self._question = KeyQuestion(self._window)
        self._question.agreed.connect(self._choose_target)
        self._question.open()

    def _choose_target(self) -> None:
        if self._question is None or self._paper is None:
            return
        self._wish = self._question.wish()
        dialog = QFileDialog(self._window, self.tr("导出电子签名件"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._paper.doc_no} {self._paper.template} {said('签名')}.pdf".strip())
        dialog.fileSelected.connect(self._sign)
        dialog.open()

    def _sign(self, name: str) -> None:
        if self._paper is not None and self._wish is not None:
            self._signing.sign(self._paper, Path(name), self._wish)
