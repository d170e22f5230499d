"""What a user may set, with its kind, its range and its default."""

import json
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from video.vocabulary.model import Device, ModelFamily


class Language(Enum):
    """Language of the screens."""

    SYSTEM = "system"
    CHINESE = "zh_CN"
    ENGLISH = "en"


class Theme(Enum):
    """Colours of the screens."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Traffic(Enum):
    """What the line to the server costs."""

    FREE = "free"
    METERED = "metered"


class SettingsTrouble(Enum):
    """Why settings cannot be had or kept."""

    UNREADABLE = "unreadable"
    NOT_WRITABLE = "not_writable"
    WRONG_KIND = "wrong_kind"
    OUT_OF_RANGE = "out_of_range"
    BAD_ADDRESS = "bad_address"


class SettingsError(Exception):
    """A setting that cannot be taken.

    Attributes:
        trouble: the reason, a closed set.
        name: the setting, or "" when the whole file is meant.
        allowed: what would do: a range, or the values of an enum.
    """

    def __init__(self, trouble: SettingsTrouble, name: str = "", allowed: str = "") -> None:
        super().__init__(trouble, name, allowed)
        self.trouble = trouble
        self.name = name
        self.allowed = allowed


def _between(default: float, low: float, high: float) -> Any:  # Any: `field` types as its default
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one user on one device; every value has been checked.

    `server_url` is empty for the embedded server, `proxy_url` for none, `authorities_file` for the
    public certificate authorities; `sync_limit_kb` is in kilobytes a second, 0 for none.
    `model_file` is an ONNX file that finds persons, empty for the program's own model; it must have
    the digest that it was tried with. What holds for a whole hall stands in its rules, not here.
    """

    language: Language = Language.CHINESE
    theme: Theme = Theme.SYSTEM
    scale_percent: int = _between(100, 100, 300)
    server_url: str = ""
    sync_every_s: int = _between(30, 5, 3600)
    proxy_url: str = ""
    authorities_file: str = ""
    sync_limit_kb: int = _between(0, 0, 1_000_000)
    traffic: Traffic = Traffic.FREE
    preview_per_second: float = _between(2.0, 0.2, 10.0)
    lock_after_min: int = _between(10, 1, 240)
    alert_sound: bool = False
    stay_in_tray: bool = False
    start_with_machine: bool = False
    keep_awake: bool = True
    keep_free_mb: int = _between(512, 0, 1_000_000)
    keep_backups: int = _between(10, 1, 365)
    keep_clips_days: int = _between(90, 1, 3650)
    keep_pictures_days: int = _between(365, 1, 3650)
    evidence_quota_gb: int = _between(0, 0, 100_000)
    model_file: str = ""
    model_sha256: str = ""
    model_family: ModelFamily = ModelFamily.YOLOX
    model_device: Device = Device.CPU

    def __post_init__(self) -> None:
        for each in fields(self):
            _check_kind(each.name, getattr(self, each.name), type(each.default))
            _check_range(each.name, getattr(self, each.name), each.metadata)
        _check_address(self.server_url)
        _check_proxy(self.proxy_url)
        if self.model_file and not re.fullmatch("[0-9a-f]{64}", self.model_sha256):
            raise SettingsError(SettingsTrouble.OUT_OF_RANGE, "model_sha256", "SHA-256")

    def with_values(self, **changes: object) -> "Settings":
        """Answer the settings with some values changed.

        Raises:
            SettingsError: a value is of the wrong kind or out of its range.
        """
        return replace(self, **changes)  # type: ignore[arg-type]  # checked in __post_init__


def load_settings(file: Path) -> Settings:
    """Read the settings; a missing file means the defaults, an unknown name is left alone.

    Raises:
        SettingsError: which setting, why, and what would do.
    """
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(SettingsTrouble.UNREADABLE) from error
    known = {each.name: each for each in fields(Settings)}
    return Settings(
        **{name: _from_toml(name, raw[name], known[name].default) for name in known if name in raw}
    )


def save_settings(file: Path, settings: Settings) -> None:
    """Write the settings whole or not at all.

    Raises:
        SettingsError: NOT_WRITABLE.
    """
    values = ((each.name, getattr(settings, each.name)) for each in fields(settings))
    lines = [f"{name} = {_to_toml(value)}\n" for name, value in values]
    temp = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with temp.open("x", encoding="utf-8", newline="\n") as handle:
            handle.writelines(lines)
            handle.flush()
            os.fsync(handle.fileno())
        temp.replace(file)
    except OSError as error:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
        raise SettingsError(SettingsTrouble.NOT_WRITABLE) from error


def _from_toml(name: str, value: object, default: object) -> Any:  # Any: a value of its own kind
    if isinstance(default, Enum):
        kind = type(default)
        try:
            return kind(value)
        except ValueError as error:
            allowed = ", ".join(str(each.value) for each in kind)
            raise SettingsError(SettingsTrouble.OUT_OF_RANGE, name, allowed) from error
    if isinstance(default, float) and type(value) is int:
        return float(value)
    return value


def _to_toml(value: object) -> str:
    """A JSON scalar is a TOML scalar."""
    return json.dumps(value.value if isinstance(value, Enum) else value, ensure_ascii=False)


def _check_kind(name: str, value: object, kind: type) -> None:
    if type(value) is not kind:
        raise SettingsError(SettingsTrouble.WRONG_KIND, name, kind.__name__)


def _check_range(name: str, value: float, limits: Mapping[str, Any]) -> None:
    if limits and not limits["low"] <= value <= limits["high"]:
        allowed = f"{limits['low']}–{limits['high']}"
        raise SettingsError(SettingsTrouble.OUT_OF_RANGE, name, allowed)


def _check_address(url: str) -> None:
    """Take https, and plain http on this machine only: passwords travel over it."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SettingsError(SettingsTrouble.BAD_ADDRESS, "server_url", "https://…") from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    if not (safe and host) or parts.username or parts.password or parts.query or parts.fragment:
        raise SettingsError(SettingsTrouble.BAD_ADDRESS, "server_url", "https://…")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check_proxy(url: str) -> None:
    """Take a host and a port; a proxy that wants a password is not for a file of settings."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname and parts.port)
    except ValueError as error:
        raise SettingsError(SettingsTrouble.BAD_ADDRESS, "proxy_url", "http://…:3128") from error
    if not fits or parts.username or parts.password or parts.path.strip("/") or parts.query:
        raise SettingsError(SettingsTrouble.BAD_ADDRESS, "proxy_url", "http://…:3128")
