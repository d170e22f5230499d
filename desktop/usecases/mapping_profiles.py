"""The mapping profiles that a hall has made for its own files, by name."""

from collections.abc import Collection

from desktop.domain.case_views import standing
from desktop.domain.errors import BadField, MissingField
from desktop.domain.identifiers import HallId, new_id
from desktop.domain.imports import MappingProfile
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def saved_profiles(reading: Reading, hall_id: HallId) -> tuple[MappingProfile, ...]:
    """Give the profiles that a hall has, by name."""
    return standing(reading.find(MappingProfile, hall_id=hall_id))


def save_profile(
    work: UnitOfWork,
    hall_id: HallId,
    name: str,
    content: str,
    *,
    shipped: Collection[str],
    clock: Clock,
) -> MappingProfile:
    """Keep a profile under a name; another one of this name is read by no longer.

    Args:
        content: the profile as its file says it.
        shipped: names that are taken.

    Raises:
        MissingField: no name.
        BadField: the name of a profile that is shipped.
        NotAllowed: the person may not.
    """
    if not name.strip():
        raise MissingField(MappingProfile.ENTITY, "create", "name")
    if name.strip() in shipped:
        raise BadField(MappingProfile.ENTITY, "name", name)
    return _kept(work, hall_id, name.strip(), content, clock)


def withdraw_profile(
    work: UnitOfWork, hall_id: HallId, name: str, *, clock: Clock
) -> MappingProfile:
    """Offer a profile no more; imports that were read by it keep its name.

    Raises:
        BadField: there is no such profile.
    """
    if name not in {each.name for each in saved_profiles(work, hall_id)}:
        raise BadField(MappingProfile.ENTITY, "name", name)
    return _kept(work, hall_id, name, "", clock)


def note_profile_export(work: UnitOfWork, name: str, reason: str) -> None:
    """Write down who takes a profile out, and why.

    Raises:
        MissingField: no reason.
    """
    if not reason.strip():
        raise MissingField(MappingProfile.ENTITY, "export", "reason")
    work.note("mapping.export", f"mapping_profile/{name}", reason=reason)


def _kept(
    work: UnitOfWork, hall_id: HallId, name: str, content: str, clock: Clock
) -> MappingProfile:
    profile = MappingProfile(
        id=new_id(),
        hall_id=hall_id,
        name=name,
        content=content,
        saved_by=work.actor.user_id,
        saved_at=clock.now(),
        withdrawn=not content,
    )
    work.add(profile)
    act = "mapping.withdraw" if profile.withdrawn else "mapping.save"
    work.note(act, f"mapping_profile/{name}")
    return profile
