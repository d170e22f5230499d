"""The ring holds the last packets, begins with a key frame, and stays within its bounds."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from video.evidence.ring import PacketRing
from video.vocabulary.frame import EncodedPacket


def packet(at_s: float, *, key: bool = False, size: int = 10) -> EncodedPacket:
    return EncodedPacket(bytes(size), at_s, at_s, 1.0, key)


def stream(kinds: str) -> list[EncodedPacket]:
    """K a key frame, p a picture between; one a second."""
    return [packet(float(at), key=kind == "K") for at, kind in enumerate(kinds)]


def filled(packets: Sequence[EncodedPacket], **bounds: float) -> PacketRing:
    ring = PacketRing(**bounds)  # type: ignore[arg-type]
    for one in packets:
        ring.add(one)
    return ring


def everything(ring: PacketRing) -> tuple[EncodedPacket, ...]:
    return ring.cut(float("-inf"), float("inf"))


def times(packets: Sequence[EncodedPacket]) -> list[float]:
    return [one.show_s for one in packets]


def test_what_comes_before_the_first_key_frame_is_not_kept() -> None:
    assert times(everything(filled(stream("ppKpp")))) == [2, 3, 4]


def test_a_cut_begins_at_the_key_frame_before_it_and_ends_in_time() -> None:
    ring = filled(stream("KppKppKpp"))

    assert times(ring.cut(4.5, 7.0)) == [3, 4, 5, 6, 7]


def test_a_cut_that_reaches_back_too_far_begins_with_what_is_there() -> None:
    assert times(filled(stream("KppKpp")).cut(-10.0, 1.0)) == [0, 1]


def test_an_empty_ring_cuts_nothing() -> None:
    assert PacketRing().cut(0.0, 10.0) == ()


def test_old_groups_go_as_wholes() -> None:
    assert times(everything(filled(stream("KppKppKpp"), keep_s=4.0))) == [3, 4, 5, 6, 7, 8]


def test_a_group_larger_than_the_ring_is_given_up_until_the_next_key_frame() -> None:
    ring = filled(stream("Kppppp"), max_bytes=35)
    assert everything(ring) == ()

    ring.add(packet(6.0, key=True))
    assert times(everything(ring)) == [6]


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 400)), max_size=200),
    st.integers(1, 30),
    st.integers(1, 3000),
)
def test_the_ring_stays_in_its_bounds_and_begins_with_a_key_frame(
    kinds: list[tuple[bool, int]], keep_s: int, max_bytes: int
) -> None:
    ring = PacketRing(keep_s=keep_s, max_bytes=max_bytes)
    for at, (key, size) in enumerate(kinds):
        ring.add(packet(float(at), key=key, size=size))
        held = everything(ring)

        assert ring.bytes_held == sum(len(one.data) for one in held) <= max_bytes
        assert not held or held[0].key
        older = [one for one in held if one.key and one.show_s <= at - keep_s]
        assert len(older) <= 1
