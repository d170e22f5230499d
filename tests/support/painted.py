"""Small drawn halls as pictures, as films and as sources, without anybody who watches them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av

from video.sources.painter import Painter
from video.sources.script import Script, parse_script
from video.sources.synthetic import DrawnSource
from video.vocabulary.frame import Frame
from video.vocabulary.source import DrawnPlan, Pace

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def hall_text(
    *acts: str,
    windows: int = 1,
    width: int = 320,
    height: int = 180,
    fps: float = 4,
    length_s: float = 20,
) -> str:
    """A script; an act is written `at_s do [window] [key=value ...]`."""
    lines = [
        "[hall]",
        f"windows = {windows}",
        f"width = {width}",
        f"height = {height}",
        f"fps = {fps}",
        f"length_s = {length_s}",
    ]
    for act in acts:
        at_s, deed, *rest = act.split()
        lines += ["[[act]]", f"at_s = {at_s}", f'do = "{deed}"']
        for word in rest:
            lines.append(word.replace("=", " = ") if "=" in word else f'window = "{word}"')
    return "\n".join(lines)


def hall(*acts: str, **shape: float) -> Script:
    return parse_script(hall_text(*acts, **shape))  # type: ignore[arg-type]


def pictures(script: Script, from_s: float = 0.0, to_s: float | None = None) -> Iterator[Frame]:
    """Painted, not encoded: what a perfect camera would see."""
    painter = Painter(script)
    for number in range(round((to_s or script.length_s) * script.fps)):
        at_s = number / script.fps
        if at_s >= from_s:
            yield Frame(at_s, START + timedelta(seconds=at_s), painter.paint(at_s))


def never_stop(seconds: float) -> bool:
    return False


def source(
    text: str,
    *,
    tick_s: float = 1.0,
    key_frames_only: bool = False,
    wait: Callable[[float], bool] = never_stop,
    **more: object,
) -> DrawnSource:
    plan = DrawnPlan(text, START, Pace.UNPACED)
    return DrawnSource(
        plan,
        tick_s=tick_s,
        key_frames_only=key_frames_only,
        wait=wait,
        **more,  # type: ignore[arg-type]
    )


def film(path: Path, script: Script, *, key_every: int = 4) -> None:
    """Write a script's pictures into a file, with a key frame every so many."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=round(script.fps))
        stream.width, stream.height = script.width, script.height
        stream.codec_context.gop_size = key_every
        stream.options = {"preset": "ultrafast", "sc_threshold": "0"}
        for picture in pictures(script):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture.pixels, format="bgr24")))
        container.mux(stream.encode(None))
