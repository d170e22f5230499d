"""Schema 4: what one device at a time takes care of."""

STATEMENTS = (
    """CREATE TABLE lease (
        scope VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        device_id VARCHAR NOT NULL,
        user_name VARCHAR NOT NULL,
        until FLOAT NOT NULL,
        PRIMARY KEY (scope, name)
    )""",
)
