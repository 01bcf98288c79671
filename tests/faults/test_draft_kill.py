"""kill -9 while a clerk types: the next start offers the visit, with at least what was promised to be on the disk."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.domain.person import mask_name
from app.presenters.screen import Screen
from widgets.dialogs.parked import LeftDialog

ROOT = Path(__file__).parents[2]


def killed_after(folder: Path, saves: int) -> int:
    """Let a window work until it has promised so many saves, kill it; the number of the last promise."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.draft_worker", str(folder)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        last = -1
        while last < saves:
            line = process.stdout.readline()
            assert line, "the window ended by itself"
            if line.startswith("saved"):
                last = int(line.split()[1])
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read()
    return max([last, *(int(number) for number in re.findall(r"saved (\d+)", rest))])


def test_the_next_start_offers_what_was_in_hand(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    promised = killed_after(folder, 3)
    for plain in (*folder.glob("store.db*"), *folder.glob("vault/??/*")):
        data = plain.read_bytes()
        assert "𠮷祥㛃".encode() not in data, plain
        assert b"zhang" not in data.lower()
    with open_demo(folder, load_scenario("open-a-barber-shop"), out=tmp_path) as station:
        screen = Screen(station)
        screen.window.show()
        screen.start()
        try:
            qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LeftDialog), timeout=15000)
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, LeftDialog)
            (left,) = station.services.drafts.listed()
            said = "\n".join(label.text() for label in dialog.findChildren(QLabel))
            assert left.who == mask_name(left.who[:1] + "*" * (len(left.who) - 1))
            assert left.who in said
            assert station.catalog.bundles["open-a-barber-shop"].name in said
            assert f"已填 {left.filled}/{left.asked}" in said
            assert "演示员" in said
            dialog.resumed.emit()
            dialog.accept()
            qtbot.waitUntil(lambda: not screen.desk.visit.empty, timeout=5000)
            values = screen.desk.visit.form.values()
            number = int(values["business.name"].removeprefix("𠮷祥㛃"))
            assert number >= promised
            assert values["applicant.phone"] == f"138{number}"
            assert screen.desk.visit.card is not None
        finally:
            screen.close()
