"""Cuts the power at random moments, and opens with the product what is left on the disk.

The statements of a scripted inspection are written down as the real store sends them, and played
again over a file layer that sees every write and every flush, below the cipher. A cut keeps what
was flushed; of what was not, each sector is kept, dropped or torn by chance.
"""

import hashlib
import random
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import Connection, Engine, event, text

from desktop.domain.inspections import Verdict
from desktop.storage.errors import StorageError
from desktop.storage.store import FILE_NAME, Store
from desktop.usecases.inspections.answering import Saying
from tests.support.inspections import WINDOW_LIST, InspectedHall
from tests.support.profiles import KEY, SetClock, open_store

SECTOR = 512  # bytes that a disk writes whole or not at all
Statement = tuple[str, Any, bool]  # text, parameters, whether there are many of them
Transaction = tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes that were written to a file."""

    name: str
    offset: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cut:
    """A file was made so long."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Flushed:
    """Everything written to a file before is on the disk."""

    name: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A file is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A transaction was said to be kept; what the store holds from then on."""

    digest: str


Event = Written | Cut | Flushed | Deleted | Acknowledged


@dataclass(slots=True)
class Left:
    """What is left after the cuts.

    Attributes:
        lost: images in which an acknowledged transaction was missing or half there.
        damaged: images that would not open, or were not whole.
    """

    cuts: int = 0
    lost: int = 0
    damaged: int = 0


def run_cuts(cuts: int, seed: int, *, inspections: int = 2, synchronous: str = "") -> Left:
    """Cut the power so often.

    Args:
        synchronous: of the replay; as the store has it, where nothing is said.
    """
    with tempfile.TemporaryDirectory() as folder:
        transactions, pragmas = _script(Path(folder) / "script", inspections)
        if synchronous:
            pragmas = {**pragmas, "synchronous": synchronous}
        events = _replayed(Path(folder) / "replay", transactions, pragmas)
        chance, left = random.Random(seed), Left()  # repeatable, not secret
        for number in range(cuts):
            _cut(Path(folder) / f"cut-{number}", events, chance, left)
        return left


def _script(folder: Path, inspections: int) -> tuple[list[Transaction], Mapping[str, str]]:
    """Write down what the store sends while inspectors work."""
    with _overheard() as transactions:
        hall = InspectedHall(folder)
        for _ in range(inspections):
            started = hall.started()
            for number, item in enumerate(WINDOW_LIST.items):
                hall.store.remember("scratch", item.key * 40)
                verdict = Verdict.OK if number % 7 else Verdict.NA
                hall.say(started, item.key, Saying(verdict, note="九点十分才开窗" * 3))
            hall.finish(started)
        with hall.store.write() as connection:
            names = ("journal_mode", "synchronous", "foreign_keys")
            pragmas = {name: str(connection.scalar(text(f"PRAGMA {name}"))) for name in names}
        hall.store.close()
    return transactions, pragmas


@contextmanager
def _overheard() -> Iterator[list[Transaction]]:
    """Hear every statement that writes, by transaction."""
    done: list[Transaction] = []
    going: dict[int, list[Statement]] = {}

    def hear(
        connection: Connection, _cursor: object, words: str, values: Any, _c: object, many: bool
    ) -> None:
        if words == "BEGIN IMMEDIATE":
            going[id(connection)] = []
        elif id(connection) in going and not words.lstrip().startswith("SELECT"):
            going[id(connection)].append((words, values, many))

    def keep(connection: Connection) -> None:
        if statements := going.pop(id(connection), None):
            done.append(tuple(statements))

    def forget(connection: Connection) -> None:
        going.pop(id(connection), None)

    ears = {"before_cursor_execute": hear, "commit": keep, "rollback": forget}
    for name, ear in ears.items():
        event.listen(Engine, name, ear)
    try:
        yield done
    finally:
        for name, ear in ears.items():
            event.remove(Engine, name, ear)


class _Layer(apsw.VFS):
    """The file layer that writes down what is done to the disk, into the list of the day."""

    NAME = "hallwatch-cuts"

    def __init__(self) -> None:
        super().__init__(self.NAME, "unix")
        self.events: list[Event] = []

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "_File":  # noqa: N802
        return _File(name, flags, self.events)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.events.append(Deleted(Path(filename).name))
        super().xDelete(filename, syncdir)


class _File(apsw.VFSFile):
    def __init__(
        self, name: str | apsw.URIFilename | None, flags: list[int], events: list[Event]
    ) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._name, self._events = Path(path or "").name, events
        super().__init__("unix", name, flags)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802
        self._events.append(Written(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._events.append(Cut(self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._events.append(Flushed(self._name))


@cache
def _layer() -> _Layer:
    """Give the one layer of the process: the cipher above it holds on to it for ever."""
    return _Layer()


def _replayed(
    folder: Path, transactions: Sequence[Transaction], pragmas: Mapping[str, str]
) -> list[Event]:
    """Play the transactions again; give what was done to the disk, and what was acknowledged."""
    folder.mkdir()
    events: list[Event] = []
    _layer().events = events
    database = apsw.Connection(str(folder / FILE_NAME), vfs=f"multipleciphers-{_Layer.NAME}")
    words = ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{KEY.hex()}'\"")
    for pragma in (*words, *(f"{name} = {value}" for name, value in pragmas.items())):
        database.execute(f"PRAGMA {pragma}").fetchall()
    for statements in transactions:
        database.execute("BEGIN IMMEDIATE")
        for sql, values, many in statements:
            run = database.executemany if many else database.execute
            run(sql, values or ()).fetchall()
        database.execute("COMMIT")
        events.append(Acknowledged(_digest(database.execute(_CONTENT))))
    database.close()
    return events


_CONTENT = (
    "SELECT entity, id, body FROM record UNION ALL SELECT name, '', value FROM meta"
    " UNION ALL SELECT n, hash, record_id FROM audit ORDER BY 1, 2"
)


def _digest(rows: Iterable[Any]) -> str:
    told = hashlib.sha256()
    for row in rows:
        told.update(repr(tuple(row)).encode())
    return told.hexdigest()


def _cut(folder: Path, events: Sequence[Event], chance: random.Random, left: Left) -> None:
    """Let the power go somewhere after the first acknowledgement, and look at what is left."""
    ready = next(n for n, each in enumerate(events) if isinstance(each, Acknowledged))
    moment = chance.randrange(ready + 1, len(events))
    (folder / "store").mkdir(parents=True)
    for name, data in _disk(events[:moment], chance).items():
        (folder / "store" / name).write_bytes(data)
    kept = [each.digest for each in events[:moment] if isinstance(each, Acknowledged)]
    coming = [each.digest for each in events[moment:] if isinstance(each, Acknowledged)]
    left.cuts += 1
    try:
        with open_store(folder, SetClock()) as store:
            store.check()
            left.damaged += bool(store.chain_faults())
            left.lost += _held(store) not in {kept[-1], *coming[:1]}
    except StorageError:
        left.damaged += 1


def _held(store: Store) -> str:
    with store.read() as connection:
        return _digest(connection.execute(text(_CONTENT)))


def _disk(events: Sequence[Event], chance: random.Random) -> Mapping[str, bytes]:
    """Give the files as they may be once the power comes back."""
    files: dict[str, bytearray] = {}
    loose: dict[str, list[Written | Cut]] = {}
    for each in events:
        match each:
            case Written() | Cut():
                loose.setdefault(each.name, []).append(each)
            case Flushed(name):
                content = files.setdefault(name, bytearray())
                for change in loose.pop(name, ()):
                    _apply(content, change)
            case Deleted(name):
                files.pop(name, None)
                loose.pop(name, None)
    for name, changes in loose.items():
        content = files.setdefault(name, bytearray())
        for change in changes:
            for part in _survivors(change, chance):
                _apply(content, part)
    return {name: bytes(content) for name, content in files.items()}


def _survivors(change: Written | Cut, chance: random.Random) -> Iterator[Written | Cut]:
    """Keep of an unflushed change what chance keeps: all, nothing, or some sectors of it."""
    if isinstance(change, Cut):
        if chance.random() < 0.5:
            yield change
        return
    edges = [*range(0, len(change.data), SECTOR), len(change.data)]
    torn, all_of_it = chance.random() < 0.5, chance.random() < 0.5
    for start, end in pairwise(edges):
        if chance.random() < 0.5 if torn else all_of_it:
            yield Written(change.name, change.offset + start, change.data[start:end])


def _apply(content: bytearray, change: Written | Cut) -> None:
    if isinstance(change, Cut):
        del content[change.size :]
        return
    end = change.offset + len(change.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[change.offset : end] = change.data
