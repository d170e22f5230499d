"""Writes packets into an MP4 file as they came: nothing is decoded, nothing encoded again.

The file is made in memory, index first, and the same packets give the same bytes: its digest can
be made again from the same footage. ISO/IEC 14496-12.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from struct import pack

from video.errors import FootageError, FootageTrouble
from video.evidence.nal import decoder_record, framed, is_framed
from video.vocabulary.frame import EncodedPacket, StreamShape

MEDIA_TYPE = "video/mp4"
TICKS = 90_000  # a second
_MATRIX = pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_ENTRY = {"h264": (b"avc1", b"avcC"), "hevc": (b"hvc1", b"hvcC")}


def clip_of(packets: Sequence[EncodedPacket], shape: StreamShape) -> bytes:
    """Join packets to a file that any player shows.

    Args:
        packets: in order of decoding, the first a key frame.

    Raises:
        FootageError: UNSUPPORTED without a packet or without the decoder's configuration.
    """
    if not packets or not packets[0].key:
        raise FootageError(FootageTrouble.UNSUPPORTED, "clip", "no key frame")
    samples = [packet.data if is_framed(shape) else framed(packet.data) for packet in packets]
    kind = _box(b"ftyp", b"isom", pack(">I", 0x200), b"isomiso2mp41")
    begin = len(kind) + len(_index(packets, samples, shape, 0)) + 8
    index = _index(packets, samples, shape, begin)
    return b"".join((kind, index, _box(b"mdat", *samples)))


def _index(
    packets: Sequence[EncodedPacket], samples: Sequence[bytes], shape: StreamShape, begin: int
) -> bytes:
    decode, show = _times(packets)
    steps = [after - before for before, after in pairwise(decode)]
    steps.append(max(1, round(packets[-1].duration_s * TICKS)) if not steps else steps[-1])
    lasting, seen = sum(steps), max(show) - show[0] + steps[-1]
    table = _box(
        b"stbl",
        _described(shape, packets[0]),
        _full(b"stts", _runs(steps)),
        _full(b"ctts", _runs([s - d for s, d in zip(show, decode, strict=True)]), version=1),
        _full(b"stss", _list(n for n, packet in enumerate(packets, 1) if packet.key)),
        _full(b"stsc", pack(">4I", 1, 1, len(samples), 1)),
        _full(b"stsz", pack(">I", 0), _list(len(sample) for sample in samples)),
        _full(b"stco", pack(">2I", 1, begin)),
    )
    source = _box(b"dinf", _full(b"dref", pack(">I", 1), _full(b"url ", flags=1)))
    media = _box(
        b"mdia",
        _full(b"mdhd", pack(">4IHH", 0, 0, TICKS, lasting, 0x55C4, 0)),  # language undetermined
        _full(b"hdlr", pack(">I4s12xx", 0, b"vide")),
        _box(b"minf", _full(b"vmhd", bytes(8), flags=1), source, table),
    )
    track = _box(b"trak", _track_head(shape, seen), _shown(show[0], seen), media)
    head = pack(">4IIH10x", 0, 0, TICKS, seen, 0x10000, 0x100) + _MATRIX + bytes(24)
    return _box(b"moov", _full(b"mvhd", head, pack(">I", 2)), track)


def _times(packets: Sequence[EncodedPacket]) -> tuple[list[int], list[int]]:
    """Ticks from the first packet on; decoding times must grow, whatever the camera said."""
    base_s = packets[0].decode_s
    decode: list[int] = []
    for packet in packets:
        at = round((packet.decode_s - base_s) * TICKS)
        decode.append(max(at, decode[-1] + 1) if decode else at)
    return decode, [round((packet.show_s - base_s) * TICKS) for packet in packets]


def _described(shape: StreamShape, first: EncodedPacket) -> bytes:
    entry, configuration = _ENTRY[shape.codec]
    size = pack(">2H", shape.width, shape.height)
    picture = pack(">6xH16x", 1) + size + pack(">3IH32xHh", 0x480000, 0x480000, 0, 1, 24, -1)
    record = _box(configuration, decoder_record(shape, first))
    return _full(b"stsd", pack(">I", 1), _box(entry, picture, record))


def _track_head(shape: StreamShape, lasting: int) -> bytes:
    size = pack(">2I", shape.width << 16, shape.height << 16)
    return _full(b"tkhd", pack(">5I16x", 0, 0, 1, 0, lasting), _MATRIX, size, flags=3)


def _shown(first: int, lasting: int) -> bytes:
    """The edit list: play from the key frame on.

    Its decoding began earlier, and pictures before it that lean on what is cut off stay unseen.
    """
    return _box(b"edts", _full(b"elst", pack(">IIiI", 1, lasting, max(0, first), 0x10000)))


def _runs(values: Sequence[int]) -> bytes:
    runs = [(len(list(same)), value) for value, same in groupby(values)]
    return pack(">I", len(runs)) + b"".join(pack(">Ii", *run) for run in runs)


def _list(values: Iterator[int]) -> bytes:
    known = list(values)
    return pack(f">I{len(known)}I", len(known), *known)


def _box(kind: bytes, *parts: bytes) -> bytes:
    return pack(">I4s", 8 + sum(len(part) for part in parts), kind) + b"".join(parts)


def _full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(kind, pack(">I", version << 24 | flags), *parts)
