"""Writes a second that PostgreSQL takes from the same writers, as they share more halls.

    python -m tests.benchmarks.sync_writes [--processes 8] [--each 200] [--halls 1 2 4 8]

The ratio to one hall tells whether halls hold each other up: it grows until the cores are full.
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from sync.server.database import Database
from sync.server.rules import Rules
from tests.support.postgres import missing, postgres_server
from tests.support.sync_office import ENTITIES
from tests.support.sync_writers import Writer


def write(url: str, scope: str, count: int, begin_at: float) -> tuple[float, float]:
    """Write so many changes; answer when it began and ended."""
    database = Database.at(url)
    writer = Writer(database, Rules(ENTITIES), scope)
    writer.enrol()
    prepared = writer.prepare(count)
    time.sleep(max(0.0, begin_at - time.time()))
    began = time.time()
    for change in prepared:
        writer.push(change)
    database.close()
    return began, time.time()


def rate(url: str, scopes: list[str], each: int) -> float:
    """Writes a second of one process a scope named."""
    begin_at = time.time() + 5 + len(scopes)
    with ProcessPoolExecutor(len(scopes), mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(write, url, scope, each, begin_at) for scope in scopes]
        spans = [job.result() for job in jobs]
    return len(scopes) * each / (max(end for _, end in spans) - min(at for at, _ in spans))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--halls", type=int, nargs="+", default=[1, 2, 4, 8])
    options = parser.parse_args()
    if missing():
        raise SystemExit(missing())
    with postgres_server() as url:
        Database.at(url).close()
        one = 0.0
        for number in options.halls:
            halls = [f"hall-{number}-{n % number}" for n in range(options.processes)]
            found = rate(url, halls, options.each)
            one = one or found
            print(f"{number} halls: {found:.0f} writes/s, {found / one:.2f} times the first")


if __name__ == "__main__":
    main()
