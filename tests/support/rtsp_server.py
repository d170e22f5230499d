"""A camera on loopback: RTSP with H.264 in the same TCP connection or over UDP, with or without a
password.

RFC 2326, RFC 6184 (fragmentation units). One viewer at a time, which is enough.
"""

import base64
import re
import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

from video.evidence.nal import units
from video.vocabulary.frame import EncodedPacket, StreamShape

PIECE = 1200  # bytes
CLOCK_HZ = 90_000
SINCE_1900_S = 2_208_988_800  # from the first second of NTP to that of Unix
REPORT_S = 1.0


class RtspServer:
    """Plays packets from the first on to whoever asks, in real time; then hangs up."""

    def __init__(
        self,
        shape: StreamShape,
        packets: Sequence[EncodedPacket],
        *,
        username: str = "",
        password: str = "",
        clock: Callable[[], float] | None = None,
    ) -> None:
        """Prepare.

        Args:
            clock: the camera's own, Unix seconds; it tells it in a sender report every second.
        """
        self.shape = shape
        self.packets = packets
        self.credentials = base64.b64encode(f"{username}:{password}".encode()).decode()
        self.guarded = bool(username)
        self.clock = clock
        self.stopped = threading.Event()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Viewer)
        self._server.daemon_threads = True
        self._server.camera = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self._server.server_address[1]}/live"

    def __enter__(self) -> "RtspServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Viewer(socketserver.StreamRequestHandler):
    ports: tuple[int, int] | None = None

    def handle(self) -> None:
        self.camera: RtspServer = self.server.camera  # type: ignore[attr-defined]
        try:
            while (request := self._request()) is not None:
                verb, headers = request
                if not self._answered(verb, headers):
                    return
        except OSError:
            return

    def _request(self) -> tuple[str, dict[str, str]] | None:
        line = self.rfile.readline().decode()
        headers = {}
        while (row := self.rfile.readline().decode().strip()) != "":
            name, _, value = row.partition(":")
            headers[name.lower()] = value.strip()
        return (line.split()[0], headers) if line.strip() else None

    def _answered(self, verb: str, headers: dict[str, str]) -> bool:
        sequence = headers.get("cseq", "0")
        allowed = headers.get("authorization") == f"Basic {self.camera.credentials}"
        if self.camera.guarded and not allowed:
            self._say(sequence, "401 Unauthorized", {"WWW-Authenticate": 'Basic realm="camera"'})
            return True
        match verb:
            case "OPTIONS":
                self._say(sequence, "200 OK", {"Public": "DESCRIBE, SETUP, PLAY, TEARDOWN"})
            case "DESCRIBE":
                self._say(sequence, "200 OK", {"Content-Type": "application/sdp"}, self._sdp())
            case "SETUP":
                transport = self._agreed(headers["transport"].split(",")[0])
                self._say(sequence, "200 OK", {"Transport": transport, "Session": "1"})
            case "PLAY":
                self._say(sequence, "200 OK", {"Session": "1"})
                self._play()
                return False
            case _:
                self._say(sequence, "200 OK", {"Session": "1"})
                return verb != "TEARDOWN"
        return True

    def _say(self, sequence: str, status: str, headers: dict[str, str], body: str = "") -> None:
        rows = {"CSeq": sequence, **headers, "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in rows.items())
        self.wfile.write(f"RTSP/1.0 {status}\r\n{head}\r\n{body}".encode())

    def _sdp(self) -> str:
        sets = ",".join(base64.b64encode(u).decode() for u in units(self.camera.shape.extradata))
        return "".join(
            f"{row}\r\n"
            for row in (
                "v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=camera", "t=0 0",
                "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000",
                f"a=fmtp:96 packetization-mode=1;sprop-parameter-sets={sets}",
                "a=control:track1",
            )
        )  # fmt: skip

    def _play(self) -> None:
        sequence, last_s, reported_s = 0, 0.0, float("-inf")
        for packet in self.camera.packets:
            if self.camera.stopped.wait(max(0.0, packet.decode_s - last_s)):
                return
            last_s = packet.decode_s
            if self.camera.clock is not None and last_s - reported_s >= REPORT_S:
                reported_s = last_s
                self._report(self.camera.clock(), packet.show_s)
            for payload, marked in _payloads(packet.data):
                stamp = round(packet.show_s * CLOCK_HZ)
                kind = 96 | marked << 7
                rtp = struct.pack(">BBHII", 0x80, kind, sequence & 0xFFFF, stamp, 1) + payload
                self._send(0, rtp)
                sequence += 1

    def _report(self, wall_s: float, show_s: float) -> None:
        """Send a sender report (RFC 3550, 6.4.1) on the channel beside."""
        seconds = int(wall_s)
        fraction = int((wall_s - seconds) * 2**32)
        ntp, stamp = (seconds + SINCE_1900_S) & 0xFFFFFFFF, round(show_s * CLOCK_HZ)
        rtcp = struct.pack(">BBHIIIIII", 0x80, 200, 6, 1, ntp, fraction, stamp, 0, 0)
        self._send(1, rtcp)

    def _agreed(self, transport: str) -> str:
        """Answer how packets will travel; over UDP they leave from a socket of their own."""
        found = re.search(r"client_port=(\d+)", transport)
        self.ports = (int(found[1]), int(found[1]) + 1) if found else None
        return f"{transport};server_port=9-10" if found else transport

    def _send(self, channel: int, data: bytes) -> None:
        if self.ports is None:
            self.wfile.write(struct.pack(">cBH", b"$", channel, len(data)) + data)
            return
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.sendto(data, ("127.0.0.1", self.ports[channel]))


def _payloads(data: bytes) -> Iterator[tuple[bytes, bool]]:
    found = units(data)
    for number, unit in enumerate(found):
        last = number == len(found) - 1
        if len(unit) <= PIECE:
            yield unit, last
            continue
        pieces = [unit[at : at + PIECE] for at in range(1, len(unit), PIECE)]
        for index, piece in enumerate(pieces):
            ends = index == len(pieces) - 1
            head = bytes([unit[0] & 0xE0 | 28, (index == 0) << 7 | ends << 6 | unit[0] & 0x1F])
            yield head + piece, last and ends
