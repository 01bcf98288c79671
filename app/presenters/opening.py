"""The first paint: a window that stands before the program is loaded, and goes when the real one stands in front."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtWidgets import QApplication

from app.config.first_language import first_language
from widgets.opening import OpeningWindow

LONGEST = 2.0
"""Seconds to wait for the paint: a desktop that never shows the window must not keep the program from starting."""


class Opening:
    """Holds the QApplication from the first moment on. `close` once another window stands; twice does nothing."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        """words: the command line after the program's name, for the language."""
        # Held by this name: a QApplication that nobody holds is gone at once.
        self._app = QApplication.instance() or QApplication(sys.argv[:1])
        self._app.setApplicationName("yichuang")
        self.window = OpeningWindow(first_language(words, os.environ, _policy, _profile))

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


def _policy() -> Path:
    """As app.config.layers.policy_path, whose module would load all settings."""
    if sys.platform == "linux":
        return Path("/etc/xdg/yichuang/policy.toml")
    import platformdirs

    return Path(platformdirs.site_config_dir("yichuang", appauthor=False)) / "policy.toml"


def _profile() -> Path:
    """As app.settings.profile_folder("work"), for the same reason."""
    import platformdirs

    return Path(platformdirs.user_data_dir("yichuang", appauthor=False)) / "work"
