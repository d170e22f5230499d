"""Starts the central server's command line."""

import sys

from sync.cli import main


def serve_main() -> None:
    """Entry point of the command hallwatch-server."""
    sys.exit(main())


if __name__ == "__main__":
    serve_main()
