"""Writes the whole log to a file that anybody can check without this server."""

import base64
import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sync.server.database import Database
from sync.server.facts import fact
from sync.server.journal import checkpoint, log_key
from sync.server.tables import changes, devices


def export_log(database: Database, target: Path) -> int:
    """Write one JSON value a line: who signs, every entry, and the signed heads; count entries."""
    count = 0
    with database.read() as connection, target.open("x", encoding="utf-8") as file:
        public = log_key(connection).public_key().public_bytes_raw()
        keys = connection.execute(select(devices.c.id, devices.c.public_key).order_by(devices.c.id))
        opening = {
            "format": "hallwatch-log",
            "version": 1,
            "epoch": fact(connection, "epoch"),
            "log_key": base64.b64encode(public).decode(),
            "devices": {row.id: row.public_key for row in keys},
        }
        file.write(_line(opening))
        rows = connection.execute(select(changes).order_by(changes.c.scope, changes.c.seq))
        for row in rows.mappings():
            file.write(_line({"entry": dict(row)}))
            count += 1
        file.write(_line({"checkpoint": checkpoint(connection).to_json()}))
    return count


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
