"""Choosing with the real window: search, guide, favourites, cart; keys as the clerk presses them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

import pytest
from guide_cases import asks, bundle, catalog, question, situation, wants
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.catalog.search import Hit, SearchIndex
from app.domain.clerk import Clerk
from app.domain.item import FieldUse
from app.presenters.desk import Desk
from app.presenters.items import ItemsPresenter
from app.services.choose_items import ChooseItems
from app.services.duty import Duty
from app.services.favourites import KEY as FAVOURITES
from app.services.favourites import Favourites
from app.services.visit import Visit
from app.workers.tasks import TaskRunner
from widgets.hits import HitModel
from widgets.views import HitView
from widgets.window import MainWindow

K = Qt.Key
NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)

CITY = catalog(
    [
        situation("trade-1", asks("name"), name="个体户设立（个人）", matter=["setup"], form=["person"]),
        situation("trade-2", asks("spouse"), name="个体户设立（家庭）", matter=["setup"], form=["household"]),
        situation("trade-3", name="个体户变更", matter=["change"]),
        situation("sign-1", asks("board"), wants("drawing", lit=["yes"]), name="户外招牌"),
        situation("permit-1", FieldUse("applicant", "name", schema={"maxLength": 5}), name="卫生许可"),
        situation("odd-1", FieldUse("applicant", "name", schema={"minLength": 9}), name="出生证"),
    ],
    {
        "trade": [
            question("matter", "setup", "change"),
            question("form", "person", "household", matter=["setup"]),
        ],
        "sign": [question("lit", "yes", "no")],
    },
    [bundle("shop", ["permit-1", ("sign-1", {"board": ["yes"]})], question("board", "yes", "no"))],
)


@dataclass
class Papers:
    texts: dict[str, str] = field(default_factory=dict)

    def setting(self, key: str) -> str | None:
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value


class Noon:
    def now(self) -> dt.datetime:
        return NOW


@dataclass
class Bench:
    """The window with its picker open, and what stands behind it."""

    window: MainWindow
    desk: Desk
    items: ItemsPresenter
    papers: Papers

    @property
    def visit(self) -> Visit:
        return self.desk.visit

    def search(self, words: str) -> None:
        self.window.picker.search.setText(words)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            where = QApplication.focusWidget()
            assert where is not None
            QTest.keyClick(where, key, modifier)

    def question(self) -> str:
        label = self.window.guide.findChild(QLabel, "guide_question")
        assert label is not None
        return label.text()

    def results(self) -> list[HitView]:
        model = self.window.picker.results.model()
        assert model is not None
        return [model.index(row, 0).data(HitModel.HIT) for row in range(model.rowCount())]

    def written(self) -> dict[str, object]:
        self.desk.tasks.wait()
        QApplication.processEvents()
        return dict(json.loads(self.papers.texts[FAVOURITES]))


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    window = MainWindow()
    qtbot.addWidget(window)
    # Shared data are asked from the form only: its presenter leaves Ctrl+D to the picker.
    window.set_action_enabled("query_data", False)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    tasks = TaskRunner()
    desk = Desk(Noon(), tasks, window.notice)
    papers = Papers()
    choose = ChooseItems(
        CITY, SearchIndex(CITY), Noon(), Duty(Clerk("0001", "演示员")), Favourites(papers, CITY, Noon())
    )
    made = Bench(window, desk, ItemsPresenter(window, desk, choose), papers)
    desk.begin()
    made.items.open()
    yield made
    tasks.wait()
    QApplication.processEvents()


def test_a_main_item_goes_through_the_guide_into_the_cart(bench: Bench) -> None:
    bench.search("主项trade")
    bench.press(K.Key_Return)
    assert bench.window.guide.isVisible()
    assert bench.question() == "matter？"
    bench.press(K.Key_1)
    assert bench.question() == "form？"
    bench.press(K.Key_2)
    assert bench.visit.codes == ("trade-2",)
    assert bench.window.picker.isVisible()
    assert bench.window.picker.search.hasFocus()
    assert bench.window.picker.search.text() == ""
    bench.press(K.Key_Return)  # on to the form
    assert bench.window.form.isVisible()
    assert [f.key for f in bench.visit.form.definition.fields] == ["applicant.spouse"]


def test_back_in_the_guide_keeps_what_was_answered(bench: Bench) -> None:
    bench.search("主项trade")
    bench.press(K.Key_Return, K.Key_1, K.Key_Up)
    assert bench.question() == "matter？"
    bench.press(K.Key_Down)  # the answer given before stands
    assert bench.question() == "form？"
    bench.press(K.Key_1)
    assert bench.visit.codes == ("trade-1",)


def test_leaving_the_guide_leaves_the_cart_alone(bench: Bench) -> None:
    bench.search("主项trade")
    bench.press(K.Key_Return, K.Key_1, K.Key_Escape)
    assert bench.visit.codes == ()
    assert bench.window.picker.isVisible()


def test_answers_are_changed_in_place(bench: Bench) -> None:
    bench.search("主项trade")
    bench.press(K.Key_Return, K.Key_1, K.Key_2)
    bench.search("卫生许可")
    bench.press(K.Key_Return)
    again = bench.window.picker.findChild(QAbstractButton, "cart_ask_trade-2")
    assert again is not None
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert bench.question() == "matter？"
    bench.press(K.Key_2)
    assert bench.visit.codes == ("trade-3", "permit-1")


def test_a_situation_named_by_the_words_needs_no_guide(bench: Bench) -> None:
    bench.search("个体户变更")
    bench.press(K.Key_Return)
    assert bench.visit.codes == ("trade-3",)
    assert bench.window.picker.isVisible()


def test_a_bundles_answers_decide_its_items_and_materials(bench: Bench) -> None:
    bench.search("一件事shop")
    bench.press(K.Key_Return)
    assert bench.question() == "board？"
    bench.press(K.Key_1)
    assert bench.question() == "户外招牌：lit？"
    bench.press(K.Key_1)
    assert [item.code for item in bench.visit.items] == ["permit-1", "sign-1"]
    assert [m.use.id for m in bench.visit.checklist.materials] == ["drawing"]
    event = bench.visit.events[-1]
    assert event.details["answers"] == {"shop": {"board": "yes", "sign-1:lit": "yes"}}


def test_undo_takes_the_answers_back_too(bench: Bench) -> None:
    bench.search("一件事shop")
    bench.press(K.Key_Return, K.Key_2)
    assert [item.code for item in bench.visit.items] == ["permit-1"]
    assert bench.desk.undo()
    assert (bench.visit.items, dict(bench.visit.answers)) == ((), {})


def test_items_that_exclude_each_other_are_refused_in_words(bench: Bench) -> None:
    bench.search("卫生许可")
    bench.press(K.Key_Return)
    bench.search("出生证")
    bench.press(K.Key_Return)
    assert bench.visit.codes == ("permit-1",)
    notice = " ".join(label.text() for label in bench.window.notice.findChildren(QLabel))
    assert "不能合并填表" in notice


def test_the_next_visitor_finds_no_open_guide(bench: Bench) -> None:
    bench.search("主项trade")
    bench.press(K.Key_Return)
    bench.desk.begin()
    bench.window.guide.answered.emit("setup")
    assert bench.visit.codes == ()


def test_what_is_pinned_and_chosen_stands_first_before_anything_is_typed(bench: Bench) -> None:
    assert [hit.code for hit in bench.results()] == ["shop"]
    bench.search("出生证")
    bench.press(K.Key_D, modifier=Qt.KeyboardModifier.ControlModifier)
    assert bench.results()[0].mark == "pinned"
    assert bench.window.picker.current() == "odd-1"
    bench.search("卫生许可")
    bench.press(K.Key_Return, K.Key_Return)
    assert bench.window.form.isVisible()
    assert bench.written()["pinned"] == ["odd-1"]
    assert list(bench.written()["used"]) == ["permit-1"]  # type: ignore[call-overload]
    bench.items.open()
    assert [(hit.code, hit.mark) for hit in bench.results()] == [
        ("odd-1", "pinned"),
        ("sign", "related"),
        ("permit-1", "recent"),
        ("shop", ""),
    ]


def test_going_to_the_form_twice_counts_once(bench: Bench) -> None:
    bench.search("卫生许可")
    bench.press(K.Key_Return, K.Key_Return)
    bench.items.open()
    bench.press(K.Key_Return)
    used = bench.written()["used"]
    assert isinstance(used, dict)
    assert used["permit-1"][0] == 1


def test_escape_in_an_empty_box_goes_back_to_the_form(bench: Bench) -> None:
    bench.press(K.Key_Escape)
    assert bench.window.picker.isVisible()  # nothing chosen, no form to go to
    bench.search("卫生许可")
    bench.press(K.Key_Return, K.Key_Escape)
    assert bench.window.form.isVisible()


def test_the_matched_part_is_handed_to_the_view(bench: Bench) -> None:
    bench.search("招牌")
    hit = next(hit for hit in bench.results() if hit.code == "sign-1")
    assert hit.name_spans == ((2, 4),)
    bench.search("zhaopai")
    hit = next(hit for hit in bench.results() if hit.code == "sign-1")
    assert (hit.name_spans, hit.why) == (((2, 4),), "拼音")


class SlowIndex:
    """An index that is made when the test says so."""

    def __init__(self) -> None:
        self.made = Event()

    @property
    def ready(self) -> bool:
        return self.made.is_set()

    def find(self, words: str) -> list[Hit]:
        assert self.made.wait(10)
        return SearchIndex(CITY).find(words)


def test_a_keystroke_before_the_index_is_made_does_not_wait_for_it(qtbot: QtBot, bench: Bench) -> None:
    index = SlowIndex()
    bench.items._choose._index = index  # type: ignore[assignment]
    bench.search("卫生")
    assert bench.results() == []
    bench.press(K.Key_Return)
    assert bench.visit.codes == ()
    bench.search("主项trade")
    index.made.set()
    qtbot.waitUntil(lambda: bench.results() != [])
    assert bench.results()[0].name == SearchIndex(CITY).find("主项trade")[0].name
    bench.press(K.Key_Return)
    assert bench.window.guide.isVisible()
