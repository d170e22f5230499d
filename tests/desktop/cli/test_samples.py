"""The command that writes samples."""

import argparse
from pathlib import Path

import pypdfium2

from desktop.cli import samples


def test_samples_are_written_for_every_paper_and_the_report(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    samples.add_parser(parser.add_subparsers())
    options = parser.parse_args(["samples", "--out", str(tmp_path / "new")])
    assert options.run(options) == 0
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert {f"T{number:02}.pdf" for number in range(1, 16)} <= names
    assert {"report.pdf", "report.xlsx"} <= names
    assert {f"RT{number}.csv" for number in range(1, 15)} <= names
    for path in (tmp_path / "new").glob("*.pdf"):
        document = pypdfium2.PdfDocument(path)
        assert len(document) > 0
        document.close()
