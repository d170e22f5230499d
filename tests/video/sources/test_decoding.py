"""As little is decoded as the question needs."""

from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from tests.support.painted import START, film, hall
from video.sources.containers import packets_of, stamps_of, video_of
from video.sources.decoding import KEYS_TO_TRUST, KeySpacing, Sampler
from video.vocabulary.frame import Frame


@pytest.mark.parametrize(
    ("times", "close"),
    [
        ([0, 1, 2], False),  # two spacings prove little
        ([0, 1, 2, 3], True),
        ([0, 2, 4, 6], True),
        ([0, 10, 20, 30], False),
        ([0, 1, 2, 3, 13], False),  # one long spacing ends the trust
        ([0, 1, 2, 3, 0], False),  # the camera began anew
    ],
)
def test_key_frames_are_trusted_when_they_came_often(times: list[float], close: bool) -> None:
    spacing = KeySpacing()
    for at_s in times:
        spacing.came(at_s)
    assert spacing.is_close is close
    assert KEYS_TO_TRUST == 3


def sampled(
    path: Path, *, tick_s: float = 1.0, key_frames_only: bool = True, harm: bool = False
) -> Iterator[tuple[Sampler, Frame]]:
    with av.open(str(path)) as container:
        stream = video_of(container, "film")
        sampler = Sampler(
            stream.codec_context,
            tick_s=tick_s,
            key_frames_only=key_frames_only,
            seconds_of=float,
            start_wall=START,
        )
        for number, packet in enumerate(packets_of(container, stream)):
            if harm and number in {5, 6, 8}:
                broken = av.Packet(b"\x00\x00\x00\x04\xff\xff\xff\xff")
                broken.pts, broken.dts = packet.pts, packet.dts
                broken.time_base, broken.is_keyframe = packet.time_base, packet.is_keyframe
                packet = broken  # noqa: PLW2901
            for frame in sampler.feed(packet, stamps_of(packet)[0]):
                yield sampler, frame


def test_where_key_frames_come_often_they_alone_are_decoded(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=12), key_every=4)

    told = list(sampled(tmp_path / "film.mp4"))

    times = [frame.at_s for _, frame in told]
    assert told[-1][0].key_frames_alone
    assert times[-5:] == [7, 8, 9, 10, 11]


def test_where_they_are_sparse_everything_is_decoded(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=12), key_every=40)

    told = list(sampled(tmp_path / "film.mp4"))

    assert not told[-1][0].key_frames_alone
    assert len(told) == pytest.approx(12, abs=1)


def test_no_more_pictures_are_given_than_ticks(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=12))

    for tick_s, expected in ((0.25, 48), (0.5, 24), (2.0, 6)):
        told = list(sampled(tmp_path / "film.mp4", tick_s=tick_s, key_frames_only=False))
        assert len(told) == pytest.approx(expected, abs=1)


def test_times_grow_and_the_wall_clock_goes_with_them(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=6))

    frames = [frame for _, frame in sampled(tmp_path / "film.mp4", key_frames_only=False)]

    times = [frame.at_s for frame in frames]
    assert times == sorted(set(times))
    assert all((f.at_wall - START).total_seconds() == f.at_s for f in frames)


def test_a_broken_packet_is_counted_and_the_rest_is_seen(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=12))

    told = list(sampled(tmp_path / "film.mp4", harm=True))

    assert told[-1][0].errors > 0
    assert told[-1][1].at_s == 11


def test_key_frames_two_seconds_apart_are_close_whatever_the_stamps_add_up_to() -> None:
    spacing = KeySpacing()
    for turn in range(5):
        spacing.came(3.37 + turn * 2.0 + (0.01 if turn % 2 else 0.0))

    assert spacing.is_close


def test_no_picture_that_a_decoder_made_up_is_given(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=12), key_every=4)
    whole = len(list(sampled(tmp_path / "film.mp4", tick_s=0.0, key_frames_only=False)))
    with av.open(str(tmp_path / "film.mp4")) as container:
        stream = video_of(container, "film")
        sampler = Sampler(
            stream.codec_context,
            tick_s=0.0,
            key_frames_only=False,
            seconds_of=float,
            start_wall=START,
        )
        given = 0
        for number, packet in enumerate(packets_of(container, stream)):
            data = bytearray(bytes(packet))
            if number == 21:  # cut short, as where the network lost the rest of it
                data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
            harmed = av.Packet(bytes(data))
            harmed.pts, harmed.dts, harmed.time_base = packet.pts, packet.dts, packet.time_base
            harmed.is_keyframe = packet.is_keyframe
            given += len(sampler.feed(harmed, stamps_of(packet)[0]))
    assert sampler.errors > 0
    assert given < whole
