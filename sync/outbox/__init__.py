"""Every client table of sync, kept in the caller's database and in the caller's transaction."""

from sync.outbox.tables import DDL

__all__ = ["DDL"]
