"""The administrator's commands, each on a real folder."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from sync.cli import main
from sync.protocol.identity import DeviceIdentity
from sync.server.database import Database
from sync.server.facts import fact
from sync.server.numbers import GAP, lease
from sync.server.tables import devices, quarantine

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    Database.in_folder(tmp_path / "server").close()
    return tmp_path / "server"


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(command: str, *words: str, typed: str = "") -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
        place = [] if command == "verify" else ["--data", str(data)]
        code = main([command, *place, *words])
        out = capsys.readouterr()
        return code, json.loads(out.out) if out.out else out.err

    return run


def test_the_last_words_of_a_revoked_device_are_shown_in_its_order(run: Run, data: Path) -> None:
    database = Database.in_folder(data)
    with database.write() as connection:
        for seq in (2, 1):
            row = {"op_id": f"op-{seq}", "device_id": "d1", "at": "2026-11-25T01:00:00+00:00"}
            connection.execute(insert(quarantine).values(row | {"envelope": {"dev_seq": seq}}))
    database.close()
    code, told = run("last-words", "d1")
    assert (code, [each["change"]["dev_seq"] for each in told]) == (0, [1, 2])
    assert run("last-words", "d2") == (0, [])


def test_users_are_added_changed_and_ended(run: Run) -> None:
    words = ("li", "--name", "李", "--role", "SYS_ADMIN", "--scope", "region")
    assert run("add-user", *words, typed="correct horse")[0] == 0
    assert run("add-user", *words, typed="correct horse") == (
        2,
        "hallwatch-server: username_taken\n",
    )
    assert run("set-user", "li", "--role", "HEAD") == (2, "hallwatch-server: last_administrator\n")
    run("add-user", "wang", "--name", "王", "--role", "SYS_ADMIN", typed="correct horse")

    code, user = run("set-user", "li", "--role", "HEAD", "--scope", "hall-1", "--no-active")

    assert (code, user["roles"], user["scopes"]) == (0, ["HEAD"], ["hall-1"])
    assert [user["username"] for user in run("users")[1]] == ["li", "wang"]


def test_devices_are_listed_and_revoked(run: Run, data: Path) -> None:
    database = Database.in_folder(data)
    public = DeviceIdentity.new().public_key()
    row = {"public_key": public, "dev_seq": 0, "hash": "", "revoked": False, "created_at": ""}
    with database.write() as connection:
        connection.execute(insert(devices).values(row | {"id": "d1"}))
    database.close()
    assert run("revoke", "d1")[0] == 0
    assert run("revoke", "d2") == (2, "hallwatch-server: not_found\n")
    assert [(d["device_id"], d["revoked"]) for d in run("devices")[1]] == [("d1", True)]


def test_a_log_is_exported_and_verified(run: Run, tmp_path: Path) -> None:
    run("add-user", "li", "--name", "李", typed="correct horse")
    target = str(tmp_path / "log.jsonl")
    assert run("export", target) == (0, {"entries": 1})
    assert run("verify", target)[0] == 0
    path = Path(target)
    path.write_text(path.read_text("utf-8").replace("李", "王", 1), "utf-8")
    code, found = run("verify", target)
    assert (code, found["faults"][0]["trouble"]) == (1, "leaf")
    assert run("audit")[0] == 0
    assert [scope["scope"] for scope in run("scopes")[1]] == ["region"]
    assert run("tidy") == (0, {"results": 0})


def test_a_backup_comes_back_as_another_epoch_that_leases_no_number_twice(
    run: Run, data: Path, tmp_path: Path
) -> None:
    database = Database.in_folder(data)
    with database.write() as connection:
        lease(connection, "d1", "黄", 2026, 5)
        epoch = fact(connection, "epoch")
    assert run("backup", str(tmp_path / "copy")) == (0, {"files": 0})
    with database.write() as connection:
        lost = lease(connection, "d1", "黄", 2026, 5)
    database.close()
    assert run("backup", str(tmp_path / "copy"))[0] == 2  # never over another one

    assert main(["restore", "--data", str(tmp_path / "new"), str(tmp_path / "copy")]) == 0

    database = Database.in_folder(tmp_path / "new")
    with database.write() as connection:
        assert fact(connection, "epoch") != epoch
        block = lease(connection, "d2", "黄", 2026, 5)
    database.close()
    assert block.first == 5 + GAP + 1 > lost.last


def test_a_folder_without_a_server_is_named(run: Run, tmp_path: Path) -> None:
    assert main(["users", "--data", str(tmp_path / "nothing")]) == 2
