"""我的驻点: the firms where the clerk stands today and this week, with what is open there; leave."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHeaderView, QPushButton, QScrollArea, QWidget

from widgets.bits import button, clear, column, row, rule, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_roster import StationRow

_FIT, _REST = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch


class RosterDialog(BaseDialog):
    """The week at the left, the marked shift in full at the right.

    Keys: ↓ ↑, Enter or N writes down a demand of the firm, F opens the firm's page, A asks for leave, Esc closes.
    Signals, each with the shift's id: new, firm, leave.
    """

    new = pyqtSignal(str)
    firm = pyqtSignal(str)
    leave = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("stations", "", parent)
        self._head = self.tr("我的驻点")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.rows: tuple[StationRow, ...] = ()
        self.table = Lines(
            "stations_table",
            self._head,
            (self.tr("日期"), self.tr("时间"), self.tr("企业"), self.tr("驻点")),
            (112, 112, 220, 150),
            2,
        )
        if (head := self.table.horizontalHeader()) is not None:
            for column_of, mode in enumerate((_FIT, _FIT, _REST, _FIT)):
                head.setSectionResizeMode(column_of, mode)
        self.table.opened.connect(lambda _: self._ask("new", self.new))
        self.table.itemSelectionChanged.connect(self._show)
        self._empty = text(role="soft", name="stations_empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = row(gap=16)
        line.addLayout(column(self.table, self._empty, gap=0), 3)
        line.addWidget(self._make_panel(), 2)
        self.add(line, 1)
        self._said = text(role="soft", name="stations_said", wrap=True)
        self._said.setMinimumHeight(20)
        self.add(self._said)
        self._leave = self._button(self.tr("请假 A"), "stations_leave", "A")
        self._leave.clicked.connect(lambda: self._ask("leave", self.leave))
        self._firm = self._button(self.tr("企业服务 F"), "stations_firm", "F")
        self._firm.clicked.connect(lambda: self._ask("firm", self.firm))
        close = button(self.tr("关闭 Esc"), name="stations_close")
        close.clicked.connect(self.reject)
        self._new = button(self.tr("登记诉求 N"), "primary", "stations_new")
        self._new.setShortcut("N")
        self._new.clicked.connect(lambda: self._ask("new", self.new))
        self.add_buttons(self._leave, self._firm, None, close, self._new, default=self._new)
        self.resize(1120, 600)
        self.set_rows((), "", "")

    def set_rows(self, rows: Sequence[StationRow], below: str, empty: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Show the week; the mark stays on the same shift. below: how old it is, under the title. empty: why there is
        nothing. tone: of how old it is."""
        before = self.selected()
        self.rows = tuple(rows)
        self.table.set_lines(
            [(r.when, r.hours, r.firm, r.state) for r in rows], [{3: r.tone} for r in rows], [r.today for r in rows]
        )
        if rows:
            self.table.selectRow(next((n for n, r in enumerate(rows) if before and r.id == before.id), 0))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(empty)
        self._panel.setVisible(bool(rows))
        self.set_title(self._head, below)
        if tone is not Tone.NEUTRAL and not self._said.text():
            self.say(below, tone)
        if rows:
            self.table.setFocus()
        self._show()

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the list: what was done, or what went wrong."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)

    def selected(self) -> StationRow | None:
        """The marked shift."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _make_panel(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        self._name = text(role="strong", name="stations_name", wrap=True)
        self._warning = text(role="soft", name="stations_warning", wrap=True)
        self._facts = QGridLayout()
        self._matters = QGridLayout()
        for grid in (self._facts, self._matters):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(1, 1)
        self._line = rule()
        self._open = text(role="strong", name="stations_open")
        inside = column(self._name, self._warning, gap=8)
        inside.addLayout(self._facts)
        inside.addWidget(self._line)
        inside.addWidget(self._open)
        inside.addLayout(self._matters)
        inside.addStretch(1)
        inside.setContentsMargins(0, 0, 8, 0)
        page.setLayout(inside)
        self._panel = QScrollArea()
        self._panel.setObjectName("stations_panel")
        self._panel.setAccessibleName(self.tr("驻点内容"))
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
        clear(self._matters)
        set_text(self._name, marked.firm if marked else "")
        set_text(self._warning, marked.warning if marked else "", Tone.WARNING)
        _fill(self._facts, marked.facts if marked else ())
        open_ones = marked.matters if marked else ()
        self._line.setVisible(marked is not None)
        set_text(self._open, self.tr("在办事项 {0} 件").format(len(open_ones)) if marked else "")
        _fill(self._matters, open_ones)
        can = marked.can if marked else frozenset()
        for which, name in ((self._new, "new"), (self._firm, "firm"), (self._leave, "leave")):
            which.setEnabled(name in can)

    def _ask(self, what: str, signal: object) -> None:
        marked = self.selected()
        if marked is not None and what in marked.can:
            signal.emit(marked.id)  # type: ignore[attr-defined]


def _fill(grid: QGridLayout, pairs: Sequence[tuple[str, str]]) -> None:
    for at, (label, value) in enumerate(pairs):
        name = text(label, "label")
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        shown = text(value, wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{label} {value}")
        grid.addWidget(name, at, 0)
        grid.addWidget(shown, at, 1)
