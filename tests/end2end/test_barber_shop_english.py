"""The main job in a window set to English: nothing that the program says is Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import QAbstractItemModel, qInstallMessageHandler
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListView, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import open_demo
from app.demo.scenario import Scenario, Step, load_scenario
from app.presenters.application import application
from app.presenters.core_words import CoreTranslator
from app.presenters.player import Player
from app.presenters.screen import Screen
from app.settings import load
from widgets.i18n import TsTranslator
from widgets.theme import apply_theme

HAN = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff60]|[\U00020000-\U0003ffff]")

DATA = {"place", "clerk", "watermark"}
"""Widgets that show nothing but the settings: how the hall, the window and the clerk are called."""

VISITOR = ("张伟", "湖州市自然资源和规划局", "汉")
"""Personal data and the name of an authority, as card and licence say them."""


def models(widget: QWidget) -> Iterator[str]:
    """What a list or table shows."""
    model = widget.model() if isinstance(widget, QListView | QTableView) else None
    if isinstance(model, QAbstractItemModel):
        for line in range(model.rowCount()):
            # A list has one column and keeps their number to itself.
            for column in range(model.columnCount() if isinstance(widget, QTableView) else 1):
                yield str(model.data(model.index(line, column)) or "")


def texts(widget: QWidget) -> Iterator[str]:
    """What a widget says, to the eye and to a screen reader. What stands in a field is the visitor's."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    yield from models(widget)


def spoken(top: QWidget) -> Iterator[str]:
    """Every text below that holds Chinese. What stands in a field is data, and so are the titles of its codes."""
    for widget in [top, *top.findChildren(QWidget)]:
        if widget.objectName() in DATA or isinstance(widget.parent(), QComboBox):
            continue
        yield from (text for text in texts(widget) if HAN.search(text))


class Listener(Player):
    """Plays the scenario and remembers, step by step, what Chinese is on the screen."""

    def __init__(self, screen: Screen, scenario: Scenario, out: Path) -> None:
        super().__init__(screen, scenario, out)
        self.chinese: dict[str, set[str]] = {}
        self.notices: list[str] = []
        self.heard: set[str] = set()
        # The catalogue gives its acceptance points in Chinese only.
        materials = (use for item in screen.station.catalog.items.values() for use in item.materials)
        self._data = (*VISITOR, *(point for use in materials for point in use.acceptance_points))

    def _picture(self, step: Step) -> QPixmap:
        dialog = QApplication.activeModalWidget()
        for top in (self._screen.window, *([dialog] if dialog else [])):
            for widget in [top, *top.findChildren(QWidget)]:
                self.heard.update(texts(widget))
            for text in spoken(top):
                rest = text
                for known in self._data:
                    rest = rest.replace(known, "")
                if HAN.search(rest):
                    self.chinese.setdefault(text, set()).add(top.objectName())
        self.notices.append(self._screen.window.notice.title())
        return super()._picture(step)


@pytest.fixture
def played(qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Listener, dict[str, Any]]]:
    scenario = load_scenario("open-a-barber-shop")
    style = qapp.styleSheet()
    with open_demo(tmp_path / "profile", scenario, fresh=True, out=tmp_path, language="en") as station:
        fails_on_warnings = qInstallMessageHandler(None)
        application(station.settings.language, station.catalog, station.store)
        qInstallMessageHandler(fails_on_warnings)
        screen = Screen(station)
        screen.window.resize(1366, 768)
        screen.window.show()
        screen.start()
        try:
            listener = Listener(screen, scenario, tmp_path)
            yield listener, listener.play()
        finally:
            screen.close()
            for translator in qapp.findChildren(TsTranslator) + qapp.findChildren(CoreTranslator):
                qapp.removeTranslator(translator)
                translator.deleteLater()
            apply_theme(qapp)
            qapp.setStyleSheet(style)


def test_no_chinese_but_data_is_on_the_english_screen(played: tuple[Listener, dict[str, Any]], tmp_path: Path) -> None:
    listener, summary = played
    assert load(tmp_path / "profile" / "settings.toml", emulated=True).language == "en", (
        "it is English when opened again"
    )
    assert summary["ok"], [step for step in summary["steps"] if not step["ok"]]
    assert listener.chinese == {}
    # It was the screen that was listened to, with its lights, materials, check and notices.
    assert {"Cases accepted: 3", "Confirmed by the platform: 3"} & set(listener.notices)
    assert {"I want to open a barber shop", "Floor plan of the public place", "Deferred", "Waived"} <= listener.heard
    assert {"Huzhou Health Commission", "Resident identity card", "Real estate certificate"} <= listener.heard
    assert any("Document camera" in text and "ready" in text for text in listener.heard)


def test_chinese_would_be_heard(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    inside = QLabel("Ready", top)
    assert list(spoken(top)) == []
    inside.setToolTip("就绪")
    assert list(spoken(top)) == ["就绪"]
