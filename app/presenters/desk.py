"""What all presenters share: the visit in hand, how to change it, and where to tell the clerk."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSignal

from app.domain.clock import Clock
from app.domain.errors import Defect, EnvironmentProblem, YichuangError
from app.services.visit import Visit, new_visit
from app.workers.tasks import TaskRunner
from widgets.i18n import core_words, language
from widgets.notice import NoticeBar
from widgets.views import Tone

UNDO_DEPTH = 100


class Desk(QObject):
    """`changed` follows each change of the visit; `replaced` follows a new visitor. Lives on the event loop."""

    changed = pyqtSignal()
    replaced = pyqtSignal()

    def __init__(self, clock: Clock, tasks: TaskRunner, notice: NoticeBar) -> None:
        super().__init__()
        self.clock = clock
        self.tasks = tasks
        self._notice = notice
        self._visit = new_visit(clock.now())
        self._past: list[Visit] = []
        self._taken_back: list[Visit] = []
        self.accepting = False
        tasks.failed.connect(self.show_error)

    @property
    def visit(self) -> Visit:
        return self._visit

    def change(self, visit: Visit, joined: bool = False) -> None:
        """Take over a changed visit; the one before can be had back by `undo`. joined: this goes on with the last
        change (the next page of one scan), and both are taken back at once."""
        if visit is self._visit:
            return
        if not (joined and self._past):
            self._past = [*self._past[-UNDO_DEPTH + 1 :], self._visit]
        self._taken_back = []
        self._visit = visit
        self.changed.emit()

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._taken_back)

    def undo(self) -> bool:
        """Take back the last change of form, materials or cart. What happened stays in the audit trail."""
        return self._go(self._past, self._taken_back)

    def redo(self) -> bool:
        """Do again what was taken back last; nothing once something else was done."""
        return self._go(self._taken_back, self._past)

    def _go(self, where: list[Visit], other: list[Visit]) -> bool:
        if not where:
            return False
        other.append(self._visit)
        # Neither is being assisted a step of the form that is taken back with it.
        self._visit = replace(where.pop(), events=self._visit.events, assist=self._visit.assist)
        self.changed.emit()
        return True

    def begin(self, visit: Visit | None = None) -> None:
        """The next visitor, or a visit taken up again."""
        self._visit = visit or new_visit(self.clock.now())
        self._past, self._taken_back = [], []
        self.replaced.emit()
        self.changed.emit()

    def still(self, visit_id: str) -> bool:
        """Is this visit still in hand? Results that come after the next visitor was called are dropped."""
        return self._visit.visit_id == visit_id

    def tell(self, tone: Tone, title: str, what: str = "", todo: str = "") -> None:
        """Tell the clerk. What the core says in Chinese is said in the language in force."""
        self._notice.show(tone, core_words(title), _ended(what, todo), core_words(todo))

    def show_error(self, error: YichuangError) -> None:
        """An error in its own words; our own mistakes and a broken environment are red, refusals are amber."""
        serious = isinstance(error, Defect | EnvironmentProblem)
        self.tell(Tone.ERROR if serious else Tone.WARNING, error.title, error.what, error.todo)


def error_line(error: YichuangError) -> str:
    """An error in one line, in the language in force, for a dialog of its own."""
    line = QCoreApplication.translate("Desk", "{0}：{1}{2}")
    title, what, todo = core_words(error.title), _ended(error.what, error.todo), core_words(error.todo)
    return line.format(title, what, todo).strip() if what or todo else title


def _ended(what: str, todo: str) -> str:
    """What happened, ready for what to do: both stand in one line, and English needs a sign that a sentence ends."""
    words = core_words(what)
    return f"{words}." if words and todo and language() == "en" and words[-1] not in ".?!" else words
