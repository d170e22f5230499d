"""Schema 1: facts, people, devices, records and their log, bytes, numbers."""

STATEMENTS = (
    """CREATE TABLE IF NOT EXISTS blob (
        sha256 VARCHAR NOT NULL,
        size BIGINT NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (sha256)
    )""",
    """CREATE TABLE IF NOT EXISTS blob_ref (
        sha256 VARCHAR NOT NULL,
        scope VARCHAR NOT NULL,
        PRIMARY KEY (sha256, scope)
    )""",
    """CREATE TABLE IF NOT EXISTS change (
        scope VARCHAR NOT NULL,
        seq INTEGER NOT NULL,
        entity VARCHAR NOT NULL,
        id VARCHAR NOT NULL,
        ver INTEGER NOT NULL,
        body JSON NOT NULL,
        envelope JSON NOT NULL,
        server_time VARCHAR NOT NULL,
        salt VARCHAR NOT NULL,
        leaf VARCHAR NOT NULL,
        PRIMARY KEY (scope, seq)
    )""",
    """CREATE TABLE IF NOT EXISTS device (
        id VARCHAR NOT NULL,
        public_key VARCHAR NOT NULL,
        dev_seq INTEGER NOT NULL,
        hash VARCHAR NOT NULL,
        revoked BOOLEAN NOT NULL,
        created_at VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )""",
    """CREATE TABLE IF NOT EXISTS device_user (
        device_id VARCHAR NOT NULL,
        user_id VARCHAR NOT NULL,
        PRIMARY KEY (device_id, user_id)
    )""",
    """CREATE TABLE IF NOT EXISTS fact (
        name VARCHAR NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (name)
    )""",
    """CREATE TABLE IF NOT EXISTS number_given (
        series VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        entity VARCHAR NOT NULL,
        id VARCHAR NOT NULL,
        PRIMARY KEY (series, year, number),
        UNIQUE (entity, id)
    )""",
    """CREATE TABLE IF NOT EXISTS number_lease (
        series VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        device_id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (series, year, first)
    )""",
    """CREATE TABLE IF NOT EXISTS record (
        entity VARCHAR NOT NULL,
        id VARCHAR NOT NULL,
        scope VARCHAR NOT NULL,
        ver INTEGER NOT NULL,
        body JSON NOT NULL,
        PRIMARY KEY (entity, id)
    )""",
    "CREATE INDEX IF NOT EXISTS record_scope ON record (scope)",
    """CREATE TABLE IF NOT EXISTS result (
        op_id VARCHAR NOT NULL,
        result JSON NOT NULL,
        at VARCHAR NOT NULL,
        PRIMARY KEY (op_id)
    )""",
    """CREATE TABLE IF NOT EXISTS scope_head (
        scope VARCHAR NOT NULL,
        last_seq INTEGER NOT NULL,
        PRIMARY KEY (scope)
    )""",
    """CREATE TABLE IF NOT EXISTS token (
        digest VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        user_id VARCHAR NOT NULL,
        device_id VARCHAR NOT NULL,
        expires_at FLOAT NOT NULL,
        follows VARCHAR NOT NULL,
        PRIMARY KEY (digest)
    )""",
    """CREATE TABLE IF NOT EXISTS upload (
        id VARCHAR NOT NULL,
        sha256 VARCHAR NOT NULL,
        size BIGINT NOT NULL,
        user_id VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )""",
    """CREATE TABLE IF NOT EXISTS user_account (
        id VARCHAR NOT NULL,
        username VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        roles JSON NOT NULL,
        scopes JSON NOT NULL,
        verifier VARCHAR NOT NULL,
        active BOOLEAN NOT NULL,
        failures INTEGER NOT NULL,
        waits_until FLOAT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (username)
    )""",
)
