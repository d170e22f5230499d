"""The window of the first five minutes: three ways in, their forms, and the recovery code."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space
from desktop.viewmodels.welcome import Step, Welcome
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import ScrollColumn
from desktop.views.opening_view import OpeningView
from desktop.views.welcome.choice import ChoicePage
from desktop.views.welcome.forms import BureauForm, PeopleForm, ServerForm, StepForm
from desktop.views.welcome.recovery import RecoveryView


class WelcomeWindow(QWidget):
    """Shown where nobody can sign in yet."""

    def __init__(self, model: Welcome) -> None:
        super().__init__()
        self._model = model
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("政务大厅效能督察"))
        self.resize(880, 720)
        self._stack = QStackedWidget()
        self._forms: dict[Step, StepForm] = {
            Step.SERVER: ServerForm(model),
            Step.BUREAU: BureauForm(model),
            Step.PEOPLE: PeopleForm(model),
        }
        self._pages: dict[Step, QWidget] = {
            Step.CHOICE: ChoicePage(model),
            Step.OPENING: OpeningView(model.opening, self._stack),
            **{step: _scrolling(form) for step, form in self._forms.items()},
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.MARGIN, 0, 0)
        title = Label(self.tr("政务大厅效能督察"), size=Size.PAGE, bold=True)
        title.setContentsMargins(Space.MARGIN, 0, Space.MARGIN, 0)
        column.addWidget(title)
        column.addWidget(self._stack, 1)
        model.changed.connect(self._show)
        self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let an open prompt end."""
        self._model.opening.give_up()
        super().closeEvent(event)

    def _show(self) -> None:
        step = self._model.step
        if step is Step.CODE and step not in self._pages and self._model.recovery is not None:
            self._pages[step] = _CodePage(self._model)
            self._stack.addWidget(self._pages[step])
        page = self._pages.get(step)
        if page is None:
            return
        came = self._stack.currentWidget() is not page
        self._stack.setCurrentWidget(page)
        form = self._forms.get(step)
        if form is not None:
            form.show_faults()
            if came or self._model.faults:
                form.take_focus()


class _CodePage(QWidget):
    """The recovery code, and a way to do it later."""

    def __init__(self, model: Welcome) -> None:
        super().__init__()
        assert model.recovery is not None  # the page is made when there is one
        view = RecoveryView(model.recovery, later=True)
        view.put_off.connect(model.leave_code)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.MARGIN)
        column.addWidget(view)
        column.addStretch(1)


def _scrolling(form: StepForm) -> ScrollColumn:
    column = ScrollColumn(margin=Space.MARGIN)
    column.body.addWidget(form)
    column.body.addStretch(1)
    return column
