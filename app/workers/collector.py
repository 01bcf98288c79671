"""Python's cyclic garbage, collected on the event loop and nowhere else.

Left alone, Python collects in whichever thread happens to allocate. A widget, painter or timer in a cycle would then be
deleted by a worker, while the loop may be painting it: the program is gone without a word. The usual way of PyQt
programs (Kovid Goyal's for calibre).
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PyQt6.QtCore import QObject, QTimer

LOOK_MILLISECONDS = 500
"""How often it is looked whether there is enough to collect."""


class Collector(QObject):
    """Collects on the thread that made it, by Python's own thresholds, from `start` to `stop`.

    Several may run, one inside the other (a lesson played inside a process that has its own): Python collects again
    when the last has stopped.
    """

    _running: ClassVar[set[int]] = set()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over from Python. What has been loaded by now stays to the end and is not gone through again."""
        gc.disable()
        if not self._running:
            gc.freeze()
        self._running.add(id(self))
        self._timer.start()

    def stop(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        self._running.discard(id(self))
        if self._running:
            return
        gc.unfreeze()
        gc.enable()

    def look(self) -> None:
        """Collect the oldest generation that is due; with it go the younger ones."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [age for age in range(3) if counts[age] > thresholds[age]]
        if due:
            gc.collect(due[-1])
