"""The citizen's screen by itself: pen, finger and mouse; pages; a question that asks for no answer in particular."""

from __future__ import annotations

import customer_samples as c
import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.signature import Signature
from widgets.bits import ElidedLabel
from widgets.customer.confirm import LINES
from widgets.customer.pad import SignaturePad
from widgets.customer.screen import WINDOWED, CustomerScreen

SMALLEST_TARGET = 44


@pytest.fixture
def screen(qtbot: QtBot) -> CustomerScreen:
    made = CustomerScreen("湖州市政务服务中心", "A03 综合窗口")
    qtbot.addWidget(made)
    made.place(None)
    qtbot.waitUntil(made.isVisible)
    return made


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad()
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def pen(pad: SignaturePad, kind: QEvent.Type, x: float, y: float, pressure: float) -> None:
    device = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
        "",
        QPointingDeviceUniqueId(),
    )
    at, left, none = QPointF(x, y), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(pad, QTabletEvent(kind, device, at, at, pressure, 0, 0, 0, 0, 0, none, left, left))


def button(screen: CustomerScreen, name: str) -> QPushButton:
    found = screen.findChild(QPushButton, name)
    assert found is not None
    return found


def click(press: QPushButton) -> None:
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def test_the_pen_gives_pressure_and_time(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletPress, 50, 100, 0.2)
    for n in range(20):
        pen(pad, QEvent.Type.TabletMove, 50 + 10 * n, 100 - n, 0.2 + n / 40)
    pen(pad, QEvent.Type.TabletRelease, 250, 80, 0)
    signature = pad.signature()
    (stroke,) = signature.strokes
    assert signature.enough
    assert [p.pressure for p in stroke[:2]] == [0.2, 0.2]
    assert stroke[-1].pressure == pytest.approx(0.675)
    assert [p.ms for p in stroke] == sorted(p.ms for p in stroke)
    assert (signature.width, signature.height) == (600, 200)


def test_a_pen_that_hovers_leaves_nothing(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletMove, 50, 100, 0.0)
    assert pad.signature().strokes == ()


def test_a_stroke_over_the_edge_stays_on_the_pad(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletPress, 590, 190, 1.5)
    pen(pad, QEvent.Type.TabletMove, 900, -40, 1.5)
    pen(pad, QEvent.Type.TabletRelease, 900, -40, 0)
    last = pad.signature().strokes[0][-1]
    assert (last.x, last.y, last.pressure) == (600, 0, 1.0)


def test_another_size_is_another_pad(pad: SignaturePad) -> None:
    pen(pad, QEvent.Type.TabletPress, 50, 100, 1)
    pen(pad, QEvent.Type.TabletRelease, 50, 100, 1)
    pad.resize(300, 180)
    QApplication.processEvents()
    assert pad.signature().strokes == ()


def test_every_answer_is_shown_once_and_no_page_overflows(screen: CustomerScreen) -> None:
    screen.show_confirm(c.CONFIRM)
    seen: list[str] = []
    for _ in range(screen.confirm.where[1] - 1):
        labels = [label for label in screen.confirm.findChildren(ElidedLabel) if label.isVisibleTo(screen)]
        seen += [label.text() for label in labels if label.property("role") == "citizen"]
        click(button(screen, "citizen_next"))
        QApplication.processEvents()
    assert seen == [answer.value for answer in c.CONFIRM.answers]
    assert (screen.width(), screen.height()) == WINDOWED
    assert LINES < 12


def test_it_is_signed_on_the_last_page_only_once_and_not_empty(screen: CustomerScreen, qtbot: QtBot) -> None:
    given: list[Signature] = []
    screen.signed.connect(given.append)
    screen.show_confirm(c.CONFIRM)
    assert not button(screen, "citizen_sign").isVisible()
    while button(screen, "citizen_next").isVisible():
        click(button(screen, "citizen_next"))
    sign = button(screen, "citizen_sign")
    assert not sign.isEnabled(), "nobody confirms with an empty pad"
    pad = screen.confirm.pad
    for wiped in (True, False):
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))  # type: ignore[call-overload]
        for x in range(60, 300, 20):
            QTest.mouseMove(pad, QPoint(x, 90 + x % 60))  # type: ignore[call-overload]
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(300, 90))  # type: ignore[call-overload]
        assert sign.isEnabled()
        if wiped:
            click(button(screen, "citizen_wipe"))
            assert not sign.isEnabled()
    click(sign)
    click(sign)
    assert len(given) == 1
    assert given[0].enough


def test_no_grade_is_proposed(screen: CustomerScreen) -> None:
    screen.show_rating(c.RATING)
    QApplication.processEvents()
    grades = [screen.rating.grades[n] for n in (5, 4, 3, 2, 1)]
    assert [g.text() for g in grades] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert len({g.height() for g in grades}) == 1
    widths = [g.width() for g in grades]
    assert max(widths) - min(widths) <= 1, "same size but for what does not divide by five"
    assert [g.x() for g in grades] == sorted(g.x() for g in grades)
    looks = {(str(g.property("kind")), g.styleSheet(), g.isDefault(), g.hasFocus(), g.isChecked()) for g in grades}
    assert looks == {("grade", "", False, False, False)}


def test_a_choice_may_be_taken_back_and_is_sent_once(screen: CustomerScreen) -> None:
    given: list[tuple[int, object]] = []
    screen.rated.connect(lambda grade, details: given.append((grade, details)))
    screen.show_rating(c.RATING)
    click(screen.rating.grades[5])
    click(button(screen, "rating_back"))
    click(screen.rating.grades[1])
    click(button(screen, "point_102"))
    assert given == []
    click(screen.rating.send)
    click(screen.rating.send)
    assert given == [(1, ("102",))]


def test_idle_wipes_everything(screen: CustomerScreen) -> None:
    screen.show_serving(c.SERVING)
    screen.show_confirm(c.CONFIRM)
    screen.show_notice(c.NOTICE)
    screen.show_rating(c.RATING)
    screen.show_idle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = "".join(label.text() for label in screen.findChildren(QLabel))
    for secret in ("3305", "13857200011", "理发", "欧", "李敏", "Y03-"):
        assert secret not in left


def test_every_target_fits_a_finger(screen: CustomerScreen) -> None:
    screen.show_confirm(c.CONFIRM)
    seen = 0
    for stage in ("confirm", "rating", "points"):
        if stage == "rating":
            screen.show_rating(c.RATING)
        elif stage == "points":
            click(screen.rating.grades[3])
        QApplication.processEvents()
        for press in screen.findChildren(QPushButton):
            if press.isVisible():
                seen += 1
                assert min(press.width(), press.height()) >= SMALLEST_TARGET, press.objectName()
                assert press.accessibleName()
                assert press.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert seen > 10


@pytest.mark.parametrize("is_open", [True, False])
def test_idle_says_whether_it_serves(screen: CustomerScreen, is_open: bool) -> None:
    screen.show_idle(is_open)
    assert ("暂停服务" in screen.idle.accessibleName()) is not is_open
