"""Starts Qt: the window for people, or the player for a headless demo."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QCoreApplication, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PyQt6.QtWidgets import QApplication

from app.demo.scenario import Scenario
from app.domain.item import Catalog
from app.presenters.core_words import install_core_words
from app.presenters.look import remembered_look
from app.presenters.player import Player
from app.presenters.screen import Screen
from app.presenters.sounds import speaker
from app.presenters.station import Workstation
from app.presenters.training import Opener, TrainingRoom
from app.workers.collector import Collector
from app.workers.watchdog import Watchdog
from offline_db.store import Store
from widgets.i18n import install_translator
from widgets.look import Look
from widgets.theme import apply_theme, system_theme

log = logging.getLogger(__name__)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
    """Qt's own messages go to the log; the offscreen platform's note on size hints says nothing about us."""
    if text and "propagateSizeHints" not in text:
        log.warning("Qt: %s", text)


SWITCH_SECONDS = 0.0005
"""How long another Python thread may keep the interpreter while the event loop waits for it (Python's own: 5 ms).
While a paper is rendered, the loop asks for the interpreter at every paint of a widget; thirty times 5 ms are felt."""


def application(language: str, catalog: Catalog | None = None, store: Store | None = None) -> QApplication:
    """The one QApplication, translated, in the look that the profile's store remembers, else in the system's.

    catalog: for its English names, once one is loaded.
    """
    qInstallMessageHandler(_qt_message)
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("yichuang")
    install_translator(app, language)
    if language == "en" and catalog is not None:
        install_core_words(app, catalog)
    app.setApplicationDisplayName(QCoreApplication.translate("Header", "一窗"))
    look = remembered_look(store, app) if store is not None else Look(system_theme(app))
    apply_theme(app, language, look)
    return app


def run_window(station: Workstation) -> int:
    """Show the window until it is closed."""
    app = application(station.settings.language, station.catalog, station.store)
    watchdog, collector = Watchdog(), Collector()
    watchdog.start()
    screen = Screen(station)
    ticking = _hear_interrupts(app)
    screen.window.showMaximized()
    screen.start()
    QTimer.singleShot(0, collector.start)
    # After the first paint: the sound libraries take a moment to load, and nothing is read yet.
    QTimer.singleShot(0, lambda: screen.sounds.use(speaker(screen)))
    try:
        return app.exec()
    finally:
        ticking.stop()
        watchdog.stop()
        collector.stop()
        screen.close()


def run_training(folder: Path, opener: Opener, language: str, first: Scenario | None) -> int:
    """Show the lessons of a demo profile until their window is closed. first: a lesson to begin with at once."""
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
    ticking = _hear_interrupts(app)
    watchdog, collector = Watchdog(), Collector()
    watchdog.start()
    room.opened.connect(lambda screen: screen.sounds.use(speaker(screen)))
    room.window.showMaximized()
    room.start(first)
    QTimer.singleShot(0, collector.start)
    try:
        return app.exec()
    finally:
        ticking.stop()
        watchdog.stop()
        collector.stop()
        room.close()


def _hear_interrupts(app: QApplication) -> QTimer:
    """Python sees Ctrl+C only when its code runs: an idle timer gives it the chance."""
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    ticking = QTimer()
    ticking.start(200)
    ticking.timeout.connect(lambda: None)
    return ticking


def play_scenario(station: Workstation, scenario: Scenario, out: Path) -> dict[str, Any]:
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
        return Player(screen, scenario, out, watchdog).play()
    finally:
        watchdog.stop()
        collector.stop()
        screen.close()
        app.processEvents()
