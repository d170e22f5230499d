"""Another model is tried, pinned and used at once, by somebody who may, and given up again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.roles import Role
from desktop.settings import Settings, load_settings
from desktop.viewmodels.detector import DetectorChoice
from desktop.viewmodels.preferences import Preferences
from desktop.views.detector_panel import DetectorPanel
from desktop.workers.case_desk import CaseDesk
from desktop.workers.errands import Errands
from tests.support.casework import FakeOffice, nameless
from tests.support.profiles import person
from tests.support.watching import Gate, SpokenEar
from video.errors import FootageError, FootageTrouble
from video.messages import Ready
from video.vocabulary.model import Device, ModelFamily, ModelPlan, ModelTried

DIGEST = "ab" * 32


class ModelUser:
    """An open program that notes which model it is to use."""

    def __init__(self, desk: CaseDesk) -> None:
        self.desk = desk
        self.video: SpokenEar | None = SpokenEar()
        self.door = Gate(person(Role.VIDEO_SUP, "林敏"))
        self.used: list[ModelPlan | None] = []

    def use_model(self, model: ModelPlan | None) -> None:
        self.used.append(model)


def trial(path: Path, family: ModelFamily, device: Device) -> ModelTried:
    """Takes what is YOLOX."""
    if family is not ModelFamily.YOLOX:
        raise FootageError(FootageTrouble.UNFIT_MODEL, path.name, "output (1, 84, 85)")
    return ModelTried(ModelPlan(path, family, DIGEST, device), "yolox own abab", True, 7.2)


@pytest.fixture
def user(office: FakeOffice) -> ModelUser:
    return ModelUser(office.desk)


@pytest.fixture
def panel(qtbot: QtBot, user: ModelUser, tmp_path: Path) -> Iterator[DetectorPanel]:
    errands = Errands()
    preferences = Preferences(Settings(), tmp_path / "settings.toml", user.desk)
    choice = DetectorChoice(user, preferences, errands, trial=trial)
    made = DetectorPanel(choice)
    qtbot.addWidget(made)
    made.show()
    yield made
    choice.stop()
    errands.close()


def test_a_model_that_will_do_is_used_pinned_and_kept(
    qtbot: QtBot, user: ModelUser, panel: DetectorPanel, tmp_path: Path
) -> None:
    own = tmp_path / "own.onnx"
    panel.device.setCurrentIndex(panel.device.findData(Device.GPU))
    panel.try_file(str(own))
    qtbot.waitUntil(lambda: bool(user.used))
    plan = ModelPlan(own, ModelFamily.YOLOX, DIGEST, Device.GPU)
    assert user.used == [plan]
    qtbot.waitUntil((tmp_path / "settings.toml").exists)
    kept = load_settings(tmp_path / "settings.toml")
    assert (kept.model_file, kept.model_sha256) == (str(own), DIGEST)
    _, chosen, outcome = panel.texts()
    assert "own.onnx" in chosen
    assert "7 毫秒" in outcome
    assert nameless(panel) == []
    panel.back.click()
    assert user.used == [plan, None]
    assert panel.texts()[1] == "选定：程序自带的模型。"
    assert panel.back.isHidden()


def test_one_that_will_not_do_is_refused_with_the_reason_and_nothing_changes(
    qtbot: QtBot, user: ModelUser, panel: DetectorPanel
) -> None:
    panel.family.setCurrentIndex(panel.family.findData(ModelFamily.SSD))
    panel.try_file("own.onnx")
    qtbot.waitUntil(lambda: "output (1, 84, 85)" in panel.texts()[2])
    assert user.used == []
    assert panel.choose.isEnabled()


def test_what_watches_just_now_is_told(qtbot: QtBot, user: ModelUser, panel: DetectorPanel) -> None:
    assert panel.texts()[0] == "现在没有在监看。"
    assert user.video is not None
    user.video.say(Ready(1, "MobileNet-SSD 761c"))
    qtbot.waitUntil(lambda: panel.texts()[0].startswith("正在使用：MobileNet-SSD 761c。"))
    assert "不判断" in panel.texts()[0]
    user.video.say(Ready(1, "yolox", knows_phones=True))
    qtbot.waitUntil(lambda: "会判断" in panel.texts()[0])
    user.video.say(Ready(1, ""))
    qtbot.waitUntil(lambda: "没有通过" in panel.texts()[0])


def test_who_may_not_choose_finds_the_buttons_shut(
    qtbot: QtBot, user: ModelUser, panel: DetectorPanel
) -> None:
    user.door.actor = person(Role.LEADER_READ, "孙正")
    panel.refresh()
    assert not panel.choose.isEnabled()
    panel.try_file("own.onnx")
    assert user.used == []
