"""The tables: what the server last said, what waits for it, how far was read, which bytes."""

V1 = (
    """CREATE TABLE sync_shadow (
        entity TEXT NOT NULL,
        id TEXT NOT NULL,
        scope TEXT NOT NULL,
        ver INTEGER NOT NULL CHECK (ver > 0),
        body TEXT NOT NULL CHECK (json_valid(body)),
        PRIMARY KEY (entity, id)
    ) STRICT""",
    "CREATE INDEX sync_shadow_scope ON sync_shadow (scope)",
    """CREATE TABLE sync_outbox (
        n INTEGER PRIMARY KEY,
        op_id TEXT NOT NULL UNIQUE,
        group_id TEXT NOT NULL,
        entity TEXT NOT NULL,
        id TEXT NOT NULL,
        envelope TEXT NOT NULL CHECK (json_valid(envelope)),
        state TEXT NOT NULL CHECK (state IN
            ('pending', 'applied', 'merged', 'conflict', 'rejected', 'blocked')),
        reason TEXT CHECK (reason IS NULL OR json_valid(reason))
    ) STRICT""",
    "CREATE INDEX sync_outbox_waiting ON sync_outbox (state, n)",
    "CREATE INDEX sync_outbox_record ON sync_outbox (entity, id, n)",
    """CREATE TABLE sync_chain (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        dev_seq INTEGER NOT NULL,
        hash TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE sync_cursor (
        scope TEXT PRIMARY KEY,
        seq INTEGER NOT NULL
    ) STRICT""",
    "CREATE TABLE sync_fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE sync_blob (
        sha256 TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'wanted', 'verified')),
        upload_url TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX sync_blob_state ON sync_blob (state)",
    """CREATE TABLE sync_conflict (
        n INTEGER PRIMARY KEY,
        op_id TEXT NOT NULL UNIQUE,
        entity TEXT NOT NULL,
        id TEXT NOT NULL,
        mine TEXT NOT NULL CHECK (json_valid(mine)),
        server TEXT CHECK (server IS NULL OR json_valid(server)),
        reason TEXT NOT NULL CHECK (json_valid(reason)),
        settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1))
    ) STRICT""",
)

# stale: said before the server came back from a backup, and not said again since.
# before_restore: taken by the server before it came back from a backup, or waiting then, or done
# since to a record that the server has not got back yet.
V2 = (
    "ALTER TABLE sync_shadow ADD COLUMN stale INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1))",
    "ALTER TABLE sync_outbox ADD COLUMN before_restore INTEGER NOT NULL DEFAULT 0"
    " CHECK (before_restore IN (0, 1))",
    """CREATE TABLE sync_checkpoint (
        epoch TEXT NOT NULL,
        scope TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        root TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (epoch, scope)
    ) STRICT""",
)

DDL = (*V1, *V2)
