"""Starts Qt and the window."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PyQt6.QtWidgets import QApplication

from app.domain.item import Catalog
from app.domain.wipe import WipeKind
from app.memory import few_heaps
from app.presenters.core_words import install_core_words
from app.presenters.door import DoorPresenter
from app.presenters.doorway import Doorway
from app.presenters.look import remembered_look
from app.presenters.screen import Screen
from app.presenters.sounds import speaker
from app.presenters.station import Workstation
from app.services.remote_wipe import Wiped
from app.workers.collector import Collector
from app.workers.watchdog import Watchdog
from offline_db.store import Store
from widgets.i18n import install_translator
from widgets.look import Look
from widgets.theme import apply_theme, set_look, system_theme
from widgets.wiped import WipedScreen

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
    few_heaps()
    qInstallMessageHandler(_qt_message)
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("yichuang")
    app.setDesktopFileName("yichuang")  # the icon and the place in the dock, by resources/linux/yichuang.desktop
    install_translator(app, language)
    if language == "en" and catalog is not None:
        install_core_words(app, catalog)
    app.setApplicationDisplayName(QCoreApplication.translate("Header", "一窗"))
    look = remembered_look(store, app) if store is not None else Look(system_theme(app))
    apply_theme(app, language, look)
    return app


def run_workstation(
    way: Doorway,
    *,
    self_service: bool = False,
    shown: Callable[[], object] = lambda: None,
    stands: Callable[[], object] = lambda: None,
) -> int:
    """Ask for a PIN where the store needs one, then show the window until it is closed.

    self_service: for citizens, once somebody is on duty. shown: called once a window stands; stands: called once the
    store is open and the window stands.
    """
    if way.door is None:
        with way.enter(None) as station:
            if self_service:
                station.services.self_service.begin_at_start()
            return run_window(station, shown=shown, stands=stands)
    # Held by this name: a QApplication that nobody holds is gone at once.
    app = application(way.settings.language)
    ticking = hear_interrupts(app)
    door = DoorPresenter(way, way.door)
    if way.settings.language == "en":
        # Before anything is told: the core's messages are Chinese until their English is installed.
        door.prepared.connect(lambda catalog: install_core_words(app, catalog))
    QTimer.singleShot(0, shown)
    opened = door.ask()
    ticking.stop()
    if opened is None:
        return 0
    with opened:
        set_look(app, remembered_look(opened.store, app))
        if self_service:
            opened.services.self_service.begin_at_start()
        return run_window(opened, app, door.close, stands)


def run_window(
    station: Workstation,
    app: QApplication | None = None,
    shown: Callable[[], object] = lambda: None,
    stands: Callable[[], object] = lambda: None,
) -> int:
    """Show the window until it is closed. app: already there and dressed; shown: called once the window stands, then
    stands, before anything can be accepted."""
    app = app or application(station.settings.language, station.catalog, station.store)
    watchdog, collector = Watchdog(), Collector()
    watchdog.start()
    screen = Screen(station)
    ticking = hear_interrupts(app)
    screen.window.showMaximized()
    screen.start()
    # Behind the window, so that nothing of the desktop shows between the two.
    QTimer.singleShot(0, shown)
    QTimer.singleShot(0, stands)
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


def tell_wiped(wiped: Wiped, shown: Callable[[], object] = lambda: None) -> None:
    """Say on a screen of its own that this machine was wiped; returns when it was closed. shown: called once it
    stands."""
    app = application("zh")
    ticking = hear_interrupts(app)
    screen = WipedScreen()
    screen.set_done(wiped.kind == WipeKind.STOLEN, wiped.whole, wiped.told)
    screen.left.connect(app.quit)
    screen.showMaximized()
    QTimer.singleShot(0, shown)
    app.exec()
    ticking.stop()
    screen.close()


def hear_interrupts(app: QApplication) -> QTimer:
    """Python sees Ctrl+C only when its code runs: an idle timer gives it the chance."""
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    ticking = QTimer()
    ticking.start(200)
    ticking.timeout.connect(lambda: None)
    return ticking
