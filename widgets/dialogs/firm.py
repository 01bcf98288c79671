"""A firm at the counter 企业服务: its profile, the policies that fit it, what its code starts."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHeaderView, QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from widgets.bits import button, clear, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow, Lines
from widgets.views import Tone
from widgets.views_firm import FirmRow, FirmView

TAGS, POLICIES, SCENES = "tags", "policies", "scenes"
_PAGES = (TAGS, POLICIES, SCENES)


class FirmDialog(BaseDialog):
    """The number above, three lists below, the marked line in full at the right.

    Keys: Enter in the number asks the registers; Alt+1 tags, Alt+2 policies, Alt+3 scenes; ↓ ↑; Enter does what the
    line offers; N a demand of the firm; P prints the sheet; Esc closes. Signals: asked(number), started(page, id),
    demanded(), print_requested().
    """

    asked = pyqtSignal(str)
    started = pyqtSignal(str, str)
    demanded = pyqtSignal()
    print_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("firm", "", parent)
        self._head = self.tr("企业服务")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.number = QLineEdit()
        self.number.setObjectName("firm_number")
        self.number.setAccessibleName(self.tr("统一社会信用代码"))
        self.number.setPlaceholderText(self.tr("扫企业码，或者输入统一社会信用代码，按 Enter"))
        self.number.setMaxLength(18)
        self._ask = button(self.tr("查询 Enter"), name="firm_ask")
        self._ask.clicked.connect(lambda: self.asked.emit(self.number.text()))
        self.add(row(self.number, self._ask))
        self._pages = ChoiceRow(
            "firm_page", self.tr("看什么"),
            ((TAGS, self.tr("画像 Alt+1")), (POLICIES, self.tr("政策 Alt+2")), (SCENES, self.tr("办事场景 Alt+3"))),
            "Alt",
        )  # fmt: skip
        self._pages.changed.connect(self.show_page)
        self.add(row(self._pages, None))
        fit, rest = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch
        self.lists = {
            TAGS: _list(
                "firm_tags", self.tr("画像"), (self.tr("维度"), self.tr("标签"), self.tr("结论")), (fit, rest, fit)
            ),
            POLICIES: _list(
                "firm_policies", self.tr("政策"), (self.tr("政策"), self.tr("金额"), self.tr("结论")), (rest, fit, fit)
            ),
            SCENES: _list("firm_scenes", self.tr("办事场景"), (self.tr("场景"), self.tr("怎么办")), (fit, rest)),
        }
        self._rows: dict[str, tuple[FirmRow, ...]] = dict.fromkeys(_PAGES, ())
        self._stack = QStackedWidget()
        for name, made in self.lists.items():
            self._stack.addWidget(made)
            made.itemSelectionChanged.connect(self._show)
            made.opened.connect(lambda _, page=name: self._start(page))
        line = row(gap=16)
        line.addWidget(self._stack, 3)
        line.addWidget(self._make_panel(), 2)
        self.add(line, 1)
        self._said = text(role="soft", name="firm_said", wrap=True)
        self._said.setMinimumHeight(20)
        self.add(self._said)
        self._demand = button(self.tr("提诉求 N"), name="firm_demand")
        self._demand.setShortcut("N")
        self._demand.clicked.connect(self.demanded)
        self._print = button(self.tr("打印测算单 P"), name="firm_print")
        self._print.setShortcut("P")
        self._print.clicked.connect(self.print_requested)
        close = button(self.tr("关闭 Esc"), name="firm_close")
        close.clicked.connect(self.reject)
        self._go = button("", "primary", "firm_go")
        self._go.clicked.connect(lambda: self._start(self.page))
        self.add_buttons(self._demand, self._print, None, close, self._go, default=self._go)
        self.resize(1200, 640)
        self.clear_firm()

    @property
    def page(self) -> str:
        """Which list is on show."""
        return _PAGES[self._stack.currentIndex()]

    def clear_firm(self, number: str = "") -> None:
        """No firm yet. number: what stands in its line."""
        self.number.setText(number)
        self.set_title(self._head)
        self._fill(FirmView("", ""))
        self._enable(False)
        self.number.setFocus()

    def set_busy(self, words: str) -> None:
        """The registers are being asked."""
        self._enable(False)
        self.say(words)

    def set_firm(self, view: FirmView) -> None:
        """Show a firm."""
        self.set_title(view.name, view.below)
        self._fill(view)
        self._enable(True)
        self.say(view.warning, Tone.WARNING if view.warning else Tone.NEUTRAL)
        self.lists[self.page].setFocus()

    def show_page(self, page: str) -> None:
        """Turn to a list."""
        self._stack.setCurrentIndex(_PAGES.index(page))
        if self._pages.value() != page:
            self._pages.set_value(page)
        if self._rows[page]:
            self.lists[page].setFocus()
        self._show()

    def mark(self, row_id: str) -> None:
        """Mark a line of the list on show."""
        at = next((n for n, one in enumerate(self._rows[self.page]) if one.id == row_id), None)
        if at is not None:
            self.lists[self.page].selectRow(at)

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the lists."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.number.hasFocus():
            a0.accept()
            self.asked.emit(self.number.text())
            return
        super().keyPressEvent(a0)

    def _fill(self, view: FirmView) -> None:
        self._rows = {TAGS: view.tags, POLICIES: view.policies, SCENES: view.scenes}
        for name, rows in self._rows.items():
            self.lists[name].set_lines([one.cells for one in rows], [{len(one.cells) - 1: one.tone} for one in rows])
        self._show()

    def _enable(self, there: bool) -> None:
        for part in (self._demand, self._print, self._stack):
            part.setEnabled(there)
        self._show()

    def _marked(self) -> FirmRow | None:
        rows, at = self._rows[self.page], self.lists[self.page].currentRow()
        return rows[at] if 0 <= at < len(rows) else None

    def _start(self, page: str) -> None:
        marked = self._marked()
        if marked is not None and marked.go:
            self.started.emit(page, marked.id)

    def _show(self) -> None:
        marked = self._marked()
        clear(self._lines)
        set_text(self._name, marked.title if marked else "")
        set_text(self._below, marked.below if marked else "")
        for words, tone in marked.lines if marked else ():
            label = text(words, "", wrap=True)
            label.setProperty("tone", tone.value)
            self._lines.addWidget(label)
        words = self.tr("{0} Enter").format(marked.go) if marked and marked.go else ""
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setVisible(bool(words))
        self._go.setEnabled(self._stack.isEnabled())

    def _make_panel(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("page")
        self._name = text(role="strong", name="firm_line", wrap=True)
        self._below = text(role="soft", name="firm_line_below", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        whole = column(self._name, self._below, gap=8)
        whole.addLayout(self._lines)
        whole.addStretch(1)
        whole.setContentsMargins(0, 0, 8, 0)
        inside.setLayout(whole)
        panel = QScrollArea()
        panel.setObjectName("firm_panel")
        panel.setAccessibleName(self.tr("依据"))
        panel.setWidgetResizable(True)
        panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        panel.setWidget(inside)
        return panel


def _list(
    name: str, accessible: str, titles: tuple[str, ...], modes: tuple[QHeaderView.ResizeMode, ...]
) -> Lines:  # fmt: skip
    made = Lines(name, accessible, titles, [120] * len(titles), modes.index(QHeaderView.ResizeMode.Stretch))
    if (head := made.horizontalHeader()) is not None:
        for at, mode in enumerate(modes):
            head.setSectionResizeMode(at, mode)
    return made
