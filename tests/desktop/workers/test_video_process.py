"""The owner of the watching process hears it, survives it, and says so."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Queue

from desktop.workers.video_process import Entry, Heard, ProcessEnded, VideoProcess
from tests.support import video_entries
from video.messages import Alive, Ready, StoredItem, Watch, WatchPlan


@dataclass
class NoVault:
    kept: list[bytes] = field(default_factory=list)

    def put(self, data: bytes) -> StoredItem:
        raise AssertionError

    def get(self, sha256: str) -> bytes:
        raise AssertionError


def owner_of(entry: Entry, *, silence_s: float = 20.0) -> tuple[VideoProcess, Queue[Heard]]:
    heard: Queue[Heard] = Queue()
    owner = VideoProcess(entry, NoVault(), silence_s=silence_s)
    owner.subscribe(heard.put)
    return owner, heard


def first(heard: Queue[Heard], wanted: Callable[[Heard], bool]) -> Heard:
    while not wanted(found := heard.get(timeout=30)):
        pass
    return found


def test_reports_come_from_another_process_and_it_ends_when_asked() -> None:
    owner, heard = owner_of(video_entries.polite)
    owner.watch(Watch(WatchPlan(cameras=())))

    owner.start()
    ready = first(heard, lambda h: isinstance(h, Ready))
    first(heard, lambda h: isinstance(h, Alive))
    owner.stop()

    assert isinstance(ready, Ready)
    assert ready.pid != os.getpid()


def test_a_dead_process_is_reported_and_started_again_with_its_plan() -> None:
    owner, heard = owner_of(video_entries.dying)
    owner.watch(Watch(WatchPlan(cameras=())))

    owner.start()
    ended = first(heard, lambda h: isinstance(h, ProcessEnded))
    again = first(heard, lambda h: isinstance(h, Ready))
    owner.stop()

    assert ended == ProcessEnded(exit_code=9, restart_s=1.0)
    assert isinstance(again, Ready)


def test_a_silent_process_is_ended_and_reported() -> None:
    owner, heard = owner_of(video_entries.silent, silence_s=1.0)

    owner.start()
    ended = first(heard, lambda h: isinstance(h, ProcessEnded))
    owner.stop()

    assert ended == ProcessEnded(exit_code=None, restart_s=1.0)
