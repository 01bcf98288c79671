"""An e-licence file on the whole window: by its key, and among a material's files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from demo_screen import demo_screen, press
from ofd_kit import Firm, business_licence, pack, sealed
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.fact import Verdict
from app.domain.licence import CodeKind

SHOTS = os.environ.get("OFD_SHOTS")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_opened_by_its_key_and_among_a_materials_files(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = business_licence(Firm(person="张伟"))
    plain, signed = tmp_path / "plain.ofd", tmp_path / "sealed.ofd"
    plain.write_bytes(pack(files))
    signed.write_bytes(pack(sealed(files)))
    with demo_screen(qapp, tmp_path / "profile", tmp_path) as screen:
        qtbot.waitUntil(screen.window.isActiveWindow, timeout=30_000)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(plain), ""))
        with qtbot.waitSignal(screen.ofd.opened, timeout=60_000):
            press(Qt.Key.Key_O, CTRL_SHIFT)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(signed), ""))
        with qtbot.waitSignal(screen.ofd.opened, timeout=60_000):
            screen.window.materials.file_requested.emit("floor_plan")
        first, second = (entry.reading for entry in screen.desk.visit.licences)
        assert (first.kind, first.verdict) == (CodeKind.OFD_FILE, Verdict.CAPTURED_UNVERIFIED)
        # The demo's list names no roots of seals: a seal by itself proves nothing.
        assert (second.verdict, second.issuer) == (Verdict.INVALID, None)
        assert "不是信任名单内的机构签发的" in second.reason
        if SHOTS:
            qtbot.wait(800)
            screen.window.grab().save(f"{SHOTS}/window.png")
        press(Qt.Key.Key_E, CTRL_SHIFT)
        qtbot.waitUntil(screen.licence_detail.dialog.isVisible, timeout=30_000)
        assert screen.licence_detail.dialog._sheet.isVisible()
        if SHOTS:
            screen.licence_detail.dialog.grab().save(f"{SHOTS}/detail.png")
        screen.licence_detail.dialog.reject()
