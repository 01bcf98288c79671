"""One part of the form: the fields of one role under their heading, in one or two columns; folded when done."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.fact import SourceKind
from app.domain.form import FieldState, FormField, FormSection, Problem
from widgets.bits import set_icon, set_text, text
from widgets.field_row import FieldRow, lacks
from widgets.i18n import pick
from widgets.theme import restyle
from widgets.views import Tone

_SOURCES = frozenset((SourceKind.CARD, SourceKind.QUERY, SourceKind.LICENCE, SourceKind.CASE))
"""What the visitor need not be asked for again."""


@dataclass(slots=True)
class Slot:
    """One question, whether its widgets are built yet or not."""

    asks: FormField
    asked: bool = True
    state: FieldState = field(default_factory=FieldState)
    problem: Problem | None = None
    row: FieldRow | None = None
    tucked: bool = False
    """Is it out of sight because a source knows it already (`FormBody.tuck`)?"""

    @property
    def lacking(self) -> bool:
        """Must the clerk still do something here?"""
        return self.asked and lacks(self.asks, self.state, self.problem)

    @property
    def needed(self) -> bool:
        """Does it count in the progress?"""
        return self.asked and (self.asks.required or (self.problem is not None and self.problem.missing))

    @property
    def wrong(self) -> bool:
        """Does something stand here that is wrong?"""
        return self.asked and self.problem is not None and not self.problem.missing and not self.problem.warning

    @property
    def shown(self) -> bool:
        """Has it a place on the form now?"""
        return self.asked and not self.tucked

    @property
    def known(self) -> bool:
        """Does something other than the clerk's hand say it, with nothing left to do or to look at?"""
        return self.asked and not self.open and self.state.fact is not None and self.state.fact.source.kind in _SOURCES

    @property
    def open(self) -> bool:
        """Is there anything left to do or to look at?"""
        return self.asked and (self.lacking or self.problem is not None or bool(self.state.rivals))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part is. needed, filled: required fields; wrong: those that hold a mistake."""

    needed: int = 0
    filled: int = 0
    wrong: int = 0


class SectionHeading(QWidget):
    """A part's name and how far it is. Signals: pressed() by mouse."""

    pressed = pyqtSignal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._fold = text()
        self._fold.setFixedSize(16, 16)
        self._title = text(title, "heading")
        self._count = text(role="faint")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self._fold)
        self._fold.hide()
        self.setToolTip(self.tr("Ctrl+↓ 下一部分　Ctrl+↑ 上一部分"))

    def set_margins(self, left: int, right: int) -> None:
        """Room beside the words."""
        self.setContentsMargins(left, 0, right, 0)

    def set_title(self, title: str) -> None:
        """Another part's name, in the heading that stays while scrolling."""
        self._title.setText(title)

    def set_progress(self, progress: Progress) -> None:
        """How far it is."""
        if not progress.needed:
            set_text(self._count, "")
        elif progress.wrong:
            set_text(self._count, self.tr("{0} 项有误").format(progress.wrong), Tone.ERROR)
        elif progress.filled == progress.needed:
            set_text(self._count, self.tr("{0}/{1} 齐").format(progress.filled, progress.needed), Tone.SUCCESS)
        else:
            set_text(self._count, f"{progress.filled}/{progress.needed}", Tone.NEUTRAL)

    def set_folded(self, on: bool) -> None:
        """Show that what belongs to it is folded away."""
        self._fold.setVisible(on)
        if on:
            set_icon(self._fold, "down", "ink_soft", 16)
            self._fold.setToolTip(self.tr("已填好，点按展开"))
        self.setCursor(Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        self.pressed.emit()
        if a0 is not None:
            a0.accept()


class Section(QWidget):
    """A part of the form. Its rows come by `add`, as they are built; signals: unfolded(section)."""

    unfolded = pyqtSignal(object)

    def __init__(self, section: FormSection, slots: list[Slot], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"section_{section.role}")
        self.title = pick(section.title, section.title_en)
        self.setAccessibleName(self.title)
        self.slots = slots
        self.folded = False
        self.progress = Progress()
        self.heading = SectionHeading(self.title)
        self.heading.setObjectName(f"heading_{section.role}")
        self.heading.pressed.connect(self._pressed)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._columns = 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self.heading)
        whole.addLayout(self._grid)

    def _pressed(self) -> None:
        if self.folded:
            self.unfolded.emit(self)

    def __contains__(self, slot: object) -> bool:
        return any(own is slot for own in self.slots)

    @property
    def rows(self) -> list[FieldRow]:
        """The rows built so far."""
        return [slot.row for slot in self.slots if slot.row is not None]

    @property
    def done(self) -> bool:
        """Is nothing left to do or to look at here?"""
        return not any(slot.open for slot in self.slots)

    def count(self) -> None:
        """Tell anew how far this part is."""
        needed = filled = wrong = 0
        for slot in self.slots:
            if slot.needed:
                needed += 1
                filled += not slot.lacking or slot.wrong
            wrong += slot.wrong
        progress = Progress(needed, filled, wrong)
        if progress != self.progress:
            self.progress = progress
            self.heading.set_progress(progress)

    def fold(self, on: bool) -> None:
        """Leave only the heading, or show everything again."""
        if on == self.folded:
            return
        self.folded = on
        for slot in self.slots:
            if slot.row is not None:
                slot.row.setVisible(slot.shown and not on)
        self.heading.set_folded(on)
        restyle(self, folded="true" if on else "false")

    def arrange(self, columns: int, again: bool = False) -> None:
        """Place the fields asked now in so many columns; wide ones take a line of their own."""
        if columns == self._columns and not again:
            return
        rows = self.rows
        for row in rows:
            self._grid.removeWidget(row)
        self._columns = columns
        line = column = 0
        asked = [slot.row for slot in self.slots if slot.row is not None and slot.shown]
        for row, after in zip_longest(asked, asked[1:]):
            alone = column == 0 and (after is None or after.wide)
            span = columns if row.wide or (alone and row.stretches) else 1
            if column + span > columns:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
            if column >= columns:
                line, column = line + 1, 0
        for where in range(2):
            self._grid.setColumnStretch(where, 1 if where < columns else 0)
