import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.domain import errors as domain
from desktop.domain.checklists import ChecklistTrouble
from desktop.domain.rectification import RecheckResult
from desktop.domain.roles import Role
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.settings import Language, Settings, SettingsError, SettingsTrouble
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.language import Translators
from desktop.viewmodels import naming, wording
from desktop.viewmodels.field_names import FIELDS
from desktop.viewmodels.wording import OURS, retryable, sentence, server_reason
from sync.errors import SyncError, SyncTrouble
from video.errors import FootageError, FootageTrouble

REFUSALS: list[BaseException] = [
    *(StorageError(trouble, "store.db") for trouble in StorageTrouble),
    *(SecretsError(trouble) for trouble in SecretsTrouble),
    *(SyncError(trouble) for trouble in SyncTrouble),
    *(FootageError(trouble, "2号机") for trouble in FootageTrouble),
    *(SettingsError(trouble, "sync_every_s", "5–3600") for trouble in SettingsTrouble),
    *(DocumentError(trouble, "basis") for trouble in DocumentTrouble),
    *(ExchangeError(trouble, "办件.csv", row=3, detail="5 > 4") for trouble in ExchangeTrouble),
    domain.NotFound("card", "0198"),
    domain.NotAllowed("card", "sign", ("DEPUTY_HEAD", "HEAD")),
    domain.WrongState("card", "sign", "DRAFT"),
    domain.SamePerson("finding", "confirm", "first_review_by"),
    domain.MissingField("card", "submit", "basis"),
    domain.BadField("card", "basis", 7),
    domain.Sealed("paper", "change"),
    domain.AlreadyOff("window_pause", "05号窗口"),
    domain.DateMayMove("0198"),
    domain.WindowWatched("05号窗口", "1号机"),
    domain.TooLightForCard("0198"),
    domain.Inconclusive("0198"),
    domain.OrganMayNotIssue("organ-1", "T02"),
    domain.BasisNotInForce("basis-1", "2026-11-23"),
    domain.BasisCited("管理办法"),
    domain.LocalRuleMissing("0198"),
    domain.Recused("unit-1", "配偶在该单位任职"),
    domain.FindingNotConfirmed("0198"),
    domain.CardTooHigh("0198", 2),
    domain.FindingAlreadyCarded("0198", "0199"),
    domain.AskedNobodySo("0198"),
    domain.CannotVerify("0198", "u-lin"),
    domain.MarkedOriginal("0198"),
    domain.Unproven(3, 0.2),
    domain.AppealTooLate("0198", date(2026, 11, 30)),
    domain.SuccessorUnfit("0198", "0199"),
    domain.AppealTimeRuns("0198", date(2026, 11, 30)),
    domain.ExtensionRefused("0198", date(2026, 12, 7)),
    domain.EscalationUnfounded("0198", 2, 5),
    domain.RecheckSaysOtherwise("0198", RecheckResult.FALSE_REPORT),
    domain.ReturnedBefore("0198"),
    domain.ContentChanged("aa", "bb"),
    domain.NoNumberLeft("某效监黄", 2026),
    domain.CalendarUnknown(2027),
    domain.ClockWentBack("2026-11-23", "2026-11-24"),
    domain.WrongPassword(30.0),
    domain.NeverSignedInHere("linmin"),
    domain.DutiesClash("SYS_ADMIN", "SUPERVISOR"),
    *(domain.BadChecklist(trouble, "opened") for trouble in ChecklistTrouble),
    domain.NotOnThisInspection("0198"),
    domain.InspectionIncomplete(("opened", "tidy")),
    domain.OnHold("0198", "审计要求"),
    domain.BadProfile("GD-2008", "weights"),
    domain.CoefficientOutOfBounds("unit-1", Decimal("1.6")),
    domain.AlreadyReversed("0198"),
    domain.PeriodLocked("2026-10", 1),
    domain.ReplyTakenBefore("某效监黄〔2026〕12号"),
    domain.ReplyUnmatched("某效监黄〔2026〕12号"),
    domain.ReportDoesNotAddUp("RT5", "黄牌", 3, 4),
]


def test_every_refusal_of_the_domain_is_in_the_list() -> None:
    known = {
        kind
        for _, kind in inspect.getmembers(domain, inspect.isclass)
        if issubclass(kind, domain.DomainError) and kind is not domain.DomainError
    }
    assert known == {type(e) for e in REFUSALS if isinstance(e, domain.DomainError)}


def label(error: BaseException) -> str:
    trouble = getattr(error, "trouble", None)
    return f"{type(error).__name__}-{trouble.name if isinstance(trouble, Enum) else ''}"


@pytest.fixture(params=[Language.CHINESE, Language.ENGLISH], ids=lambda lang: lang.value)
def language(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Language]:
    application = QCoreApplication.instance()
    assert application
    translators = Translators(application)
    translators.speak(request.param)
    yield request.param
    translators.speak(Language.CHINESE)


@pytest.mark.parametrize("error", REFUSALS, ids=label)
def test_every_refusal_is_a_sentence_of_its_own(error: BaseException, language: Language) -> None:
    told = sentence(error)
    assert told.endswith("。" if language is Language.CHINESE else ".")
    assert not re.search(r"\{\d", told)
    assert told != wording.said(OURS)
    assert not re.search(r"[A-Z]{4,}_|first_review|basis-1", told), "an identifier shows through"


def test_no_two_refusals_sound_alike() -> None:
    told = [sentence(error) for error in REFUSALS if not isinstance(error, domain.WrongPassword)]
    twice = {each for each in told if told.count(each) > 1}
    assert not twice


def test_what_is_no_refusal_was_our_own_mistake() -> None:
    assert sentence(KeyError("x")) == OURS
    assert "x" not in sentence(KeyError("x"))


def test_a_refusal_names_who_may_and_in_which_state_it_is() -> None:
    assert "分管领导、主要负责人" in sentence(
        domain.NotAllowed("card", "sign", ("DEPUTY_HEAD", "HEAD"))
    )
    assert "草稿" in sentence(domain.WrongState("card", "sign", "DRAFT"))


def test_a_wait_is_told_in_seconds() -> None:
    assert "30" in sentence(domain.WrongPassword(30.0))
    assert "90" in sentence(SyncError(SyncTrouble.WRONG_CREDENTIALS, retry_s=90))


def test_only_what_waiting_may_mend_is_tried_again() -> None:
    assert retryable(StorageError(StorageTrouble.DISK_FULL, retryable=True))
    assert not retryable(domain.Inconclusive("0198"))


def test_the_servers_reasons_are_said_in_words() -> None:
    told = server_reason({"code": "same_person", "field": "first_review_by"})
    assert told == "两个步骤必须由不同的人完成 (第一核实人)"
    assert server_reason({"code": "of_a_newer_server"}) == "of_a_newer_server"


def test_every_setting_has_a_name() -> None:
    assert set(wording.SETTINGS) == {each.name for each in fields(Settings)}


def test_every_role_has_a_name() -> None:
    assert set(naming.ROLES) == set(Role)


@pytest.mark.parametrize("entity", sorted(assets.entity_files()))
def test_everything_an_entity_file_names_has_a_word(entity: str) -> None:
    rules: Mapping[str, object] = assets.entity_files()[entity]
    assert entity in naming.ENTITIES
    named = rules["fields"]
    assert isinstance(named, dict)
    assert set(named) <= set(FIELDS)
    acts = rules.get("transition", [])
    assert isinstance(acts, list)
    assert {act["name"] for act in acts} <= set(naming.ACTS)
    states = named.get(str(rules.get("state_field")), {}).get("values", [])
    assert set(states) <= set(naming.STATES)
