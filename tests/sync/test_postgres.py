"""The same rules on PostgreSQL, with many writers at once."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import inspect

from sync.protocol.answers import Account
from sync.server import pull
from sync.server.accounts import Caller
from sync.server.audit import audit_log
from sync.server.database import Database
from sync.server.numbers import lease
from sync.server.rules import Rules
from sync.server.tables import METADATA
from tests.support.postgres import missing, postgres_server
from tests.support.sync_office import ENTITIES, Office
from tests.support.sync_records import evidence, finding
from tests.support.sync_writers import Writer

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "present")

WRITERS = 8
EACH = 20


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with postgres_server() as url:
        database = Database.at(url)
        yield database
        database.close()


def test_migrations_lead_to_the_tables_of_this_program(database: Database) -> None:
    found = inspect(database.engine)
    assert set(found.get_table_names()) - {"schema_step"} == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        assert {c["name"] for c in found.get_columns(name)} == set(table.columns.keys()), name


def test_opening_twice_changes_nothing(database: Database) -> None:
    again = Database(database.engine)
    assert again.engine is database.engine


def test_a_follower_misses_no_row_of_eight_writers(database: Database) -> None:
    rules = Rules(ENTITIES)
    writers = [Writer(database, rules, "hall-w") for _ in range(WRITERS)]
    for writer in writers:
        writer.enrol()
    work = [(writer, writer.prepare(EACH)) for writer in writers]
    follower = Caller(Account("f", "f", "f", (), ("hall-w",)), "f")
    seen: list[int] = []
    done = threading.Event()

    def follow() -> None:
        cursor, last_look = "", False
        while True:
            last_look = done.is_set()
            with database.read() as connection:
                page = pull.page(connection, follower, cursor, 50)
            seen.extend(row.seq for row in page.rows)
            cursor = page.next_cursor
            if last_look and not page.rows:
                return

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        following = pool.submit(follow)
        writing = [pool.submit(lambda w=w, cs=cs: [w.push(c) for c in cs]) for w, cs in work]
        for one in writing:
            one.result()
        done.set()
        following.result()

    assert seen == list(range(1, WRITERS * EACH + 1))
    assert audit_log(database).faults == ()


def test_numbers_leased_at_once_never_overlap(database: Database) -> None:
    def take(_: int) -> range:
        with database.write() as connection:
            block = lease(connection, "d", "某效监黄", 2026, 3)
        return range(block.first, block.last + 1)

    with ThreadPoolExecutor(WRITERS) as pool:
        given = [number for block in pool.map(take, range(24)) for number in block]
    assert sorted(given) == list(range(1, 73))


def test_two_devices_and_a_round_each(database: Database, tmp_path: Path) -> None:
    office = Office(tmp_path, database)
    video, other = office.client("VIDEO_SUP"), office.client("SUPERVISOR")
    body = finding()
    video.create(video.device.device_id, "finding", body, "hall-1")
    data = b"picture"
    shot = evidence(body["id"], video.keep(data), len(data))
    video.create(video.device.device_id, "evidence", shot, "hall-1")
    assert video.sync().agreed
    report = other.sync()
    assert (report.agreed, report.fetched) == (True, 1)
    assert other.records["finding", body["id"]] == (body, 1)
    zero = finding(rule_id="a\x00b")
    video.create(video.device.device_id, "finding", zero, "hall-1")
    assert video.sync().agreed
    office.close()
