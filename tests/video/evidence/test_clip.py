"""A clip holds the packets of the camera, bit by bit, in a file that plays."""

import io
from collections.abc import Sequence

import av
import pytest

from tests.support.footage import FPS, SIZE, encoded, grey_of
from video.errors import FootageError
from video.evidence.clip import clip_of
from video.evidence.nal import units
from video.sources.containers import copied, packets_of, shape_of, stamps_of
from video.vocabulary.frame import EncodedPacket, StreamShape


def cut_from(packets: Sequence[EncodedPacket], key: int) -> Sequence[EncodedPacket]:
    """From the n-th key frame on."""
    keys = [index for index, packet in enumerate(packets) if packet.key]
    return packets[keys[key] :]


def unframed(data: bytes) -> tuple[bytes, ...]:
    """Units behind lengths of four bytes."""
    found, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        found.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return tuple(found)


@pytest.mark.parametrize(("codec", "reordered"), [("h264", False), ("h264", True), ("hevc", False)])
def test_a_clip_begins_at_a_key_frame_and_its_packets_are_those_of_the_camera(
    codec: str, reordered: bool
) -> None:
    shape, packets = encoded(codec, reordered=reordered)
    kept = cut_from(packets, 2)

    with av.open(io.BytesIO(clip_of(kept, shape))) as container:
        copies = [packet for packet in container.demux(video=0) if packet.size]

    assert copies[0].is_keyframe
    assert [packet.is_keyframe for packet in copies] == [packet.key for packet in kept]
    assert [unframed(bytes(copy)) for copy in copies] == [units(packet.data) for packet in kept]


@pytest.mark.parametrize(("codec", "reordered"), [("h264", False), ("h264", True), ("hevc", False)])
def test_a_clip_decodes_to_the_pictures_of_its_time(codec: str, reordered: bool) -> None:
    shape, packets = encoded(codec, reordered=reordered)
    kept = cut_from(packets, 2)

    with av.open(io.BytesIO(clip_of(kept, shape))) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        size = (stream.codec_context.width, stream.codec_context.height)

    assert size == SIZE
    shown = [packet.show_s - kept[0].show_s for packet in kept]
    times = sorted(at_s for at_s in shown if at_s >= 0)  # what comes before leans on what is cut
    assert [frame.time for frame in frames] == pytest.approx(times)
    greys = [int(frame.to_ndarray(format="gray").mean()) for frame in frames]
    first = round(kept[0].show_s * FPS)
    assert greys == pytest.approx([grey_of(first + n) for n in range(len(times))], abs=6)


def test_packets_out_of_an_mp4_are_copied_as_they_are() -> None:
    shape, packets = encoded()
    first = clip_of(packets, shape)
    with av.open(io.BytesIO(first)) as container:
        stream = container.streams.video[0]
        again = [
            copied(packet, show_s=show_s, decode_s=decode_s)
            for packet in packets_of(container, stream)
            for show_s, decode_s in [stamps_of(packet)]
        ]
        of_mp4 = shape_of(stream)

    assert of_mp4.extradata[0] == 1
    assert clip_of(again, of_mp4) == first


def test_the_same_packets_give_the_same_bytes() -> None:
    shape, packets = encoded()

    assert clip_of(packets, shape) == clip_of(tuple(packets), shape)


def test_decoding_times_that_run_backwards_are_put_right() -> None:
    shape, packets = encoded()
    jumped = [
        EncodedPacket(p.data, p.show_s, p.decode_s - (3.0 if n > 20 else 0.0), p.duration_s, p.key)
        for n, p in enumerate(packets)
    ]

    with av.open(io.BytesIO(clip_of(jumped, shape))) as container:
        assert len(list(container.decode(video=0))) == len(packets)


@pytest.mark.parametrize("kept", [slice(0, 0), slice(1, 5)], ids=["nothing", "no key frame"])
def test_a_clip_without_a_key_frame_is_refused(kept: slice) -> None:
    shape, packets = encoded()

    with pytest.raises(FootageError):
        clip_of(packets[kept], shape)


def test_parameter_sets_are_taken_from_the_stream_where_nobody_told_them() -> None:
    shape, packets = encoded()
    told = packets[0]
    inline = EncodedPacket(
        shape.extradata + told.data, told.show_s, told.decode_s, told.duration_s, key=True
    )

    data = clip_of([inline, *packets[1:]], StreamShape("h264", b"", *SIZE))

    with av.open(io.BytesIO(data)) as container:
        assert len(list(container.decode(video=0))) == len(packets)


def test_without_parameter_sets_there_is_no_clip() -> None:
    _, packets = encoded()

    with pytest.raises(FootageError, match="no parameter set"):
        clip_of(packets, StreamShape("h264", b"", *SIZE))
