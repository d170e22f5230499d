"""The main job end to end, through the same processes, store and server as with a window."""

import contextlib
import io
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop.cli import main
from tests.support.shared_data import shared_data

Outcome = Mapping[str, Any]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("main-line")


@pytest.fixture(scope="module")
def outcome(out: Path) -> Outcome:
    """The last line of the command's output, after it has gone the whole line once."""
    return run_demo(out, [])


def run_demo(out: Path, more: list[str]) -> Outcome:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main(["demo", "--out", str(out), *more]) == 0
    told: Outcome = json.loads(said.getvalue().splitlines()[-1])
    return told


def test_the_empty_window_with_somebody_waiting_is_found(outcome: Outcome) -> None:
    found = {(event["window"], event["state"]) for event in outcome["events"]}
    assert ("03", "UNATTENDED_CUSTOMER") in found
    event = next(e for e in outcome["events"] if e["window"] == "03")
    # He leaves at 20 s; the seat counts as empty when it has been calm for a few seconds.
    assert 20.0 <= event["start_s"] <= 27.0
    assert event["end_s"] == pytest.approx(140.8, abs=2.0)


def test_nothing_is_found_where_somebody_sits(outcome: Outcome) -> None:
    assert {event["window"] for event in outcome["events"]} <= {"03", "06"}


def test_desktop_cameras_and_server_are_processes_of_their_own(outcome: Outcome) -> None:
    pids = outcome["processes"]
    assert len(set(pids.values())) == 3
    assert all(pids.values())


def test_the_audit_row_of_the_card_stands_in_the_servers_own_database(
    outcome: Outcome, out: Path
) -> None:
    with sqlite3.connect(out / "profile" / "server" / "server.db") as database:
        rows = database.execute("SELECT body FROM record WHERE entity = 'audit'").fetchall()
        cards = database.execute("SELECT body FROM record WHERE entity = 'card'").fetchall()
    database.close()
    actions = [json.loads(body)["action"] for (body,) in rows]
    assert actions.count("card.issue") == 1
    assert [json.loads(body)["doc_no"] for (body,) in cards] == [outcome["card_number"]]


def test_the_papers_open_and_carry_the_number(outcome: Outcome) -> None:
    assert len(outcome["pdfs"]) == 2
    for path in outcome["pdfs"]:
        document = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        assert outcome["card_number"] in text.replace("\n", "").replace("\r", "")


def test_another_machine_sees_the_card_with_its_evidence(outcome: Outcome) -> None:
    assert outcome["second_client"] == {
        "card_number": outcome["card_number"],
        "evidence_verified": True,
    }


def test_a_real_recording_goes_the_same_way(tmp_path: Path) -> None:
    clip = shared_data("video/one-by-one-person-detection.mp4")
    told = run_demo(tmp_path, ["--video", str(clip), "--truth", f"{clip}.truth.json"])
    assert len(told["events"]) == 7
    assert told["second_client"]["evidence_verified"]


@pytest.mark.parametrize(
    ("video", "truth"),
    [("missing.mp4", "missing.json"), ("no-video.mp4", "truth.json")],
)
def test_a_recording_that_is_none_is_refused_in_words(
    tmp_path: Path, video: str, truth: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no-video.mp4").write_text("this is no video")
    (tmp_path / "truth.json").write_text(
        json.dumps(
            {
                "video": "no-video.mp4",
                "width": 64,
                "height": 64,
                "duration_s": 10,
                "zones": [
                    {
                        "id": "post",
                        "kind": "seat",
                        "intervals": {},
                        "polygon_px": [[0, 0], [60, 0], [60, 60]],
                    }
                ],
            }
        )
    )
    words = ["demo", "--out", str(tmp_path / "out"), "--video", str(tmp_path / video)]
    assert main([*words, "--truth", str(tmp_path / truth)]) == 1
    assert "✗" in capsys.readouterr().err
