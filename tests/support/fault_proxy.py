"""A TCP proxy that does to a line what bad lines do."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Self

_CHUNK = 16 * 1024
_BURST_S = 0.005  # silence that ends a burst of pieces


class Fault(Enum):
    """What happens to a connection."""

    NONE = "none"
    CUT = "cut"  # both ways, hard, after so many bytes from the client
    HALF_OPEN = "half_open"  # nothing more comes through, and nobody is told
    DROP_ANSWER = "drop_answer"  # the server hears all and the client hears nothing
    DUPLICATE = "duplicate"  # the server hears everything twice


@dataclass
class Weather:
    """What the proxy does to connections from now on.

    Attributes:
        after: bytes from the client that a faulty connection lets through first.
        connections: how many connections are faulty; those after them are good.
        delay_s: before each burst of pieces, both ways.
        bytes_per_s: both ways together, of all connections; 0 for no limit.
        breaks_every_s: every connection is cut when so much time passed since the last cut.
    """

    fault: Fault = Fault.NONE
    after: int = 0
    connections: int = 1
    delay_s: float = 0.0
    bytes_per_s: float = 0.0
    breaks_every_s: float = 0.0


@dataclass
class FaultProxy:
    """Listens on loopback before a server; a context manager."""

    port: int
    weather: Weather = field(default_factory=Weather)
    sent: int = 0  # bytes that came from clients
    breaks: int = 0

    def __enter__(self) -> Self:
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._servers: set[socket.socket] = set()
        self._free_at = self._last_break = time.monotonic()
        self._closing = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads.append(threading.Thread(target=self._break_often, daemon=True))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        # A thread that waits in accept wakes when somebody comes.
        socket.create_connection(self._door.getsockname()).close()
        self._threads[0].join()
        self._door.close()
        self._cut_all()
        for thread in self._threads[1:]:
            thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def _accept(self) -> None:
        while not self._closing.is_set():
            client, _ = self._door.accept()
            if self._closing.is_set():
                client.close()
                return
            self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        weather = self.weather
        fault = weather.fault if weather.connections > 0 else Fault.NONE
        weather.connections -= 1
        servers = [socket.create_connection(("127.0.0.1", self.port))]
        if fault is Fault.DUPLICATE:
            servers.append(socket.create_connection(("127.0.0.1", self.port)))
        with self._lock:
            self._open |= {client, *servers}
            self._servers.update(servers)
        line = _Line(self, client, servers, fault, weather.after)
        self._begin(line.forth)
        self._begin(line.back, servers[0], fault is not Fault.DROP_ANSWER)
        for spare in servers[1:]:
            self._begin(line.back, spare, False)

    def _begin(self, job: Callable[..., None], *words: object) -> None:
        thread = threading.Thread(target=job, args=words, daemon=True)
        self._threads.append(thread)
        thread.start()

    def pace(self, count: int, last: float) -> float:
        """Wait as the line's speed and delay demand; answer when the piece was through.

        A piece right behind the last one, which ended at `last`, does not wait for it twice.
        """
        weather = self.weather
        wait = weather.delay_s if time.monotonic() - last > _BURST_S else 0.0
        if weather.bytes_per_s:
            with self._lock:
                now = time.monotonic()
                self._free_at = max(self._free_at, now) + count / weather.bytes_per_s
                wait += self._free_at - now
        if wait > 0:
            self._closing.wait(wait)
        return time.monotonic()

    def cut(self, *ends: socket.socket) -> None:
        """End connections: clients the hard way, and servers so that they hear what arrived."""
        for end in ends:
            with self._lock:
                known = end in self._open
                self._open.discard(end)
            if known:
                if end not in self._servers:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                with suppress(OSError):  # the other side was quicker
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def _cut_all(self) -> None:
        with self._lock:
            ends = tuple(self._open)
        self.cut(*ends)

    def _break_often(self) -> None:
        while not self._closing.wait(0.05):
            every = self.weather.breaks_every_s
            if every and time.monotonic() - self._last_break > every:
                self._last_break = time.monotonic()
                self.breaks += 1
                self._cut_all()


@dataclass
class _Line:
    proxy: FaultProxy
    client: socket.socket
    servers: list[socket.socket]
    fault: Fault
    after: int

    def forth(self) -> None:
        """From the client to the server."""
        passed, last = 0, 0.0
        while piece := _receive(self.client):
            self.proxy.sent += len(piece)
            if self.fault in {Fault.CUT, Fault.HALF_OPEN} and passed + len(piece) > self.after:
                piece = piece[: self.after - passed]
                _send(self.servers, piece)
                if self.fault is Fault.HALF_OPEN:
                    return  # and keeps everything open
                break
            passed += len(piece)
            last = self.proxy.pace(len(piece), last)
            if not _send(self.servers, piece):
                break
        self.proxy.cut(self.client, *self.servers)

    def back(self, server: socket.socket, tells: bool) -> None:
        """From the server to the client."""
        last = 0.0
        while piece := _receive(server):
            last = self.proxy.pace(len(piece), last)
            if self.fault is Fault.HALF_OPEN:
                continue
            if not tells and server is self.servers[0]:
                break
            if tells and not _send([self.client], piece):
                break
        if server is self.servers[0] and self.fault is not Fault.HALF_OPEN:
            self.proxy.cut(self.client, *self.servers)


def _receive(end: socket.socket) -> bytes:
    try:
        return end.recv(_CHUNK)
    except OSError:
        return b""


def _send(ends: list[socket.socket], piece: bytes) -> bool:
    try:
        for end in ends:
            end.sendall(piece)
    except OSError:
        return False
    return True
