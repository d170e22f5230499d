"""What a foreign file can refuse: a name and a place; wording belongs to the caller."""

from enum import Enum


class ExchangeTrouble(Enum):
    """Why a file as a whole cannot be read; nothing of it is kept then."""

    MISSING_FILE = "missing_file"
    NOT_READABLE = "not_readable"
    NOT_WRITABLE = "not_writable"
    EMPTY = "empty"
    NOT_A_TABLE = "not_a_table"
    NO_ROWS = "no_rows"
    NO_CASES = "no_cases"
    ONE_COLUMN = "one_column"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    TWO_COLUMNS_OF_ONE_NAME = "two_columns_of_one_name"
    MISSING_COLUMN = "missing_column"
    UNKNOWN_ENCODING = "unknown_encoding"
    MIXED_ENCODINGS = "mixed_encodings"
    TOO_LONG = "too_long"
    DAMAGED = "damaged"
    BOMB = "bomb"
    NOT_WELL_FORMED = "not_well_formed"
    ENTITIES = "entities"
    FORMULA = "formula"
    NO_PROFILE_FITS = "no_profile_fits"
    UNKNOWN_PROFILE = "unknown_profile"
    BAD_PROFILE = "bad_profile"
    NOT_A_CALENDAR = "not_a_calendar"
    NOT_A_PICTURE = "not_a_picture"
    TOO_LARGE = "too_large"
    BAD_FORM = "bad_form"
    NOT_AN_ARCHIVE = "not_an_archive"
    NEWER_ARCHIVE = "newer_archive"
    FORGED = "forged"


class ExchangeError(Exception):
    """The world says no: a file that is not what it should be.

    Attributes:
        trouble: the reason, a closed set.
        file: its name.
        row: row of a table, line of a text; 0 where it is about the whole file.
        column: column or field by name; empty where it is about none.
        detail: what was found, shortened.
        retryable: waiting never helps; the file has to be put right.
    """

    retryable = False

    def __init__(
        self,
        trouble: ExchangeTrouble,
        file: str,
        *,
        row: int = 0,
        column: str = "",
        detail: str = "",
    ) -> None:
        super().__init__(trouble, file, row, column, detail)
        self.trouble = trouble
        self.file = file
        self.row = row
        self.column = column
        self.detail = detail
