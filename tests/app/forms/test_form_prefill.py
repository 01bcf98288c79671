"""What the offices know already: filled in while fresh, offered when old, never forced."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.case import Case, Window
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.forms.prefill import Freshness, Prefill, QueryAnswer, from_case, from_cases, from_query

NOW = dt.datetime(2026, 11, 21, 1, 30, tzinfo=dt.UTC)
NUMBER = "330502199003071232"
DAY = dt.timedelta(days=1)


def case(days_ago: int, **form: str) -> Case:
    at = NOW - days_ago * DAY
    typed = tuple(
        Fact(*key.split("__"), value, Source(SourceKind.CARD, "居民身份证"), Verdict.CHIP_READ, at)
        for key, value in form.items()
    )
    return Case(
        case_id=f"c{days_ago}",
        visit_id="v",
        item_code="x",
        item_name="食品经营许可",
        department="市监局",
        provisional_no=f"A03{days_ago:04}",
        accepted_at=at,
        window=Window("A03", "3 号窗口", "大厅", "吴兴"),
        clerk="1001",
        catalog_version="1",
        applicant_name="张㛃",
        applicant_number=NUMBER,
        form={key.replace("__", "."): value for key, value in form.items()},
        facts=typed,
        materials=(),
    )


def test_a_recent_case_fills_and_an_old_one_offers() -> None:
    fresh, old = case(180, applicant__phone="13800012345"), case(181, applicant__phone="13800012345")
    assert [k.fact.value for k in from_case(fresh, NUMBER, NOW).facts] == ["13800012345"]
    assert from_case(fresh, NUMBER, NOW).offers == ()
    assert [k.fact.value for k in from_case(old, NUMBER, NOW).offers] == ["13800012345"]
    assert from_case(old, NUMBER, NOW).facts == ()
    assert from_case(old, NUMBER, NOW, Freshness(case_days=400)).facts


def test_an_earlier_case_can_only_state_and_names_itself() -> None:
    (known,) = from_case(case(10, applicant__address="红旗路１号"), NUMBER, NOW).facts
    assert known.fact.verdict is Verdict.STATED  # a chip was read then, not now
    assert known.fact.source == Source(SourceKind.CASE, "食品经营许可（2026-11-11）", "A030010")


@pytest.mark.parametrize("number", ["", "330502198811230022"])
def test_another_persons_case_gives_nothing(number: str) -> None:
    assert from_case(case(1, applicant__phone="13800012345"), number, NOW) == Prefill()
    nobody = replace(case(1, applicant__phone="13800012345"), applicant_number="")
    assert from_case(nobody, "", NOW) == Prefill()


def test_what_was_of_the_moment_or_only_proposed_is_left_behind() -> None:
    earlier = case(1, business__opening_date="2026-11-20", business__scope="8040", business__capital="5")
    proposed = replace(earlier.facts[1], source=Source(SourceKind.DEFAULT, "事项目录建议"))
    earlier = replace(earlier, facts=(earlier.facts[0], proposed, earlier.facts[2]))
    assert [k.fact.element for k in from_case(earlier, NUMBER, NOW).facts] == ["capital"]


def test_what_is_past_its_own_end_neither_fills_nor_is_offered() -> None:
    earlier = case(10, premises__address="衣裳街16号", premises__lease_end="2026-11-20", applicant__phone="1")
    known = from_case(earlier, NUMBER, NOW)
    assert {k.fact.key: k.fact.verdict for k in known.facts} == {
        "premises.address": Verdict.EXPIRED,
        "premises.lease_end": Verdict.EXPIRED,
        "applicant.phone": Verdict.STATED,
    }
    assert known.offers == ()
    lasting = case(10, applicant__valid_to="长期", applicant__name="张㛃")
    assert [k.valid_until for k in from_case(lasting, NUMBER, NOW).facts] == [None, None]
    holds = case(10, premises__lease_end="2026-11-21", premises__area="8")
    assert [k.valid_until for k in from_case(holds, NUMBER, NOW).facts] == [dt.date(2026, 11, 21)] * 2


def test_of_several_cases_the_latest_word_on_each_field_counts() -> None:
    cases = [case(5, applicant__phone="新"), case(300, applicant__phone="旧", applicant__email="旧箱")]
    known = from_cases(cases, NUMBER, NOW)
    assert [k.fact.value for k in known.facts] == ["新"]
    assert [k.fact.value for k in known.offers] == ["旧箱"]
    assert from_cases(reversed(cases), NUMBER, NOW) == known


def test_a_query_names_its_department_and_keeps_its_validity() -> None:
    answer = QueryAnswer(
        "自然资源和规划局", "不动产登记查询", "premises", {"area": "88.6", "address": ""}, NOW - 30 * DAY, "Q1"
    )
    (known,) = from_query(answer, NOW).facts
    assert known.fact.source == Source(SourceKind.QUERY, "自然资源和规划局 · 不动产登记查询", "Q1")
    assert known.fact.verdict is Verdict.VERIFIED_ONLINE
    old = replace(answer, at=NOW - 31 * DAY)
    assert (from_query(old, NOW).facts, len(from_query(old, NOW).offers)) == ((), 1)
    ended = replace(answer, valid_until=dt.date(2026, 11, 20))
    assert [k.fact.verdict for k in from_query(ended, NOW).facts] == [Verdict.EXPIRED]
    both = from_query(answer, NOW) + from_query(old, NOW)
    assert (len(both.facts), len(both.offers)) == (1, 1)
