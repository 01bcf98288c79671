"""The middle of the window: the one form of all items chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.domain.form import FieldState, FormDefinition, FormField, Problem
from app.domain.typing_help import TypingHelp
from widgets.bits import ElidedLabel, Panel, row, rule, set_text, text
from widgets.dialogs.findings import Finding, FindingsDialog, found_in
from widgets.field_row import FieldRow
from widgets.form_body import FormBody
from widgets.i18n import core_words, pick
from widgets.lacks import Lack, LackStrip
from widgets.sources import source_words
from widgets.table_editor import TableEditor
from widgets.theme import restyle
from widgets.tucked import KnownFold
from widgets.views import Tone

_NO_STATE = FieldState()


class FormPanel(Panel):
    """The combined form.

    Keys: Enter goes to the next field that lacks something, ↑ ↓ to the neighbours, Esc takes back what was typed.
    Signals: edited(key, text) once per edit; typing(key) at each character; settled(key, Fact, reason) when the clerk
    takes one of several disagreeing values; declined(key) when a suggestion is dropped; complete() on Enter when
    nothing is lacking any more; focused(key) when a field gets the cursor; opened() when masks came or went.
    """

    edited = pyqtSignal(str, str)
    typing = pyqtSignal(str)
    settled = pyqtSignal(str, object, str)
    declined = pyqtSignal(str)
    complete = pyqtSignal()
    focused = pyqtSignal(str)
    opened = pyqtSignal()
    import_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("form", "", parent)
        self.setAccessibleName(self.tr("申请表"))
        self._problems: dict[str, Problem] = {}
        self._last = ""
        self._done_words = self.tr("必填项已齐，按 F7 核对。")
        self._together = False
        self._title = ElidedLabel(self.tr("申请表"), "title")
        self._title.setObjectName("form_title")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._saved = ElidedLabel(role="soft")
        self._saved.setObjectName("form_saved")
        self._progress_words = text(role="strong", name="form_progress")
        self._bar = QProgressBar()
        self._bar.setObjectName("form_bar")
        self._bar.setAccessibleName(self.tr("填写进度"))
        self._bar.setTextVisible(False)
        self._lacks = LackStrip()
        self._lacks.chosen.connect(self.focus_field)
        self._foot = ElidedLabel(role="soft")
        self._foot.setObjectName("form_foot")
        self._body = FormBody(self._wire)
        self.known = KnownFold(self._body, lambda: self._last)
        self._body.built.connect(self.focus_field)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(8)
        titles = row(self._title, gap=12)
        titles.addWidget(self._saved, 1)
        titles.addWidget(self._progress_words)
        head.addLayout(titles)
        head.addWidget(self._bar)
        head.addWidget(self._lacks)
        foot = row(self._foot)
        foot.setContentsMargins(16, 5, 16, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(rule())
        whole.addWidget(self.known.line)
        whole.addWidget(self._body, 1)
        whole.addWidget(rule())
        whole.addLayout(foot)
        self._count()

    # -- setters ----------------------------------------------------------------------------------------------

    def set_help(self, help: TypingHelp) -> None:
        """Who is asked while something is typed; for the forms shown from now on."""
        self._body.help = help

    def set_form(self, definition: FormDefinition) -> None:
        """Build the fields of a form; what stood here before goes. States and problems are empty until set.

        Of a long form the first fields are built now and the rest right after, in steps that nobody feels.
        """
        self._problems = {}
        self._last = ""
        self._body.set_form(definition)
        items, spared = len(definition.items), definition.asked_separately - len(definition.fields)
        words = self.tr("{0} 个事项合一").format(items) if items > 1 else ""
        if words and spared > 0:
            words += self.tr("，少填 {0} 项").format(spared)
        self._saved.setText(words)
        self._count()
        self._tell_source("")

    def set_title(self, words: str) -> None:
        """What the form is for, e.g. 我要开理发店."""
        self._title.setText(words or self.tr("申请表"))

    def set_done_words(self, words: str) -> None:
        """What to do once nothing lacks, where it is not F7."""
        self._done_words = words

    def set_asked(self, fields: Mapping[str, FormField]) -> None:
        """Show the fields asked now and no others; those that go keep what stands in them.

        Nothing else moves under the eye: the field in hand stays where it is on the screen, and keeps the cursor
        unless it is the one that goes.
        """
        if self._body.set_asked(fields, lambda: self._leave_what_goes(self._last_row()), self._last):
            self._count()

    def _leave_what_goes(self, held: FieldRow | None) -> None:
        """Take the cursor out of a field that is going, before Qt sends it elsewhere."""
        if held is not None and not held.asked and held.has_cursor():
            self._moved(held.field.key, 1)

    def set_states(self, states: Mapping[str, FieldState]) -> None:
        """Show what stands in the fields; keys that are absent become empty. A field being typed in is left alone."""
        for key, slot in self._body.slots.items():
            state = states.get(key, _NO_STATE)
            if state is not slot.state:
                slot.state = state
                if slot.row is not None:
                    slot.row.set_state(state)
        self._count()
        self._tell_source(self._last)

    def set_known_folded(self, on: bool) -> None:
        """Leave what only the visitor can say, and what sources know already as one line that opens it again."""
        self.known.set_on(on, self._last)

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
        self._body.show_missing = on
        self._apply_problems()

    def set_locked(self, on: bool) -> None:
        """Let nothing be changed, e.g. once the cases are accepted. A new form is unlocked."""
        self._body.locked = on
        for field in self._body.rows():
            field.set_locked(on)
        self._count()

    def set_crops(self, crops: Mapping[str, QImage]) -> None:
        """The pieces of pages on which suggestions were read; keys that are absent have none."""
        for field in self._body.rows():
            field.set_crop(crops.get(field.field.key))

    def set_open(self, on: bool) -> None:
        """Show what is masked, e.g. numbers that a card gave, or mask it again."""
        self._body.open = on
        for field in self._body.rows():
            field.set_open(on)
        self.opened.emit()

    def veils(self) -> dict[str, tuple[str, str]]:
        """What is masked now: key -> (its value, how it reads meanwhile)."""
        return {row.field.key: (row.state.value, row.veil) for row in self._body.rows() if row.veil}

    # -- focus ------------------------------------------------------------------------------------------------

    def focus_field(self, key: str) -> None:
        """Put the cursor into a field and bring it into view. KeyError for an unknown key."""
        slot = self._body.slots[key]
        self._last = key
        if slot.row is None:
            self._body.wait_for(key)  # far down in a form that is still being built
            return
        if slot.tucked:
            self.known.unfold(key)
        section = self._body.section_of(key)
        if section.folded:
            self._body.unfold(section)
        slot.row.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        slot.row.editor.selectAll()
        self._body.fold_done(key)
        self._body.bring_into_view(slot.row)
        QTimer.singleShot(0, self._body.show_cursor)  # a form just built has no places yet

    def focus_cell(self, key: str, row: int, column: str) -> None:
        """Put the mark on a cell of a table. row: counted without the empty ones. KeyError for an unknown key."""
        self.focus_field(key)
        built = self._body.slots[key].row
        if built is not None and isinstance(built.editor, TableEditor):
            built.editor.go_to(row, column)

    def has_field(self, key: str) -> bool:
        """Is a field of this key asked now?"""
        slot = self._body.slots.get(key)
        return slot is not None and slot.asked

    def current_field(self) -> str | None:
        """The field that has, or last had, the cursor."""
        return self._last or None

    def focus_next_missing(self) -> bool:
        """Go to the next field that lacks something, in form order, round to the top. False when none does."""
        self.commit()
        keys = list(self._body.slots)
        start = keys.index(self._last) + 1 if self._last in self._body.slots else 0
        for key in keys[start:] + keys[:start]:
            if self._body.slots[key].lacking:
                self.focus_field(key)
                return True
        return False

    def focus_section(self, by: int) -> None:
        """Go to the next (1) or previous (-1) part: to what lacks there first, else to its beginning."""
        self.commit()
        parts = [s for s in self._body.sections if any(slot.asked for slot in s.slots)]
        if not parts:
            return
        now = parts.index(self._body.section_of(self._last)) if self._last in self._body.slots else -1 if by > 0 else 0
        slots = [slot for slot in parts[(now + by) % len(parts)].slots if slot.asked]
        self.focus_field(next((slot for slot in slots if slot.lacking), slots[0]).asks.key)

    def commit(self) -> None:
        """Hand on an edit still under way, as leaving the field would."""
        for field in self._body.rows():
            if field.editor.busy:
                field.editor.commit()

    def field_editor(self, key: str) -> QWidget:
        """The editor of a field. KeyError for an unknown key."""
        return self.field_row(key).editor

    def current_text(self, key: str) -> str:
        """What stands in a field now, committed or not: what a draft keeps. KeyError for an unknown key."""
        slot = self._body.slots[key]
        return slot.row.editor.value() if slot.row is not None else slot.state.value

    def field_row(self, key: str) -> FieldRow:
        """The whole of a field: label, editor, mark, problem. KeyError for an unknown key."""
        return self._body.row(key)

    def lacking(self) -> tuple[str, ...]:
        """The keys of the fields that lack something, in form order."""
        return tuple(key for key, slot in self._body.slots.items() if slot.lacking)

    def progress_words(self) -> str:
        """What is said of the progress now."""
        return self._progress_words.text()

    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong, missing or in want of a look, in form order; of tables each cell."""
        return found_in(self._body.sections)

    def show_findings(self) -> None:
        """Open the list of findings; what is chosen there gets the cursor."""
        self.commit()
        dialog = FindingsDialog(self.findings(), self.window())
        dialog.chosen.connect(self._go_to)
        dialog.open_once()

    def _go_to(self, finding: Finding) -> None:
        if finding.row >= 0:
            self.focus_cell(finding.key, finding.row, finding.column)
        else:
            self.focus_field(finding.key)

    def is_built(self) -> bool:
        """Does every field have its widgets?"""
        return self._body.complete

    # -- inside -----------------------------------------------------------------------------------------------

    def _last_row(self) -> FieldRow | None:
        slot = self._body.slots.get(self._last)
        return slot.row if slot is not None else None

    def _wire(self, made: FieldRow) -> None:
        key = made.field.key
        if isinstance(made.editor, TableEditor):
            made.editor.import_requested.connect(lambda: self.import_requested.emit(key))
        made.editor.committed.connect(lambda words: self.edited.emit(key, words))
        made.editor.typed.connect(lambda: self._typed(key))
        made.editor.entered.connect(lambda: self._entered(key))
        made.editor.moved.connect(lambda by: self._moved(key, by))
        made.editor.focused.connect(lambda: self._focused(key))
        made.settled.connect(lambda fact, reason: self.settled.emit(key, fact, reason))
        made.left.connect(lambda by: self._moved(key, by))
        made.declined.connect(lambda: self.declined.emit(key))

    def _typed(self, key: str) -> None:
        self._tell_source(key)
        self.typing.emit(key)

    def _entered(self, key: str) -> None:
        self._last = key
        self._body.row(key).take_suggestion()
        problem = self._body.slots[key].problem
        if problem is not None and not problem.missing and not problem.warning:
            self.focus_field(key)  # wrong: stay and set it right
        elif not self.focus_next_missing():
            self.complete.emit()

    def _moved(self, key: str, by: int) -> None:
        own = self._body.slots[key]
        if by > 0 and own.asked and own.row is not None and own.row.editor.hasFocus() and own.row.enter_choices():
            return
        target = self._body.neighbour(key, by)
        if target is not None or own.asked:
            self.focus_field(target or key)

    def _focused(self, key: str) -> None:
        self._last = key
        field = self._body.slots[key].row
        if field is not None:
            field.looked_at()
            self._body.bring_into_view(field)
        self._tell_source(key)
        self.focused.emit(key)

    def _tell_source(self, key: str) -> None:
        slot = self._body.slots.get(key)
        field = slot.row if slot is not None else None
        if field is None:
            self._foot.setText(
                self.tr("Enter 跳到下一个空项　↑↓ 上下移动　Esc 撤回本项输入") if self._body.slots else ""
            )
            restyle(self._foot, tone=Tone.NEUTRAL)
            return
        if reading := field.editor.reading.said:
            self._foot.setText(self.tr("{0}：{1}").format(field.title, core_words(reading)))
            restyle(self._foot, tone=Tone.ERROR if field.editor.reading.wrong else Tone.NEUTRAL)
            return
        restyle(self._foot, tone=Tone.NEUTRAL)
        fact = field.state.fact
        said = source_words(fact) if fact else self.tr("尚未填写")
        self._foot.setText(self.tr("{0}：{1}").format(field.title, said))

    def _apply_problems(self) -> None:
        for key, slot in self._body.slots.items():
            slot.problem = self._problems.get(key)
            if slot.row is not None:
                slot.row.set_problem(slot.problem, self._body.show_missing)
        for section in self._body.sections:
            if section.folded and not section.done:
                self._body.unfold(section, self._last)
        self._count()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several setters for one change: what is still to be filled is counted once, after the last."""
        self._together = True
        try:
            yield
        finally:
            self._together = False
        self._count()

    def _count(self) -> None:
        if self._together:
            return
        self.known.refresh(self._last)
        needed = filled = wrong = 0
        for section in self._body.sections:
            section.count()
            needed += section.progress.needed
            filled += section.progress.filled
            wrong += section.progress.wrong
        # A progress bar repaints the window at once when its value changes; it can wait for the loop like the others.
        self._bar.setUpdatesEnabled(False)
        self._bar.setRange(0, max(needed, 1))
        self._bar.setValue(filled)
        self._bar.setUpdatesEnabled(True)
        tone = Tone.NEUTRAL
        if not self._body.slots:
            words = ""
        elif filled < needed:
            words = self.tr("已填 {0}/{1}，还差 {2} 项").format(filled, needed, needed - filled)
        elif wrong:
            words = self.tr("已填 {0}/{1}").format(filled, needed)
        else:
            words, tone = self.tr("已填 {0}/{1}，齐了").format(filled, needed), Tone.SUCCESS
        if wrong:
            words += self.tr("，{0} 项有误").format(wrong)
            tone = Tone.ERROR
        set_text(self._progress_words, words, tone)
        self._bar.setVisible(bool(self._body.slots))
        restyle(self._bar, tone=Tone.SUCCESS if tone is Tone.SUCCESS else Tone.NEUTRAL)
        self._lacks.set_lacks(
            [
                Lack(key, pick(s.asks.title, s.asks.title_en), s.wrong)
                for key, s in self._body.slots.items()
                if s.lacking
            ],
            self.tr("已受理，本表不能再改。") if self._body.locked else self._done_words,
        )
        self._lacks.setVisible(bool(self._body.slots))
