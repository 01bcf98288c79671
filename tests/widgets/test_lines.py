"""A table of lines shows what it was last given, and touches only the cells that are others than before."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor
from pytestqt.qtbot import QtBot

from widgets.lines import Lines, tone_colour
from widgets.views import Tone

FIRST = [("一", "未答"), ("二", "未答"), ("三", "未答")]


@pytest.fixture
def lines(qtbot: QtBot) -> Lines:
    made = Lines("lines", "各项", ("内容", "结果"), (100, 80), 0)
    qtbot.addWidget(made)
    made.set_lines(FIRST, [{1: Tone.WARNING}] * 3, [False, True, False])
    return made


def shown(lines: Lines) -> list[tuple[str, ...]]:
    cells = [[lines.item(row, place) for place in range(lines.columnCount())] for row in range(lines.rowCount())]
    return [tuple(cell.text() if cell is not None else "" for cell in line) for line in cells]


def colour(lines: Lines, row: int, place: int) -> QColor | None:
    cell = lines.item(row, place)
    assert cell is not None
    found = cell.data(Qt.ItemDataRole.ForegroundRole)
    assert found is None or isinstance(found, QColor)
    return found


def bold(lines: Lines, row: int) -> bool:
    cell = lines.item(row, 0)
    assert cell is not None
    return cell.font().bold()


def test_a_change_in_one_cell_sets_that_cell_alone(lines: Lines) -> None:
    before = [[lines.item(row, place) for place in (0, 1)] for row in range(3)]
    touched: list[tuple[int, int]] = []
    model = lines.model()
    assert model is not None
    model.dataChanged.connect(lambda index, *_: touched.append((index.row(), index.column())))
    lines.set_lines([FIRST[0], ("二", "符合"), FIRST[2]], [{1: Tone.WARNING}] * 3, [False, True, False])
    assert set(touched) == {(1, 1)}
    assert lines.item(0, 1) is before[0][1]
    assert shown(lines)[1] == ("二", "符合")


def test_a_tone_alone_and_a_weight_alone_are_changes(lines: Lines) -> None:
    assert colour(lines, 0, 1) == tone_colour(Tone.WARNING)
    assert bold(lines, 1)
    lines.set_lines(FIRST, [{1: Tone.SUCCESS}, {}, {1: Tone.WARNING}], [True, False, False])
    assert [colour(lines, row, 1) for row in range(3)] == [tone_colour(Tone.SUCCESS), None, tone_colour(Tone.WARNING)]
    assert [bold(lines, row) for row in range(3)] == [True, False, False]


def test_fewer_lines_and_more_again_and_none(lines: Lines) -> None:
    lines.set_lines(FIRST[:1])
    assert shown(lines) == FIRST[:1]
    lines.set_lines(FIRST)
    assert shown(lines) == FIRST
    lines.set_lines([])
    assert shown(lines) == []
    lines.set_lines(FIRST[1:])
    assert shown(lines) == FIRST[1:]
