"""Setting up a region and its halls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.errors import BadField
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import Digest, OrganId
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


def change_camera(work: UnitOfWork, camera: Camera) -> Camera:
    """Keep a camera as it now is: its name, address or zones.

    Raises:
        BadField: a zone is no simple polygon within the picture.
    """
    for zone in camera.zones:
        for corners in (zone.seat, zone.customer or zone.seat):
            if trouble := zone_trouble(corners):
                raise BadField(Camera.ENTITY, "zones", trouble.value)
    work.replace(camera)
    work.note("camera.change", f"camera/{camera.id}")
    return camera


def keep_spans(work: UnitOfWork, spans: Sequence[StateSpan]) -> None:
    """Keep finished stretches of state, for timeline and report."""
    for span in spans:
        work.add(span)
    work.note("window.spans", f"hall/{spans[0].hall_id}")
