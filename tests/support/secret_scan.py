"""Plants words in everything a profile keeps, and looks for them in every file there is.

What is looked through is the whole profile and the folder of temporary files, while the program is
open, after its watching process was killed, and once it is closed. A word is looked for as UTF-8,
UTF-16, GB 18030, hexadecimal, as JSON escapes it, and as base64 at each of its three alignments.
"""

import base64
import json
import logging
import os
import random
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from desktop.assembly.demonstration import cameras_of, drawn_plan
from desktop.assembly.lookout import Lookout
from desktop.assembly.program import Program
from desktop.bridges.footage import Footage
from desktop.domain.dossiers import EntryKind
from desktop.domain.inspections import Verdict
from desktop.domain.organisation import Hall
from desktop.domain.roles import Actor, Role
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.storage.cases import Arrival, settle, stage
from desktop.system.crashes import CrashReports
from desktop.system.logs import start_logging, stop_logging
from desktop.system.secrets import MemorySecrets
from desktop.usecases.dossiers import Filing, open_dossier
from desktop.usecases.inspections.answering import Saying, answer_item, start_inspection
from desktop.usecases.inspections.planning import Round, plan_inspections
from desktop.usecases.organisation import set_up_hall
from tests.support.cases import bundle
from tests.support.inspections import WINDOW_LIST, stranger
from tests.support.profiles import DAY, person
from video.vocabulary.source import Pace

NOWHERE = "http://127.0.0.1:9"  # where nobody answers: a profile of its own, without a server
SIGNS = "蒹葭苍白露为霜所谓伊人在水一方溯洄从之道阻且长"
PLAIN_HEADS = (b"SQLite format 3\0", b"%PDF-", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"ftypisom")
SEEN = 6  # pieces of evidence until the watching process is killed


@dataclass(slots=True)
class Scanned:
    """What was looked at, and what could be read.

    Attributes:
        found: the file, and which word or kind of file it shows.
    """

    files: int = 0
    killed: bool = False
    found: list[tuple[str, str]] = field(default_factory=list)


def run_scan(folder: Path, words: int, seed: int, *, watches: bool) -> Scanned:
    """Plant words, and look for them.

    Args:
        watches: let the watching process record evidence, and kill it as it does.
    """
    draw, scanned = random.Random(seed), Scanned()  # repeatable, not secret
    planted = ["".join(draw.choices(SIGNS, k=12)) for _ in range(words)]
    home = folder / "home"
    with _own_temp(folder / "temp"), _open(home) as program:
        hall = _plant(program, planted)
        _fail(home, planted)
        if watches:
            scanned.killed = _watch_and_kill(program, hall)
        program.backups.back_up().result()
        look(folder, planted, scanned)
    look(folder, planted, scanned)
    return scanned


@contextmanager
def _own_temp(folder: Path) -> Iterator[None]:
    """Let this process and its children put what is temporary into a folder of its own."""
    folder.mkdir()
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"], tempfile.tempdir = str(folder), None
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before
        tempfile.tempdir = None


@contextmanager
def _open(home: Path) -> Iterator[Program]:
    paths = Paths(home)
    handler = start_logging(paths.logs)
    try:
        with Program(paths, Settings(server_url=NOWHERE), MemorySecrets()) as program:
            yield program
    finally:
        stop_logging(handler)


def _plant(program: Program, planted: list[str]) -> Hall:
    """Put the words into notes, answers, what is being written, cases and sealed bytes."""
    plan, clock, desk = drawn_plan(), program.clock, program.desk
    desk.act(person(Role.DATA_MGR), partial(set_up_hall, plan=plan)).result()
    everybody = frozenset(role for role in Role if role is not Role.MACHINE)
    me = Actor(person(Role.HEAD).user_id, "林敏", everybody, "device-1")
    shares = [planted[n::5] for n in range(5)]
    notes = [Filing(EntryKind.NOTE, word, DAY, words=word) for word in shares[0]]
    opened = partial(open_dossier, hall_id=plan.hall.id, title=shares[0][0], filings=notes)
    desk.act(me, partial(opened, clock=clock)).result()
    wanted = Round("巡查", [plan.windows[0].id], (me.user_id, stranger()), DAY.date(), WINDOW_LIST)
    planned = desk.act(me, partial(plan_inspections, planned=wanted, clock=clock)).result()[0]
    desk.act(me, partial(start_inspection, inspection_id=planned.id, clock=clock)).result()
    for item, word in zip(WINDOW_LIST.items, shares[1], strict=False):
        say = partial(answer_item, inspection_id=planned.id, key=item.key)
        desk.act(me, partial(say, said=Saying(Verdict.OK, note=word), clock=clock)).result()
    for word in shares[1][len(WINDOW_LIST.items) :] + shares[2]:
        program.scratch.write(f"inspection/{planned.id}/{word}", word)
    for word in shares[3]:
        program.vault.put(f"照片说明 {word}".encode())
    cases = [bundle(case_no=word, title=word, applicant_name=word) for word in shares[4]]
    with desk.store.write() as connection:
        stage(connection, Arrival(plan.hall.id, "batch"), cases)
        settle(connection, "batch")
    return plan.hall


def _fail(home: Path, planted: list[str]) -> None:
    """Let errors carry the words into a crash report and into the log."""
    crashes = CrashReports(Paths(home).crashes, "1", lambda: DAY)
    crashes.install()
    try:
        raise ValueError("，".join(planted))
    except ValueError as error:
        crashes.write(error, "main")
        logging.getLogger("desktop.planted").exception("an act failed")
    finally:
        crashes.uninstall()


def _watch_and_kill(program: Program, hall: Hall) -> bool:
    """Let evidence be recorded, and kill the watching process in the middle of it."""
    cameras = cameras_of(program, hall)
    lookout = Lookout(cameras, {})
    before = _sealed(program)
    footage = Footage(program.clock.now(), Pace.UNPACED, rounds=2)
    program.watch(hall, cameras, footage, lookout.hear)
    for _ in lookout.progress():
        if lookout.pid and _sealed(program) >= before + SEEN:
            os.kill(lookout.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
            program.stop_watching()
            return True
    return False


def _sealed(program: Program) -> int:
    return sum(1 for path in program.paths.vault.rglob("*") if path.is_file())


def look(folder: Path, planted: list[str], scanned: Scanned) -> None:
    """Look through every file of a folder."""
    shapes = {shape: word for word in planted for shape in _shapes(word)}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            scanned.files += 1
            name = str(path.relative_to(folder))
            scanned.found += [(name, word) for shape, word in shapes.items() if shape in data]
            scanned.found += [(name, repr(head)) for head in PLAIN_HEADS if head in data]


def _shapes(word: str) -> Iterator[bytes]:
    """Give every way in which a word might stand in a file."""
    plain = word.encode()
    yield from (plain, word.encode("utf-16-le"), word.encode("gb18030"), plain.hex().encode())
    yield json.dumps(word)[1:-1].encode()
    for shift in range(3):
        told = base64.b64encode(bytes(shift) + plain)
        yield told[4:-4]  # what does not depend on its neighbours


def told_of(found: list[tuple[str, str]]) -> Mapping[str, int]:
    """Count what could be read by file."""
    return {name: sum(1 for each, _ in found if each == name) for name, _ in found}
