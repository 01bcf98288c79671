"""Choosing items: search, cart, on to the form."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from app.presenters.desk import Desk
from app.presenters.words import cart_view, hit_view
from app.services.choose_items import ChooseItems
from widgets.views import Tone
from widgets.window import MainWindow


class ItemsPresenter(QObject):
    """F3 opens the picker; confirming an empty cart stays there and says so."""

    def __init__(self, window: MainWindow, desk: Desk, choose: ChooseItems) -> None:
        super().__init__()
        self._window = window
        self._picker = window.picker
        self._desk = desk
        self._choose = choose
        self._picker.search_changed.connect(self._search)
        self._picker.chosen.connect(lambda code: self._desk.change(self._choose.add(self._desk.visit, code)))
        self._picker.removed.connect(lambda code: self._desk.change(self._choose.remove(self._desk.visit, code)))
        self._picker.confirmed.connect(self._confirm)
        desk.changed.connect(self._show_cart)
        desk.replaced.connect(lambda: self._search(""))

    def open(self) -> None:
        self._search("")
        self._window.show_picker()

    def _search(self, words: str) -> None:
        if words.strip():
            self._picker.set_results([hit_view(hit) for hit in self._choose.find(words)])
        else:
            # Nothing typed yet: the bundles, which most visitors come for.
            self._picker.set_results([cart_view(self._choose.catalog, code) for code in self._choose.catalog.bundles])

    def _show_cart(self) -> None:
        self._picker.set_cart([cart_view(self._choose.catalog, code) for code in self._desk.visit.codes])

    def _confirm(self) -> None:
        if not self._desk.visit.codes:
            self._desk.tell(
                Tone.INFO, self.tr("还没有选择事项"), "", self.tr("输入群众的话搜索，用 ↓ 选中，回车加入。")
            )
            return
        self._window.show_form()
