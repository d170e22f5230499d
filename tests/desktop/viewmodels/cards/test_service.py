import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.evidence import ServiceWay
from desktop.usecases.service import Service
from desktop.viewmodels.cards.draft import sentences_of
from desktop.viewmodels.paperwork.service import ServiceForm, gap_said, way_hint, way_name
from tests.support.profiles import DAY


def form(way: ServiceWay, **more: str) -> ServiceForm:
    words = {"recipient": "住建局", "place": "办公室", "receiver": "许文", "deliverers": "甲"}
    return ServiceForm(way=way, received_at=DAY, **{**words, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("way", "missing"),
    [
        (ServiceWay.DIRECT, ()),
        (ServiceWay.LEFT, ("deliverers", "witness", "refusal")),
        (ServiceWay.ENTRUSTED, ("proxy",)),
        (ServiceWay.MAIL, ("note",)),
        (ServiceWay.ELECTRONIC, ("note",)),
        (ServiceWay.ANNOUNCED, ("note",)),
    ],
    ids=lambda value: value.value if isinstance(value, ServiceWay) else "",
)
def test_each_way_of_service_wants_its_own(way: ServiceWay, missing: tuple[str, ...]) -> None:
    assert form(way).service().missing() == missing
    assert way_name(way)
    assert way_hint(way)
    assert all(gap_said(name) for name in missing)


@pytest.mark.parametrize("written", ["甲、乙", "甲,乙", "甲 乙", " 甲，乙 "])
def test_deliverers_are_read_as_people_write_them(written: str) -> None:
    service = form(ServiceWay.LEFT, deliverers=written, witness="丙", refusal="拒签").service()
    assert service.deliverers == ("甲", "乙")
    assert service.missing() == ()


@pytest.mark.parametrize("way", [ServiceWay.LEFT, ServiceWay.ANNOUNCED])
def test_nobody_signs_for_what_is_left_behind_or_announced(way: ServiceWay) -> None:
    said = {"deliverers": "甲、乙", "witness": "丙", "refusal": "拒签", "note": "大厅公告栏"}
    assert form(way, receiver="", **said).service().missing() == ()


def test_nothing_written_is_all_missing() -> None:
    nothing = Service(ServiceWay.DIRECT, "", "", DAY, "", ())
    assert nothing.missing() == ("recipient", "place", "receiver", "deliverers")


@given(st.lists(st.text(alphabet="整改窗 ", min_size=0, max_size=5)))
def test_requirements_are_the_lines_that_say_something(lines: list[str]) -> None:
    read = sentences_of("\n".join(lines))
    assert read == tuple(line.strip() for line in lines if line.strip())
