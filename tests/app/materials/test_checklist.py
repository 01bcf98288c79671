"""Each material once for all items; settled by paper, proof, tolerance or promise, and never by anything less."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput, Refused
from app.domain.fact import Verdict
from app.domain.item import Item, MaterialUse
from app.domain.licence import CodeKind, LicenceReading
from app.domain.material import MaterialStatus, Page
from app.domain.person import CardType, IdCard
from app.materials.checklist import Checklist
from app.materials.settle import strictest

TYPE_CODE = "11100000000013338W011"
CARD = IdCard(CardType.RESIDENT, name="张伟", number="330502199003071232", valid_to="2036-03-07")
PAGE = Page("a" * 64, "image/jpeg", 1000, 700, 990)


def reading(verdict: Verdict = Verdict.SIGNATURE_VALID, **licence: str) -> LicenceReading:
    return LicenceReading(
        CodeKind.SIGNED_LICENCE,
        verdict,
        issuer="湖州市自然资源和规划局",
        licence={"type": "real_estate_certificate", "title": "不动产权证书", **licence},
        trust_date=dt.date(2026, 11, 20),
    )


def item(code: str, *uses: MaterialUse) -> Item:
    return Item(code, code, "", "d", "", "即办件", 1, 1, "", "", (), uses)


@pytest.fixture
def checklist(barber: tuple[Item, ...]) -> Checklist:
    return Checklist(barber)


def status(checklist: Checklist, material: str) -> MaterialStatus:
    return checklist.material(material).status


def test_shared_materials_are_asked_for_once(checklist: Checklist, barber: tuple[Item, ...]) -> None:
    assert len(checklist.materials) == 7
    assert sum(len(i.materials) for i in barber) == 11
    assert checklist.material("premises_use_proof").asked_by == tuple(i.code for i in barber)
    assert checklist.saved == 4
    assert [m.use.id for m in checklist.unsettled()] == [
        "identity_document", "premises_use_proof", "floor_plan", "hygiene_test_report", "signboard_picture",
    ]  # fmt: skip
    assert status(checklist, "health_certificates") is MaterialStatus.OPTIONAL


def test_the_whole_bundle_is_settled_as_at_the_counter(checklist: Checklist, today: dt.date) -> None:
    done = (
        checklist.waive_by_card(CARD)
        .waive_by_licence(reading())
        .capture("floor_plan", PAGE)
        .tolerate("hygiene_test_report", today)
        .promise("signboard_picture")
    )
    assert done.unsettled() == ()
    report = done.material("hygiene_test_report")
    assert report.due == dt.date(2026, 12, 18)
    assert report.reason == "20 个工作日内补交，最迟 2026-12-18"
    assert done.material("floor_plan").pages == (PAGE,)
    # Shared copies, and all of what the card, the licence (two kinds of paper) made needless.
    assert done.saved == 3 + 3 + 1
    assert checklist.unsettled() != ()


def test_the_reason_says_who_signed_and_how_it_was_checked(checklist: Checklist) -> None:
    offline = checklist.waive_by_licence(reading()).material("premises_use_proof")
    assert offline.reason == (
        "已核验《不动产权证书》电子证照，签发：湖州市自然资源和规划局，签名有效（离线，信任名单 2026-11-20）"
    )
    online = checklist.waive_by_licence(reading(Verdict.VERIFIED_ONLINE)).material("premises_use_proof")
    assert online.reason.endswith("联网核验有效")


@pytest.mark.parametrize("verdict", [v for v in Verdict if v not in (Verdict.SIGNATURE_VALID, Verdict.VERIFIED_ONLINE)])
def test_nothing_less_than_verified_waives(checklist: Checklist, verdict: Verdict) -> None:
    assert checklist.waive_by_licence(reading(verdict)) is checklist


def test_another_licence_waives_nothing_of_this(checklist: Checklist) -> None:
    after = checklist.waive_by_licence(reading(type="driving_licence"))
    assert [m.status for m in after.materials] == [m.status for m in checklist.materials]
    nothing = reading(type="", identifier="")
    assert checklist.waive_by_licence(nothing) is checklist


def test_a_licence_is_known_by_its_type_code_too() -> None:
    identifier = f"1.2.156.3005.2.{TYPE_CODE}.11430000006122244L.20230000403.001.U"
    checklist = Checklist([item("a", MaterialUse("m", "证明", waived_by=(TYPE_CODE,)))])
    waived = checklist.waive_by_licence(reading(type="unknown", identifier=identifier))
    assert status(waived, "m") is MaterialStatus.WAIVED
    other = identifier.replace(TYPE_CODE, "11100000000013338W012")
    assert status(checklist.waive_by_licence(reading(type="unknown", identifier=other)), "m") is MaterialStatus.MISSING


@pytest.mark.parametrize("kind", list(CardType))
def test_every_card_of_the_reader_stands_for_the_paper(checklist: Checklist, kind: CardType) -> None:
    line = checklist.waive_by_card(IdCard(kind)).material("identity_document")
    assert line.status is MaterialStatus.WAIVED
    assert kind.label in line.reason


def test_an_expired_card_waives_nothing(checklist: Checklist) -> None:
    assert checklist.waive_by_card(CARD, dt.date(2036, 3, 8)) is checklist
    assert status(checklist.waive_by_card(CARD, dt.date(2036, 3, 7)), "identity_document") is MaterialStatus.WAIVED
    forever = dataclasses.replace(CARD, valid_to="长期")
    assert status(checklist.waive_by_card(forever, dt.date(2099, 1, 1)), "identity_document") is MaterialStatus.WAIVED


def test_a_licence_that_calls_itself_a_card_is_no_card_reading(checklist: Checklist) -> None:
    faked = checklist.waive_by_licence(reading(type="resident"))
    assert status(faked, "identity_document") is MaterialStatus.MISSING


def test_tolerance_and_promise_are_refused_where_not_allowed(checklist: Checklist, today: dt.date) -> None:
    with pytest.raises(Refused, match="公共场所平面布局图"):
        checklist.tolerate("floor_plan", today)
    with pytest.raises(Refused, match="不适用告知承诺"):
        checklist.promise("hygiene_test_report")


def test_a_material_nobody_asks_for_is_refused(checklist: Checklist, today: dt.date) -> None:
    for action in (
        lambda: checklist.capture("no", PAGE),
        lambda: checklist.tolerate("no", today),
        lambda: checklist.promise("no"),
        lambda: checklist.drop_page("no", 0),
    ):
        with pytest.raises(Refused, match="不用收这份材料"):
            action()


def test_pages_are_added_and_dropped_and_uncover_what_was_before(checklist: Checklist, today: dt.date) -> None:
    second = dataclasses.replace(PAGE, sha256="b" * 64)
    report = "hygiene_test_report"
    captured = checklist.tolerate(report, today).capture(report, PAGE).capture(report, second)
    assert captured.material(report).status is MaterialStatus.CAPTURED
    assert captured.material(report).reason == "已拍 2 页"
    assert captured.capture(report, PAGE) is captured
    one = captured.drop_page(report, 0)
    assert one.material(report).pages == (second,)
    assert status(one.drop_page(report, 0), report) is MaterialStatus.TOLERATED
    assert status(one.drop_page(report, 0).withdraw(report), report) is MaterialStatus.MISSING
    with pytest.raises(IndexError):
        one.drop_page(report, 1)
    with pytest.raises(IndexError):
        one.drop_page(report, -1)


def test_a_promise_replaces_a_tolerance_and_the_reverse(today: dt.date) -> None:
    checklist = Checklist([item("a", MaterialUse("m", "甲", tolerable=True, tolerance_days=5, promise=True))])
    assert status(checklist.tolerate("m", today).promise("m"), "m") is MaterialStatus.PROMISED
    assert status(checklist.promise("m").tolerate("m", today), "m") is MaterialStatus.TOLERATED


def test_undo_takes_back_step_by_step(checklist: Checklist, today: dt.date) -> None:
    one = checklist.waive_by_licence(reading())
    two = one.capture("floor_plan", PAGE)
    assert two.can_undo
    assert two.undo() == one
    assert two.undo().undo() == checklist
    assert checklist.undo() is checklist
    assert not checklist.can_undo


def test_what_was_settled_outlives_a_change_of_the_cart(barber: tuple[Item, ...]) -> None:
    first = Checklist(barber[:1]).waive_by_licence(reading()).waive_by_card(CARD)
    more = Checklist(barber, previous=first.capture("identity_document", PAGE))
    # The consent of the owner is asked for by the signboard alone, which came after the licence was scanned.
    assert status(more, "signboard_consent") is MaterialStatus.WAIVED
    assert more.material("identity_document").pages == (PAGE,)
    fewer = Checklist(barber[:1], previous=Checklist(barber, previous=more).capture("floor_plan", PAGE))
    assert [m.use.id for m in fewer.materials] == ["identity_document", "premises_use_proof"]
    assert status(Checklist(barber, previous=fewer), "floor_plan") is MaterialStatus.CAPTURED


def test_an_item_that_knows_no_tolerance_ends_it(today: dt.date) -> None:
    lenient = item("a", MaterialUse("m", "甲", tolerable=True, tolerance_days=20, promise=True))
    strict = item("b", MaterialUse("m", "甲"))
    tolerated = Checklist([lenient]).tolerate("m", today)
    assert status(Checklist([lenient, strict], previous=tolerated), "m") is MaterialStatus.MISSING
    quicker = item("c", MaterialUse("m", "甲", tolerable=True, tolerance_days=5))
    assert Checklist([lenient, quicker], previous=tolerated).material("m").due == dt.date(2026, 11, 27)


def test_the_strictest_need_wins() -> None:
    merged = strictest(
        [
            MaterialUse("m", "甲", required=False, acceptance_points=("一",)),
            MaterialUse("m", "甲", copies=2, tolerable=True, tolerance_days=9, waived_by=("x", "y"), promise=True),
            MaterialUse(
                "m",
                "甲",
                original=True,
                tolerable=True,
                tolerance_days=5,
                waived_by=("y",),
                acceptance_points=("一", "二"),
            ),
        ]
    )
    assert merged == MaterialUse(
        "m", "甲", required=True, original=True, copies=2, tolerable=True, tolerance_days=5,
        waived_by=("y",), acceptance_points=("一", "二"),
    )  # fmt: skip


def test_a_draft_comes_back_as_it_was(checklist: Checklist, barber: tuple[Item, ...], today: dt.date) -> None:
    done = (
        checklist.waive_by_card(CARD).waive_by_licence(reading()).capture("floor_plan", PAGE)
        .tolerate("hygiene_test_report", today).promise("signboard_picture")
    )  # fmt: skip
    back = Checklist.from_json(barber, json.loads(json.dumps(done.to_json(), ensure_ascii=False)))
    assert back == done
    assert back.materials == done.materials


@pytest.mark.parametrize(
    "document",
    [
        None,
        {},
        {"done": {"m": {}}, "proofs": {}},
        {"done": {"m": {"pages": [{"sha256": "x"}], "tolerated_on": None, "promised": False}}, "proofs": {}},
        {"done": {"m": {"pages": [], "tolerated_on": "2026-99-01", "promised": False}}, "proofs": {}},
        {"done": {"m": {"pages": [], "tolerated_on": None, "promised": "yes"}}, "proofs": {}},
    ],
)
def test_a_broken_draft_is_refused_in_words(barber: tuple[Item, ...], document: object) -> None:
    with pytest.raises(BadInput, match="草稿不能恢复"):
        Checklist.from_json(barber, document)


def test_the_reason_of_an_estimated_due_date_says_so() -> None:
    checklist = Checklist([item("a", MaterialUse("m", "甲", tolerable=True, tolerance_days=5))])
    line = checklist.tolerate("m", dt.date(2098, 3, 3)).material("m")
    assert line.reason.endswith("（2098 年放假安排尚未发布，暂按周一至周五推算）")


_USES = st.builds(
    MaterialUse,
    st.sampled_from("mno"),
    st.just("材料"),
    required=st.booleans(),
    tolerable=st.booleans(),
    promise=st.booleans(),
    waived_by=st.lists(st.sampled_from("xyz"), unique=True).map(tuple),
)


@given(st.lists(st.lists(_USES, max_size=3, unique_by=lambda u: u.id), max_size=4))
def test_combined_materials_lose_nobodys_need(uses: list[list[MaterialUse]]) -> None:
    items = [item(f"i{n}", *some) for n, some in enumerate(uses)]
    checklist = Checklist(items)
    assert {m.use.id for m in checklist.materials} == {u.id for some in uses for u in some}
    for line in checklist.materials:
        asking = [u for some in uses for u in some if u.id == line.use.id]
        assert len(line.asked_by) == len(asking)
        assert line.use.required == any(u.required for u in asking)
        for use in asking:
            if use.required:
                assert line.use.tolerable <= use.tolerable
                assert line.use.promise <= use.promise
                assert set(line.use.waived_by) <= set(use.waived_by)


def test_tolerance_that_hangs_on_a_check_opens_and_closes_with_it(today: dt.date) -> None:
    use = MaterialUse("plan", "平面图", tolerable=True, tolerance_days=5, tolerance_needs=("face", "query:credit"))
    before = Checklist([item("a", use)])
    with pytest.raises(Refused, match="人证"):
        before.tolerate("plan", today)
    seen = before.cleared("face", True, "人证核对一致")
    with pytest.raises(Refused, match="共享数据"):
        seen.tolerate("plan", today)
    bad = seen.cleared("query:credit", False, "信用报告：有失信记录")
    assert not bad.may_tolerate("plan")
    with pytest.raises(Refused, match="逐件审核") as refused:
        bad.tolerate("plan", today)
    assert "有失信记录" in refused.value.what
    good = bad.cleared("query:credit", True, "信用良好")
    assert good.may_tolerate("plan")
    done = good.tolerate("plan", today)
    assert status(done, "plan") is MaterialStatus.TOLERATED
    # What comes out badly afterwards takes the tolerance with it, and neither a draft nor an undo forgets that.
    late = done.cleared("face", False, "人证核对不一致")
    assert status(late, "plan") is MaterialStatus.MISSING
    back = Checklist.from_json([item("a", use)], json.loads(json.dumps(done.to_json())))
    assert status(back, "plan") is MaterialStatus.TOLERATED
    assert status(late.undo(), "plan") is MaterialStatus.TOLERATED
    # Another person's card: the checks were of the one before.
    assert not done.for_another_person().may_tolerate("plan")


def test_the_strictest_item_decides_on_what_tolerance_hangs(today: dt.date) -> None:
    free = MaterialUse("plan", "平面图", tolerable=True, tolerance_days=5)
    bound = dataclasses.replace(free, tolerance_needs=("face",))
    with pytest.raises(Refused):
        Checklist([item("a", free), item("b", bound)]).tolerate("plan", today)
    assert status(Checklist([item("a", free)]).tolerate("plan", today), "plan") is MaterialStatus.TOLERATED
