"""Packets that cannot be decoded make a camera blind, and nobody absent."""

import pytest

from tests.support.blindfolded import WALL, blindfolded, shown
from video.messages import CameraHealth, Report
from video.pipeline.line import CameraLine
from video.sources.base import Taken
from video.sources.feed import Silent
from video.vocabulary.frame import EncodedPacket
from video.vocabulary.moment import Moment
from video.vocabulary.observation import HealthCause

DAMAGED = HealthCause.DECODE_ERRORS


@pytest.fixture
def line() -> CameraLine:
    return blindfolded()


def broken(at_s: float) -> Taken:
    return Taken(EncodedPacket(b"unit", at_s, at_s, 0.1, key=True), (), broken=True)


def told(line: CameraLine, *arrivals: Taken | Silent) -> list[HealthCause]:
    reports: list[Report] = [report for arrival in arrivals for report in line.take(arrival)]
    return [report.cause for report in reports if isinstance(report, CameraHealth)]


def test_one_broken_packet_is_an_accident(line: CameraLine) -> None:
    assert told(line, shown(0), broken(1), shown(2), broken(3), shown(4)) == [HealthCause.NONE]


def test_several_within_ten_seconds_are_told_and_so_is_the_recovery(line: CameraLine) -> None:
    harmed = [broken(at_s) for at_s in (1.0, 3.0, 5.0)]
    assert told(line, shown(0), *harmed, shown(6)) == [HealthCause.NONE, DAMAGED]
    assert told(line, shown(10), shown(12)) == [HealthCause.NONE]


def test_broken_packets_far_apart_are_not_told(line: CameraLine) -> None:
    arrivals = [one for at in range(0, 40, 8) for one in (broken(at), shown(at + 1))]
    assert DAMAGED not in told(line, *arrivals)


def test_where_no_picture_comes_any_more_damage_is_the_reason_while_it_lasts(
    line: CameraLine,
) -> None:
    silent = [Silent(Moment(at_s, WALL)) for at_s in (8.0, 30.0)]
    harmed = [broken(at_s) for at_s in (1.0, 3.0, 5.0)]
    causes = told(line, shown(0), *harmed, *silent)
    assert causes == [HealthCause.NONE, DAMAGED, HealthCause.NO_FRAMES]
