"""Settings as a screen shows them: kind, range, default, and when a change takes effect."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.settings import (
    Language,
    Settings,
    SettingsError,
    Theme,
    Traffic,
    load_settings,
    save_settings,
)
from desktop.system.language import joined, marked, said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence, setting_name

T = TypeVar("T")


class Group(Enum):
    """Settings that belong together."""

    SCREEN = "screen"
    SUPERVISION = "supervision"
    SERVER = "server"
    STORE = "store"


_GROUPS: Mapping[Group, tuple[str, ...]] = {
    Group.SCREEN: ("language", "theme", "scale_percent", "lock_after_min"),
    Group.SUPERVISION: (
        "preview_per_second",
        "alert_sound",
        "stay_in_tray",
        "start_with_machine",
        "keep_awake",
    ),
    Group.SERVER: (
        "server_url",
        "sync_every_s",
        "traffic",
        "sync_limit_kb",
        "proxy_url",
        "authorities_file",
    ),
    Group.STORE: (
        "keep_free_mb",
        "keep_backups",
        "keep_clips_days",
        "keep_pictures_days",
        "evidence_quota_gb",
    ),
}
_TITLES: Mapping[Group, str] = {
    Group.SCREEN: marked("界面与锁定"),
    Group.SUPERVISION: marked("视频监察"),
    Group.SERVER: marked("服务器与同步"),
    Group.STORE: marked("存储与备份"),
}
# What is read once: before the first window, before the case file is open, by the other process.
_NEXT_TIME = {"scale_percent", "server_url", "keep_free_mb"}
# A model is tried on a machine before it is used there; it does not come with a file.
_OF_THIS_MACHINE = ("model_file", "model_sha256", "model_family", "model_device")
_VALUES: Mapping[Enum | bool, str] = {
    True: marked("开启"),
    False: marked("不开启"),
    Language.SYSTEM: marked("跟随系统"),
    Language.CHINESE: marked("中文"),
    Language.ENGLISH: marked("英文"),
    Theme.SYSTEM: marked("跟随系统"),
    Theme.LIGHT: marked("浅色"),
    Theme.DARK: marked("深色"),
    Theme.CONTRAST: marked("高对比度"),
    Traffic.FREE: marked("不限流量"),
    Traffic.METERED: marked("按流量计费"),
}
_HINTS: Mapping[str, str] = {
    "alert_sound": marked("窗口离岗达到提醒时长时响一声；声音由系统的提示音决定。"),
    "theme": marked("“跟随系统”时，系统要求高对比度就用高对比度。"),
    "scale_percent": marked("文字和按钮一起放大，在系统的缩放之上。"),
    "server_url": marked("留空时使用本机自带的服务器。"),
    "traffic": marked("按流量计费时只同步记录、公文和小图，照片和录像等到换回不限流量的网络。"),
    "sync_limit_kb": marked("0 表示不限速。"),
    "proxy_url": marked("留空时不用代理，也不理会系统的代理设置。"),
    "authorities_file": marked("单位自建证书的 PEM 文件；留空时使用公共证书机构。"),
    "preview_per_second": marked("只影响监看画面，不影响识别。"),
    "stay_in_tray": marked("关闭窗口后程序留在系统托盘，监看不中断；系统没有托盘时照常退出。"),
    "start_with_machine": marked("登录系统时自动打开程序并开始监看，窗口收起。"),
    "keep_awake": marked("监看网络摄像机期间不让电脑自动睡眠，屏幕仍可关闭。"),
    "keep_clips_days": marked("自认定为不属实起计；未决、属实、已发牌和标记保留的一律不删。"),
    "keep_pictures_days": marked("自认定为不属实起计；判断记录和证据清单长期保存。"),
    "evidence_quota_gb": marked("0 表示不限。到八成时提醒；超出时先删不属实的旧录像，再删照片。"),
    "keep_free_mb": marked("低于此空间时停止写入证据并提醒。"),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as a screen offers it.

    Attributes:
        low, high: the range of a number, None for others.
        options: value and word of each choice, empty for others.
        at_once: a change shows now; else when the program opens next.
    """

    name: str
    label: str
    hint: str
    value: object
    default: object
    low: float | None
    high: float | None
    options: tuple[tuple[object, str], ...]
    at_once: bool


class Background(Protocol):
    """The desk, as far as it does slow things elsewhere."""

    def run(self, job: Callable[[], T]) -> "Future[T]":
        """Do something slow."""


class Preferences(QObject):
    """The settings of this user on this device; a change is checked, shown and written down."""

    changed = Signal(object)  # the new Settings
    saved = Signal()
    exported = Signal(str)  # the file's name
    imported = Signal(str)
    refused = Signal(str, str)  # name of the setting, or "" for all of them; the sentence

    def __init__(
        self, settings: Settings, file: Path, desk: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.settings, self._file, self._desk = settings, file, desk
        self._answers = Answers(self)
        self._exporting = self._importing = ""

    def groups(self) -> tuple[tuple[str, tuple[Setting, ...]], ...]:
        """All settings by group, in the current language."""
        return tuple(
            (said(_TITLES[group]), tuple(self.setting(name) for name in names))
            for group, names in _GROUPS.items()
        )

    def setting(self, name: str) -> Setting:
        """One setting."""
        rule = next(each for each in fields(Settings) if each.name == name)
        value = getattr(self.settings, name)
        kind = type(rule.default)
        choices = tuple((each, said(_VALUES[each])) for each in _choices(kind))
        return Setting(
            name,
            setting_name(name),
            self._hint(name, _worded(rule.default), rule.metadata),
            value,
            rule.default,
            rule.metadata.get("low"),
            rule.metadata.get("high"),
            choices,
            name not in _NEXT_TIME,
        )

    def change(self, name: str, value: object) -> None:
        """Take a new value, or say why not."""
        if value == getattr(self.settings, name):
            return
        try:
            self.adopt(**{name: value})
        except SettingsError as error:
            self.refused.emit(name, sentence(error))

    def adopt(self, **values: object) -> None:
        """Take new values that belong together.

        Raises:
            SettingsError: they do not fit one another.
        """
        self.settings = self.settings.with_values(**values)
        self.changed.emit(self.settings)
        self._save()

    def export(self, file: Path) -> None:
        """Write all settings to a file; none of them is a secret."""
        self._exporting = file.name
        future = self._desk.run(_Saving(file, self.settings))
        self._answers.ask(future, self._exported, self._refuse)

    def take_in(self, file: Path) -> None:
        """Take all settings of a file that was written by `export`, or none of them."""
        self._importing = file.name
        self._answers.ask(self._desk.run(_Loading(file)), self._imported, self._refuse)

    def reset(self, name: str) -> None:
        """Go back to the default."""
        self.change(name, self.setting(name).default)

    def _hint(self, name: str, default: str, limits: Mapping[str, float]) -> str:
        parts = [said(_HINTS[name])] if name in _HINTS else []
        if limits:
            told = said("范围 {0}–{1}，默认 {2}。")
            parts.append(told.format(limits["low"], limits["high"], default))
        elif default:
            parts.append(said("默认：{0}。").format(default))
        if name in _NEXT_TIME:
            parts.append(said("下次打开程序时生效。"))
        return joined(*parts)

    def _save(self) -> None:
        future = self._desk.run(_Saving(self._file, self.settings))
        self._answers.ask(future, self._saved, self._refuse, "save")

    def _exported(self, _: object) -> None:
        self.exported.emit(self._exporting)

    def _imported(self, settings: Settings) -> None:
        own = {name: getattr(self.settings, name) for name in _OF_THIS_MACHINE}
        self.settings = settings.with_values(**own)
        self.changed.emit(self.settings)
        self._save()
        self.imported.emit(self._importing)

    def _saved(self, _: object) -> None:
        self.saved.emit()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit("", sentence(error))


def _worded(value: object) -> str:
    return said(_VALUES[value]) if isinstance(value, Enum | bool) else str(value)


def _choices(kind: type) -> tuple[Enum | bool, ...]:
    if kind is bool:
        return (True, False)
    return tuple(kind) if issubclass(kind, Enum) else ()


@dataclass(frozen=True, slots=True)
class _Saving:
    file: Path
    settings: Settings

    def __call__(self) -> None:
        save_settings(self.file, self.settings)


@dataclass(frozen=True, slots=True)
class _Loading:
    file: Path

    def __call__(self) -> Settings:
        return load_settings(self.file)
