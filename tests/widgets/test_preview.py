"""The live picture: what is drawn where, the flash, the broken state, the tools."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from widgets.preview import FLASH_MILLISECONDS, Film, PreviewPanel
from widgets.views import Tone

BOX = ((480.0, 270.0), (1440.0, 270.0), (1440.0, 810.0), (480.0, 810.0))


@pytest.fixture
def panel(qtbot: QtBot) -> PreviewPanel:
    made = PreviewPanel()
    made.resize(420, 320)
    qtbot.addWidget(made)
    made.show()
    return made


def film(panel: PreviewPanel) -> Film:
    found = panel.findChild(Film)
    assert found is not None
    return found


def picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(60, 60, 60))
    return image


def drawn(panel: PreviewPanel) -> QImage:
    return film(panel).grab().toImage()


def edge(panel: PreviewPanel) -> QColor:
    """The colour in the middle of the box's upper side."""
    shown = film(panel)
    scale = min(shown.width() / 1920, shown.height() / 1080)
    left, top = (shown.width() - 1920 * scale) / 2, (shown.height() - 1080 * scale) / 2
    return drawn(panel).pixelColor(round(left + 960 * scale), round(top + 270 * scale))


def test_an_outline_in_the_cameras_pixels_lies_right_on_a_smaller_picture(panel: PreviewPanel) -> None:
    panel.set_frame(picture(384, 216), (1920, 1080), 1.0)
    panel.follow(BOX, Tone.SUCCESS, 1.0)
    colour = edge(panel)
    assert colour.green() > colour.red() + 60
    panel.set_frame(picture(384, 216), (1920, 1080), 2.0)  # not found for a second
    assert edge(panel).green() < 90


def test_a_picture_of_the_rooms_size_is_drawn_as_one_of_the_cameras_size(panel: PreviewPanel) -> None:
    panel.set_frame(picture(1920, 1080), (1920, 1080), 1.0)
    wide, high = panel.room()
    scale = min(wide / 1920, high / 1080)
    large = drawn(panel)
    panel.set_frame(picture(round(1920 * scale), round(1080 * scale)), (1920, 1080), 1.1)
    small = drawn(panel)
    differing = sum(
        large.pixelColor(x, y) != small.pixelColor(x, y)
        for x in range(2, large.width() - 2, 7)
        for y in range(2, large.height() - 2, 7)
    )
    assert differing <= 60  # an edge may fall on the other pixel


def test_a_flash_is_seen_at_once_and_over_in_time(qtbot: QtBot, panel: PreviewPanel) -> None:
    assert FLASH_MILLISECONDS <= 150
    panel.set_frame(picture(384, 216), (1920, 1080))
    panel.set_outline(BOX, Tone.NEUTRAL)
    before = drawn(panel)
    panel.flash(Tone.SUCCESS)
    lit = drawn(panel)
    assert lit != before
    qtbot.waitUntil(lambda: not film(panel).flashing, timeout=1000)
    assert drawn(panel) != lit


def test_an_old_picture_is_not_passed_off_as_live(panel: PreviewPanel) -> None:
    panel.set_frame(picture(384, 216), (1920, 1080), 1.0)
    panel.follow(BOX, Tone.SUCCESS, 1.0)
    live = drawn(panel)
    panel.set_broken("画面中断")
    assert drawn(panel).pixelColor(4, 4).lightness() < 60
    assert film(panel).accessibleDescription() == "画面中断"
    panel.set_broken("")
    assert drawn(panel) == live


def test_the_tools_are_there_while_live_and_say_their_keys(qtbot: QtBot, panel: PreviewPanel) -> None:
    tools = panel.findChildren(QToolButton)
    assert len(tools) == 5
    assert not any(tool.isVisible() for tool in tools)
    panel.set_tools(True, several=False, frozen=True)
    assert film(panel).held == "已定格"
    assert {tool.objectName() for tool in tools if tool.isVisible()} == {
        "preview_freeze",
        "preview_mirror",
        "preview_fit",
    }
    panel.set_tools(True, several=True)
    panel.set_tunable(True)
    assert not film(panel).held
    assert all(tool.isVisible() and "Ctrl+Shift+" in tool.toolTip() and tool.accessibleName() for tool in tools)
    heard = {
        "preview_camera-next": panel.switch_requested,
        "preview_freeze": panel.freeze_requested,
        "preview_mirror": panel.mirror_requested,
        "preview_tune": panel.tune_requested,
        "preview_fit": panel.size_requested,
    }
    for tool in tools:
        signal = heard.pop(tool.objectName())
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(tool, Qt.MouseButton.LeftButton)
    panel.clear()
    assert not any(tool.isVisible() for tool in tools)
