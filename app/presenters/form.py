"""The combined form: shows facts, takes what is typed, says what lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PyQt6.QtCore import QObject

from app.domain.fact import Fact
from app.domain.form import FormDefinition, Problem
from app.presenters.desk import Desk
from app.services.fill_form import FillForm
from app.services.visit import Visit
from widgets.dialogs.trail import TrailDialog
from widgets.form_panel import FormPanel
from widgets.i18n import core_words, language


class FormPresenter(QObject):
    """The form's widgets are built anew only when the questions change, never for a value."""

    def __init__(self, panel: FormPanel, desk: Desk, fill: FillForm, titles: Callable[[Visit], Sequence[str]]) -> None:
        super().__init__()
        self._panel = panel
        self._desk = desk
        self._fill = fill
        self._titles = titles
        self._definition: FormDefinition | None = None
        self.suggestions: Mapping[str, Fact] = {}
        """What was read off a page for fields that are empty (app.presenters.reading)."""
        panel.set_help(fill.help)
        panel.edited.connect(self._edited)
        panel.settled.connect(self._settled)
        desk.changed.connect(self.show)
        desk.replaced.connect(lambda: panel.show_problems(False))

    def warm(self) -> None:
        """Read the divisions and the pinyin tables, which takes a while; until then letters match letters."""
        self._desk.tasks.run(self._fill.make_help, lambda _: None)

    def _edited(self, key: str, text: str) -> None:
        self._desk.change(self._fill.type(self._desk.visit, key, text))
        # What was typed may be shown in its canonical form even when the value did not change.
        self.show()

    def _settled(self, key: str, fact: Fact, reason: str) -> None:
        if fact != self.suggestions.get(key):  # which its own presenter takes over
            self._desk.change(self._fill.settle(self._desk.visit, key, fact, reason))

    def show_sources(self) -> None:
        """All that is known of the field in hand, and how it was settled."""
        key = self._panel.current_field()
        if key is None:
            return
        row = self._panel.field_row(key)
        dialog = TrailDialog(
            row.title, self._fill.trail(self._desk.visit, key), row.editor.show_of, self._panel.window()
        )
        dialog.reopened.connect(lambda: self._desk.change(self._fill.reopen(self._desk.visit, key)))
        dialog.open_once()

    def prepare(self, definition: FormDefinition) -> None:
        """Build the fields of a form that is about to be shown: a turn of its own, for who has another to come."""
        if definition is not self._definition and definition != self._definition:
            self._definition = definition
            self._panel.set_form(definition)

    def show(self) -> None:
        """Show the form as it stands."""
        with self._panel.together():
            self._show()

    def _show(self) -> None:
        form = self._desk.visit.form
        self.prepare(form.definition)
        self._panel.set_title(core_words("、".join(self._titles(self._desk.visit))))
        self._fill.set_addresses(self._desk.visit)
        states = form.states()
        for key, fact in self.suggestions.items():
            if key in states:
                states[key] = replace(states[key], offers=(*states[key].offers, fact))
        self._panel.set_states(states)
        self._panel.set_asked(form.asked())
        self._panel.set_problems([_said(problem) for problem in self._fill.problems(self._desk.visit)])


def _said(problem: Problem) -> Problem:
    """In the language in force. In Chinese it stays the very same object, by which a row knows that nothing changed."""
    if language() == "zh":
        return problem
    cells = tuple(replace(cell, message=core_words(cell.message)) for cell in problem.cells)
    return replace(problem, message=core_words(problem.message), cells=cells)
