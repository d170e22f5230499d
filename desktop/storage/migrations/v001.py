"""Schema 1: records, their outbox, the audit chain, accounts of this device, number blocks."""

from sync.outbox import V1 as OUTBOX

_RECORDS = (
    """CREATE TABLE record (
        entity TEXT NOT NULL,
        id TEXT NOT NULL,
        scope TEXT NOT NULL,
        body TEXT NOT NULL CHECK (json_valid(body)),
        ver INTEGER NOT NULL CHECK (ver >= 0),
        updated_at TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
        PRIMARY KEY (entity, id)
    ) STRICT""",
    "CREATE INDEX record_recent ON record (entity, updated_at)",
    "CREATE INDEX record_scope ON record (scope, entity)",
)

# The body of an audit row is the record `audit` of the same id; this table is its chain.
_AUDIT = (
    """CREATE TABLE audit (
        n INTEGER PRIMARY KEY,
        record_id TEXT NOT NULL UNIQUE,
        prev_hash TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    ) STRICT""",
    """CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append only'); END""",
    """CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'audit is append only'); END""",
)

_DEVICE = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE account (
        user_id TEXT PRIMARY KEY,
        username TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        roles TEXT NOT NULL CHECK (json_valid(roles)),
        verifier TEXT NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        waits_until TEXT,
        signed_in_at TEXT
    ) STRICT""",
    """CREATE TABLE number_block (
        series TEXT NOT NULL,
        year INTEGER NOT NULL,
        first INTEGER NOT NULL CHECK (first > 0),
        last INTEGER NOT NULL CHECK (last >= first),
        next INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),
        PRIMARY KEY (series, year, first)
    ) STRICT""",
)

STATEMENTS = (*_RECORDS, *_AUDIT, *_DEVICE, *OUTBOX)
