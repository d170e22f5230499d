"""What belongs to one absence while it is being kept."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from video.errors import FootageError
from video.evidence.strip import Noted
from video.messages import Vault
from video.vocabulary.event import EvidenceItem, ItemRole
from video.vocabulary.moment import Moment

_ORDER = list(ItemRole)


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to be sealed, with its masked copy where it has one."""

    role: ItemRole
    moment: Moment
    media_type: str
    data: bytes = field(repr=False)
    masked: bytes | None = field(default=None, repr=False)


@dataclass(slots=True)
class Pack:
    """The evidence of one absence.

    Attributes:
        ticks: observations from ten seconds before the start on.
        departure: the moment that the first clip is about, None while it is not cut.
        missing: what could not be kept, and why.
        manifest: digest of the last manifest.
    """

    window_id: str
    start: Moment
    end: Moment | None = None
    ticks: list[Noted] = field(default_factory=list)
    departure: Moment | None = None
    missing: dict[ItemRole, str] = field(default_factory=dict)
    manifest: str | None = None
    _held: list[Piece] = field(default_factory=list)
    _kept: list[EvidenceItem] = field(default_factory=list)

    def has(self, role: ItemRole) -> bool:
        """Whether something of a role is here, sealed or not."""
        roles = [piece.role for piece in self._held] + [item.role for item in self._kept]
        return role in roles

    def hold(self, piece: Piece) -> None:
        """Keep a piece in memory until the pack is sealed."""
        self._held.append(piece)

    @property
    def held_bytes(self) -> int:
        """Size of what waits in memory."""
        return sum(len(piece.data) + len(piece.masked or b"") for piece in self._held)

    def drop(self, roles: Collection[ItemRole]) -> None:
        """Leave out what will be written anew."""
        self._held = [piece for piece in self._held if piece.role not in roles]
        self._kept = [item for item in self._kept if item.role not in roles]

    def items(self) -> tuple[EvidenceItem, ...]:
        """What is sealed, in order of roles and of time."""
        return tuple(sorted(self._kept, key=lambda item: (_ORDER.index(item.role), item.at_s)))

    def seal(self, vault: Vault) -> None:
        """Put everything into the vault; what it refuses stays and is tried again next time.

        Raises:
            FootageError: the first refusal, after everything has been tried.
        """
        refused: list[FootageError] = []
        waiting, self._held = self._held, []
        for piece in waiting:
            try:
                self._kept += list(_put(piece, vault))
                self.missing.pop(piece.role, None)
            except FootageError as error:
                self._held.append(piece)
                self.missing[piece.role] = error.trouble.value
                refused.append(error)
        if refused:
            raise refused[0]


def _put(piece: Piece, vault: Vault) -> Iterator[EvidenceItem]:
    original: str | None = None
    for data in (piece.data, piece.masked):
        if data is not None:
            stored = vault.put(data)
            moment = piece.moment
            yield EvidenceItem(
                role=piece.role,
                sha256=stored.sha256,
                size=stored.size,
                media_type=piece.media_type,
                at_s=moment.at_s,
                at_wall=moment.at_wall,
                masked_of=original,
            )
            original = stored.sha256
