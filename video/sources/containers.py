"""What recordings and network cameras share: packets out of an open container."""

from collections.abc import Iterator, Sequence

import av

from video.errors import FootageError, FootageTrouble
from video.vocabulary.frame import EncodedPacket, Frame, StreamShape

CODECS = {"h264", "hevc"}


def video_of(container: "av.container.InputContainer", subject: str) -> "av.VideoStream":
    """The first stream of pictures.

    Raises:
        FootageError: NOT_A_VIDEO without one, UNSUPPORTED when its encoding cannot be copied.
    """
    if not container.streams.video:
        raise FootageError(FootageTrouble.NOT_A_VIDEO, subject, "no pictures")
    stream = container.streams.video[0]
    if stream.codec_context is None or stream.codec_context.name not in CODECS:
        name = stream.codec_context.name if stream.codec_context is not None else "unknown"
        raise FootageError(FootageTrouble.UNSUPPORTED, subject, name)
    return stream


def shape_of(stream: "av.VideoStream") -> StreamShape:
    """What a writer of clips must know."""
    context = stream.codec_context
    return StreamShape(context.name, bytes(context.extradata or b""), context.width, context.height)


def has_size(frames: Sequence[Frame], shape: StreamShape) -> bool:
    """Tell whether pictures are still as large as those before."""
    return all(frame.pixels.shape[:2] == (shape.height, shape.width) for frame in frames)


def packets_of(
    container: "av.container.InputContainer", stream: "av.VideoStream"
) -> "Iterator[av.Packet[av.VideoStream]]":
    """Packets with a time and with bytes, in order of decoding."""
    for packet in container.demux(stream):
        if packet.size and (packet.pts is not None or packet.dts is not None):
            yield packet


def stamps_of(packet: "av.Packet[av.VideoStream]") -> tuple[float, float]:
    """When a packet is shown and when it is decoded, in the container's seconds."""
    base = _unit_s(packet)
    pts = packet.pts if packet.pts is not None else packet.dts
    dts = packet.dts if packet.dts is not None else packet.pts
    if pts is None or dts is None:
        raise FootageError(FootageTrouble.DAMAGED, "packet", "no time stamp")
    return pts * base, dts * base


def copied(packet: "av.Packet[av.VideoStream]", *, show_s: float, decode_s: float) -> EncodedPacket:
    """Keep a packet beyond its container."""
    return EncodedPacket(
        data=bytes(packet),
        show_s=show_s,
        decode_s=decode_s,
        duration_s=(packet.duration or 0) * _unit_s(packet),
        key=bool(packet.is_keyframe),
    )


def _unit_s(packet: "av.Packet[av.VideoStream]") -> float:
    base = packet.time_base  # a new fraction each time that it is asked
    return float(base) if base is not None else 1.0
