"""恢复码: shown here until it was copied down."""

from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.views.setup.chapter import ChapterView
from desktop.views.welcome.recovery import RecoveryView


class RecoveryChapter(ChapterView):
    """The recovery code."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.RECOVERY)
        self.body.addWidget(RecoveryView(desk.recovery, later=False))
