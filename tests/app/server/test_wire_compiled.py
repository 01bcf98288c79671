"""The compiled check says of every document what jsonschema says of it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from gateway_kit import make_case, page_bytes
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.server import query_schemas, schemas
from app.server.checking import BadDocument, Flaw, check_against
from app.server.wire import case_document

CASE = case_document(make_case(1, (page_bytes(1),)))
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)  # others are refused beside the schema
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 1 << 60), st.floats(allow_nan=False, allow_infinity=False),
    TEXT, st.just([]), st.just({}), st.just(["x"]), st.just({"x": 1}),
    st.sampled_from(["2026-12-01", "2026-12-01\n", "A01\n", "", "x" * 5000, "CAPTURED", "captured", "㛃𠮷", "\\b"]),
)  # fmt: skip


def places(document: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a document."""
    inner = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    return [at, *(place for key, value in inner for place in places(value, (*at, key)))]


def changed(document: Any, place: tuple[Any, ...], value: Any, drop: bool) -> Any:
    copied = copy.deepcopy(document)
    if not place:
        return value
    parent = copied
    for key in place[:-1]:
        parent = parent[key]
    if drop:
        del parent[place[-1]]
    else:
        parent[place[-1]] = value
    return copied


def passes(schema: dict[str, Any], document: Any) -> bool:
    try:
        check_against(schema, document)
    except BadDocument:
        return False
    return True


@given(st.sampled_from(places(CASE)), ODD, st.booleans())
def test_the_two_agree_on_cases(place: tuple[Any, ...], value: Any, drop: bool) -> None:
    document = changed(CASE, place, value, drop)
    assert passes(schemas.CASE, document) == Draft202012Validator(schemas.CASE).is_valid(document)


SMALL = {
    "rating": schemas.RATING, "seal": schemas.SEAL, "query": query_schemas.QUERY, "redeem": schemas.REDEEM,
    "reconcile": schemas.RECONCILE, "batch": schemas.BATCH, "audit": schemas.AUDIT,
}  # fmt: skip


@given(st.sampled_from(sorted(SMALL)), st.data())
def test_the_two_agree_on_the_other_documents(name: str, data: st.DataObject) -> None:
    schema = SMALL[name]
    names = sorted(schema["properties"])
    document = data.draw(st.dictionaries(st.sampled_from(names), ODD))
    assert passes(schema, document) == Draft202012Validator(schema).is_valid(document)


@pytest.mark.parametrize("character", [chr(n) for n in range(32)])
def test_control_characters_are_found_wherever_they_stand(character: str) -> None:
    document = changed(CASE, ("applicant", "name"), f"王{character}㛃", False)
    if character in "\t\r\n":
        assert passes(schemas.CASE, document)
    else:
        with pytest.raises(BadDocument) as caught:
            check_against(schemas.CASE, document)
        assert caught.value.flaws == [Flaw("applicant/name", "含有控制字符")]
    # What only looks like one in the canonical form is none.
    for text in ("\\u0000", "\\b", "C:\\fonts\\bin"):
        assert passes(schemas.CASE, changed(CASE, ("applicant", "name"), text, False))
