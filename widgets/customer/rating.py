"""好差评: the visitor is asked neutrally; every grade has the same size, the order is fixed, none is chosen before."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStackedWidget, QWidget

from widgets.bits import ElidedLabel, button, clear, column, row, rule, text
from widgets.customer.views import RatingView
from widgets.symbol import symbol_picture

_COLUMNS = 3
_CODE = 210
"""Pixels of the code's side: what a phone reads from where the visitor stands."""


class RatingPage(QWidget):
    """rated(grade, ids of the points ticked). Nothing here says what the answer should be."""

    rated = pyqtSignal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("citizen_rating")
        self.setAccessibleName(self.tr("请您评价本次服务"))
        self._view = RatingView((), "", {})
        self._grade = 0
        self._items = ElidedLabel(role="citizen_soft")
        self._clerk = text(role="citizen_soft", name="citizen_clerk")
        self._left = text(role="citizen_soft", name="citizen_left")
        self.grades: dict[int, QPushButton] = {}
        line = QHBoxLayout()
        line.setSpacing(16)
        for grade, words in (
            (5, self.tr("非常满意")),
            (4, self.tr("满意")),
            (3, self.tr("基本满意")),
            (2, self.tr("不满意")),
            (1, self.tr("非常不满意")),
        ):
            press = button(words, "grade", f"grade_{grade}")
            # A focus ring on one of them would look like an answer that is already given.
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            press.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            press.clicked.connect(lambda _=False, chosen=grade: self._choose(chosen))
            self.grades[grade] = press
            line.addWidget(press, 1)
        self.code = QLabel()
        self.code.setObjectName("citizen_code")
        self.code.setAccessibleName(self.tr("评价码"))
        self._later = text(self.tr("也可以用手机扫码，离开以后再评；凭证上也印着这个码。"), "citizen_soft", wrap=True)
        later = row(self.code, self._later, gap=20)
        later.setStretch(1, 1)
        asking = QWidget()
        asking.setLayout(column(None, line, None, later, gap=8))
        self._chosen = text(role="citizen_heading", name="citizen_chosen")
        self._points = QGridLayout()
        self._points.setSpacing(14)
        self.ticks: list[tuple[str, QPushButton]] = []
        back = button(self.tr("重新选择"), "citizen", "rating_back")
        back.clicked.connect(self._ask)
        self.send = button(self.tr("提交评价"), "citizen_primary", "rating_send")
        self.send.clicked.connect(self._send)
        telling = QWidget()
        telling.setLayout(
            column(
                self._chosen,
                text(self.tr("可以再选几条（可不选）"), "citizen_soft"),
                self._points,
                None,
                row(back, None, self.send, gap=16),
                gap=14,
            )
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(asking)
        self._stack.addWidget(telling)
        head = row(text(self.tr("请您评价本次服务"), "citizen_title"), None, self._left)
        whole = column(head, self._items, self._clerk, rule(), self._stack, gap=12)
        whole.setStretch(4, 1)
        whole.setContentsMargins(40, 28, 40, 28)
        self.setLayout(whole)

    def set_view(self, view: RatingView) -> None:
        """Ask anew."""
        self._view = view
        self._items.setText(self.tr("办理事项：{0}").format(self.tr("、").join(view.items)) if view.items else "")
        self._clerk.setText(self.tr("工作人员：{0}").format(view.clerk) if view.clerk else "")
        self.code.setVisible(bool(view.code))
        self._later.setVisible(bool(view.code))
        self.code.setPixmap(symbol_picture(view.code, _CODE) if view.code else QPixmap())
        self._ask()

    def set_left(self, seconds: int) -> None:
        """How long the question stays."""
        self._left.setText(self.tr("{0} 秒后关闭，不评价可直接离开").format(seconds) if seconds else "")

    def forget_items(self) -> None:
        """The visitor has left the counter, perhaps not the screen: what it was about is not for the next one."""
        self._items.clear()
        self.code.setPixmap(QPixmap())
        self.code.hide()
        self._later.hide()

    def _ask(self) -> None:
        self._grade = 0
        self._stack.setCurrentIndex(0)

    def _choose(self, grade: int) -> None:
        self._grade = grade
        self._chosen.setText(self.tr("您选择了：{0}").format(self.grades[grade].text()))
        clear(self._points)
        self.ticks = []
        for number, (ident, words) in enumerate(self._view.points.get(grade, ())):
            tick = button(words, "tick", f"point_{ident}")
            tick.setCheckable(True)
            tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._points.addWidget(tick, number // _COLUMNS, number % _COLUMNS)
            self.ticks.append((ident, tick))
        self.send.setEnabled(True)
        self._stack.setCurrentIndex(1)

    def _send(self) -> None:
        # Pressed twice it is still one rating.
        self.send.setEnabled(False)
        self.rated.emit(self._grade, tuple(ident for ident, tick in self.ticks if tick.isChecked()))
