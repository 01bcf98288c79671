"""Ctrl+K: everything that can be done or found, by typing.

Other parts register what they know with `add`: a function from what was typed to entries. Those that read the store
are slow ones: they run off the event loop and their entries come in when they are there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import Protocol

from PyQt6.QtCore import QObject

from app.catalog.search import Hit
from app.presenters.desk import Desk
from app.presenters.words import cart_view, hit_view
from app.services.choose_items import ChooseItems
from app.services.quick_names import Match, QuickNames
from widgets.actions import actions
from widgets.palette import Palette
from widgets.views import HitView
from widgets.views_around import PaletteRow
from widgets.window import MainWindow

KEY = "window.palette"
_REMEMBERED = 30
_SHOWN = 100
_RECENT_BONUS = 12.0
_ITEMS = 8
_SUGGESTED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to choose. row.id is unique over all providers, e.g. "action:board". score: 0–100, higher is nearer."""

    row: PaletteRow
    run: Callable[[], object]
    score: float


Provider = Callable[[str], Sequence[Entry]]
"""Gives what fits the words; for "" what should be offered before anything is typed."""


class Settings(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


class PalettePresenter(QObject):
    """Asks the providers at each key stroke and remembers what was chosen."""

    def __init__(self, window: MainWindow, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._settings = settings
        self._quick: list[Provider] = []
        self._slow: list[Provider] = []
        self._recent: list[str] = []
        self._entries: dict[str, Entry] = {}
        self._asked = 0
        self._saving = Lock()
        self.dialog = Palette(window)
        self.dialog.asked.connect(self._ask)
        self.dialog.chosen.connect(self._run)
        desk.tasks.run(lambda: settings.setting(KEY), self._remember)

    def add(self, provider: Provider, *, slow: bool = False) -> None:
        """Let another part offer entries. slow: it reads the store, so it is asked off the event loop."""
        (self._slow if slow else self._quick).append(provider)

    def recent(self) -> tuple[str, ...]:
        """Ids of what was chosen last, the latest first; remembered over restarts."""
        return tuple(self._recent)

    def open(self) -> None:
        """Show the palette with what is likely wanted."""
        self.dialog.open_over(self._window)
        self._ask("")

    def find(self, words: str) -> list[Entry]:
        """What the quick providers know, best first."""
        return self._ranked([entry for provider in self._quick for entry in provider(words)], words)

    def _ask(self, words: str) -> None:
        self._asked += 1
        asked = self._asked
        found = [entry for provider in self._quick for entry in provider(words)]
        self._show(found, words)
        for provider in self._slow:
            self._desk.tasks.run(partial(provider, words), lambda more: self._more(asked, found, more, words))

    def _more(self, asked: int, found: list[Entry], more: Sequence[Entry], words: str) -> None:
        if asked == self._asked and self.dialog.isVisible() and more:
            found.extend(more)
            self._show(found, words)

    def _show(self, found: Sequence[Entry], words: str) -> None:
        ranked = self._ranked(found, words)[:_SHOWN]
        self._entries = {entry.row.id: entry for entry in ranked}
        self.dialog.set_rows([entry.row for entry in ranked])

    def _ranked(self, found: Sequence[Entry], words: str) -> list[Entry]:
        """Recents first: before anything is typed in the order of use, afterwards by so much nearer."""
        order = {name: place for place, name in enumerate(self._recent)}

        def key(entry: Entry) -> tuple[float, float]:
            place = order.get(entry.row.id)
            if not words.strip():
                return (0.0, place) if place is not None else (1.0 + (not entry.row.possible), -entry.score)
            bonus = _RECENT_BONUS if place is not None else 0.0
            return (-(entry.score + bonus - (0 if entry.row.possible else 5)), place or 0.0)

        return [
            replace(entry, row=replace(entry.row, recent=True)) if entry.row.id in order else entry
            for entry in sorted(found, key=key)
        ]

    def _run(self, name: str) -> None:
        entry = self._entries.get(name)
        if entry is None:
            return
        self._recent = [name, *(known for known in self._recent if known != name)][:_REMEMBERED]
        self._desk.tasks.run(self._save, lambda _: None)
        entry.run()

    def _save(self) -> None:
        # Two savings may run at once; the one that comes last must write what is known last.
        with self._saving:
            self._settings.set_setting(KEY, json.dumps(self._recent))

    def _remember(self, text: str | None) -> None:
        try:
            known = json.loads(text or "[]")
        except ValueError:
            known = []  # a convenience: damaged, it begins anew
        if isinstance(known, list):
            self._recent = [name for name in known if isinstance(name, str)][:_REMEMBERED]


class ActionProvider:
    """All actions with their keys; those not possible now with the reason."""

    def __init__(self, window: MainWindow, names: QuickNames, leave_out: Sequence[str] = ("palette",)) -> None:
        self._window = window
        self._names = names
        self._leave_out = frozenset(leave_out)
        self._actions = [action for action in actions() if action.id not in self._leave_out]

    def __call__(self, words: str) -> list[Entry]:
        found = []
        for action in self._actions:
            match = self._names.match(words, action.words, f"{action.key} {action.help}")
            if match is None:
                continue
            if not words.strip():
                # What comes next stands first; help, which everybody knows the key of, last.
                step, place = self._window.header.current_step(), -1 if action.id == "help" else 1
                match = Match(2 if action.id == step else place)
            possible = self._window.is_action_enabled(action.id)
            row = PaletteRow(
                f"action:{action.id}",
                "action",
                action.words,
                action.help,
                action.key,
                action.icon,
                match.spans,
                possible,
                "" if possible else self._window.why_not(action.id),
            )
            found.append(Entry(row, partial(self._window.trigger, action.id), match.score))
        return found


class ItemProvider:
    """Items and bundles by the search index; taking one puts it into the cart, through its guide if it has one."""

    def __init__(
        self,
        window: MainWindow,
        choose: ChooseItems,
        take: Callable[[str], object],
        recent: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """take: what choosing one does, with its code. recent: ids of entries that were chosen lately."""
        self._window = window
        self._recent = recent
        self._choose = choose
        self._take = take

    def __call__(self, words: str) -> list[Entry]:
        possible = self._window.is_action_enabled("choose_items")
        why = "" if possible else self._window.why_not("choose_items")
        if not words.strip():
            catalog = self._choose.catalog
            known = {**catalog.bundles, **catalog.items, **catalog.mains}
            lately = [name.removeprefix("item:") for name in self._recent() if name.startswith("item:")]
            offered = [code for code in lately if code in known][:_SUGGESTED]
            offered += [suggestion.code for suggestion in self._choose.suggestions() if suggestion.why][:_SUGGESTED]
            views = [cart_view(catalog, code) for code in dict.fromkeys(offered)]
            return [self._entry(view, 1.0, possible, why) for view in views]
        hits = self._choose.find(words)[:_ITEMS]
        return [self._entry(hit_view(hit), _score(hit), possible, why) for hit in hits]

    def _entry(self, view: HitView, score: float, possible: bool, why: str) -> Entry:
        note = " · ".join(part for part in (view.department, view.note) if part)
        if view.matched:
            note = f"{view.matched} · {note}" if note else view.matched
        icon = "bundle" if view.kind == "bundle" else "licence"
        row = PaletteRow(f"item:{view.code}", view.kind, view.name, note, "", icon, view.name_spans, possible, why)
        return Entry(row, lambda: self._take(view.code), score)


def _score(hit: Hit) -> float:
    """A little below an action that fits as well: there are few actions, and thousands of items."""
    return hit.score * 0.9
