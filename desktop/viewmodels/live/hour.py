"""What share of the running hour a window was what, for the wall."""

from datetime import datetime

from desktop.domain.calendar import HALL_TIME
from desktop.domain.identifiers import WindowId
from desktop.system.language import said
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.timeline.bands import Stretch, laid
from desktop.viewmodels.timeline.day import going_on
from desktop.viewmodels.timeline.hours import KINDS, hour_shares


def hour_said(live: LiveWatch, window_id: WindowId) -> str:
    """Say the shares of the running hour, as far as this program has heard it; "" for nothing."""
    now = live.now()
    begun = now.astimezone(HALL_TIME).replace(minute=0, second=0, microsecond=0)
    known = (*_heard(live, window_id, begun), *going_on(live.standing(window_id), now))
    post = live.roll.posts.get(window_id)
    if not known or post is None:
        return ""
    start = max(begun, min(each.start for each in known))
    hours = hour_shares(laid(known, start, now))
    told = (
        f"{kind.word} {share:.0%}"
        for hour in hours
        for kind in KINDS
        if (share := hour.shares.get(kind))
    )
    shares = said("、", "list").join(told)
    return said("{0} 本小时：{1}").format(post.window.name, shares) if shares else ""


def _heard(live: LiveWatch, window_id: WindowId, since: datetime) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(seen.start_wall, seen.end_wall, seen.state, seen.overlay)
        for seen in live.spans
        if seen.window_id == window_id and seen.end_wall > since
    )
