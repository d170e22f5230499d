"""Every client table of sync, kept in the caller's database and in the caller's transaction."""

from sync.outbox.tables import DDL, V1, V2

__all__ = ["DDL", "V1", "V2"]
