"""The first paint: a window that stands before the program is loaded, and goes when the real one stands in front."""

from __future__ import annotations

import sys
import time

from PyQt6.QtWidgets import QApplication

from widgets.opening import OpeningWindow

LONGEST = 2.0
"""Seconds to wait for the paint: a desktop that never shows the window must not keep the program from starting."""


class Opening:
    """Holds the QApplication from the first moment on. `close` once another window stands; twice does nothing."""

    def __init__(self, arguments: list[str] | None = None) -> None:
        # Held by this name: a QApplication that nobody holds is gone at once.
        self._app = QApplication.instance() or QApplication(sys.argv[:1] if arguments is None else arguments)
        self._app.setApplicationName("yichuang")
        self.window = OpeningWindow()

    def show(self) -> None:
        """Returns when it was painted. The window does not answer until the event loop runs; it has nothing to ask."""
        self.window.showMaximized()
        until = time.monotonic() + LONGEST
        while not self.window.painted and time.monotonic() < until:
            self._app.processEvents()
            if not self.window.painted:
                time.sleep(0.001)

    def close(self) -> None:
        self.window.hide()
        self.window.deleteLater()
