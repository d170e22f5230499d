"""Finds the faces an official paper asks for, and says what it took instead.

The office's own 仿宋, 小标宋, 黑体 and 楷体 come first; they are licensed and never shipped. Only
TrueType outlines that may be embedded are taken.
"""

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont as FontFile
from fontTools.ttLib import TTLibError
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop.documents.errors import DocumentError, DocumentTrouble

log = logging.getLogger(__name__)


class Face(Enum):
    """Faces by what GB/T 9704 uses them for."""

    BODY = "仿宋"
    TITLE = "小标宋"
    HEAVY = "黑体"
    KAI = "楷体"
    DIGITS = "宋体"


# File names: the faces that the standard and its users name, then what comes near.
_OFFICIAL: Mapping[Face, tuple[str, ...]] = {
    Face.BODY: ("仿宋_GB2312.ttf", "simfang.ttf", "FZFSK.TTF", "STFANGSO.TTF"),
    Face.TITLE: ("FZXBSJW.TTF", "FZXBSK.TTF", "方正小标宋简体.ttf"),
    Face.HEAVY: ("simhei.ttf",),
    Face.KAI: ("楷体_GB2312.ttf", "simkai.ttf", "STKAITI.TTF"),
    Face.DIGITS: ("simsun.ttc", "STSONG.TTF"),
}
_NEAR: Mapping[Face, tuple[str, ...]] = {
    Face.BODY: (),
    Face.TITLE: ("STZHONGS.TTF", "simsun.ttc", "STSONG.TTF", "uming.ttc"),
    Face.HEAVY: ("STXIHEI.TTF", "wqy-microhei.ttc"),
    Face.KAI: (),
    Face.DIGITS: ("uming.ttc",),
}
_LAST = ("LXGWWenKai-Regular.ttf", "uming.ttc", "wqy-microhei.ttc")
_ASTRAL = re.compile(r"<([0-9A-F]{5,6})>")
_RESTRICTED = 0x0002  # OS/2 fsType: the licence forbids embedding


@dataclass(frozen=True, slots=True)
class Taken:
    """Which file stands in for a face; `official` when it is one the standard names."""

    face: Face
    file_name: str
    official: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one registered font."""

    font: str
    text: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character's registered font, and its width at a size of one point."""

    font: str
    advance: float


class FontBook:
    """The faces of one machine, each with the fonts that step in for missing characters."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        """Look for faces.

        Raises:
            DocumentError: NO_FONT when not even the shipped fallback can be read.
        """
        self._folders = _font_folders() if folders is None else folders
        found = _index(self._folders)
        self._chains: dict[Face, tuple[TTFont, ...]] = {}
        self._glyphs = {face: _Glyphs(self, face) for face in Face}
        self._strangers: dict[str, TTFont | None] = {}
        self.taken: tuple[Taken, ...] = ()
        for face in Face:
            chain = tuple(_registered(_chain(face, found)))
            if not chain:
                raise DocumentError(DocumentTrouble.NO_FONT, face.value)
            self._chains[face] = chain
            name = Path(str(chain[0].face.filename)).name
            self.taken += (Taken(face, name, _is_official(face, name)),)

        # Every page begins with this font; Helvetica would stand in the file without its outlines.
        rl_config.canvas_basefontname = self._chains[Face.BODY][0].fontName
        rl_config.useA85 = 0  # streams need no disguise as text; a quarter smaller without

    def runs(self, face: Face, text: str) -> list[Run]:
        """Split text by the font that has each character.

        Raises:
            DocumentError: NO_GLYPH with the character that no font has.
        """
        runs: list[Run] = []
        for character in text:
            font = self.glyph(face, character).font
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + character)
            else:
                runs.append(Run(font, character))
        return runs

    def width(self, face: Face, text: str, size: float) -> float:
        """Measure text in points."""
        return sum(self.glyph(face, character).advance for character in text) * size

    def glyph(self, face: Face, character: str) -> Glyph:
        """Find the font that has a character, and how wide it is there.

        Raises:
            DocumentError: NO_GLYPH with the character that no font has.
        """
        return self._glyphs[face][character]

    def glyphs(self, face: Face) -> Mapping[str, Glyph]:
        """Give a face's glyphs, each found when it is asked for; as `glyph`, for many at once."""
        return self._glyphs[face]

    def found(self, face: Face, character: str) -> Glyph:
        """Look for a character, and measure it.

        Raises:
            DocumentError: NO_GLYPH with the character that no font has.
        """
        font = self._font_for(face, character)
        width = float(pdfmetrics.stringWidth(character, font.fontName, 1000)) / 1000
        return Glyph(font.fontName, width)

    def _font_for(self, face: Face, character: str) -> TTFont:
        for font in self._chains[face]:
            if ord(character) in font.face.charToGlyph:
                return font
        if character not in self._strangers:
            self._strangers[character] = next(self._having(character), None)
        if stranger := self._strangers[character]:
            return stranger
        raise DocumentError(DocumentTrouble.NO_GLYPH, character)

    def _having(self, character: str) -> Iterator[TTFont]:
        """Look for a rare character in every font of the machine; it takes a moment, once."""
        having = (path for path in _files(self._folders) if _has(path, character))
        for font in _registered(having):
            if ord(character) in font.face.charToGlyph:
                log.info("U+%04X is printed with %s", ord(character), font.fontName)
                yield font


class _Glyphs(dict[str, Glyph]):
    """The glyphs of one face that were asked for; what is known costs no call."""

    def __init__(self, book: FontBook, face: Face) -> None:
        super().__init__()
        self._book, self._face = book, face

    def __missing__(self, character: str) -> Glyph:
        found = self[character] = self._book.found(self._face, character)
        return found


@lru_cache(maxsize=1)
def machine_fonts() -> FontBook:
    """Give the faces of this machine; looked for once."""
    book = FontBook()
    for taken in book.taken:
        log.info("face %s is printed with %s", taken.face.name, taken.file_name)
    return book


def _chain(face: Face, found: Mapping[str, Path]) -> Iterator[Path]:
    names = (*_OFFICIAL[face], *_NEAR[face], *_LAST)
    for name in dict.fromkeys(name.casefold() for name in names):
        if name in found:
            yield found[name]


def _is_official(face: Face, file_name: str) -> bool:
    return file_name.casefold() in {name.casefold() for name in _OFFICIAL[face]}


def _index(folders: Iterable[Path]) -> dict[str, Path]:
    lists = (*_OFFICIAL.values(), *_NEAR.values(), _LAST)
    wanted = {name.casefold() for names in lists for name in names}
    found: dict[str, Path] = {}
    for path in _files(folders):
        name = path.name.casefold()
        if name in wanted:
            found.setdefault(name, path)
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    """Give all TrueType files."""
    for folder in folders:
        yield from sorted(folder.rglob("*.tt[fc]")) + sorted(folder.rglob("*.TT[FC]"))


def _font_folders() -> list[Path]:
    """Name the places where systems keep fonts, the user's own first, the shipped one last."""
    environment = os.environ
    named = [
        Path(environment["LOCALAPPDATA"]) / "Microsoft" / "Windows" / "Fonts"
        if "LOCALAPPDATA" in environment
        else None,
        Path(environment["WINDIR"]) / "Fonts" if "WINDIR" in environment else None,
        Path.home() / ".local" / "share" / "fonts",
        Path.home() / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        Path("/Library/Fonts"),
    ]
    shipped = Path(str(files("paperang_p2_fonts_cjk").joinpath("fonts")))
    return [place for place in (*named, shipped) if place and place.is_dir()]


def _registered(paths: Iterable[Path]) -> Iterator[TTFont]:
    for path in paths:
        name = f"hw-{path.stem}"
        if name in pdfmetrics.getRegisteredFontNames():
            yield pdfmetrics.getFont(name)
        elif _may_embed(path):
            try:
                font = _PaperFont(name, str(path))
            except (TTFError, OSError):
                log.warning("font %s could not be read", path.name)
                continue
            pdfmetrics.registerFont(font)
            yield font


class _PaperFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A font whose characters beyond U+FFFF can be copied and searched.

    reportlab writes them into the character map as five digits; PDF wants UTF-16 (9.10.3). It also
    copies all outlines of the file, ten megabytes and more, for each subset that it cuts from them.
    """

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path, subfontIndex=0)
        self._copy_of = self.face.get_table
        self.face.get_table = self._table

    def _table(self, tag: str) -> "bytes | _Outlines":
        if tag == "glyf":
            return _Outlines(self.face._ttf_data, self.face.get_table_pos(tag)[0])
        return bytes(self._copy_of(tag))

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
        """Add the font's objects, its character maps set right."""
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and isinstance(thing.content, str):
                thing.content = _ASTRAL.sub(_in_utf16, thing.content)


@dataclass(frozen=True, slots=True)
class _Outlines:
    """The outlines where they lie in the file; a slice is a copy of one."""

    data: bytes
    start: int

    def __getitem__(self, part: slice) -> bytes:
        return self.data[self.start + part.start : self.start + part.stop]


def _in_utf16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


def _has(path: Path, character: str) -> bool:
    try:
        with FontFile(path, fontNumber=0, lazy=True) as font:
            return ord(character) in (font.getBestCmap() or {})
    except (TTLibError, OSError, KeyError):
        return False


def _may_embed(path: Path) -> bool:
    try:
        with FontFile(path, fontNumber=0, lazy=True) as font:
            return "glyf" in font and not font["OS/2"].fsType & _RESTRICTED
    except (TTLibError, OSError, KeyError):
        return False
