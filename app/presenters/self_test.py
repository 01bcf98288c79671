"""Can the window be drawn? For a new version that tests itself before anybody works with it."""

from __future__ import annotations

from PyQt6.QtWidgets import QApplication

from app.presenters.application import application
from app.presenters.help import topics
from widgets.window import MainWindow


def draw_window() -> str:
    """Builds the window without a screen and paints it once; its size in words. Raises whatever goes wrong."""
    app: QApplication = application("zh")
    window = MainWindow()
    window.resize(1366, 768)
    picture = window.grab()
    app.processEvents()
    window.close()
    window.deleteLater()
    if picture.isNull() or len({picture.toImage().pixel(x, 200) for x in range(0, 1366, 7)}) < 2:
        raise RuntimeError("nothing was drawn")
    if not topics("zh") or not topics("en"):
        raise RuntimeError("help")
    return f"{picture.width()}×{picture.height()}"
