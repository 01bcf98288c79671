"""Who, materials, preview."""

from __future__ import annotations

import form_samples as fs
import pytest
import widget_samples as s
from PyQt6.QtCore import QBuffer, QIODevice, Qt
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.materials import MaterialsPanel
from widgets.preview import PreviewPanel
from widgets.views import MaterialView, PersonView, Tone
from widgets.who import LicenceCard, Photo
from widgets.window import MainWindow

KEY = Qt.Key


def said(panel: MainWindow | LicenceCard | object) -> str:
    """Every word visible in a part."""
    assert hasattr(panel, "findChildren")
    QApplication.processEvents()  # new parts appear with the next layout
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


# -- who ------------------------------------------------------------------------------------------------------


def test_nobody_yet_says_what_to_press(window: MainWindow) -> None:
    words = said(window.who)
    assert "请来访人出示证件" in words
    assert "F2" in words
    assert "F4" in words


def test_waiting_says_what_for_and_how_to_stop(window: MainWindow) -> None:
    window.who.set_waiting("请把身份证放到读卡器上")
    assert "请把身份证放到读卡器上" in said(window.who)
    assert "Esc" in said(window.who)
    assert "F4" not in said(window.who)
    window.who.set_waiting(None)
    assert "请来访人出示证件" in said(window.who)


def test_a_person_is_shown_masked_and_goes(window: MainWindow) -> None:
    window.who.set_person(s.PERSON)
    words = said(window.who)
    assert "沈㛃" in words
    assert "居民身份证" in words
    assert s.PERSON.number in words
    assert fs.ID_NUMBER not in words
    window.who.set_person(PersonView("阿卜杜", "外国人永久居留身份证", "9111**********0024"))
    words = said(window.who)
    assert "沈㛃" not in words
    assert "民族" not in words  # what is empty takes no line
    window.who.set_person(None)
    assert "请来访人出示证件" in said(window.who)


def test_waiting_beside_a_person(window: MainWindow) -> None:
    window.who.set_person(s.PERSON)
    window.who.set_waiting("正在读取，请勿移开证件")
    assert "正在读取，请勿移开证件" in said(window.who)
    assert "沈㛃" in said(window.who)


def test_licences_say_verdict_source_and_holder(window: MainWindow) -> None:
    window.who.set_person(s.PERSON)
    window.who.set_licences(s.LICENCES_BAD)
    cards = window.who.findChildren(LicenceCard)
    assert len(cards) == 3
    QApplication.processEvents()
    assert "签名有效" in said(cards[0])
    assert "离线，信任名单 2026-11-20" in said(cards[0])
    assert "湖州市自然资源和规划局 签发" in said(cards[0])
    assert "同一人" in said(cards[0])
    assert "已过期" in said(cards[1])
    assert "不是同一人！" in said(cards[1])
    assert "未核验" in said(cards[2])
    window.who.set_licences(())
    QApplication.processEvents()
    assert "电子证照" not in said(window.who)


def test_a_licence_before_the_card(window: MainWindow) -> None:
    window.who.set_licences(s.LICENCES)
    assert "尚未读证件" in said(window.who)
    window.who.set_person(s.PERSON)
    assert "尚未读证件" not in said(window.who)


def test_photo_or_placeholder(qtbot: QtBot) -> None:
    photo = Photo()
    qtbot.addWidget(photo)
    photo.set_photo(None)
    blank = photo.grab().toImage()
    photo.set_photo(b"no picture")
    assert photo.grab().toImage() == blank
    picture = QImage(102, 126, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    photo.set_photo(bytes(buffer.data()))
    assert photo.grab().toImage().pixelColor(30, 37) == QColor("#336699")
    assert photo.accessibleName() == "证件照片"


# -- materials ------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(window: MainWindow) -> MaterialsPanel:
    window.materials.set_materials(s.MATERIALS_START)
    window.materials.list.setFocus()
    return window.materials


def test_the_first_that_is_missing_is_selected(panel: MaterialsPanel) -> None:
    assert panel.selected() == "plan"
    QApplication.processEvents()
    assert "消毒间、洗发区与操作区分开" in said(panel)
    assert "已落实 3/6" in said(panel)


def test_keys_act_on_the_selected_material(panel: MaterialsPanel) -> None:
    told: list[tuple[object, ...]] = []
    panel.capture_requested.connect(lambda m: told.append(("capture", m)))
    panel.tolerate_requested.connect(lambda m: told.append(("tolerate", m)))
    panel.promise_requested.connect(lambda m: told.append(("promise", m)))
    panel.drop_requested.connect(lambda m, page: told.append(("drop", m, page)))
    QTest.keyClick(panel.list, KEY.Key_Return)
    for key in (KEY.Key_T, KEY.Key_P, KEY.Key_Delete):
        QTest.keyClick(panel.list, key)
    assert told == [("capture", "plan")]  # not tolerable, no promise, no page
    QTest.keyClick(panel.list, KEY.Key_Down)
    assert panel.selected() == "report"
    QTest.keyClick(panel.list, KEY.Key_T)
    QTest.keyClick(panel.list, KEY.Key_Down)
    QTest.keyClick(panel.list, KEY.Key_P)
    assert told[1:] == [("tolerate", "report"), ("promise", "board")]


def test_only_open_ways_have_buttons(panel: MaterialsPanel) -> None:
    def shown() -> list[str]:
        QApplication.processEvents()
        return [b.objectName() for b in panel.findChildren(QPushButton) if b.isVisible()]

    ticks = ["material_tick_all", "tick_0", "tick_1", "tick_2"]
    assert sorted(shown()) == sorted(["materials_due", "material_capture", *ticks])
    panel.select("report")
    assert {"material_capture", "material_tolerate"} <= set(shown())
    assert "material_promise" not in shown()
    panel.set_materials(s.MATERIALS_DONE)
    panel.select("plan")
    assert {"material_capture", "material_view", "material_drop"} <= set(shown())
    assert "material_tolerate" not in shown()


def test_pages_are_opened_and_dropped(panel: MaterialsPanel, qtbot: QtBot) -> None:
    panel.set_materials(s.MATERIALS_DONE)
    panel.select("plan")
    view = panel.findChild(QPushButton, "material_view")
    assert view is not None
    assert view.text() == "看 2 页 V"
    with qtbot.waitSignal(panel.page_requested) as opened:
        view.click()
    assert opened.args == ["plan", 0]
    with qtbot.waitSignal(panel.page_requested):
        QTest.keyClick(panel.list, KEY.Key_V)
    with qtbot.waitSignal(panel.drop_requested) as dropped:
        QTest.keyClick(panel.list, KEY.Key_Delete)
    assert dropped.args == ["plan", 1]


def test_the_selection_stays_when_the_list_changes(panel: MaterialsPanel) -> None:
    panel.select("board")
    panel.set_materials(s.MATERIALS_DONE)
    assert panel.selected() == "board"
    assert panel.select("no such") is False
    panel.set_materials(())
    assert panel.selected() is None
    assert "选定事项后" in said(panel)
    assert panel.select_next_missing() is False


def test_next_missing(panel: MaterialsPanel) -> None:
    panel.select("id")
    assert panel.select_next_missing()
    assert panel.selected() == "plan"


def test_status_shows_in_the_row(panel: MaterialsPanel) -> None:
    def row(status: str) -> QImage:
        panel.set_materials([MaterialView("a", "材料", status, "状态")])
        QApplication.processEvents()
        viewport = panel.list.viewport()
        assert viewport is not None
        return viewport.grab().toImage()

    assert row("missing") != row("captured")
    assert row("captured") != row("tolerated")


# -- preview --------------------------------------------------------------------------------------------------


def green(preview: PreviewPanel) -> int:
    picture = preview.grab().toImage()
    found = 0
    for x in range(0, picture.width(), 2):
        for y in range(0, picture.height(), 2):
            colour = picture.pixelColor(x, y)
            found += colour.green() > 190 and colour.red() < 110 and colour.blue() < 170
    return found


def test_a_frame_with_its_outline(window: MainWindow) -> None:
    preview = window.preview
    frame, points = s.camera_frame()
    assert not preview.is_live()
    preview.set_frame(frame)
    assert preview.is_live()
    QApplication.processEvents()
    assert green(preview) == 0
    preview.set_outline(points, Tone.SUCCESS)
    assert green(preview) > 30
    preview.set_outline(None)
    assert green(preview) == 0


def test_the_outline_lies_on_the_code(qtbot: QtBot) -> None:
    """Points are pixels of the picture, whatever the size on the screen."""
    preview = PreviewPanel()
    qtbot.addWidget(preview)
    preview.resize(424, 380)
    frame = QImage(100, 75, QImage.Format.Format_RGB32)
    frame.fill(QColor("#000000"))
    with qtbot.waitExposed(preview):
        preview.show()
    preview.set_frame(frame)
    preview.set_outline([(50, 0), (100, 0), (100, 75), (50, 75)], Tone.SUCCESS)
    QApplication.processEvents()
    film = preview.findChild(type(preview.film))
    assert film is not None
    picture = film.grab().toImage()
    middle = picture.height() // 2
    assert picture.pixelColor(picture.width() // 4, middle).green() == 0
    assert picture.pixelColor(picture.width() * 3 // 5, middle).green() > 20


def test_title_message_and_clear(window: MainWindow) -> None:
    preview = window.preview
    preview.set_title("手机二维码")
    preview.set_message("已识别，请收回手机", Tone.SUCCESS)
    assert "手机二维码" in said(preview)
    assert "已识别，请收回手机" in said(preview)
    preview.set_frame(s.camera_frame()[0])
    preview.clear()
    assert not preview.is_live()
    assert "已识别" not in said(preview)
    preview.set_frame(QImage())
    assert not preview.is_live()


def test_a_licence_that_waives_the_selected_material_leads_on(panel: MaterialsPanel) -> None:
    def materials(first: str) -> list[MaterialView]:
        return [MaterialView("a", "甲", first, ""), MaterialView("b", "乙", "missing", "待交")]

    panel.set_materials(materials("missing"))
    assert panel.selected() == "a"
    panel.set_materials(materials("captured"))
    assert panel.selected() == "a"  # there may be a second page
    panel.set_materials(materials("missing"))
    panel.set_materials(materials("waived"))
    assert panel.selected() == "b"
