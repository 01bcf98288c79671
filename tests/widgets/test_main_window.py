"""The window as a whole: keys, messages, watermark, names."""

from __future__ import annotations

import form_samples as fs
import gallery
import pytest
import widget_samples as s
from PyQt6.QtCore import QPoint, Qt, QTimer
from PyQt6.QtGui import QImage, QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.actions import actions
from widgets.header import StepButton
from widgets.notice import NoticeBar
from widgets.views import LightView, Tone
from widgets.window import MainWindow

KEY = Qt.Key
ACTIONS = [(a.id, a.key) for a in actions() if a.strip]
WITHOUT_BUTTON = [(a.id, a.key) for a in actions() if not a.strip]


def test_the_actions_are_the_agreed_ones() -> None:
    assert [f"{name} {key}" for name, key in ACTIONS] == [
        "help F1",
        "read_card F2",
        "choose_items F3",
        "scan_licence F4",
        "next_field F5",
        "capture F6",
        "check F7",
        "accept F8",
        "outbox F9",
        "next_visitor F12",
    ]
    assert {
        "findings Ctrl+E",
        "field_sources Ctrl+I",
        "next_section Ctrl+Down",
        "previous_section Ctrl+Up",
        "palette Ctrl+K",
        "my_cases Ctrl+J",
        "board F10",
        "messages F11",
        "devices Ctrl+Shift+D",
        "reveal Ctrl+M",
        "theme Ctrl+Shift+T",
        "larger Ctrl+=",
        "smaller Ctrl+-",
        "normal_size Ctrl+0",
        "undo Ctrl+Z",
        "redo Ctrl+Y",
        "park Ctrl+P",
        "parked Ctrl+Shift+P",
        "lock Ctrl+L",
        "serve Ctrl+Shift+S",
        "sign_out Ctrl+Shift+L",
        "clerks Ctrl+Shift+U",
        "switch_camera Ctrl+Shift+C",
        "freeze_picture Ctrl+Shift+F",
        "mirror_picture Ctrl+Shift+X",
        "mute Ctrl+Shift+M",
    } <= {f"{name} {key}" for name, key in WITHOUT_BUTTON}


@pytest.mark.parametrize(("name", "key"), WITHOUT_BUTTON)
def test_keys_without_a_button_reach_the_signal(window: MainWindow, name: str, key: str) -> None:
    told: list[str] = []
    window.action.connect(told.append)
    QTest.keySequence(window, QKeySequence(key))
    assert told == [name]
    assert window.findChild(StepButton, f"step_{name}") is None


@pytest.mark.parametrize(("name", "key"), ACTIONS)
def test_keys_and_buttons_reach_the_signal(window: MainWindow, name: str, key: str) -> None:
    told: list[str] = []
    window.action.connect(told.append)
    pressed = QKeySequence(key)[0]
    QTest.keyClick(window, pressed.key(), pressed.keyboardModifiers())
    step = window.findChild(StepButton, f"step_{name}")
    assert (step is not None) is next(a.strip for a in actions() if a.id == name)
    if step is not None:
        QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert told == [name] * (2 if step else 1)


def test_an_action_without_a_button_is_triggered_by_name(window: MainWindow) -> None:
    told: list[str] = []
    window.action.connect(told.append)
    window.trigger("board")
    window.set_action_enabled("board", False, "先选事项 F3")
    window.trigger("board")
    assert told == ["board"]
    assert window.why_not("board") == "先选事项 F3"
    window.set_action_enabled("board", True, "先选事项 F3")
    assert window.why_not("board") == ""


def test_the_status_bar_says_how_many_messages_are_unread(window: MainWindow) -> None:
    assert window.status.messages_words() == "消息"
    window.status.set_messages(3)
    assert window.status.messages_words() == "消息 3"
    button = window.findChild(QPushButton, "messages_state")
    assert button is not None
    assert button.accessibleName() == "3 条未读消息"
    told: list[str] = []
    window.action.connect(told.append)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == ["messages"]


def test_keys_work_from_within_a_field(window: MainWindow) -> None:
    window.show_form()
    window.form.set_form(fs.barber_form())
    told: list[tuple[str, ...]] = []
    window.form.edited.connect(lambda *given: told.append(given))
    window.action.connect(lambda name: told.append((name,)))
    window.form.focus_field("applicant.phone")
    QTest.keyClicks(window.form.field_editor("applicant.phone"), "138")
    QTest.keyClick(window.form.field_editor("applicant.phone"), KEY.Key_F7)
    assert told == [("applicant.phone", "138"), ("check",)]  # what was typed counts


def test_a_disabled_action_is_dead_and_says_why(window: MainWindow) -> None:
    told: list[str] = []
    window.action.connect(told.append)
    window.set_action_enabled("accept", False, "请先核对")
    QTest.keyClick(window, KEY.Key_F8)
    step = window.findChild(StepButton, "step_accept")
    assert step is not None
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    assert told == []
    assert not window.is_action_enabled("accept")
    assert "请先核对" in step.toolTip()
    window.set_action_enabled("accept", True)
    QTest.keyClick(window, KEY.Key_F8)
    assert told == ["accept"]
    assert "请先核对" not in step.toolTip()
    with pytest.raises(KeyError):
        window.set_action_enabled("no_such", True)


def test_the_current_step_is_marked(window: MainWindow) -> None:
    window.set_step("check")
    assert window.header.current_step() == "check"
    window.set_step("accept")
    assert window.header.current_step() == "accept"
    window.set_step("")
    assert window.header.current_step() == ""


def test_closing_is_told_first(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()


def test_picker_and_form_take_turns(window: MainWindow) -> None:
    window.show_picker()
    assert window.picker.isVisible()
    assert window.picker.search.hasFocus()
    window.show_form()
    assert window.form.isVisible()
    assert not window.picker.isVisible()


def test_errors_stay_and_come_back_from_behind(window: MainWindow) -> None:
    notice = window.notice
    notice.show(Tone.ERROR, "读卡器未连接", "串口打不开。", "请检查接线。")
    assert notice.isVisible()
    assert notice.title() == "读卡器未连接"
    assert notice.words() == "串口打不开。 请检查接线。"
    notice.show(Tone.SUCCESS, "已保存")
    assert notice.title() == "已保存"
    QTest.keyClick(window, KEY.Key_Escape)
    assert notice.title() == "读卡器未连接"
    notice.show(Tone.ERROR, "读卡器未连接", "串口打不开。", "请检查接线。")  # the same again is one message
    QTest.keyClick(window, KEY.Key_Escape)
    assert not notice.isVisible()
    assert notice.title() == ""


def test_good_news_goes_by_itself(qtbot: QtBot) -> None:
    timer = QTimer()
    notice = NoticeBar(timer=timer, fade_ms=60_000)
    qtbot.addWidget(notice)
    notice.show(Tone.ERROR, "打印机缺纸")
    assert not timer.isActive()
    notice.show(Tone.SUCCESS, "受理成功")
    assert timer.isActive()
    timer.timeout.emit()
    assert notice.title() == "打印机缺纸"
    assert not timer.isActive()
    notice.clear()
    assert notice.isHidden()


def test_escape_belongs_to_the_message_first(window: MainWindow) -> None:
    window.show_picker()
    left: list[bool] = []
    window.picker.cancelled.connect(lambda: left.append(True))
    window.notice.show(Tone.WARNING, "相机未连接")
    QTest.keyClick(window.picker.search, KEY.Key_Escape)
    assert window.notice.title() == ""
    assert left == []
    QTest.keyClick(window.picker.search, KEY.Key_Escape)
    assert left == [True]


def test_escape_is_told_when_nobody_wants_it(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.escaped):
        QTest.keyClick(window, KEY.Key_Escape)


def test_the_watermark_covers_all_and_catches_nothing(window: MainWindow) -> None:
    window.set_demo(True)
    mark = window.findChild(QWidget, "watermark")
    assert mark is not None
    assert mark.isVisible()
    assert mark.geometry() == window.rect()
    window.resize(1200, 700)
    QApplication.processEvents()
    assert mark.geometry() == window.rect()
    step = window.findChild(StepButton, "step_help")
    assert step is not None
    where = step.mapTo(window, QPoint(10, 10))
    assert window.childAt(where) is step
    shown = window.grab().toImage()
    window.set_demo(False)
    assert not mark.isVisible()
    assert shown != window.grab().toImage()


def test_lights_say_name_and_state(window: MainWindow) -> None:
    for light in s.LIGHTS_MIXED:
        window.status.set_light(light)
    assert window.status.light_words("id_reader") == "读卡器 使用中"
    assert window.status.light_words("printer") == "打印机 缺纸"
    assert window.status.light_words("receipt") == "小票机 未知"
    window.status.set_light(LightView("printer", "打印机", "ok"))
    assert window.status.light_words("printer") == "打印机 就绪"


def test_every_lamp_has_a_shape_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    """Shape alone must tell: compare the lamps without their colours."""
    from widgets.lamp import Lamp

    shapes = set()
    for state in ("ok", "busy", "warning", "off", "unknown"):
        lamp = Lamp(state)
        qtbot.addWidget(lamp)
        grey = lamp.grab().toImage().convertToFormat(QImage.Format.Format_Alpha8)
        picture = lamp.grab().toImage()
        ground = picture.pixel(0, 0)
        shapes.add(
            tuple(picture.pixel(x, y) != ground for x in range(picture.width()) for y in range(picture.height()))
        )
        assert not grey.isNull()
    assert len(shapes) == 5


def test_lights_and_outbox_can_be_pressed(window: MainWindow, qtbot: QtBot) -> None:
    window.status.set_light(s.LIGHTS[0])
    lamp = window.findChild(QAbstractButton, "light_id_reader")
    outbox = window.findChild(QAbstractButton, "outbox_state")
    assert lamp is not None
    assert outbox is not None
    with qtbot.waitSignal(window.status.light_clicked) as told:
        QTest.mouseClick(lamp, Qt.MouseButton.LeftButton)
    assert told.args == ["id_reader"]
    with qtbot.waitSignals([window.status.outbox_clicked, window.action]):
        QTest.mouseClick(outbox, Qt.MouseButton.LeftButton)


def test_connection_and_outbox_in_words(window: MainWindow) -> None:
    status = window.status
    status.set_connection("offline", "自 10:05 起")
    assert status.connection_words() == "离线，可照常受理　自 10:05 起"
    status.set_connection("online")
    assert status.connection_words() == "在线"
    status.set_connection("checking")
    assert status.connection_words() == "正在检查连接"
    status.set_outbox(3, 1)
    assert status.outbox_words() == "待传 3 · 需处理 1"
    status.set_outbox(0, 0)
    assert status.outbox_words() == "全部已上传"


def nameless(window: MainWindow) -> list[str]:
    """What a keyboard or a screen reader can reach and cannot name."""
    nameless = []
    for widget in window.findChildren(QWidget):
        ours = type(widget).__module__.startswith("widgets.")
        reachable = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton | QLineEdit)
        qts_own = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QLineEdit)
        if not widget.isVisible() or qts_own or isinstance(widget, QLabel):
            continue
        if (ours or reachable) and not (widget.objectName() and widget.accessibleName()):
            nameless.append(f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}")
    return nameless


@pytest.mark.parametrize("state", list(gallery.STATES))
def test_every_state_is_drawn_and_named(window: MainWindow, state: str) -> None:
    before = window.grab().toImage()
    gallery.STATES[state](window)
    QApplication.processEvents()
    assert nameless(window) == []
    picture = window.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5)}
    # A locked window shows its cover alone: a few colours, the watermark among them.
    assert len(colours) > 60 or (state == "c-locked" and len(colours) < 12)
    assert picture != before


def test_a_nameless_widget_would_be_found(window: MainWindow) -> None:
    assert nameless(window) == []
    line = QLineEdit(window)
    line.show()
    assert nameless(window) == ["QLineEdit '' ''"]


@pytest.mark.parametrize("state", ["3-choosing", "7-wrong", "a-offline"])
def test_the_focus_is_visible_wherever_it_is(window: MainWindow, state: str) -> None:
    gallery.STATES[state](window)
    QApplication.processEvents()
    reachable = [
        w
        for w in window.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(reachable) > 5
    desk = window.findChild(QWidget, "desk")
    assert desk is not None
    for widget in reachable:
        desk.setFocus()
        QApplication.processEvents()
        without = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if isinstance(widget, QLineEdit):
            widget.deselect()
        assert widget.grab().toImage() != without, widget.objectName()
