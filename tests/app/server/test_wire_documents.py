"""Documents survive the way there and back; what is no document is refused without repeating it."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from gateway_kit import NOW, make_case, page_bytes, page_of
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.case import Case, CaseState, OperationKind, Window
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.domain.numbering import provisional_number
from app.server import headers as h
from app.server.checking import BadDocument, Flaw, check_against
from app.server.field_names import label_of
from app.server.wire import build_operations, case_document, parse_json, read_case, read_file

letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("㛃𠮷䶮𬭚\n\t")
words = st.text(letters, min_size=1, max_size=20)
texts = st.text(letters, max_size=40)
times = st.integers(0, 4_102_444_800_000).map(
    lambda ms: dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(milliseconds=ms)
)
days = st.none() | st.dates()
pages = st.builds(
    Page,
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    media_type=st.sampled_from(["image/jpeg", "application/pdf", "image/svg+xml"]),
    size=st.integers(0, h.MAX_FILE),
    width=st.integers(0, 100_000),
    height=st.integers(0, 100_000),
)
uses = st.builds(
    MaterialUse, id=words, name=words, required=st.booleans(), original=st.booleans(), copies=st.integers(0, 9)
)
materials = st.builds(
    Material,
    use=uses,
    asked_by=st.lists(words, max_size=3).map(tuple),
    status=st.sampled_from(MaterialStatus),
    reason=texts,
    pages=st.lists(pages, max_size=3).map(tuple),
    due=days,
)
facts = st.builds(
    Fact,
    role=words,
    element=words,
    value=texts,
    source=st.builds(Source, st.sampled_from(SourceKind), texts, texts),
    verdict=st.sampled_from(Verdict),
    at=times,
)
codes = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=33, max_size=33)
cases = st.builds(
    Case,
    case_id=st.uuids(version=4).map(str),
    visit_id=words,
    item_code=codes,
    item_name=words,
    department=words,
    provisional_no=st.integers(1, 9999).map(lambda n: provisional_number("A01", NOW, n)),
    accepted_at=times,
    window=st.builds(Window, st.sampled_from(["A01", "B2", "ZZ99AA"]), texts, texts, texts),
    clerk=words,
    catalog_version=words,
    applicant_name=words,
    applicant_number=texts,
    form=st.dictionaries(words, texts, max_size=5),
    facts=st.lists(facts, max_size=4).map(tuple),
    materials=st.lists(materials, max_size=3).map(tuple),
    bundle_code=texts,
    due=days,
)


@given(cases)
@settings(max_examples=60, deadline=None)
def test_a_case_survives_the_wire(case: Case) -> None:
    document = parse_json(h.canonical(case_document(case)))
    assert read_case(document) == case
    assert case_document(read_case(document)) == document


@given(cases)
@settings(max_examples=20, deadline=None)
def test_what_only_the_workstation_knows_stays_there(case: Case) -> None:
    known = dataclasses.replace(case, state=CaseState.ACKED, case_no="X", rev=7)
    assert case_document(known) == case_document(case)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | texts, lambda s: st.lists(s) | st.dictionaries(texts, s))
)
@settings(max_examples=100, deadline=None)
def test_any_other_json_is_refused_politely(document: Any) -> None:
    with pytest.raises(BadDocument) as caught:
        read_case(document)
    assert caught.value.flaws
    with pytest.raises(BadDocument):
        read_file(document)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inner = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    return [(*at, key) for key, _ in inner] + [p for key, item in inner for p in paths(item, (*at, key))]


FREE = ("form",)


def test_every_field_is_needed_and_typed() -> None:
    whole = case_document(make_case(1, (page_bytes(1),)))
    places = [path for path in paths(whole) if path[0] not in FREE]
    assert len(places) > 70
    for path in places:
        broken = copy.deepcopy(whole)
        holder = broken
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = {"unexpected": ["type"]}
        with pytest.raises(BadDocument):
            read_case(broken)
        if isinstance(holder, dict):
            del holder[path[-1]]
            with pytest.raises(BadDocument):
                read_case(broken)


def test_unknown_fields_are_tolerated() -> None:
    case = make_case(1, (page_bytes(1),))
    document = case_document(case)
    document["from_a_newer_version"] = {"x": [1, 2]}
    document["facts"][0]["more"] = "y"
    document["materials"][1]["pages"][0]["dpi"] = 300
    document["window"]["floor"] = 3
    assert read_case(document).case_id == case.case_id


def test_bounds_hold() -> None:
    def with_value(**changes: Any) -> dict[str, Any]:
        return {**case_document(make_case()), **changes}

    fact = case_document(make_case())["facts"][0]
    for bad in (
        with_value(form={"x": "长" * 4001}),
        with_value(form={"x": 7}),
        with_value(form={f"k{n}": "" for n in range(2001)}),
        with_value(facts=[fact] * 4001),
        with_value(form={f"k{n}": "长" * 4000 for n in range(100)}),
        with_value(clerk=""),
        with_value(case_id="../../etc/passwd"),
        with_value(accepted_at="2026-02-30T00:00:00.000Z"),
        with_value(accepted_at="2026-02-03T00:00:00"),
        with_value(due="2026-02-30"),
        with_value(provisional_no="A01202611210001X"),
        with_value(form={"x": "\ud800"}),
        with_value(form={"x\x00": ""}),
        with_value(provisional_no=case_document(make_case())["provisional_no"] + "\n"),
        with_value(case_id=case_document(make_case())["case_id"] + "\n"),
    ):
        with pytest.raises(BadDocument):
            read_case(bad)


def test_a_refusal_never_repeats_a_value() -> None:
    document = case_document(make_case())
    number = document["applicant"]["number"]
    document["applicant"]["number"] = number * 5
    document["facts"][1]["verdict"] = number
    document["case_id"] = number
    with pytest.raises(BadDocument) as caught:
        read_case(document)
    assert number not in f"{caught.value} {caught.value.flaws}"
    assert len(caught.value.flaws) == 3


def test_hostile_json_is_refused() -> None:
    for data in (b"\xff\xfe", b'{"a":Infinity}', b'"\\udc00"', b"[" * 100_000, b"{" * 10, b"1" * 6000):
        with pytest.raises(BadDocument):
            parse_json(data)
    assert parse_json('{"名": "㛃𠮷䶮𬭚"}'.encode()) == {"名": "㛃𠮷䶮𬭚"}


def test_operations_are_the_case_then_each_page_once() -> None:
    first, second = page_bytes(1), page_bytes(2)
    case = make_case(1, (first, second, first))
    shared = make_case(2, (first,))
    operations = build_operations([case, shared])
    assert [(op.kind, op.case_id) for op in operations] == [
        (OperationKind.CASE, case.case_id),
        (OperationKind.FILE, case.case_id),
        (OperationKind.FILE, case.case_id),
        (OperationKind.CASE, shared.case_id),
        (OperationKind.FILE, shared.case_id),
    ]
    assert operations[0].body == case_document(case)
    assert [read_file(op.body).sha256 for op in operations if op.kind is OperationKind.FILE] == [
        page_of(first).sha256,
        page_of(second).sha256,
        page_of(first).sha256,
    ]
    assert len({op.op_id for op in operations}) == 5
    assert all(h.is_uuid(op.op_id) and op.op_id[14] == "4" for op in operations)
    # What is in the outbox is JSON and nothing else.
    assert all(json.loads(json.dumps(op.body)) == op.body for op in operations)


def test_digests_and_metadata() -> None:
    assert h.content_digest(b"hello") == "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:"
    assert h.digest_holds("sha-512=:x:, " + h.content_digest(b"a"), b"a")
    assert not h.digest_holds("", b"a")
    assert not h.digest_holds(h.content_digest(b"b"), b"a")
    values = {"sha256": "ab", "name": "㛃𠮷.jpg", "empty": ""}
    assert h.read_upload_metadata(h.upload_metadata(values)) == values
    with pytest.raises(ValueError, match=r"."):
        h.read_upload_metadata("name ???")


def test_schemas_can_be_asked_directly() -> None:
    check_against({"type": "object"}, {})
    with pytest.raises(BadDocument):
        check_against({"type": "object"}, [])


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("applicant/name", "申请人姓名或单位名称"),
        ("item/code", "事项"),
        ("materials/2/pages/0/sha256", "第 3 份材料"),
        ("facts/0/value", "填写内容第 1 项"),
        ("form", "表单内容"),
        ("", ""),
        ("something/new", "something/new"),
    ],
    ids=["name", "item", "material", "fact", "form", "nothing", "unknown"],
)
def test_a_refusal_names_the_field_as_the_form_does(path: str, label: str) -> None:
    assert label_of(path) == label


def test_an_empty_name_is_told_in_the_clerks_words() -> None:
    error = BadDocument([Flaw("applicant/name", "不能为空")])
    assert error.what == "申请人姓名或单位名称 不能为空"
    assert "applicant" not in str(error)
