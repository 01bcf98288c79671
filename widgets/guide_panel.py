"""The guide: one question at a time, its answers on the number keys, and what they lead to at the side."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, Panel, button, clear, column, key_cap, row, rule, text
from widgets.theme import restyle, scaled
from widgets.views import GuideView, OptionView

PAGE = 9
"""As many answers as there are number keys."""

_NAMES, _NAMES_FOLDED = 10, 4
_ROOMY = 6
"""More answers than this move together, so that nine of two lines stay in sight on a small screen."""


class OptionRow(QFrame):
    """One answer with its key."""

    clicked = pyqtSignal()

    def __init__(self, number: int, option: OptionView, tight: bool = False) -> None:
        super().__init__()
        self.setObjectName(f"option_{number}")
        self.setProperty("role", "option")
        self.setAccessibleName(f"{number} {option.text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = text(option.text, name=f"option_text_{number}", wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = row(key_cap(str(number)), gap=10)
        line.setContentsMargins(10, 2 if tight else 8, 12, 2 if tight else 8)
        line.addWidget(words, 1)
        if option.leads:
            line.addWidget(text(option.leads, "soft"))
        self.setLayout(line)
        restyle(self, current=option.chosen)

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton and self.rect().contains(a0.pos()):
            self.clicked.emit()


class GuidePanel(Panel):
    """Shows what `set_view` gives.

    Keys: 1–9 answer; ↑ or Backspace goes one question back; ↓ or Enter keeps an answer given before and goes on;
    0 turns the page when there are more than nine answers; Esc leaves the guide.
    Signals: answered(value), back(), kept(), cancelled().
    """

    answered = pyqtSignal(str)
    back = pyqtSignal()
    kept = pyqtSignal()
    cancelled = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("guide", "", parent)
        self.setAccessibleName(self.tr("情形引导"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view = GuideView("", "", ())
        self._page = 0
        self._folded = False
        self._title = text(role="soft", name="guide_title", wrap=True)
        self._answered = column(gap=4)
        self._question = text(role="title", name="guide_question", wrap=True)
        self._options = column(gap=6)
        self._more = text(role="soft", name="guide_more")
        self._left = text(role="heading", name="guide_left", wrap=True)
        self._items = column(gap=6)
        self._back = button(self.tr("上一问 ↑"), "quiet", "guide_back")
        self._cancel = button(self.tr("返回搜索 Esc"), "quiet", "guide_cancel")
        for press, signal in ((self._back, self.back), (self._cancel, self.cancelled)):
            press.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            press.clicked.connect(lambda _=False, signal=signal: signal.emit())
        asking = column(self._title, self._answered, self._question, self._more, self._options, None, gap=10)
        asking.setContentsMargins(20, 4, 20, 12)
        page = QWidget()
        page.setObjectName("page")
        page.setLayout(asking)
        self._scroll = scroll = QScrollArea()
        scroll.setObjectName("guide_scroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        side = QFrame()
        side.setObjectName("guide_side")
        side.setProperty("role", "card")
        leading = column(self._left, self._items, None, gap=10)
        leading.setContentsMargins(14, 14, 14, 12)
        side.setLayout(leading)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 16, 0)
        middle.addWidget(scroll, 62)
        middle.addWidget(side, 38)
        keys = ElidedLabel(self.tr("1–9 选择　↑ 上一问　↓ 保留原答案　Esc 返回搜索"), "faint")
        keys.setObjectName("guide_keys")
        foot = row(gap=4)
        foot.addWidget(keys, 1)
        foot.addWidget(self._back)
        foot.addWidget(self._cancel)
        foot.setContentsMargins(20, 0, 16, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 12)
        whole.setSpacing(10)
        whole.addLayout(middle, 1)
        whole.addWidget(rule())
        whole.addLayout(foot)

    def set_view(self, view: GuideView) -> None:
        """Ask another question."""
        self._view = view
        chosen = next((at for at, option in enumerate(view.options) if option.chosen), 0)
        self._title.setText(view.title)
        self._question.setText(view.question)
        self.setAccessibleDescription(view.question)
        clear(self._answered)
        for question, answer in view.answered:
            line = row(text(question, "soft", wrap=True), gap=8)
            line.addWidget(text(answer, "strong", wrap=True), 1)
            holder = QWidget()
            holder.setLayout(line)
            self._answered.addWidget(holder)
        self._back.setEnabled(bool(view.answered))
        self._left.setText(view.left)
        self._show_items()
        self._show_page(chosen // PAGE)

    def _show_items(self) -> None:
        view = self._view
        clear(self._items)
        names = _NAMES_FOLDED if self._folded else _NAMES
        for name in view.items[:names]:
            self._items.addWidget(text(name, "soft", wrap=True))
        if len(view.items) > names:
            self._items.addWidget(text(self.tr("……等 {0} 个").format(len(view.items)), "faint"))

    def set_folded(self, on: bool) -> None:
        """Name fewer of the items that still fit, for a low window."""
        if on is not self._folded:
            self._folded = on
            self._show_items()

    def focus(self) -> None:
        """Let the keys act here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self, page: int) -> None:
        options = self._view.options
        pages = max((len(options) + PAGE - 1) // PAGE, 1)
        self._page = page % pages
        clear(self._options)
        shown = self._shown()
        tight = len(shown) > _ROOMY
        self._options.setSpacing(scaled(self._options, 4 if tight else 6))
        for number, option in enumerate(shown, 1):
            line = OptionRow(number, option, tight)
            line.clicked.connect(lambda value=option.value: self.answered.emit(value))
            self._options.addWidget(line)
        self._top()
        self._more.setVisible(pages > 1)
        self._more.setText(self.tr("第 {0} 页，共 {1} 页，按 0 翻页").format(self._page + 1, pages))

    def _top(self) -> None:
        bar = self._scroll.verticalScrollBar()
        if bar is not None:
            bar.setValue(0)

    def _turn(self, by: int) -> None:
        """To what is below on this page, if anything is, else to the next page."""
        bar = self._scroll.verticalScrollBar()
        hidden = bar is not None and (bar.value() < bar.maximum() if by > 0 else bar.value() > 0)
        if bar is not None and hidden:
            bar.setValue(bar.value() + by * bar.pageStep())
        else:
            self._show_page(self._page + by)

    def _shown(self) -> tuple[OptionView, ...]:
        return self._view.options[self._page * PAGE : (self._page + 1) * PAGE]

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        key, shown = a0.key(), self._shown()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            number = key - Qt.Key.Key_1
            if number < len(shown):
                self.answered.emit(shown[number].value)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backspace):
            if self._view.answered:
                self.back.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if any(option.chosen for option in self._view.options):
                self.kept.emit()
        elif key in (Qt.Key.Key_0, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()
