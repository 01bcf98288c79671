"""Ctrl+F10, where to go 办事地图: of what is marked in the search, of the visitor's items, or every place."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from app.domain.document import RenderedPaper
from app.domain.errors import YichuangError
from app.domain.item import Item
from app.presenters.desk import Desk, error_line
from app.presenters.main import MainPresenter
from app.presenters.places_words import stop_view
from app.presenters.print_desk import PrintDesk
from app.services.where_to_go import Stop, WhereToGo
from widgets.dialogs.places import PlacesDialog
from widgets.views import Tone
from widgets.window import MainWindow


class PlacesPresenter(QObject):
    """`printed` is True once a way was handed to the printer since the map was opened."""

    def __init__(
        self, window: MainWindow, desk: Desk, service: WhereToGo, printing: PrintDesk, main: MainPresenter
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._service = service
        self._printing = printing
        self._stops: dict[str, Stop] = {}
        self._items: tuple[Item, ...] = ()
        self.printed = False
        dialog = self.dialog = PlacesDialog(window)
        dialog.print_requested.connect(self._print)
        dialog.all_requested.connect(lambda on: self._fill(() if on else self._items, all_=on))
        main.add("places", self.open)

    def open(self) -> None:
        """What was searched for and is marked goes before what was chosen: one asks before one chooses."""
        picker = self._window.picker
        marked = picker.current() if picker.isVisible() and picker.search.text().strip() else None
        items = self._service.items(marked) if marked else ()
        self._items = items or tuple(self._desk.visit.items)
        self.printed = False
        self._fill(self._items, all_=not self._items)
        trouble = self._service.trouble
        if trouble:
            words = self.tr("本地的地点文件有误，按随程序的用：{0} 第 {1} 行，{2}")
            self.dialog.say(words.format(trouble[0].file, trouble[0].line, trouble[0].what), Tone.WARNING)
        else:
            self.dialog.say("")
        self.dialog.open()

    def _fill(self, items: tuple[Item, ...], *, all_: bool) -> None:
        stops = self._service.stops(items)
        self._stops = {stop.place.id: stop for stop in stops}
        names = self.tr("、").join(item.name for item in items[:3])
        about = self.tr("{0} 等 {1} 个事项").format(names, len(items)) if len(items) > 3 else names
        below = about or self._service.district
        self.dialog.set_stops([stop_view(stop, self._service.sketch(stop)) for stop in stops], below, all_)

    def _print(self, place_id: str) -> None:
        stop = self._stops[place_id]

        def work() -> RenderedPaper | YichuangError:
            try:
                return self._service.slip(stop)
            except YichuangError as error:
                return error

        def made(paper: RenderedPaper | YichuangError) -> None:
            if isinstance(paper, YichuangError):
                self.dialog.say(error_line(paper), Tone.ERROR)
                return
            self._printing.print_paper(paper)
            self.printed = True
            self.dialog.say(self.tr("{0} 已送打印").format(paper.paper.number), Tone.SUCCESS)

        self._desk.tasks.run(work, made, order="places")
