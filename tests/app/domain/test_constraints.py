"""Merging what several items ask of one field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.domain.constraints import Contradiction, element_schema, merge
from app.domain.item import Element, ElementType


def test_bounds_are_tightened_to_the_strictest() -> None:
    merged = merge({"type": "integer", "minimum": 1, "maximum": 300}, {"minimum": 10, "maximum": 1000})
    assert merged == {"type": "integer", "minimum": 10, "maximum": 300}


def test_lengths_enums_and_steps_are_tightened() -> None:
    assert merge({"minLength": 2, "maxLength": 60}, {"minLength": 1, "maxLength": 50}) == {
        "minLength": 2,
        "maxLength": 50,
    }
    assert merge({"enum": ["a", "b", "c"]}, {"enum": ["c", "b"]})["enum"] == ["b", "c"]
    assert merge({"multipleOf": 0.02}, {"multipleOf": 0.03})["multipleOf"] == pytest.approx(0.06)
    assert merge({"type": "number"}, {"type": "integer"})["type"] == "integer"


def test_patterns_stand_side_by_side() -> None:
    merged = merge({"pattern": "^a"}, {"pattern": "z$"})
    assert merged == {"pattern": "^a", "allOf": [{"pattern": "z$"}]}
    validator = Draft202012Validator(merged)
    assert validator.is_valid("abz")
    assert not validator.is_valid("ab")
    assert not validator.is_valid("bz")


def test_the_same_side_condition_is_not_repeated() -> None:
    merged = merge(merge({"pattern": "^a"}, {"pattern": "z$"}), {"allOf": [{"pattern": "z$"}]})
    assert merged["allOf"] == [{"pattern": "z$"}]


def test_hints_of_both_are_kept_and_differing_defaults_dropped() -> None:
    merged = merge({"x-hint": "甲", "default": "1"}, {"x-hint": "乙", "default": "2"})
    assert merged == {"x-hint": "甲；乙"}


def test_a_default_the_other_item_forbids_is_not_proposed() -> None:
    assert "default" not in merge({"default": "roof"}, {"enum": ["wall"]})
    assert "default" not in merge({"default": 5}, {"minimum": 10})
    assert merge({"default": "wall"}, {"enum": ["wall"]})["default"] == "wall"


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ({"minimum": 10}, {"maximum": 9}, "不小于 10 与不大于 9"),
        ({"exclusiveMinimum": 10}, {"maximum": 10}, "不小于 10 与不大于 10"),
        ({"type": "integer", "exclusiveMinimum": 1}, {"exclusiveMaximum": 2}, "不小于 1"),
        ({"minimum": 1, "multipleOf": 5}, {"maximum": 4}, "不小于 1"),
        ({"minLength": 5}, {"maxLength": 4}, "至少 5 个字"),
        ({"enum": ["a"]}, {"enum": ["b"]}, "没有交集"),
        ({"type": "string"}, {"type": "number"}, "数据类型不同"),
        ({"enum": ["a", "b"]}, {"const": "c"}, "固定值"),
    ],
)
def test_contradictions_are_named(first: dict[str, Any], second: dict[str, Any], says: str) -> None:
    with pytest.raises(Contradiction, match=says):
        merge(first, second)


def test_an_element_brings_its_type_and_codes() -> None:
    sex = Element("sex", "性别", "Sex", ElementType.CHOICE, codes={"1": "男", "2": "女"})
    assert element_schema(sex) == {"type": "string", "enum": ["1", "2"]}
    until = Element("v", "", "", ElementType.DATE, {"anyOf": [{"format": "date"}, {"const": "长期"}]})
    assert "format" not in element_schema(until)
    assert element_schema(Element("d", "", "", ElementType.DATE))["format"] == "date"


def test_merging_leaves_its_arguments_alone() -> None:
    first, second = {"minimum": 1, "allOf": [{"pattern": "a"}]}, {"minimum": 2, "allOf": [{"pattern": "b"}]}
    merge(first, second)
    assert first == {"minimum": 1, "allOf": [{"pattern": "a"}]}
    assert second == {"minimum": 2, "allOf": [{"pattern": "b"}]}


_INTS = st.integers(-20, 20)
_NUMBER_SCHEMA = st.fixed_dictionaries(
    {"type": st.sampled_from(["integer", "number"])},
    optional={
        "minimum": _INTS,
        "maximum": _INTS,
        "exclusiveMinimum": _INTS,
        "exclusiveMaximum": _INTS,
        "multipleOf": st.integers(1, 6),
    },
)
_TEXT_SCHEMA = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={
        "minLength": st.integers(0, 4),
        "maxLength": st.integers(0, 4),
        "pattern": st.sampled_from(["^a", "b$", "a.*b"]),
        "enum": st.lists(st.sampled_from(["a", "ab", "b", "aab"]), min_size=1, unique=True),
        "const": st.sampled_from(["a", "ab"]),
    },
)
_PAIRS = st.one_of(
    st.tuples(_NUMBER_SCHEMA, _NUMBER_SCHEMA, st.integers(-25, 25)),
    st.tuples(_TEXT_SCHEMA, _TEXT_SCHEMA, st.text("ab", max_size=5)),
)


@given(_PAIRS)
def test_a_value_passes_the_merger_exactly_when_it_passes_both(case: tuple[Any, Any, Any]) -> None:
    first, second, value = case
    both = Draft202012Validator(first).is_valid(value) and Draft202012Validator(second).is_valid(value)
    try:
        merged = merge(first, second)
    except Contradiction:
        assert not both
    else:
        assert Draft202012Validator(merged).is_valid(value) == both
