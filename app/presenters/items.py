"""Choosing items: search, guide, cart, on to the form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PyQt6.QtCore import QObject

from app.catalog.guide import SITUATION, Guide
from app.domain.errors import YichuangError
from app.presenters.desk import Desk
from app.presenters.words import answer_text, cart_view, guide_view, hit_view
from app.services.choose_items import AT_ONCE_MARK, ChooseItems
from widgets.views import HitView, Tone
from widgets.window import MainWindow

AS_NEAR = 3.0
"""Scores so far below the best one are as good."""


@dataclass(slots=True)
class _Asking:
    """The guide on the screen. at: which of its questions is shown, from 0."""

    guide: Guide
    answers: dict[str, str]
    at: int


class ItemsPresenter(QObject):
    """F3 opens the picker; what has questions goes through the guide first; an empty cart stays there and says so."""

    def __init__(self, window: MainWindow, desk: Desk, choose: ChooseItems) -> None:
        super().__init__()
        self._window = window
        self._picker = window.picker
        self._desk = desk
        self._choose = choose
        self._asking: _Asking | None = None
        self._waiting = False
        self._suggested_for: tuple[tuple[str, ...], bool] = ((), False)
        self._counted: tuple[str, frozenset[str]] = ("", frozenset())
        self._picker.search_changed.connect(self._search)
        self._picker.chosen.connect(self._take)
        self._picker.removed.connect(self._remove)
        self._picker.reasked.connect(self._ask_again)
        self._picker.pinned.connect(self._pin)
        self._picker.confirmed.connect(self._confirm)
        self._picker.cancelled.connect(self._leave)
        window.guide.answered.connect(self._answer)
        window.guide.back.connect(lambda: self._step(-1))
        window.guide.kept.connect(lambda: self._step(1))
        window.guide.cancelled.connect(self._end)
        desk.changed.connect(self._show_cart)
        desk.replaced.connect(self._begin)

    def open(self) -> None:
        self._asking = None
        self._search("")
        self._window.show_picker()

    def take(self, code: str) -> None:
        """Take something that was found elsewhere: into the cart, through its questions if it has any."""
        self.open()
        if code not in self._desk.visit.codes:
            self._take(code)

    def _begin(self) -> None:
        """The next visitor: an open guide was the one's before."""
        self._asking = None
        self._search("")

    def _search(self, words: str, current: str | None = None) -> None:
        if not words.strip():
            catalog = self._choose.catalog
            visit = self._desk.visit
            offered = self._choose.promptest if visit.assist.on else self._choose.suggestions
            hits = [replace(cart_view(catalog, s.code), mark=s.why) for s in offered(visit.items)]
            self._picker.set_results(hits, current)
        elif not self._choose.ready:
            # In the first moments after the start the index is still being made; what was typed last counts then.
            self._picker.set_searching()
            if not self._waiting:
                self._waiting = True
                self._desk.tasks.run(lambda: self._choose.find(words), lambda _: self._index_ready())
        else:
            found = self._choose.find(words)
            hits = [hit_view(hit) for hit in found]
            if self._desk.visit.assist.on and found:
                prompt = {hit.code for hit in found if self._choose.at_once(hit.code)}
                # Only among what fits about as well: what was asked for stays where it is looked for.
                near = {hit.code for hit in found if hit.score >= found[0].score - AS_NEAR}
                hits = [replace(hit, mark=AT_ONCE_MARK) if hit.code in prompt else hit for hit in hits]
                hits.sort(key=lambda hit: (hit.code not in near, hit.code in near and hit.code not in prompt))
            pinned = self._choose.favourites.pinned
            hits = [replace(hit, mark=hit.mark or "pinned") if hit.code in pinned else hit for hit in hits]
            self._picker.set_results(hits, current)

    def _index_ready(self) -> None:
        self._waiting = False
        self._search(self._picker.search.text())

    def _pin(self, code: str) -> None:
        self._choose.favourites.toggle(code)
        self._save()
        self._search(self._picker.search.text(), code)

    def _take(self, code: str) -> None:
        guide = self._choose.guide(code)
        if not guide.asks:
            self._add(code)
            return
        answers = dict(self._choose.answers(self._desk.visit, code))
        steps = guide.steps(answers)
        first_open = next((at for at, step in enumerate(steps) if not step.answer), 0)
        self._asking = _Asking(guide, answers, first_open)
        self._show_question()

    def _ask_again(self, code: str) -> None:
        """The questions of something in the cart, from the first; of a situation those of its main item."""
        guide = self._whole_guide(code)
        if guide.asks:
            self._asking = _Asking(guide, dict(self._desk.visit.answers.get(code, {})), 0)
            self._show_question()

    def _whole_guide(self, code: str) -> Guide:
        """The guide that led to something in the cart: a situation was reached through its main item."""
        item = self._choose.catalog.items.get(code)
        if item is not None and item.main in self._choose.catalog.mains:
            return self._choose.guide(item.main)
        return self._choose.guide(code)

    def _answer(self, value: str) -> None:
        if self._asking is None:
            return
        step = self._asking.guide.steps(self._asking.answers)[self._asking.at]
        changed = step.answer != value
        self._asking.answers[step.question.id] = value
        steps = self._asking.guide.steps(self._asking.answers)
        still_open = next((at for at, s in enumerate(steps) if not s.answer), None)
        if still_open is None and (changed or self._asking.at + 1 >= len(steps)):
            self._finish(self._asking)
        else:
            self._asking.at = self._asking.at + 1 if still_open is None else still_open
            self._show_question()

    def _step(self, by: int) -> None:
        if self._asking is None:
            return
        at = self._asking.at + by
        if at >= len(self._asking.guide.steps(self._asking.answers)):
            self._finish(self._asking)
        elif at >= 0:
            self._asking.at = at
            self._show_question()

    def _finish(self, asking: _Asking) -> None:
        self._add(asking.guide.code, asking.answers)
        self._end()

    def _end(self) -> None:
        """Back to the search, with or without an answer."""
        self._asking = None
        self._picker.search.clear()
        self._window.show_picker()

    def _show_question(self) -> None:
        if self._asking is not None:
            self._window.guide.set_view(guide_view(self._asking.guide, self._asking.answers, self._asking.at))
            self._window.show_guide()

    def _add(self, code: str, answers: dict[str, str] | None = None) -> None:
        try:
            self._desk.change(self._choose.add(self._desk.visit, code, answers))
        except YichuangError as error:  # items whose demands exclude each other
            self._desk.show_error(error)

    def _remove(self, code: str) -> None:
        self._desk.change(self._choose.remove(self._desk.visit, code))

    def _show_cart(self) -> None:
        codes = self._desk.visit.codes
        self._picker.set_cart([self._cart_row(code) for code in codes])
        wanted = (codes, self._desk.visit.assist.on)
        if wanted != self._suggested_for and not self._picker.search.text().strip():
            self._suggested_for = wanted  # other things go with what is in the cart now
            self._search("")

    def _cart_row(self, code: str) -> HitView:
        view = cart_view(self._choose.catalog, code)
        answers = self._desk.visit.answers.get(code)
        if not answers:
            return view
        steps = self._whole_guide(code).steps(answers)
        # Which situation it is says the name already.
        said = self.tr("，").join(answer_text(step) for step in steps if step.question.id != SITUATION)
        return replace(view, note=said or view.note, asks=True)

    def _confirm(self) -> None:
        visit = self._desk.visit
        if not visit.codes:
            self._desk.tell(
                Tone.INFO, self.tr("还没有选择事项"), "", self.tr("输入群众的话搜索，用 ↓ 选中，回车加入。")
            )
            return
        # Coming back to the picker and going on again is still one visitor's business.
        before = self._counted[1] if self._counted[0] == visit.visit_id else frozenset()
        news = [code for code in visit.codes if code not in before]
        if news:
            self._counted = (visit.visit_id, before | frozenset(news))
            self._choose.favourites.used(news)
            self._save()
        self._window.show_form()

    def _leave(self) -> None:
        """Esc in an empty search box: back to the form, when there is one."""
        if self._desk.visit.items:
            self._window.show_form()

    def _save(self) -> None:
        self._desk.tasks.run(self._choose.favourites.save, lambda _: None)
