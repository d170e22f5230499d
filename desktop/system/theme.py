"""Colours, type and space of the screens, and which theme they wear."""

from dataclasses import dataclass
from enum import Enum, IntEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from desktop.settings import Theme


class Tone(Enum):
    """What a colour says; red is for absent or overdue, amber for near, and nothing else."""

    TEXT = "text"
    SOFT = "soft"
    ACCENT = "accent"
    GOOD = "good"
    NEAR = "near"
    BAD = "bad"
    STILL = "still"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, as #RRGGBB.

    `page` is behind everything, `surface` is a panel, `sunken` a field or tile within a panel.
    `outline` is what a control is recognised by (3:1 against its surroundings), `line` only parts.
    """

    page: str
    surface: str
    sunken: str
    rail: str
    line: str
    outline: str
    hover: str
    text: str
    soft: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    good_pale: str
    near: str
    near_edge: str
    near_soft: str
    bad: str
    bad_soft: str
    still: str
    still_soft: str
    unknown: str
    unknown_soft: str

    def ink(self, tone: Tone) -> str:
        """The colour of text and shapes of a tone."""
        return str(getattr(self, tone.value))

    def wash(self, tone: Tone) -> str:
        """The quiet background of a tone; its ink stays legible on it."""
        return str(getattr(self, f"{tone.value}_soft", self.sunken))

    def edge(self, tone: Tone) -> str:
        """The coloured edge of a row of a tone; amber needs more light than its ink has."""
        return self.near_edge if tone is Tone.NEAR else self.ink(tone)


LIGHT = Colours(
    page="#F4F5F7",
    surface="#FFFFFF",
    sunken="#F4F5F7",
    rail="#FBFBFC",
    line="#E2E5EA",
    outline="#8A919C",
    hover="#ECEEF1",
    text="#1D2129",
    soft="#5F6672",
    accent="#2457C5",
    accent_hover="#1D48A6",
    on_accent="#FFFFFF",
    accent_soft="#E8EEFB",
    good="#1B7F4D",
    good_soft="#E9F6EF",
    good_pale="#8CCBA8",
    near="#8A5A00",
    near_edge="#E6A700",
    near_soft="#FFF5DB",
    bad="#B3261E",
    bad_soft="#FBE9E7",
    still="#6741B8",
    still_soft="#F0EBFA",
    unknown="#636A76",
    unknown_soft="#EEF0F3",
)

DARK = Colours(
    page="#131518",
    surface="#1C1F23",
    sunken="#131518",
    rail="#17191D",
    line="#2C3036",
    outline="#747B85",
    hover="#272B30",
    text="#E7E9EC",
    soft="#A2A9B3",
    accent="#7FA6FF",
    accent_hover="#9DBBFF",
    on_accent="#0E1420",
    accent_soft="#1E2A45",
    good="#5CC58D",
    good_soft="#16302A",
    good_pale="#2F6B4A",
    near="#F0C04A",
    near_edge="#E6A700",
    near_soft="#352A12",
    bad="#FF8A7A",
    bad_soft="#3A1D1A",
    still="#B79CFF",
    still_soft="#2A2340",
    unknown="#9AA1AB",
    unknown_soft="#24272C",
)


CONTRAST = Colours(
    page="#FEFEFE",
    surface="#FFFFFF",
    sunken="#FFFFFF",
    rail="#FFFFFF",
    line="#000000",
    outline="#000000",
    hover="#E4EBFA",
    text="#000000",
    soft="#1F1F1F",
    accent="#00318F",
    accent_hover="#001F5C",
    on_accent="#FFFFFF",
    accent_soft="#E4EBFA",
    good="#004D26",
    good_soft="#FFFFFF",
    good_pale="#5FA37E",
    near="#4F3200",
    near_edge="#4F3200",
    near_soft="#FFFFFF",
    bad="#7A0C06",
    bad_soft="#FFFFFF",
    still="#3D1A80",
    still_soft="#FFFFFF",
    unknown="#333333",
    unknown_soft="#FFFFFF",
)

_WORN = {each.page: each for each in (LIGHT, DARK, CONTRAST)}


class Size(IntEnum):
    """Type sizes in device-independent pixels."""

    SMALL = 12
    BODY = 14
    SECTION = 15
    PAGE = 18
    NUMBER = 28


class Space(IntEnum):
    """Distances in device-independent pixels."""

    HAIR = 4
    INSIDE = 8
    CARD = 16
    MARGIN = 24


class Radius(IntEnum):
    """Corner radii in device-independent pixels."""

    CONTROL = 8
    CARD = 10


CONTROL_HEIGHT = 36  # px; 32 to 44 by the design
ROW_HEIGHT = 36  # px, in tables


def colours_for(theme: Theme, scheme: Qt.ColorScheme, *, wants_contrast: bool = False) -> Colours:
    """The colours of a theme; SYSTEM follows the desktop's own scheme and wish for contrast."""
    match theme:
        case Theme.CONTRAST:
            return CONTRAST
        case Theme.LIGHT:
            return LIGHT
        case Theme.DARK:
            return DARK
        case Theme.SYSTEM if wants_contrast:
            return CONTRAST
        case Theme.SYSTEM:
            return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def colours() -> Colours:
    """The colours worn now.

    The application's palette is the one place that knows, so whatever paints itself follows a
    change of theme by being painted again.
    """
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window).name().upper()
    return _WORN.get(window, LIGHT)


def palette_of(worn: Colours) -> QPalette:
    """Qt's palette of a theme."""
    palette = QPalette()
    role = QPalette.ColorRole
    roles = {
        role.Window: worn.page, role.WindowText: worn.text, role.Base: worn.surface,
        role.AlternateBase: worn.sunken, role.Text: worn.text, role.Button: worn.surface,
        role.ButtonText: worn.text, role.BrightText: worn.bad, role.Link: worn.accent,
        role.LinkVisited: worn.still, role.Highlight: worn.accent,
        role.HighlightedText: worn.on_accent, role.Accent: worn.accent,
        role.ToolTipBase: worn.surface, role.ToolTipText: worn.text,
        role.PlaceholderText: worn.soft, role.Light: worn.surface, role.Midlight: worn.hover,
        role.Mid: worn.line, role.Dark: worn.outline, role.Shadow: worn.line,
    }  # fmt: skip
    for each, colour in roles.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(worn.outline))
    return palette


def typeface(size: Size = Size.BODY, *, bold: bool = False) -> QFont:
    """The application's face in a size, with digits of equal width."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(size)
    # Half bold would be nicer, but a face without its own bold is thickened for Bold alone.
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return with_equal_digits(font)


def with_equal_digits(font: QFont) -> QFont:
    """Ask a face for tabular digits; one that has none keeps its own."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def contrast(one: str, other: str) -> float:
    """Contrast of two colours from 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    raw = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (raw.redF(), raw.greenF(), raw.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
