"""All that one camera's tile tells at one moment, in words and looks."""

from dataclasses import dataclass

from desktop.domain.identifiers import CameraId
from desktop.system.theme import Tone
from desktop.viewmodels.live.board import Standing
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.live.words import (
    OLD_PICTURE_S,
    camera_said,
    camera_tone,
    picture_age_said,
    standing_said,
)
from desktop.viewmodels.times import clock


@dataclass(frozen=True, slots=True)
class Glance:
    """A camera at one moment.

    Attributes:
        remark: when its picture was taken; in the tone of its health.
        caption: what must not be overlooked on the picture; "" while all is well.
    """

    name: str
    windows: tuple[tuple[Post, Standing], ...] = ()
    remark: str = ""
    tone: Tone = Tone.SOFT
    caption: str = ""

    @property
    def alarmed(self) -> bool:
        """Whether a window is empty that should not be."""
        return any(standing.is_absent for _, standing in self.windows)

    @property
    def read_out(self) -> str:
        """Everything in one breath."""
        parts = [standing_said(post, standing) for post, standing in self.windows]
        return "；".join([self.caption, *parts] if self.caption else parts)


def glance_at(live: LiveWatch, camera_id: CameraId) -> Glance:
    """Look at one camera now."""
    camera, now, moment = live.roll.cameras[camera_id], live.board.camera(camera_id), live.now()
    picture = live.pictures.of(camera_id)
    age_s = (moment - picture.came_at).total_seconds() if picture else None
    old = age_s is not None and age_s > OLD_PICTURE_S
    troubled = camera_tone(now, old=False) is not Tone.SOFT or now.ended or now.elsewhere
    return Glance(
        camera.name,
        tuple((post, live.standing(post.window.id)) for post in live.roll.seen_by(camera_id)),
        clock(picture.taken_at) if picture else "",
        camera_tone(now, old=old),
        camera_said(camera, now, moment) if troubled else picture_age_said(age_s),
    )
