"""Exports of a queue machine, as they come."""

from pathlib import Path

from tests.support.foreign_files import text_file

HEADER = "票号,业务类型,取号时间,叫号时间,办结时间,窗口,姓名"


def queue_file(folder: Path, *rows: str, encoding: str = "gb18030", name: str = "叫号.csv") -> Path:
    return text_file(folder, HEADER, *rows, encoding=encoding, name=name)


def ticket_row(
    number: str, taken: str, called: str = "", window: str = "1", queue: str = "户政"
) -> str:
    """A row of 24 November 2026; times as 09:05."""
    day = "2026-11-24"
    when = f"{day} {called}" if called else ""
    return f"{number},{queue},{day} {taken},{when},,{window if called else ''},张三"
