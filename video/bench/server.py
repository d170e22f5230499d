"""Cameras on loopback: paced RTSP with H.264 in the same TCP connection, as many as connect.

RFC 2326, RFC 6184 (fragmentation units). Runs in a process of its own.
"""

import asyncio
import base64
import struct
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection

from video.bench.film import FPS, KEY_EVERY_S, Film
from video.evidence.nal import units

PIECE = 1400  # bytes
CLOCK_HZ = 90_000
GOODBYE_S = 2.0
SPREAD = 0.381966  # of the key frames' spacing, from one camera to the next: they must not coincide

Payloads = Sequence[tuple[bytes, bool]]


@dataclass(frozen=True, slots=True)
class ServerCost:
    """What serving has needed so far, and how late a picture went out at worst, in seconds."""

    cpu_s: float
    late_s: float


def serve(pipe: "Connection[int | ServerCost, bool]", film: Film) -> None:
    """Tell the port, then the cost as often as asked, until told to end: the process's entry."""
    with suppress(EOFError, KeyboardInterrupt):
        asyncio.run(_serve(pipe, film))


async def _serve(pipe: "Connection[int | ServerCost, bool]", film: Film) -> None:
    cameras = _Cameras(film)
    server = await asyncio.start_server(cameras.meet, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    while await asyncio.to_thread(pipe.recv):
        pipe.send(ServerCost(time.process_time(), cameras.late_s))
        cameras.late_s = 0.0
    server.close()
    await cameras.hang_up()


class _Cameras:
    """All cameras; each viewer has one of its own."""

    def __init__(self, film: Film) -> None:
        self._pictures = tuple(tuple(_payloads(packet.data)) for packet in film.packets)
        self._sdp = _sdp(film)
        self._numbers = count()
        self._lines: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self.late_s = 0.0

    async def hang_up(self) -> None:
        """End every line."""
        for writer in self._lines.values():
            writer.close()
        if self._lines:
            await asyncio.wait(self._lines, timeout=GOODBYE_S)

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one viewer until he hangs up."""
        task = asyncio.current_task()
        assert task is not None  # it is what runs this
        self._lines[task] = writer
        with suppress(OSError, asyncio.IncompleteReadError):
            while (request := await _request(reader)) is not None:
                verb, headers = request
                await self._answer(verb, headers, writer)
                if verb == "PLAY":
                    await self._play_to(reader, writer)
                    break
        writer.close()
        del self._lines[task]

    async def _answer(
        self, verb: str, headers: Mapping[str, str], writer: asyncio.StreamWriter
    ) -> None:
        more, body = {"Session": "1"}, ""
        match verb:
            case "OPTIONS":
                more = {"Public": "DESCRIBE, SETUP, PLAY, TEARDOWN"}
            case "DESCRIBE":
                more, body = {"Content-Type": "application/sdp"}, self._sdp
            case "SETUP":
                more = {"Transport": headers["transport"].split(",")[0], "Session": "1"}
        rows = {"CSeq": headers.get("cseq", "0"), **more, "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in rows.items())
        writer.write(f"RTSP/1.0 200 OK\r\n{head}\r\n{body}".encode())
        await writer.drain()

    async def _play_to(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        playing = asyncio.create_task(self._play(writer, next(self._numbers)))
        while await reader.read(4096):  # receivers' reports, and the wish to end
            pass
        playing.cancel()

    async def _play(self, writer: asyncio.StreamWriter, number: int) -> None:
        with suppress(OSError):
            await self._pace(writer, number)

    async def _pace(self, writer: asyncio.StreamWriter, number: int) -> None:
        clock = asyncio.get_running_loop().time
        began = clock() + number * SPREAD % 1.0 * KEY_EVERY_S
        sequence = 0
        for turn in count():
            due = began + turn / FPS
            await asyncio.sleep(max(0.0, due - clock()))
            self.late_s = max(self.late_s, clock() - due)
            payloads = self._pictures[turn % len(self._pictures)]
            stamp = turn * CLOCK_HZ // FPS
            writer.write(b"".join(_interleaved(payloads, sequence, stamp)))
            sequence += len(payloads)
            await writer.drain()


async def _request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]] | None:
    line = (await reader.readline()).decode()
    headers: dict[str, str] = {}
    while row := (await reader.readline()).decode().strip():
        name, _, value = row.partition(":")
        headers[name.lower()] = value.strip()
    return (line.split()[0], headers) if line.strip() else None


def _interleaved(payloads: Payloads, sequence: int, stamp: int) -> Iterator[bytes]:
    for number, (payload, marked) in enumerate(payloads, sequence):
        head = (0x80, 96 | marked << 7, number & 0xFFFF, stamp & 0xFFFFFFFF, 1)
        yield struct.pack(">cBHBBHII", b"$", 0, 12 + len(payload), *head) + payload


def _payloads(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Cut a picture into what fits a packet; the last piece is marked."""
    found = units(data)
    for number, unit in enumerate(found):
        last = number == len(found) - 1
        if len(unit) <= PIECE:
            yield unit, last
            continue
        for at in range(1, len(unit), PIECE):
            ends = at + PIECE >= len(unit)
            mark = (at == 1) << 7 | ends << 6 | unit[0] & 0x1F
            yield bytes((unit[0] & 0xE0 | 28, mark)) + unit[at : at + PIECE], last and ends


def _sdp(film: Film) -> str:
    sets = ",".join(base64.b64encode(unit).decode() for unit in units(film.shape.extradata))
    rows = (
        "v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=bench", "t=0 0",
        "m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000",
        f"a=fmtp:96 packetization-mode=1;sprop-parameter-sets={sets}",
        "a=control:track1",
    )  # fmt: skip
    return "".join(f"{row}\r\n" for row in rows)
