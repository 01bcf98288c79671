"""What goes into the cart, and what the answers make of it."""

from __future__ import annotations

import datetime as dt

import pytest
from guide_cases import asks, bundle, catalog, question, situation, wants

from app.catalog.search import SearchIndex
from app.domain.clerk import Clerk
from app.domain.errors import BadInput
from app.services.choose_items import ChooseItems, Suggestion
from app.services.duty import Duty
from app.services.favourites import Favourites
from app.services.visit import Visit, new_visit

NOW = dt.datetime(2026, 11, 21, 2, 0, tzinfo=dt.UTC)

CITY = catalog(
    [
        situation("trade-1", asks("name"), asks("spouse", form=["two"]), matter=["setup"]),
        situation("trade-2", asks("reason"), matter=["close"]),
        situation("sign-1", asks("board"), wants("drawing", lit=["yes"])),
    ],
    {
        "trade": [question("matter", "setup", "close"), question("form", "one", "two", matter=["setup"])],
        "sign": [question("lit", "yes", "no")],
    },
    [
        bundle("plain", ["trade-2"]),
        bundle("shop", [("trade-1", {"new": ["yes"]}), "sign-1"], question("new", "yes", "no")),
    ],
)


class Noon:
    def now(self) -> dt.datetime:
        return NOW


class NoPapers:
    def setting(self, key: str) -> str | None:
        return None

    def set_setting(self, key: str, value: str) -> None:
        raise AssertionError("nothing asked for a save")


@pytest.fixture
def choose() -> ChooseItems:
    return ChooseItems(
        CITY, SearchIndex(CITY), Noon(), Duty(Clerk("0001", "演示员")), Favourites(NoPapers(), CITY, Noon())
    )


@pytest.fixture
def visit() -> Visit:
    return new_visit(NOW)


def fields(visit: Visit) -> list[str]:
    return [f.element.id for f in visit.form.definition.fields]


def test_a_main_item_goes_in_as_its_situation(choose: ChooseItems, visit: Visit) -> None:
    visit = choose.add(visit, "trade", {"matter": "setup", "form": "two"})
    assert visit.codes == ("trade-1",)
    assert fields(visit) == ["name", "spouse"]
    assert visit.events[-1].details["answers"] == {"trade-1": {"matter": "setup", "form": "two"}}


def test_nothing_goes_in_while_a_question_is_open(choose: ChooseItems, visit: Visit) -> None:
    for code, answers in (("trade", {"matter": "setup"}), ("shop", {}), ("sign-1", {})):
        with pytest.raises(BadInput, match="还有问题没有回答"):
            choose.add(visit, code, answers)


def test_other_answers_change_the_situation_in_its_place(choose: ChooseItems, visit: Visit) -> None:
    visit = choose.add(visit, "trade", {"matter": "setup", "form": "one"})
    visit = choose.add(visit, "sign", {"lit": "no"})
    assert sorted(fields(visit)) == ["board", "name"]
    changed = choose.add(visit, "trade", {"matter": "close", "form": "one"})
    assert changed.codes == ("trade-2", "sign-1")
    assert sorted(fields(changed)) == ["board", "reason"]
    same_item = choose.add(visit, "trade", {"matter": "setup", "form": "two"})
    assert same_item.codes == visit.codes
    assert fields(same_item) == ["name", "spouse", "board"]


def test_the_same_again_changes_nothing(choose: ChooseItems, visit: Visit) -> None:
    once = choose.add(visit, "trade", {"matter": "close"})
    assert choose.add(once, "trade", {"matter": "close"}) is once
    plain = choose.add(once, "plain")
    assert choose.add(plain, "plain") is plain


def test_a_situation_that_is_taken_twice_is_asked_once(choose: ChooseItems, visit: Visit) -> None:
    both = choose.add(choose.add(visit, "trade", {"matter": "close"}), "plain")
    assert both.codes == ("trade-2", "plain")
    assert [item.code for item in both.items] == ["trade-2"]


def test_what_is_taken_out_keeps_its_answers(choose: ChooseItems, visit: Visit) -> None:
    answers = {"matter": "setup", "form": "two"}
    visit = choose.remove(choose.add(visit, "trade", answers), "trade-1")
    assert (visit.codes, visit.items, fields(visit)) == ((), (), [])
    assert choose.answers(visit, "trade") == answers
    assert choose.add(visit, "trade").codes == ("trade-1",)
    assert choose.answers(visit, "sign") == {}


def test_a_bundles_answers_decide_items_fields_and_materials(choose: ChooseItems, visit: Visit) -> None:
    full = choose.add(visit, "shop", {"new": "yes", "trade-1:form": "one", "sign-1:lit": "yes"})
    assert [item.code for item in full.items] == ["trade-1", "sign-1"]
    assert sorted(fields(full)) == ["board", "name"]
    assert [m.use.id for m in full.checklist.materials] == ["drawing"]
    less = choose.add(full, "shop", {"new": "no", "trade-1:form": "one", "sign-1:lit": "no"})
    assert [item.code for item in less.items] == ["sign-1"]
    assert less.checklist.materials == ()


def test_suggestions_name_each_code_once(choose: ChooseItems) -> None:
    assert choose.suggestions() == (Suggestion("plain"), Suggestion("shop"))
    choose.favourites.toggle("shop")
    choose.favourites.used(["shop", "trade-2"])
    assert choose.suggestions() == (Suggestion("shop", "pinned"), Suggestion("trade-2", "recent"), Suggestion("plain"))


def test_what_bundles_have_together_with_the_cart_is_offered_first(choose: ChooseItems, visit: Visit) -> None:
    assert choose.suggestions(visit.items)[0].why == ""
    bought = choose.add(visit, "trade-1", {"matter": "setup", "form": "one"})
    assert choose.suggestions(bought.items)[0] == Suggestion("sign", "related")
    both = choose.add(bought, "sign-1", {"lit": "yes"})
    assert all(one.why != "related" for one in choose.suggestions(both.items)), "both are in the cart already"
    closing = choose.add(visit, "trade-2")
    assert all(one.why != "related" for one in choose.suggestions(closing.items)), "its only bundle is itself"
