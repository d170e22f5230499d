"""Pictures of every page, taken from the running program on the demonstration's data."""

import argparse
from pathlib import Path

from desktop.cli.voice import speaking, tell
from desktop.system.language import said


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser("tour", help="给每个页面拍照 / pictures of every page")
    parser.add_argument("--out", type=Path, required=True, help="图片放在这里 / folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take them."""
    from desktop.app.rehearsal import take_pictures  # noqa: PLC0415  # commands load no widgets

    taken = take_pictures(options.out, _tell_second)
    return speaking(lambda: _tell_end(len(taken), options.out))


def _tell_second(at_s: float) -> None:
    tell(said("已看到第 {0} 秒").format(round(at_s)))


def _tell_end(count: int, out: Path) -> int:
    tell(said("完成。{0} 张图片在 {1}").format(count, out), mark="✓")
    return 0
