"""Where the program keeps what it keeps: one home a user, or the one that the user names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "HALLWATCH_HOME"


@dataclass(frozen=True, slots=True)
class Paths:
    """Every place under one home; nothing is created by asking."""

    home: Path

    @property
    def store(self) -> Path:
        """Folder of the case file."""
        return self.home / "store"

    @property
    def vault(self) -> Path:
        """Folder of sealed evidence."""
        return self.home / "vault"

    @property
    def backups(self) -> Path:
        """Folder of verified copies of the case file."""
        return self.home / "backups"

    @property
    def secrets(self) -> Path:
        """File with the keys, sealed by a PIN, where the system has no keyring."""
        return self.home / "keys.sealed"

    @property
    def settings(self) -> Path:
        """File with the settings."""
        return self.home / "settings.toml"

    @property
    def layout(self) -> Path:
        """File with the columns of tables as the user left them."""
        return self.home / "layout.ini"

    @property
    def logs(self) -> Path:
        """Folder of rotating logs."""
        return self.home / "logs"

    @property
    def crashes(self) -> Path:
        """Folder of crash reports."""
        return self.home / "crashes"

    @property
    def server(self) -> Path:
        """Folder of the embedded central server."""
        return self.home / "server"

    @property
    def demonstration(self) -> "Paths":
        """The places of the demonstration, which shares nothing with the user's own."""
        return Paths(self.home / "demonstration")

    @property
    def papers(self) -> Path:
        """Folder offered first when a paper or report is exported."""
        return self.home / "papers"


def standard_paths(environment: Mapping[str, str]) -> Paths:
    """Answer the user's home of the program: the variable HALLWATCH_HOME, else the platform's."""
    named = environment.get(HOME_VARIABLE, "").strip()
    if named:
        return Paths(Path(named).expanduser().absolute())
    return Paths(platformdirs.user_data_path("Hallwatch", appauthor=False))
