"""Asks the server which network cameras this machine may watch: one machine a camera."""

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sync.errors import SyncError
from sync.protocol.answers import Tenure

log = logging.getLogger(__name__)

RENEW_S = 15.0  # a lease lasts a minute: three renewals may fail


@dataclass(frozen=True, slots=True)
class WatchShare:
    """Who watches which network camera.

    Attributes:
        held: by this machine.
        elsewhere: by another one, with the name of who signed in there.
        confirmed: False while the server cannot be asked; what was held is watched on then.
    """

    held: frozenset[str] = frozenset()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    confirmed: bool = True


class LeaseLine(Protocol):
    """The line to the server; a sync.client.session.Session."""

    def hold(self, scope: str, names: Sequence[str]) -> Tenure:
        """Hold these names and let go of all others. Raises SyncError."""


def share_without_server(before: WatchShare, wanted: Collection[str]) -> WatchShare:
    """Go on without an answer: an unwatched camera is worse than one that two machines watch.

    Only what another machine was known to watch is left to it.
    """
    elsewhere = {name: who for name, who in before.elsewhere.items() if name in wanted}
    return WatchShare(frozenset(wanted) - elsewhere.keys(), elsewhere, confirmed=False)


class WatchLease:
    """Renews what this machine watches, on a thread of its own, until it is stopped."""

    def __init__(
        self, line: LeaseLine, tell: Callable[[WatchShare], None], *, renew_s: float = RENEW_S
    ) -> None:
        """Make ready.

        Args:
            tell: told the share at every renewal, on the lease's thread.
        """
        self._line, self._tell, self._renew_s = line, tell, renew_s
        self._wanted: tuple[str, frozenset[str]] = ("", frozenset())
        self._share = WatchShare()
        self._stopping = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch-lease")

    def start(self) -> None:
        """Begin; nothing is asked before something is wanted."""
        self._thread.start()

    def want(self, scope: str, cameras: Collection[str]) -> None:
        """Ask for these cameras of a hall from now on; returns at once."""
        self._wanted = (scope, frozenset(cameras))
        self._wake.set()

    def stop(self) -> None:
        """Let go of everything, so that another machine need not wait for the silence."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._renew_s)
            self._wake.clear()
            scope, wanted = self._wanted
            if scope and (wanted or self._share.held) and not self._stopping:
                self._take(self._asked(scope, wanted))
        if self._share.held and self._share.confirmed:
            self._asked(self._wanted[0], frozenset())

    def _asked(self, scope: str, wanted: frozenset[str]) -> WatchShare:
        try:
            tenure = self._line.hold(scope, sorted(wanted))
        except SyncError as error:
            log.info("the lease was not renewed: %s", error.trouble.value)
            return share_without_server(self._share, wanted)
        return WatchShare(tenure.held, dict(tenure.elsewhere))

    def _take(self, share: WatchShare) -> None:
        self._share = share
        self._tell(share)
