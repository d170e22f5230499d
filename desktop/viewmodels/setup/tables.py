"""The tables of setting up a hall."""

from desktop.system.language import marked, said
from desktop.viewmodels.cameras.words import WINDOW_KINDS
from desktop.viewmodels.lines import Cells, Lines, Row
from desktop.viewmodels.setup.facts import HallFacts

_TITLES = (
    marked("窗口编号"),
    marked("窗口名称"),
    marked("窗口类别"),
    marked("所属单位"),
    marked("窗口人员"),
    marked("画面区域"),
)


def window_titles() -> Cells:
    """The titles of the table of windows."""
    return tuple(map(said, _TITLES))


class WindowTable(Lines):
    """The windows of the hall."""

    def show_facts(self, facts: HallFacts | None) -> None:
        """Take the windows of a hall."""
        if facts is None:
            return
        blind = {window.id for window in facts.blind}
        self.replace(
            [
                Row(
                    window.id,
                    (
                        window.number,
                        window.name,
                        said(WINDOW_KINDS[window.kind]),
                        facts.unit_of(window),
                        window.clerk,
                        said("未画") if window.id in blind else said("已画或不需要"),
                    ),
                )
                for window in facts.windows
            ]
        )
