"""How much faster than real time a folder of recordings is reviewed, against decoding it whole.

    python -m tests.benchmarks.review [MINUTES]

A drawn hall of four windows with their customers at 720p and 25 pictures a second (H.264, a key
frame a second), cut into files as a recorder exports them. Decoding every picture and judging none
is the limit of all that looks at everything; what the model needs is told apart. Processor time of
one core: a busy machine takes somewhat more of it, and never less.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import tempfile
from pathlib import Path

import av
import cv2

from desktop.domain.calendar import HALL_TIME
from tests.benchmarks.watched_clip import Timed, needed
from tests.support.recorded import export
from video.detectors.mobilenet import MobileNetSsd
from video.messages import EventClosed
from video.pipeline.review import told_of
from video.settings import HALL
from video.sources.layout import zones_of
from video.sources.recordings import planned
from video.sources.script import parse_script
from video.states.machine import Rules
from video.states.spell import Limits

FILE_S = 60.0
AWAY_S = (20.0, 80.0)


def script_of(seconds: float) -> str:
    hall = f"[hall]\nwindows = 4\nwidth = 1280\nheight = 720\nfps = 25\nlength_s = {seconds}\n"
    away = zip(AWAY_S, ("leave", "return"), strict=True)
    acts = (f'[[act]]\nat_s = {at}\nwindow = "window-1"\ndo = "{deed}"\n' for at, deed in away)
    return "\n".join((hall, *acts))


def decoded(folder: Path) -> int:
    pictures = 0
    for path in sorted(folder.iterdir()):
        with av.open(str(path)) as container:
            container.streams.video[0].codec_context.thread_count = 1
            pictures += sum(1 for _ in container.decode(video=0))
    return pictures


def main(minutes: float) -> None:
    cv2.setNumThreads(1)
    seconds, script = minutes * 60, script_of(minutes * 60)
    found: list[EventClosed] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pieces = [(at * FILE_S, (at + 1) * FILE_S) for at in range(round(seconds / FILE_S))]
        export(folder, *pieces, script=script)
        detector = Timed(MobileNetSsd.installed(requests=1))
        rules = Rules.of(HALL, Limits(40.0, 0.0, 40.0))

        def review() -> None:
            plan, _ = planned(folder, HALL_TIME, None)
            told = told_of(plan, zones_of(parse_script(script)), detector=detector, rules=rules)
            found[:] = [one for one in told if isinstance(one, EventClosed)]

        own, peer = needed(review), needed(lambda: decoded(folder))
    print(f"footage            {seconds:7.0f} s in {len(pieces)} files, {len(found)} event found")
    print(f"reviewed           {own:7.2f} s  {seconds / own:6.0f} times real time on one core")
    print(f"  of it the model  {detector.seconds:7.2f} s  {detector.crops} crops")
    print(f"decoded whole      {peer:7.2f} s  {seconds / peer:6.0f} times real time, unjudged")
    print(f"reviewing, against decoding whole: {own / peer:.1f} times the processor time")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0)
