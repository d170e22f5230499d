"""Schema 6: finding anything by its words.

What changes only says that it is due; a worker reads it later, so that no act and no import waits
for the index. The index keeps words without their text (contentless), the line beside it what a
result shows. Readings of windows come every second and are found by their findings.
"""

_NEVER = "('audit', 'state_span', 'queue_day')"
# Not INSERT OR IGNORE: within an upsert the statement outside decides what a conflict means.
_DUE = """INSERT INTO search_due (kind, id) SELECT {0}, {1}
            WHERE NOT EXISTS (SELECT 1 FROM search_due WHERE kind = {0} AND id = {1})"""

STATEMENTS = (
    """CREATE TABLE search_line (
        n INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        at TEXT NOT NULL,
        state TEXT NOT NULL,
        title TEXT NOT NULL,
        detail TEXT NOT NULL,
        lead_kind TEXT NOT NULL,
        lead_id TEXT NOT NULL,
        UNIQUE (kind, id)
    ) STRICT""",
    """CREATE VIRTUAL TABLE search_word USING fts5(
        words, kind, scope, state, day,
        content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
    )""",
    """CREATE TABLE search_due (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))
        STRICT, WITHOUT ROWID""",
    f"""CREATE TRIGGER search_record_new AFTER INSERT ON record WHEN new.entity NOT IN {_NEVER}
        BEGIN {_DUE.format("new.entity", "new.id")}; END""",
    f"""CREATE TRIGGER search_record_changed AFTER UPDATE ON record WHEN new.entity NOT IN {_NEVER}
        BEGIN {_DUE.format("new.entity", "new.id")}; END""",
    f"""CREATE TRIGGER search_record_gone AFTER DELETE ON record WHEN old.entity NOT IN {_NEVER}
        BEGIN {_DUE.format("old.entity", "old.id")}; END""",
    f"""CREATE TRIGGER search_case_new AFTER INSERT ON approval_case
        BEGIN {_DUE.format("'approval_case'", "new.id")}; END""",
    f"""CREATE TRIGGER search_case_changed AFTER UPDATE ON approval_case
        BEGIN {_DUE.format("'approval_case'", "new.id")}; END""",
    f"""CREATE TRIGGER search_case_gone AFTER DELETE ON approval_case
        BEGIN {_DUE.format("'approval_case'", "old.id")}; END""",
    f"INSERT INTO search_due SELECT entity, id FROM record WHERE entity NOT IN {_NEVER}",  # noqa: S608  # our own text
    "INSERT OR IGNORE INTO search_due SELECT 'approval_case', id FROM approval_case",
)
