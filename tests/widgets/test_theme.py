"""Theme and scale at run time: everything follows, nothing is lost."""

from __future__ import annotations

import gc
import lzma
from collections.abc import Iterator
from pathlib import Path

import form_samples as fs
import gallery
import numpy as np
import pytest
import widget_samples as s
from PyQt6 import sip
from PyQt6.QtCore import QEvent, QRect, QSize
from PyQt6.QtGui import QColor, QImage, QInputMethodEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import resources
from widgets.actions import actions
from widgets.bits import button, set_icon
from widgets.dialogs.paper import PaperPreviewDialog
from widgets.form_panel import FormPanel
from widgets.header import Header
from widgets.icons import icon
from widgets.lines import Lines
from widgets.look import Look, colours, look, px
from widgets.status import StatusBar
from widgets.theme import FAMILY_OF, own_fonts, scale_to, set_look, system_theme
from widgets.tokens import PALETTES
from widgets.views import LightView
from widgets.watermark import Watermark
from widgets.window import LEAST, MainWindow

Place = tuple[QRect, QSize]
PLACE = "李敏  A03  11-21 10:32"


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    # What earlier tests let go would be restyled as well.
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    yield
    for window in qapp.topLevelWidgets():
        window.close()
        window.deleteLater()
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if look() != Look():
        set_look(qapp, Look())


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def filled(qtbot: QtBot, state: str) -> MainWindow:
    window = gallery.new_window()
    qtbot.addWidget(window)
    window.resize(1900, 1030)
    window.show()
    gallery.STATES[state](window)
    settle()
    return window


def places(window: QWidget) -> dict[str, Place]:
    """Where every named widget on show stands, and how small it may get."""
    return {
        f"{widget.objectName()} {number}": (
            QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()),
            widget.minimumSize(),
        )
        for number, widget in enumerate(window.findChildren(QWidget))
        if widget.objectName() and widget.isVisible() and not widget.objectName().startswith("qt_")
    }


def apart(now: dict[str, Place], then: dict[str, Place]) -> list[str]:
    """What stands elsewhere, by more than rounding explains, or has another smallest size."""
    found = []
    for name, (where, least) in now.items():
        there, smallest = then.get(name, (QRect(), QSize()))
        sides = (where.left() - there.left(), where.top() - there.top(), where.width() - there.width())
        if least != smallest or max(map(abs, (*sides, where.height() - there.height()))) > 6:
            found.append(f"{name}: {where} {least}, before {there} {smallest}")
    return found


def grey(picture: QImage) -> np.ndarray:
    """How light each pixel is, 0 … 255."""
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    bits = plain.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asarray(plain.sizeInBytes()), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width()].astype(int)


def average(picture: QImage) -> float:
    return float(grey(picture).mean())


@pytest.mark.parametrize("state", ["6-filling", "3b-guiding"])
def test_a_scale_taken_later_looks_as_if_it_had_been_there_from_the_start(
    qtbot: QtBot, qapp: QApplication, state: str
) -> None:
    set_look(qapp, Look(scale=1.5))
    born = places(filled(qtbot, state))
    set_look(qapp, Look())
    grown = filled(qtbot, state)
    before = places(grown)
    set_look(qapp, Look(scale=1.5))
    settle()
    assert apart(places(grown), born) == []
    set_look(qapp, Look())
    settle()
    assert apart(places(grown), before) == []


def test_measures_come_back_exactly_from_every_scale(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setFixedSize(37, 81)
    for scale in (1.1, 1.75, 1.25, 2.0, 1.5, 1.0):
        scale_to(widget, scale)
    assert widget.minimumSize() == widget.maximumSize() == QSize(37, 81)


def test_a_look_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="pink"):
        Look("pink")
    with pytest.raises(ValueError, match=r"0\.9"):
        Look(scale=0.9)


def test_a_widget_that_goes_while_others_follow_brings_nothing_down(qtbot: QtBot, qapp: QApplication) -> None:
    class Shy(QWidget):
        """Takes others away at once when the look changes, as a collector that runs just then does."""

        def look_changed(self) -> None:
            gone.append(len(others))
            for other in others:
                sip.delete(other)
            others.clear()

    gone: list[int] = []
    others: list[QWidget] = [QComboBox() for _ in range(200)]  # each with parts that Qt makes by itself
    for other in others:
        other.show()
    shy = [Shy(), Shy()]
    others += [QComboBox() for _ in range(200)]
    set_look(qapp, Look(scale=1.25))
    assert sorted(gone) == [0, 400]
    assert len(shy) == 2


def test_hairlines_keep_a_pixel() -> None:
    assert [Look(scale=1.25).px(n) for n in (0, 1, 12)] == [0, 1, 15]


def _has(picture: QImage, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    return any(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_icons_change_colour_where_they_are(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    sign = QLabel()
    press = button("查")
    press.setIcon(icon("search", "error"))
    for widget in (sign, press):
        qtbot.addWidget(widget)
        widget.show()
    set_icon(sign, "licence", "error", 20)
    assert _has(sign.grab().toImage(), colours().error)
    set_look(qapp, Look(theme))
    for widget in (sign, press):
        picture = widget.grab().toImage()
        assert _has(picture, PALETTES[theme].error)
        assert not _has(picture, PALETTES["light"].error)


@pytest.mark.parametrize("theme", PALETTES)
def test_papers_stay_white(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    set_look(qapp, Look(theme))
    dialog = PaperPreviewDialog()
    qtbot.addWidget(dialog)
    dialog.set_pages([s.paper_page()])
    dialog.show()
    settle()
    sheet = dialog.findChild(QWidget, "sheet_0")
    assert sheet is not None
    assert average(sheet.grab().toImage()) > 230
    assert (average(dialog.grab(QRect(0, 0, 20, 20)).toImage()) > 128) is (theme == "light")


def test_a_dark_window_is_dark_everywhere(qtbot: QtBot, qapp: QApplication) -> None:
    """No part keeps a light ground of its own: what was white before is dark now."""
    window = filled(qtbot, "7-wrong")
    window.set_demo(False)
    set_look(qapp, Look("dark"))
    settle()
    for name in ("who", "form", "materials", "status", "header", "steps", "notice"):
        part = window.findChild(QWidget, name)
        assert part is not None, name
        assert average(part.grab().toImage()) < 90, name


def test_a_composition_survives_facts_repaint_and_theme(
    qapp: QApplication, window: MainWindow, form: FormPanel
) -> None:
    form.focus_field("business.name")
    line = form.field_editor("business.name")
    assert isinstance(line, QLineEdit)
    QApplication.sendEvent(line, QInputMethodEvent("吉祥", []))
    assert line.composing
    form.set_states(fs.filled_states(typed=True))  # facts arrive, one for this very field
    form.set_problems(fs.problems(fs.filled_states()))
    window.repaint()
    set_look(qapp, Look("dark", 1.25))
    settle()
    assert line.composing
    assert line.hasFocus()
    commit = QInputMethodEvent("", [])
    commit.setCommitString("吉祥𬭚")
    QApplication.sendEvent(line, commit)
    assert line.text() == "吉祥𬭚"


@pytest.mark.parametrize("key", [a.key for a in actions() if a.id in ("theme", "larger", "reveal", "help", "check")])
def test_keys_pressed_during_a_composition_lose_no_text(
    qtbot: QtBot, window: MainWindow, form: FormPanel, key: str
) -> None:
    form.focus_field("business.name")
    line = form.field_editor("business.name")
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "ab")
    QApplication.sendEvent(line, QInputMethodEvent("li", []))
    window._trigger(next(a.id for a in actions() if a.key == key))
    assert line.composing
    commit = QInputMethodEvent("", [])
    commit.setCommitString("理")
    QApplication.sendEvent(line, commit)
    assert line.text() == "ab理"
    with qtbot.waitSignal(form.edited) as told:
        form.commit()
    assert told.args == ["business.name", "ab理"]


def test_what_folds_gives_its_room_and_comes_back(qtbot: QtBot, qapp: QApplication) -> None:
    window = filled(qtbot, "8-materials")
    band = window.findChild(QWidget, "header")
    assert band is not None
    assert band.isVisible()
    window.resize(LEAST)
    settle()
    assert window.size() == LEAST
    assert band.isHidden()
    assert window.who.findChild(QWidget, "photo").isHidden()
    assert window.preview.isVisible()  # a live picture is never folded away
    window.preview.clear()
    assert window.preview.isHidden()
    window.resize(1366, 728)
    settle()
    assert band.isVisible()
    assert window.preview.isVisible()


def test_ready_devices_say_so_by_their_sign_alone_where_room_lacks(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.set_light(LightView("reader", "读卡器", "ok"))
    bar.set_light(LightView("printer", "打印机", "warning", words="缺纸"))
    bar.set_folded(True)
    assert (bar.light_words("reader"), bar.light_words("printer")) == ("读卡器", "打印机 缺纸")
    lamp = bar.findChild(QPushButton, "light_reader")
    assert lamp is not None
    assert lamp.accessibleName() == "读卡器 就绪"
    bar.set_folded(False)
    assert bar.light_words("reader") == "读卡器 就绪"


@pytest.mark.parametrize("late", [False, True], ids=["from the start", "later"])
def test_columns_that_were_given_widths_follow_the_scale(qtbot: QtBot, qapp: QApplication, late: bool) -> None:
    if not late:
        set_look(qapp, Look(scale=1.5))
    table = Lines("lines", "清单", ("时间", "事项", "状态"), (96, 100, 70), 1)
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    if late:
        set_look(qapp, Look(scale=1.5))
    head = table.horizontalHeader()
    assert head is not None
    assert [head.sectionSize(n) for n in (0, 2)] == [144, 105]
    set_look(qapp, Look())
    assert [head.sectionSize(n) for n in (0, 2)] == [96, 70]


def test_the_watermark_says_whose_screen_it_is(qtbot: QtBot, qapp: QApplication) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    mark = window.findChild(Watermark)
    assert mark is not None
    assert mark.isHidden()
    bare = window.grab().toImage()
    window.set_watermark(PLACE)
    assert mark.accessibleDescription() == PLACE
    drawn = window.grab().toImage()
    assert drawn != bare
    window.set_demo(True)
    assert mark.words == f"演示 · 不得用于真实业务  {PLACE}"
    assert window.grab().toImage() != drawn
    window.set_demo(False)
    window.set_watermark("")
    assert mark.isHidden()


@pytest.mark.parametrize("theme", PALETTES)
def test_the_watermark_is_faint(qtbot: QtBot, qapp: QApplication, theme: str) -> None:
    """Seen on a photograph, never in the way: no pixel moves by more than a tenth."""
    set_look(qapp, Look(theme))
    window = filled(qtbot, "6-filling")
    window.set_demo(False)
    window.set_watermark("")
    settle()
    bare = window.grab().toImage()
    window.set_demo(True)
    window.set_watermark(PLACE)
    window.header.set_demo(False)
    marked = window.grab().toImage()
    moved = np.abs(grey(bare) - grey(marked)).max()
    assert 0 < moved <= 28


def test_every_action_has_its_icon() -> None:
    for action in actions():
        assert resources.path(f"icons/{action.icon}.svg").is_file(), action.id
    assert "GPL-3.0-or-later" in resources.path("icons/README.md").read_text(encoding="utf-8")


def test_the_system_decides_until_something_is_chosen(qapp: QApplication) -> None:
    assert system_theme(qapp) in ("light", "dark")


def test_fonts_of_our_own_are_loaded_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("a.ttf", "README.md"):
        (tmp_path / name).write_bytes(b"")
    loaded: list[str] = []
    monkeypatch.setattr("widgets.theme.resources.path", lambda _: tmp_path)
    monkeypatch.setattr("widgets.theme.QFontDatabase.addApplicationFont", loaded.append)
    qapp.setProperty("own_fonts", None)
    own_fonts(qapp)
    own_fonts(qapp)
    assert loaded == [str(tmp_path / "a.ttf")]


def test_fonts_that_the_system_has_are_not_read_again(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("LXGWWenKai-Regular.ttf", "LXGWWenKai-Bold.ttf", "HanaMinA.ttf", "wqy-microhei.ttc"):
        (tmp_path / name).write_bytes(b"")
    loaded: list[str] = []
    there = ["WenQuanYi Micro Hei"]

    def load(file: str) -> None:
        loaded.append(Path(file).name)
        there.append("LXGW WenKai")  # from now on Qt knows this family, of which half is not loaded yet

    monkeypatch.setattr("widgets.theme.resources.path", lambda _: tmp_path)
    monkeypatch.setattr("widgets.theme.QFontDatabase.addApplicationFont", load)
    monkeypatch.setattr("widgets.theme.QFontDatabase.families", lambda *_: list(there))
    qapp.setProperty("own_fonts", None)
    own_fonts(qapp)
    assert loaded == ["HanaMinA.ttf", "LXGWWenKai-Bold.ttf", "LXGWWenKai-Regular.ttf"]


@pytest.mark.parametrize(("there", "read"), [([], [b"font"]), (["Noto Sans CJK SC"], [])], ids=["none", "Noto"])
def test_a_packed_font_is_read_where_the_system_writes_no_chinese(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: list[str], read: list[bytes]
) -> None:
    (tmp_path / "LXGWWenKai-Regular.ttf.xz").write_bytes(lzma.compress(b"font"))
    loaded: list[bytes] = []
    monkeypatch.setattr("widgets.theme.resources.path", lambda _: tmp_path)
    monkeypatch.setattr("widgets.theme.QFontDatabase.families", lambda *_: list(there))
    monkeypatch.setattr(
        "widgets.theme.QFontDatabase.addApplicationFontFromData", lambda data: loaded.append(bytes(data))
    )
    qapp.setProperty("own_fonts", None)
    own_fonts(qapp)
    assert loaded == read


def test_the_fonts_named_are_those_of_the_papers() -> None:
    named = resources.path("documents/fonts.yaml").read_text(encoding="utf-8")
    assert all(f"file: {file}" in named for file in FAMILY_OF)


def test_painted_parts_measure_at_the_scale_in_force(qtbot: QtBot, qapp: QApplication) -> None:
    header = Header()
    qtbot.addWidget(header)
    step = header.findChild(QWidget, "step_check")
    assert step is not None
    small = step.sizeHint()
    set_look(qapp, Look(scale=2.0))
    assert step.sizeHint().height() == 2 * small.height()
    assert px(12) == 24
    press = QPushButton()
    qtbot.addWidget(press)
    press.setIcon(icon("camera"))
    press.setText("拍")
    press.show()
    assert press.iconSize().width() == 32
