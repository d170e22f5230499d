"""Users and roles: who is there, what each may do, and what the administrator changes of it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.entities import Book
from desktop.domain.identifiers import HallId, UnitId
from desktop.domain.organisation import REGION, Hall, Unit, UserCard
from desktop.domain.recusals import Recusal
from desktop.domain.roles import Actor, Role
from desktop.storage.accounts import SeenHere
from desktop.system.language import headed, joined, said
from desktop.system.theme import Tone
from desktop.usecases.founding import Newcomer, is_weak
from desktop.usecases.ports import Clock, Reading
from desktop.usecases.recusal import stand_aside_from
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import may_create
from desktop.viewmodels.lines import Lines, Row, headings
from desktop.viewmodels.naming import act_name, entity_name, role_names
from desktop.viewmodels.times import stamp
from desktop.viewmodels.welcome import newcomer_troubles
from desktop.viewmodels.wording import sentence
from desktop.workers.case_desk import CaseDesk
from sync.errors import SyncError, SyncTrouble
from sync.protocol.answers import Account


class AccountDoor(Protocol):
    """The door, as far as it knows accounts."""

    actor: Actor | None

    def people(self) -> "Future[tuple[Account, ...]]":
        """List all accounts of the server."""

    def seen_here(self) -> "Future[tuple[SeenHere, ...]]":
        """Tell who has signed in on this device."""

    def add_person(self, newcomer: Newcomer, scopes: Sequence[str]) -> "Future[None]":
        """Make an account."""

    def change_person(
        self,
        user_id: str,
        *,
        roles: Sequence[Role] | None = None,
        active: bool | None = None,
        password: str | None = None,
    ) -> "Future[Account]":
        """Change an account."""

    def end_waiting(self, username: str) -> "Future[None]":
        """Let somebody try again now."""


class Office(Protocol):
    """The open program, as far as accounts need it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def door(self) -> AccountDoor:
        """Who acts, and the accounts."""

    @property
    def book(self) -> Book:
        """The rules of all records."""

    @property
    def clock(self) -> Clock:
        """The time."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the office, put together from the server, the store and this device.

    Attributes:
        username: empty while the server is not asked and he never signed in here.
        here: what this device knows of his signing in.
        aside: units from which he stands aside, with the reason.
    """

    user_id: str
    name: str
    roles: tuple[Role, ...]
    username: str = ""
    active: bool = True
    here: SeenHere | None = None
    aside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    cards: tuple[UserCard, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    units: Mapping[UnitId, str] = field(default_factory=dict)
    hall_id: HallId | None = None


class UserDesk(QObject):
    """Everybody of the office.

    Attributes:
        chosen: id of the person that is shown; "" while somebody new is written, or nobody.
        refusal: why the server does not tell its accounts now; empty while it does.
    """

    changed = Signal()
    saved = Signal(str)
    misfilled = Signal(object)
    refused = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._known = _Known()
        self._accounts: dict[str, Account] = {}
        self._seen: dict[str, SeenHere] = {}
        self.chosen, self.refusal = "", ""
        self._saying = ""
        self.model = Lines(people_titles, self)
        self.rights = Lines(rights_titles, self)

    @property
    def is_administrator(self) -> bool:
        """Whether the administrator is at the desk."""
        actor = self._office.door.actor
        return actor is not None and actor.has(Role.SYS_ADMIN)

    @property
    def may_change(self) -> bool:
        """Whether accounts can be changed now: by the administrator, while the server answers."""
        return self.is_administrator and bool(self._accounts) and not self.refusal

    @property
    def may_stand_aside(self) -> bool:
        """Whether this person can say that he decides nothing about a unit."""
        actor, book = self._office.door.actor, self._office.book
        return bool(self._known.units) and may_create(book, Recusal.ENTITY, actor)

    @property
    def units(self) -> Sequence[tuple[UnitId, str]]:
        """Units by id and name."""
        return tuple(self._known.units.items())

    @property
    def person(self) -> Person | None:
        """The person that is shown."""
        return next((each for each in self.people() if each.user_id == self.chosen), None)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def refresh(self) -> None:
        """Ask the store, this device, and, as the administrator, the server."""
        desk, door = self._office.desk, self._office.door
        self._answers.ask(desk.look(_read), self._take_known, self._refuse, "known")
        self._answers.ask(door.seen_here(), self._take_seen, self._refuse, "seen")
        if self.is_administrator:
            self._answers.ask(door.people(), self._take_accounts, self._miss, "accounts")
        else:
            self._accounts = {}
            self._show()

    def stand(self) -> tuple[str, Tone]:
        """Say who keeps the accounts, and why they can be read only."""
        keeps = said("账号由服务器统一管理，各设备随同步更新。")
        if not self.is_administrator:
            return joined(keeps, said("只有系统管理员可以更改，这里只能查看。")), Tone.SOFT
        if self.refusal:
            return joined(self.refusal, keeps, said("连接之前，这里只能查看。")), Tone.NEAR
        return joined(keeps, said("系统管理、安全审计和业务三类角色不能由同一人兼任。")), Tone.SOFT

    def choose(self, user_id: str) -> None:
        """Show somebody; "" for somebody new."""
        self.chosen = user_id
        self.changed.emit()

    def people(self) -> tuple[Person, ...]:
        """Everybody, by name; what the server says goes before what was pulled from it."""
        whole: dict[str, tuple[str, Sequence[str]]] = {
            card.id: (card.name, [role.value for role in card.roles]) for card in self._known.cards
        }
        whole |= {each.user_id: (each.name, each.roles) for each in self._accounts.values()}
        return tuple(
            sorted(
                (self._person(user_id, *pair) for user_id, pair in whole.items()),
                key=lambda each: (not each.active, each.name),
            )
        )

    def add(self, newcomer: Newcomer) -> None:
        """Make an account, or say what is wrong with it."""
        troubles = newcomer_troubles(newcomer)
        self.misfilled.emit(troubles)
        if not troubles:
            scopes = tuple(filter(None, (REGION, self._known.hall_id)))
            self._saying = said("已为{0}开户。").format(newcomer.name)
            added = self._office.door.add_person(newcomer, scopes)
            self._answers.ask(added, self._done, self._refuse)

    def give_roles(self, roles: Sequence[Role]) -> None:
        """Let the person that is shown have exactly these roles, from his next sign-in on."""
        self._change(said("角色已更改，该人员下次登录时生效。"), roles=roles)

    def lock(self) -> None:
        """Let the person that is shown sign in no more."""
        self._change(said("账号已停用，其登录已在服务器上失效。"), active=False)

    def unlock(self) -> None:
        """Let the person that is shown sign in again."""
        self._change(said("账号已恢复。"), active=True)

    def reset(self, password: str) -> None:
        """Give the person that is shown another password; all his sign-ins end."""
        person = self.person
        if person is not None and is_weak(password, person.username):
            self.refused.emit(SyncError(SyncTrouble.REFUSED, "weak_password"))
            return
        self._change(said("密码已重设，请当面告知本人。"), password=password)

    def end_waiting(self) -> None:
        """Let the person that is shown try again on this device now."""
        if self.person is not None and self.is_administrator:
            self._saying = said("可以重新尝试登录。")
            ended = self._office.door.end_waiting(self.person.username)
            self._answers.ask(ended, self._done, self._refuse)

    def stand_aside(self, unit_id: UnitId, reason: str) -> None:
        """Say that one decides nothing about a unit."""
        actor, hall_id = self._office.door.actor, self._known.hall_id
        if actor is not None and hall_id is not None:
            act = partial(
                stand_aside_from,
                hall_id=hall_id,
                unit_id=unit_id,
                reason=reason,
                clock=self._office.clock,
            )
            self._saying = said("已申明回避，请由另一人办理。")
            self._answers.ask(self._office.desk.act(actor, act), self._done, self._refuse)

    def details(self, person: Person) -> str:
        """Say what this device knows of somebody."""
        here = person.here
        if here is None or here.signed_in_at is None:
            return said("没有在这台设备上登录过，没有网络时不能在此登录。")
        told = said("最近一次在本机登录：{0}。").format(stamp(here.signed_in_at)[:16])
        offline = said("没有网络时也能登录。") if here.works_offline else ""
        waits = here.waits_until if here.waits_until and here.waits_until > self._now() else None
        tried = said("多次输错，{0} 前不能再试。").format(stamp(waits)) if waits else ""
        return joined(told, offline, tried)

    def must_wait(self, person: Person) -> bool:
        """Tell whether somebody tried too often on this device."""
        until = person.here.waits_until if person.here else None
        return until is not None and until > self._now()

    def _now(self) -> datetime:
        return self._office.clock.now()

    def _person(self, user_id: str, name: str, roles: Sequence[str]) -> Person:
        account, here = self._accounts.get(user_id), self._seen.get(user_id)
        aside = tuple(
            (self._known.units.get(each.unit_id, each.unit_id), each.reason)
            for each in self._known.recusals
            if each.declared_by == user_id
        )
        return Person(
            user_id,
            name,
            tuple(Role(role) for role in roles if role in Role.__members__),
            account.username if account else here.username if here else "",
            account is None or account.active,
            here,
            aside,
        )

    def _change(self, saying: str, **wanted: object) -> None:
        if self.chosen and self.may_change:
            self._saying = saying
            changed = self._office.door.change_person(self.chosen, **wanted)  # type: ignore[arg-type]
            self._answers.ask(changed, self._done, self._refuse)

    def _take_known(self, known: _Known) -> None:
        self._known = known
        self._show()

    def _take_seen(self, seen: Sequence[SeenHere]) -> None:
        self._seen = {each.user_id: each for each in seen}
        self._show()

    def _take_accounts(self, accounts: Sequence[Account]) -> None:
        self._accounts, self.refusal = {each.user_id: each for each in accounts}, ""
        self._show()

    def _miss(self, error: Exception) -> None:
        self._accounts, self.refusal = {}, sentence(error)
        self._show()

    def _show(self) -> None:
        self.model.replace([Row(each.user_id, _cells(each)) for each in self.people()])
        self.rights.replace(_rights(self._office.book))
        self.changed.emit()

    def _done(self, _: object) -> None:
        self.saved.emit(self._saying)
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def refusal_said(error: Exception) -> str:
    """Say why the server refused a change of accounts."""
    known = {
        "username_taken": said("这个用户名已经有人使用。"),
        "weak_password": said("密码至少 8 位，不能过于简单，也不能与用户名相同。"),
        "last_administrator": said("这是最后一名系统管理员，不能停用或改为其他角色。"),
    }
    detail = error.detail if isinstance(error, SyncError) else ""
    return known.get(detail) or sentence(error)


def people_titles() -> tuple[str, ...]:
    """The titles of the list of people."""
    return headings(said("姓名"), said("用户名", "account"), said("角色"), said("账号"))


def rights_titles() -> tuple[str, ...]:
    """The titles of the table of rights."""
    return headings(said("对象", "rights"), said("操作"), said("可以办理的角色"))


def _cells(person: Person) -> tuple[str, ...]:
    state = said("启用") if person.active else said("已停用", "account")
    roles = role_names(tuple(role.value for role in person.roles))
    return person.name, person.username or "—", roles, state


def _rights(book: Book) -> list[Row]:
    """Say who may do what: straight from the rules that every act is held against."""
    rows = []
    for entity in book.names():
        rule = book.rule(entity)
        acts = {"create": rule.create_roles, "edit": rule.edit_roles}
        acts |= {act.name: act.roles for act in rule.transitions}
        for act, roles in acts.items():
            if roles:
                who = said("所有人") if "*" in roles else role_names(roles)
                cells = (headed(entity_name(entity)), headed(act_name(act)), who)
                rows.append(Row(f"{entity}.{act}", cells))
    return rows


def _read(reading: Reading) -> _Known:
    halls = reading.find(Hall)
    return _Known(
        reading.find(UserCard),
        reading.find(Recusal),
        {unit.id: unit.short_name or unit.name for unit in reading.find(Unit)},
        halls[0].id if halls else None,
    )
