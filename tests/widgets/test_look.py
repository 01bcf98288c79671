"""Colours, fonts, fit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from string import Template

import gallery
import pytest
from PyQt6.QtGui import QFont, QTextLayout
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import resources
from widgets import icons
from widgets.theme import FAMILIES, apply_theme, style_sheet
from widgets.tokens import LIGHT, TEXT_PAIRS, contrast
from widgets.views import Tone

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_contrast(ink: str, ground: str) -> None:
    colours = LIGHT.tokens()
    assert contrast(colours[ink], colours[ground]) >= 4.5


def test_every_tone_has_contrast_on_its_ground() -> None:
    for tone in Tone:
        assert contrast(LIGHT.ink_of(tone), LIGHT.soft_of(tone)) >= 4.5
        assert contrast(LIGHT.ink_of(tone), LIGHT.surface) >= 4.5


def test_what_is_typed_into_has_a_visible_edge() -> None:
    assert contrast(LIGHT.edge, LIGHT.surface) >= 3
    assert contrast(LIGHT.accent, LIGHT.surface) >= 3  # the focus ring


def test_the_measure_of_contrast_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)  # the well-known grey that fails
    assert contrast("#FFFFFF", "#FFFFFF") == 1


def _coloured_rules() -> list[tuple[str, str, str]]:
    """(selector, text token, ground token) of each rule that sets both."""
    text = resources.path("qss/yichuang.qss").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        ink = re.search(r"(?:^|[;\s])color:\s*\$(\w+)", body)
        ground = re.search(r"background:\s*\$(\w+)", body)
        if ink and ground and ":disabled" not in selector:
            found.append((selector.strip(), ink[1], ground[1]))
    return found


def test_the_style_sheets_own_pairs_are_measured_too() -> None:
    rules = _coloured_rules()
    assert len(rules) > 10
    for selector, ink, ground in rules:
        colours = LIGHT.tokens()
        assert contrast(colours[ink], colours[ground]) >= 4.5, selector


def test_the_style_sheet_knows_tokens_only() -> None:
    text = resources.path("qss/yichuang.qss").read_text(encoding="utf-8")
    assert not re.search(r":\s*#[0-9a-fA-F]{3,8}|rgba?\(", text)
    assert "$" not in style_sheet().replace("$names", "")
    with pytest.raises(KeyError, match="edge"):
        Template(text).substitute({k: v for k, v in LIGHT.tokens().items() if k != "edge"}, icons="")


def test_rare_characters_have_glyphs(qapp: QApplication) -> None:
    """Drawn by the fonts of the theme, not as empty boxes."""
    apply_theme(qapp)
    assert qapp.font().families()[0] == FAMILIES[0]
    for char in "㛃𠮷䶮𬭚":
        layout = QTextLayout(char, QFont(qapp.font()))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
        assert glyphs, char
        assert 0 not in glyphs, char


def test_icons_are_one_family(qapp: QApplication) -> None:
    files = sorted(resources.path("icons").glob("*.svg"))
    assert len(files) > 15
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert 'viewBox="0 0 20 20"' in text
        assert 'stroke-width="1.5"' in text
        assert 'stroke="currentColor"' in text
        picture = icons.pixmap(file.stem, 20, "#ff0000").toImage()
        drawn = [
            picture.pixelColor(x, y)
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() > 150
        ]
        assert drawn, file.name
        assert all(c.red() > 200 and c.green() < 60 for c in drawn), file.name
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such")


def test_the_measure_of_clipping_trips(qtbot: QtBot) -> None:
    label = QLabel("统一社会信用代码")
    qtbot.addWidget(label)
    holder = QLabel()
    qtbot.addWidget(holder)
    label.setParent(holder)
    label.setObjectName("tight")
    label.setFixedWidth(40)
    holder.resize(300, 60)
    holder.show()
    assert gallery.clipped(holder) == ["tight: 统一社会信用代码"]


@pytest.mark.parametrize(
    ("size", "scale", "language"),
    [
        ("1366x728", "1", "zh"),
        ("1366x728", "1", "en"),
        ("1920x1040", "1", "zh"),
        ("1280x680", "1.5", "zh"),
    ],
)
def test_nothing_is_clipped(qtbot: QtBot, tmp_path: Path, size: str, scale: str, language: str) -> None:
    """Every state and dialog, in a process of its own because the scale is read once at its start."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": scale,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "tests/widgets/gallery.py", tmp_path, "--check", "--size", size, "--language", language],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    dialogs = gallery.dialogs().values()
    for dialog in dialogs:
        qtbot.addWidget(dialog)
    assert done.stdout == f"{len(gallery.STATES) + len(dialogs)} states, 0 clipped\n", done.stderr
    assert done.returncode == 0
