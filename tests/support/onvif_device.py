"""A camera that speaks ONVIF on loopback: answers probes, tells its clock, guards the rest."""

import base64
import hashlib
import re
import socket
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

STALE_S = 5.0
HEAD = (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
    ' xmlns:tt="http://www.onvif.org/ver10/schema" xmlns:trt="http://www.onvif.org/ver10/media/wsdl"'
    ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl"'
    ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body>'
)
FOOT = "</s:Body></s:Envelope>"
# token, width, height, pictures a second, pictures from key frame to key frame
PROFILES = (("main", 1920, 1080, 25, 50), ("sub", 704, 576, 25, 250), ("tiny", 352, 288, 10, 20))


class OnvifDevice:
    """`clock_off_s`: how far its clock is ahead; `answer`: what it says instead of the truth."""

    def __init__(
        self,
        *,
        username: str = "",
        password: str = "",
        clock_off_s: float = 0.0,
        profiles: Sequence[tuple[str, int, int, int, int]] = PROFILES,
        answer: bytes | None = None,
    ) -> None:
        self.username, self.password = username, password
        self.clock_off_s, self.profiles, self.answer = clock_off_s, profiles, answer
        self.seen: list[bytes] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Asked)
        self._http.daemon_threads = True
        self._http.device = self  # type: ignore[attr-defined]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", 0))
        self._udp.settimeout(0.1)
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._http.serve_forever, args=(0.05,)),
            threading.Thread(target=self._answer_probes),
        ]

    @property
    def service(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/onvif/device_service"

    @property
    def probe_at(self) -> tuple[str, int]:
        host, port = self._udp.getsockname()
        return host, port

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.clock_off_s)

    def __enter__(self) -> "OnvifDevice":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()
        for thread in self._threads:
            thread.join()
        self._udp.close()

    def _answer_probes(self) -> None:
        while not self._stopping.is_set():
            try:
                data, asker = self._udp.recvfrom(65_535)
            except TimeoutError:
                continue
            if b"NetworkVideoTransmitter" in data:
                self._udp.sendto(b"no answer at all", asker)
                self._udp.sendto(self.match().encode(), asker)

    def match(self) -> str:
        scopes = "onvif://www.onvif.org/type/video onvif://www.onvif.org/name/Lobby%20East"
        return (
            f"{HEAD}<d:ProbeMatches><d:ProbeMatch><d:Scopes>{scopes}</d:Scopes>"
            f"<d:XAddrs>http://[fe80::1]/onvif {self.service}</d:XAddrs>"
            f"</d:ProbeMatch></d:ProbeMatches>{FOOT}"
        )

    def allows(self, question: str) -> bool:
        """Check a digest as a device does, and refuse one that is stale by its own clock."""
        if not self.username:
            return True
        parts = [
            re.search(rf"<{name}[^>]*>([^<]+)</{name}>", question)
            for name in ("Username", "Password", "Nonce", "Created")
        ]
        if any(part is None for part in parts):
            return False
        username, digest, nonce, created = (part[1] for part in parts if part)
        asked = datetime.strptime(created, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        whole = base64.b64decode(nonce) + created.encode() + self.password.encode()
        expected = base64.b64encode(hashlib.sha1(whole).digest()).decode()
        fresh = abs((self.now() - asked).total_seconds()) <= STALE_S
        return fresh and username == self.username and digest == expected

    def told(self, question: str) -> str:
        if "GetSystemDateAndTime" in question:
            now = self.now()
            return (
                "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime>"
                f"<tt:Time><tt:Hour>{now.hour}</tt:Hour><tt:Minute>{now.minute}</tt:Minute>"
                f"<tt:Second>{now.second}</tt:Second></tt:Time><tt:Date><tt:Year>{now.year}</tt:Year>"
                f"<tt:Month>{now.month}</tt:Month><tt:Day>{now.day}</tt:Day></tt:Date>"
                "</tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
            )
        if "GetCapabilities" in question:
            return "<tt:Media><tt:XAddr>http://10.9.8.7/onvif/media</tt:XAddr></tt:Media>"
        if "GetProfiles" in question:
            return "".join(map(_profile, self.profiles))
        token = re.search(r"<ProfileToken>([^<]*)<", question)
        assert token is not None
        return f"<tt:Uri>rtsp://admin:secret@127.0.0.1:554/{token[1]}</tt:Uri>"


class _Asked(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        device: OnvifDevice = self.server.device  # type: ignore[attr-defined]
        data = self.rfile.read(int(self.headers["Content-Length"]))
        device.seen.append(data)
        question = data.decode()
        status, body = 200, f"{HEAD}{FOOT}".encode()
        if device.answer is not None:
            body = device.answer
        elif "GetSystemDateAndTime" not in question and not device.allows(question):
            status, body = 400, f"{HEAD}<s:Fault>ter:NotAuthorized</s:Fault>{FOOT}".encode()
        else:
            body = f"{HEAD}{device.told(question)}{FOOT}".encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing on standard error."""


def _profile(row: tuple[str, int, int, int, int]) -> str:
    token, width, height, fps, keys = row
    return (
        f'<trt:Profiles token="{token}"><tt:Name>{token} stream</tt:Name>'
        "<tt:VideoEncoderConfiguration><tt:Encoding>H264</tt:Encoding><tt:Resolution>"
        f"<tt:Width>{width}</tt:Width><tt:Height>{height}</tt:Height></tt:Resolution>"
        f"<tt:RateControl><tt:FrameRateLimit>{fps}</tt:FrameRateLimit></tt:RateControl>"
        f"<tt:H264><tt:GovLength>{keys}</tt:GovLength></tt:H264>"
        "</tt:VideoEncoderConfiguration></trt:Profiles>"
    )
