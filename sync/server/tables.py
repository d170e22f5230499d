"""The server's tables; plain SQL that SQLite and PostgreSQL both understand."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

facts = Table(
    "fact",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

users = Table(
    "user_account",
    METADATA,
    Column("id", String, primary_key=True),
    Column("username", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("verifier", String, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("failures", Integer, nullable=False, default=0),
    Column("waits_until", Float, nullable=False, default=0.0),
)

devices = Table(
    "device",
    METADATA,
    Column("id", String, primary_key=True),
    Column("public_key", String, nullable=False),
    Column("dev_seq", Integer, nullable=False, default=0),
    Column("hash", String, nullable=False, default=""),
    Column("revoked", Boolean, nullable=False, default=False),
    Column("created_at", String, nullable=False),
    Column("last_seen", String, nullable=False, default=""),
    Column("unsent", Integer, nullable=False, default=0),
    Column("conflicts", Integer, nullable=False, default=0),
    Column("forks", Integer, nullable=False, default=0),
)

device_users = Table(
    "device_user",
    METADATA,
    Column("device_id", String, primary_key=True),
    Column("user_id", String, primary_key=True),
)

tokens = Table(
    "token",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("user_id", String, nullable=False),
    Column("device_id", String, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("follows", String, nullable=False, default=""),
)

sign_in_codes = Table(
    "sign_in_code",
    METADATA,
    Column("user_code", String, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("device_id", String, nullable=False),
    Column("public_key", String, nullable=False),
    Column("address", String, nullable=False),
    Column("user_id", String, nullable=False),
    Column("asked_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
)

scope_heads = Table(
    "scope_head",
    METADATA,
    Column("scope", String, primary_key=True),
    Column("last_seq", Integer, nullable=False),
)

records = Table(
    "record",
    METADATA,
    Column("entity", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("scope", String, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("body", JSON, nullable=False),
)
Index("record_scope", records.c.scope)

changes = Table(
    "change",
    METADATA,
    Column("scope", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("id", String, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("envelope", JSON, nullable=False),
    Column("server_time", String, nullable=False),
    Column("salt", String, nullable=False),
    Column("leaf", String, nullable=False),
)
Index("change_record", changes.c.entity, changes.c.id, changes.c.ver)

log_nodes = Table(
    "log_node",
    METADATA,
    Column("scope", String, primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("hash", String, nullable=False),
)

quarantine = Table(
    "quarantine",
    METADATA,
    Column("op_id", String, primary_key=True),
    Column("device_id", String, nullable=False),
    Column("envelope", JSON, nullable=False),
    Column("at", String, nullable=False),
)

parcels = Table(
    "parcel",
    METADATA,
    Column("device_id", String, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("at", String, nullable=False),
)

results = Table(
    "result",
    METADATA,
    Column("op_id", String, primary_key=True),
    Column("result", JSON, nullable=False),
    Column("at", String, nullable=False),
)
Index("result_at", results.c.at)

blobs = Table(
    "blob",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("at", String, nullable=False),
)

blob_refs = Table(
    "blob_ref",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("scope", String, primary_key=True),
)

uploads = Table(
    "upload",
    METADATA,
    Column("id", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("user_id", String, nullable=False),
    Column("expires_at", Float, nullable=False, default=0.0),
    Column("ticket", String, nullable=False, default=""),
)

number_series = Table(
    "number_series",
    METADATA,
    Column("series", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

number_leases = Table(
    "number_lease",
    METADATA,
    Column("series", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("device_id", String, nullable=False),
    Column("at", String, nullable=False),
)

numbers_given = Table(
    "number_given",
    METADATA,
    Column("series", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("entity", String, nullable=False),
    Column("id", String, nullable=False),
    UniqueConstraint("entity", "id"),
)

leases = Table(
    "lease",
    METADATA,
    Column("scope", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("device_id", String, nullable=False),
    Column("user_name", String, nullable=False),
    Column("until", Float, nullable=False),
)
