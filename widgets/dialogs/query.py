"""Other departments' data: what can be asked, for which purpose, how each call goes, and what to take over."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, badge, button, clear, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.theme import restyle
from widgets.views import PurposeView, QueryRow, QueryStage, Tone

_BOX = 20
"""Width of a tick box with its gap."""


class QueryDialog(BaseDialog):
    """Before: rows to tick and the purpose. Meanwhile: each row says how it goes. After: what was found, to take over.

    Keys: Enter asks, then takes over; number keys choose the purpose; ↑ ↓ and Space tick rows; R asks again what got no
    answer; Esc closes. Signals: asked(purpose id, source ids), taken(source ids), later(purpose id): ask again by
    itself when the platform is back.
    """

    asked = pyqtSignal(str, list)
    taken = pyqtSignal(list)
    later = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("query", "", parent)
        title = self.tr("查询共享数据")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.rows: tuple[QueryRow, ...] = ()
        self.stage = QueryStage.READY
        self._purpose = ""
        self._purposes: list[QPushButton] = []
        self._ticks: dict[str, QCheckBox] = {}
        self._purpose_title = text(self.tr("查询目的"), "label", "query_purpose_title")
        self._purpose_line = row(gap=8)
        top = row(self._purpose_title, gap=12)
        top.addLayout(self._purpose_line, 1)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 168)
        self._grid.setColumnStretch(1, 1)
        page = QWidget()
        page.setObjectName("page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._grid)
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("query_area")
        area.setAccessibleName(self.tr("可查询的数据"))
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self._note = text(role="soft", name="query_note", wrap=True)
        self.add(top)
        self.add(area, 1)
        self.add(self._note)
        self._again = button(self.tr("重查 R"), name="query_again")
        self._again.setShortcut("R")
        self._later = button(self.tr("联网后再查 L"), name="query_later")
        self._later.setShortcut("L")
        self._close = button(self.tr("关闭 Esc"), name="query_close")
        self._go = button("", "primary", "query_go")
        self._again.clicked.connect(self._ask_again)
        self._later.clicked.connect(self._ask_later)
        self._close.clicked.connect(self.reject)
        self._go.clicked.connect(self._next)
        self.add_buttons(self._again, self._later, None, self._close, self._go, default=self._go)
        self.resize(820, 400)

    def set_purposes(self, purposes: Sequence[PurposeView]) -> None:
        """The purposes to choose from, the likeliest first; that one is chosen."""
        clear(self._purpose_line)
        self._purposes = []
        for number, purpose in enumerate(purposes, 1):
            choice = button(f"{number}  {purpose.words}", "choice", f"query_purpose_{purpose.id}")
            choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            choice.setProperty("purpose", purpose.id)
            choice.clicked.connect(lambda _=False, name=purpose.id: self._choose(name))
            self._purposes.append(choice)
            self._purpose_line.addWidget(choice)
        self._purpose_line.addStretch(1)
        self._choose(purposes[0].id if purposes else "")

    def set_rows(self, rows: Sequence[QueryRow], stage: QueryStage) -> None:
        """Show where each source stands. What the clerk ticked stays ticked while the stage is the same."""
        same = stage is self.stage and [r.id for r in rows] == [r.id for r in self.rows]
        ticked = self.ticked() if same else [r.id for r in rows if r.ticked]
        new_stage = stage is not self.stage or not self.rows
        if len(rows) != len(self.rows):
            # As tall as the list will be with its answers, so that they do not make it jump.
            self.resize(self.width(), min(260 + 64 * len(rows), 620))
        focused = next((name for name, tick in self._ticks.items() if tick.hasFocus()), "")
        self.rows, self.stage = tuple(rows), stage
        clear(self._grid)
        self._ticks = {}
        for line, entry in enumerate(rows):
            self._add_row(entry, 4 * line, entry.id in ticked)
        self._offer()
        if new_stage and self._go.isEnabled():
            self._go.setFocus()  # Enter leads on
        elif focused in self._ticks:
            self._ticks[focused].setFocus()

    def set_note(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the list."""
        set_text(self._note, words, tone)

    def ticked(self) -> list[str]:
        """The rows that are ticked and can be, in their order."""
        return [entry.id for entry in self.rows if entry.id in self._ticks and self._ticks[entry.id].isChecked()]

    def _add_row(self, entry: QueryRow, line: int, ticked: bool) -> None:
        spoken = " ".join(part for part in (entry.name, entry.department, entry.state_words) if part)
        if entry.can_tick:
            tick = QCheckBox(entry.name)
            tick.setObjectName(f"query_tick_{entry.id}")
            tick.setAccessibleName(spoken)
            tick.setChecked(ticked)
            tick.toggled.connect(self._offer)
            self._ticks[entry.id] = tick
            self._grid.addWidget(tick, line, 0)
        else:
            # No box where there is nothing to choose, but the names stay in one line.
            name = text(entry.name, name=f"query_name_{entry.id}")
            name.setAccessibleName(spoken)
            name.setContentsMargins(_BOX, 0, 0, 0)
            self._grid.addWidget(name, line, 0)
        about = ElidedLabel(" · ".join(part for part in (entry.department, entry.gain) if part), "soft")
        self._grid.addWidget(about, line, 1)
        self._grid.addWidget(badge(entry.state_words, entry.tone), line, 2, Qt.AlignmentFlag.AlignRight)
        if entry.detail:
            detail = text(entry.detail, "faint", f"query_detail_{entry.id}", wrap=True)
            self._grid.addWidget(detail, line + 1, 1, 1, 2)
        if entry.warning:
            warning = text(entry.warning, "faint", f"query_warning_{entry.id}", wrap=True)
            warning.setProperty("tone", Tone.WARNING.value)
            self._grid.addWidget(warning, line + 2, 1, 1, 2)
        self._grid.setRowMinimumHeight(line + 3, 6)

    def _choose(self, purpose: str) -> None:
        self._purpose = purpose
        for choice in self._purposes:
            restyle(choice, current="true" if choice.property("purpose") == purpose else "false")
        self._offer()

    def _offer(self) -> None:
        """The buttons that lead on from here."""
        ticked = self.ticked()
        failed = any(entry.failed for entry in self.rows)
        ready, done = self.stage is QueryStage.READY, self.stage is QueryStage.DONE
        takes = done and bool(self._ticks)
        for choice in self._purposes:
            choice.setEnabled(ready)
        self._again.setVisible(done and failed)
        self._later.setVisible(done and failed)
        if ready:
            words = self.tr("查询 {0} 种 Enter").format(len(ticked))
        elif takes:
            words = self.tr("采用 {0} 种 Enter").format(len(ticked))
        else:
            words = self.tr("完成 Enter") if done else self.tr("正在查询…")
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setEnabled(bool(ticked) if ready or takes else done)

    def _next(self) -> None:
        if self.stage is QueryStage.READY:
            self.asked.emit(self._purpose, self.ticked())
        elif self.stage is QueryStage.DONE:
            ticked = self.ticked()
            self.accept()
            if ticked:
                self.taken.emit(ticked)

    def _ask_again(self) -> None:
        self.asked.emit(self._purpose, [entry.id for entry in self.rows if entry.failed])

    def _ask_later(self) -> None:
        self.later.emit(self._purpose)
        self.reject()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        key = a0.key() if a0 is not None else 0
        number = key - Qt.Key.Key_1
        if a0 is not None and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
            a0.accept()
        elif a0 is not None and 0 <= number < len(self._purposes) and self.stage is QueryStage.READY:
            self._choose(str(self._purposes[number].property("purpose")))
            a0.accept()
        else:
            super().keyPressEvent(a0)
