"""Firms' matters 企业事项: slips, inspection tasks, joint reviews, intermediaries; the list and one in full."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHeaderView, QPushButton, QScrollArea, QWidget

from widgets.bits import button, clear, column, row, rule, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_matter import MatterRow

_FIT, _REST = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch


class MattersDialog(BaseDialog):
    """The list at the left, the marked one in full at the right.

    Keys: ↓ ↑, N opens a new one, Enter takes the next step, R the other one (return), P prints, Esc closes.
    Signals: new(); step(id, act); print_requested(id).
    """

    new = pyqtSignal()
    step = pyqtSignal(str, str)
    print_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("matters", "", parent)
        self._head = self.tr("企业事项")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.rows: tuple[MatterRow, ...] = ()
        self.table = Lines(
            "matters_table",
            self._head,
            (self.tr("种类"), self.tr("企业"), self.tr("事由"), self.tr("环节"), self.tr("时限")),
            (110, 150, 150, 72, 120),
            2,
        )
        if (head := self.table.horizontalHeader()) is not None:
            for column_of, mode in enumerate((_FIT, _REST, _REST, _FIT, _FIT)):
                head.setSectionResizeMode(column_of, mode)
        self.table.opened.connect(lambda _: self._take(0))
        self.table.itemSelectionChanged.connect(self._show)
        self._empty = text(role="soft", name="matters_empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = row(gap=16)
        line.addLayout(column(self.table, self._empty, gap=0), 3)
        line.addWidget(self._make_panel(), 2)
        self.add(line, 1)
        self._said = text(role="soft", name="matters_said", wrap=True)
        self._said.setMinimumHeight(20)
        self.add(self._said)
        self._new = self._button(self.tr("新登记 N"), "matters_new", "N")
        self._new.clicked.connect(self.new)
        self._print = self._button(self.tr("打印 P"), "matters_print", "P")
        self._print.clicked.connect(self._ask_print)
        self._other = self._button("", "matters_other", "R")
        self._other.clicked.connect(lambda: self._take(1))
        close = button(self.tr("关闭 Esc"), name="matters_close")
        close.clicked.connect(self.reject)
        self._go = button("", "primary", "matters_go")
        self._go.clicked.connect(lambda: self._take(0))
        self.add_buttons(self._new, self._print, None, close, self._other, self._go, default=self._go)
        self.resize(1200, 640)
        self._show()

    def set_rows(self, rows: Sequence[MatterRow], below: str = "") -> None:
        """Show the matters; the mark stays on the same one. below: one line under the title."""
        before = self.selected()
        self.rows = tuple(rows)
        self.table.set_lines([(r.kind, r.firm, r.subject, r.stage, r.due) for r in rows], [{4: r.tone} for r in rows])
        if rows:
            self.table.selectRow(next((n for n, r in enumerate(rows) if before and r.id == before.id), 0))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            self.tr("还没有企业事项。\n按 N 登记联络单、诉求单、核查任务、联合会审或中介服务；离线也能登记。")
        )
        self._panel.setVisible(bool(rows))
        self.set_title(self._head, below)
        if rows:
            self.table.setFocus()
        self._show()

    def mark(self, matter_id: str) -> None:
        """Mark one of the list."""
        at = next((n for n, r in enumerate(self.rows) if r.id == matter_id), None)
        if at is not None:
            self.table.selectRow(at)

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the list: what was done, or what went wrong."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)

    def selected(self) -> MatterRow | None:
        """The marked matter."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _make_panel(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        self._name = text(role="strong", name="matters_name", wrap=True)
        self._warning = text(role="soft", name="matters_warning", wrap=True)
        self._facts = QGridLayout()
        self._log = QGridLayout()
        for grid in (self._facts, self._log):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(1, 1)
        inside = column(self._name, self._warning, gap=8)
        inside.addLayout(self._facts)
        self._line = rule()
        inside.addWidget(self._line)
        inside.addLayout(self._log)
        inside.addStretch(1)
        inside.setContentsMargins(0, 0, 8, 0)
        page.setLayout(inside)
        self._panel = QScrollArea()
        self._panel.setObjectName("matters_panel")
        self._panel.setAccessibleName(self.tr("事项内容"))
        self._panel.setWidgetResizable(True)
        self._panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel.setWidget(page)
        return self._panel

    def _button(self, words: str, name: str, key: str) -> QPushButton:
        made = button(words, name=name)
        made.setShortcut(key)
        return made

    def _show(self) -> None:
        marked = self.selected()
        clear(self._facts)
        clear(self._log)
        set_text(self._name, f"{marked.kind} {marked.number}" if marked else "")
        set_text(self._warning, marked.warning if marked else "", Tone.ERROR)
        _fill(self._facts, marked.facts if marked else ())
        _fill(self._log, marked.log if marked else ())
        self._line.setVisible(bool(marked and marked.log))
        acts = marked.acts if marked else ()
        for which, at, key in ((self._go, 0, "Enter"), (self._other, 1, "R")):
            words = f"{acts[at].words} {key}" if len(acts) > at else ""
            which.setText(words)
            which.setAccessibleName(words)
            if which is self._other:
                which.setShortcut("R")  # a button's text is asked for its key again
            which.setVisible(bool(words))
        self._print.setEnabled(marked is not None)

    def _take(self, at: int) -> None:
        marked = self.selected()
        if marked is not None and len(marked.acts) > at:
            self.step.emit(marked.id, marked.acts[at].id)

    def _ask_print(self) -> None:
        marked = self.selected()
        if marked is not None:
            self.print_requested.emit(marked.id)


def _fill(grid: QGridLayout, pairs: Sequence[tuple[str, str]]) -> None:
    for at, (label, value) in enumerate(pairs):
        name = text(label, "label")
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        shown = text(value, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{label} {value}")
        grid.addWidget(name, at, 0)
        grid.addWidget(shown, at, 1)
