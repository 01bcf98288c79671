"""A batch through the print desk, beside a bare loop over the driver that makes and sends the same strips.

PRINTS=300 is the size of the issue and the default. The peer has no store, no queue and no window: it makes each strip
from its case and hands it to the driver, one after the other. The emulated printer takes a strip in milliseconds, a
real one in two to four seconds: what counts is that the desk never is what the printer waits for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_up_papers import StripPrinter
from print_room import Room, many, print_room
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.clock import SystemClock
from app.domain.printing import BatchPaper, PrintJob, PrintTarget
from devices.registry import open_device
from offline_db.case_list import CaseFilter

PAPERS = int(os.environ.get("PRINTS", "300"))
MOST = 2.5
"""So many times the bare loop's time at most."""
PEER = 15
"""Strips of the bare loop, before and after."""
pytestmark = pytest.mark.timeout(1200)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    world = DemoWorld(tmp_path / "world", SystemClock())
    with print_room(qtbot, qapp, tmp_path, world) as made:
        yield made


def bare(room: Room, printer: StripPrinter, papers: list[BatchPaper], name: str) -> float:
    """Seconds a strip of the driver alone."""
    device = open_device("escpos+tcp://{}:{}".format(*printer.address))
    device.open().unwrap()
    now = room.parts.clock.now()
    began = time.perf_counter()
    for paper in papers:
        job = PrintJob(name, paper.number, "受理通知书", "receipt_printer", "80mm", now, case_id=paper.case_id)
        strip = room.parts.papers.strip_of(room.parts.papers.remake(job), 576)
        assert device.print_picture(strip, f"{name} {paper.number}").ok  # type: ignore[attr-defined]
    return (time.perf_counter() - began) / len(papers)


def test_papers_a_minute(room: Room, tmp_path: Path) -> None:
    room.begin("receipt_printer")
    many(room.parts, PAPERS)
    batch = room.batch._service
    papers = batch.papers(room.parts.store.list_cases(CaseFilter()))[-PAPERS:]
    peer = StripPrinter(tmp_path / "bare")
    peer.start()
    # Before and after: other work on the machine comes and goes within minutes.
    before = bare(room, peer, papers[:PEER], "before")
    began = time.perf_counter()
    room.batch._begin(lambda: batch.start("一批", papers, PrintTarget("receipt_printer", "80mm")))
    room.qtbot.waitUntil(
        lambda: room.batch.progress is not None and room.batch.progress.printed == PAPERS, timeout=900_000
    )
    each = (time.perf_counter() - began) / PAPERS
    assert room.printed("receipt_printer") == PAPERS
    alone = (before + bare(room, peer, papers[-PEER:], "after")) / 2
    peer.stop()
    print(f"\n{PAPERS} strips: {60 / each:.0f} a minute, a bare loop {60 / alone:.0f}; {each / alone:.2f} times")
    assert each < MOST * alone
