"""Colours, fonts, fit."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Template

import gallery
import gallery_checks
import pytest
from customer_gallery import citizens
from PyQt6.QtGui import QFont, QTextLayout
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import resources
from widgets import icons
from widgets.theme import FAMILIES, apply_theme, style_sheet
from widgets.tokens import EDGE_PAIRS, LIGHT, PALETTES, TEXT_PAIRS, Palette, contrast
from widgets.views import Tone

ROOT = Path(__file__).resolve().parents[2]
NIGHTLY = os.environ.get("FAULTS") == "nightly"


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_contrast(theme: str, ink: str, ground: str) -> None:
    colours = PALETTES[theme].tokens()
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_tone_has_contrast_on_its_ground(palette: Palette) -> None:
    for tone in Tone:
        assert contrast(palette.ink_of(tone), palette.soft_of(tone)) >= 4.5
        assert contrast(palette.ink_of(tone), palette.surface) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(palette: Palette, edge: str, ground: str) -> None:
    colours = palette.tokens()
    assert contrast(colours[edge], colours[ground]) >= 3


def test_the_design_page_says_what_the_tokens_give() -> None:
    page = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (\w+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", page, re.MULTILINE)
    assert len(rows) > 15
    assert {(ink, ground) for ink, ground, *_ in rows} >= set(EDGE_PAIRS)
    for ink, ground, *said in rows:
        given = [p.tokens() for p in PALETTES.values()]
        assert said == [f"{contrast(colours[ink], colours[ground]):.1f}" for colours in given], (ink, ground)


def test_painting_asks_for_the_look_in_force() -> None:
    """A palette of its own at import or in a default argument would not follow a change of theme."""
    names = {"LIGHT", "DARK", "CONTRAST", "PALETTES"}
    for file in (*(ROOT / "widgets").rglob("*.py"), *(ROOT / "app/presenters").rglob("*.py")):
        # opening.py is painted before there is a look: the desktop's light or dark is all it knows.
        if file.name in ("tokens.py", "look.py", "opening.py"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & names
        assert not used, file
        functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda))
        asked = [n for f in functions for d in f.args.defaults for n in ast.walk(d) if _asks(n)]
        asked += [
            n
            for part in tree.body
            if not isinstance(part, ast.ClassDef | ast.FunctionDef)
            for n in ast.walk(part)
            if _asks(n)
        ]
        assert not asked, file


def _asks(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("colours", "px", "look")


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
        for palette in PALETTES.values():
            colours = palette.tokens()
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
        icons.pixmap("no-such", 20, "#ff0000")


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
    assert gallery_checks.clipped(holder) == ["tight: 统一社会信用代码"]


@pytest.fixture(scope="module")
def pictured(qapp: QApplication) -> Iterator[int]:
    """How many states the gallery has; counted once, since to count the dialogs is to make them."""
    made = [*gallery.dialogs().values(), *citizens().values()]
    yield len(gallery.STATES) + len(made) + len(gallery.SELF_SERVICE)
    for widget in made:
        widget.close()
        widget.deleteLater()


@pytest.mark.timeout(330)
@pytest.mark.parametrize(
    ("size", "screen", "language", "theme", "scale"),
    [
        ("1366x728", "1", "en", "dark", "1.0"),
        ("1280x680", "1.5", "zh", "light", "1.0"),
        ("1920x1040", "1", "zh", "light", "2.0"),
        # These have more room than the two above.
        *((("1366x728", "1", "zh", "light", "1.0"), ("1366x728", "1", "zh", "contrast", "1.25")) if NIGHTLY else ()),
    ],
)
def test_nothing_is_clipped(
    pictured: int, tmp_path: Path, size: str, screen: str, language: str, theme: str, scale: str
) -> None:
    """Every state and dialog, in a process of its own because the screen's scale is read once at its start."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": screen,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'kits'}",
    }
    done = subprocess.run(
        [
            sys.executable,
            "tests/widgets/gallery.py",
            tmp_path,
            "--check",
            "--size",
            size,
            "--language",
            language,
            "--theme",
            theme,
            "--scale",
            scale,
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    said = f"{pictured} states, 0 clipped\n"
    assert (done.returncode, done.stdout) == (0, said), f"{done.stdout}\n{done.stderr[-2000:]}"
