"""What finds persons on this device: the program's own model, or one that the site brings."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.bridges.footage import model_of
from desktop.domain.roles import Actor, Role
from desktop.system.language import joined, said
from desktop.system.theme import Tone
from desktop.usecases.detectors import choose_detector
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.relay import Hearer, Relay
from desktop.viewmodels.wording import sentence
from desktop.workers.case_desk import CaseDesk
from desktop.workers.errands import Errand, Errands
from desktop.workers.model_trial import tried
from video.errors import FootageError
from video.messages import Ready
from video.vocabulary.model import Device, ModelFamily, ModelPlan, ModelTried

Trial = Callable[[Path, ModelFamily, Device], ModelTried]
MAY_CHOOSE = (Role.SYS_ADMIN, Role.DATA_MGR, Role.SUPERVISOR, Role.VIDEO_SUP)


class Ear(Protocol):
    """The watching process; a workers.video_process.VideoProcess."""

    @property
    def ready(self) -> Ready | None:
        """What it said when it began to watch."""

    def subscribe(self, listener: Hearer, /) -> None:
        """Hear everything from now on."""

    def unsubscribe(self, listener: Hearer, /) -> None:
        """Hear no more."""


class Gate(Protocol):
    """Who acts now; a workers.door.Door."""

    actor: Actor | None


class Detecting(Protocol):
    """The open program, as far as the choice of a model needs it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def door(self) -> Gate:
        """Who acts."""

    @property
    def video(self) -> Ear | None:
        """The watching process, where one runs."""

    def use_model(self, model: ModelPlan | None) -> None:
        """Find persons with another model from now on."""


class DetectorChoice(QObject):
    """Tries a model, pins its digest, and lets the watching process use it at once."""

    changed = Signal()

    def __init__(
        self,
        program: Detecting,
        preferences: Preferences,
        errands: Errands,
        parent: QObject | None = None,
        *,
        trial: Trial = tried,
    ) -> None:
        super().__init__(parent)
        self._program, self._preferences, self._errands = program, preferences, errands
        self._trial = trial
        self._answers = Answers(self)
        self._trouble: Exception | None = None
        self._tried: ModelTried | None = None
        self.is_busy = False
        self._relay = Relay(program.video, self) if program.video is not None else None
        if self._relay is not None:
            self._relay.told.connect(self._hear)

    @property
    def may_choose(self) -> bool:
        """Whether this person answers for what finds persons."""
        actor = self._program.door.actor
        return actor is not None and actor.has(*MAY_CHOOSE)

    @property
    def is_own(self) -> bool:
        """Whether the program's own model is chosen."""
        return not self._preferences.settings.model_file

    @property
    def family(self) -> ModelFamily:
        """The family that is chosen."""
        return self._preferences.settings.model_family

    @property
    def device(self) -> Device:
        """The device that is chosen."""
        return self._preferences.settings.model_device

    def choose(self, path: Path, family: ModelFamily, device: Device) -> None:
        """Try a model, and use it from now on if it will do; one at a time."""
        if self.is_busy or not self.may_choose:
            return
        self.is_busy, self._trouble = True, None

        def errand(_: Errand) -> ModelTried:
            return self._trial(path.absolute(), family, device)

        _, future = self._errands.send(errand)
        self._answers.ask(future, self._take, self._refuse)
        self.changed.emit()

    def go_back(self) -> None:
        """Use the program's own model again."""
        if self.may_choose and not self.is_busy:
            self._trouble = self._tried = None
            self._adopt(None, "")

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()
        if self._relay is not None:
            self._relay.stop()

    def chosen(self) -> str:
        """What this device is set to."""
        settings = self._preferences.settings
        if not settings.model_file:
            return said("选定：程序自带的模型。")
        return said("选定：{0}（{1}，{2}），摘要 {3}…").format(
            settings.model_file,
            settings.model_family.value.upper(),
            settings.model_device.value,
            settings.model_sha256[:12],
        )

    def used(self) -> str:
        """What finds persons just now, and whether phones are judged."""
        ready = self._program.video.ready if self._program.video is not None else None
        if ready is None:
            return said("现在没有在监看。")
        if not ready.detector:
            return said("识别模型没有通过，监看没有启动。")
        phones = said("此模型不识别手机，因此不判断“使用手机”。")
        if ready.knows_phones:
            phones = said("此模型识别手机，会判断“使用手机”。")
        return joined(said("正在使用：{0}。").format(ready.detector), phones)

    def outcome(self) -> tuple[str, Tone]:
        """What came of the last trial, and how grave that is."""
        if self.is_busy:
            return said("正在试用这个模型…"), Tone.SOFT
        match self._trouble:
            case None:
                return self._told_trial(), Tone.GOOD
            case FootageError(detail=detail) if detail:
                words = said("{0}（技术说明：{1}）").format(sentence(self._trouble), detail)
                return words, Tone.NEAR
        return sentence(self._trouble), Tone.NEAR

    def _told_trial(self) -> str:
        if self._tried is None:
            return ""
        return said("试用通过，摘要已固定：每个窗口识别一次约 {0:.0f} 毫秒。").format(
            self._tried.crop_ms
        )

    def _take(self, told: ModelTried) -> None:
        self.is_busy, self._tried = False, told
        self._adopt(told.plan, told.detector)

    def _adopt(self, plan: ModelPlan | None, detector: str) -> None:
        actor = self._program.door.actor
        if actor is None:  # signed out meanwhile
            return
        named = {"model_family": plan.family, "model_device": plan.device} if plan else {}
        self._preferences.adopt(
            model_file=str(plan.path) if plan else "",
            model_sha256=plan.sha256 if plan else "",
            **named,
        )
        self._program.use_model(model_of(self._preferences.settings))
        note = partial(choose_detector, device_id=actor.device_id, detector=detector)
        self._answers.ask(self._program.desk.act(actor, note), self._noted, self._refuse)
        self.changed.emit()

    def _noted(self, _: object) -> None:
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self.is_busy, self._trouble = False, error
        self.changed.emit()

    def _hear(self, word: object) -> None:
        if isinstance(word, Ready) or self._program.video is None:
            self.changed.emit()
