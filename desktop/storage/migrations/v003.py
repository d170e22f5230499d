"""Schema 3: what the list of cases shows of each, narrow enough to be searched at once.

A line follows its case by triggers, whoever writes the case. The lamp and the days depend on the
day they are read, which `as_of` names with the calendar; an empty one is read anew.
`import_input` names what the cases of an import can tell, so that no rule asks for more.
"""

_LINE = """
    INSERT INTO case_line (n, hall_id, id, batch_id, case_no, title, applicant, item_code, unit_id,
        started_at, closed, words)
    SELECT {0}.n, {0}.hall_id, {0}.id, {0}.batch_id, {0}.case_no, {0}.title, {0}.applicant,
        {0}.item_code, {0}.unit_id, {0}.started_at, {0}.closed_at IS NOT NULL,
        lower({0}.case_no || ' ' || {0}.title || ' ' || {0}.applicant || ' ' || {0}.item_code
            || ' ' || {0}.unit_id)
"""

STATEMENTS = (
    """CREATE TABLE case_line (
        n INTEGER PRIMARY KEY,
        hall_id TEXT NOT NULL,
        id TEXT NOT NULL,
        batch_id TEXT NOT NULL,
        case_no TEXT NOT NULL,
        title TEXT NOT NULL,
        applicant TEXT NOT NULL,
        item_code TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        started_at TEXT,
        closed INTEGER NOT NULL,
        words TEXT NOT NULL,
        rank INTEGER NOT NULL DEFAULT 0,
        lamp TEXT NOT NULL DEFAULT '',
        due TEXT,
        remaining INTEGER NOT NULL DEFAULT 0,
        overdue INTEGER NOT NULL DEFAULT 0,
        unit TEXT NOT NULL DEFAULT 'WORKING_DAY',
        provisional INTEGER NOT NULL DEFAULT 0,
        as_of TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    # All that a search asks, in the order of the list: the table itself is never read for it.
    """CREATE INDEX case_line_list ON case_line
        (hall_id, rank, n, lamp, overdue, closed, unit_id, item_code, words)""",
    "CREATE INDEX case_line_id ON case_line (id)",
    f"""CREATE TRIGGER case_line_new AFTER INSERT ON approval_case BEGIN
        {_LINE.format("new")};
    END""",
    f"""CREATE TRIGGER case_line_changed AFTER UPDATE ON approval_case BEGIN
        DELETE FROM case_line WHERE n = new.n;
        {_LINE.format("new")};
    END""",  # noqa: S608  # our own text
    """CREATE TRIGGER case_line_gone AFTER DELETE ON approval_case BEGIN
        DELETE FROM case_line WHERE n = old.n;
    END""",
    f"{_LINE.format('approval_case')} FROM approval_case",
    """CREATE TABLE import_input (
        batch_id TEXT NOT NULL,
        input TEXT NOT NULL,
        PRIMARY KEY (batch_id, input)
    ) STRICT, WITHOUT ROWID""",
)
