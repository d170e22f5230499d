"""Schema 2: approval cases, which come by the hundred thousand and are nobody's single act.

They stand in a table of their own, not among the records: the act is the import, and that is a
record with its outbox and audit rows. A case is one row with its events inside, since it is read
whole or listed by the columns beside the body. What an import brings waits in `incoming_case`
until all of it is there, and then comes in with one statement.
"""

_COLUMNS = """
        hall_id TEXT NOT NULL,
        case_no TEXT NOT NULL,
        year INTEGER NOT NULL,
        id TEXT NOT NULL,
        batch_id TEXT NOT NULL,
        item_code TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        window_id TEXT NOT NULL,
        title TEXT NOT NULL,
        applicant TEXT NOT NULL,
        started_at TEXT,
        closed_at TEXT,
        due TEXT,
        body TEXT NOT NULL,
"""

STATEMENTS = (
    f"""CREATE TABLE approval_case (
        n INTEGER PRIMARY KEY,{_COLUMNS}
        UNIQUE (hall_id, case_no, year),
        CHECK (json_valid(body))
    ) STRICT""",
    "CREATE INDEX approval_case_started ON approval_case (hall_id, started_at)",
    "CREATE INDEX approval_case_open ON approval_case (hall_id, due) WHERE closed_at IS NULL",
    f"""CREATE TABLE incoming_case (
        n INTEGER PRIMARY KEY,{_COLUMNS}
        UNIQUE (hall_id, case_no, year)
    ) STRICT""",
    """CREATE TABLE import_complaint (
        batch_id TEXT NOT NULL,
        n INTEGER NOT NULL,
        place INTEGER NOT NULL,
        field TEXT NOT NULL,
        reason TEXT NOT NULL,
        value TEXT NOT NULL,
        case_no TEXT NOT NULL,
        event INTEGER NOT NULL,
        kept INTEGER NOT NULL CHECK (kept IN (0, 1)),
        PRIMARY KEY (batch_id, n)
    ) STRICT, WITHOUT ROWID""",
)
