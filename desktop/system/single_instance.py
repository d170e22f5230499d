"""One window a profile: a second start hands its wish to the first and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1000
LONGEST = 4096  # bytes of a wish; a deep link is shorter


class SingleInstance(QObject):
    """The door that a second start knocks at.

    `wished` carries what the second start wants: "" to raise the window, or a deep link.
    """

    wished = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(home.absolute()).encode()).hexdigest()
        self._name = f"hallwatch-{digest[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def claim(self, wish: str = "") -> bool:
        """Become the one instance, or hand `wish` to the one there is and answer False.

        What a crash left behind is cleared away. When two starts race, the lock of the case file
        decides.
        """
        if self._knock(wish):
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Close the door."""
        self._server.close()

    def _knock(self, wish: str) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(wish.encode("utf-8")[:LONGEST] + b"\n")
        socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
            socket.waitForDisconnected(WAIT_MS)
        return True

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._listen)
            socket.disconnected.connect(socket.deleteLater)
            self._take(socket)

    def _listen(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            line = bytes(socket.readLine(LONGEST + 1).data())
            self.wished.emit(line.decode("utf-8", errors="replace").strip())
        elif socket.bytesAvailable() > LONGEST:
            socket.abort()
