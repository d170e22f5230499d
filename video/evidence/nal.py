"""How an MP4 file wants H.264 and H.265: parameter sets apart, units with their length before them.

ISO/IEC 14496-15. Cameras send units behind start codes (Annex B of either standard); recordings
have mostly been through an MP4 already and are left as they are.
"""

from collections.abc import Sequence

from video.errors import FootageError, FootageTrouble
from video.vocabulary.frame import EncodedPacket, StreamShape

_START_CODE = b"\0\0\1"
_SPS, _PPS = 7, 8
_HEVC_SETS = (32, 33, 34)  # video, sequence, picture
_RICH_PROFILES = {100, 110, 122, 144}  # H.264 profiles whose record tells colour and depth
_PLAIN_COLOUR = b"\xfd\xf8\xf8"  # 4:2:0, eight bits, as cameras send


def is_framed(shape: StreamShape) -> bool:
    """Whether packets carry lengths already instead of start codes."""
    return shape.extradata[:1] == b"\x01"


def framed(data: bytes) -> bytes:
    """Put its length before every unit, four bytes, in place of start codes."""
    return b"".join(len(unit).to_bytes(4) + unit for unit in units(data))


def units(data: bytes) -> tuple[bytes, ...]:
    """Units between start codes, without the zeros that may stand before a code."""
    found = (part.rstrip(b"\0") for part in data.split(_START_CODE)[1:])
    return tuple(unit for unit in found if unit)


def decoder_record(shape: StreamShape, first: EncodedPacket) -> bytes:
    """The content of `avcC` or `hvcC`.

    Raises:
        FootageError: UNSUPPORTED when the parameter sets are nowhere to be found.
    """
    if is_framed(shape):
        return shape.extradata
    found = units(shape.extradata) or units(first.data)
    return _avc_record(found) if shape.codec == "h264" else _hevc_record(found)


def _avc_record(found: Sequence[bytes]) -> bytes:
    kinds = [unit[0] & 0x1F for unit in found]
    sequence, picture = _of_kind(found, kinds, _SPS), _of_kind(found, kinds, _PPS)
    record = bytes([1]) + sequence[0][1:4] + b"\xff" + bytes([0xE0 | len(sequence)])
    record += b"".join(_counted(unit) for unit in sequence)
    record += bytes([len(picture)]) + b"".join(_counted(unit) for unit in picture)
    return record + (_PLAIN_COLOUR + b"\0" if sequence[0][1] in _RICH_PROFILES else b"")


def _hevc_record(found: Sequence[bytes]) -> bytes:
    kinds = [unit[0] >> 1 & 0x3F for unit in found]
    sets = [_of_kind(found, kinds, kind) for kind in _HEVC_SETS]
    plain = sets[1][0].replace(b"\0\0\3", b"\0\0")
    layers, nested = (plain[2] >> 1 & 7) + 1, plain[2] & 1
    record = bytes([1]) + plain[3:15] + b"\xf0\0\xfc" + _PLAIN_COLOUR + b"\0\0"
    record += bytes([layers << 3 | nested << 2 | 3, len(sets)])
    for kind, group in zip(_HEVC_SETS, sets, strict=True):
        record += bytes([0x80 | kind]) + len(group).to_bytes(2)
        record += b"".join(_counted(unit) for unit in group)
    return record


def _of_kind(found: Sequence[bytes], kinds: Sequence[int], wanted: int) -> tuple[bytes, ...]:
    chosen = [unit for unit, kind in zip(found, kinds, strict=True) if kind == wanted]
    if not chosen:
        raise FootageError(FootageTrouble.UNSUPPORTED, "clip", f"no parameter set {wanted}")
    return tuple(dict.fromkeys(chosen))


def _counted(unit: bytes) -> bytes:
    return len(unit).to_bytes(2) + unit
