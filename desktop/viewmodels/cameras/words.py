"""Says what cameras are, what their streams mean and what is wrong with an address."""

from collections.abc import Mapping

from desktop.domain.cameras import AddressTrouble
from desktop.domain.organisation import CameraKind, Transport, WindowKind
from desktop.system.language import joined, marked, said
from desktop.system.theme import Tone
from desktop.viewmodels.live.words import is_sparse
from desktop.viewmodels.wording import sentence
from video.errors import FootageError, FootageTrouble
from video.messages import CameraStream

KINDS: Mapping[CameraKind, str] = {
    CameraKind.RTSP: marked("网络摄像机（RTSP）"),
    CameraKind.USB: marked("USB 摄像头"),
    CameraKind.STILLS: marked("图片文件夹"),
    CameraKind.FILE: marked("录像文件"),
    CameraKind.DRAWN: marked("演示画面（绘制）"),
}

KIND_HINTS: Mapping[CameraKind, str] = {
    CameraKind.RTSP: marked("摄像机或录像机通过网络送出画面。大厅里的摄像机一般都是这一种。"),
    CameraKind.USB: marked("插在这台电脑上的摄像头。同一时间只能由一个程序使用。"),
    CameraKind.STILLS: marked("摄像机定时上传图片的文件夹，例如 FTP 抓拍。只看新来的图片。"),
    CameraKind.FILE: marked("从头播放一个录像文件，用来试用或演示。"),
    CameraKind.DRAWN: marked("程序自己画的大厅，没有真人，用来学习和演示。"),
}

ADDRESS_LABELS: Mapping[CameraKind, str] = {
    CameraKind.RTSP: marked("画面地址"),
    CameraKind.USB: marked("第几个摄像头"),
    CameraKind.STILLS: marked("图片文件夹"),
    CameraKind.FILE: marked("录像文件"),
    CameraKind.DRAWN: marked("演示场景"),
}

ADDRESS_HINTS: Mapping[CameraKind, str] = {
    CameraKind.RTSP: marked(
        "海康威视：rtsp://IP:554/Streaming/Channels/102；大华："
        "rtsp://IP:554/cam/realmonitor?channel=1&subtype=1；其他品牌见说明书。"
    ),
    CameraKind.USB: marked("只插了一个就选第一个。"),
    CameraKind.STILLS: marked("至少每 2 秒一张；间隔超过 5 秒的时间记为无法判断。"),
    CameraKind.FILE: marked("每次开始监看都从头播放一遍。"),
    CameraKind.DRAWN: marked("程序自带的演示场景。"),
}

TRANSPORTS: Mapping[Transport, str] = {
    Transport.TCP: marked("TCP（不丢包，推荐）"),
    Transport.UDP: marked("UDP（个别老设备只支持这种）"),
}

WINDOW_KINDS: Mapping[WindowKind, str] = {
    WindowKind.UNIT: marked("部门窗口"),
    WindowKind.GENERAL: marked("综合窗口"),
    WindowKind.ADVICE: marked("咨询导办"),
    WindowKind.SELF_SERVICE: marked("自助窗口（无人值守）"),
}

ADDRESSES: Mapping[AddressTrouble, str] = {
    AddressTrouble.EMPTY: marked("请填写画面从哪里来。"),
    AddressTrouble.NOT_RTSP: marked("地址要以 rtsp:// 开头，例如 rtsp://192.168.1.64:554/…"),
    AddressTrouble.NO_HOST: marked("地址里没有摄像机的 IP 或主机名。"),
    AddressTrouble.NO_NUMBER: marked("请选择第几个摄像头。"),
    AddressTrouble.HAS_SECRET: marked(
        "地址里不要写密码。请填在下面；设备要求写在地址里的，用 {user} 和 {password} 代替。"
    ),
}

# What a trial says: nothing is tried again by itself there.
TRIAL_TROUBLES: Mapping[FootageTrouble, str] = {
    FootageTrouble.UNREACHABLE: marked("连不上。请检查 IP、端口和网线，并确认摄像机开启了 RTSP。"),
    FootageTrouble.TIMED_OUT: marked("摄像机没有回应。请检查地址和网络，或换一种传输方式再试。"),
    FootageTrouble.WRONG_CREDENTIALS: marked(
        "用户名或密码不正确。多次输错摄像机会锁定，请核对后再试。"
    ),
    FootageTrouble.STREAM_ENDED: marked("连上后画面又断了。请再试一次，或换一种传输方式。"),
}

_CODECS = {"h264": "H.264", "hevc": "H.265"}


def address_said(trouble: AddressTrouble | None) -> str:
    """Say what is wrong with an address; "" when nothing is."""
    return said(ADDRESSES[trouble]) if trouble else ""


def trial_trouble_said(trouble: FootageTrouble, name: str, detail: str) -> str:
    """Say why a trial ended."""
    if trouble in TRIAL_TROUBLES:
        return said(TRIAL_TROUBLES[trouble])
    return sentence(FootageError(trouble, name, detail))


def stream_said(stream: CameraStream) -> tuple[str, Tone]:
    """Say what a camera sends and what its key frames mean for the watching."""
    codec = _CODECS.get(stream.codec, stream.codec)
    what = said("{0}，{1}×{2}。").format(codec, stream.width, stream.height)
    every = stream.key_spacing_s
    if every is None:
        return joined(what, said("正在测量关键帧间隔…")), Tone.SOFT
    seconds = f"{every:.1f}".removesuffix(".0")
    if stream.keys_alone:
        means = said("关键帧每 {0} 秒一个，只解关键帧，最省算力。")
        return joined(what, means.format(seconds)), Tone.GOOD
    if not is_sparse(stream):
        return joined(what, said("关键帧每 {0} 秒一个。").format(seconds)), Tone.GOOD
    means = said(
        "关键帧每 {0} 秒才一个，只能逐帧解码，费算力。请在摄像机上把 I 帧间隔设到 2 秒以内，"
        "或在这里改填子码流，主码流只用于取证。"
    )
    return joined(what, means.format(seconds)), Tone.NEAR
