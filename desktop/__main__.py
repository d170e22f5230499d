"""Starts the program, or one of its commands without a window."""

import sys

from desktop.cli import main as command


def main() -> None:
    """Entry point of the command hallwatch."""
    sys.exit(command())


if __name__ == "__main__":
    main()
