"""What a camera sends, measured as it comes: size, encoding, and how often a key frame."""

from video.messages import CameraStream
from video.sources.base import Taken
from video.sources.decoding import KeySpacing
from video.vocabulary.frame import StreamShape

CHANGED = 0.2  # of the spacing; less is jitter


class StreamWatch:
    """Tells of a stream when something about it is new."""

    def __init__(self, camera_id: str) -> None:
        self._camera_id = camera_id
        self._shape: StreamShape | None = None
        self._spacing = KeySpacing()
        self._told: CameraStream | None = None

    def connected(self, shape: StreamShape) -> CameraStream | None:
        """Begin to measure anew."""
        self._shape, self._spacing = shape, KeySpacing()
        return self._news()

    def came(self, taken: Taken) -> CameraStream | None:
        """Take a packet and the pictures that were decoded of it."""
        if self._shape is None:
            return None
        if taken.frames:
            height, width = taken.frames[-1].pixels.shape[:2]
            self._shape = StreamShape(self._shape.codec, self._shape.extradata, width, height)
        if taken.packet.key:
            self._spacing.came(taken.packet.show_s)
        return self._news() if taken.packet.key else None

    def _news(self) -> CameraStream | None:
        shape, usual_s = self._shape, self._spacing.usual_s
        assert shape is not None  # connected first
        now = CameraStream(
            self._camera_id,
            shape.codec,
            shape.width,
            shape.height,
            None if usual_s is None else round(usual_s, 2),
            self._spacing.is_close,
        )
        if _same(now, self._told):
            return None
        self._told = now
        return now


def _same(now: CameraStream, told: CameraStream | None) -> bool:
    if told is None or told.keys_alone is not now.keys_alone:
        return False
    if (told.codec, told.width, told.height) != (now.codec, now.width, now.height):
        return False
    if told.key_spacing_s is None or now.key_spacing_s is None:
        return told.key_spacing_s is now.key_spacing_s
    return abs(now.key_spacing_s - told.key_spacing_s) <= CHANGED * told.key_spacing_s
