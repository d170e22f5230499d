"""`python -m video evaluate` scores a folder of clips, or says what is wrong with it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.onnx_files import write_onnx
from tests.support.painted import film, hall
from tests.support.recorded import SHIFT, export
from video.cli import COULD_NOT, DONE, PARTLY, main
from video.sources.layout import truth_of
from video.sources.script import Script, parse_script

SCORES = {
    "event_precision", "event_recall", "event_f1", "state_time_error", "state_time_error_raw",
    "alert_delay_p95_s", "unknown_share", "false_absences", "window_hours", "seconds",
}  # fmt: skip


def write_truth(path: Path, script: Script, **more: Any) -> None:
    """Write what is true of a script as a hand would have written it."""
    truth = truth_of(script)
    zones = [
        {
            "id": zone.zone_id,
            "kind": zone.kind.value,
            "serves": zone.serves,
            "polygon_px": [[x * script.width, y * script.height] for x, y in zone.polygon.points],
            "intervals": {
                name: [[span.start_s, span.end_s] for span in spans]
                for name, spans in zone.intervals.items()
            },
        }
        for zone in truth.zones
    ]
    words = {
        "video": path.name,
        "width": script.width,
        "height": script.height,
        "duration_s": truth.duration_s,
        "zones": zones,
        **more,
    }
    path.with_name(f"{path.name}.truth.json").write_text(json.dumps(words), "utf-8")


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("footage")
    script = hall("4 leave window-1", "10 return window-1", length_s=14)
    for name, drawn in (("drawn.mp4", True), ("real.mp4", False)):
        film(folder / name, script)
        write_truth(folder / name, script, drawn=drawn)
    return folder


def test_drawn_and_real_clips_are_scored_apart_each_in_a_line_of_json(
    footage: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(footage), "--json"]) == DONE

    drawn, real = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (drawn["footage"], real["footage"]) == ("drawn", "real")
    assert set(real["clips"]) == {"real.mp4"}
    assert set(real["total"]) - {"share_errors"} == SCORES
    assert set(real["clips"]["real.mp4"]) - {"share_errors"} == SCORES
    assert real["total"]["event_f1"] == 1
    assert real["total"]["false_absences"] == 0
    assert set(drawn["total"]["share_errors"]) == {"SERVING", "READY", "IDLE_WINDOW"}
    rows = real["timeline"]
    assert {key for row in rows for key in row} == {"clip", "window", "state", "start_s", "end_s"}
    (absence,) = (row for row in rows if row["state"] == "ABSENT")
    assert absence["start_s"] == pytest.approx(4.8, abs=1.5)
    assert absence["end_s"] == pytest.approx(10.8, abs=1.5)


def test_the_table_names_footage_profile_and_the_interval_of_false_absences(
    footage: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(footage)]) == DONE

    told = capsys.readouterr().out
    assert "drawn footage · profile clip: absence enter 2 s, leave 1 s, threshold 0 s" in told
    assert "real footage" in told
    assert "0 in 0.004 window-hours, 95 % interval 0.00 to" in told


def test_an_absence_that_lasts_beyond_the_clip_has_no_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = hall("5 leave window-1", length_s=12)
    film(tmp_path / "clip.mp4", script)
    write_truth(tmp_path / "clip.mp4", script)

    main(["evaluate", str(tmp_path), "--json"])

    rows = json.loads(capsys.readouterr().out)["timeline"]
    assert (rows[-1]["state"], rows[-1]["end_s"]) == ("ABSENT", None)
    assert all(row["end_s"] is not None for row in rows[:-1])


def test_a_clip_that_breaks_off_is_scored_as_far_as_it_goes_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = hall(length_s=12)
    film(tmp_path / "clip.mkv", script)
    whole = (tmp_path / "clip.mkv").read_bytes()
    (tmp_path / "clip.mkv").write_bytes(whole[: len(whole) // 2])
    write_truth(tmp_path / "clip.mkv", script)

    assert main(["evaluate", str(tmp_path), "--json"]) == PARTLY

    told = capsys.readouterr()
    assert "录像不完整 the recording is cut short: clip.mkv" in told.err
    assert json.loads(told.out)["total"]["unknown_share"] > 0.3


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_truths_is_refused(
    tmp_path: Path, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(tmp_path / folder)]) == COULD_NOT

    assert "找不到文件 not found" in capsys.readouterr().err


def test_every_wrong_truth_is_named_before_anything_is_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.mp4.truth.json").write_text("{", "utf-8")
    write_truth(tmp_path / "b.mp4", hall(), duration_s=3)
    write_truth(tmp_path / "c.mp4", hall())

    assert main(["evaluate", str(tmp_path)]) == COULD_NOT

    told = capsys.readouterr()
    assert told.out == ""
    assert "真值文件有误 the truth file is wrong: a.mp4.truth.json" in told.err
    assert "b.mp4.truth.json (window-1.occupied: [0.0, 20] ends after the clip" in told.err
    assert "not found: c.mp4 (named by c.mp4.truth.json)" in told.err


def test_a_soak_tells_what_was_found_and_what_was_false(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["soak", "--hours", "0.01", "--windows", "1"])

    told = capsys.readouterr().out
    assert code == PARTLY  # a minute of calm is not hard enough to prove anything
    assert "raw single-tick recall: 1.0000 (0.85 to 0.97 is hard)" in told
    assert "false alerts: 0 of 0" in told
    assert "error of the share of IDLE_WINDOW: 0.0000" in told


@pytest.mark.parametrize("words", [["--hours", "0"], ["--hours", "1", "--windows", "0"]])
def test_a_day_that_cannot_be_drawn_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["soak", *words]) == COULD_NOT

    assert "no such day can be drawn" in capsys.readouterr().err


def test_another_model_may_be_named_and_one_that_does_not_fit_is_refused(
    footage: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = write_onnx(tmp_path / "own.onnx", {"output": np.zeros((1, 84, 85), np.float32)})

    words = ["evaluate", str(footage), "--json", "--model", str(nobody)]

    assert main([*words, "--family", "ssd"]) == COULD_NOT
    assert "not of this family" in capsys.readouterr().err
    assert main([*words, "--sha256", "0" * 64]) == COULD_NOT
    assert "another digest" in capsys.readouterr().err
    assert main(words) == DONE
    told = capsys.readouterr()
    assert "yolox own " in told.err
    assert json.loads(told.out.splitlines()[-1])["total"]["unknown_share"] > 0.5


def test_a_folder_of_recordings_is_reviewed_and_its_events_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(tmp_path / "export", (20, 101))
    (tmp_path / "export" / "broken.mp4").write_text("no video")
    script = parse_script(SHIFT)
    write_truth(tmp_path / "zones", script, drawn=True)
    zones = ["--zones", str(tmp_path / "zones.truth.json")]
    words = ["review", str(tmp_path / "export"), *zones, "--threshold", "20", "--json"]
    assert main(words) == PARTLY
    told = capsys.readouterr()
    (event,) = [json.loads(line) for line in told.out.splitlines()]
    assert (event["window"], event["state"], event["conclusive"]) == ("window-1", "ABSENT", True)
    assert "broken.mp4" in told.err


def test_a_folder_without_recordings_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_truth(tmp_path / "zones", parse_script(SHIFT), drawn=True)
    words = ["review", str(tmp_path), "--zones", str(tmp_path / "zones.truth.json")]
    assert main(words) == COULD_NOT
    assert "no recordings" in capsys.readouterr().err


def test_seats_taught_by_the_first_half_are_scored_on_the_second_beside_untaught_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    times = range(4, 76, 6)
    acts = [f"{at} {'return' if n % 2 else 'leave'} window-1" for n, at in enumerate(times)]
    script = hall(*acts, length_s=78, fps=1)
    film(tmp_path / "real.mp4", script)
    write_truth(tmp_path / "real.mp4", script, drawn=False)

    assert main(["evaluate", str(tmp_path), "--json", "--taught"]) == DONE

    told = capsys.readouterr()
    before, after = map(json.loads, told.out.splitlines())
    assert (before["taught"], after["taught"]) == (False, True)
    assert "seats taught: 1 of 1" in told.err
    assert after["total"]["false_absences"] <= before["total"]["false_absences"]
    assert after["total"]["window_hours"] < 60 / 3600  # the second half alone
