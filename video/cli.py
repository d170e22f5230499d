"""The command line of the video wing: how well it sees, told in numbers."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from video.errors import FootageError, FootageTrouble
from video.evaluation.result import ClipResult, record_of, total_of
from video.evaluation.score import Score, poisson_interval
from video.evaluation.shares import Shares
from video.evaluation.soak import Recall, Soaked, soaked
from video.evaluation.timeline import timeline_of
from video.evaluation.truth_file import read_truth
from video.messages import (
    CameraTrouble,
    EventClosed,
    Report,
    WindowStatus,
)
from video.process.memory import peak_mb
from video.settings import CLIP, PROFILES, SOAK
from video.vocabulary.detection import Detector
from video.vocabulary.model import Device, ModelFamily, ModelPlan
from video.vocabulary.source import DrawnPlan, FilePlan, Pace

if TYPE_CHECKING:
    from video.pipeline.scoring import Clip

DONE, PARTLY, COULD_NOT = 0, 1, 2
HALVES = "teach every seat by the first half, and score the second without and with that"
UNTAUGHT = "后半段，不用现场学习 second halves, untaught"
TAUGHT = "后半段，用前半段学习过 second halves, taught by the first"


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and answer its exit code: 0 done, 1 done in part, 2 could not."""
    options = _parser().parse_args(words)
    try:
        if options.command == "soak":
            return _soak(
                options.hours,
                seed=options.seed,
                windows=options.windows,
                taught=options.taught,
            )
        if options.command == "bench":
            return _bench(options)
        if options.command == "review":
            return _review(options)
        model = _model(options)
        return _evaluate(options.folder, model, as_json=options.json, taught=options.taught)
    except FootageError as error:
        _complain(error)
        return COULD_NOT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m video", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    evaluate = commands.add_parser("evaluate", help="score clips that have a *.truth.json beside")
    evaluate.add_argument("folder", type=Path, metavar="DIR", help="folder of clips and truths")
    evaluate.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    evaluate.add_argument("--taught", action="store_true", help=HALVES)
    _add_model(evaluate)
    review = commands.add_parser("review", help="find absences in a folder of recordings")
    review.add_argument("folder", type=Path, metavar="FOLDER", help="a recorder's exports")
    review.add_argument("--zones", type=Path, required=True, help="truth file with the polygons")
    review.add_argument("--start", type=datetime.fromisoformat, help="where no file tells a time")
    review.add_argument("--threshold", type=float, default=900.0, help="seconds of an absence")
    review.add_argument("--profile", choices=sorted(PROFILES), default="hall", help="of times")
    review.add_argument("--json", action="store_true", help="an event a line, as JSON")
    _add_model(review)
    soak = commands.add_parser("soak", help="watch a hard drawn day, and find every absence")
    soak.add_argument("--hours", type=float, required=True, help="of the drawn hall's own time")
    soak.add_argument("--seed", type=int, default=1, help="another number is another day")
    soak.add_argument("--windows", type=int, default=8, help="in the one picture")
    soak.add_argument("--taught", action="store_true", help=HALVES)
    _add_bench(commands.add_parser("bench", help="how many cameras this machine watches"))
    return parser


def _add_bench(bench: argparse.ArgumentParser) -> None:
    bench.add_argument("--cameras", type=int, default=32, help="that are compared")
    bench.add_argument("--windows", type=int, default=4, help="in every picture")
    bench.add_argument("--most", type=int, default=128, help="tried at most; 0: seek no limit")
    bench.add_argument("--seconds", type=float, default=30.0, help="that each way is measured")
    bench.add_argument("--busy", action="store_true", help="a hall in which everybody moves")
    bench.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    _add_model(bench)


def _add_model(command: argparse.ArgumentParser) -> None:
    families, devices = ([each.value for each in kind] for kind in (ModelFamily, Device))
    command.add_argument("--model", type=Path, metavar="ONNX", help="another model than our own")
    command.add_argument("--family", choices=families, default=families[0], help="of that model")
    command.add_argument("--device", choices=devices, default=devices[0], help="that runs it")
    command.add_argument("--sha256", metavar="HEX", help="that the model's file must have")


def _model(options: argparse.Namespace) -> ModelPlan | None:
    if options.model is None:
        return None
    from video.detectors.own import pinned  # noqa: PLC0415

    plan = pinned(options.model, ModelFamily(options.family), Device(options.device))
    return replace(plan, sha256=options.sha256.lower()) if options.sha256 else plan


def _evaluate(folder: Path, model: ModelPlan | None, *, as_json: bool, taught: bool) -> int:
    from video.detectors.choosing import detector_of  # noqa: PLC0415  # `--help` stays cheap
    from video.pipeline.scoring import clips_in, later_half, taught_by_half  # noqa: PLC0415

    clips, refused = clips_in(folder)
    if refused:
        for error in refused:
            _complain(error)
        return COULD_NOT
    detector = detector_of(model)
    print(f"识别模型 detector: {detector.name}", file=sys.stderr, flush=True)
    if not taught:
        return _scored(clips, detector, as_json=as_json)
    later = [later_half(clip) for clip in clips]
    code = _scored(later, detector, as_json=as_json, heading=UNTAUGHT)
    learned = [later_half(_taught(taught_by_half(clip, CLIP))) for clip in clips]
    return max(code, _scored(learned, detector, as_json=as_json, heading=TAUGHT))


def _taught(clip: "Clip") -> "Clip":
    """Say how many seats showed enough to be taught."""
    seats, told = len(clip.truth.posts), len(clip.lessons or {})
    print(f"学习的座席 seats taught: {told} of {seats} ({clip.name})", file=sys.stderr, flush=True)
    return clip


def _scored(
    clips: "Sequence[Clip]", detector: Detector, *, as_json: bool, heading: str = ""
) -> int:
    results, broken = _played_all(clips, detector)
    for drawn in (True, False):
        alike = [result for result in results if result.truth.drawn is drawn]
        if alike and as_json:
            learned = {"taught": heading == TAUGHT} if heading else {}
            print(json.dumps({**record_of(alike, CLIP), **learned}, ensure_ascii=False))
        elif alike:
            print("\n".join((*([heading] if heading else []), *_table(alike))))
    return PARTLY if broken else DONE


def _played_all(clips: "Sequence[Clip]", detector: Detector) -> tuple[list[ClipResult], bool]:
    from video.pipeline.scoring import played  # noqa: PLC0415

    results: list[ClipResult] = []
    broken = False
    for clip in clips:
        print(f"评测 playing {clip.name}", file=sys.stderr, flush=True)
        reports = list(played(clip, detector, CLIP))
        troubles = [report for report in reports if isinstance(report, CameraTrouble)]
        for trouble in troubles:
            _complain(FootageError(trouble.trouble, clip.name, trouble.detail))
        broken = broken or bool(troubles)
        results.append(ClipResult(clip.name, clip.truth, timeline_of(reports), CLIP.idle_s))
    return results, broken


def _review(options: argparse.Namespace) -> int:
    from video.detectors.choosing import detector_of  # noqa: PLC0415  # `--help` stays cheap
    from video.pipeline.review import line_of, record_of, told_of  # noqa: PLC0415
    from video.pipeline.scoring import START, Clip, zones_of  # noqa: PLC0415
    from video.sources.recordings import planned  # noqa: PLC0415
    from video.states.machine import Rules  # noqa: PLC0415
    from video.states.spell import Limits  # noqa: PLC0415

    here = datetime.now().astimezone().tzinfo or UTC  # recorders write the time of their place
    clip = Clip(options.zones.name, FilePlan(options.zones, START), read_truth(options.zones))
    zones, start = zones_of(clip), options.start
    begins = start.replace(tzinfo=start.tzinfo or here) if start else None
    plan, troubles = planned(options.folder, here, begins)
    limits = Limits(options.threshold, 0.0, options.threshold)
    rules = Rules.of(replace(PROFILES[options.profile], threshold_s=None), limits)
    for told in told_of(plan, zones, detector=detector_of(_model(options)), rules=rules):
        match told:
            case EventClosed(event=event) if options.json:
                print(json.dumps(record_of(event, here), ensure_ascii=False), flush=True)
            case EventClosed(event=event):
                print(line_of(event, here), flush=True)
            case CameraTrouble(trouble=trouble, detail=detail):
                troubles.append(FootageError(trouble, detail))
    for error in troubles:
        _complain(error)
    return PARTLY if troubles else DONE


def _soak(hours: float, *, seed: int, windows: int, taught: bool) -> int:
    from video.pipeline.scoring import START, Clip, later_half, taught_by_half  # noqa: PLC0415
    from video.sources.hard import hard_script  # noqa: PLC0415
    from video.sources.layout import truth_of  # noqa: PLC0415
    from video.sources.script import parse_script  # noqa: PLC0415

    threshold_s = SOAK.threshold_s or 0.0
    text = hard_script(seed=seed, length_s=hours * 3600, threshold_s=threshold_s, windows=windows)
    truth = truth_of(parse_script(text))
    clip = Clip("drawn", DrawnPlan(text, START, Pace.UNPACED), truth)
    if not taught:
        return _soaked(clip, threshold_s)
    print(UNTAUGHT, flush=True)
    before = _soaked(later_half(clip), threshold_s)
    learned = later_half(_taught(taught_by_half(clip, SOAK)))
    print(TAUGHT, flush=True)
    return max(before, _soaked(learned, threshold_s))


def _soaked(clip: "Clip", threshold_s: float) -> int:
    from video.detectors.mobilenet import MobileNetSsd  # noqa: PLC0415
    from video.pipeline.scoring import played  # noqa: PLC0415

    recall, memory = Recall.of(clip.truth), _Memory(until_s=WARM_UP * clip.truth.duration_s)
    reports = played(clip, MobileNetSsd.installed(), SOAK)
    timeline = timeline_of(memory.watched(recall.counted(reports)))
    result = ClipResult(clip.name, clip.truth, timeline, SOAK.idle_s)
    told = soaked(clip.truth, timeline, threshold_s=threshold_s)
    checks = list(_checked(result, told, recall.share, memory.growth))
    print("\n".join(line for line, _ in checks), flush=True)
    return DONE if all(good for _, good in checks) else PARTLY


def _bench(options: argparse.Namespace) -> int:
    from video.bench.comparing import Wish, compared, record_of, told  # noqa: PLC0415
    from video.bench.film import film_of  # noqa: PLC0415

    wish = Wish(
        cameras=options.cameras,
        windows=options.windows,
        most=options.most,
        busy=options.busy,
        seconds=options.seconds,
        model=_model(options),
    )
    film = film_of(wish.windows, busy=wish.busy)
    found = compared(wish, film, peak_mb=peak_mb, tell=_tell)
    if options.json:
        print(json.dumps(record_of(found), ensure_ascii=False))
    else:
        print("\n".join(told(found)))
    return PARTLY if found.missed else DONE


def _tell(what: str) -> None:
    print(f"测试 running {what}", file=sys.stderr, flush=True)


WARM_UP = 0.25  # share of a soak after which no more memory may be needed
GROWTH, SHARE_ERROR, HARD = 0.05, 0.03, (0.85, 0.97)


@dataclass(slots=True)
class _Memory:
    """Compares the peak of memory at the end with the one after warming up."""

    until_s: float
    warm_mb: float | None = None

    def watched(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Let reports through."""
        for report in reports:
            late = isinstance(report, WindowStatus) and report.observation.at_s >= self.until_s
            if late and self.warm_mb is None:
                self.warm_mb = peak_mb()
            yield report

    @property
    def growth(self) -> float:
        """Share by which the peak grew since, 0 when it did not."""
        return peak_mb() / self.warm_mb - 1 if self.warm_mb else 0.0


def _checked(
    result: ClipResult, told: Soaked, recall: float | None, growth: float
) -> Iterator[tuple[str, bool]]:
    """Lines of the report, and whether what each says is good enough."""
    score = result.score
    yield f"演示场景 drawn footage, {score.window_hours:.1f} window-hours in sight", True
    low, high = HARD
    is_hard = recall is not None and low <= recall <= high
    yield f"单次检出率 raw single-tick recall: {_share(recall)} ({low} to {high} is hard)", is_hard
    yield (
        f"超时离岗 absences over the threshold: {told.found} of {told.due} alerted",
        (told.found == told.due),
    )
    yield f"误报 false alerts: {told.false_alerts} of {told.alerts}", told.false_alerts == 0
    yield f"误判离岗 absent while in sight: {told.false_empty_s:.0f} s", True
    yield f"状态时间误差 state-time error: {_share(score.state_time_error)}", True
    yield f"未知 unknown: {_share(score.unknown_share)}", True
    for state, error in Shares.summed(result.shares).errors().items():
        good = error is not None and error <= SHARE_ERROR
        yield f"占比误差 error of the share of {state.value}: {_share(error)}", good
    yield f"内存增长 growth of memory: {growth:.1%}", growth <= GROWTH


HEADINGS = (
    "clip", "precision", "recall", "F1", "time error", "raw", "unknown", "alert p95",
    "false", "window-h",
)  # fmt: skip


def _table(results: Sequence[ClipResult]) -> Iterator[str]:
    """Rows of clips, one for all of them, and what the count of false absences may stand for."""
    total = total_of(results)
    kind = "演示场景 drawn footage" if results[0].truth.drawn else "真实录像 real footage"
    yield f"{kind} · profile {_told_profile()}"
    rows = [HEADINGS, *(_row(result.clip, result.score) for result in results), _row("all", total)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        name, *cells = row
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join((name.ljust(widths[0]), *numbers))
    yield _told_false(total)
    yield from _told_shares(results)


def _row(name: str, score: Score) -> tuple[str, ...]:
    delay = score.alert_delay_p95_s
    return (
        name,
        _share(score.event_precision),
        _share(score.event_recall),
        _share(score.event_f1),
        _share(score.state_time_error),
        _share(score.state_time_error_raw),
        _share(score.unknown_share),
        "-" if delay is None else f"{delay:.1f} s",
        str(score.false_absences),
        f"{score.window_hours:.3f}",
    )


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.4f}"


def _told_profile() -> str:
    leave, enter = f"enter {CLIP.clerk_leave_s:g} s", f"leave {CLIP.clerk_return_s:g} s"
    return f"{CLIP.name}: absence {leave}, {enter}, threshold {CLIP.threshold_s:g} s"


def _told_false(total: Score) -> str:
    count, hours = total.false_absences, total.window_hours
    told = f"误报离岗 false absences: {count} in {hours:.3f} window-hours"
    if not hours:
        return told
    low, high = (bound / hours for bound in poisson_interval(count))
    return f"{told}, 95 % interval {low:.2f} to {high:.2f} an hour (Poisson)"


def _told_shares(results: Sequence[ClipResult]) -> Iterator[str]:
    shares = [one for result in results for one in result.shares]
    if shares:
        errors = Shares.summed(shares).errors()
        told = ", ".join(f"{state.value} {_share(error)}" for state, error in errors.items())
        yield f"状态占比误差 error of shares: {told}"


WORDS = {
    FootageTrouble.MISSING_FILE: "找不到文件 not found",
    FootageTrouble.NOT_A_VIDEO: "不是视频文件 not a video",
    FootageTrouble.TRUNCATED: "录像不完整 the recording is cut short",
    FootageTrouble.UNSUPPORTED: "不支持的编码 encoding not supported",
    FootageTrouble.BAD_TRUTH: "真值文件有误 the truth file is wrong",
    FootageTrouble.BAD_SCRIPT: "无法安排这样的一天 no such day can be drawn",
    FootageTrouble.BAD_ZONE: "区域无法判断 a zone cannot be judged",
    FootageTrouble.NO_TIME: "不知道何时开始，请用 --start 给出 no time in its name; give --start",
    FootageTrouble.BAD_MODEL: "检测模型不可用 the detector cannot be used",
    FootageTrouble.CHANGED_MODEL: "检测模型与指定的摘要不符 the model has another digest",
    FootageTrouble.UNFIT_MODEL: "检测模型不合此类型 the model is not of this family",
    FootageTrouble.NO_DEVICE: "没有这种计算设备 no such device",
}


def _complain(error: FootageError) -> None:
    what = WORDS.get(error.trouble, error.trouble.value)
    detail = f" ({error.detail})" if error.detail else ""
    print(f"{what}: {error.subject}{detail}", file=sys.stderr)
