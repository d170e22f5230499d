"""The schedule lays its word over what cameras see."""

from datetime import UTC, datetime, timedelta

from video.messages import OverlaySpan
from video.pipeline.overlays import OverlayBook
from video.vocabulary.state import Overlay

NINE = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def span(overlay: Overlay, *, hours: float | None = 1.0, window: str = "w") -> OverlaySpan:
    ending = NINE + hours * HOUR if hours is not None else None
    return OverlaySpan(window, overlay, NINE, ending)


def test_a_span_holds_from_its_beginning_up_to_its_end() -> None:
    book = OverlayBook([span(Overlay.PAUSED)])

    moments = (NINE - timedelta(seconds=1), NINE, NINE + HOUR)
    assert [book("w", moment) for moment in moments] == [
        Overlay.NONE, Overlay.PAUSED, Overlay.NONE,
    ]  # fmt: skip


def test_an_open_span_holds_on_and_only_for_its_window() -> None:
    book = OverlayBook([span(Overlay.EXCUSED, hours=None)])

    assert book("w", NINE + 100 * HOUR) is Overlay.EXCUSED
    assert book("v", NINE + HOUR) is Overlay.NONE


def test_closed_is_stronger_than_excused_and_excused_than_paused() -> None:
    both = [span(Overlay.PAUSED), span(Overlay.EXCUSED)]

    assert OverlayBook(both)("w", NINE) is Overlay.EXCUSED
    assert OverlayBook([*both, span(Overlay.CLOSED)])("w", NINE) is Overlay.CLOSED


def test_other_spans_are_looked_up_from_the_moment_they_are_given() -> None:
    book = OverlayBook([span(Overlay.PAUSED)])

    book.replace([])

    assert book("w", NINE) is Overlay.NONE
