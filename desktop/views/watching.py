"""The pages that watch: today, the live wall, timelines, cameras and their zones."""

from functools import partial

from desktop.system.language import said
from desktop.viewmodels.watching import Watching
from desktop.views.cameras.page import CamerasPage
from desktop.views.kit.icons import Icon
from desktop.views.page import PageEntry
from desktop.views.timeline.page import TimelinePage
from desktop.views.today.page import TodayPage
from desktop.views.wall.page import WallPage


def watching_pages(watching: Watching) -> list[PageEntry]:
    """Give the pages; their state lives in the view-models, so they can be built again."""
    return [
        PageEntry("today", Icon.TODAY, _today, partial(TodayPage, watching)),
        PageEntry(
            "wall",
            Icon.VIDEO,
            _wall,
            partial(WallPage, watching.live, watching.duties, watching.alerts),
        ),
        PageEntry(
            "timeline",
            Icon.CLOCK,
            _timeline,
            partial(TimelinePage, watching.program, watching.live),
        ),
        PageEntry(
            "cameras",
            Icon.CAMERA,
            _cameras,
            partial(CamerasPage, watching.zones, watching.cameras, watching.recordings),
        ),
    ]


def _today() -> str:
    return said("今日")


def _wall() -> str:
    return said("视频监察")


def _timeline() -> str:
    return said("窗口时间线")


def _cameras() -> str:
    return said("摄像机与区域")
