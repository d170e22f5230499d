"""Notices that the network is there again."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QNetworkInformation

Reach = QNetworkInformation.Reachability


class NetworkReturn(QObject):
    """Says `came_back` when a network is there after there was none.

    Any network will do, as an office's server need not be on the internet. Where the system does
    not tell, nothing is ever said.
    """

    came_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_away = False
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            told = QNetworkInformation.instance()
            told.reachabilityChanged.connect(self.note)
            self.note(told.reachability())

    @Slot(Reach)
    def note(self, reach: Reach) -> None:
        """Take what the system tells."""
        if reach is Reach.Unknown:
            return
        is_here = reach is not Reach.Disconnected
        if is_here and self._was_away:
            self.came_back.emit()
        self._was_away = not is_here
