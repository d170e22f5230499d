"""Setting up a region and its halls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.cameras import address_trouble, main_trouble
from desktop.domain.errors import BadField, WindowWatched
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import CameraId, Digest, OrganId
from desktop.domain.organisation import Camera, Hall, LegalBasis, Organ, Unit, Window
from desktop.domain.zones import zone_trouble
from desktop.usecases.ports import Record, UnitOfWork


@dataclass(frozen=True, slots=True)
class HallPlan:
    """A hall with everything that supervising it needs."""

    organ: Organ
    bases: tuple[LegalBasis, ...]
    units: tuple[Unit, ...]
    hall: Hall
    windows: tuple[Window, ...]
    cameras: tuple[Camera, ...]


def set_up_hall(work: UnitOfWork, plan: HallPlan) -> Hall:
    """Keep a new hall with its organ, units, windows and cameras."""
    parts: tuple[Sequence[Record], ...] = (
        (plan.organ, plan.hall),
        plan.bases,
        plan.units,
        plan.windows,
        plan.cameras,
    )
    for part in parts:
        for thing in part:
            work.add(thing)
    work.note("hall.set_up", f"hall/{plan.hall.id}")
    return plan.hall


def change_seal(work: UnitOfWork, organ_id: OrganId, sha256: Digest, size: int) -> Organ:
    """Let the organ's papers carry this picture of its seal, which lies in the vault."""
    organ = replace(work.get(Organ, organ_id), seal=sha256, seal_size=size)
    work.replace(organ)
    work.keep_blob(sha256, size, "image/png")
    work.note("organ.seal", f"organ/{organ.id}")
    return organ


def remove_seal(work: UnitOfWork, organ_id: OrganId) -> Organ:
    """Let the organ's papers leave the place for a seal that is pressed by hand."""
    organ = replace(work.get(Organ, organ_id), seal=None, seal_size=0)
    work.replace(organ)
    work.note("organ.seal", f"organ/{organ.id}")
    return organ


def add_camera(work: UnitOfWork, camera: Camera, windows: Sequence[Window] = ()) -> Camera:
    """Keep a new camera, with windows that were made for it.

    Raises:
        BadField: its address or a zone cannot be taken.
        WindowWatched: another camera watches one of its windows.
    """
    _keep_windows(work, windows)
    _check(work, camera)
    work.add(camera)
    work.note("camera.add", f"camera/{camera.id}")
    return camera


def change_camera(work: UnitOfWork, camera: Camera, windows: Sequence[Window] = ()) -> Camera:
    """Keep a camera as it now is: its name, address, windows or zones.

    Raises:
        BadField: its address or a zone cannot be taken.
        WindowWatched: another camera watches one of its windows.
    """
    _keep_windows(work, windows)
    _check(work, camera)
    work.replace(camera)
    work.note("camera.change", f"camera/{camera.id}")
    return camera


def retire_camera(work: UnitOfWork, camera_id: CameraId, *, retired: bool) -> Camera:
    """Let nobody watch a camera any more, or have it watched again.

    Raises:
        WindowWatched: another camera watches one of its windows meanwhile.
    """
    camera = replace(work.get(Camera, camera_id), retired=retired)
    _check(work, camera)
    work.replace(camera)
    work.note("camera.retire" if retired else "camera.resume", f"camera/{camera.id}")
    return camera


def _keep_windows(work: UnitOfWork, windows: Sequence[Window]) -> None:
    for window in windows:
        work.add(window)


def _check(work: UnitOfWork, camera: Camera) -> None:
    if trouble := address_trouble(camera.kind, camera.address):
        raise BadField(Camera.ENTITY, "address", trouble.value)
    if trouble := main_trouble(camera.kind, camera.main_address):
        raise BadField(Camera.ENTITY, "main_address", trouble.value)
    for zone in camera.zones:
        for corners in (zone.seat, zone.customer or zone.seat):
            if shape := zone_trouble(corners):
                raise BadField(Camera.ENTITY, "zones", shape.value)
    if not camera.retired:
        _check_alone(work, camera)


def _check_alone(work: UnitOfWork, camera: Camera) -> None:
    """Refuse a window that another camera watches: two would tell every absence twice."""
    for other in work.find(Camera, hall_id=camera.hall_id):
        shared = camera.watches & other.watches
        if shared and not other.retired and other.id != camera.id:
            window = work.get(Window, min(shared))
            raise WindowWatched(window.name, other.name)


def keep_spans(work: UnitOfWork, spans: Sequence[StateSpan]) -> None:
    """Keep finished stretches of state, for timeline and report."""
    for span in spans:
        work.add(span)
    work.note("window.spans", f"hall/{spans[0].hall_id}")
