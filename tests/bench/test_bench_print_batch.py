"""A batch through the print desk, beside the bare driver that sends the same strips to the same emulated printer.

PRINTS=300 is the size of the issue and the default; strips are made from their cases while others print. What the desk
adds a paper (two commits, reading the case, drawing the strip) is told in milliseconds.
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
from app.domain.printing import PrintTarget
from app.services.print_papers import Sheet
from devices.registry import open_device
from offline_db.case_list import CaseFilter

PAPERS = int(os.environ.get("PRINTS", "300"))
MOST = 12.0
"""So many times the bare driver's time at most: an emulator takes a strip in a millisecond, a printer in seconds."""
pytestmark = pytest.mark.timeout(1200)


@pytest.fixture
def room(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    world = DemoWorld(tmp_path / "world", SystemClock())
    with print_room(qtbot, qapp, tmp_path, world) as made:
        yield made


def bare(printer: StripPrinter, sheets: list[Sheet]) -> float:
    """Seconds of the driver alone."""
    device = open_device("escpos+tcp://{}:{}".format(*printer.address))
    device.open().unwrap()
    began = time.perf_counter()
    for n, sheet in enumerate(sheets):
        assert device.print_picture(sheet.strip, f"bare-{n}").ok  # type: ignore[attr-defined]
    return time.perf_counter() - began


def test_papers_a_minute(room: Room, tmp_path: Path) -> None:
    room.begin("receipt_printer")
    many(room.parts, PAPERS)
    batch = room.batch._service
    papers = batch.papers(room.parts.store.list_cases(CaseFilter()))[-PAPERS:]
    began = time.perf_counter()
    room.batch._begin(lambda: batch.start("一批", papers, PrintTarget("receipt_printer", "80mm")))
    room.qtbot.waitUntil(
        lambda: room.batch.progress is not None and room.batch.progress.printed == PAPERS, timeout=600_000
    )
    whole = time.perf_counter() - began
    assert room.printed("receipt_printer") == PAPERS
    jobs = room.parts.store.batch_jobs(room.batch._batch_id)
    sheets = [room.parts.papers.sheet(job) for job in jobs[: min(PAPERS, 60)]]
    peer = StripPrinter(tmp_path / "bare")
    peer.start()
    alone = bare(peer, sheets) / len(sheets) * PAPERS
    peer.stop()
    print(
        f"\n{PAPERS} strips: {PAPERS / whole * 60:.0f} a minute, bare driver {PAPERS / alone * 60:.0f}; "
        f"{(whole - alone) / PAPERS * 1000:.1f} ms a paper more, {whole / alone:.1f} times"
    )
    assert whole < MOST * alone
