"""The states a service window can be in, and the overlays that data lays over them."""

from enum import Enum


class WindowState(Enum):
    """What the machine says of one window; meanings in the manual, chapter video."""

    UNKNOWN = "UNKNOWN"
    SERVING = "SERVING"
    READY = "READY"
    IDLE_STILL = "IDLE_STILL"
    IDLE_WINDOW = "IDLE_WINDOW"
    PHONE = "PHONE"
    ABSENT = "ABSENT"
    UNATTENDED_CUSTOMER = "UNATTENDED_CUSTOMER"
    STAFF_SHORT = "STAFF_SHORT"

    @property
    def is_empty(self) -> bool:
        """Whether the state says that nobody holds the post."""
        return self in {WindowState.ABSENT, WindowState.UNATTENDED_CUSTOMER}


class Overlay(Enum):
    """What the schedule says of one window; it suppresses alerts and keeps the timeline."""

    NONE = "NONE"
    CLOSED = "CLOSED"
    PAUSED = "PAUSED"
    EXCUSED = "EXCUSED"
