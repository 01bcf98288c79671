"""Visit after visit through the real window, presenters, store, printers and sync of demo mode; what is left behind."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
from desk_parts import BUNDLE, TYPED
from PyQt6.QtCore import QEvent, QObject, QPropertyAnimation, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.demo.world import DemoWorld
from app.domain.clock import SystemClock
from app.memory import few_heaps
from app.presenters.screen import Screen


@dataclass(frozen=True, slots=True)
class Left:
    """What the process holds after a number of visits. objects: Python's, by type; widgets: Qt's, by class."""

    visits: int
    resident_bytes: int
    objects: Counter[str]
    widgets: Counter[str]


class Soak:
    """One open window."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        few_heaps()
        self._app = app
        scenario = load_scenario("open-a-barber-shop")
        self._station = open_demo(folder, scenario, out=folder / "out")
        self._world = DemoWorld(folder / "world", SystemClock())
        self._code = self._world.licence_text(scenario.licence)
        self._page = cv2.imread(str(self._world.page_picture(scenario.page)))
        self.screen = Screen(self._station)
        self.screen.window.resize(1366, 728)
        self.screen.window.show()
        self.screen.start()
        self._done = 0
        self._printed: list[str] = []
        self.screen.accept.printed.connect(lambda slot, _: self._printed.append(slot))

    def close(self) -> None:
        self._until(lambda: not self.screen.tasks.busy)
        self.screen.close()
        self._station.close()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def visit(self) -> None:
        """One visitor from the card to the next one: every value typed by itself, one page looked at, two papers."""
        screen, desk, do = self.screen, self.screen.desk, self._station.services
        QTest.keyClick(screen.window, Qt.Key.Key_Shift)  # somebody is there: else the screen locks after five minutes
        desk.change(do.identify.apply(desk.visit, self._world.person("zhang-wei").card, "test:"))
        desk.change(do.scan.apply(desk.visit, self._code, do.scan.read(self._code)))
        screen.items.open()
        desk.change(do.choose.add(desk.visit, BUNDLE))
        screen.window.show_form()
        for key, text in TYPED.items():
            screen.window.form.edited.emit(key, text)
        desk.change(do.capture.keep(desk.visit, "floor_plan", do.capture.take(self._page)))
        screen.materials.viewer.open("floor_plan")
        self._until(lambda: screen.materials.viewer.viewer.isVisible())
        screen.materials.viewer.viewer.reject()
        desk.change(do.capture.tolerate(desk.visit, "hygiene_test_report"))
        desk.change(do.capture.promise(desk.visit, "signboard_picture"))
        screen.window.action.emit("help")
        self._close_dialog()
        screen.window.action.emit("check")
        self._close_dialog()
        self._printed.clear()
        screen.window.action.emit("accept")
        self._until(lambda: screen.accept.accepted and len(self._printed) == 2)
        self._until(lambda: not screen.tasks.busy)
        screen.window.action.emit("next_visitor")
        self._until(lambda: desk.visit.empty and not screen.tasks.busy)
        self._done += 1

    def left(self) -> Left:
        """Look at what the process holds now."""
        # A line's sign fades in and out for a moment, and what was read ahead for a visit is handed over and let go:
        # they are no part of what stays.
        self._until(lambda: not self.screen.window.findChildren(QPropertyAnimation) and not self.screen.tasks.busy)
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._app.processEvents()
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        objects, widgets = self._objects(), self._widgets()
        # Threads that still end (a page read ahead, a strip on its way) hold what they worked on a moment longer, and a
        # sign that fades begins and ends by itself: what is there at each look has stayed.
        for _ in range(3):
            self._spin(0.4)
            objects &= self._objects()
            widgets &= self._widgets()
        return Left(self._done, pages * 4096, objects, widgets)

    def _objects(self) -> Counter[str]:
        gc.collect()
        return Counter(f"{type(held).__module__}.{type(held).__qualname__}" for held in gc.get_objects())

    def _widgets(self) -> Counter[str]:
        inside = self.screen.window.findChildren(QObject)
        return Counter((child.metaObject() or QObject().metaObject()).className() for child in inside)

    def _spin(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        self._until(lambda: time.monotonic() >= ends)

    def _close_dialog(self) -> None:
        self._until(lambda: self._app.activeModalWidget() is not None)
        dialog = self._app.activeModalWidget()
        assert dialog is not None
        dialog.close()
        self._until(lambda: self._app.activeModalWidget() is None)

    def _until(self, true: Callable[[], bool], seconds: float = 30) -> None:
        late = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < late, "waited in vain"
            self._app.processEvents()
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            time.sleep(0.001)
