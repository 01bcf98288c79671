"""A page captured with F6 is read beside the work: a suggestion with its piece of the page, taken by Enter only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import cv2
import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.domain.errors import EnvironmentProblem
from app.domain.fact import SourceKind
from app.materials.text_reader import Picture, TextLine
from app.presenters.screen import Screen
from widgets import field_row
from widgets.crop import Crop
from widgets.theme import apply_theme

ADDRESS = "浙江省湖州市吴兴区红旗路5号"
MATERIAL = "premises_use_proof"


class Paper:
    """A reader that always sees the same paper, or fails when told to."""

    present = True
    fails = False

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        if self.fails:
            raise EnvironmentProblem("材料上的字没有识别", "识别程序没有答复", "")
        return tuple(
            TextLine(((x, y), (x + w, y), (x + w, y + 50), (x, y + 50)), text, 0.99)
            for x, y, w, text in ((50, 100, 100, "坐落"), (200, 100, 600, ADDRESS), (50, 300, 200, "建筑面积"),
                                  (300, 300, 300, "88.60平方米"))
        )  # fmt: skip

    def close(self) -> None:
        self.fails = True


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def screen(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path], paper: Paper,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Screen]:  # fmt: skip
    monkeypatch.setattr(field_row, "LOOK", 0.0)
    apply_theme(qapp)
    with (
        patch("app.bootstrap.text_reader", lambda: paper),
        open_demo(seed(tmp_path / "profile"), load_scenario("open-a-barber-shop"), fresh=True, out=tmp_path) as station,
    ):
        made = Screen(station)
        made.window.resize(1366, 768)
        made.window.show()
        made.start()
        made.desk.change(station.services.choose.add(made.desk.visit, "open-a-barber-shop"))
        made.window.show_form()
        yield made
        made.close()


@pytest.fixture
def captured(qtbot: QtBot, screen: Screen, tmp_path: Path) -> SimpleNamespace:
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), np.full((600, 900, 3), 240, np.uint8))
    with qtbot.waitSignal(screen.reading.read, timeout=20_000):
        screen.materials.take_file(MATERIAL, path)
    return SimpleNamespace(path=path)


def test_enter_takes_what_was_read_and_it_says_where_it_comes_from(screen: Screen, captured: SimpleNamespace) -> None:
    form = screen.window.form
    assert "premises.address" not in screen.desk.visit.form.values(), "nothing is filled in unasked"
    row = form.field_row("premises.address")
    crop = row.findChild(Crop, "crop_premises.address")
    assert crop is not None
    assert crop.isVisibleTo(row)
    form.focus_field("premises.address")
    QTest.keyClick(row.editor, Qt.Key.Key_Return)
    fact = screen.desk.visit.form.in_force()["premises.address"]
    assert (fact.value, fact.source.kind) == (ADDRESS, SourceKind.CAPTURE)
    assert row.suggestion is None
    assert screen.window.form.current_field() != "premises.address", "Enter goes on"


def test_escape_drops_it_for_good(screen: Screen, captured: SimpleNamespace) -> None:
    form = screen.window.form
    row = form.field_row("premises.address")
    form.focus_field("premises.address")
    QTest.keyClick(row.editor, Qt.Key.Key_Escape)
    assert row.suggestion is None
    screen.desk.change(screen.station.services.fill.type(screen.desk.visit, "premises.area", "5"))
    assert row.suggestion is None
    QTest.keyClick(row.editor, Qt.Key.Key_Return)
    assert "premises.address" not in screen.desk.visit.form.values()


def test_an_enter_on_its_way_takes_nothing(
    screen: Screen, captured: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(field_row, "LOOK", 60.0)
    form = screen.window.form
    form.focus_field("premises.address")
    QTest.keyClick(form.field_editor("premises.address"), Qt.Key.Key_Return)
    assert "premises.address" not in screen.desk.visit.form.values()


def test_a_difference_is_told_at_the_material(screen: Screen, captured: SimpleNamespace) -> None:
    screen.desk.change(screen.station.services.fill.type(screen.desk.visit, "premises.area", "66"))
    screen.window.materials.select(MATERIAL)
    hint = screen.window.materials.findChild(QLabel, "material_hint")
    assert hint is not None
    assert "不一致" in hint.text()
    assert "88.6" in hint.text()
    screen.desk.change(screen.station.services.fill.type(screen.desk.visit, "premises.area", "88.60"))
    assert hint.text() == ""


def test_the_next_visitor_sees_nothing_of_it(screen: Screen, captured: SimpleNamespace) -> None:
    screen.desk.begin()
    screen.desk.change(screen.station.services.choose.add(screen.desk.visit, "open-a-barber-shop"))
    assert screen.window.form.field_row("premises.address").suggestion is None


def test_a_reader_that_fails_disturbs_nobody(qtbot: QtBot, screen: Screen, paper: Paper, tmp_path: Path) -> None:
    paper.fails = True
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), np.full((600, 900, 3), 240, np.uint8))
    with qtbot.waitSignal(screen.reading.read, timeout=20_000):
        screen.materials.take_file(MATERIAL, path)
    assert screen.desk.visit.checklist.material(MATERIAL).pages
    assert screen.window.notice.title() == ""
