"""Starts the video wing's command line."""

import sys

from video.cli import main

if __name__ == "__main__":
    sys.exit(main())
