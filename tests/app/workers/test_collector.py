"""Garbage is collected on the loop alone for as long as anybody has taken it over."""

from __future__ import annotations

import gc

from PyQt6.QtWidgets import QApplication

from app.workers.collector import Collector


def test_the_inner_ones_end_leaves_it_to_the_outer_one(qapp: QApplication) -> None:
    """As a lesson played in a process that collects by itself: these tests' own is the outermost."""
    outer, inner = Collector(), Collector()
    outer.start()
    inner.start()
    assert not gc.isenabled()
    inner.stop()
    assert not gc.isenabled()
    outer.stop()
    outer.stop()
    assert not gc.isenabled()
