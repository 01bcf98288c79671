"""Below the visitor: what is known elsewhere and can be had with one key: a booking, other departments' data."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from widgets.bits import button, column, row, rule, set_text, text
from widgets.views import KnownView


class KnownRow(QWidget):
    """One thing that can be had: its heading, what it is, and the button with its key. Without a button it only tells.

    Signals: pressed().
    """

    pressed = pyqtSignal()

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = text(role="strong", name=f"{name}_title")
        self._press = button(words, "small", f"{name}_press")
        self._press.clicked.connect(self.pressed)
        self._words = text(role="soft", name=f"{name}_words", wrap=True)
        self._folded = False
        self._top = row(gap=8)
        self._top.addWidget(self._title, 1)
        self._top.addWidget(self._press)
        self.setLayout(column(self._top, self._words, gap=2))
        self.set_view(None)

    def set_folded(self, on: bool) -> None:
        """The button below its title instead of beside it, and the words left to the dialog that it opens."""
        self._folded = on
        self._words.setVisible(not on and bool(self._words.text()))
        ways = QBoxLayout.Direction
        self._top.setDirection(ways.TopToBottom if on else ways.LeftToRight)

    def set_words(self, words: str) -> None:
        """Other words on the button."""
        self._press.setText(words)

    def set_view(self, view: KnownView | None) -> None:
        """Show it; None takes it away."""
        self.setVisible(view is not None)
        set_text(self._title, view.title if view else "")
        set_text(self._words, view.words if view else "")
        self._words.setVisible(not self._folded and bool(self._words.text()))
        self._press.setVisible(view is not None and view.open)
        self.setAccessibleName(f"{view.title} {view.words}" if view else self._press.text())


class KnownPanel(QFrame):
    """The foot of the left panel; it takes no room while it has nothing to offer.

    Signals: triggered(action id) with the ids of widgets.actions.
    """

    triggered = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("known")
        self.setAccessibleName(self.tr("可以带入的内容"))
        self.booking = KnownRow("known_booking", self.tr("带入 Ctrl+R"))
        self.query = KnownRow("known_query", self.tr("查数据 Ctrl+D"))
        self.assist = KnownRow("known_assist", self.tr("开启 Shift+F5"))
        self.assist.pressed.connect(lambda: self.triggered.emit("assist"))
        self.booking.pressed.connect(lambda: self.triggered.emit("take_booking"))
        self.query.pressed.connect(lambda: self.triggered.emit("query_data"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 0, 14, 12)
        inside.setSpacing(10)
        inside.addWidget(rule())
        inside.addWidget(self.booking)
        inside.addWidget(self.query)
        inside.addWidget(self.assist)
        self._shown: dict[str, bool] = {}
        self.set_booking(None)
        self.set_query(None)
        self.set_assist(None)

    def set_folded(self, on: bool) -> None:
        """For a narrow window."""
        self.booking.set_folded(on)
        self.query.set_folded(on)
        self.assist.set_folded(on)

    def set_booking(self, view: KnownView | None) -> None:
        """Show a booking of the visitor; None for none."""
        self.booking.set_view(view)
        self._fold("booking", view is not None)

    def set_query(self, view: KnownView | None) -> None:
        """Show which data can be asked for; None when there is nothing to ask."""
        self.query.set_view(view)
        self._fold("query", view is not None)

    def set_assist(self, view: KnownView | None, on: bool = False) -> None:
        """Offer to help the visitor 帮办, or say that it is done (on); None for neither."""
        self.assist.set_words(self.tr("结束 Shift+F5") if on else self.tr("开启 Shift+F5"))
        self.assist.set_view(view)
        self._fold("assist", view is not None)

    def _fold(self, part: str, shown: bool) -> None:
        self._shown[part] = shown
        self.setVisible(any(self._shown.values()))
