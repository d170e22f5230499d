"""The command line: the same use cases, with a window or without."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module

from desktop.cli.opening import run

# In the order of `--help`. A module is loaded for its own command only: most load much.
_MODULES: Mapping[str, str] = {
    "open": "opening",
    "demo": "demo",
    "check": "checking",
    "import": "importing",
    "review": "reviewing",
    "tour": "tour",
    "samples": "samples",
    "parcel": "parcelling",
    "audit": "auditing",
    "verify": "verifying",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and answer its exit code: 0 done, 1 refused, 2 not understood."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    said = sys.argv[1:] if words is None else words
    options = _parser(said).parse_args(said)
    return int(options.run(options))


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hallwatch", description="政务大厅效能督察 / supervision of service halls"
    )
    parser.set_defaults(run=run, demo=False, wish="", aside=False)
    commands = parser.add_subparsers(dest="command", metavar="")
    wanted = [words[0]] if words and words[0] in _MODULES else list(_MODULES)
    for name in wanted:
        import_module(f"desktop.cli.{_MODULES[name]}").add_parser(commands)
    return parser
