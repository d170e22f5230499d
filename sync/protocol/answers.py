"""What the server answers: results of changes, pages of a pull, accounts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import Any

from sync.protocol.change import Body


class Outcome(Enum):
    """What became of a change."""

    APPLIED = "applied"
    MERGED = "merged"
    CONFLICT = "conflict"
    REJECTED = "rejected"
    BLOCKED = "blocked"
    DUPLICATE = "duplicate"

    @property
    def is_in(self) -> bool:
        """Whether all of the change now stands on the server."""
        return self in {Outcome.APPLIED, Outcome.MERGED, Outcome.DUPLICATE}


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """The fate of one change, with the record as it now stands on the server.

    Attributes:
        reason: a stable code and its fields when it is not in, such as
            {"code": "same_person", "field": "first_review_by"}.
    """

    op_id: str
    outcome: Outcome
    ver: int = 0
    body: Body | None = None
    reason: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        words = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return words | {"outcome": self.outcome.value}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "ChangeResult":
        """Read it back."""
        words = {name: plain[name] for name in cls.__dataclass_fields__}
        return cls(**words | {"outcome": Outcome(plain["outcome"])})


@dataclass(frozen=True, slots=True)
class PulledRow:
    """A record as it stood at a place of its scope's log; `seq` counts without a gap."""

    scope: str
    seq: int
    entity: str
    id: str
    ver: int
    body: Body

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        # By hand here and below: asdict copies every value of every body.
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a pull; `heads` are the last numbers of the scopes the user may see."""

    epoch: str
    rows: tuple[PulledRow, ...]
    next_cursor: str
    has_more: bool
    heads: Mapping[str, int]
    server_time: str

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        words = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return words | {"rows": [row.to_json() for row in self.rows]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Page":
        """Read it back."""
        rows = tuple(PulledRow(**row) for row in plain["rows"])
        words = {name: plain[name] for name in cls.__dataclass_fields__}
        return cls(**words | {"rows": rows})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One page of a first load.

    Attributes:
        rows: records as they stand; their `seq` is 0.
        after: asks for the next page; empty on the last.
        next_cursor: where to pull on; empty before the last page.
        heads: the places in the logs that `next_cursor` means.
    """

    epoch: str
    rows: tuple[PulledRow, ...]
    after: str
    next_cursor: str
    heads: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        words = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return words | {"rows": [row.to_json() for row in self.rows]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Snapshot":
        """Read it back."""
        rows = tuple(PulledRow(**row) for row in plain["rows"])
        words = {name: plain[name] for name in cls.__dataclass_fields__}
        return cls(**words | {"rows": rows})


@dataclass(frozen=True, slots=True)
class Hello:
    """What the server answers to a greeting.

    Attributes:
        epoch: names this state of the server; another one after it came back from a backup.
        dev_seq, hash: the last change of the greeting device that the server knows.
    """

    epoch: str
    dev_seq: int
    hash: str
    server_time: str

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Hello":
        """Read it back."""
        return cls(**{name: plain[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody the server knows; `scopes` are hints, the server checks its own table."""

    user_id: str
    username: str
    name: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    active: bool = True

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Account":
        """Read it back; an older server does not say whether the account is active."""
        words = {name: plain[name] for name in cls.__dataclass_fields__ if name in plain}
        return cls(**words | {"roles": tuple(words["roles"]), "scopes": tuple(words["scopes"])})


@dataclass(frozen=True, slots=True)
class Tenure:
    """Which names this device holds, and who holds the others."""

    held: frozenset[str]
    elsewhere: Mapping[str, str]
    lasts_s: float

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Tenure":
        """Read one."""
        elsewhere = {str(name): str(who) for name, who in plain["elsewhere"].items()}
        return cls(frozenset(map(str, plain["held"])), elsewhere, float(plain["lasts_s"]))


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """A device as its user may see it; `unsent` is what it said of itself when last seen."""

    device_id: str
    usernames: tuple[str, ...]
    last_seen: str
    unsent: int
    revoked: bool

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "DeviceSeen":
        """Read it; the server says more than this."""
        words = {name: plain[name] for name in cls.__dataclass_fields__}
        return cls(**words | {"usernames": tuple(words["usernames"])})


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A sign-in that waits for somebody to confirm it elsewhere.

    Attributes:
        device_code: a secret of the device.
        user_code: what it shows to be typed elsewhere.
        every_s: how often it may ask.
    """

    device_code: str = field(repr=False)
    user_code: str
    every_s: float


@dataclass(frozen=True, slots=True)
class DeviceAsking:
    """A device that shows a code: since when, and from where on the network."""

    device_id: str
    address: str
    age_s: int


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Document numbers that only one device may give: first to last, both included."""

    series: str
    year: int
    first: int
    last: int
