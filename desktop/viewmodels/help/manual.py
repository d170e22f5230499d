"""The manual as Markdown in the current language: chapters, glossary and news."""

import re
from collections.abc import Mapping, Sequence
from typing import cast

from desktop import assets
from desktop.system.language import said

START = "start"
GLOSSARY = "glossary"
NEWS = "news"
_ORDER = (
    START,
    "today",
    "wall",
    "timeline",
    "cameras",
    "learning",
    "queue",
    "approvals",
    "boards",
    "registers",
    "collection",
    "inspections",
    "dossiers",
    "review",
    "cards",
    "papers",
    "reports",
    "library",
    "audit",
    "search",
    "sync",
    "users",
    "setup",
    "settings",
)
_CHINESE = re.compile(r"[㐀-鿿]")


def tongue() -> str:
    """Which manual the screens' language asks for: zh or en."""
    # The catalogue alone knows what is spoken; the names of the manuals stand in it.
    return said("zh", "manual")


def topics(language: str) -> Sequence[tuple[str, str]]:
    """Give each chapter's name and title in their order, then glossary and news."""
    chapters = assets.manual_files(language)
    known = [name for name in _ORDER if name in chapters]
    rest = [name for name in chapters if name not in _ORDER]
    told = [(name, _title(chapters[name])) for name in (*known, *rest)]
    return (*told, (GLOSSARY, said("术语表")), (NEWS, said("更新说明")))


def chapter(language: str, name: str) -> str:
    """Give a chapter; one that is not there is the first."""
    if name == GLOSSARY:
        return _glossary(language)
    if name == NEWS:
        return news(language, sorted(assets.news_files()))
    chapters = assets.manual_files(language)
    return chapters.get(name, chapters[START])


def news(language: str, names: Sequence[str]) -> str:
    """Give some news as a list, what was added before what was mended."""
    texts = assets.news_files()
    kinds = {"added": said("新增"), "changed": said("变化"), "fixed": said("修正")}
    parts = [f"# {said('更新说明')}"]
    for kind, title in kinds.items():
        items = [_fragment(texts[n], language) for n in names if n.endswith(f".{kind}")]
        if items:
            parts += [f"## {title}", *(f"- {item}" for item in items)]
    return "\n\n".join(parts)


def found(language: str, words: str) -> Sequence[tuple[str, str]]:
    """Give the topics in which some words stand."""
    wanted = words.strip().casefold()
    every = topics(language)
    return [t for t in every if wanted in f"{t[1]} {chapter(language, t[0])}".casefold()]


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()


def _fragment(text: str, language: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    chinese = [line for line in lines if _CHINESE.search(line)]
    english = [line for line in lines if not _CHINESE.search(line)]
    told = (chinese if language == "zh" else english) or lines
    return "".join(told) if language == "zh" else " ".join(told)


def _glossary(language: str) -> str:
    rows = cast("Sequence[Mapping[str, str]]", assets.glossary()["term"])
    heads = (said("术语"), said("含义"), said("依据"))
    lines = [f"# {said('术语表')}", "", f"| {' | '.join(heads)} |", "|---|---|---|"]
    other = "en" if language == "zh" else "zh"
    for row in rows:
        term = f"**{row[language]}** {row[other]}"
        lines.append(f"| {term} | {row[f'meaning_{language}']} | {row[f'source_{language}']} |")
    return "\n".join(lines)
