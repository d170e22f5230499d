"""Nothing of a profile can be read without its key; a fixed share of the 200 planted words.

All of them, with the watching process killed, are `python -m tests.benchmarks.secret_scan`.
"""

import base64
from pathlib import Path

import pytest

from tests.support.secret_scan import Scanned, look, run_scan

WORD = "蒹葭苍苍白露为霜"


def test_no_planted_word_can_be_read_anywhere_in_a_profile(tmp_path: Path) -> None:
    scanned = run_scan(tmp_path, 40, seed=1, watches=False)
    assert scanned.files > 20
    assert not scanned.found


@pytest.mark.parametrize(
    "left",
    [
        WORD.encode(),
        WORD.encode("utf-16-le"),
        b"key" + base64.b64encode(f"~{WORD}~".encode()),
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
    ],
)
def test_the_scan_finds_what_can_be_read(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "left.bin").write_bytes(b"...." + left)
    scanned = Scanned()
    look(tmp_path, [WORD], scanned)
    assert [name for name, _ in scanned.found] == ["left.bin"]
