"""Schema 5: codes by which a device is let in from another of the same person."""

STATEMENTS = (
    """CREATE TABLE sign_in_code (
        user_code VARCHAR NOT NULL,
        digest VARCHAR NOT NULL UNIQUE,
        device_id VARCHAR NOT NULL,
        public_key VARCHAR NOT NULL,
        address VARCHAR NOT NULL,
        user_id VARCHAR NOT NULL,
        asked_at FLOAT NOT NULL,
        expires_at FLOAT NOT NULL,
        PRIMARY KEY (user_code)
    )""",
)
