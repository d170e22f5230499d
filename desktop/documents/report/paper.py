"""Prints the efficiency report and the page that goes to each unit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from desktop.documents import geometry as g
from desktop.documents.fonts import Face, FontBook
from desktop.documents.lines import title_shape
from desktop.documents.report.charts import WIDTH, chart
from desktop.documents.report.ledger import TINY, draw_report_table
from desktop.documents.sheet import (
    HEADING,
    RED,
    SMALL,
    SMALL_HEADING,
    SUBHEADING,
    TITLE,
    Sheet,
    Style,
    fitted,
)
from desktop.documents.table import Align, Grid, Look, draw_table, shared
from desktop.documents.tail import SEAL_SIZE
from desktop.domain.evidence import ChainHead
from desktop.domain.identifiers import UnitId
from desktop.domain.report.chapters import annexed, chapters_of, is_absent
from desktop.domain.report.facts import Facts, Ledger
from desktop.domain.report.figures import Figures
from desktop.domain.report.sentences import chapter_texts, period_name, printed, summary
from desktop.domain.report.tables import Wording, tables_of
from desktop.domain.report.unit_page import unit_texts
from desktop.domain.report.versions import Difference
from desktop.domain.scoring.score import UnitScore

_MIDDLE = Style(Face.BODY, g.SIZE_4)
_COVER_PITCH = 20.5
_ANNEX_LINES = 12  # of the grid, below which the annex begins a page


def print_report(
    figures: Figures,
    wording: Wording,
    fonts: FontBook,
    *,
    seal: bytes | None = None,
    differences: Sequence[Difference] = (),
    chain: ChainHead | None = None,
) -> bytes:
    """Print the whole report; the same figures give the same bytes.

    Args:
        differences: from the version that was locked before; listed in the annex.
        chain: the latest row of this machine's audit chain; said in the annex.

    Raises:
        ReportDoesNotAddUp: a table's sum differs from its ledger.
        DocumentError: a character is in no font.
    """
    press = _Press(figures, wording, fonts)
    press.cover(seal)
    press.chapters()
    press.annex(differences, chain)
    for unit in figures.facts.units:
        press.unit_page(unit.id)
    return press.sheet.finish()


def print_unit_page(figures: Figures, unit_id: UnitId, wording: Wording, fonts: FontBook) -> bytes:
    """Print one unit's own report; it says nothing of others."""
    press = _Press(figures, wording, fonts)
    press.unit_page(unit_id, first=True)
    return press.sheet.finish()


class _Press:
    """A report being printed."""

    def __init__(self, figures: Figures, wording: Wording, fonts: FontBook) -> None:
        self._figures, self._wording, self._fonts = figures, wording, fonts
        self._tables = {table.code: table for table in tables_of(figures, wording)}
        self._period = period_name(figures.period, wording)
        title = f"{self._period}{wording['title']}"
        self.sheet = Sheet(fonts, title=title, subject=figures.facts.organ.name)

    def cover(self, seal: bytes | None) -> None:
        """Draw the cover: organ, title, what is reported on, the summary."""
        sheet, facts = self.sheet, self._figures.facts
        sheet.bookmark(str(self._wording["title"]), 0)
        organ = facts.organ.name
        style = fitted(sheet, organ, Style(Face.TITLE, 34.0, colour=RED, bold=True), 420, 18.0)
        sheet.skip(0.6)
        sheet.centred(organ, sheet.baseline(), style)
        sheet.skip(1.2)
        sheet.rule(sheet.y, thickness=g.THICK_RULE * 2, colour=RED)
        sheet.skip(0.8)
        for line in title_shape(str(self._wording["title"]), 18):
            sheet.centred(line, sheet.baseline(), TITLE)
            sheet.skip(1.2)
        sheet.centred(f"（{self._period}）", sheet.baseline(), SUBHEADING)
        sheet.skip(1.3)
        for line in self._cover_lines(facts):
            sheet.block(line, _MIDDLE, pitch=_COVER_PITCH, indent=2)
        sheet.skip(0.3)
        sheet.centred(self._said("cover", "summary"), sheet.baseline(), HEADING)
        sheet.skip(1.1)
        for sentence in summary(self._figures, self._wording):
            sheet.block(sentence, _MIDDLE, pitch=_COVER_PITCH, indent=2)
        if seal:
            self._press_seal(seal)

    def chapters(self) -> None:
        """Draw the twelve chapters."""
        texts = chapter_texts(self._figures, self._wording)
        self.sheet.new_page()
        for chapter, text in zip(chapters_of(self._wording), texts, strict=True):
            self._chapter(chapter, text)

    def annex(self, differences: Sequence[Difference], chain: ChainHead | None) -> None:
        """Draw the annexes: method, rules, what was left out, data quality, words, changes."""
        said = cast(Mapping[str, object], self._wording["annex"])
        sheet = self.sheet
        if sheet.area is not g.UPRIGHT or sheet.lines_left < _ANNEX_LINES:
            sheet.new_page()
        else:
            sheet.skip(1)
        sheet.bookmark(str(said["title"]), 0)
        sheet.centred(str(said["title"]), sheet.baseline(), TITLE)
        sheet.skip(1.6)
        self._section(str(said["method"]), cast(Sequence[str], said["method_text"]))
        self._section(str(said["rules"]), ())
        sheet.block("；".join(self._rules(str(said["rule_line"]))) + "。", SMALL, pitch=15.0)
        sheet.skip(0.4)
        excluded = [
            str(said["excluded_line"]).format(case=case, reason=reason)
            for case, reason in sorted(self._figures.facts.excluded.items())
        ]
        self._section(str(said["excluded"]), excluded or [str(said["excluded_none"])])
        years = sorted({month.year for month in self._figures.period.months})
        quality = str(said["quality_text"]).format(
            complete=printed(self._figures.complete), calendar="、".join(map(str, years))
        )
        self._section(str(said["quality"]), [quality])
        self._section(str(said["glossary"]), cast(Sequence[str], said["glossary_text"]))
        for code in annexed(self._figures, self._wording):
            draw_report_table(sheet, self._tables[code], self._wording)
        if differences:
            rows = [(d.table, d.row, d.column, d.before, d.after) for d in differences]
            columns = cast(Sequence[str], said["differences_columns"])
            self._set_table(str(said["differences"]), columns, rows, (8, 30, 18, 22, 22))
            sheet.block(str(said["differences_scope"]), TINY, pitch=12.0)
        if chain and chain.n:
            line = str(said["chain"]).format(n=chain.n, hash=chain.hash)
            sheet.block(line, TINY, pitch=12.0)

    def _rules(self, line: str) -> Iterator[str]:
        """Name the rules in force with their versions."""
        for rule, (name, version) in sorted(self._figures.facts.rules_in_force.items()):
            yield line.format(rule=rule, name=name, version=version)

    def unit_page(self, unit_id: UnitId, *, first: bool = False) -> None:
        """Draw a unit's own page."""
        sheet = self.sheet
        if not first:
            sheet.new_page()
        unit = next(u for u in self._figures.facts.units if u.id == unit_id)
        title = self._said("unit_page", "title").format(unit=unit.name)
        sheet.bookmark(title, 0)
        for line in title_shape(title, 18):
            sheet.centred(line, sheet.baseline(), TITLE)
            sheet.skip(1.2)
        sheet.skip(0.5)
        for text in unit_texts(self._figures, unit_id, self._wording):
            sheet.paragraph(text)
        sheet.skip(0.5)
        if Ledger.CASES not in self._figures.facts.absent:
            self._unit_tables(unit_id)

    def _unit_tables(self, unit_id: UnitId) -> None:
        term = next(r.term for r in self._figures.ranks if r.term.unit_id == unit_id)
        names = {d.code: d.name for d in self._figures.profile.dimensions}
        said = cast(Wording, self._wording["unit_page"])
        more = cast(Sequence[str], cast(Wording, self._wording["RT13"])["tail"])[:3]
        rows = [_month_row(month) for month in term.months]
        weights = (7, *(5 for _ in names), 5, 4, 6)
        heads = ("月份", *names.values(), *more)
        self._small_table("scores", heads, rows, weights, Align.CENTRE)
        entries = [entry for month in term.months for entry in month.entries]
        rules, papers = self._figures.facts.rule_names, self._sources()
        lines = [
            (
                str(e.month),
                names[e.dimension],
                f"{-e.points}",
                f"{e.rule_id} {rules.get(e.rule_id, '')}",
                papers.get(e.source, e.source),
                e.reason or "—",
            )
            for e in entries
        ]
        columns = cast(Sequence[str], said["entries_columns"])
        self._small_table("entries", columns, lines, (8, 10, 6, 26, 26, 14))
        if not lines:
            self.sheet.paragraph(self._said("unit_page", "entries_none"), SMALL, indent=0)

    def _sources(self) -> dict[str, str]:
        """Name the records that points rest on."""
        facts, found = self._figures.facts, self._said("unit_page", "entry_of_finding")
        cards = {f"card/{line.card.id}": line.card.doc_no for line in facts.cards}
        return cards | {f"finding/{f.id}": found.format(on=f.on) for f in facts.findings}

    def _small_table(
        self,
        name: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        weights: Sequence[float],
        align: Align = Align.LEFT,
    ) -> None:
        """Draw a table of a unit's page with its scope below it; none without rows."""
        if not rows:
            return
        title, scope = self._said("unit_page", f"{name}_title"), f"{name}_scope"
        self._set_table(title, heads, rows, weights, align)
        line = cast(Mapping[str, str], self._wording["notes"])["line"].format(
            unit=self._said("unit_page", "points"),
            scope=self._said("unit_page", scope),
            cut_off=f"{self._figures.facts.cut_off:%Y-%m-%d %H:%M}",
        )
        self.sheet.block(line, TINY, pitch=12.0)
        self.sheet.skip(0.5)

    def _set_table(
        self,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        weights: Sequence[float],
        align: Align = Align.LEFT,
    ) -> None:
        """Draw a table of small print below its title."""
        sheet = self.sheet
        if sheet.lines_left < 4:
            sheet.new_page()
        sheet.centred(title, sheet.baseline(), SMALL_HEADING)
        sheet.skip(1)
        look = Look(TINY, Style(Face.HEAVY, 8.0), pitch=12.0, padding=3.0)
        grid = Grid(shared(sheet.area.width, weights), (align,) * len(heads), look)
        draw_table(sheet, grid, heads, rows)
        sheet.go_to(sheet.y - 3)

    def _cover_lines(self, facts: Facts) -> list[str]:
        figures = self._figures
        fields = {
            "hall": facts.hall.name,
            "units": len(facts.units),
            "windows": len(facts.windows),
            "first": _day(figures.period.first.isoformat()),
            "last": _day(figures.period.last.isoformat()),
            "profile": figures.profile.name,
            "profile_id": figures.profile.id,
            "profile_version": figures.profile.version,
            "cut_off": f"{facts.cut_off:%Y-%m-%d %H:%M}",
            "complete": printed(figures.complete),
        }
        names = ("scope", "period", "profile", "cut_off", "complete")
        return [self._said("cover", name).format(**fields) for name in names]

    def _press_seal(self, seal: bytes) -> None:
        organ = self._figures.facts.organ.name
        sheet = self.sheet
        sheet.go_to(g.TYPE_BOTTOM + SEAL_SIZE * 0.68)
        style = _MIDDLE
        width = sheet.width(organ, style)
        middle = g.RIGHT_EDGE - 4 * g.CHARACTER_PITCH - width / 2
        sheet.text(organ, middle - width / 2, sheet.baseline(), style)
        day = _day(self._figures.facts.cut_off.date().isoformat())
        sheet.text(day, middle - sheet.width(day, style) / 2, sheet.baseline(0.8), style)
        y = sheet.baseline(0.4)
        sheet.picture(seal, middle - SEAL_SIZE / 2, y - SEAL_SIZE / 2, SEAL_SIZE, SEAL_SIZE)

    def _chapter(self, chapter: Mapping[str, object], text: str) -> None:
        sheet = self.sheet
        if sheet.area is not g.UPRIGHT or sheet.lines_left < 5:
            sheet.new_page()
        elif sheet.line:
            sheet.skip(0.6)
        title = str(chapter["title"])
        sheet.bookmark(title, 0)
        sheet.paragraph(title, HEADING)
        sheet.paragraph(text)
        if is_absent(chapter, self._figures.facts):
            return
        tables = [self._tables[code] for code in cast(Sequence[str], chapter["tables"])]
        charts = cast(Sequence[str], chapter["charts"])
        charts_first = any(table.landscape and table.rows for table in tables)
        for code in charts if charts_first else ():  # they fill the page before a turned one
            self._chart(code)
        for table in tables:
            draw_report_table(sheet, table, self._wording)
        for code in () if charts_first else charts:
            self._chart(code)

    def _chart(self, code: str) -> None:
        sheet = self.sheet
        drawing = chart(code, self._figures, self._wording, self._fonts)
        if sheet.area is not g.UPRIGHT or sheet.y - drawing.height - 26 < g.TYPE_BOTTOM:
            sheet.new_page()
        titles = cast(Mapping[str, str], self._wording["charts"])
        notes = cast(Mapping[str, str], self._wording["notes"])
        top = sheet.y - 6
        sheet.drawing(drawing, g.LEFT + (g.TYPE_WIDTH - WIDTH) / 2, top - drawing.height)
        sheet.go_to(top - drawing.height - 2)
        said = notes["chart"].format(code=code, title=titles[code])
        sheet.centred(said, sheet.baseline() + 8, SMALL_HEADING)
        sheet.skip(0.9)

    def _section(self, title: str, texts: Sequence[str]) -> None:
        sheet = self.sheet
        if sheet.lines_left < 3:
            sheet.new_page()
        sheet.paragraph(title, SUBHEADING)
        for text in texts:
            sheet.block(text, _MIDDLE, pitch=23.0, indent=2)
        sheet.skip(0.4)

    def _said(self, part: str, name: str) -> str:
        return cast(Mapping[str, str], self._wording[part])[name]


def _month_row(month: UnitScore) -> tuple[str, ...]:
    more = month.bonus - month.data_deduction
    scores = (str(dimension.score) for dimension in month.dimensions)
    return str(month.month), *scores, str(more), str(month.coefficient), f"{month.total:.2f}"


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
