"""The list of evidence, its words, and the custody chain of one piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.evidence import Custody, CustodyAct, Evidence
from desktop.domain.identifiers import EvidenceId, UserId
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.usecases.evidence import MARKED, MASKED
from desktop.usecases.exhibits import PAPER_ROLE, Exhibit
from desktop.usecases.inspections.finishing import SIGNATURE
from desktop.viewmodels.lines import Cells, Row, TwoLines, headings
from desktop.viewmodels.review.pack import STILL_ROLES
from desktop.viewmodels.states import Shape, StateLook
from desktop.viewmodels.times import stamp

_GROUP = 8  # digits of a digest in a row


class Medium(Enum):
    """How a piece is looked at."""

    PICTURE = "image/"
    CLIP = "video/"
    PAGES = "application/pdf"

    @property
    def word(self) -> str:
        """The medium in the current language."""
        words = {
            Medium.PICTURE: said("图片"),
            Medium.CLIP: said("片段"),
            Medium.PAGES: said("文书"),
        }
        return words[self]


def medium_of(item: Evidence) -> Medium:
    """Tell how a piece is looked at."""
    return next(each for each in Medium if item.media_type.startswith(each.value))


def name_of(item: Evidence) -> str:
    """Name a piece: what it shows, or what it was called outside."""
    words = {
        SIGNATURE: said("签名"),
        "clip": said("片段"),
        MARKED: said("批注画面"),
        PAPER_ROLE: f"{said('文书')} {item.file_name}",
    }
    if item.role in STILL_ROLES:
        return said(STILL_ROLES[item.role])
    return words.get(item.role, item.role)


def version_name(item: Evidence) -> str:
    """Name an original or a copy among its like."""
    if item.masked_of is None:
        return said("原件")
    return said("批注副本") if item.role == MARKED else said("遮蔽副本")


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """One piece in the list."""

    exhibit: Exhibit

    @property
    def key(self) -> str:
        """The original's id."""
        return self.exhibit.key

    @property
    def look(self) -> StateLook:
        """Whether everybody on it who must not be seen is covered on a copy."""
        if self.exhibit.copies:
            return StateLook(said("有副本"), Shape.DISC, Tone.GOOD)
        return StateLook(said("只有原件"), Shape.RING, Tone.SOFT)

    @property
    def title(self) -> str:
        """What it is."""
        return name_of(self.exhibit.original)

    @property
    def detail(self) -> str:
        """When it was taken, and what took it."""
        original = self.exhibit.original
        count = len(self.exhibit.copies)
        told = said("{0} 份副本", n=count).format(count) if count else ""
        return " · ".join(filter(None, (stamp(original.taken_at)[:16], original.device, told)))

    @property
    def remark(self) -> str:
        """Nothing more."""
        return ""

    @property
    def spoken(self) -> tuple[str, ...]:
        """Both lines and the look."""
        return (self.title, self.detail, self.look.word)


class ExhibitsModel(TwoLines[ExhibitRow]):
    """Evidence as a list of two lines each."""


def chain_titles() -> Cells:
    """The titles of the chain of custody."""
    return headings(said("时间"), said("事项"), said("版本"), said("经办人"), said("理由"))


def facts_of(item: Evidence) -> Mapping[str, str]:
    """Say what is known of a piece; what is not known is left out."""
    offset = item.clock_offset_s
    told = {
        said("时间"): stamp(item.taken_at),
        said("设备"): item.device,
        said("时钟偏差"): said("{0} 秒").format(f"{offset:+.1f}") if offset is not None else "",
        said("地点"): item.place,
        said("原文件名"): item.file_name if item.role != PAPER_ROLE else "",
        said("大小"): said("{0} 千字节").format(f"{item.size / 1000:,.0f}"),
        "SHA-256": _in_groups(item.sha256),
        said("来源摘要"): _in_groups(item.masked_of or ""),
    }
    return {name: value for name, value in told.items() if value}


def _in_groups(digest: str) -> str:
    """Write a digest so that it can be read, and breaks at the end of a line."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def chain_lines(
    chain: Sequence[Custody], exhibit: Exhibit, names: Mapping[UserId, str]
) -> tuple[Row, ...]:
    """Lay out the custody chain: when, what, of which version, by whom, why."""
    versions = {item.id: version_name(item) for item in exhibit.versions}
    return tuple(
        Row(
            link.id,
            (
                stamp(link.at)[:16],
                _act_said(link.act),
                versions.get(EvidenceId(link.subject_id), said("整组")),
                names.get(link.person_by, link.person_by[:8]),
                _reason_said(link.reason),
            ),
        )
        for link in chain
    )


def _act_said(act: CustodyAct) -> str:
    words = {
        CustodyAct.CAPTURED: said("取得"),
        CustodyAct.SEEN: said("查看原件"),
        CustodyAct.EXPORTED: said("导出"),
    }
    return words[act]


def _reason_said(reason: str) -> str:
    words = {MARKED: said("批注"), MASKED: said("遮蔽")}
    return words.get(reason, reason)
