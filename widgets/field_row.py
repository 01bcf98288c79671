"""One question of the form: label, editor, source mark; below it what is wrong and who disagrees."""

from __future__ import annotations

import time

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.fact import Fact, SourceKind
from app.domain.form import FieldState, FormField, Problem
from app.domain.item import ElementType
from app.domain.typing_help import TypingHelp
from widgets.bits import drop, set_text, text
from widgets.editors import ChoiceEditor, Editor, SuggestEditor, make_editor
from widgets.i18n import pick
from widgets.line import PLAIN
from widgets.look import colours, px
from widgets.masking import veil_of
from widgets.rivals import RivalBox
from widgets.sources import SourceMark, source_words
from widgets.table_editor import TableEditor
from widgets.theme import restyle
from widgets.views import Tone

LABEL_WIDTH = 104
LOOK = 0.4
"""Seconds that a suggestion is on show before Enter takes it: an Enter on its way to the next field is no answer."""
_USES_FROM = 40
_WIDE_FROM = 80
"""A text that may be as long as this takes the whole width. Names and numbers (60) do well with half."""


class FieldRow(QWidget):
    """A field. asked: does its condition hold?

    Signals: settled(fact, reason) when the clerk takes one of several values; left(±1) out of their cards; declined()
    when Esc drops what a page says.
    """

    settled = pyqtSignal(object, str)
    left = pyqtSignal(int)
    declined = pyqtSignal()

    def __init__(self, field: FormField, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__(parent)
        self.field = field
        self.asked = True
        self.state = FieldState()
        self.veil = ""
        """How the value reads while it is masked; "" when it is not."""
        self.problem: Problem | None = None
        self._show_missing = False
        self._locked = False
        self._open = False
        self._crop: QImage | None = None
        self._since = 0.0
        self.setObjectName(f"row_{field.key}")
        title = pick(field.title, field.title_en)
        self.setAccessibleName(title)
        self.editor: Editor | TableEditor = (
            TableEditor(field.columns, self, help)
            if field.element.type is ElementType.TABLE
            else make_editor(field.element, self, help)
        )
        self.editor.setObjectName(field.key)
        self.editor.setAccessibleName(title)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setText(_escaped(title) + self._star())
        self._label.setProperty("role", "label")
        self._label.setWordWrap(True)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._label.setMinimumHeight(30)
        self._label.setBuddy(self.editor)
        self._mark = SourceMark()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.editor, 1)
        tall = field.element.type is ElementType.TABLE
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag(0))
        self._below = QVBoxLayout()
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(3)
        self._below.addLayout(line)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._below, 1)
        whole.setAlignment(
            self._below, Qt.AlignmentFlag.AlignTop
        )  # level with its neighbour when a label has two lines
        self._words: QLabel | None = None
        self._rivals: RivalBox | None = None
        self.editor.picked.connect(self._pick)
        # Set plainly: asking the style sheet again for each of forty new fields costs as much as building them.
        self.editor.setProperty("filled", "false")
        self.editor.setProperty("tone", "")

    @property
    def title(self) -> str:
        """The field's name in the language in force."""
        return pick(self.field.title, self.field.title_en)

    @property
    def wide(self) -> bool:
        """Does it need the whole width?"""
        longest = self.field.schema.get("maxLength", 0)
        kind = self.field.element.type
        return kind is ElementType.TABLE or (kind is ElementType.TEXT and longest >= _WIDE_FROM)

    @property
    def stretches(self) -> bool:
        """Does it use a whole width that nobody else wants?"""
        return self.field.element.type is ElementType.TEXT and self.field.schema.get("maxLength", 0) >= _USES_FROM

    @property
    def lacking(self) -> bool:
        """Must the clerk still do something here: fill it, or set it right?"""
        return lacks(self.field, self.state, self.problem) if self.asked else False

    def has_cursor(self) -> bool:
        """Does the cursor stand here, be it in a table's cell or on one of the choices below?"""
        return self.isAncestorOf(QApplication.focusWidget())

    def set_field(self, field: FormField) -> None:
        """The same question as it is asked now: need, choices and columns may have changed with its conditions."""
        if field is self.field:
            return
        needed = field.required != self.field.required
        self.field = field
        if needed:
            self._label.setText(_escaped(self.title) + self._star())
        if isinstance(self.editor, TableEditor):
            self.editor.set_columns(field.columns)
        elif isinstance(self.editor, ChoiceEditor):
            self.editor.set_codes(field.element.codes)

    def set_state(self, state: FieldState) -> None:
        """Show what stands here. A field being typed in keeps its text; so does one whose last entry was refused."""
        if state is self.state or state == self.state:
            return
        changed = state.fact != self.state.fact
        if state.offers != self.state.offers:
            self._since = time.monotonic()
        self.state = state
        self._mark.set_fact(state.fact)
        if changed:
            self.editor.put(state.value)
            self.editor.setAccessibleDescription(source_words(state.fact) if state.fact else "")
        self._show_rivals()
        self._restyle()

    def set_open(self, on: bool) -> None:
        """Show what is masked here, or mask it again."""
        self._open = on
        self._veil()

    @property
    def suggestion(self) -> Fact | None:
        """What was read off a page for this field, when that is what stands below it."""
        offers = self.state.offers
        if self.state.rivals or len(offers) != 1 or offers[0].source.kind is not SourceKind.CAPTURE:
            return None
        return offers[0]

    def set_crop(self, crop: QImage | None) -> None:
        """The piece of the page on which the suggestion was read; shown with it."""
        if crop is not self._crop:
            self._crop = crop
            self._show_rivals()

    def looked_at(self) -> None:
        """The cursor has come."""
        self._since = time.monotonic()

    def take_suggestion(self) -> None:
        """Enter: what was read off a page is taken when it has been on show, and nothing else stands here."""
        fact = self.suggestion
        if self.field.element.id == "name":
            return  # a rare character looks like its common twin: names are taken by a key of their own
        if fact is not None and not self.editor.value() and time.monotonic() - self._since >= LOOK:
            self.settled.emit(fact, "")

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Esc that the editor did not want drops the suggestion."""
        if a0 is not None and a0.key() == Qt.Key.Key_Escape and self.suggestion is not None:
            self.declined.emit()
            a0.accept()
            return
        super().keyPressEvent(a0)

    def set_locked(self, on: bool) -> None:
        """Show without letting anything be changed."""
        self._locked = on
        self._veil()
        self.editor.setReadOnly(on)
        self.editor.update()
        if self._rivals is not None:
            self._rivals.setVisible(not on)

    def set_problem(self, problem: Problem | None, show_missing: bool) -> None:
        """Say what is wrong here. What is merely missing is said only when show_missing."""
        if problem is self.problem and show_missing is self._show_missing:
            return
        self.problem = problem
        self._show_missing = show_missing
        if isinstance(self.editor, TableEditor):
            shown = problem.cells if problem is not None else ()
            self.editor.set_cells([c for c in shown if show_missing or not c.missing or c.warning])
        words = "" if problem is None or (problem.missing and not show_missing) else problem.message
        if isinstance(self.editor, TableEditor):
            # A table says by itself what is wrong with its cells; twice would be once too often.
            self.editor.set_summary(words if problem is not None and problem.cells else "")
            words = "" if problem is not None and problem.cells else words
        if words and self._words is None:
            self._words = text(role="faint", name=f"problem_{self.field.key}", wrap=True)
            self._below.insertWidget(1, self._words)
        if self._words is not None:
            tone = Tone.WARNING if problem is not None and problem.warning else Tone.ERROR
            set_text(self._words, words, tone)
        self._restyle()

    def problem_words(self) -> str:
        """What is said under the field now."""
        own = self._words.text() if self._words is not None and not self._words.isHidden() else ""
        return own or (self.editor.summary if isinstance(self.editor, TableEditor) else "")

    def _veil(self) -> None:
        """What a machine read needs no comparing by eye and is masked; what was typed stays readable until accepted.

        So does what is wrong or what the sources disagree on: there the clerk must compare.
        """
        if isinstance(self.editor, TableEditor):
            return
        fact, problem = self.state.fact, self.problem
        typed = fact is None or fact.source.kind is SourceKind.CLERK
        doubtful = bool(self.state.rivals) or (problem is not None and not problem.missing)
        readable = self._open or ((typed or doubtful) and not self._locked)
        self.veil = "" if readable else veil_of(self.field.element, self.state.value)
        self.editor.set_veil(self.veil)

    def _restyle(self) -> None:
        self._veil()
        problem = self.problem
        tone = ""
        if problem is not None and not (problem.missing and not self._show_missing):
            tone = Tone.WARNING.value if problem.warning else "missing" if problem.missing else Tone.ERROR.value
        elif self.state.rivals:
            tone = Tone.WARNING.value
        restyle(self.editor, filled="true" if self.state.value else "false", tone=tone)

    def _show_rivals(self) -> None:
        within = self._rivals is not None and self._rivals.isAncestorOf(QApplication.focusWidget())
        if self._rivals is not None:
            self._below.removeWidget(self._rivals)
            drop(self._rivals)
            self._rivals = None
            if within:  # the matter is settled: on with the form from here
                self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(self.editor, SuggestEditor):
            self.editor.leads_down = bool(self.choices())
        if not self.choices():
            return
        words, crop = "", None
        if self.suggestion is not None:
            words, crop = self.tr("材料上识别到，核对后采用（Enter 采用，Esc 不采用）："), self._crop
            if self.field.element.id == "name":
                words = self.tr("材料上识别到，请逐字核对生僻字（Ctrl+1 采用，Esc 不采用）：")
        box = RivalBox(
            self.field.key,
            self.choices(),
            self.state.fact,
            bool(self.state.rivals),
            self.editor.show_of,
            words=words,
            crop=crop,
        )
        box.settled.connect(self.settled)
        box.back.connect(lambda: self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason))
        box.left.connect(self.left)
        self._rivals = box
        self._below.addWidget(box)

    def enter_choices(self) -> bool:
        """From the field down to the values that wait for a choice. Says whether there are any."""
        if self._rivals is None or self._rivals.isHidden() or self._rivals.isAncestorOf(QApplication.focusWidget()):
            return False
        self._rivals.enter()
        return True

    def choices(self) -> tuple[Fact, ...]:
        """What the clerk may take here, in the order shown: sources that disagree, or what is offered."""
        if self.state.rivals:
            return ((self.state.fact,) if self.state.fact else ()) + self.state.rivals
        return self.state.offers

    def _pick(self, number: int) -> None:
        choices = self.choices()
        if number <= len(choices):
            reason = self._rivals.reason.text().strip() if self._rivals is not None else ""
            self.settled.emit(choices[number - 1], reason)

    def look_changed(self) -> None:
        """The star's colour is part of the label's words."""
        self._label.setText(_escaped(self.title) + self._star())

    def _star(self) -> str:
        return f'<span style="color:{colours().error}">&#8201;*</span>' if self.field.required else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(px(LABEL_WIDTH + 150), super().minimumSizeHint().height())


def lacks(field: FormField, state: FieldState, problem: Problem | None) -> bool:
    """Must the clerk still do something about a field that is asked?"""
    if problem is not None:
        return not problem.warning
    return field.required and not state.value


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
