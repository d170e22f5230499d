"""What cameras tell of themselves over ONVIF."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A camera or recorder that answered on the local network.

    Attributes:
        service: the address of its device service.
        name: as it calls itself; may be empty.
    """

    service: str
    host: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class OfferedStream:
    """One stream that a device offers; numbers are 0 where it tells none.

    Attributes:
        address: without user and password.
        keys_every: pictures from one key frame to the next.
    """

    name: str
    address: str
    codec: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0.0
    keys_every: int = 0

    @property
    def pixels(self) -> int:
        """How large its pictures are."""
        return self.width * self.height

    @property
    def key_spacing_s(self) -> float | None:
        """Seconds between key frames, as it is set up; None where that is not told."""
        return self.keys_every / self.fps if self.keys_every and self.fps else None


@dataclass(frozen=True, slots=True)
class DeviceTold:
    """What a device answered.

    Attributes:
        clock_off_s: how far its clock is ahead of ours; None where it tells none.
    """

    streams: tuple[OfferedStream, ...]
    clock_off_s: float | None = None


def main_and_sub(streams: Sequence[OfferedStream]) -> tuple[OfferedStream, OfferedStream | None]:
    """Choose the largest for evidence and the smallest for judging; None where there is one only.

    One too small to see a person in is not judged: the next larger is taken.
    """
    by_size = sorted(streams, key=lambda each: each.pixels)
    main = by_size[-1]
    enough = [each for each in by_size if each.width >= LEAST_WIDTH and each.pixels < main.pixels]
    return main, enough[0] if enough else None


LEAST_WIDTH = 640  # pixels across a hall with several windows
