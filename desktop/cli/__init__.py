"""The command line: the same use cases, with a window or without."""

import argparse
import sys
from collections.abc import Sequence

from desktop.cli import auditing, checking, demo, importing, opening, samples, tour, verifying


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and answer its exit code: 0 done, 1 refused, 2 not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    options = _parser().parse_args(words)
    return int(options.run(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hallwatch", description="政务大厅效能督察 / supervision of service halls"
    )
    parser.set_defaults(run=opening.run, demo=False, wish="")
    commands = parser.add_subparsers(dest="command", metavar="")
    opening.add_parser(commands)
    demo.add_parser(commands)
    checking.add_parser(commands)
    importing.add_parser(commands)
    tour.add_parser(commands)
    samples.add_parser(commands)
    auditing.add_parser(commands)
    verifying.add_parser(commands)
    return parser
