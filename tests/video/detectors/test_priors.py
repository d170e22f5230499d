"""Default boxes, offsets and the choice among boxes that overlap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.detectors.caffemodel import PriorBox
from video.detectors.priors import decode, default_boxes, suppress


def test_boxes_are_laid_out_cell_by_cell_in_the_order_of_the_network() -> None:
    boxes = default_boxes([(2, PriorBox(60.0, None, (2.0,)))], side=300)

    assert boxes.shape == (2 * 2 * 3, 4)
    assert boxes[0].tolist() == pytest.approx([0.25, 0.25, 0.2, 0.2])
    wide, high = boxes[1], boxes[2]
    assert wide[2:].tolist() == pytest.approx(high[3:1:-1].tolist())
    assert wide[2] / wide[3] == pytest.approx(2.0)
    assert [tuple(box[:2]) for box in boxes[::3]] == [
        (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75),
    ]  # fmt: skip


def test_a_second_size_adds_the_geometric_mean() -> None:
    boxes = default_boxes([(1, PriorBox(100.0, 225.0, ()))], side=300)

    assert boxes[:, 2].tolist() == pytest.approx([100 / 300, 150 / 300])


def test_no_offset_leaves_the_default_box() -> None:
    priors = np.array([[0.5, 0.5, 0.2, 0.4]], np.float32)

    (box,) = decode(np.zeros((1, 4), np.float32), priors)

    assert box.tolist() == pytest.approx([0.4, 0.3, 0.6, 0.7])


def test_offsets_move_and_stretch_by_their_variances() -> None:
    priors = np.array([[0.5, 0.5, 0.2, 0.4]], np.float32)
    offsets = np.array([[1.0, 0.0, 5 * np.log(2.0), 0.0]], np.float32)

    (box,) = decode(offsets, priors)

    assert box.tolist() == pytest.approx([0.52 - 0.2, 0.3, 0.52 + 0.2, 0.7], abs=1e-6)


@st.composite
def scored_boxes(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    place, size = st.floats(0, 0.5), st.floats(0.1, 0.5)
    corners = st.tuples(place, place, size, size)
    rows = draw(st.lists(corners, min_size=1, max_size=12))
    boxes = np.array([(x, y, x + w, y + h) for x, y, w, h in rows], np.float32)
    scores = draw(st.lists(st.floats(0, 1), min_size=len(rows), max_size=len(rows)))
    return boxes, np.array(scores, np.float32)


def ratio(one: np.ndarray, other: np.ndarray) -> float:  # type: ignore[type-arg]
    low, high = np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])
    both = float(np.prod(np.clip(high - low, 0, None)))
    areas = [float(np.prod(box[2:] - box[:2])) for box in (one, other)]
    return both / (sum(areas) - both)


@given(scored_boxes())
def test_of_boxes_that_overlap_the_best_is_kept(
    scored: tuple[np.ndarray, np.ndarray],  # type: ignore[type-arg]
) -> None:
    boxes, scores = scored

    kept = suppress(boxes, scores, overlap=0.45)

    assert scores[kept[0]] == scores.max()
    assert list(scores[kept]) == sorted(scores[kept], reverse=True)
    for place, index in enumerate(kept):
        assert all(ratio(boxes[index], boxes[other]) <= 0.451 for other in kept[:place])
    for index in set(range(len(boxes))) - set(kept):
        assert any(ratio(boxes[index], boxes[best]) > 0.449 for best in kept)
