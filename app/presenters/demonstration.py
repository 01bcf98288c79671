"""Demo mode on the real window: the lessons for people, or one of them played without anybody.

Apart from app.presenters.application, so that a counter's morning start does not load what only training needs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QEvent, QTimer

from app.demo.scenario import Scenario
from app.presenters.application import application, hear_interrupts
from app.presenters.core_words import install_core_words
from app.presenters.player import Player
from app.presenters.screen import Screen
from app.presenters.sounds import speaker
from app.presenters.station import Workstation
from app.presenters.training import Opener, TrainingRoom
from app.workers.collector import Collector
from app.workers.watchdog import Watchdog


def run_training(
    folder: Path,
    opener: Opener,
    language: str,
    first: Scenario | None,
    shown: Callable[[], object] = lambda: None,
) -> int:
    """Show the lessons of a demo profile until their window is closed. first: a lesson to begin with at once; shown:
    called once the window stands."""
    app = application(language)
    worded: list[Workstation] = []

    def ready(station: Workstation) -> None:
        # The catalogue's English names come with the first station; a second translator would only slow it down.
        if language == "en" and not worded:
            install_core_words(app, station.catalog)
        worded[:] = [station]

    room = TrainingRoom(folder, opener, ready=ready)
    # Between the lesson's window and the list there may be none for a moment.
    app.setQuitOnLastWindowClosed(False)
    room.window.closed.connect(app.quit)
    ticking = hear_interrupts(app)
    watchdog, collector = Watchdog(), Collector()
    watchdog.start()
    room.opened.connect(lambda screen: screen.sounds.use(speaker(screen)))
    room.window.showMaximized()
    room.start(first)
    QTimer.singleShot(0, shown)
    QTimer.singleShot(0, collector.start)
    try:
        return app.exec()
    finally:
        ticking.stop()
        watchdog.stop()
        collector.stop()
        room.close()


def play_scenario(station: Workstation, scenario: Scenario, out: Path, player: type[Player] = Player) -> dict[str, Any]:
    """Play a scenario on the real widgets and write its documents, screenshots and summary.json into out."""
    # Held by this name: a QApplication that nobody holds is gone at once.
    app = application(station.settings.language, station.catalog, station.store)
    watchdog, collector = Watchdog(), Collector()
    screen = Screen(station)
    screen.window.resize(1366, 768)
    watchdog.start()
    watchdog.mark(scenario.steps[0].id)
    screen.window.show()
    screen.start()
    QTimer.singleShot(0, collector.start)
    try:
        return player(screen, scenario, out, watchdog).play()
    finally:
        watchdog.stop()
        collector.stop()
        # A play that broke off may leave a dialog open; the next one in this process would type into it.
        while (dialog := app.activeModalWidget()) is not None:
            dialog.hide()  # not close(): some refuse it while they work
        screen.close()
        # A process that plays several lessons would otherwise keep a thousand widgets of each.
        for part in (screen.window, screen, *([screen.customer.screen] if screen.customer is not None else [])):
            part.deleteLater()
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
