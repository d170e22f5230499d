"""Three cards, each a way into the program."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone, typeface
from desktop.viewmodels.welcome import Step, Welcome
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.icons import Icon, paint_icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner
from desktop.views.kit.pressable import paint_surface, prepare_pressable, pressed_by_enter

_ICON = 28
_LEFT = 64  # px, where the words begin


class WayCard(QAbstractButton):
    """An icon, what it is, and for whom."""

    def __init__(self, icon: Icon, title: str, detail: str) -> None:
        super().__init__()
        self._icon, self._title, self._detail = icon, title, detail
        prepare_pressable(self)
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Wide, and as high as its words."""
        return QSize(560, self.heightForWidth(560))

    def hasHeightForWidth(self) -> bool:
        """The detail wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The title and as many lines as the detail needs."""
        return self._words(width).bottom() + Space.CARD

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        worn = paint_surface(painter, self)
        place = QRectF(Space.CARD + 4, Space.CARD + 2, _ICON, _ICON)
        paint_icon(painter, self._icon, place, worn.accent)
        painter.setPen(QColor(worn.text))
        painter.setFont(typeface(Size.SECTION, bold=True))
        painter.drawText(QRect(_LEFT, Space.CARD, self.width() - _LEFT, 22), 0, self._title)
        painter.setPen(QColor(worn.soft))
        painter.setFont(typeface(Size.BODY))
        painter.drawText(self._words(self.width()), Qt.TextFlag.TextWordWrap, self._detail)

    def _words(self, width: int) -> QRect:
        room = QRect(_LEFT, Space.CARD + 28, max(80, width - _LEFT - Space.CARD), 1000)
        metrics = QFontMetrics(typeface(Size.BODY))
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._detail)


class ChoicePage(QWidget):
    """Which way in."""

    def __init__(self, model: Welcome) -> None:
        super().__init__()
        self._model = model
        self._trouble = Banner(tone=Tone.NEAR)
        demonstration = WayCard(
            Icon.PLAY,
            self.tr("先看演示大厅"),
            self.tr(
                "一个虚构的大厅，八个窗口，几分钟内走完从发现离岗到送达黄牌的全过程。不影响任何真实数据。"
            ),
        )
        server = WayCard(
            Icon.SYNC,
            self.tr("连接单位的服务器"),
            self.tr("本单位已有中心服务器、管理员已给您开户时选这项。需要地址、用户名和密码。"),
        )
        own = WayCard(
            Icon.SETTINGS,
            self.tr("新建本机大厅"),
            self.tr(
                "由您建立一个新的大厅：定名称，开三个账号，再按引导设置窗口、摄像机和区域。全部数据加密存在本机。"
            ),
        )
        known = Button(self.tr("这台设备上已有账号，直接登录"), Rank.QUIET)
        demonstration.clicked.connect(model.play)
        server.clicked.connect(self._join)
        own.clicked.connect(self._found)
        known.clicked.connect(model.sign_in)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.CARD, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(self.tr("怎样开始？以后随时可以换一种。"), tone=Tone.SOFT))
        column.addWidget(self._trouble)
        for card in (demonstration, server, own):
            column.addWidget(card)
        column.addWidget(known, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        show_if(known, wanted=model.has_profile)
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._trouble.say(self._model.trouble, Tone.NEAR)

    def _join(self) -> None:
        self._model.show(Step.SERVER)

    def _found(self) -> None:
        self._model.show(Step.BUREAU)
