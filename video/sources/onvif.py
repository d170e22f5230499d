"""Asks a camera over ONVIF for its clock and its streams: device and media service, version 1."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit
from xml.sax.saxutils import escape

import requests
from requests.auth import HTTPDigestAuth

from video.errors import FootageError, FootageTrouble
from video.sources.soap import Element, envelope, every, number_of, parsed, signed, text_of
from video.vocabulary.onvif import DeviceTold, OfferedStream

DEVICE, MEDIA = "http://www.onvif.org/ver10/device/wsdl", "http://www.onvif.org/ver10/media/wsdl"
SCHEMA = "http://www.onvif.org/ver10/schema"
WAIT_S = (4.0, 6.0)  # to connect, to answer
UNAUTHORIZED = 401
MOST_STREAMS = 12
_CODECS = {"H264": "h264", "H265": "hevc", "JPEG": "mjpeg", "MPEG4": "mpeg4"}


class OnvifCamera:
    """One device; used by one thread."""

    def __init__(
        self,
        service: str,
        username: str = "",
        password: str = "",
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._service = service
        self._host = urlsplit(service).hostname or service
        self._username, self._password = username, password
        self._now = now
        self._off = timedelta()
        self._line = requests.Session()
        self._line.trust_env = False  # no proxy stands between us and a camera
        if username:
            self._line.auth = HTTPDigestAuth(username, password)

    def told(self) -> DeviceTold:
        """Ask for everything.

        Raises:
            FootageError: UNREACHABLE, TIMED_OUT, WRONG_CREDENTIALS, UNSUPPORTED.
        """
        off_s = self.clock_off_s()
        media = self._media()
        profiles = every(self._ask(media, f'<GetProfiles xmlns="{MEDIA}"/>'), "Profiles")
        return DeviceTold(tuple(self._offers(media, list(profiles))), off_s)

    def clock_off_s(self) -> float | None:
        """By how many seconds its clock is ahead of ours; every device tells that to anybody."""
        asked = self._now()
        body = f'<GetSystemDateAndTime xmlns="{DEVICE}"/>'
        answer = self._ask(self._service, body, signs=False)
        utc = next(every(answer, "UTCDateTime"), None)
        told = _moment(utc) if utc is not None else None
        if told is None:
            return None
        self._off = told - (asked + (self._now() - asked) / 2)
        return self._off.total_seconds()

    def _media(self) -> str:
        """The address of its media service, on the host that we asked."""
        body = f'<GetCapabilities xmlns="{DEVICE}"><Category>Media</Category></GetCapabilities>'
        told = text_of(self._ask(self._service, body), "Media", "XAddr")
        if not told:
            raise FootageError(FootageTrouble.UNSUPPORTED, self._host, "no media service")
        # Behind a router a device names an address of its own network.
        here = urlsplit(self._service)
        return urlunsplit(urlsplit(told)._replace(scheme=here.scheme, netloc=here.netloc))

    def _offers(self, media: str, profiles: list[Element]) -> Iterator[OfferedStream]:
        for profile in profiles[:MOST_STREAMS]:
            token = escape(profile.get("token", ""), {'"': "&quot;"})
            asked = self._ask(
                media,
                f'<GetStreamUri xmlns="{MEDIA}"><StreamSetup>'
                f'<Stream xmlns="{SCHEMA}">RTP-Unicast</Stream>'
                f'<Transport xmlns="{SCHEMA}"><Protocol>RTSP</Protocol></Transport>'
                f"</StreamSetup><ProfileToken>{token}</ProfileToken></GetStreamUri>",
            )
            if address := text_of(asked, "Uri"):
                yield self._offer(profile, address)

    def _offer(self, profile: Element, address: str) -> OfferedStream:
        parts = urlsplit(address)
        bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        video = next(every(profile, "VideoEncoderConfiguration"), profile)
        return OfferedStream(
            name=text_of(profile, "Name") or profile.get("token", ""),
            address=bare,
            codec=_CODECS.get(text_of(video, "Encoding").upper(), text_of(video, "Encoding")),
            width=int(number_of(video, "Resolution", "Width")),
            height=int(number_of(video, "Resolution", "Height")),
            fps=number_of(video, "RateControl", "FrameRateLimit"),
            keys_every=int(number_of(video, "GovLength")),
        )

    def _ask(self, service: str, body: str, *, signs: bool = True) -> Element:
        proof = ""
        if signs and self._username:
            proof = signed(self._username, self._password, self._now() + self._off)
        headers = {"Content-Type": "application/soap+xml; charset=utf-8"}
        try:
            answer = self._line.post(
                service,
                data=envelope(body, proof),
                headers=headers,
                timeout=WAIT_S,
                allow_redirects=False,  # a proof is for the device that was asked
            )
        except requests.Timeout as error:
            raise FootageError(FootageTrouble.TIMED_OUT, self._host, retryable=True) from error
        except requests.RequestException as error:
            name = type(error).__name__
            raise FootageError(FootageTrouble.UNREACHABLE, self._host, name) from error
        return self._read(answer)

    def _read(self, answer: requests.Response) -> Element:
        if answer.status_code == UNAUTHORIZED or b"NotAuthorized" in answer.content:
            raise FootageError(FootageTrouble.WRONG_CREDENTIALS, self._host)
        if not answer.ok:
            raise FootageError(FootageTrouble.UNSUPPORTED, self._host, str(answer.status_code))
        return parsed(answer.content, self._host)


def _moment(utc: Element) -> datetime | None:
    year, month, day = (int(number_of(utc, "Date", n)) for n in ("Year", "Month", "Day"))
    hour, minute, second = (int(number_of(utc, "Time", n)) for n in ("Hour", "Minute", "Second"))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
