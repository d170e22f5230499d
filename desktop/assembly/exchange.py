"""What goes to the server and comes back, over a line or on a stick, from one case file."""

from desktop.assembly.shelf import VaultShelf
from desktop.bridges.envelopes import bytes_of
from desktop.storage.vault import SealedVault
from desktop.workers.case_desk import CaseDesk
from sync.client.parcels import Parcels
from sync.client.round import Round
from sync.client.session import Session
from sync.client.taking import Taking
from sync.outbox.recorder import Recorder
from sync.protocol.identity import DeviceIdentity


def exchange_of(
    session: Session,
    device: DeviceIdentity,
    recorder: Recorder,
    desk: CaseDesk,
    vault: SealedVault,
) -> tuple[Round, Parcels]:
    """Make the rounds and the parcels of a device."""
    shelf, project = VaultShelf(vault), desk.store.project
    rounds = Round(
        session,
        transact=desk.transact,
        project=project,
        recorder=recorder,
        shelf=shelf,
        bytes_of=bytes_of,
    )
    parcels = Parcels(
        device,
        transact=desk.transact,
        project=project,
        taking=Taking(project, recorder, shelf, bytes_of),
        shelf=shelf,
    )
    return rounds, parcels
