"""Choosing what the visitor came for: search, results, cart."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QPainter
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from widgets.bits import ElidedLabel, Panel, button, clear, column, row, rule, text
from widgets.icons import icon, pixmap
from widgets.tokens import LIGHT
from widgets.views import HitView


class HitModel(QAbstractListModel):
    """The results, best first."""

    HIT = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hits: tuple[HitView, ...] = ()
        self._chosen: frozenset[str] = frozenset()

    def set_hits(self, hits: Sequence[HitView]) -> None:
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def set_chosen(self, codes: frozenset[str]) -> None:
        self._chosen = codes
        if self._hits:
            self.dataChanged.emit(self.index(0), self.index(len(self._hits) - 1))

    def is_chosen(self, code: str) -> bool:
        return code in self._chosen

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == self.HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.name} {hit.department} {hit.note}".strip()
        return None


class HitDelegate(QStyledItemDelegate):
    """Two lines a result: name; department and note."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, 54)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        hit, model = index.data(HitModel.HIT), index.model()
        if painter is None or not isinstance(hit, HitView) or not isinstance(model, HitModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(4, 2, -4, -2)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.accent_soft))
            painter.drawRoundedRect(rect, 6, 6)
            painter.setBrush(QColor(LIGHT.accent))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 8, 3, rect.height() - 16), 1.5, 1.5)
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        sign = pixmap("bundle" if hit.kind == "bundle" else "licence", 20, LIGHT.accent, ratio)
        painter.drawPixmap(rect.left() + 14, rect.top() + 15, sign)
        right = rect.right() - 14
        if model.is_chosen(hit.code):
            words = self.tr("已选")
            painter.setPen(QColor(LIGHT.success))
            width = option.fontMetrics.horizontalAdvance(words)
            painter.drawText(QRect(right - width, rect.top(), width, rect.height()), _MIDDLE, words)
            right -= width + 12
        room = right - rect.left() - 46
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.ink))
        name = painter.fontMetrics().elidedText(hit.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(rect.left() + 46, rect.top() + 4, room, 22), _MIDDLE, name)
        font.setBold(False)
        font.setPixelSize(13)
        painter.setFont(font)
        painter.setPen(QColor(LIGHT.ink_soft))
        below = " · ".join(part for part in (hit.department, hit.note) if part)
        below = painter.fontMetrics().elidedText(below, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(rect.left() + 46, rect.top() + 25, room, 20), _MIDDLE, below)
        painter.restore()


_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class SearchLine(QLineEdit):
    """The search box. It keeps the focus; the keys that move and choose act on the list."""

    moved = pyqtSignal(int)
    entered = pyqtSignal()
    confirmed = pyqtSignal()
    escaped = pyqtSignal()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        key = a0.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.moved.emit(6 if key == Qt.Key.Key_PageDown else -6)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if a0.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.confirmed.emit()
            else:
                self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()


class ItemPicker(Panel):
    """Search box, results, cart.

    Keys: type to search; ↓ ↑ move; Enter takes the marked result; with nothing typed and something taken, Enter goes
    on to the form (Ctrl+Enter always does); Esc empties the box, then leaves.
    Signals: search_changed(words), chosen(code), removed(code), confirmed(), cancelled().
    """

    search_changed = pyqtSignal(str)
    chosen = pyqtSignal(str)
    removed = pyqtSignal(str)
    confirmed = pyqtSignal()
    cancelled = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("picker", "", parent)
        self.setAccessibleName(self.tr("选事项"))
        self._cart: tuple[HitView, ...] = ()
        self.search = SearchLine()
        self.search.setObjectName("search")
        self.search.setAccessibleName(self.tr("搜索事项"))
        self.search.setPlaceholderText(self.tr("来办什么？输入日常说法、拼音首字母或事项编码"))
        self.search.textChanged.connect(self.search_changed)
        self.search.textChanged.connect(self._name_go)
        self.search.moved.connect(self._move)
        self.search.entered.connect(self._enter)
        self.search.confirmed.connect(self._confirm)
        self.search.escaped.connect(self._escape)
        self._model = HitModel(self)
        self.results = QListView()
        self.results.setObjectName("results")
        self.results.setAccessibleName(self.tr("搜索结果"))
        self.results.setModel(self._model)
        self.results.setItemDelegate(HitDelegate(self.results))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.results.clicked.connect(lambda index: self._choose(index.row()))
        self._hint = text(role="soft", name="picker_hint", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._found = QStackedLayout()
        self._found.addWidget(self._hint)
        self._found.addWidget(self.results)
        self._cart_title = text(role="heading", name="cart_title")
        self._cart_rows = column(gap=2)
        self._go = button(self.tr("开始填表"), "primary", "picker_go")
        self._go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._go.clicked.connect(self._confirm)
        self._keys = text(self.tr("↓↑ 选择　Enter 加入　Esc 返回"), "faint", "picker_keys")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(self.search)
        whole.addLayout(self._found, 1)
        whole.addWidget(rule())
        whole.addWidget(self._cart_title)
        whole.addLayout(self._cart_rows)
        foot = QHBoxLayout()
        foot.addWidget(self._keys, 1)
        foot.addWidget(self._go)
        whole.addLayout(foot)
        self.set_results(())
        self.set_cart(())

    def set_results(self, hits: Sequence[HitView]) -> None:
        """Show what was found, best first; the first is marked."""
        self._model.set_hits(hits)
        words = self.search.text().strip()
        if hits:
            self.results.setCurrentIndex(self._model.index(0))
        elif words:
            self._hint.setText(self.tr("没有找到“{0}”。\n换个日常说法，或输入拼音首字母、事项编码。").format(words))
        else:
            self._hint.setText(self.tr("例如：开理发店、换驾照、klfd"))
        self._found.setCurrentWidget(self.results if hits else self._hint)

    def set_cart(self, cart: Sequence[HitView]) -> None:
        """Show what was taken."""
        self._cart = tuple(cart)
        clear(self._cart_rows)
        for hit in self._cart:
            self._cart_rows.addWidget(self._cart_row(hit))
        self._cart_title.setText(self.tr("已选 {0}").format(len(self._cart)) if self._cart else self.tr("尚未选事项"))
        self._go.setEnabled(bool(self._cart))
        self._name_go()
        self._model.set_chosen(frozenset(hit.code for hit in self._cart))

    def focus_search(self) -> None:
        """Put the cursor into the search box, its words selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def current(self) -> str | None:
        """The code of the marked result."""
        hit = self.results.currentIndex().data(HitModel.HIT)
        return hit.code if isinstance(hit, HitView) else None

    def _cart_row(self, hit: HitView) -> QWidget:
        line = QWidget()
        line.setObjectName(f"cart_{hit.code}")
        line.setAccessibleName(hit.name)
        drop = QToolButton()
        drop.setObjectName(f"cart_drop_{hit.code}")
        drop.setProperty("role", "quiet")
        drop.setIcon(icon("close"))
        drop.setIconSize(QSize(14, 14))
        drop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        drop.setAccessibleName(self.tr("移除 {0}").format(hit.name))
        drop.setToolTip(self.tr("移除"))
        drop.clicked.connect(lambda _=False, code=hit.code: self.removed.emit(code))
        below = " · ".join(part for part in (hit.department, hit.note) if part)
        inside = row(text(hit.name, "strong"), gap=10)
        inside.addWidget(ElidedLabel(below, "soft"), 1)
        inside.addWidget(drop)
        line.setLayout(inside)
        return line

    def _move(self, by: int) -> None:
        last = self._model.rowCount() - 1
        if last >= 0:
            where = min(max(self.results.currentIndex().row() + by, 0), last)
            self.results.setCurrentIndex(self._model.index(where))

    def _choose(self, where: int) -> None:
        hit = self._model.index(where).data(HitModel.HIT)
        if isinstance(hit, HitView):
            self.chosen.emit(hit.code)

    def _enter(self) -> None:
        if not self.search.text().strip() and self._cart:
            self._confirm()
        else:
            self._choose(self.results.currentIndex().row())
            self.search.clear()  # so that the next Enter goes on to the form

    def _name_go(self) -> None:
        self._go.setText(self.tr("开始填表　Ctrl+Enter") if self.search.text() else self.tr("开始填表　Enter"))

    def _confirm(self) -> None:
        if self._cart:
            self.confirmed.emit()

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.cancelled.emit()
