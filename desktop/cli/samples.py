"""Writes one sample of every paper, the report and its tables from the demonstration's data."""

import argparse
import sys
from pathlib import Path

from desktop import assets
from desktop.documents.fonts import machine_fonts
from desktop.documents.report.html import report_html
from desktop.documents.report.paper import print_report
from desktop.documents.samples import sample_papers
from desktop.documents.seal import demonstration_seal
from desktop.domain.calendar import read_calendar
from desktop.domain.demonstration.quarter import PERIOD, make_quarter
from desktop.domain.report.figures import Figures, figures_of
from desktop.domain.report.tables import tables_of
from desktop.domain.scoring.profile import read_profile
from desktop.exchange.report_tables import as_csv, as_xlsx


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("samples", help="写出每种文书的样张和评估报告 / sample papers")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--profile", default="GD-2008", choices=sorted(assets.scoring_files()))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the samples; the folder is made where it is missing."""
    for path in write_samples(options.out, profile_id=options.profile):
        sys.stdout.write(f"{path}\n")
    return 0


def write_samples(folder: Path, *, profile_id: str = "GD-2008") -> list[Path]:
    """Write T01.pdf to T15.pdf, the report as PDF, HTML and XLSX, and RT1.csv to RT15.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts, figures = machine_fonts(), demonstration_figures(profile_id)
    wording = assets.report_wording("efficiency")
    papers = sample_papers(assets.template_files(), assets.sample_papers(), figures, fonts)
    written = [_kept(folder / f"{code}.pdf", pdf) for code, pdf in papers]
    seal = demonstration_seal(figures.facts.organ.name, fonts)
    report = print_report(figures, wording, fonts, seal=seal)
    written.append(_kept(folder / "report.pdf", report))
    written.append(_kept(folder / "report.html", report_html(figures, wording, fonts)))
    tables = tables_of(figures, wording)
    written.append(_kept(folder / "report.xlsx", as_xlsx(tables)))
    written += [_kept(folder / f"{table.code}.csv", as_csv(table)) for table in tables]
    return written


def demonstration_figures(profile_id: str) -> Figures:
    """Compute the figures of the demonstration's three months."""
    calendar = read_calendar(assets.calendar_files())
    profile = read_profile(assets.scoring_files()[profile_id])
    facts = make_quarter(assets.demonstration_quarter(), calendar=calendar, profile=profile)
    return figures_of(facts, PERIOD, profile=profile, calendar=calendar)


def _kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
