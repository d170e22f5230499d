"""Equal content makes equal bytes."""

import json

from video.evidence.canonical import canonical, digest_of
from video.settings import CLIP, HALL


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical({"a": 1, "b": [1.5, "窗口"]}) == canonical({"b": (1.5, "窗口"), "a": 1})


def test_an_endless_number_is_null_so_that_any_reader_can_read_it() -> None:
    assert json.loads(canonical({"x": float("inf")}))["x"] is None


def test_another_setting_is_another_digest() -> None:
    assert digest_of(CLIP) == digest_of(CLIP) != digest_of(HALL)
