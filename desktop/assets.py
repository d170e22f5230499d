"""Gives the program's data files as parsed mappings; judging them is the domain's."""

import tomllib
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

Parsed = Mapping[str, object]


def entity_files() -> Mapping[str, Parsed]:
    """Entity rules by entity name."""
    return _tables("entities")


def rule_files() -> Mapping[str, Parsed]:
    """Supervision rules by rule id."""
    return _tables("rules")


def checklist_files() -> Mapping[str, Parsed]:
    """Checklists of inspections by name."""
    return _tables("checklists")


def scoring_files() -> Mapping[str, Parsed]:
    """Evaluation profiles by profile id."""
    return _tables("scoring")


def calendar_files() -> Mapping[str, Parsed]:
    """Official days off and make-up working days by year."""
    return _tables("calendars")


def limit_file() -> Parsed:
    """The table of legal limits."""
    return _tables("limits")["statutory"]


def procedure_files() -> Mapping[str, Parsed]:
    """Templates of procedures by name."""
    return _tables("procedures")


def mapping_files() -> Mapping[str, Parsed]:
    """Mapping profiles of foreign files by name."""
    return _tables("mappings")


def register_file(name: str) -> Parsed:
    """Columns and codes of a register, as service_item."""
    return _tables("registers")[name]


def queue_columns() -> Parsed:
    """Names of columns in the exports of queue machines."""
    return _tables("queues")["tickets"]


def template_file(code: str) -> Parsed:
    """The template of a paper, as T02."""
    return _tables("templates")[code]


def template_files() -> Mapping[str, Parsed]:
    """All paper templates by code."""
    return _tables("templates")


def report_wording(name: str) -> Parsed:
    """What a report says beside its numbers, as efficiency."""
    return _tables("reports")[name]


def sample_papers() -> Parsed:
    """What the sample papers say, by template."""
    return _tables("demo")["papers"]


def demonstration_quarter() -> Parsed:
    """Three months of the fictitious hall, for samples and tests."""
    return _tables("demo")["quarter"]


def demonstration() -> Parsed:
    """The fictitious hall of the demonstration."""
    return _tables("demo")["hall"]


def hall_script(name: str) -> str:
    """The text of a drawn hall's script."""
    return files("resources").joinpath("demo", f"{name}.script.toml").read_text("utf-8")


def hall_scripts() -> tuple[str, ...]:
    """The names of the drawn cameras, as east."""
    return tuple(sorted(_texts("demo", ".script.toml")))


def translation_files(language: str) -> Mapping[str, str]:
    """The text of each topic's catalogue in a language, as en."""
    return _texts(f"translations/{language}", ".toml")


def manual_files(language: str) -> Mapping[str, str]:
    """The chapters of the built-in manual in a language, as Markdown by the page they explain."""
    return _texts(f"manual/{language}", ".md")


def glossary() -> Parsed:
    """The terms of the trade with their meaning and source, in both languages."""
    return _tables("manual")["glossary"]


def news_files() -> Mapping[str, str]:
    """What changed, a fragment a change: Chinese, then English."""
    return _texts("changelog", ".md")


def icon_files() -> Mapping[str, str]:
    """The drawings of the screens' icons, as SVG by name."""
    return _texts("icons", ".svg")


def folder(name: str) -> Path:
    """A folder of resources on disk, as for the embedded server's entity rules."""
    with as_file(files("resources").joinpath(name)) as path:
        return path


def _tables(room: str) -> Mapping[str, Parsed]:
    return {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text("utf-8"))
        for entry in sorted(files("resources").joinpath(room).iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".toml") and not entry.name.endswith(".script.toml")
    }


def _texts(room: str, ending: str) -> Mapping[str, str]:
    return {
        entry.name.removesuffix(ending): entry.read_text("utf-8")
        for entry in sorted(files("resources").joinpath(room).iterdir(), key=lambda e: e.name)
        if entry.name.endswith(ending)
    }
