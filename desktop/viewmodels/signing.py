"""A signed copy leaves the program: the key, its password once or from the keyring, the reason."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.signed_copy import Key, can_sign
from desktop.domain.evidence import Paper
from desktop.system.language import said
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.leaving import take_out

_LARGEST = 1024 * 1024  # bytes of a key file


@dataclass(frozen=True, slots=True)
class SigningWish:
    """What a person chose; without a password the keyring is asked for it."""

    key_file: Path
    password: str = field(repr=False)
    remember: bool
    reason: str


class Signing(QObject):
    """Signs copies of papers; the papers in the vault stay as they were issued."""

    exported = Signal(str)  # the file's name
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self.is_possible = can_sign()

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def hint(self) -> str:
        """Say what the button does, or why it does nothing."""
        if self.is_possible:
            return said("导出电子签名件")
        return said("没有安装电子签名组件（可选组件 pades），不能签名。")

    def sign(self, paper: Paper, target: Path, wish: SigningWish) -> None:
        """Write a signed copy with its note in the chain, both or neither."""
        casework, actor = self._casework, self._casework.door.actor
        if actor is None or not self.is_possible:
            return

        def sign(work: UnitOfWork) -> str:
            now = casework.clock.now()
            key = _opened(casework, wish)
            signed = casework.press.sign(
                casework.vault.get(paper.pdf_sha256),
                key,
                reason=wish.reason,
                now=now,
                title="电子签名",  # on paper, whose language is Chinese
            )
            name = take_out(
                work,
                signed,
                target,
                hall_id=paper.hall_id,
                subject=paper.id,
                reason=wish.reason,
                clock=casework.clock,
            )
            if wish.remember:
                casework.secrets.save(_secret_name(key.pkcs12), key.password.encode())
            return name

        self._answers.ask(casework.desk.act(actor, sign), self._tell, self._refuse)

    def _tell(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _opened(casework: Casework, wish: SigningWish) -> Key:
    data = _read(wish.key_file)
    if wish.password:
        return Key(data, wish.password)
    kept = casework.secrets.load(_secret_name(data)) or b""
    return Key(data, kept.decode())


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size <= _LARGEST:
            return path.read_bytes()
    except OSError as error:
        raise DocumentError(DocumentTrouble.BAD_KEY, path.name) from error
    raise DocumentError(DocumentTrouble.BAD_KEY, path.name)


def _secret_name(pkcs12: bytes) -> str:
    """Name the password of one key file, whatever the file is called."""
    return f"signing-{sha256(pkcs12).hexdigest()[:32]}"
