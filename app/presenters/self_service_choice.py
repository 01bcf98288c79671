"""Self-service: choosing what to have done, through the guide where it asks."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from app.catalog.guide import Guide
from app.domain.errors import YichuangError
from app.presenters.self_service_applicant import Applicant
from app.presenters.self_service_words import (
    ask_view,
    cart_line,
    chosen_as,
    found_tiles,
    step_words,
    suggested_tiles,
)
from app.services.choose_items import ChooseItems

MOST_HITS = 24


class SelfServiceChoice(QObject):
    """Tiles, search and guide. decided(): on with what was taken."""

    decided = pyqtSignal()

    def __init__(self, who: Applicant, choose: ChooseItems) -> None:
        super().__init__(who)
        self._who, self._screen, self._choose = who, who.screen, choose
        self._guide: Guide | None = None
        self._answers: dict[str, str] = {}
        self._order: list[str] = []
        self._waiting = False
        page = self._screen.choose
        page.searched.connect(lambda _: self._fill())
        page.toggled.connect(self._toggle)
        page.search.returnPressed.connect(self._first)
        self._screen.guide.answered.connect(self._answered)

    def show(self) -> None:
        """The tiles."""
        self._guide = None
        self._fill()
        self._screen.set_step(step_words(2))
        self._screen.show_page("choose")

    def back(self) -> None:
        """From a question of the guide to the one before, or to the tiles."""
        if self._guide is None or not self._order:
            self.show()
            return
        self._answers.pop(self._order.pop(), None)
        self._ask()

    def _fill(self) -> None:
        visit = self._who.visit
        if visit is None:
            return
        words = self._screen.choose.search.text().strip()
        catalog = self._choose.catalog
        if not words:
            tiles = suggested_tiles(catalog, visit, self._choose.suggestions())
        elif self._choose.ready:
            tiles = found_tiles(catalog, visit, self._choose.find(words)[:MOST_HITS])
        else:  # in the first moments after the start
            if not self._waiting:
                self._waiting = True
                self._who.run(lambda: self._choose.find(words), lambda _: self._index_ready())
            return
        self._screen.choose.set_tiles(tiles, cart_line(catalog, visit))
        self._screen.set_foot(back=visit.card is None, go=self.tr("选好了，下一步"), can_go=bool(visit.codes))

    def _index_ready(self) -> None:
        self._waiting = False
        self._fill()

    def _first(self) -> None:
        """Enter in the search takes the best; in an empty search it goes on with what was taken."""
        page, visit = self._screen.choose, self._who.visit
        if page.search.text().strip():
            if page.tiles[0].isVisible():
                self._toggle(page.tiles[0].code)
                page.search.clear()
        elif visit is not None and visit.codes:
            self.decided.emit()

    def _toggle(self, code: str) -> None:
        visit = self._who.visit
        if visit is None:
            return
        if chosen := chosen_as(self._choose.catalog, visit, code):
            self._who.change(self._choose.remove(visit, chosen))
            self._fill()
            return
        guide = self._choose.guide(code)
        if guide.asks:
            self._guide, self._answers, self._order = guide, {}, []
            self._ask()
        else:
            self._add(code, None)

    def _ask(self) -> None:
        guide = self._guide
        if guide is None:
            return
        asked = guide.steps(self._answers)
        at = next((n for n, step in enumerate(asked) if not step.answer), None)
        if at is None:
            self._add(guide.code, self._answers)
            return
        self._screen.guide.set_view(ask_view(guide, self._answers, at))
        self._screen.set_foot(back=True)
        self._screen.show_page("guide")

    def _answered(self, value: str) -> None:
        if self._guide is None:
            return
        question = self._guide.questions(self._answers)[0]
        self._answers[question.id] = value
        self._order.append(question.id)
        self._ask()

    def _add(self, code: str, answers: dict[str, str] | None) -> None:
        visit = self._who.visit
        if visit is None:
            return
        try:
            self._who.change(self._choose.add(visit, code, answers))
        except YichuangError as error:  # items whose demands exclude each other
            self._who.trouble.emit(error)
        if self._guide is not None:
            self._screen.choose.search.clear()
        self.show()
