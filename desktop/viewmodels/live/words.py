"""Says how windows and cameras are, in the language of the screen."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.organisation import Camera
from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.viewmodels.live.board import CameraNow, Standing, Tally
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.times import lasting
from desktop.viewmodels.wording import sentence
from video.errors import FootageError
from video.messages import CameraStream
from video.vocabulary.observation import Health, HealthCause

OLD_PICTURE_S = 5.0
OFTEN_S = 2.1  # between key frames; more seldom ones alone are not enough
A_DAY_S = 86_400.0

CAUSES: Mapping[HealthCause, str] = {
    HealthCause.NONE: marked("画面正常"),
    HealthCause.NO_FRAMES: marked("没有画面"),
    HealthCause.FROZEN: marked("画面冻结"),
    HealthCause.BLACK_OR_FLAT: marked("画面全黑或无内容"),
    HealthCause.COVERED: marked("镜头被遮挡"),
    HealthCause.DEFOCUSED: marked("画面模糊"),
    HealthCause.MOVED: marked("机位被移动"),
    HealthCause.DECODE_ERRORS: marked("画面损坏"),
    HealthCause.CLOCK_OFF: marked("摄像机时钟不准"),
}


def counting(seconds: float) -> str:
    """A duration that counts on: 06:12, or 1:06:12."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def window_title(post: Post) -> str:
    """A window by its number: 05 号, or by its name where it has a longer one."""
    return said("{0} 号").format(post.window.number) if post.window.number else post.window.name


def standing_said(post: Post, standing: Standing) -> str:
    """A window in one breath, as it is read out: 05号窗口 离岗 规资 刘洋.

    Without its duration: a name that changes every second would never be read to its end.
    """
    return " ".join((post.window.name, standing.look.word, post.who)).strip()


def camera_said(camera: Camera, now: CameraNow, moment: datetime) -> str:
    """How a camera is, in words; who else watches it comes first, then trouble, then health."""
    if camera.retired:
        return said("已停用")
    if now.elsewhere:
        return said("由另一台电脑监看（{0}）").format(now.elsewhere)
    if now.trouble is not None:
        told = sentence(FootageError(now.trouble, camera.name))
        if now.retry_at is None:
            return told
        left = max(0, round((now.retry_at - moment).total_seconds()))
        return f"{told} {said('{0} 秒后重试。').format(left)}" if left else told
    if now.ended:
        return said("录像已播放完毕")
    remark = _stream_remark(now) if now.cause is HealthCause.NONE else ""
    return remark or cause_said(now.cause, now.clock_off_s)


def _stream_remark(now: CameraNow) -> str:
    """What to know of a picture that is fine."""
    if now.main_trouble is not None:
        return said("画面正常，主码流连不上，取证暂用子码流")
    sparse = now.stream is not None and is_sparse(now.stream)
    return said("画面正常，关键帧太疏") if sparse else ""


def cause_said(cause: HealthCause, clock_off_s: float | None = None) -> str:
    """Say why a picture cannot be judged; of a wrong clock also by how much it is wrong."""
    if cause is not HealthCause.CLOCK_OFF or clock_off_s is None:
        return said(CAUSES[cause])
    if abs(clock_off_s) >= A_DAY_S:
        days = round(abs(clock_off_s) / A_DAY_S)
        words = said("摄像机时钟快 {0} 天") if clock_off_s > 0 else said("摄像机时钟慢 {0} 天")
        return words.format(days)
    words = said("摄像机时钟快 {0}") if clock_off_s > 0 else said("摄像机时钟慢 {0}")
    return words.format(lasting(abs(clock_off_s)))


def is_sparse(stream: CameraStream) -> bool:
    """Whether key frames come so seldom that every picture has to be decoded."""
    return stream.key_spacing_s is not None and stream.key_spacing_s > OFTEN_S


def camera_tone(now: CameraNow, *, old: bool) -> Tone:
    """How loudly a camera's health is shown: red stays for absences."""
    if now.elsewhere:
        return Tone.SOFT
    if now.trouble is not None or now.health is not Health.OK or old:
        return Tone.NEAR
    return Tone.SOFT


def picture_age_said(age_s: float | None) -> str:
    """Say that a picture is old; nothing while it is fresh."""
    if age_s is None:
        return said("等待第一幅画面")
    return said("画面停在 {0}前").format(lasting(age_s)) if age_s > OLD_PICTURE_S else ""


def tally_said(tally: Tally) -> tuple[str, Tone]:
    """What to know beside the number of windows on post."""
    parts = [
        (tally.absent, said("{0} 离岗")),
        (tally.unknown, said("{0} 无法判断")),
        (tally.off, said("{0} 未安排在岗")),
        (tally.elsewhere, said("{0} 由其他电脑监看")),
    ]
    told = " · ".join(text.format(count) for count, text in parts if count)
    tone = Tone.BAD if tally.absent else Tone.SOFT
    return told or said("全部有人在岗"), tone
