"""Opening the program with its window."""

import argparse


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser("open", help="打开程序窗口 / open the window")
    parser.add_argument(
        "--demo", action="store_true", help="打开演示大厅 / on the demonstration hall"
    )
    parser.add_argument("--aside", action="store_true", help="窗口收起 / with its window put aside")
    parser.add_argument("wish", nargs="?", default="", help="hallwatch:…")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open it; the exit code is that of the window."""
    from desktop.app.start import run_app  # noqa: PLC0415  # commands load no widgets

    return run_app(demo=options.demo, wish=options.wish, aside=options.aside)
