"""How long a stroke of the keyboard waits for the disk, beside one bare flush of the same disk.

python -m tests.benchmarks.inspection_strokes [--strokes 500] [--per-second 15]

A stroke that is not on the disk when the next one comes could be lost together with it; the share
of those is what "at most one character" rests on.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from desktop.workers.case_desk import CaseDesk
from desktop.workers.scratch_pad import ScratchPad
from tests.support.profiles import SetClock, open_store

_PAGE = bytes(4096)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=500)
    parser.add_argument("--per-second", type=float, default=15.0, help="a fast typist")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        flush = _flush_s(Path(folder) / "bare", options.strokes)
        took = _strokes_s(Path(folder), options.strokes, 1 / options.per_second)
    late = sum(each > 1 / options.per_second for each in took)
    p50, p99 = statistics.median(took), sorted(took)[int(len(took) * 0.99)]
    print(f"a stroke is on the disk after {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms")
    print(f"that is {p50 / flush:.1f} times one bare flush of 4 KiB ({flush * 1000:.1f} ms)")
    print(f"{late} of {len(took)} strokes were not kept before the next one came")


def _strokes_s(folder: Path, strokes: int, pause_s: float) -> list[float]:
    desk = CaseDesk(open_store(folder, SetClock()))
    pad, took, words = ScratchPad(desk), [], ""
    for _ in range(strokes):
        words = (words + "字")[-60:]
        began = time.perf_counter()
        pad.write("inspection/1/note", words)
        pad.read("inspection/1/note").result()
        took.append(time.perf_counter() - began)
        time.sleep(max(0.0, pause_s - took[-1]))
    desk.close()
    return took


def _flush_s(file: Path, times: int) -> float:
    took = []
    with file.open("wb") as bare:
        for _ in range(times):
            began = time.perf_counter()
            bare.write(_PAGE)
            bare.flush()
            os.fsync(bare.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took)


if __name__ == "__main__":
    main()
