"""Foreign files as departments send them, written into a test's folder."""

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from desktop.assembly.checks import Inspection, inspect_file, wished_rules
from desktop.domain.imports import Complaint, Taken
from desktop.usecases.checking import Verdict, check_cases

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HEADER = "办件编号,事项编码,办理单位,受理时间,承诺时限,办结时间"
GOOD = "A-1,0101,住建局,2026-03-02 09:00,5个工作日,2026-03-06 10:00"
LOG_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n'


def text_file(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "办件.csv") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def workbook(folder: Path, rows: Sequence[Sequence[object]], name: str = "办件.xlsx") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in rows:
        sheet.append(list(row))
    book.save(folder / name)
    return folder / name


def swollen_workbook(folder: Path) -> Path:
    """A workbook of a few kilobytes that unpacks to a gigabyte."""
    path = folder / "bomb.xlsx"
    with (
        ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(64):
            part.write(b" " * 2**20)
    return path


def log_file(folder: Path, body: str, *, head: str = LOG_HEAD, packed: bool = False) -> Path:
    path = folder / ("log.xes.gz" if packed else "log.xes")
    content = f"{head}{body}</log>\n".encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


def trace(case_no: str, *events: tuple[str, str]) -> str:
    inner = "".join(
        "\t\t<event>\n"
        f'\t\t\t<string key="concept:name" value="{name}"/>\n'
        f'\t\t\t<date key="time:timestamp" value="{at}"/>\n'
        "\t\t</event>\n"
        for name, at in events
    )
    return f'\t<trace>\n\t\t<string key="concept:name" value="{case_no}"/>\n{inner}\t</trace>\n'


def opened(path: Path, profile: str = "", rules: str = "", now: datetime = NOW) -> Inspection:
    return inspect_file(path, profile=profile, rules=wished_rules(rules), now=now)


def taken(path: Path, profile: str = "") -> list[Taken]:
    return list(opened(path, profile).cases())


def complaints(path: Path, profile: str = "") -> list[Complaint]:
    return [each for case in taken(path, profile) for each in case.complaints]


def judged(path: Path, *, rules: str = "", now: datetime = NOW) -> tuple[Verdict, Inspection]:
    inspection = opened(path, rules=rules, now=now)
    verdict = check_cases(
        inspection.cases(),
        inspection.checker,
        by_law=inspection.by_law,
        on_complaint=lambda _: None,
    )
    return verdict, inspection
