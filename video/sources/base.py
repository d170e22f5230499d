"""What is asked of a source of footage."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from video.vocabulary.frame import EncodedPacket, Frame, StreamShape

Wait = Callable[[float], bool]  # waits so many seconds, tells whether to stop instead


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One packet as it came, and the pictures that are to be judged; mostly none.

    Attributes:
        broken: whether it should have been decoded and could not be.
        clock_off_s: how far the camera's own clock is ahead of ours; None where it tells none.
    """

    packet: EncodedPacket
    frames: tuple[Frame, ...] = ()
    broken: bool = False
    clock_off_s: float | None = None


class Source(Protocol):
    """A camera, a recording or a drawn hall; used by one thread."""

    @property
    def live(self) -> bool:
        """Whether it goes on without us: what isn't taken in time is late, and it can come back."""

    def open(self) -> StreamShape:
        """Connect.

        Raises:
            FootageError: the world says no; `retryable` says whether to try again.
        """

    def take(self) -> Iterator[Taken]:
        """Give packets until the end; times never run backwards, not even after opening again.

        Raises:
            FootageError: it broke off.
        """

    def close(self) -> None:
        """Let go; harmless when not open."""


_CREDENTIALS = re.compile(r"(?<=://)[^/@\s'\"]*:?[^/\s'\"]*@")


def redacted(text: str, *secrets: str) -> str:
    """Cut credentials out of a text that may quote an address."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return _CREDENTIALS.sub("***@", text)
