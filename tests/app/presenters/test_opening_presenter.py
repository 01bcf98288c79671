"""The first paint, before the program is loaded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from app.config.layers import policy_path
from app.presenters import opening as module
from app.presenters.opening import Opening
from app.settings import profile_folder
from widgets.opening import NAMES, OpeningWindow
from widgets.tokens import PALETTES


def test_it_is_painted_before_show_returns_and_goes_when_told(qtbot: QtBot) -> None:
    opening = Opening()
    opening.show()
    assert opening.window.painted
    assert opening.window.isVisible()
    opening.close()
    assert not opening.window.isVisible()
    opening.close()
    QApplication.processEvents()


def test_its_ground_is_the_doors(qtbot: QtBot) -> None:
    window = OpeningWindow()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    picture = window.grab().toImage()
    assert picture.pixelColor(5, 5).name() in {palette.header.lower() for palette in PALETTES.values()}
    shades = {picture.pixelColor(x, y).name() for x in range(100, 300) for y in range(90, 150)}
    assert len(shades) > 1, "the name stands on it"


def test_it_speaks_the_language_of_the_settings(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.toml").write_text('language = "en"\n', "utf-8")
    monkeypatch.delenv("YICHUANG__LANGUAGE", raising=False)
    monkeypatch.setattr(module, "_policy", lambda: tmp_path / "policy.toml")
    opening = Opening(["--profile", str(tmp_path), "run"])
    assert (opening.window.text(), opening.window.accessibleName()) == ("Yichuang", "Yichuang")
    opening.close()
    monkeypatch.setattr(module, "_profile", lambda: tmp_path)
    assert Opening(["run"]).window.windowTitle() == "Yichuang"
    assert Opening(["demo"]).window.text() == "一窗"


def test_it_looks_where_the_settings_are_and_says_what_the_translation_says() -> None:
    assert module._policy() == policy_path()
    assert module._profile() == profile_folder("work")
    words = resources.path("i18n/yichuang_en.ts").read_text("utf-8")
    found = re.search(rf"<source>{NAMES['zh']}</source>\s*<translation>(.*?)</translation>", words)
    assert found is not None
    assert found[1] == NAMES["en"]
