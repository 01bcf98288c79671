"""The middle of the window: the one form of all items chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest

from PyQt6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from app.domain.form import FieldState, FormDefinition, FormField, FormSection, Problem
from widgets.bits import ElidedLabel, Panel, clear, row, rule, set_text, text
from widgets.field_row import FieldRow, source_words
from widgets.i18n import pick
from widgets.lacks import Lack, LackStrip
from widgets.table_editor import TableEditor
from widgets.theme import restyle
from widgets.views import Tone

_TWO_COLUMNS_FROM = 620
"""Logical pixels below which fields stand in one column."""


class Section(QWidget):
    """The fields of one role under their heading, in one or two columns, row by row."""

    def __init__(self, section: FormSection, rows: Sequence[FieldRow]) -> None:
        super().__init__()
        self.setObjectName(f"section_{section.role}")
        title = pick(section.title, section.title_en)
        self.setAccessibleName(title)
        self.rows = rows
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._columns = 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(text(title, "heading"))
        whole.addLayout(self._grid)
        self.arrange(2)

    def arrange(self, columns: int, again: bool = False) -> None:
        """Place the fields asked now in so many columns; wide ones take a line of their own."""
        if columns == self._columns and not again:
            return
        for field in self.rows:
            self._grid.removeWidget(field)
        self._columns = columns
        line = column = 0
        asked = [field for field in self.rows if field.asked]
        for field, after in zip_longest(asked, asked[1:]):
            alone = column == 0 and (after is None or after.wide)
            span = columns if field.wide or (alone and field.stretches) else 1
            if column + span > columns:
                line, column = line + 1, 0
            self._grid.addWidget(field, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
            if column >= columns:
                line, column = line + 1, 0
        for where in range(2):
            self._grid.setColumnStretch(where, 1 if where < columns else 0)


class FormPanel(Panel):
    """The combined form.

    Keys: Enter goes to the next field that lacks something, ↑ ↓ to the neighbours, Esc takes back what was typed.
    Signals: edited(key, text) once per edit; typing(key) at each character; settled(key, Fact) when the clerk takes one
    of several disagreeing values; complete() on Enter when nothing is lacking any more.
    """

    edited = pyqtSignal(str, str)
    typing = pyqtSignal(str)
    settled = pyqtSignal(str, object)
    complete = pyqtSignal()
    import_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("form", "", parent)
        self.setAccessibleName(self.tr("申请表"))
        self._rows: dict[str, FieldRow] = {}
        self._sections: list[Section] = []
        self._problems: dict[str, Problem] = {}
        self._show_missing = False
        self._locked = False
        self._last = ""
        self._title = text(self.tr("申请表"), "title", "form_title")
        self._saved = text(role="soft", name="form_saved")
        self._progress_words = text(role="strong", name="form_progress")
        self._bar = QProgressBar()
        self._bar.setObjectName("form_bar")
        self._bar.setAccessibleName(self.tr("填写进度"))
        self._bar.setTextVisible(False)
        self._lacks = LackStrip()
        self._lacks.chosen.connect(self.focus_field)
        self._foot = ElidedLabel(role="soft")
        self._foot.setObjectName("form_foot")
        self._page = QWidget()
        self._page.setObjectName("page")
        self._body = QVBoxLayout(self._page)
        self._body.setContentsMargins(16, 12, 12, 16)
        self._body.setSpacing(16)
        self._area = QScrollArea()
        self._area.setObjectName("form_area")
        self._area.setAccessibleName(self.tr("申请表各项"))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._page)
        if (viewport := self._area.viewport()) is not None:
            viewport.installEventFilter(self)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(8)
        head.addLayout(row(self._title, self._saved, None, self._progress_words, gap=12))
        head.addWidget(self._bar)
        head.addWidget(self._lacks)
        foot = row(self._foot)
        foot.setContentsMargins(16, 5, 16, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(rule())
        whole.addWidget(self._area, 1)
        whole.addWidget(rule())
        whole.addLayout(foot)
        self._count()

    # -- setters ----------------------------------------------------------------------------------------------

    def set_form(self, definition: FormDefinition) -> None:
        """Build the fields of a form; what stood here before goes. States and problems are empty until set."""
        self._page.setUpdatesEnabled(False)
        for gone in self._rows.values():
            gone.editor.blockSignals(True)  # losing the focus now is no edit
        clear(self._body)
        self._rows, self._sections, self._problems = {}, [], {}
        self._show_missing = self._locked = False
        self._last = ""
        for section in definition.sections:
            rows = [self._made_row(field) for field in section.fields]
            built = Section(section, rows)
            self._sections.append(built)
            self._body.addWidget(built)
        self._body.addStretch(1)
        rows_in_order = list(self._rows.values())
        for before, after in pairwise(rows_in_order):
            QWidget.setTabOrder(before.editor, after.editor)
        items, spared = len(definition.items), definition.asked_separately - len(definition.fields)
        words = self.tr("{0} 个事项合一").format(items) if items > 1 else ""
        if words and spared > 0:
            words += self.tr("，少填 {0} 项").format(spared)
        set_text(self._saved, words)
        self._arrange()
        self._count()
        self._tell_source("")
        self._page.setUpdatesEnabled(True)

    def set_title(self, words: str) -> None:
        """What the form is for, e.g. 我要开理发店."""
        self._title.setText(words or self.tr("申请表"))

    def set_asked(self, fields: Mapping[str, FormField]) -> None:
        """Show the fields asked now and no others; those that go keep what stands in them.

        Nothing else moves under the eye: the field in hand stays where it is on the screen, and keeps the cursor
        unless it is the one that goes.
        """
        for key, field in fields.items():
            self._rows[key].set_field(field)
        changed = {key for key, row in self._rows.items() if row.asked is not (key in fields)}
        if not changed:
            return
        self._page.setUpdatesEnabled(False)
        held = self._rows.get(self._last)
        before = held.mapTo(self._page, QPoint(0, 0)).y() if held is not None and held.asked else None
        for key in changed:
            self._rows[key].asked = key in fields
        self._leave_what_goes(held)
        for key in changed:
            self._rows[key].setVisible(key in fields)
        for section in self._sections:
            if any(row.field.key in changed for row in section.rows):
                section.arrange(2 if self.width() >= _TWO_COLUMNS_FROM else 1, again=True)
                section.setVisible(any(row.asked for row in section.rows))
                if (inside := section.layout()) is not None:
                    inside.activate()
        # The page takes its new height now, not at the next turn of the event loop, so that nothing is seen to jump.
        self._body.activate()
        room = self._area.viewport()
        width = self._page.width()
        self._page.resize(width, max(self._page.heightForWidth(width), room.height() if room is not None else 0))
        if before is not None and held is not None and (bar := self._area.verticalScrollBar()) is not None:
            bar.setValue(bar.value() + held.mapTo(self._page, QPoint(0, 0)).y() - before)
        self._page.setUpdatesEnabled(True)
        self._count()

    def _leave_what_goes(self, held: FieldRow | None) -> None:
        """Take the cursor out of a field that is going, before Qt sends it elsewhere."""
        if held is not None and not held.asked and held.has_cursor():
            self._moved(held.field.key, 1)

    def set_states(self, states: Mapping[str, FieldState]) -> None:
        """Show what stands in the fields; keys that are absent become empty. A field being typed in is left alone."""
        for key, field in self._rows.items():
            field.set_state(states.get(key, FieldState()))
        self._count()
        self._tell_source(self._last)

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong, beside the fields and in the list above; replaces what was shown before."""
        # A field may have several: the first that is not soft counts.
        self._problems = {}
        for problem in problems:
            known = self._problems.get(problem.key)
            if known is None or (known.warning and not problem.warning):
                self._problems[problem.key] = problem
        self._apply_problems()

    def show_problems(self, on: bool) -> None:
        """Also mark what is merely missing (after a check)."""
        self._show_missing = on
        self._apply_problems()

    def set_locked(self, on: bool) -> None:
        """Let nothing be changed, e.g. once the cases are accepted. A new form is unlocked."""
        self._locked = on
        for field in self._rows.values():
            field.set_locked(on)
        self._count()

    # -- focus ------------------------------------------------------------------------------------------------

    def focus_field(self, key: str) -> None:
        """Put the cursor into a field and bring it into view. KeyError for an unknown key."""
        field = self._rows[key]
        self._last = key
        field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.editor.selectAll()
        self._bring_into_view(field)
        QTimer.singleShot(0, self._show_focused)  # a form just built has no places yet

    def current_field(self) -> str | None:
        """The field that has, or last had, the cursor."""
        return self._last or None

    def focus_next_missing(self) -> bool:
        """Go to the next field that lacks something, in form order, round to the top. False when none does."""
        self.commit()
        keys = list(self._rows)
        start = keys.index(self._last) + 1 if self._last in self._rows else 0
        for key in keys[start:] + keys[:start]:
            if self._rows[key].lacking:
                self.focus_field(key)
                return True
        return False

    def commit(self) -> None:
        """Hand on an edit still under way, as leaving the field would."""
        for field in self._rows.values():
            field.editor.commit()

    def field_editor(self, key: str) -> QWidget:
        """The editor of a field. KeyError for an unknown key."""
        return self._rows[key].editor

    def current_text(self, key: str) -> str:
        """What stands in a field now, committed or not: what a draft keeps. KeyError for an unknown key."""
        return self._rows[key].editor.value()

    def field_row(self, key: str) -> FieldRow:
        """The whole of a field: label, editor, mark, problem. KeyError for an unknown key."""
        return self._rows[key]

    def lacking(self) -> tuple[str, ...]:
        """The keys of the fields that lack something, in form order."""
        return tuple(key for key, field in self._rows.items() if field.lacking)

    def progress_words(self) -> str:
        """What is said of the progress now."""
        return self._progress_words.text()

    # -- inside -----------------------------------------------------------------------------------------------

    def _made_row(self, field: FormField) -> FieldRow:
        made = FieldRow(field, self._page)
        key = field.key
        self._rows[key] = made
        if isinstance(made.editor, TableEditor):
            made.editor.import_requested.connect(lambda key=key: self.import_requested.emit(key))
        made.editor.committed.connect(lambda words, key=key: self.edited.emit(key, words))
        made.editor.typed.connect(lambda key=key: self.typing.emit(key))
        made.editor.entered.connect(lambda key=key: self._entered(key))
        made.editor.moved.connect(lambda by, key=key: self._moved(key, by))
        made.editor.focused.connect(lambda key=key: self._focused(key))
        made.settled.connect(lambda fact, key=key: self.settled.emit(key, fact))
        return made

    def _entered(self, key: str) -> None:
        self._last = key
        problem = self._rows[key].problem
        if problem is not None and not problem.missing and not problem.warning:
            self.focus_field(key)  # wrong: stay and set it right
        elif not self.focus_next_missing():
            self.complete.emit()

    def _moved(self, key: str, by: int) -> None:
        # From a field that is just going: to the next that stays, or the last.
        keys = list(self._rows)
        at = keys.index(key)
        onward = keys[at + 1 :] if by > 0 else keys[:at][::-1]
        target = next((k for k in onward if self._rows[k].asked), None)
        if target is None and not self._rows[key].asked:
            target = next((k for k in reversed(keys) if self._rows[k].asked), None)
        if target is not None or self._rows[key].asked:
            self.focus_field(target or key)

    def _focused(self, key: str) -> None:
        self._last = key
        self._bring_into_view(self._rows[key])
        self._tell_source(key)

    def _tell_source(self, key: str) -> None:
        field = self._rows.get(key)
        if field is None:
            self._foot.setText(self.tr("Enter 跳到下一个空项　↑↓ 上下移动　Esc 撤回本项输入") if self._rows else "")
            return
        fact = field.state.fact
        said = source_words(fact) if fact else self.tr("尚未填写")
        self._foot.setText(self.tr("{0}：{1}").format(field.title, said))

    def _bring_into_view(self, field: FieldRow) -> None:
        where = field.mapTo(self._page, QPoint(0, 0))
        self._area.ensureVisible(where.x(), where.y() + field.height() // 2, 0, field.height() // 2 + 48)

    def _apply_problems(self) -> None:
        for key, field in self._rows.items():
            field.set_problem(self._problems.get(key), self._show_missing)
        self._count()

    def _count(self) -> None:
        asked = [f for f in self._rows.values() if f.asked]
        needed = [f for f in asked if f.field.required or (f.problem and f.problem.missing)]
        missing = [f for f in needed if f.lacking and not (f.problem and not f.problem.missing)]
        wrong = [f for f in asked if f.lacking and not (f.problem is None or f.problem.missing)]
        filled = len(needed) - len(missing)
        # A progress bar repaints the window at once when its value changes; it can wait for the loop like the others.
        self._bar.setUpdatesEnabled(False)
        self._bar.setRange(0, max(len(needed), 1))
        self._bar.setValue(filled)
        self._bar.setUpdatesEnabled(True)
        tone = Tone.NEUTRAL
        if not self._rows:
            words = ""
        elif missing:
            words = self.tr("已填 {0}/{1}，还差 {2} 项").format(filled, len(needed), len(missing))
        elif wrong:
            words = self.tr("已填 {0}/{1}").format(filled, len(needed))
        else:
            words, tone = self.tr("已填 {0}/{1}，齐了").format(filled, len(needed)), Tone.SUCCESS
        if wrong:
            words += self.tr("，{0} 项有误").format(len(wrong))
            tone = Tone.ERROR
        set_text(self._progress_words, words, tone)
        self._bar.setVisible(bool(self._rows))
        restyle(self._bar, tone=Tone.SUCCESS if tone is Tone.SUCCESS else Tone.NEUTRAL)
        self._lacks.set_lacks(
            [Lack(f.field.key, f.title, f in wrong) for f in asked if f.lacking],
            self.tr("已受理，本表不能再改。") if self._locked else self.tr("必填项已齐，按 F7 核对。"),
        )
        self._lacks.setVisible(bool(self._rows))

    def _arrange(self) -> None:
        columns = 2 if self.width() >= _TWO_COLUMNS_FROM else 1
        for section in self._sections:
            section.arrange(columns)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        # A message at the bottom takes room from the fields: the one being typed in must not slip under the edge.
        if a1 is not None and a1.type() == QEvent.Type.Resize and a0 is self._area.viewport():
            field = self._rows.get(self._last)
            if field is not None and field.has_cursor():
                QTimer.singleShot(0, self._show_focused)
        return False

    def _show_focused(self) -> None:
        field = self._rows.get(self._last)
        if field is not None and field.has_cursor():
            self._bring_into_view(field)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._arrange()
