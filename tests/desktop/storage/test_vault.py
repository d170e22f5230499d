"""The vault gives back what it was given, or says that it cannot."""

import hashlib
import multiprocessing
import pickle
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.storage.frames import FRAME_SIZE, TAG_SIZE
from desktop.storage.vault import SealedVault
from video.errors import FootageError, FootageTrouble

KEY = bytes(range(32))
HEADER_SIZE = 21
FOUR_FRAMES = b"".join(bytes([letter]) * FRAME_SIZE for letter in b"abcd")


@pytest.fixture
def vault(tmp_path: Path) -> SealedVault:
    return SealedVault(tmp_path / "vault", KEY)


def file_of(folder: Path, sha256: str) -> Path:
    return folder / "vault" / sha256[:2] / sha256


def trouble_of(vault: SealedVault, sha256: str) -> FootageTrouble:
    with pytest.raises(FootageError) as refusal:
        vault.get(sha256)
    return refusal.value.trouble


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.binary(max_size=300))
def test_what_goes_in_comes_out(vault: SealedVault, data: bytes) -> None:
    item = vault.put(data)

    assert item.sha256 == hashlib.sha256(data).hexdigest()
    assert item.size == len(data)
    assert vault.get(item.sha256) == data


@pytest.mark.parametrize(
    "size", [0, 1, FRAME_SIZE - 1, FRAME_SIZE, FRAME_SIZE + 1, 3 * FRAME_SIZE + 7]
)
def test_every_length_around_a_frame_survives(vault: SealedVault, size: int) -> None:
    data = b"\x5a" * size

    item = vault.put(data)

    assert vault.get(item.sha256) == data


def test_the_same_bytes_are_kept_once(vault: SealedVault, tmp_path: Path) -> None:
    first = vault.put(b"one picture")
    written = file_of(tmp_path, first.sha256).stat().st_mtime_ns

    second = vault.put(b"one picture")

    assert second == first
    assert file_of(tmp_path, first.sha256).stat().st_mtime_ns == written
    assert len([f for f in (tmp_path / "vault").rglob("*") if f.is_file()]) == 1


def test_nothing_readable_reaches_the_disk(vault: SealedVault, tmp_path: Path) -> None:
    item = vault.put("监察员张三 planted-string".encode() * 5000)

    sealed = file_of(tmp_path, item.sha256).read_bytes()

    assert b"planted" not in sealed
    assert "张三".encode() not in sealed


@pytest.mark.parametrize("at", [0, 8, 9, 13, HEADER_SIZE, HEADER_SIZE + 5, -1])
def test_one_changed_byte_anywhere_is_found(vault: SealedVault, tmp_path: Path, at: int) -> None:
    item = vault.put(b"evidence" * 100)
    file = file_of(tmp_path, item.sha256)
    sealed = bytearray(file.read_bytes())
    sealed[at] ^= 1

    file.write_bytes(sealed)

    assert trouble_of(vault, item.sha256) is FootageTrouble.DAMAGED


def swapped(sealed: bytes) -> bytes:
    step = FRAME_SIZE + TAG_SIZE
    head, body = sealed[:HEADER_SIZE], sealed[HEADER_SIZE:]
    frames = [body[n : n + step] for n in range(0, len(body), step)]
    frames[0], frames[2] = frames[2], frames[0]
    return head + b"".join(frames)


def shortened(sealed: bytes) -> bytes:
    """Drop the last frame and make the header agree."""
    size = (3 * FRAME_SIZE).to_bytes(8, "little")
    return sealed[:13] + size + sealed[HEADER_SIZE : -(FRAME_SIZE + TAG_SIZE)]


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(swapped, id="frames change places"),
        pytest.param(shortened, id="the last frame goes and the header agrees"),
        pytest.param(lambda s: s[:-1], id="the last byte goes"),
        pytest.param(lambda s: s[: -(FRAME_SIZE + TAG_SIZE)], id="the last frame goes"),
        pytest.param(lambda s: s + b"\0", id="a byte is added"),
        pytest.param(lambda s: s[:10], id="only half a header is left"),
        pytest.param(lambda s: b"", id="nothing is left"),
        pytest.param(lambda s: b"JUNKJUNK" + s[8:], id="it is some other file"),
    ],
)
def test_frames_cannot_be_cut_moved_or_added(vault: SealedVault, tmp_path: Path, forge) -> None:
    item = vault.put(FOUR_FRAMES)
    file = file_of(tmp_path, item.sha256)

    file.write_bytes(forge(file.read_bytes()))

    assert trouble_of(vault, item.sha256) is FootageTrouble.DAMAGED


def test_one_item_cannot_stand_for_another(vault: SealedVault, tmp_path: Path) -> None:
    wanted, other = vault.put(b"the absence"), vault.put(b"the return!")

    file_of(tmp_path, wanted.sha256).write_bytes(file_of(tmp_path, other.sha256).read_bytes())

    assert trouble_of(vault, wanted.sha256) is FootageTrouble.DAMAGED


def test_putting_again_heals_a_damaged_item(vault: SealedVault, tmp_path: Path) -> None:
    item = vault.put(b"a frame")
    file_of(tmp_path, item.sha256).write_bytes(b"rot")

    vault.put(b"a frame")

    assert vault.get(item.sha256) == b"a frame"


def test_another_key_opens_nothing(vault: SealedVault, tmp_path: Path) -> None:
    item = vault.put(b"secret")

    thief = SealedVault(tmp_path / "vault", bytes(32))

    assert trouble_of(thief, item.sha256) is FootageTrouble.DAMAGED


def test_a_missing_item_is_named(vault: SealedVault) -> None:
    absent = "0" * 64

    with pytest.raises(FootageError) as refusal:
        vault.get(absent)

    assert refusal.value.trouble is FootageTrouble.MISSING_FILE
    assert refusal.value.subject == absent
    assert not vault.has(absent)


@pytest.mark.parametrize("name", ["../../etc/passwd", "ABC", "", "0" * 63, "G" * 64])
def test_only_a_digest_is_a_name(vault: SealedVault, name: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        vault.get(name)


def test_what_a_killed_writer_left_is_swept_on_open(vault: SealedVault, tmp_path: Path) -> None:
    item = vault.put(b"whole")
    leftover = file_of(tmp_path, item.sha256).with_name("half.part")
    leftover.write_bytes(b"half")

    SealedVault(tmp_path / "vault", KEY)

    assert not leftover.exists()
    assert vault.has(item.sha256)


def test_a_copy_for_another_process_sweeps_nothing(vault: SealedVault, tmp_path: Path) -> None:
    item = vault.put(b"whole")
    unfinished = file_of(tmp_path, item.sha256).with_name("being-written.part")
    unfinished.write_bytes(b"half")

    pickle.loads(pickle.dumps(vault))

    assert unfinished.exists()


def test_a_disk_without_room_refuses_and_keeps_nothing(tmp_path: Path) -> None:
    vault = SealedVault(tmp_path / "vault", KEY, reserve=2**62)

    with pytest.raises(FootageError) as refusal:
        vault.put(b"no room for this")

    assert refusal.value.trouble is FootageTrouble.DISK_FULL
    assert refusal.value.retryable
    assert not [f for f in (tmp_path / "vault").rglob("*") if f.is_file()]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(FootageError) as refusal:
        SealedVault(tmp_path / "file" / "vault", KEY)

    assert refusal.value.trouble is FootageTrouble.NOT_WRITABLE


def test_the_key_is_never_shown(vault: SealedVault) -> None:
    assert KEY.hex() not in repr(vault)
    assert repr(KEY) not in repr(vault)


def test_a_dropped_item_is_gone(vault: SealedVault) -> None:
    item = vault.put(b"verified elsewhere")

    vault.drop(item.sha256)

    assert not vault.has(item.sha256)


def put_and_answer(vault: SealedVault, pipe: Connection) -> None:
    pipe.send(vault.put(b"sealed by the child").sha256)
    pipe.close()


def test_a_spawned_process_writes_into_the_same_vault(vault: SealedVault) -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(
        target=put_and_answer, args=(vault, theirs)
    )

    child.start()
    theirs.close()
    sha256 = ours.recv()
    child.join(30)

    assert child.exitcode == 0
    assert vault.get(sha256) == b"sealed by the child"


def test_loading_the_vault_loads_neither_sql_nor_qt() -> None:
    code = (
        "import sys, desktop.storage.vault;"
        "print([m for m in ('sqlalchemy', 'sqlcipher3', 'PySide6', 'cv2') if m in sys.modules])"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )

    assert answer.stdout.strip() == "[]"
