"""The language of the screens, changed while the program runs.

Chinese is written in the code. Other languages are catalogues of TOML files, one a topic, in
`resources/translations/<language>/`: `"中文" = "English"`, or a pair for one and for several; a
table named like the disambiguation holds what has two meanings.
"""

import tomllib
from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import (
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
)

from desktop import assets
from desktop.settings import Language

Entry = str | list[str]


class Catalogue(QTranslator):
    """Translates by the Chinese text alone; the class that shows it does not matter."""

    def __init__(self, entries: Mapping[tuple[str, str], Entry], parent: QObject) -> None:
        super().__init__(parent)
        self._entries = entries

    def isEmpty(self) -> bool:  # noqa: N802  (Qt's name)
        """Never empty, or Qt would not announce the change of language."""
        return False

    def translate(
        self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Answer the translation, or None for the source text itself."""
        entry = self._entries.get((disambiguation or "", source))
        if isinstance(entry, list):
            return entry[0] if n == 1 else entry[-1]
        return entry


class Translators:
    """Installs the translators of one language in place of those of the last."""

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []
        self.language = Language.CHINESE

    def speak(self, wanted: Language) -> None:
        """Change the language now; every widget is told by a LanguageChange event."""
        self.language = spoken(wanted)
        while self._installed:
            self._application.removeTranslator(self._installed.pop())
        QLocale.setDefault(QLocale(self.language.value))
        for translator in self._translators():
            self._application.installTranslator(translator)
            self._installed.append(translator)

    def _translators(self) -> list[QTranslator]:
        if self.language is Language.ENGLISH:
            return [Catalogue(catalogue_of(Language.ENGLISH), self._application)]
        of_qt = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        return [of_qt] if of_qt.load("qtbase_zh_CN", folder) else []


def spoken(wanted: Language) -> Language:
    """Resolve SYSTEM: Chinese where the desktop speaks Chinese, else English."""
    if wanted is not Language.SYSTEM:
        return wanted
    chinese = QLocale.system().language() is QLocale.Language.Chinese
    return Language.CHINESE if chinese else Language.ENGLISH


def catalogue_of(language: Language) -> Mapping[tuple[str, str], Entry]:
    """Read every topic of a language: translations by disambiguation and Chinese text."""
    entries: dict[tuple[str, str], Entry] = {}
    for text in assets.translation_files(language.value).values():
        for name, value in tomllib.loads(text).items():
            if isinstance(value, dict):
                entries |= {(name, source): cast(Entry, said) for source, said in value.items()}
            else:
                entries["", name] = value
    return entries


def joined(*sentences: str) -> str:
    """Put sentences one after another, as the current language spaces them."""
    # A Chinese full stop carries its own space.
    space = said("。", "between sentences").removeprefix("。")
    return space.join(each for each in sentences if each)


def marked(text: str) -> str:
    """Mark a text for translation where it is only kept; `said` translates it when shown."""
    return text


def said(text: str, disambiguation: str = "", n: int = -1) -> str:
    """Say a marked text in the current language; `n` chooses between one and several."""
    return QCoreApplication.translate("", text, disambiguation, n)


def headed(text: str) -> str:
    """Begin a word that stands alone with a capital, where its script has them."""
    return text[:1].upper() + text[1:]
