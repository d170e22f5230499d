"""The report as one HTML file: the same sentences, tables and charts, for a browser."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import cast

from reportlab.graphics import renderSVG

from desktop.documents.fonts import FontBook
from desktop.documents.report.charts import chart
from desktop.domain.report.chapters import annexed, chapters_of, is_absent
from desktop.domain.report.figures import Figures
from desktop.domain.report.sentences import (
    chapter_texts,
    check_line,
    period_name,
    printed,
    summary,
)
from desktop.domain.report.tables import Table, Wording, tables_of

_STYLE = """
body{max-width:60em;margin:2em auto;padding:0 1em;font-family:FangSong,STFangsong,serif;
color:#1d2129;line-height:1.7}
h1,h2,h3{font-family:SimHei,"Microsoft YaHei",sans-serif;line-height:1.3}
h1{text-align:center} h3{font-size:1em;text-align:center;margin:1.5em 0 .5em}
.organ{text-align:center;color:#c8161d;border-bottom:2px solid #c8161d;font-size:1.4em}
table{border-collapse:collapse;width:100%;font-size:.85em;line-height:1.35}
th,td{border:1px solid #888;padding:.25em .5em} th{background:#eee} td.n{text-align:right}
.wide{overflow-x:auto} .note{font-size:.8em;color:#555;margin:.3em 0}
figure{margin:1.5em 0;text-align:center} svg{max-width:100%;height:auto}
svg text{font-family:FangSong,STFangsong,serif !important}
@media print{body{max-width:none;margin:0}}
"""


def report_html(figures: Figures, wording: Wording, fonts: FontBook) -> bytes:
    """Write the whole report; the same figures give the same bytes, and nothing is fetched.

    Raises:
        ReportDoesNotAddUp: a table's sum differs from its ledger.
    """
    title = str(wording["title"])
    period = period_name(figures.period, wording)
    body = "\n".join(
        (*_cover(figures, wording, title, period), *_chapters(figures, wording, fonts))
    )
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(period + title)}</title><style>{_STYLE}</style></head>"
        f"<body>\n{body}\n</body></html>\n"
    )
    return page.encode()


def _cover(figures: Figures, wording: Wording, title: str, period: str) -> Iterator[str]:
    yield f'<p class="organ">{escape(figures.facts.organ.name)}</p>'
    yield f"<h1>{escape(title)}<br><small>（{escape(period)}）</small></h1>"
    for sentence in summary(figures, wording):
        yield f"<p>{escape(sentence)}</p>"


def _chapters(figures: Figures, wording: Wording, fonts: FontBook) -> Iterator[str]:
    tables = {table.code: table for table in tables_of(figures, wording)}
    texts = chapter_texts(figures, wording)
    for chapter, text in zip(chapters_of(wording), texts, strict=True):
        yield f"<h2>{escape(str(chapter['title']))}</h2>\n<p>{escape(text)}</p>"
        if is_absent(chapter, figures.facts):
            continue
        for code in cast(Sequence[str], chapter["tables"]):
            yield from _table(tables[code], wording)
        for code in cast(Sequence[str], chapter["charts"]):
            yield _chart(code, figures, wording, fonts)
    for code in annexed(figures, wording):
        yield from _table(tables[code], wording)


def _table(table: Table, wording: Wording) -> Iterator[str]:
    notes = cast(Mapping[str, str], wording["notes"])
    yield f"<h3>{escape(notes['table'].format(code=table.code, title=table.title))}</h3>"
    if table.rows:
        heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
        rows = "\n".join(
            "<tr>" + "".join(_cell(value, printed(value)) for value in row) + "</tr>"
            for row in table.rows
        )
        yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody>'
        yield "</table></div>"
    else:
        yield f"<p>{escape(notes['empty'])}</p>"
    line = notes["line"].format(unit=table.unit, scope=table.scope, cut_off=table.cut_off)
    yield f'<p class="note">{escape(line)}</p>'
    for check in table.checks:
        said = check_line(check.name, check.table, check.ledger, wording)
        yield f'<p class="note">{escape(said)}</p>'


def _cell(value: object, said: str) -> str:
    kind = "" if isinstance(value, str) else ' class="n"'
    return f"<td{kind}>{escape(said)}</td>"


def _chart(code: str, figures: Figures, wording: Wording, fonts: FontBook) -> str:
    titles = cast(Mapping[str, str], wording["charts"])
    notes = cast(Mapping[str, str], wording["notes"])
    drawn = renderSVG.drawToString(chart(code, figures, wording, fonts))
    picture = drawn[drawn.index("<svg") :]
    said = escape(notes["chart"].format(code=code, title=titles[code]))
    return f"<figure>{picture}<figcaption>{said}</figcaption></figure>"
