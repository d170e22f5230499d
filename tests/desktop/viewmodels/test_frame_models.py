from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.domain.errors import NeverSignedInHere, WrongPassword, WrongState
from desktop.domain.roles import Actor
from desktop.settings import Language, Settings, Theme, load_settings
from desktop.system.theme import Tone
from desktop.viewmodels.palette import best, score
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.refused import again, value_of, value_text
from desktop.viewmodels.sign_in import SignIn, person_line
from desktop.viewmodels.sync_centre import SyncCentre
from desktop.viewmodels.sync_truth import Mark, truth_of
from desktop.viewmodels.watch_health import WatchHealth
from desktop.workers.sync_thread import SyncPhase, SyncStatus
from desktop.workers.video_process import ProcessEnded
from desktop.workers.waiting_room import Waiting
from sync.client.round import Step
from sync.errors import SyncError, SyncTrouble
from tests.support.screens import (
    LIN,
    PEOPLE,
    REFUSED,
    ROUND,
    FakeBackground,
    FakeEntrance,
    FakeLine,
    FakeOutbox,
    FakeSource,
    done,
    failed,
)

AT = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
AGREED = SyncStatus(report=ROUND, finished_at=AT)
UNREACHABLE = SyncStatus(SyncPhase.TROUBLED, refusal=SyncError(SyncTrouble.UNREACHABLE))


@pytest.mark.parametrize(
    ("status", "counts", "line", "mark"),
    [
        (SyncStatus(), {}, "尚未同步", Mark.WAITING),
        (AGREED, {}, "已同步 09:41", Mark.DONE),
        (AGREED, {"pending": 2, "blobs_waiting": 1}, "3 项待同步", Mark.WAITING),
        (AGREED, {"pending": 2, "inbox": 1}, "1 项被服务器拒绝", Mark.STOPPED),
        (replace(AGREED, phase=SyncPhase.RUNNING, step=Step.PULL), {}, "正在同步", Mark.RUNNING),
        (replace(AGREED, phase=SyncPhase.PAUSED), {"pending": 1}, "同步已暂停", Mark.STOPPED),
        (replace(AGREED, phase=SyncPhase.SIGNED_OUT), {}, "需要重新登录", Mark.STOPPED),
        (UNREACHABLE, {"pending": 2}, "离线 · 2 项待同步", Mark.OFFLINE),
        (UNREACHABLE, {}, "离线", Mark.OFFLINE),
    ],
)
def test_the_frame_says_how_sync_stands(
    status: SyncStatus, counts: dict[str, int], line: str, mark: Mark, qtbot: QtBot
) -> None:
    truth = truth_of(status, counts)
    assert (truth.line, truth.mark) == (line, mark)


OTHERS = [each for each in SyncTrouble if each is not SyncTrouble.UNREACHABLE]


@pytest.mark.parametrize("trouble", OTHERS)
def test_any_other_trouble_is_not_called_offline(trouble: SyncTrouble, qtbot: QtBot) -> None:
    truth = truth_of(SyncStatus(SyncPhase.TROUBLED, refusal=SyncError(trouble)), {})
    assert truth.mark is Mark.STOPPED
    assert truth.sentence


def test_it_never_says_synced_while_something_waits(qtbot: QtBot) -> None:
    assert truth_of(AGREED, {"pending": 1}).tone is not Tone.GOOD


@pytest.fixture
def line() -> FakeLine:
    return FakeLine()


@pytest.fixture
def outbox() -> FakeOutbox:
    return FakeOutbox(Waiting({"pending": 3, "inbox": 1}, (REFUSED,), PEOPLE))


@pytest.fixture
def centre(qtbot: QtBot, line: FakeLine, outbox: FakeOutbox) -> Iterator[SyncCentre]:
    made = SyncCentre(line, outbox)
    qtbot.waitUntil(lambda: bool(made.counts))
    yield made
    made.stop()


def test_a_refused_change_shows_both_sides_where_they_differ(centre: SyncCentre) -> None:
    (refused,) = centre.refusals()
    assert "某效监黄〔2026〕12号" in refused.title
    assert refused.reason == "他人先改了同一项内容"
    assert refused.mine_by == "林敏 · 2026-11-23 09:20:00"
    assert refused.theirs_by == "王芳 · 2026-11-23 09:15:00"
    told = {(each.field, each.base, each.server, each.mine) for each in refused.differences}
    assert told == {
        ("状态", "核稿中", "核稿中", "已签发"),
        ("整改要求", "恢复窗口服务", "限期恢复窗口服务", "立即恢复窗口服务"),
    }


def test_taking_the_servers_value_settles_a_refusal(
    qtbot: QtBot, centre: SyncCentre, outbox: FakeOutbox
) -> None:
    with qtbot.waitSignal(centre.changed):
        centre.accept("op-1")
    assert outbox.accepted == ["op-1"]
    assert centre.refusals() == ()


def test_taking_mine_does_the_whole_act_again_with_what_was_edited(
    qtbot: QtBot, line: FakeLine
) -> None:
    beside = replace(REFUSED, op_id="op-2", id="other", mine={"state": "SIGNED"})
    alone = replace(REFUSED, op_id="op-3", group_id="group-2")
    outbox = FakeOutbox(Waiting({"inbox": 3}, (REFUSED, beside, alone), PEOPLE))
    centre = SyncCentre(line, outbox)
    qtbot.waitUntil(lambda: bool(centre.counts))
    with qtbot.waitSignal(centre.changed):
        centre.take_mine("op-1", {"requirements": "马上恢复"})
    assert [(part.op_id, part.values) for part in outbox.redone] == [
        ("op-1", {**REFUSED.mine, "requirements": "马上恢复"}),
        ("op-2", {"state": "SIGNED"}),
    ]
    assert [each.op_id for each in centre.refusals()] == ["op-3"]
    centre.stop()


def test_what_may_not_be_done_again_says_why_and_stays(
    qtbot: QtBot, centre: SyncCentre, outbox: FakeOutbox
) -> None:
    outbox.answer = lambda: failed(WrongState("card", "sign", "ISSUED"))
    with qtbot.waitSignal(centre.refused) as told:
        centre.take_mine("op-1")
    assert "不能" in told.args[0]
    assert len(centre.refusals()) == 1


def test_a_refusal_that_is_gone_is_not_done_again() -> None:
    assert again((REFUSED,), "op-9", {}) == ()


def test_what_is_written_keeps_its_kind() -> None:
    assert [value_of("7", 1), value_of("7.5", 1.0), value_of("x", 1), value_of("7", "a")] == [
        7, 7.5, "x", "7",
    ]  # fmt: skip


def test_what_the_sync_thread_tells_is_shown(
    qtbot: QtBot, centre: SyncCentre, line: FakeLine
) -> None:
    with qtbot.waitSignal(centre.changed):
        line.be(SyncStatus(SyncPhase.PAUSED))
    assert centre.paused
    centre.toggle_pause()
    centre.sync_now()
    assert line.asked == ["go_on", "round"]


def test_a_clock_that_differs_is_told(qtbot: QtBot, outbox: FakeOutbox) -> None:
    late = FakeLine(SyncStatus(report=replace(ROUND, skew_s=-95.0), finished_at=AT))
    centre = SyncCentre(late, outbox)
    assert "-95" in centre.clock_warning
    centre.stop()


def test_values_are_written_for_people(qtbot: QtBot) -> None:
    assert [value_text(v) for v in (None, [], True, False, "DRAFT", ["a", "b"], {"a": 1}, 7)] == [
        "（无）", "（无）", "是", "否", "草稿", "a; b", "a: 1", "7",
    ]  # fmt: skip


def test_a_wrong_password_says_so_and_the_wait_is_kept(qtbot: QtBot) -> None:
    entrance = FakeEntrance()
    entrance.answer = lambda _name, _password: failed(WrongPassword(30.0))
    sign_in = SignIn(entrance)

    sign_in.try_in("linmin", "wrong")
    qtbot.waitUntil(lambda: bool(sign_in.trouble))
    sign_in.try_in("linmin", "again")

    assert "30" in sign_in.trouble
    assert len(entrance.tried) == 1, "nothing is sent while one must wait"


def test_a_stranger_without_a_network_is_told_why(qtbot: QtBot) -> None:
    entrance = FakeEntrance()
    entrance.answer = lambda name, _password: failed(NeverSignedInHere(name))
    sign_in = SignIn(entrance)
    sign_in.try_in("new", "secret")
    qtbot.waitUntil(lambda: bool(sign_in.trouble))
    assert "没有网络" in sign_in.trouble
    assert sign_in.can_try


def test_one_try_at_a_time(qtbot: QtBot) -> None:
    entrance = FakeEntrance()
    pending: Future[Actor] = Future()
    entrance.sign_in = lambda *_: pending  # type: ignore[method-assign]
    sign_in = SignIn(entrance)
    sign_in.try_in("linmin", "secret")
    assert not sign_in.can_try
    with qtbot.waitSignal(sign_in.entered) as entered:
        pending.set_result(LIN)
    assert entered.args == [LIN]


def test_who_locks_is_offered_again_and_who_leaves_is_not(qtbot: QtBot) -> None:
    sign_in = SignIn(FakeEntrance())
    with qtbot.waitSignal(sign_in.entered):
        sign_in.try_in(" linmin ", "secret")
    with qtbot.waitSignal(sign_in.left) as left:
        sign_in.lock()
    assert left.args == ["linmin"]
    with qtbot.waitSignal(sign_in.left) as left:
        sign_in.sign_out()
    assert left.args == [""]


def test_a_confirmed_code_lets_in(qtbot: QtBot) -> None:
    entrance = FakeEntrance()
    answers = iter(
        [done(None), failed(SyncError(SyncTrouble.UNREACHABLE, retryable=True)), done(LIN)]
    )
    entrance.confirmed = lambda: next(answers)
    sign_in = SignIn(entrance)
    with qtbot.waitSignal(sign_in.entered) as entered:
        sign_in.by_code.begin()
        qtbot.waitUntil(lambda: sign_in.by_code.code == "BCDF-GHJK")
    assert entered.args == [LIN]
    assert sign_in.by_code.code == ""


def test_a_code_that_is_over_says_so_and_one_that_is_given_up_stays_quiet(qtbot: QtBot) -> None:
    entrance = FakeEntrance()
    sign_in = SignIn(entrance)
    by_code = sign_in.by_code
    by_code.begin()
    qtbot.waitUntil(lambda: bool(by_code.code))
    by_code.cancel()
    assert (by_code.code, by_code.trouble) == ("", "")
    entrance.confirmed = lambda: failed(SyncError(SyncTrouble.REFUSED, "expired_token"))
    by_code.begin()
    qtbot.waitUntil(lambda: "重新取码" in by_code.trouble)
    assert by_code.code == ""


def test_a_person_is_named_with_the_role(qtbot: QtBot) -> None:
    assert person_line(LIN) == "林敏 · 监察员"


@pytest.fixture
def preferences(qtbot: QtBot, tmp_path: Path) -> Preferences:
    return Preferences(Settings(), tmp_path / "settings.toml", FakeBackground())


def test_a_change_is_told_and_written_down(
    qtbot: QtBot, preferences: Preferences, tmp_path: Path
) -> None:
    with qtbot.waitSignals([preferences.changed, preferences.saved]):
        preferences.change("theme", Theme.DARK)
    assert load_settings(tmp_path / "settings.toml").theme is Theme.DARK


def test_a_value_that_will_not_do_is_refused_with_a_sentence(
    qtbot: QtBot, preferences: Preferences
) -> None:
    with qtbot.waitSignal(preferences.refused) as refused:
        preferences.change("server_url", "http://example.org")
    assert refused.args is not None
    assert refused.args[0] == "server_url"
    assert "https" in refused.args[1]
    assert preferences.settings == Settings()


def test_settings_that_cannot_be_written_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    preferences = Preferences(Settings(), tmp_path / "file" / "settings.toml", FakeBackground())
    with qtbot.waitSignal(preferences.refused) as refused:
        preferences.change("keep_backups", 3)
    assert refused.args is not None
    assert refused.args[0] == ""


def test_every_setting_is_in_one_group_with_its_range_and_default(
    preferences: Preferences,
) -> None:
    names = [each.name for _, settings in preferences.groups() for each in settings]
    with_a_panel = [name for name in Settings.__dataclass_fields__ if name.startswith("model_")]
    assert sorted([*names, *with_a_panel]) == sorted(Settings.__dataclass_fields__)
    interval = preferences.setting("sync_every_s")
    assert (interval.low, interval.high, interval.default) == (5, 3600, 30)
    assert "5–3600" in interval.hint
    assert preferences.setting("language").options[1] == (Language.CHINESE, "中文")


def test_a_setting_goes_back_to_its_default(qtbot: QtBot, preferences: Preferences) -> None:
    preferences.change("keep_backups", 3)
    preferences.reset("keep_backups")
    assert preferences.settings == Settings()


def test_a_dead_watching_process_is_told_until_it_is_back(qtbot: QtBot) -> None:
    process, health = FakeSource(), WatchHealth()
    health.follow(process)
    with qtbot.waitSignal(health.changed):
        process.tell(ProcessEnded(-9, 2.0))
    assert health.sentence.startswith("正在重新启动监看进程（2 秒后）")
    with qtbot.waitSignal(health.changed):
        process.tell(ProcessEnded(-9, None))
    assert "已停止重试" in health.sentence
    with qtbot.waitSignal(health.changed):
        process.tell("any report")
    assert health.sentence == ""
    health.stop()


def test_a_server_that_did_not_start_is_told(qtbot: QtBot) -> None:
    assert "本机服务器没有启动" in WatchHealth(server_started=False).sentence


def test_letters_in_a_row_and_at_the_start_of_a_word_come_first() -> None:
    texts = ("黄红牌与整改", "整改台账", "Sync now", "Synced yesterday noon")
    offers = [(text, text) for text in texts]
    assert best("整改", offers) == ("整改台账", "黄红牌与整改")
    assert best("sn", offers)[0] == "Sync now"
    assert best("zzz", offers) == ()
    assert len(best("", offers, limit=2)) == 2


@given(st.text(max_size=8), st.text(max_size=24))
def test_a_text_is_found_by_itself_and_by_its_letters_in_order(query: str, text: str) -> None:
    letters = iter(text.casefold())
    in_order = all(letter in letters for letter in query.casefold().replace(" ", ""))
    assert (score(query, text) is not None) == in_order
