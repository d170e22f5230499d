"""`python -m desktop review` says what is wrong before it asks for anything."""

from pathlib import Path

import pytest

from desktop.cli import main


def test_a_folder_without_recordings_is_refused_before_anybody_signs_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(tmp_path), "--user", "linmin", "--camera", "1号机"]) == 1
    assert tmp_path.name in capsys.readouterr().err
