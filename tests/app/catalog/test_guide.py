"""The guide asks what matters, and ends in one situation a main item."""

from __future__ import annotations

import pytest
from guide_cases import asks, bundle, catalog, question, situation, wants
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.guide import SITUATION, Guide, settled
from app.domain.item import Catalog

TRADES = catalog(
    [
        situation("m-1", matter=["setup"], form=["person"]),
        situation("m-2", matter=["setup"], form=["household"]),
        situation("m-3", matter=["change"]),
        situation("m-4", matter=["cancel"]),
    ],
    {
        "m": [
            question("matter", "setup", "change", "cancel"),
            question("form", "person", "household", matter=["setup"]),
        ]
    },
)


def open_ids(guide: Guide, **answers: str) -> list[str]:
    return [q.id for q in guide.questions(answers)]


def test_answers_narrow_the_situation() -> None:
    guide = Guide(TRADES, "m")
    assert guide.asks
    assert open_ids(guide) == ["matter"]
    assert guide.items({}) == ("m-1", "m-2", "m-3", "m-4")
    assert open_ids(guide, matter="setup") == ["form"]
    assert guide.items({"matter": "setup"}) == ("m-1", "m-2")
    assert not guide.decided({"matter": "setup"})
    assert guide.items({"matter": "setup", "form": "household"}) == ("m-2",)
    assert guide.decided({"matter": "setup", "form": "household"})
    assert guide.decided({"matter": "cancel"})


def test_going_back_keeps_the_other_answers() -> None:
    guide = Guide(TRADES, "m")
    answers = {"matter": "setup", "form": "household"}
    changed = {**answers, "matter": "change"}
    assert guide.items(changed) == ("m-3",)  # what was said of the form counts for nothing now …
    assert [s.question.id for s in guide.steps(changed)] == ["matter"]
    assert guide.items({**changed, "matter": "setup"}) == ("m-2",)  # … and is there again


def test_an_answer_that_is_no_option_counts_as_none() -> None:
    assert open_ids(Guide(TRADES, "m"), matter="sell") == ["matter"]


def test_a_situation_chosen_by_itself_needs_no_guide_and_knows_its_answers() -> None:
    guide = Guide(TRADES, "m-2")
    assert not guide.asks
    assert guide.decided({})
    assert guide.items({}) == ("m-2",)
    assert guide.values({}, "m-2") == {"answer.matter": "setup", "answer.form": "household"}


def test_an_answer_that_leads_nowhere_is_not_offered_and_the_only_one_not_asked() -> None:
    some = catalog(
        [situation("m-1", a=["1"], b=["x"]), situation("m-2", a=["2"])],
        {"m": [question("a", "1", "2", "3"), question("b", "x", "y", a=["1"])]},
    )
    guide = Guide(some, "m")
    assert [o.value for o in guide.questions({})[0].options] == ["1", "2"]
    assert guide.decided({"a": "1"})
    assert guide.values({"a": "1"}, "m-1") == {"answer.a": "1", "answer.b": "x"}


def test_a_question_that_changes_nothing_is_not_asked() -> None:
    some = catalog([situation("m-1")], {"m": [question("a", "1", "2")]})
    assert not Guide(some, "m").asks


def test_answers_decide_fields_and_materials() -> None:
    one = situation("m-1", asks("name"), asks("spouse", married=["yes"]), wants("promise", married=["no"]))
    guide = Guide(catalog([one], {"m": [question("married", "yes", "no")]}), "m")
    assert open_ids(guide) == ["married"]
    (item,) = guide.chosen({"married": "yes"})
    assert [f.key for f in item.fields] == ["applicant.name", "applicant.spouse"]
    assert item.materials == ()
    assert item.fields[1].when == {}
    (item,) = guide.chosen({"married": "no"})
    assert [f.key for f in item.fields] == ["applicant.name"]
    assert [m.id for m in item.materials] == ["promise"]


def test_a_condition_on_a_field_stays_when_the_answer_fits() -> None:
    one = situation("m-1", asks("lease", matter=["setup"]))
    use = one.fields[0]
    mixed = {**use.when, "premises.use_right": ("rent",)}
    item = settled(
        situation("m-1", type(use)(use.role, use.element, when=mixed)),
        {"answer.matter": "setup"},
    )
    assert item.fields[0].when == {"premises.use_right": ("rent",)}


def test_equal_ids_in_two_main_items_do_not_meet() -> None:
    some = catalog(
        [
            situation("a-1", asks("old_name", what=["name"]), what=["name"]),
            situation("a-2", what=["place"]),
            situation("b-1", asks("reason", what=["lost"])),
        ],
        {"a": [question("what", "name", "place")], "b": [question("what", "lost", "worn")]},
        [bundle("both", ["a-1", "b-1"])],
    )
    guide = Guide(some, "both")
    assert open_ids(guide) == ["b-1:what"]
    assert guide.questions({})[0].text == "事项b-1：what？"
    answers = {"b-1:what": "worn"}
    assert guide.values(answers, "a-1") == {"answer.what": "name"}
    assert guide.values(answers, "b-1") == {"answer.what": "worn"}
    assert [[f.element for f in item.fields] for item in guide.chosen(answers)] == [["old_name"], []]


SHOP = catalog(
    [
        situation("reg-1", asks("partner", form=["two"]), form=["one", "two"]),
        situation("sign-1", asks("board", signboard=["yes"])),
    ],
    {"reg": [question("form", "one", "two")]},
    [bundle("shop", ["reg-1", ("sign-1", {"signboard": ["yes"]})], question("signboard", "yes", "no"))],
)


def test_a_bundles_answers_take_items_in_and_out() -> None:
    guide = Guide(SHOP, "shop")
    assert open_ids(guide) == ["signboard", "reg-1:form"]
    answers = {"signboard": "no", "reg-1:form": "two"}
    assert guide.items(answers) == ("reg-1",)
    assert guide.decided(answers)
    assert guide.items({**answers, "signboard": "yes"}) == ("reg-1", "sign-1")
    assert [len(item.fields) for item in guide.chosen({**answers, "signboard": "yes"})] == [1, 1]


def test_situations_that_no_question_tells_apart_are_asked_for_by_name() -> None:
    some = catalog([situation("m-1", name="甲"), situation("m-2", name="乙"), situation("m-3", name="丙")])
    guide = Guide(some, "m")
    assert open_ids(guide) == [SITUATION]
    assert [o.text for o in guide.questions({})[0].options] == ["甲", "乙", "丙"]
    assert guide.items({SITUATION: "m-2"}) == ("m-2",)
    assert guide.decided({SITUATION: "m-2"})


def test_conditions_that_nobody_can_meet_leave_a_choice() -> None:
    some = catalog([situation("m-1", ghost=["1"]), situation("m-2", ghost=["2"])])
    assert Guide(some, "m").items({SITUATION: "m-1"}) == ("m-1",)


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Guide(TRADES, "no such")


IDS, VALUES = "abcd", "123"


@st.composite
def catalogues(draw: st.DrawFn) -> Catalog:
    """Any main item, with sensible and senseless conditions, circles and questions that nobody needs included."""
    values = st.lists(st.sampled_from([*VALUES, "*"]), min_size=1, max_size=3, unique=True)
    conditions = st.dictionaries(st.sampled_from(IDS), values, max_size=3)
    questions = [
        question(key, *draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=3, unique=True)), **draw(conditions))
        for key in draw(st.lists(st.sampled_from(IDS), unique=True))
    ]
    items = [
        situation(f"m-{n}", asks("name", **draw(conditions)), **draw(conditions))
        for n in range(draw(st.integers(1, 5)))
    ]
    everything = bundle("all", [(i.code, draw(conditions_of(questions))) for i in items], *questions)
    return catalog(items, {"m": questions}, [everything])


def conditions_of(questions: list[object]) -> st.SearchStrategy[dict[str, list[str]]]:
    return st.dictionaries(st.sampled_from(IDS), st.lists(st.sampled_from(VALUES), min_size=1), max_size=2)


def walk(guide: Guide, choose: st.DataObject) -> dict[str, str]:
    """Answer whatever is asked until nothing is."""
    answers: dict[str, str] = {}
    while asked := guide.questions(answers):
        assert asked[0].id not in answers, "asked again"
        before = guide.items(answers)
        option = choose.draw(st.sampled_from(asked[0].options))
        answers[asked[0].id] = option.value
        assert set(guide.items(answers)) <= set(before)
        assert guide.items(answers), "an answer was offered that leads nowhere"
    return answers


@given(catalogues(), st.data())
def test_the_guide_always_ends_in_one_situation_a_main_item(some: Catalog, choose: st.DataObject) -> None:
    guide = Guide(some, "m")
    answers = walk(guide, choose)
    assert len(guide.items(answers)) == 1
    assert len(guide.chosen(answers)) == 1
    for item in guide.chosen(answers):
        assert not any(key.startswith("answer.") for use in item.fields for key in use.when)


@given(catalogues(), st.data())
def test_a_bundles_guide_ends_with_items(some: Catalog, choose: st.DataObject) -> None:
    guide = Guide(some, "all")
    assert guide.items(walk(guide, choose))


@given(catalogues(), st.data())
def test_back_and_forth_keeps_the_answers(some: Catalog, choose: st.DataObject) -> None:
    guide = Guide(some, choose.draw(st.sampled_from(["m", "all"])))
    answers = walk(guide, choose)
    steps = guide.steps(answers)
    if not steps:
        return
    step = choose.draw(st.sampled_from(steps))
    other = choose.draw(st.sampled_from(step.question.options)).value
    away = {**answers, step.question.id: other}
    while asked := guide.questions(away):  # what the other answer asks beside
        away[asked[0].id] = asked[0].options[0].value
    back = {**away, **answers}
    assert guide.steps(back) == steps
    assert guide.items(back) == guide.items(answers)
