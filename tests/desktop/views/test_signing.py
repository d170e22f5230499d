from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.signed_copy import can_sign
from desktop.domain.evidence import Custody, CustodyAct, Paper
from desktop.domain.roles import Role
from desktop.viewmodels.signing import Signing, SigningWish
from desktop.views.signing import KeyQuestion, SigningButton
from tests.support.casework import FakeOffice, nameless
from tests.support.signing_keys import PASSWORD, issued_key

needs_pades = pytest.mark.skipif(not can_sign(), reason="the optional part is not installed")


@pytest.fixture
def signing(office: FakeOffice, qtbot: QtBot) -> Iterator[Signing]:
    office.enter(Role.SEAL_CLERK)
    made = Signing(office)
    yield made
    made.stop()


@pytest.fixture
def key_file(tmp_path: Path, office: FakeOffice) -> Path:
    path = tmp_path / "key.p12"
    path.write_bytes(issued_key().pkcs12)
    return path


def paper(office: FakeOffice) -> Paper:
    office.issued(office.confirmed())
    return office.desk.look(lambda r: r.find(Paper)).result()[0]


def exports(office: FakeOffice) -> list[str]:
    links = office.desk.look(lambda r: r.find(Custody, act=CustodyAct.EXPORTED)).result()
    return [link.reason for link in links]


@needs_pades
def test_a_password_is_asked_once_where_the_keyring_may_keep_it(
    qtbot: QtBot, office: FakeOffice, signing: Signing, key_file: Path, tmp_path: Path
) -> None:
    issued = paper(office)
    for number, password in enumerate((PASSWORD, "")):
        target = tmp_path / f"{number}.pdf"
        with qtbot.waitSignal(signing.exported, timeout=10_000):
            wish = SigningWish(key_file, password, remember=bool(password), reason="移交")
            signing.sign(issued, target, wish)
        assert b"/ETSI.CAdES.detached" in target.read_bytes()
        assert target.read_bytes().startswith(office.vault.get(issued.pdf_sha256))
    assert exports(office) == ["移交", "移交"]


@needs_pades
def test_a_wrong_password_signs_nothing_and_is_not_kept(
    qtbot: QtBot, office: FakeOffice, signing: Signing, key_file: Path, tmp_path: Path
) -> None:
    issued = paper(office)
    for password in ("wrong", ""):
        with qtbot.waitSignal(signing.refused, timeout=10_000) as told:
            wish = SigningWish(key_file, password, remember=True, reason="移交")
            signing.sign(issued, tmp_path / "out.pdf", wish)
        (refusal,) = told.args or [None]
        assert isinstance(refusal, DocumentError)
        assert refusal.trouble is DocumentTrouble.BAD_KEY
    assert not (tmp_path / "out.pdf").exists()
    assert exports(office) == []


def test_without_the_optional_part_the_button_is_grey_and_says_why(
    qtbot: QtBot, signing: Signing
) -> None:
    signing.is_possible = False
    button = SigningButton(signing)
    qtbot.addWidget(button)
    button.offer(wanted=True)
    assert not button.isEnabled()
    assert button.accessibleName() == "没有安装电子签名组件（可选组件 pades），不能签名。"


def test_key_and_reason_are_asked_before_the_place(qtbot: QtBot, key_file: Path) -> None:
    question = KeyQuestion(None)  # type: ignore[arg-type]
    qtbot.addWidget(question)
    question.show()
    assert not question.go.isEnabled()
    question.take_file(str(key_file))
    question.reason.setText("移交")
    assert question.go.isEnabled()
    assert question.wish() == SigningWish(key_file, "", remember=False, reason="移交")
    assert nameless(question) == []
