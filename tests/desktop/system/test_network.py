"""The return of the network is said once, and only after it was gone."""

from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from desktop.system.network import NetworkReturn

Reach = QNetworkInformation.Reachability


def test_the_network_comes_back_once(qtbot: QtBot) -> None:
    network = NetworkReturn()
    said: list[str] = []
    network.came_back.connect(lambda: said.append("here"))
    network.note(Reach.Disconnected)
    network.note(Reach.Unknown)
    assert not said
    network.note(Reach.Local)
    network.note(Reach.Site)
    network.note(Reach.Online)
    assert said == ["here"]
