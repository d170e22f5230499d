"""Schema 2: Merkle trees, what is known of devices, quarantine, uploads that end, number series."""

STATEMENTS = (
    "ALTER TABLE device ADD COLUMN last_seen VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE device ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device ADD COLUMN forks INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE upload ADD COLUMN expires_at FLOAT NOT NULL DEFAULT 0",
    "ALTER TABLE upload ADD COLUMN ticket VARCHAR NOT NULL DEFAULT ''",
    """CREATE TABLE log_node (
        scope VARCHAR NOT NULL,
        level INTEGER NOT NULL,
        n INTEGER NOT NULL,
        hash VARCHAR NOT NULL,
        PRIMARY KEY (scope, level, n)
    )""",
    """CREATE TABLE quarantine (
        op_id VARCHAR NOT NULL PRIMARY KEY,
        device_id VARCHAR NOT NULL,
        envelope JSON NOT NULL,
        at VARCHAR NOT NULL
    )""",
    """CREATE TABLE number_series (
        series VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (series, year)
    )""",
    "INSERT INTO number_series (series, year, last)"
    " SELECT series, year, max(last) FROM number_lease GROUP BY series, year",
    "CREATE INDEX result_at ON result (at)",
)
