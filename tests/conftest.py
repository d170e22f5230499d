"""What every test may rely on: no screen, no user's own folders, no thread left running."""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: what a property costs is not what it says.
settings.register_profile(
    "hallwatch", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("hallwatch")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the program's folders inside the test's own."""
    monkeypatch.setenv("HALLWATCH_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a thread behind."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.is_alive() and not t.daemon]
    for thread in left:
        thread.join(2.0)
    names = [t.name for t in left if t.is_alive()]
    assert not names, f"threads left running: {names}"


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """Collect garbage on the tests' thread alone, as the program does on the screen's."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()
