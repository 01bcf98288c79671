"""Lights of a small and of a full counter: what a clerk sees at once."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.lights import MOST_SINGLE, Lights
from widgets.look import Look
from widgets.status import StatusBar
from widgets.theme import apply_theme
from widgets.tokens import PALETTES, contrast
from widgets.views import LightView

GROUPS = {"A": "证件识读", "C": "影像采集", "E": "打印输出", "F": "互动评价", "G": "缴费"}


def light(name: str, group: str, state: str = "ok", words: str = "就绪") -> LightView:
    return LightView(f"{group}-{name}", name, state, "", words, group, GROUPS[group])


def full(qtbot: QtBot) -> Lights:
    lights = Lights()
    qtbot.addWidget(lights)
    for group in GROUPS:
        for number in ("一号", "二号"):
            lights.set_light(light(number, group))
    lights.show()
    return lights


def shown(lights: Lights) -> list[str]:
    return [lamp.objectName() for lamp in lights.findChildren(QPushButton) if lamp.isVisible()]


def test_few_devices_have_a_lamp_each_and_many_one_a_category(qtbot: QtBot) -> None:
    lights = Lights()
    qtbot.addWidget(lights)
    lights.show()
    for number in range(MOST_SINGLE):
        lights.set_light(light(str(number), "A"))
    assert len(shown(lights)) == MOST_SINGLE
    lights.set_light(light("more", "C"))
    assert shown(lights) == ["light_group_A", "light_group_C"]
    lights.drop_light("C-more")
    assert len(shown(lights)) == MOST_SINGLE


def test_what_is_wrong_speaks_in_its_place_the_worst_first(qtbot: QtBot) -> None:
    lights = full(qtbot)
    assert [lights.group_words(group) for group in GROUPS] == list(GROUPS.values())
    places = shown(lights)
    lights.set_light(light("一号", "A", "off", "未连接"))
    lights.set_light(light("二号", "E", "off", "未连接"))
    lights.set_light(light("一号", "E", "warning", "缺纸"))
    assert lights.group_words("E") == "一号 缺纸 等 2 台"
    assert lights.group_words("A") == "一号 未连接"
    assert lights.group_words("C") == "影像采集"
    assert shown(lights) == places, "nothing moves under the eye"
    told: list[str] = []
    lights.clicked.connect(told.append)
    button = lights.findChild(QPushButton, "light_group_E")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == ["E-一号"]


def test_no_more_than_three_speak_and_the_others_count(qtbot: QtBot) -> None:
    lights = full(qtbot)
    for group in GROUPS:
        lights.set_light(light("一号", group, "off", "未连接"))
    lights.set_light(light("二号", "G", "warning", "故障"))
    said = [lights.group_words(group) for group in GROUPS]
    assert said == ["一号 未连接", "一号 未连接", "打印输出 1", "互动评价 1", "二号 故障 等 2 台"]
    for group in GROUPS:
        lights.set_light(light("一号", group))
        lights.set_light(light("二号", group))
    assert [lights.group_words(group) for group in GROUPS] == list(GROUPS.values())


@pytest.mark.parametrize("theme", sorted(PALETTES))
def test_words_of_trouble_have_the_colour_of_warnings_in_the_bottom_line(
    qtbot: QtBot, qapp: QApplication, theme: str
) -> None:
    apply_theme(qapp, "zh", Look(theme, 1.0))
    try:
        bar = StatusBar()
        qtbot.addWidget(bar)
        bar.set_light(LightView("printer", "打印机", "warning", words="缺纸"))
        bar.show()
        palette = PALETTES[theme]
        said = next(label for label in bar.findChildren(QLabel) if "缺纸" in label.text())
        drawn = said.palette().color(said.foregroundRole()).name().upper()
        assert drawn == palette.warning.upper()
        assert contrast(drawn, palette.surface) >= 4.5
        assert contrast(drawn, palette.hover) >= 4.5
    finally:
        apply_theme(qapp)
