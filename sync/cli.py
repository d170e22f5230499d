"""The command line of the central server."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and answer its exit code: 0 done, 1 faults found, 2 could not."""
    options = _parser().parse_args(words)
    try:
        return _audit(options.data) if options.command == "audit" else _serve(options)
    except OSError as error:
        print(f"hallwatch-server: {error.strerror or error}", file=sys.stderr)
        return 2


def _serve(options: argparse.Namespace) -> int:
    from sync.server.runner import ServeOptions, serve  # noqa: PLC0415  # `import sync` stays cheap

    schema = files("resources").joinpath("entities")
    with as_file(schema) as shipped:
        serve(
            ServeOptions(
                data=options.data,
                schema=options.schema or shipped,
                host=options.host,
                port=options.port,
                parent_pipe=options.parent_pipe,
            )
        )
    return 0


def _audit(data: Path) -> int:
    from sync.server.audit import audit_log  # noqa: PLC0415
    from sync.server.database import Database  # noqa: PLC0415

    if not (data / "server.db").is_file():
        print(f"hallwatch-server: no server.db in {data}", file=sys.stderr)
        return 2
    database = Database.in_folder(data)
    report = audit_log(database)
    database.close()
    print(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    return 1 if report.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hallwatch-server", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve until stopped")
    serve.add_argument("--data", type=Path, required=True, help="folder of database and blobs")
    serve.add_argument("--schema", type=Path, help="folder of entity files")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on")
    serve.add_argument("--port", type=int, default=0, help="0: any free port")
    serve.add_argument("--parent-pipe", action="store_true", help="end when standard input ends")
    audit = commands.add_parser("audit", help="check the whole log")
    audit.add_argument("--data", type=Path, required=True)
    return parser
