"""A truth file is read whole or refused with the zone and the reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.truths import spans, truth_text
from video.errors import FootageError, FootageTrouble
from video.evaluation.truth_file import parse_truth, read_truth
from video.vocabulary.truth import ZoneKind


def test_a_truth_file_gives_zones_in_fractions_and_intervals_in_seconds() -> None:
    truth = parse_truth(truth_text())

    (zone,) = truth.zones
    assert (zone.zone_id, zone.kind, truth.duration_s) == ("post", ZoneKind.SEAT, 30.0)
    assert zone.polygon.points == ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9))
    assert zone.named("occupied") == spans([(0, 10)])
    assert not truth.drawn


def test_an_interval_without_an_end_lasts_to_the_end_of_the_clip() -> None:
    (zone,) = parse_truth(truth_text()).zones

    assert zone.named("empty") == spans([(10, 30)])


def test_unknown_keys_do_no_harm_and_intervals_of_other_names_are_kept() -> None:
    intervals = {"occupied": [[0, 10]], "motionless": [[2, 4]]}
    text = truth_text(annotator="somebody", zone={"persons": ["P1"], "intervals": intervals})

    (zone,) = parse_truth(text).zones

    assert zone.named("motionless") == spans([(2, 4)])


def test_an_end_within_the_tolerance_of_the_clip_is_its_end() -> None:
    (zone,) = parse_truth(truth_text(zone={"intervals": {"empty": [[10, 30.4]]}})).zones

    assert zone.named("empty") == spans([(10, 30)])


def test_what_is_ignored_may_contradict_itself() -> None:
    intervals = {"occupied": [[0, 12]], "empty": [[10, 30]], "ignore": [[9, 13]]}

    (zone,) = parse_truth(truth_text(zone={"intervals": intervals})).zones

    assert zone.named("ignore") == spans([(9, 13)])


def test_a_corner_beyond_the_picture_is_moved_to_its_edge() -> None:
    corners = [[-20, 10], [90, 10], [90, 130]]

    (zone,) = parse_truth(truth_text(zone={"polygon_px": corners})).zones

    assert zone.polygon.points == ((0.0, 0.1), (0.9, 0.1), (0.9, 1.0))


def test_a_customer_zone_names_the_post_it_serves() -> None:
    post = truth_text()["zones"][0]
    customers = {**post, "id": "queue", "kind": "customer_zone", "serves": "post"}

    truth = parse_truth(truth_text(zones=[post, customers]))

    assert truth.zones[1].serves == "post"
    assert not truth.zones[1].kind.is_post


@pytest.mark.parametrize(
    ("zone", "detail"),
    [
        ({"kind": "throne"}, "unknown kind 'throne'"),
        ({"id": ""}, "id: ''"),
        ({"polygon_px": [[1, 1], [9, 9]]}, "polygon_px: 2 points enclose nothing"),
        ({"polygon_px": [[1, 1], [9, 9], [5]]}, "[5] is no corner"),
        ({"polygon_px": [[1, 1], [9, 9], [5, "x"]]}, "'x' is no number"),
        ({"polygon_px": None}, "polygon_px: a list is needed"),
        ({"intervals": {"empty": [[5, 4]]}}, "[5, 4] runs backwards"),
        ({"intervals": {"empty": [[-1, 4]]}}, "[-1, 4] runs backwards"),
        ({"intervals": {"empty": [[5]]}}, "[5] is no interval"),
        ({"intervals": {"empty": [[5, 31]]}}, "ends after the clip, at 30 s"),
        ({"intervals": {"empty": [[5, float("nan")]]}}, "nan is no number"),
        ({"intervals": []}, "an object is needed"),
        ({"intervals": {"empty": [[0, 9]], "occupied": [[8, 20]]}}, "from 8 to 9 s"),
        ({"intervals": {"empty": [[0, 9], [7, 12]]}}, "empty twice from 7 to 9 s"),
        ({"serves": "nobody"}, "no such post 'nobody'"),
        ({"serves": 3}, "serves: 3"),
    ],
)
def test_a_zone_that_cannot_be_is_refused(zone: dict[str, Any], detail: str) -> None:
    with pytest.raises(FootageError) as refused:
        parse_truth(truth_text(zone=zone))

    assert refused.value.trouble is FootageTrouble.BAD_TRUTH
    assert detail in refused.value.detail


@pytest.mark.parametrize(
    ("more", "detail"),
    [
        ({"width": 0}, "width: 0"),
        ({"height": None}, "height: None is no number"),
        ({"duration_s": True}, "duration_s: True is no number"),
        ({"zones": {}}, "zones: a list is needed"),
        ({"zones": [3]}, "an object is needed"),
        ({"drawn": "yes"}, "drawn: 'yes'"),
    ],
)
def test_a_file_that_cannot_be_is_refused(more: dict[str, Any], detail: str) -> None:
    with pytest.raises(FootageError) as refused:
        parse_truth(truth_text(**more))

    assert detail in refused.value.detail


def test_a_zone_twice_is_refused() -> None:
    post = truth_text()["zones"][0]

    with pytest.raises(FootageError, match="a zone twice"):
        parse_truth(truth_text(zones=[post, post]))


def test_a_refusal_names_the_file_and_the_zone(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4.truth.json"
    path.write_text(json.dumps(truth_text(zone={"kind": "throne"})), "utf-8")

    with pytest.raises(FootageError) as refused:
        read_truth(path)

    assert refused.value.subject == path.name
    assert refused.value.detail == "post: unknown kind 'throne'"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[]"])
def test_a_file_that_is_no_json_object_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip.mp4.truth.json"
    path.write_bytes(content)

    with pytest.raises(FootageError) as refused:
        read_truth(path)

    assert refused.value.trouble is FootageTrouble.BAD_TRUTH


def test_a_truth_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FootageError) as refused:
        read_truth(tmp_path / "none.truth.json")

    assert refused.value.trouble is FootageTrouble.MISSING_FILE
