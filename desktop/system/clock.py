"""The time of day as the system tells it."""

from datetime import UTC, datetime


class SystemClock:
    """Tells the time; a usecases.ports.Clock."""

    def now(self) -> datetime:
        """Tell the time, aware, UTC."""
        return datetime.now(UTC)
