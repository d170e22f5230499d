"""Writes a second that PostgreSQL takes from the same writers, as they share more halls.

    python -m tests.benchmarks.sync_writes [--processes 8] [--each 400] [--at-once 20]
        [--halls 1 2 4 8] [--disk-ms 0]

A write is one change of one record, logged and counted; a push carries `--at-once` of them, each an
act of its own, as a client does after some minutes without the line. The ratio to one hall tells
whether halls hold each other up: it grows until the cores are full. `--disk-ms` lets every commit
take that much longer, as a disk does that is slower than this machine's, or a second server that
must have the commit too; the halls then wait for the disk and not for the cores.
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from sync.server.database import Database
from sync.server.rules import Rules
from tests.support.postgres import missing, postgres_server
from tests.support.sync_office import ENTITIES
from tests.support.sync_writers import Writer


@dataclass(frozen=True)
class Work:
    """What one process writes: so many changes, so many of them in one push."""

    each: int
    at_once: int


@dataclass(frozen=True)
class Span:
    """When a process began and ended, and what it took of its processor."""

    began: float
    ended: float
    cpu_s: float


def write(url: str, scope: str, work: Work, begin_at: float) -> Span:
    """Write so many changes."""
    database = Database.at(url)
    writer = Writer(database, Rules(ENTITIES), scope)
    writer.enrol()
    prepared = writer.prepare(work.each)
    time.sleep(max(0.0, begin_at - time.time()))
    began, cpu = time.time(), time.process_time()
    for start in range(0, work.each, work.at_once):
        writer.push(*prepared[start : start + work.at_once])
    span = Span(began, time.time(), time.process_time() - cpu)
    database.close()
    return span


def rate(url: str, scopes: list[str], work: Work) -> tuple[float, float]:
    """Writes a second of one process a scope named, and the processor's ms of ours a write."""
    begin_at = time.time() + 5 + len(scopes)
    with ProcessPoolExecutor(len(scopes), mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(write, url, scope, work, begin_at) for scope in scopes]
        spans = [job.result() for job in jobs]
    count = len(scopes) * work.each
    seconds = max(span.ended for span in spans) - min(span.began for span in spans)
    return count / seconds, 1000 * sum(span.cpu_s for span in spans) / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--each", type=int, default=400)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--disk-ms", type=int, default=0)
    parser.add_argument("--halls", type=int, nargs="+", default=[1, 2, 4, 8])
    options = parser.parse_args()
    if missing():
        raise SystemExit(missing())
    # commit_siblings=0: the delay is taken whether or not others are about to commit.
    slow = f"-c commit_delay={1000 * options.disk_ms} -c commit_siblings=0"
    with postgres_server(slow) as url:
        Database.at(url).close()
        one = 0.0
        for number in options.halls:
            halls = [f"hall-{number}-{n % number}" for n in range(options.processes)]
            found, cpu_ms = rate(url, halls, Work(options.each, options.at_once))
            one = one or found
            ratio = f"{found / one:.2f} times the first"
            print(f"{number} halls: {found:.0f} writes/s, {ratio}, {cpu_ms:.2f} ms of ours each")


if __name__ == "__main__":
    main()
