"""Keys of a scanner and of a person in one window: Qt's own events, and the X server's under Xvfb."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.workers.wedge_keys import WedgeKeys
from devices.drivers.entry.scanner_wedge import WedgeScanner, open_driver
from devices.outcome import Outcome

CODE = "https://zz.example/c?i=91330106MA2B0XYZ12&T=8f_A"
WAIT = 20_000


class Form(QWidget):
    """A field in focus, and a button with a bare digit as its key, as our dialogs have."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.chosen = QLineEdit(), 0
        self.choice = choice = QPushButton("9")
        choice.setShortcut("9")
        choice.clicked.connect(self._choose)
        whole = QVBoxLayout(self)
        whole.addWidget(self.line)
        whole.addWidget(choice)
        self.line.setFocus()

    def _choose(self) -> None:
        self.chosen += 1


@pytest.fixture
def scanner() -> WedgeScanner:
    made = open_driver("wedge:")
    assert isinstance(made, WedgeScanner)
    made.open()
    return made


@pytest.fixture
def form(qtbot: QtBot, scanner: WedgeScanner) -> Iterator[Form]:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.line.hasFocus, timeout=WAIT)
    keys = WedgeKeys([scanner])
    yield made
    keys.close()


def type_in(form: Form, text: str) -> None:
    """As fast as the machine goes: a scanner without an intercharacter delay."""
    for char in text:
        if char == "\r":
            QTest.keyClick(form.line, Qt.Key.Key_Return)  # type: ignore[call-overload]
        else:
            QTest.keyClick(form.line, char)  # type: ignore[call-overload]


def test_a_code_goes_to_the_scanner_and_into_no_field(qtbot: QtBot, form: Form, scanner: WedgeScanner) -> None:
    if QGuiApplication.platformName() == "xcb":
        pytest.skip("there the keys come from the server")
    type_in(form, CODE + "\r")
    qtbot.waitUntil(lambda: not scanner.timing.holding, timeout=WAIT)
    assert scanner.read_code(1).unwrap().text == CODE
    assert (form.line.text(), form.chosen) == ("", 0)


def test_typing_lands_and_reaches_shortcuts(qtbot: QtBot, form: Form, scanner: WedgeScanner) -> None:
    if QGuiApplication.platformName() == "xcb":
        pytest.skip("there the keys come from the server")
    for char in "wang-J":
        type_in(form, char)
        qtbot.waitUntil(lambda: not scanner.timing.holding, timeout=WAIT)
    assert form.line.text() == "wang-J"
    form.choice.setFocus()  # a field would take the digit itself
    QTest.keyClick(form.choice, "9")  # type: ignore[call-overload]
    qtbot.waitUntil(lambda: form.chosen == 1, timeout=WAIT)
    assert form.line.text() == "wang-J"
    assert scanner.read_code(0.05).outcome is Outcome.NOT_PRESENT


def test_what_is_typed_right_after_a_held_key_does_not_overtake_it(
    qtbot: QtBot, form: Form, scanner: WedgeScanner
) -> None:
    if QGuiApplication.platformName() == "xcb":
        pytest.skip("there the keys come from the server")
    type_in(form, "ab")
    QTest.keyClick(form.line, Qt.Key.Key_Backspace)  # type: ignore[call-overload]
    qtbot.waitUntil(lambda: form.line.text() == "a", timeout=WAIT)


def test_nothing_is_held_while_the_scanner_is_closed(form: Form, scanner: WedgeScanner) -> None:
    scanner.close()
    type_in(form, "x" * 20)
    if QGuiApplication.platformName() != "xcb":
        assert form.line.text() == "x" * 20


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, timeout=60)


@pytest.mark.x11
@pytest.mark.skipif(shutil.which("xdotool") is None, reason="no xdotool")
def test_on_x11_codes_are_caught_and_typing_goes_on_its_way(qtbot: QtBot, form: Form, scanner: WedgeScanner) -> None:
    xdotool("type", "--delay", "4", CODE + "\r")
    qtbot.waitUntil(lambda: scanner.timing.holding, timeout=WAIT)
    qtbot.waitUntil(lambda: not scanner.timing.holding, timeout=WAIT)
    assert scanner.read_code(1).unwrap().text == CODE
    assert (form.line.text(), form.chosen) == ("", 0)
    xdotool("type", "--delay", "70", "Zhang 8")
    qtbot.waitUntil(lambda: form.line.text() == "Zhang 8", timeout=WAIT)
    xdotool("key", "BackSpace")
    qtbot.waitUntil(lambda: form.line.text() == "Zhang ", timeout=WAIT)
    form.choice.setFocus()  # a field would take the digit itself
    xdotool("type", "9")
    qtbot.waitUntil(lambda: form.chosen == 1, timeout=WAIT)
    assert scanner.read_code(0.05).outcome is Outcome.NOT_PRESENT
