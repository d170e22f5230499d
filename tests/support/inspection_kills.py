"""Kills an inspector at random moments, and looks for what the disk had taken."""

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from desktop.domain.inspections import Answer, Inspection, InspectionState
from desktop.storage import scratch
from desktop.storage.store import Store
from tests.support.profiles import SetClock, open_store

MOST_LINES = 60  # between two kills
LONGEST_S = 0.02  # from the last line to the kill: into whatever it is doing then


@dataclass(slots=True)
class Left:
    """What is left after the kills.

    Attributes:
        answers, strokes: that the disk had taken.
        lost: of these, what was not there any more.
        damaged: how often the file or its chain was not whole.
    """

    kills: int = 0
    answers: int = 0
    strokes: int = 0
    finished: int = 0
    lost: int = 0
    damaged: int = 0
    restarts_s: list[float] = field(default_factory=list)


@dataclass(slots=True)
class _Taken:
    """The last word of each thing that was said to be kept, and what was being done."""

    done: dict[tuple[str, ...], str] = field(default_factory=dict)
    doing: tuple[tuple[str, ...], str] | None = None


def run_kills(folder: Path, kills: int, seed: int) -> Left:
    """Let an inspector work while it is killed so often."""
    chance, left, taken = random.Random(seed), Left(), _Taken()  # repeatable, not secret
    while left.kills < kills:
        _work(folder, chance, left, taken)
        left.kills += 1
        _look(folder, left, taken)
    return left


def _work(folder: Path, chance: random.Random, left: Left, taken: _Taken) -> None:
    began = time.monotonic()
    command = ["tests.support.killed_inspector", str(folder), str(chance.randrange(1 << 30))]
    child = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    for number in range(chance.randint(1, MOST_LINES)):
        line = child.stdout.readline()
        if not line:
            raise AssertionError("the inspector ended by itself")
        if number == 0:
            left.restarts_s.append(time.monotonic() - began)
        _hear(line, left, taken)
    time.sleep(chance.random() * LONGEST_S)
    child.kill()
    for line in child.stdout:  # what it said before it died
        if line.endswith("\n"):
            _hear(line, left, taken)
    child.wait()
    child.stdout.close()


def _hear(line: str, left: Left, taken: _Taken) -> None:
    told = json.loads(line)
    key: tuple[str, ...] = (told["what"], told["inspection"], told.get("item", ""))
    words = told.get("words", "")
    match told["what"]:
        case "stroke":
            key = ("stroke", told["place"])
        case "answer":
            words = f"{told['verdict']} {told['note']}"
    if told["when"] == "doing":
        taken.doing = (key, words)
        return
    taken.done[key], taken.doing = words, None
    left.answers += told["what"] == "answer"
    left.strokes += told["what"] == "stroke"
    left.finished += told["what"] == "finish"


def _look(folder: Path, left: Left, taken: _Taken) -> None:
    with open_store(folder, SetClock()) as store:
        with store.read() as connection:
            whole = connection.scalar(text("PRAGMA integrity_check")) == "ok"
        left.damaged += not whole or bool(store.chain_faults())
        there = _there(store)
    for key, words in taken.done.items():
        may_be = {words}
        if taken.doing and taken.doing[0] == key:
            may_be.add(taken.doing[1])
        left.lost += there.get(key, "") not in may_be
    if taken.doing is not None:  # it may have been kept without having been said
        key, words = taken.doing
        if there.get(key) == words:
            taken.done[key] = words
        taken.doing = None


def _there(store: Store) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    with store.look() as reading:
        for answer in reading.find(Answer):
            verdict = answer.verdict.value if answer.verdict else ""
            found["answer", answer.inspection_id, answer.item] = f"{verdict} {answer.note}"
        for inspection in reading.find(Inspection):
            if inspection.state is InspectionState.FINISHED:
                found["finish", inspection.id, ""] = ""
    with store.read() as connection:
        kept = scratch.kept(connection, "inspection/")
    return found | {("stroke", place): words for place, words in kept.items()}
