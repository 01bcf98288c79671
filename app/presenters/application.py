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
from app.presenters.station import Workstation
from offline_db.store import Store
from widgets.i18n import install_translator
from widgets.theme import apply_theme

log = logging.getLogger(__name__)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
    """Qt's own messages go to the log; the offscreen platform's note on size hints says nothing about us."""
    if text and "propagateSizeHints" not in text:
        log.warning("Qt: %s", text)


def application(language: str, catalog: Catalog, store: Store) -> QApplication:
    """The one QApplication, translated, in the look that the profile's store remembers."""
    qInstallMessageHandler(_qt_message)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("yichuang")
    install_translator(app, language)
    if language == "en":
        install_core_words(app, catalog)
    app.setApplicationDisplayName(QCoreApplication.translate("Header", "一窗"))
    apply_theme(app, language, remembered_look(store, app))
    return app


def run_window(station: Workstation) -> int:
    """Show the window until it is closed."""
    app = application(station.settings.language, station.catalog, station.store)
    screen = Screen(station)
    # Python sees Ctrl+C only when its code runs: an idle timer gives it the chance.
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    ticking = QTimer()
    ticking.start(200)
    ticking.timeout.connect(lambda: None)
    screen.window.showMaximized()
    screen.start()
    try:
        return app.exec()
    finally:
        screen.close()


def play_scenario(station: Workstation, scenario: Scenario, out: Path) -> dict[str, Any]:
    """Play a scenario on the real widgets and write its documents, screenshots and summary.json into out."""
    # Held by this name: a QApplication that nobody holds is gone at once.
    app = application(station.settings.language, station.catalog, station.store)
    screen = Screen(station)
    screen.window.resize(1366, 768)
    screen.window.show()
    screen.start()
    try:
        return Player(screen, scenario, out).play()
    finally:
        screen.close()
        app.processEvents()
