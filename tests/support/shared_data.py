"""Finds the larger real data that lies beside the project, where it lies there."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def shared_data(*parts: str) -> Path:
    """Answer a path of the shared data, or skip the test with a reason."""
    root = Path(os.environ.get("HALLWATCH_DATA", ROOT.parent / "shared" / "data"))
    path = root.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the shared data has no {'/'.join(parts)} here")
    return path
