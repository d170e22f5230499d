"""A recorder's exports: which files there are, when each begins, and playing them in a row."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import av
from av.error import FFmpegError

from video.errors import FootageError, FootageTrouble
from video.sources.base import Source, Taken
from video.sources.containers import packets_of, shape_of, stamps_of, video_of
from video.sources.feed import Arrival, Broken, Connected
from video.sources.file import refusal_of
from video.sources.folder import pixels_of, series_in, stills_in
from video.sources.named_time import OLDEST, named_time
from video.vocabulary.recording import BeginsBy, Surveyed, in_a_row, placed
from video.vocabulary.source import FilePlan, RecordingsPlan

ENDINGS = frozenset({
    ".asf", ".avi", ".dav", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpg", ".mts",
    ".ps", ".ts", ".webm", ".wmv",
})  # fmt: skip
SAMPLES, SAMPLE_BYTES = 16, 64 * 1024  # of a file, to know it again without reading all of it


def recordings_below(folder: Path) -> tuple[Path, ...]:
    """The files below a folder that may be recordings, and the folders of single pictures, by name.

    Raises:
        FootageError: MISSING_FILE without the folder, or without one of them.
    """
    if not folder.is_dir():
        raise FootageError(FootageTrouble.MISSING_FILE, folder.name, "no folder")
    files = {path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS}
    found = tuple(sorted(files | {path.parent for path in stills_in(folder)}))
    if not found:
        raise FootageError(FootageTrouble.MISSING_FILE, folder.name, "no recordings")
    return found


def surveyed(path: Path, zone: tzinfo) -> Surveyed:
    """Look at one file: what it holds, how long it is, and when it begins by the hall's clock."""
    try:
        if path.is_dir():
            return _series(path, zone)
        with av.open(str(path), mode="r") as container:
            shape = shape_of(video_of(container, path.name))
            length_s = _length_s(container)
            written = _written_into(container)
        fingerprint = fingerprint_of(path)
    except FootageError as error:
        return Surveyed(path, trouble=error.trouble, detail=error.detail)
    except FFmpegError as error:
        return Surveyed(path, trouble=refusal_of(path), detail=error.strerror or "")
    except OSError as error:
        return Surveyed(path, trouble=FootageTrouble.MISSING_FILE, detail=error.strerror or "")
    begins, begins_by = _begins(path, zone, written, length_s)
    size = (shape.width, shape.height)
    return Surveyed(path, length_s, fingerprint, begins, begins_by, shape.codec, *size)


def _series(folder: Path, zone: tzinfo) -> Surveyed:
    """Look at a folder of single pictures: it is one recording, as long as its times tell."""
    series = series_in(folder, zone)
    (begins, first), (ends, _) = series[0], series[-1]
    pixels = pixels_of(first)
    if pixels is None:
        return Surveyed(folder, trouble=FootageTrouble.NOT_A_VIDEO, detail=first.name)
    digest = hashlib.sha256()
    for _, path in series:
        digest.update(fingerprint_of(path).encode())
    height, width = pixels.shape[:2]
    whole = Surveyed(
        folder,
        (ends - begins).total_seconds(),
        digest.hexdigest(),
        codec=first.suffix[1:].lower(),
        width=width,
        height=height,
    )
    if begins.year < OLDEST:
        return whole
    by = BeginsBy.NAME if named_time(first, zone) else BeginsBy.FILE_TIME
    return replace(whole, begins=begins, begins_by=by)


def fingerprint_of(path: Path) -> str:
    """SHA-256 (hex) of a file's size and of samples over all of it."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for n in range(SAMPLES):
            file.seek(max(0, size - SAMPLE_BYTES) * n // (SAMPLES - 1))
            digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()


def planned(
    folder: Path, zone: tzinfo, start: datetime | None
) -> tuple[RecordingsPlan, list[FootageError]]:
    """Plan the review of a folder, and refuse the files that cannot be reviewed.

    Raises:
        FootageError: MISSING_FILE without the folder or a recording; what is wrong with the first
            file, where none can be reviewed.
    """
    found = (surveyed(path, zone) for path in recordings_below(folder))
    recordings, refused = placed(found, start)
    if not recordings:
        raise refused[0]
    return in_a_row(recordings), refused


def reviewed(plan: RecordingsPlan, source_of: Callable[[FilePlan], Source]) -> Iterator[Arrival]:
    """Play recordings one after another as one stream, as fast as it is judged.

    One that is broken is told and left at that point. Where two overlap, the earlier one counts.
    """
    last_s = float("-inf")
    for recording in plan.recordings:
        file = FilePlan(recording.path, recording.start_wall, begins_s=plan.begins_s(recording))
        source = source_of(file)
        try:
            yield Connected(source.open())
            for taken in _after(last_s, source.take()):
                last_s = max(last_s, taken.packet.show_s)
                yield taken
        except FootageError as error:
            yield Broken(error, 0.0)
        finally:
            source.close()


def _after(last_s: float, packets: Iterable[Taken]) -> Iterator[Taken]:
    """Leave out what another recording has shown already, up to a key frame after it."""
    joined = False
    for taken in packets:
        joined = joined or (taken.packet.key and taken.packet.show_s > last_s)
        if joined:
            yield taken


def _length_s(container: "av.container.InputContainer") -> float:
    """As the file says; where it says nothing, as its last packet does."""
    stream = container.streams.video[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None:
        return container.duration / av.time_base
    times = [stamps_of(packet)[0] for packet in packets_of(container, stream)]
    return max(times) - min(times) if times else 0.0


def _written_into(container: "av.container.InputContainer") -> datetime | None:
    text = container.metadata.get("creation_time", "")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _begins(
    path: Path, zone: tzinfo, written: datetime | None, length_s: float
) -> tuple[datetime | None, BeginsBy]:
    """What the name says counts first; a clock that was never set says nothing."""
    told = (
        (named_time(path, zone), BeginsBy.NAME),
        (written, BeginsBy.CONTAINER),
        (
            datetime.fromtimestamp(path.stat().st_mtime, zone) - timedelta(seconds=length_s),
            BeginsBy.FILE_TIME,
        ),
    )
    for begins, by in told:
        if begins is not None and begins.year >= OLDEST:
            return begins, by
        if begins is not None and by is BeginsBy.NAME:
            break  # its clock was wrong as it recorded: nothing else of it can be believed
    return None, BeginsBy.NOTHING
