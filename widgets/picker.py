"""Choosing what the visitor came for: search, results, cart."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, Panel, button, clear, column, row, rule, text
from widgets.hits import HitDelegate, HitModel
from widgets.icons import icon
from widgets.views import HitView


class SearchLine(QLineEdit):
    """The search box. It keeps the focus; the keys that move and choose act on the list."""

    moved = pyqtSignal(int)
    entered = pyqtSignal()
    confirmed = pyqtSignal()
    escaped = pyqtSignal()
    pinned = pyqtSignal()

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
        elif key == Qt.Key.Key_D and a0.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.pinned.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()


class ItemPicker(Panel):
    """Search box, results, cart.

    Keys: type to search; ↓ ↑ move; Enter takes the marked result; with nothing typed and something taken, Enter goes
    on to the form (Ctrl+Enter always does); Ctrl+D pins the marked result or takes it off; Esc empties the box, then
    leaves.
    Signals: search_changed(words), chosen(code), removed(code), reasked(code), pinned(code), confirmed(), cancelled().
    """

    search_changed = pyqtSignal(str)
    chosen = pyqtSignal(str)
    removed = pyqtSignal(str)
    reasked = pyqtSignal(str)
    pinned = pyqtSignal(str)
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
        self.search.pinned.connect(self._pin)
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
        self._keys = text(self.tr("↓↑ 选择　Enter 加入　Ctrl+D 置顶　Esc 返回"), "faint", "picker_keys")
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

    def set_results(self, hits: Sequence[HitView], current: str | None = None) -> None:
        """Show what was found, best first; the first is marked, or the one with the code `current`."""
        self._model.set_hits(hits)
        words = self.search.text().strip()
        if hits:
            at = next((n for n, hit in enumerate(hits) if hit.code == current), 0)
            self.results.setCurrentIndex(self._model.index(at))
        elif words:
            self._hint.setText(self.tr("没有找到“{0}”。\n换个日常说法，或输入拼音首字母、事项编码。").format(words))
        else:
            self._hint.setText(self.tr("例如：开理发店、换驾照、klfd"))
        self._found.setCurrentWidget(self.results if hits else self._hint)

    def set_searching(self) -> None:
        """Say that the search goes on; nothing is marked meanwhile, so that Enter takes nothing unseen."""
        self._model.set_hits(())
        self._hint.setText(self.tr("正在搜索…"))
        self._found.setCurrentWidget(self._hint)

    def set_cart(self, cart: Sequence[HitView]) -> None:
        """Show what was taken."""
        if self._cart == tuple(cart) and self._cart:
            return  # asked after each change of the visit; new rows each time would cost 30 ms
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
        if hit.asks:
            again = button(self.tr("改答案"), "chip", f"cart_ask_{hit.code}")
            again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            again.setAccessibleName(self.tr("重新回答 {0} 的问题").format(hit.name))
            again.clicked.connect(lambda _=False, code=hit.code: self.reasked.emit(code))
            inside.addWidget(again)
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

    def _pin(self) -> None:
        code = self.current()
        if code is not None:
            self.pinned.emit(code)

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
