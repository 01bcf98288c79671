"""A gentle analysis steps back behind the screen, and never forward."""

from __future__ import annotations

import os
import sys
import threading

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.workers.camera_thread import FrameAnalyser
from devices.base import Picture
from devices.kinds.imaging import Frame

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a thread's own niceness is Linux's")


@pytest.mark.parametrize(("started_at", "runs_at"), [(0, 5), (10, 10)], ids=["usual", "program started further back"])
def test_the_thread_steps_back_and_never_forward(qtbot: QtBot, started_at: int, runs_at: int) -> None:
    """Coming forward is refused to anybody but root: the analysis would end before its first frame."""
    seen: list[int] = []

    def analyse(_picture: Picture) -> None:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def begin() -> None:
        """Threads take over the niceness of the one that starts them."""
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), started_at)
        analyser.start()

    analyser = FrameAnalyser(analyse, gentle=True)
    try:
        starter = threading.Thread(target=begin)
        starter.start()
        starter.join()
        with qtbot.waitSignal(analyser.analysed, timeout=20_000):
            analyser.offer(Frame(np.zeros((2, 2, 3), np.uint8), 1, 0.0))
    finally:
        analyser.stop()
    assert seen == [runs_at]
