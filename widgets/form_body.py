"""The fields of the form on their page: built as they are needed, placed, folded, kept in sight."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from PyQt6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.domain.form import FormDefinition, FormField
from app.domain.typing_help import TypingHelp
from widgets.bits import clear
from widgets.field_row import FieldRow
from widgets.form_section import Section, SectionHeading, Slot
from widgets.line import PLAIN
from widgets.look import px

_TWO_COLUMNS_FROM = 620
"""Logical pixels below which fields stand in one column."""
_AT_ONCE = 26
"""Fields whose widgets are built before the form is first seen: more than one screen holds."""
_AT_A_TIME = 5
"""The rest follow between two turns of the event loop, so many in one."""
_MARGIN = 48


class FormBody(QScrollArea):
    """The page. wire: told of each row as it is made. Signals: built(key) for a row that somebody waits for."""

    built = pyqtSignal(str)

    def __init__(self, wire: Callable[[FieldRow], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wire = wire
        self.help: TypingHelp = PLAIN
        self.slots: dict[str, Slot] = {}
        self.sections: list[Section] = []
        self.show_missing = False
        self.locked = False
        self.open = False
        """Is what is masked shown?"""
        self._unbuilt: list[tuple[Section, Slot]] = []
        self._wish = ""
        self._building = QTimer(self)
        self._building.setInterval(0)
        self._building.timeout.connect(self._build_more)
        self._page = QWidget()
        self._page.setObjectName("page")
        self._body = QVBoxLayout(self._page)
        self._body.setContentsMargins(16, 12, 12, 16)
        self._body.setSpacing(16)
        self.setObjectName("form_area")
        self.setAccessibleName(self.tr("申请表各项"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._page)
        if (viewport := self.viewport()) is not None:
            viewport.installEventFilter(self)
        self._sticky = SectionHeading("", self)
        self._sticky.setObjectName("sticky")
        self._sticky.setAccessibleName(self.tr("当前部分"))
        self._sticky.set_margins(16, 12)
        self._sticky.hide()
        if (bar := self.verticalScrollBar()) is not None:
            bar.valueChanged.connect(self._stick)
            bar.rangeChanged.connect(self._stick)

    # -- what there is ----------------------------------------------------------------------------------------

    def rows(self) -> Iterator[FieldRow]:
        """The rows built so far, in form order."""
        return (slot.row for slot in self.slots.values() if slot.row is not None)

    def neighbour(self, key: str, by: int) -> str | None:
        """The next field that is asked, downwards or upwards; from one that is just going, else the last."""
        keys = list(self.slots)
        at = keys.index(key)
        onward = keys[at + 1 :] if by > 0 else keys[:at][::-1]
        target = next((k for k in onward if self.slots[k].shown), None)
        if target is None and not self.slots[key].shown:
            target = next((k for k in reversed(keys) if self.slots[k].shown), None)
        return target

    def row(self, key: str) -> FieldRow:
        """The row of a field, built now if it was not. KeyError for an unknown key."""
        slot = self.slots[key]
        while slot.row is None:
            self._build(_AT_A_TIME)
        return slot.row

    def section_of(self, key: str) -> Section:
        """The part that a field belongs to. KeyError for an unknown key."""
        slot = self.slots[key]
        return next(section for section in self.sections if slot in section)

    @property
    def complete(self) -> bool:
        """Does every field have its widgets?"""
        return not self._unbuilt

    # -- building ---------------------------------------------------------------------------------------------

    def set_form(self, definition: FormDefinition) -> None:
        """Another form. Of a long one the rest is built right after, in steps that nobody feels."""
        self._page.setUpdatesEnabled(False)
        for gone in self.rows():
            gone.editor.blockSignals(True)  # losing the focus now is no edit
        clear(self._body)
        for section in self.sections:
            if section.parent() is None:
                section.deleteLater()
        self.slots, self.sections, self._unbuilt, self._wish = {}, [], [], ""
        self.show_missing = self.locked = False
        for part in definition.sections:
            slots = [Slot(field) for field in part.fields]
            section = Section(part, slots)
            section.unfolded.connect(self.unfold)
            self.sections.append(section)
            self.slots.update((slot.asks.key, slot) for slot in slots)
            self._unbuilt += ((section, slot) for slot in slots)
        self._body.addStretch(1)
        self._build(_AT_ONCE)
        self._page.setUpdatesEnabled(True)
        self._building.start()

    def wait_for(self, key: str) -> None:
        """Say `built` once this row is there."""
        self._wish = key

    def _build_more(self) -> None:
        self._build(_AT_A_TIME)
        if self.complete:
            self._building.stop()
        if self._wish and self.slots[self._wish].row is not None:
            wish, self._wish = self._wish, ""
            self.built.emit(wish)

    def _build(self, count: int) -> None:
        """Make the widgets of the next fields, as they stand now."""
        now, self._unbuilt = self._unbuilt[:count], self._unbuilt[count:]
        above = next((s.row for s in reversed(self.slots.values()) if s.row is not None), None) if now else None
        for section, slot in now:
            made = FieldRow(slot.asks, section, self.help)
            slot.row = made
            made.asked = slot.asked
            self._wire(made)
            made.set_state(slot.state)
            made.set_problem(slot.problem, self.show_missing)
            made.set_open(self.open)
            if self.locked:
                made.set_locked(True)
            if not slot.shown or section.folded:
                made.hide()
        for section in dict.fromkeys(section for section, _ in now):
            section.arrange(self._columns(), again=True)
            if section.parent() is None:
                self._body.insertWidget(self._body.count() - 1, section)
            if not any(slot.shown for slot in section.slots):
                section.hide()
        for _, slot in now:
            if above is not None and slot.row is not None:
                QWidget.setTabOrder(above.editor, slot.row.editor)
            above = slot.row

    def set_asked(self, fields: Mapping[str, FormField], before_hiding: Callable[[], None], held: str) -> bool:
        """Show these fields and no others, `held` staying where it is on the screen. Says whether any changed.

        before_hiding: called when it is known which go, and they are still on show.
        """
        for key, field in fields.items():
            slot = self.slots[key]
            slot.asks = field
            if slot.row is not None:
                slot.row.set_field(field)
        changed = {key for key, slot in self.slots.items() if slot.asked is not (key in fields)}
        if not changed:
            return False
        self._page.setUpdatesEnabled(False)
        before = self._height_of(held)
        for key in changed:
            slot = self.slots[key]
            slot.asked = key in fields
            if slot.row is not None:
                slot.row.asked = slot.asked
        before_hiding()
        for section in self.sections:
            if any(slot.asks.key in changed for slot in section.slots):
                self._place(section)
        self._hold(held, before)
        self._page.setUpdatesEnabled(True)
        return True

    def tuck(self, keys: Collection[str], held: str) -> None:
        """Take these fields out of sight and no others, `held` staying where it is on the screen."""
        changed = {key for key, slot in self.slots.items() if slot.tucked is not (key in keys)}
        if not changed:
            return
        self._page.setUpdatesEnabled(False)
        before = self._height_of(held)
        for key in changed:
            self.slots[key].tucked = key in keys
        for section in self.sections:
            if any(slot.asks.key in changed for slot in section.slots):
                self._place(section)
        self._hold(held, before)
        self._page.setUpdatesEnabled(True)

    def _place(self, section: Section) -> None:
        """Bring a part to what is shown of it now."""
        if section.parent() is None:
            return  # it is built as it stands then
        for slot in section.slots:
            if slot.row is not None:
                slot.row.setVisible(slot.shown and not section.folded)
        section.arrange(self._columns(), again=True)
        section.setVisible(any(slot.shown for slot in section.slots))
        if (inside := section.layout()) is not None:
            inside.activate()

    # -- folding ----------------------------------------------------------------------------------------------

    def unfold(self, section: Section, held: str = "") -> None:
        """Show all of a part again."""
        before = self._height_of(held)
        section.fold(False)
        self._hold(held, before)

    def fold_done(self, held: str) -> None:
        """Where not everything fits, what is done before the part in hand gives up its room."""
        room = self.viewport()
        if room is None or self._page.sizeHint().height() <= room.height() or not self.complete:
            return
        current = self.section_of(held)
        above = self.sections[: self.sections.index(current)]
        done = [s for s in above if not s.folded and s.done and s.progress.needed]
        if not done:
            return
        self._page.setUpdatesEnabled(False)
        before = self._height_of(held)
        for section in done:  # the farthest first, and no more than needed
            section.fold(True)
            if self._page.sizeHint().height() <= room.height():
                break
        self._hold(held, before)
        self._page.setUpdatesEnabled(True)

    def _height_of(self, key: str) -> int | None:
        """Where a field stands on the page."""
        slot = self.slots.get(key)
        if slot is None or slot.row is None or not slot.shown:
            return None
        return slot.row.mapTo(self._page, QPoint(0, 0)).y()

    def _hold(self, key: str, before: int | None) -> None:
        """After fields came or went: the field in hand stays where it was on the screen.

        The page takes its new height now, not at the next turn of the event loop, so that nothing is seen to jump.
        """
        self._body.activate()
        room = self.viewport()
        width = self._page.width()
        self._page.resize(width, max(self._page.heightForWidth(width), room.height() if room is not None else 0))
        now = self._height_of(key)
        if before is not None and now is not None and (bar := self.verticalScrollBar()) is not None:
            bar.setValue(bar.value() + now - before)

    # -- places -----------------------------------------------------------------------------------------------

    def bring_into_view(self, field: FieldRow) -> None:
        """Scroll so far that a field is seen with a little around it."""
        where = field.mapTo(self._page, QPoint(0, 0))
        self.ensureVisible(where.x(), where.y() + field.height() // 2, 0, field.height() // 2 + _MARGIN)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        # A message at the bottom takes room from the fields: the one being typed in must not slip under the edge.
        if a1 is not None and a1.type() == QEvent.Type.Resize and a0 is self.viewport():
            self._stick()
            QTimer.singleShot(0, self.show_cursor)
        return False

    def show_cursor(self) -> None:
        """Bring the field with the cursor into view."""
        field = next((row for row in self.rows() if row.has_cursor()), None)
        if field is not None:
            self.bring_into_view(field)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        for section in self.sections:
            section.arrange(self._columns())

    def look_changed(self) -> None:
        """A larger scale may leave room for one column only."""
        for section in self.sections:
            section.arrange(self._columns())

    def _columns(self) -> int:
        return 2 if self.width() >= px(_TWO_COLUMNS_FROM) - 2 else 1

    def _stick(self) -> None:
        """The heading of the part at the upper edge stays in sight."""
        bar, room = self.verticalScrollBar(), self.viewport()
        top = bar.value() if bar is not None else 0
        at = next((s for s in self.sections if s.isVisible() and s.y() < top < s.y() + s.height() - 40), None)
        if at is None or room is None:
            self._sticky.hide()
            return
        self._sticky.set_title(at.title)
        self._sticky.set_progress(at.progress)
        self._sticky.setGeometry(0, 0, room.width(), px(30))
        self._sticky.show()
        self._sticky.raise_()
