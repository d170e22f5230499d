"""Foreign files in and out: tables, event logs, exchange packages."""
