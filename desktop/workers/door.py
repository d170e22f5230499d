"""Who is at the desk: signing in with the server, or without it where that was done before."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from sqlalchemy import Connection

from desktop.bridges.envelopes import account_of
from desktop.domain.errors import DutiesClash, WrongPassword
from desktop.domain.roles import Account, Actor, Role
from desktop.storage import accounts, numbers
from desktop.storage.accounts import SeenHere
from desktop.usecases.founding import Newcomer
from desktop.usecases.ports import Clock
from desktop.workers.case_desk import CaseDesk
from sync.client.session import Session
from sync.errors import SyncError, SyncTrouble
from sync.protocol.answers import Account as Person
from sync.protocol.answers import CodeShown, DeviceAsking, DeviceSeen
from sync.protocol.duties import clash

BLOCK = 20  # numbers leased at once; what a year leaves unused is voided by list


class Door:
    """Signs people in and out, each time on a thread of its own.

    `actor` is who acts now, None while nobody does; `device_id` names this device to the server.
    """

    def __init__(self, session: Session, desk: CaseDesk, *, device_id: str, clock: Clock) -> None:
        self._session = session
        self._desk = desk
        self.device_id = device_id
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="door")
        self.actor: Actor | None = None

    def known(self) -> "Future[tuple[str, ...]]":
        """Name those who have signed in on this device, latest first."""
        return self._desk.write(accounts.known_usernames)

    def sign_in(self, username: str, password: str) -> "Future[Actor]":
        """Let somebody in.

        The future raises WrongPassword, NeverSignedInHere (no network, and a stranger), or
        SyncError DEVICE_REVOKED.
        """
        return self._thread.submit(self._let_in, username, password)

    def ask_code(self) -> "Future[CodeShown]":
        """Ask for a code that is confirmed on another device. The future raises SyncError."""
        return self._thread.submit(self._session.begin_by_code)

    def try_code(self, shown: CodeShown) -> "Future[Actor | None]":
        """Let in who confirmed a code; None while nobody did. The future raises SyncError."""
        return self._thread.submit(self._let_in_by_code, shown)

    def who_asks(self, user_code: str) -> "Future[DeviceAsking]":
        """Tell which device shows a code. The future raises SyncError."""
        return self._thread.submit(self._session.who_asks, user_code)

    def confirm(self, user_code: str) -> "Future[None]":
        """Let the device that shows a code in, as oneself. The future raises SyncError."""
        return self._thread.submit(self._session.confirm, user_code)

    def sign_out(self) -> "Future[None]":
        """Let nobody act until the next sign-in; what waits for the server waits on."""
        self.actor = None
        return self._thread.submit(self._session.sign_out)

    def lock(self) -> None:
        """Let nobody act, but go on synchronising."""
        self.actor = None

    def have_numbers(self, series: str, year: int) -> "Future[int]":
        """Lease a block of document numbers where none is left; answers how many there are.

        The future raises SyncError when the server is needed and says no or is not there.
        """
        return self._thread.submit(self._lease, series, year)

    def add_person(self, newcomer: Newcomer, scopes: Sequence[str]) -> "Future[None]":
        """Make an account on the server, as the administrator who is signed in.

        The future raises DutiesClash, or SyncError: NOT_ALLOWED, UNREACHABLE, or REFUSED with the
        server's code.
        """
        return self._thread.submit(self._enrol, newcomer, scopes)

    def people(self) -> "Future[tuple[Person, ...]]":
        """List all accounts, as the administrator who is signed in. The future raises SyncError."""
        return self._thread.submit(self._session.users)

    def change_person(
        self,
        user_id: str,
        *,
        roles: Sequence[Role] | None = None,
        active: bool | None = None,
        password: str | None = None,
    ) -> "Future[Person]":
        """Change an account on the server, as the administrator who is signed in.

        The future raises DutiesClash, or SyncError: NOT_ALLOWED, UNREACHABLE, or REFUSED with the
        server's code.
        """
        return self._thread.submit(self._change, user_id, roles, active, password)

    def end_waiting(self, username: str) -> "Future[None]":
        """Let somebody who tried too often on this device try again now."""
        return self._desk.write(lambda connection: accounts.end_waiting(connection, username))

    def seen_here(self) -> "Future[tuple[SeenHere, ...]]":
        """Tell who has signed in on this device, and who must wait there."""
        return self._desk.write(accounts.seen_here, quietly=True)

    def devices(self) -> "Future[tuple[DeviceSeen, ...]]":
        """Ask for the devices on which this user has signed in. The future raises SyncError."""
        return self._thread.submit(self._session.devices)

    def revoke(self, device_id: str) -> "Future[None]":
        """Take a device's rights. The future raises SyncError."""
        return self._thread.submit(self._session.revoke, device_id)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()

    def _let_in(self, username: str, password: str) -> Actor:
        try:
            account = self._with_server(username, password)
        except SyncError as error:
            if error.trouble is SyncTrouble.WRONG_CREDENTIALS:
                raise WrongPassword(error.retry_s or 0.0) from error
            if error.trouble is not SyncTrouble.UNREACHABLE:
                raise
            account = self._without_server(username, password)
        self.actor = account.actor(self.device_id)
        return self.actor

    def _let_in_by_code(self, shown: CodeShown) -> Actor | None:
        told = self._session.go_on_by_code(shown)
        if told is None:
            return None
        account, now = account_of(told), self._clock.now()
        self._desk.transact(lambda c: accounts.remember(c, account, None, now))
        self.actor = account.actor(self.device_id)
        return self.actor

    def _with_server(self, username: str, password: str) -> Account:
        account = account_of(self._session.sign_in(username, password))
        now = self._clock.now()
        self._desk.transact(lambda c: accounts.remember(c, account, password, now))
        return account

    def _without_server(self, username: str, password: str) -> Account:
        now = self._clock.now()
        answer = self._desk.transact(lambda c: accounts.sign_in_offline(c, username, password, now))
        if isinstance(answer, WrongPassword):
            raise answer
        return answer

    def _change(
        self,
        user_id: str,
        roles: Sequence[Role] | None,
        active: bool | None,  # as the server takes it
        password: str | None,
    ) -> Person:
        names = None if roles is None else [role.value for role in roles]
        _must_be_apart(names or ())
        return self._session.change_user(user_id, roles=names, active=active, password=password)

    def _enrol(self, newcomer: Newcomer, scopes: Sequence[str]) -> None:
        _must_be_apart([role.value for role in newcomer.roles])
        self._session.add_user(
            username=newcomer.username,
            name=newcomer.name,
            password=newcomer.password,
            roles=[role.value for role in newcomer.roles],
            scopes=list(scopes),
        )

    def _lease(self, series: str, year: int) -> int:
        left = self._desk.transact(_left(series, year))
        if left:
            return left
        block = self._session.lease_numbers(series, year, BLOCK)
        self._desk.transact(
            lambda c: numbers.add_block(c, block.series, block.year, block.first, block.last)
        )
        return self._desk.transact(_left(series, year))


def _must_be_apart(roles: Sequence[str]) -> None:
    if pair := clash(roles):
        raise DutiesClash(*pair)


def _left(series: str, year: int) -> Callable[[Connection], int]:
    def count(connection: Connection) -> int:
        return numbers.numbers_left(connection, series, year)

    return count
