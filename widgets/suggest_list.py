"""The list that drops under a line while something is typed into it. The line keeps the cursor and all keys."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QMouseEvent, QPainter, QWheelEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.typing_help import Suggestion
from widgets.look import colours, px

ROW = 28
MOST_ROWS = 10
"""More are scrolled: nobody reads a list of 56 lines."""


class SuggestionModel(QAbstractListModel):
    """The entries on show."""

    ENTRY = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Suggestion, ...] = ()

    def set_entries(self, entries: Sequence[Suggestion]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.note} {entry.shown}" if entry.note else entry.shown
        return entry if role == self.ENTRY else None


class _Row(QStyledItemDelegate):
    """What was typed is bold and in colour; the code stands faint at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(px(120), px(ROW))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entry = index.data(SuggestionModel.ENTRY)
        if painter is None or not isinstance(entry, Suggestion):
            return
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRect(option.rect).adjusted(10, 0, -10, 0)
        painter.save()
        if current:
            painter.fillRect(option.rect, QColor(colours().accent))
        plain = QColor(colours().on_accent if current else colours().ink)
        if entry.note:
            painter.setPen(QColor(colours().on_accent if current else colours().ink_faint))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), entry.note)
            room.setRight(room.right() - QFontMetrics(option.font).horizontalAdvance(entry.note) - 12)
        strong = QFont(option.font)
        strong.setBold(True)
        strong.setUnderline(True)
        x = room.left()
        painter.setClipRect(room)
        for text, marked in _pieces(entry):
            painter.setFont(strong if marked else option.font)
            painter.setPen(plain if current or not marked else QColor(colours().accent))
            painter.drawText(
                QRect(x, room.top(), room.width(), room.height()), int(Qt.AlignmentFlag.AlignVCenter), text
            )
            x += QFontMetrics(strong if marked else option.font).horizontalAdvance(text)
        painter.restore()


def _pieces(entry: Suggestion) -> list[tuple[str, bool]]:
    """The text in runs that are marked or not."""
    found: list[tuple[str, bool]] = []
    for at, char in enumerate(entry.shown):
        marked = at in entry.marks
        if found and found[-1][1] == marked:
            found[-1] = (found[-1][0] + char, marked)
        else:
            found.append((char, marked))
    return found


class SuggestList(QListView):
    """A window of its own without focus. Signals: taken(Suggestion) by mouse."""

    taken = pyqtSignal(object)

    def __init__(self, line: QWidget) -> None:
        super().__init__(line)
        self._line = line
        self.entries = SuggestionModel(self)
        self.setModel(self.entries)
        self.setItemDelegate(_Row(self))
        self.setObjectName("popup")
        # A tool tip's window takes neither focus nor keys, so no input method is ever interrupted.
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.taken.emit(index.data(SuggestionModel.ENTRY)))

    def current(self) -> Suggestion | None:
        """The marked entry."""
        index = self.currentIndex()
        return self.entries.entries[index.row()] if index.isValid() else None

    def offer(self, entries: Sequence[Suggestion], marked: int) -> None:
        """Show entries under the line; marked: which one Enter takes, -1 for none. Nothing to show hides it."""
        if not entries:
            self.hide()
            return
        self.entries.set_entries(entries)
        self._place()
        if marked >= 0:
            self.setCurrentIndex(self.entries.index(marked))
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        if not self.isVisible():
            self.show()
            if (app := QApplication.instance()) is not None:
                app.installEventFilter(self)

    def step(self, by: int) -> None:
        """Mark the next or previous entry; at the ends it stays."""
        count, now = self.entries.rowCount(), self.currentIndex().row()
        if count:
            to = 0 if now < 0 else min(max(now + by, 0), count - 1)
            self.setCurrentIndex(self.entries.index(to))
            self.scrollTo(self.currentIndex())

    def hideEvent(self, e: QEvent | None) -> None:
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)
        super().hideEvent(e)  # type: ignore[arg-type]

    def eventFilter(self, object: QObject | None, event: QEvent | None) -> bool:
        # A click or a turn of the wheel elsewhere: the line may move away from under the list.
        outside = isinstance(event, QMouseEvent | QWheelEvent) and isinstance(object, QWidget)
        if (
            outside
            and event is not None
            and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
            and isinstance(object, QWidget)
            and object.window() is not self
            and object is not self._line
        ):
            self.hide()
        return super().eventFilter(object, event)

    def _place(self) -> None:
        rows = min(self.entries.rowCount(), MOST_ROWS)
        metrics = self.fontMetrics()
        widest = max(
            metrics.horizontalAdvance(e.shown) + metrics.horizontalAdvance(e.note) for e in self.entries.entries[:60]
        )
        width, height = max(self._line.width(), min(widest + px(64), px(560))), rows * px(ROW) + 10
        at = self._line.mapToGlobal(QPoint(0, self._line.height() + 2))
        screen = QGuiApplication.screenAt(at) or self._line.screen()
        if screen is not None:
            free = screen.availableGeometry()
            if at.y() + height > free.bottom():  # no room below: above
                at = self._line.mapToGlobal(QPoint(0, -height - 2))
            at.setX(max(free.left(), min(at.x(), free.right() - width)))
        self.setGeometry(QRect(at, QSize(width, height)))
