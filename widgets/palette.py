"""The command palette: one line to type into, and everything that fits."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QPainter
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from widgets.bits import column, text
from widgets.hits import draw_marked
from widgets.icons import pixmap
from widgets.look import colours, px
from widgets.picker import SearchLine
from widgets.views_around import PaletteRow

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_ROWS = 10
_ROW = 40


class PaletteModel(QAbstractListModel):
    """What was found, best first."""

    ROW = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[PaletteRow, ...] = ()

    def set_rows(self, rows: Sequence[PaletteRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == self.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(part for part in (row.title, row.key, row.note, row.why) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (row.title, row.note, row.why) if part)
        return None


class PaletteDelegate(QStyledItemDelegate):
    """One line a row: icon, title, note; at the right the key, or why it cannot be done now."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(px(200), px(_ROW))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        row = index.data(PaletteModel.ROW)
        if painter is None or not isinstance(row, PaletteRow):
            return
        shades = colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(px(4), px(1), -px(4), -px(1))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.accent_soft))
            painter.drawRoundedRect(rect, px(6), px(6))
            painter.setBrush(QColor(shades.accent))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + px(8), px(3), rect.height() - px(16)), 1.5, 1.5)
        ink = shades.ink if row.possible else shades.ink_faint
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        side = px(18)
        sign = pixmap(row.icon, side, shades.accent if row.possible else shades.ink_faint, ratio)
        painter.drawPixmap(rect.left() + px(14), rect.center().y() - side // 2, sign)
        small = painter.font()
        small.setPixelSize(px(12))
        right = rect.right() - px(14)
        painter.setFont(small)
        for words, colour in self._right(row):
            painter.setPen(QColor(colour))
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRect(right - width, rect.top(), width, rect.height()), _MIDDLE, words)
            right -= width + px(16)
        room = QRect(rect.left() + px(44), rect.top(), right - rect.left() - px(44), rect.height())
        painter.setFont(option.font)
        draw_marked(painter, room, row.title, row.spans, ink)
        used = painter.fontMetrics().horizontalAdvance(row.title) + px(14)
        rest = room.adjusted(used, 0, 0, 0)
        if row.note and rest.width() > px(40):
            painter.setFont(small)
            painter.setPen(QColor(shades.ink_faint))
            words = painter.fontMetrics().elidedText(row.note, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, _MIDDLE, words)
        painter.restore()

    def _right(self, row: PaletteRow) -> list[tuple[str, str]]:
        shades = colours()
        found = [(row.key, shades.ink_soft)] if row.key else []
        if not row.possible and row.why:
            found.append((row.why, shades.warning))
        elif row.recent:
            found.append((self.tr("最近"), shades.ink_faint))
        return found


class Palette(QDialog):
    """Over the window, its upper third. The cursor never leaves the line.

    Keys: type; ↓ ↑ move; Enter does it; Esc empties the line, then closes; Ctrl+K closes.
    Signals: asked(words) at each change; chosen(id) for a row that can be done now.
    """

    asked = pyqtSignal(str)
    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setModal(True)
        title = self.tr("命令面板")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.search = SearchLine()
        self.search.setObjectName("search")
        self.search.setAccessibleName(self.tr("找功能、事项、办件"))
        self.search.setPlaceholderText(self.tr("功能、事项、办件：汉字、拼音、首字母、号码都行"))
        self.search.textChanged.connect(self._ask)
        self.search.moved.connect(self._move)
        self.search.entered.connect(self._enter)
        self.search.confirmed.connect(self._enter)
        self.search.escaped.connect(self._escape)
        # Until the clerk moves, the best row is marked; afterwards rows that come late must not move the mark.
        self._moved = False
        self._model = PaletteModel(self)
        self.results = QListView()
        self.results.setObjectName("palette_results")
        self.results.setAccessibleName(self.tr("找到的"))
        self.results.setModel(self._model)
        self.results.setItemDelegate(PaletteDelegate(self.results))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setUniformItemSizes(True)
        self.results.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.clicked.connect(lambda _: self._enter())
        self._hint = text(role="soft", name="palette_hint", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._keys = text(self.tr("↓↑ 选择　Enter 执行　Esc 关闭"), "faint", "palette_keys")
        self._found = QStackedWidget()
        self._found.setObjectName("palette_found")
        self._found.setAccessibleName(self.tr("找到的"))
        self._found.addWidget(self._hint)
        self._found.addWidget(self.results)
        inside = column(self.search, self._found, self._keys, gap=8)
        inside.setContentsMargins(14, 14, 14, 10)
        frame = QFrame()
        frame.setObjectName("palette_frame")
        frame.setLayout(inside)
        whole = column(frame, gap=0)
        self.setLayout(whole)
        self.set_rows(())

    def open_over(self, window: QWidget) -> None:
        """Show it empty, centred over the window's upper part."""
        self.search.clear()
        self._place(window)
        self.open()
        self.search.setFocus()

    def _place(self, window: QWidget) -> None:
        width = min(px(720), window.width() - px(40))
        rows = max(min(_ROWS, (window.height() - px(180)) // px(_ROW)), 4)
        self._found.setFixedHeight(rows * px(_ROW) + 2)
        self.setFixedWidth(width)
        self.adjustSize()
        height = self.height()
        corner = window.mapToGlobal(QPoint((window.width() - width) // 2, min(px(88), (window.height() - height) // 2)))
        self.move(corner)

    def set_rows(self, rows: Sequence[PaletteRow]) -> None:
        """Show what was found; the marked row stays marked while it is there."""
        before = self.current()
        self._model.set_rows(rows)
        at = next((n for n, row in enumerate(rows) if before and row.id == before.id), 0) if self._moved else 0
        if rows:
            self.results.setCurrentIndex(self._model.index(at))
        self._found.setCurrentWidget(self.results if rows else self._hint)
        words = self.search.text().strip()
        self._hint.setText(self.tr("没有找到“{0}”。").format(words) if words else "")

    def current(self) -> PaletteRow | None:
        """The marked row."""
        row = self.results.currentIndex().data(PaletteModel.ROW)
        return row if isinstance(row, PaletteRow) else None

    def rows(self) -> tuple[PaletteRow, ...]:
        """What it shows now."""
        return self._model.rows

    def _ask(self, words: str) -> None:
        self._moved = False
        self.asked.emit(words)

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            self._moved = True
            at = min(max(self.results.currentIndex().row() + by, 0), count - 1)
            self.results.setCurrentIndex(self._model.index(at))

    def _enter(self) -> None:
        row = self.current()
        if row is not None and row.possible:
            self.accept()
            self.chosen.emit(row.id)

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.reject()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        control = a0 is not None and a0.modifiers() == Qt.KeyboardModifier.ControlModifier
        if a0 is not None and control and a0.key() == Qt.Key.Key_K:
            self.reject()
            a0.accept()
            return
        super().keyPressEvent(a0)
