"""Finding a few characters among a hundred thousand cases, quiet and while an import runs.

    python -m tests.benchmarks.search [--cases N]

In one run, for the same words: our index, and a scan of the same lines with instr, which is what a
list without an index does. Printed are the median and the slowest of each: what a person waits, and
the processor time of it, which says more where the machine does other things too.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, text

from desktop.assembly.imports import DeskWaiting
from desktop.domain.identifiers import Digest, HallId
from desktop.domain.imports import Taken
from desktop.domain.roles import Role
from desktop.storage import finding
from desktop.storage.finding import Quest
from desktop.usecases.importing import Origin, gather_import, settle_import
from desktop.usecases.organisation import set_up_hall
from desktop.workers.case_desk import CaseDesk
from desktop.workers.finder import Finder
from tests.support.cases import bundle
from tests.support.profiles import SetClock, hall_plan, open_store, person

SIGNS = "施工许可证核发变更注册食品经营企业设立登记个体户不动产转移建筑工程规划用地预审卫生城市道路"
WORDS = ("施", "施工", "工程规", "住建 许可", "某某某", "个体户不动", "20260", "无此事项", "BJ")
ROUNDS = 12


def cases(first: int, count: int) -> Iterator[Taken]:
    """Cases with titles and applicants drawn from a few characters: the worst for an index."""
    draw = random.Random(first)
    for n in range(first, first + count):
        title, applicant = "".join(draw.choices(SIGNS, k=14)), "".join(draw.choices(SIGNS, k=8))
        yield Taken(bundle(case_no=f"BJ2026{n:08}", title=title, applicant_name=applicant))


def take_in(desk: CaseDesk, hall_id: HallId, first: int, count: int, clock: SetClock) -> None:
    """Import cases as the program does."""
    manager = person(Role.DATA_MGR)
    origin = Origin(hall_id, f"{first}.csv", Digest(f"{first:064x}"), "bench", "1")
    batch = gather_import(
        cases(first, count), origin, DeskWaiting(desk, {}), by=manager.user_id, clock=clock
    )
    desk.act(manager, lambda work: settle_import(work, batch)).result()


def seconds(ask: Callable[[], object]) -> tuple[float, float]:
    """Time one question: on the clock of the wall, and of this thread's processor."""
    began, used = time.perf_counter(), time.thread_time()
    ask()
    return time.perf_counter() - began, time.thread_time() - used


def by_index(desk: CaseDesk, words: str) -> object:
    """Ask the index, as the page does."""
    with desk.store.read() as connection:
        return finding.find(connection, Quest(words), 100)


def by_scan(desk: CaseDesk, words: str) -> object:
    """Look through every line."""
    query = text("SELECT n FROM case_line WHERE instr(words, :words) > 0 ORDER BY n DESC LIMIT 100")
    with desk.store.read() as connection:
        return connection.execute(query, {"words": words.lower()}).all()


def told(label: str, desk: CaseDesk, goes_on: Callable[[], bool]) -> None:
    """Ask every word some times, by both ways in turn, and print what it took."""
    index, scan = [], []
    for turn in range(ROUNDS):
        if turn and not goes_on():
            break
        for words in WORDS:
            index.append(seconds(lambda words=words: by_index(desk, words)))  # type: ignore[misc]
            scan.append(seconds(lambda words=words: by_scan(desk, words)))  # type: ignore[misc]
    print(f"{label}: {len(index)} questions; index {figures(index)}; scan {figures(scan)}")


def figures(times: Sequence[tuple[float, float]]) -> str:
    """Say the median and the slowest, of waiting and of the processor."""
    waits, works = ([1000 * each[n] for each in times] for n in (0, 1))
    return (
        f"waits {statistics.median(waits):.1f} ms (slowest {max(waits):.1f}),"
        f" processor {statistics.median(works):.1f} ms (slowest {max(works):.1f})"
    )


def due(connection: Connection) -> int:
    """Count what the index has not read yet."""
    return int(connection.execute(text("SELECT count(*) FROM search_due")).scalar_one())


def main() -> None:
    """Fill a case file, ask it, import half as much again, and ask meanwhile."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        clock, plan = SetClock(), hall_plan()
        desk = CaseDesk(open_store(Path(folder), clock))
        finder = Finder(desk, {})
        desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
        take_in(desk, plan.hall.id, 0, count, clock)
        used = time.process_time()
        finder.start()
        while desk.write(due, quietly=True).result():
            time.sleep(0.05)
        print(f"read into the index: {count} cases, CPU {time.process_time() - used:.1f} s")
        told("quiet", desk, lambda: True)
        more = threading.Thread(target=take_in, args=(desk, plan.hall.id, count, count // 2, clock))
        more.start()
        told("while an import runs", desk, lambda: True)
        more.join()
        told("while the index follows", desk, lambda: bool(desk.write(due, quietly=True).result()))
        finder.stop()
        desk.close()


if __name__ == "__main__":
    main()
