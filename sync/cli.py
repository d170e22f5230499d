"""The command line of the central server: serving it, and administering it beside the service."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sync.protocol import KEPT_DAYS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sync.server.database import Database

Options = argparse.Namespace
CLI = "command line"  # who did it, in the log


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and answer its exit code: 0 done, 1 faults found, 2 could not."""
    options = _parser().parse_args(words)
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415  # `import sync` stays cheap

    from sync.server.problems import Problem  # noqa: PLC0415

    try:
        return int(options.run(options) or 0)
    except Problem as problem:
        told = "".join(f", {name} {value}" for name, value in sorted(problem.fields.items()))
        return _say(f"{problem.code}{told}")
    except SQLAlchemyError as error:
        return _say(f"database: {type(error).__name__}")  # its text may quote the address
    except OSError as error:
        return _say(str(error.strerror or error))


def _say(trouble: str) -> int:
    print(f"hallwatch-server: {trouble}", file=sys.stderr)
    return 2


def _serve(options: Options) -> None:
    from sync.server.runner import ServeOptions, serve  # noqa: PLC0415

    schema = files("resources").joinpath("entities")
    with as_file(schema) as shipped:
        serve(
            ServeOptions(
                data=options.data,
                schema=options.schema or shipped,
                host=options.host,
                port=options.port,
                parent_pipe=options.parent_pipe,
                # The server inside the desktop program keeps to its folder.
                database_url="" if options.parent_pipe else os.environ.get("DATABASE_URL", ""),
                workers=options.workers,
                certificate=options.certificate,
                key=options.key,
            )
        )


def _audit(options: Options) -> int:
    from sync.server.audit import audit_log  # noqa: PLC0415

    report = _with_database(options, audit_log)
    _show(asdict(report))
    return 1 if report.faults else 0


def _export(options: Options) -> None:
    from sync.server.export import export_log  # noqa: PLC0415

    _show({"entries": _with_database(options, lambda d: export_log(d, options.file))})


def _verify(options: Options) -> int:
    from sync.server.verify import verify_export  # noqa: PLC0415

    kept = json.loads(options.checkpoint.read_text("utf-8")) if options.checkpoint else None
    found = verify_export(options.file, kept)
    _show(asdict(found))
    return 1 if found.faults else 0


def _back_up(options: Options) -> None:
    from sync.server.keeping import back_up  # noqa: PLC0415

    _show({"files": back_up(options.data, options.folder)})


def _restore(options: Options) -> None:
    from sync.server.keeping import restore  # noqa: PLC0415

    _show({"epoch": restore(options.folder, options.data)})


def _new_epoch(options: Options) -> None:
    from sync.server.keeping import begin_anew  # noqa: PLC0415

    _show({"epoch": _with_database(options, begin_anew)})


def _tidy(options: Options) -> None:
    from sync.server.administration import forget_results  # noqa: PLC0415

    before = (datetime.now(UTC) - timedelta(days=KEPT_DAYS)).isoformat()
    _show({"results": _with_connection(options, lambda c: forget_results(c, before))})


def _take_parcel(options: Options) -> None:
    from sync.server.doors.shared import Doors  # noqa: PLC0415
    from sync.server.parcels import take_parcel  # noqa: PLC0415

    def take(database: "Database") -> dict[str, object]:
        with as_file(files("resources").joinpath("entities")) as shipped:
            doors = Doors(options.data, options.schema or shipped, database)
        raw = options.file.read_bytes()
        taken = take_parcel(database, doors.rules, doors.blobs, raw)
        options.out.write_bytes(taken.receipt)
        return taken.to_json()

    _show(_with_database(options, take))


def _users(options: Options) -> None:
    from sync.server.accounts import all_users  # noqa: PLC0415

    _show([user.to_json() for user in _with_connection(options, all_users)])


def _add_user(options: Options) -> None:
    from sync.server.directory import NewUser, create_user  # noqa: PLC0415

    user = NewUser(
        options.username, options.name, _password(), tuple(options.role), tuple(options.scope)
    )
    _show(_with_connection(options, lambda c: create_user(c, CLI, user)).to_json())


def _set_user(options: Options) -> None:
    from sync.server.accounts import user_id_of  # noqa: PLC0415
    from sync.server.administration import UserChange, change_user  # noqa: PLC0415

    change = UserChange(
        roles=tuple(options.role) if options.role else None,
        scopes=tuple(options.scope) if options.scope else None,
        active=options.active,
        password=_password() if options.password else None,
    )

    def deed(connection: "Connection") -> dict[str, Any]:
        user_id = user_id_of(connection, options.username)
        return change_user(connection, CLI, user_id, change).to_json()

    _show(_with_connection(options, deed))


def _devices(options: Options) -> None:
    from sync.server.administration import list_devices  # noqa: PLC0415

    _show([device.to_json() for device in _with_connection(options, list_devices)])


def _revoke(options: Options) -> None:
    from sync.server.administration import revoke_device  # noqa: PLC0415

    _with_connection(options, lambda c: revoke_device(c, options.device))


def _last_words(options: Options) -> None:
    from sync.server.lastwords import put_aside_of  # noqa: PLC0415

    _show(_with_connection(options, lambda c: put_aside_of(c, options.device)))


def _scopes(options: Options) -> None:
    from sync.server.administration import list_scopes  # noqa: PLC0415

    _show([scope.to_json() for scope in _with_connection(options, list_scopes)])


def _with_database(options: Options, deed: "Callable[[Database], Any]") -> Any:
    """Work on PostgreSQL where DATABASE_URL says so, else on the folder, which must hold one."""
    from sync.server.database import FILE_NAME, Database  # noqa: PLC0415

    address = os.environ.get("DATABASE_URL", "")
    if not address and not (options.data / FILE_NAME).is_file():
        raise FileNotFoundError(2, f"no {FILE_NAME} in {options.data}")
    database = Database.at(address) if address else Database.in_folder(options.data)
    try:
        return deed(database)
    finally:
        database.close()


def _with_connection(options: Options, deed: "Callable[[Connection], Any]") -> Any:
    def work(database: "Database") -> Any:
        with database.write() as connection:
            return deed(connection)

    return _with_database(options, work)


def _password() -> str:
    """Read a password from standard input, where no other process sees it."""
    return sys.stdin.readline().rstrip("\r\n")


def _show(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hallwatch-server", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: object, help_text: str, *, data: bool = True) -> Any:
        made = commands.add_parser(name, help=help_text)
        made.set_defaults(run=run)
        if data:
            made.add_argument(
                "--data", type=Path, required=True, help="folder of database and blobs"
            )
        return made

    _add_serving(command)
    _add_keeping(command)
    _add_people(command)
    return parser


def _add_serving(command: Callable[..., Any]) -> None:
    serve = command("serve", _serve, "serve until stopped; PostgreSQL by DATABASE_URL")
    serve.add_argument("--schema", type=Path, help="folder of entity files")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--port", type=int, default=0, help="0: any free port")
    serve.add_argument("--workers", type=int, default=1, help="processes; more need PostgreSQL")
    serve.add_argument("--certificate", type=Path, help="PEM file of the server's certificate")
    serve.add_argument("--key", type=Path, help="PEM file of the certificate's key")
    serve.add_argument("--parent-pipe", action="store_true", help="end when standard input ends")


def _add_keeping(command: Callable[..., Any]) -> None:
    command("audit", _audit, "check the whole log")
    export = command("export", _export, "write the whole log to a file")
    export.add_argument("file", type=Path)
    verify = command("verify", _verify, "check an exported log offline", data=False)
    verify.add_argument("file", type=Path)
    verify.add_argument("--checkpoint", type=Path, help="JSON file that a client kept")
    backup = command("backup", _back_up, "copy a running server (SQLite) into a new folder")
    backup.add_argument("folder", type=Path)
    restore = command("restore", _restore, "bring a backup into an empty folder, as a new epoch")
    restore.add_argument("folder", type=Path, help="the backup")
    take = command("take-parcel", _take_parcel, "take a parcel from a stick, write its receipt")
    take.add_argument("file", type=Path)
    take.add_argument("--out", type=Path, required=True, help="file of the receipt")
    take.add_argument("--schema", type=Path, help="folder of entity files")
    command("new-epoch", _new_epoch, "declare that PostgreSQL came back from a backup")
    command("tidy", _tidy, f"drop results older than {KEPT_DAYS} days")


def _add_people(command: Callable[..., Any]) -> None:
    command("users", _users, "list users")
    add = command("add-user", _add_user, "add a user; the password comes on standard input")
    add.add_argument("username")
    add.add_argument("--name", required=True)
    add.add_argument("--role", action="append", default=[])
    add.add_argument("--scope", action="append", default=[])
    change = command("set-user", _set_user, "change a user's roles, scopes, password, or end it")
    change.add_argument("username")
    change.add_argument("--role", action="append", help="replaces all roles; may be repeated")
    change.add_argument("--scope", action="append", help="replaces all scopes; may be repeated")
    change.add_argument("--active", action=argparse.BooleanOptionalAction, default=None)
    change.add_argument("--password", action="store_true", help="read it from standard input")
    command("devices", _devices, "list devices")
    revoke = command("revoke", _revoke, "take a device's rights")
    revoke.add_argument("device")
    said = command("last-words", _last_words, "show what a revoked device still sent; none applies")
    said.add_argument("device")
    command("scopes", _scopes, "list scopes")
