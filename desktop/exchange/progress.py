"""How far into a file its reader has come."""


class Bytes:
    """Counts what was read; one thread adds, any may look."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def add(self, count: int) -> None:
        """Note bytes as read."""
        self.done += count

    @property
    def share(self) -> float:
        """From 0 to 1; several passes over a file don't go beyond."""
        return min(self.done / self.total, 1.0) if self.total else 1.0
