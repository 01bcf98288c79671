"""The signing surface: one pointer at a time, palms, undo and redo; what is written can be written down."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from test_customer_screen import pen

from app.domain.ink import THICK, THIN, document, from_document, smooth
from app.domain.signature import Point, Signature
from widgets.customer.pad import SignaturePad
from widgets.dialogs.sign_here import SignHereDialog


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def by_mouse(pad: SignaturePad, x: int = 40) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(x, 60))  # type: ignore[call-overload]
    for n in range(1, 9):
        QTest.mouseMove(pad, QPoint(x + 8 * n, 60 + 6 * n))  # type: ignore[call-overload]
    QTest.mouseRelease(pad, left, pos=QPoint(x + 72, 110))  # type: ignore[call-overload]


def test_strokes_are_taken_back_and_put_back(pad: SignaturePad) -> None:
    by_mouse(pad)
    by_mouse(pad, 200)
    both = pad.signature().strokes
    pad.undo()
    assert (pad.signature().strokes, pad.can_redo) == (both[:1], True)
    pad.redo()
    assert pad.signature().strokes == both
    pad.undo()
    by_mouse(pad, 300)
    assert not pad.can_redo, "what was written since cannot be joined with it"
    pad.clear()
    assert (pad.can_undo, pad.can_redo, pad.signature().strokes) == (False, False, ())


def test_while_one_writes_no_other_pointer_does(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletPress, 50, 100, 0.4)
    by_mouse(pad)
    pen(pad, QEvent.Type.TabletMove, 80, 90, 0.6)
    pen(pad, QEvent.Type.TabletRelease, 80, 90, 0)
    signature = pad.signature()
    assert [[p.x for p in stroke] for stroke in signature.strokes] == [[50.0, 80.0]]
    assert signature.tool == "pen"
    assert signature.dpi > 0


def touch(pad: SignaturePad, kind: QEvent.Type, *points: tuple[int, float, float, float]) -> None:
    """Fingers as Qt hands them over: id, x, y, how wide they are."""
    from PyQt6.QtGui import QEventPoint

    class Finger:
        def __init__(self, number: int, x: float, y: float, wide: float) -> None:
            self.number, self.at, self.wide = number, QPointF(x, y), wide

        def id(self) -> int:
            return self.number

        def position(self) -> QPointF:
            return self.at

        def ellipseDiameters(self) -> object:
            from PyQt6.QtCore import QSizeF

            return QSizeF(self.wide, self.wide)

        def state(self) -> QEventPoint.State:
            return {
                QEvent.Type.TouchBegin: QEventPoint.State.Pressed,
                QEvent.Type.TouchUpdate: QEventPoint.State.Updated,
                QEvent.Type.TouchEnd: QEventPoint.State.Released,
            }[kind]

    class Event:
        def type(self) -> QEvent.Type:
            return kind

        def points(self) -> list[Finger]:
            return [Finger(*point) for point in points]

    pad._touch(Event())  # type: ignore[arg-type]


def test_a_finger_writes_a_second_and_a_palm_do_not(pad: SignaturePad) -> None:
    touch(pad, QEvent.Type.TouchBegin, (1, 50, 50, 8), (2, 300, 150, 8))
    touch(pad, QEvent.Type.TouchUpdate, (1, 90, 60, 8), (2, 310, 150, 8))
    touch(pad, QEvent.Type.TouchEnd, (1, 90, 60, 8), (2, 310, 150, 8))
    assert [[p.x for p in stroke] for stroke in pad.signature().strokes] == [[50.0, 90.0]]
    assert pad.signature().tool == "touch"
    pad.clear()
    touch(pad, QEvent.Type.TouchBegin, (3, 50, 50, 400))
    touch(pad, QEvent.Type.TouchEnd, (3, 50, 50, 400))
    assert pad.signature().strokes == ()


def test_a_hand_that_came_before_its_pen_is_taken_back(pad: SignaturePad) -> None:
    touch(pad, QEvent.Type.TouchBegin, (1, 300, 150, 8))
    touch(pad, QEvent.Type.TouchUpdate, (1, 305, 152, 8))
    pen(pad, QEvent.Type.TabletPress, 50, 100, 0.4)
    touch(pad, QEvent.Type.TouchEnd, (1, 305, 152, 8))
    touch(pad, QEvent.Type.TouchBegin, (2, 400, 150, 8))
    pen(pad, QEvent.Type.TabletRelease, 50, 100, 0)
    touch(pad, QEvent.Type.TouchBegin, (4, 400, 150, 8))
    assert [[p.x for p in stroke] for stroke in pad.signature().strokes] == [[50.0]]


def test_the_line_is_smooth_and_as_wide_as_it_was_pressed() -> None:
    stroke = tuple(Point(20.0 * n, 100.0 - 50 * (n % 2), 0.1 if n < 5 else 1.0, 10 * n) for n in range(10))
    line = smooth(stroke)
    assert len(line) > 5 * len(stroke)
    assert (line[0][:2], line[-1][:2]) == ((0.0, 50.0 + 50), (180.0, 50.0))
    widths = [width for _, _, width in line]
    assert THIN < widths[0] < 2 < 4 < widths[-1] <= THICK
    assert max(abs(a - b) for a, b in pairwise(widths)) < 0.5, "no jumps"
    assert len(smooth(stroke[:1])) == 1
    assert smooth(()) == ()


def test_it_is_written_down_and_read_back() -> None:
    stroke = tuple(Point(1.5 * n, 2.0 * n, 0.125, 8 * n) for n in range(6))
    for tool in ("pen", "touch", "mouse", ""):
        pressure = 0.125 if tool in ("pen", "") else 0.5
        same = tuple(Point(p.x, p.y, pressure, p.ms) for p in stroke)
        signature = Signature((same, same[:1]), 640, 200, tool, 101.6)
        written = json.loads(json.dumps(document(signature)))
        assert ("F" in written["channels"]) is (tool in ("pen", "")), "a mouse's pressure is nobody's"
        assert from_document(written) == signature
    for broken in (
        {},
        {**written, "version": 9},
        {**written, "samples": [[1, 2, 3, 1]]},
        {**written, "samples": [[1]]},
    ):
        with pytest.raises(ValueError, match=r".+"):
            from_document(broken)


def test_on_the_clerk_s_screen_it_is_worked_by_keys_too(qtbot: QtBot) -> None:
    dialog = SignHereDialog("送达回证", "本人已阅，签字确认。")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    pad, given, refused = dialog.page.panel.pad, [], []
    dialog.signed.connect(given.append)
    dialog.refused.connect(lambda: refused.append(1))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not given, "an empty pad is no signature"
    by_mouse(pad)
    by_mouse(pad, 200)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(dialog, Qt.Key.Key_Z, control)
    assert pad.can_redo
    QTest.keyClick(dialog, Qt.Key.Key_Y, control)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert len(given) == 1
    assert (dialog.isVisible(), refused) == (False, [])
    again = SignHereDialog("送达回证", "本人已阅，签字确认。")
    qtbot.addWidget(again)
    again.refused.connect(lambda: refused.append(2))
    again.show()
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert refused == [2]
    assert again.findChild(QPushButton, "paper_sign") is not None
    assert QApplication.activeModalWidget() is None
