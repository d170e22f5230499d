"""What opening a profile goes through, for whoever waits and watches."""

from enum import Enum


class Stage(Enum):
    """What opening is at."""

    KEYS = "keys"
    CASE_FILE = "case_file"
    SERVER = "server"
    PAPERS = "papers"
    DEMONSTRATION = "demonstration"
    FOUNDING = "founding"
    JOINING = "joining"
