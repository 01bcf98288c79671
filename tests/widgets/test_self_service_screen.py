"""The self-service window by itself: large targets, names, keys for fingers, nothing that leads out."""

from __future__ import annotations

import form_samples as fs
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from self_service_gallery import STATES, kiosk

from app.domain.item import ElementType
from widgets.self_service.fields import ListField, make_field
from widgets.self_service.screen import LEAST, SelfServiceScreen
from widgets.self_service.views import QuestionView, TileView

SMALLEST_TARGET = 56


@pytest.fixture
def shown(qtbot: QtBot, request: pytest.FixtureRequest) -> SelfServiceScreen:
    made = kiosk(request.param if hasattr(request, "param") else "start")
    made.resize(*LEAST)
    made.show()
    qtbot.waitUntil(made.isVisible)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.shut())
    return made


def click(press: QWidget | None) -> None:
    assert press is not None
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def _in_line(one: QWidget) -> bool:
    """The small signs inside a line or a picture's tools are no targets of their own."""
    return isinstance(one.parentWidget(), QLineEdit)


@pytest.mark.parametrize("shown", STATES, indirect=True)
def test_every_target_is_large_and_has_a_name(shown: SelfServiceScreen) -> None:
    kinds = (QAbstractButton, QLineEdit, QListWidget)
    targets = [one for kind in kinds for one in shown.findChildren(kind) if one.isVisible() and not _in_line(one)]
    assert targets, "nothing to touch"
    for one in targets:
        assert one.height() >= SMALLEST_TARGET, f"{one.objectName()} {one.size()}"
        assert one.width() >= SMALLEST_TARGET, f"{one.objectName()} {one.size()}"
        assert one.accessibleName(), one.objectName()
        right = one.mapTo(shown, one.rect().bottomRight())
        assert shown.rect().contains(right), f"{one.objectName()} goes past the edge"


@pytest.mark.parametrize("shown", ["choose", "known", "questions", "materials", "guide"], indirect=True)
def test_every_target_can_be_reached_without_a_finger(shown: SelfServiceScreen) -> None:
    reached = set()
    for _ in range(80):
        focus = shown.focusWidget()
        if focus is not None:
            reached.add(focus.objectName())
        QTest.keyClick(focus or shown, Qt.Key.Key_Tab)  # type: ignore[call-overload]
    buttons = {b.objectName() for b in shown.findChildren(QPushButton) if b.isVisible() and b.isEnabled()}
    assert {name for name in buttons if not name.startswith("self_key")} <= reached


@pytest.mark.parametrize("shown", ["choose"], indirect=True)
def test_a_finger_searches_by_initials(shown: SelfServiceScreen) -> None:
    words: list[str] = []
    shown.choose.searched.connect(words.append)
    click(shown.findChild(QPushButton, "self_letters"))
    for letter in "KLFDX":
        click(shown.findChild(QPushButton, f"self_key_{letter}"))
    click(shown.findChild(QPushButton, "self_key_back"))
    assert words[-1] == "KLFD"
    assert shown.focusWidget() is shown.choose.search, "the keys take the cursor from nobody"


def test_tiles_are_turned_page_by_page(qtbot: QtBot) -> None:
    made = kiosk("choose")
    qtbot.addWidget(made, before_close_func=lambda widget: widget.shut())
    made.show()
    made.choose.set_tiles([TileView(f"t{n}", f"事项 {n}") for n in range(30)])
    seen = [tile.code for tile in made.choose.tiles if tile.isVisible()]
    after = made.findChild(QPushButton, "self_tiles_after")
    assert after is not None
    while after.isEnabled():
        click(after)
        seen += [tile.code for tile in made.choose.tiles if tile.isVisible()]
    assert seen == [f"t{n}" for n in range(30)]


def test_a_long_list_is_searched_and_taken(qtbot: QtBot) -> None:
    made = make_field(QuestionView(fs.field("applicant", "nation", "民族", ElementType.CHOICE, codes=fs.NATION)))
    assert isinstance(made, ListField)
    qtbot.addWidget(made)
    made.show()
    said: list[tuple[str, str]] = []
    made.said.connect(lambda key, value: said.append((key, value)))
    made.search.setText("土")
    assert [made.list.item(n).text() for n in range(made.list.count())] == ["土", "土家"]  # type: ignore[union-attr]
    QTest.keyClick(made.search, Qt.Key.Key_Return)  # type: ignore[call-overload]
    assert said == [("applicant.nation", "30")]


def test_wiped_means_every_page(qtbot: QtBot) -> None:
    for name in STATES:
        made = kiosk(name)
        qtbot.addWidget(made, before_close_func=lambda widget: widget.shut())
        made.wipe()
        assert not made.choose.search.text()
        assert not made.questions.fields
        assert not made.materials.preview.is_live()
        assert not made.confirm.pad.signature().strokes
        assert made.confirm.where == (1, 1)
