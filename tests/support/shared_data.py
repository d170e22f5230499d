"""Real data beside the project; a test that wants it is skipped where there is none."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file or folder of the real data, named as in its own list."""
    path = Path(os.environ.get("HALLWATCH_DATA", _BESIDE)) / name
    if not path.exists():
        pytest.skip(f"real data is not here: {name}")
    return path
