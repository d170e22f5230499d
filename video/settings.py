"""The named sets of times by which a window is judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How eagerly a state is entered and left; all times in seconds of the stream.

    Attributes:
        tick_s: one verdict a window every so often.
        clerk_enter_s, clerk_return_s, clerk_leave_s: how long a clerk must be seen after nothing
            was known, after an absence, and must be missing to be absent.
        unknown_s: how long most ticks must say nothing before the state is unknown.
        return_grace_s: a shorter return does not restart the count of an absence.
        overlay_grace_s: after opening, a pause or an excuse, before an absence counts.
        calm_s: how long nothing may have stirred in a seat that somebody was lost in, before it
            counts as empty; who is still there moves sooner.
        empty_proof_s: how long a seat in which nobody was ever seen must be without the smallest
            movement before it counts as empty; a clerk the detector misses moves sooner.
        max_gap_s: a longer time without a tick was not watched, so it is unknown.
        phone_enter_s, phone_leave_s: how long a phone must be seen again and again to be a state,
            and be missing for it to end.
        threshold_s: replaces the thresholds of the plan where it is set.
    """

    name: str
    tick_s: float
    key_frames_only: bool
    clerk_enter_s: float
    clerk_return_s: float
    clerk_leave_s: float
    customer_enter_s: float
    customer_leave_s: float
    unknown_s: float
    return_grace_s: float
    overlay_grace_s: float
    calm_s: float
    empty_proof_s: float
    still_s: float
    motion_s: float
    idle_s: float
    max_gap_s: float = 5.0
    phone_enter_s: float = 120.0
    phone_leave_s: float = 30.0
    threshold_s: float | None = None


HALL = Profile(
    name="hall",
    tick_s=1.0,
    key_frames_only=True,
    clerk_enter_s=10.0,
    clerk_return_s=5.0,
    clerk_leave_s=15.0,
    customer_enter_s=10.0,
    customer_leave_s=15.0,
    unknown_s=5.0,
    return_grace_s=30.0,
    overlay_grace_s=60.0,
    calm_s=5.0,
    empty_proof_s=60.0,
    still_s=300.0,
    motion_s=3.0,
    idle_s=1200.0,  # R-VID-13
)

# The one profile by which clips of a few minutes are scored, whatever they show.
CLIP = Profile(
    name="clip",
    tick_s=0.25,
    key_frames_only=False,
    clerk_enter_s=1.0,
    clerk_return_s=1.0,
    clerk_leave_s=2.0,
    customer_enter_s=1.0,
    customer_leave_s=2.0,
    unknown_s=2.0,
    return_grace_s=0.0,
    overlay_grace_s=0.0,
    calm_s=0.0,
    empty_proof_s=2.0,
    still_s=300.0,
    motion_s=3.0,
    idle_s=1200.0,
    threshold_s=0.0,
)

# As in a hall, but in minutes instead of quarters of an hour, so that a drawn hour tells much.
SOAK = replace(HALL, name="soak", threshold_s=60.0, idle_s=150.0)

PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (HALL, CLIP, SOAK)}
