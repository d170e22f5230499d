"""Nothing in the log can be changed unseen: not on the server, not in a copy of it."""

import ast
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text, update

from sync.errors import SyncError, SyncTrouble
from sync.outbox import progress
from sync.server import verify
from sync.server.audit import audit_log
from sync.server.database import Database
from sync.server.export import export_log
from sync.server.journal import rebuild
from sync.server.migrations import STEPS, NewerSchema, migrate
from sync.server.tables import METADATA, changes
from sync.server.verify import verify_export
from tests.support.sync_office import Office
from tests.support.sync_records import finding


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "server")
    yield office
    office.close()


def push(office: Office, count: int) -> None:
    video = office.client("VIDEO_SUP")
    for _ in range(count):
        video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.sync()


def test_a_client_refuses_a_log_that_was_rewritten(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    for _ in range(5):
        video.create(video.device.device_id, "finding", finding(), "hall-1")
        video.sync()
    with office.doors.database.write() as connection:
        place = (changes.c.scope == "hall-1") & (changes.c.seq == 2)
        connection.execute(update(changes).where(place).values(salt="another"))
        rebuild(connection)
    assert audit_log(office.doors.database).faults == ()  # the server's own word is no proof

    video.create(video.device.device_id, "finding", finding(), "hall-1")
    with pytest.raises(SyncError) as caught:
        video.sync()

    assert caught.value.detail == "log_forked hall-1"


def test_a_client_refuses_another_log_key(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    video.sync()
    with office.doors.database.write() as connection:
        connection.execute(
            text("UPDATE fact SET value = :v WHERE name = 'log_key'"), {"v": "11" * 32}
        )
    with pytest.raises(SyncError) as caught:
        video.sync()
    assert caught.value.detail == "log_key"


def test_a_server_restored_in_the_middle_of_a_round_is_no_forger(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    video.create(video.device.device_id, "finding", finding(), "hall-1")
    ask = video.session.ask_json

    def ask_after_restoring(method: str, path: str, said: object = None, **params: Any) -> Any:
        if path == "/v1/log/checkpoint" and not restored:
            restored.append(path)
            office.restore(image)
        return ask(method, path, said, **params)

    restored: list[str] = []
    video.sync()
    image = office.image()
    video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.session.ask_json = ask_after_restoring  # type: ignore[method-assign]
    with pytest.raises(SyncError) as caught:
        video.sync()
    assert (caught.value.trouble, caught.value.retryable) == (SyncTrouble.OTHER_SERVER, True)

    report = video.sync()

    assert (report.restored, report.pushed, report.agreed) == (True, 1, True)


def test_an_export_checks_out_and_meets_the_heads_that_a_client_kept(
    office: Office, tmp_path: Path
) -> None:
    video = office.client("VIDEO_SUP")
    video.create(video.device.device_id, "finding", finding(), "hall-1")
    video.sync()
    kept = json.loads(video.transact(lambda c: progress.recall(c, "checkpoint")))
    push(office, 6)

    export_log(office.doors.database, tmp_path / "log.jsonl")
    found = verify_export(tmp_path / "log.jsonl", kept)

    assert found.faults == []
    assert found.sizes["hall-1"] == 7
    assert found.heads == audit_log(office.doors.database).heads


@pytest.mark.parametrize(
    ("old", "new", "trouble"),
    [
        ('"level":2', '"level":3', "leaf"),
        ('"seq":2', '"seq":4', "gap"),
        ('"heads":{', '"heads":{"00":[1,"00"],', "heads"),
        ('"dev_seq":2', '"dev_seq":1', "signature"),
        ('"salt":"', '"salt":"0', "leaf"),
        ('{"entry":', '{"entry":0,"was":', "unreadable"),
    ],
)
def test_an_export_that_was_touched_says_where(
    office: Office, tmp_path: Path, old: str, new: str, trouble: str
) -> None:
    push(office, 3)
    path = tmp_path / "log.jsonl"
    export_log(office.doors.database, path)
    words = path.read_text("utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), "utf-8")

    assert trouble in {fault.trouble for fault in verify_export(path).faults}


def test_the_verifier_shares_no_code_with_the_writer() -> None:
    tree = ast.parse(Path(str(verify.__file__)).read_text("utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in named if name.startswith(("sync", "sqlalchemy"))}


def test_migrations_lead_to_the_tables_of_this_program(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    found = inspect(database.engine)
    tables = set(found.get_table_names()) - {"schema_step"}
    assert tables == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        assert {c["name"] for c in found.get_columns(name)} == set(table.columns.keys()), name
    database.close()


def test_a_database_of_the_first_schema_is_brought_up_with_all_it_holds(tmp_path: Path) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        assert migrate(connection, STEPS[:1]) == (0, 1)
        connection.execute(
            text(
                "INSERT INTO number_lease VALUES"
                " ('s', 2026, 1, 5, 'd', ''), ('s', 2026, 6, 9, 'd', '')"
            )
        )
        assert migrate(connection) == (1, STEPS[-1].version)
        last = connection.execute(text("SELECT last FROM number_series")).scalar_one()
        assert last == 9
    engine.dispose()


def test_a_database_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path / "a")
    with database.write() as connection:
        connection.execute(text("INSERT INTO schema_step VALUES (999)"))
    database.close()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with pytest.raises(NewerSchema):
        Database.in_folder(tmp_path / "b")
