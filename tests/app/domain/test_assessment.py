"""Assessments: what the answers come to, what blocks, what an earlier one spares, and how answers travel."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from app.domain.assessment import (
    Answer,
    Assessment,
    Dimension,
    Grade,
    Phrases,
    Point,
    Route,
    Sheet,
    read_answers,
    taken_over,
    whole_answer,
    write_answers,
)
from app.domain.errors import BadInput
from app.domain.matter import Act, Matter, MatterKind, MatterStage, Side, Step
from app.domain.paper_firms import AssessedDimension, AssessedPoint, AssessmentReport

GATE = Point("a01", "没有责任人", ("任命", "在场", "写入方案"), 3, blocking=True)
DRILL = Point("a02", "没有演练", ("演练", "记录"), 1, routes=frozenset({"large"}))
WEATHER = Point("b01", "天气", ("看预警",), 2, again=True)
FORM = Assessment(
    "event", "1", "自评", "自评报告", MatterKind.EVENT,
    (Route("large", "大型", "多"), Route("small", "小型", "少")),
    (Dimension("a", "组织", (GATE, DRILL)), Dimension("b", "天气", (WEATHER,))),
    (Grade(90, "低", "success"), Grade(0, "高", "error")),
    Phrases("已落实", "没落实", "不涉及", "活动", "行", "不行", "依照"), "event_assessment", "s", "p",
)  # fmt: skip


def answered(route: str = "large", **answers: Answer) -> Sheet:
    sheet = Sheet(FORM, route)
    for point, answer in answers.items():
        sheet = sheet.with_answer(point, answer)
    return sheet


def test_the_route_chooses_the_points() -> None:
    assert [p.id for p in FORM.points("large")] == ["a01", "a02", "b01"]
    assert [p.id for p in FORM.points("small")] == ["a01", "b01"]
    assert (FORM.measures("large"), FORM.measures("small")) == (6, 4)
    with pytest.raises(KeyError):
        answered("small", a02=Answer())


def test_the_score_is_the_weights_of_what_is_in_place() -> None:
    sheet = answered(a01=Answer(frozenset({0, 1})), a02=Answer(), b01=whole_answer(WEATHER))
    # 3 × 2/3 + 1 × 0 + 2 × 1 = 4 of 6
    assert sheet.score == Decimal("66.7")
    assert sheet.grade is not None
    assert sheet.grade.words == "高"
    assert [(d.id, score) for d, score in sheet.dimension_scores()] == [("a", Decimal("50.0")), ("b", Decimal("100.0"))]


def test_what_does_not_concern_counts_for_nothing() -> None:
    none = Answer(applies=False)
    assert answered(a01=whole_answer(GATE), a02=none, b01=none).score == Decimal("100.0")
    assert answered(a01=none, a02=none, b01=none).score is None
    assert answered(a01=none, a02=none, b01=none).grade is None


def test_a_blocking_point_blocks_whatever_the_score() -> None:
    sheet = answered(a01=Answer(frozenset({0, 1})), a02=whole_answer(DRILL), b01=whole_answer(WEATHER))
    assert sheet.blockers == (GATE,)
    assert not sheet.passed
    assert sheet.lacking == ((GATE, ("写入方案",)),)
    assert sheet.with_answer("a01", whole_answer(GATE)).passed
    assert not sheet.with_answer("a01", None).passed, "an open point is no pass"


def test_a_measure_that_the_point_does_not_have_is_refused() -> None:
    for wrong in (Answer(frozenset({3})), Answer(frozenset({0}), applies=False)):
        with pytest.raises(ValueError, match="Answer"):
            answered(a01=wrong)


def test_an_earlier_one_leaves_only_what_differs() -> None:
    before = answered(a01=whole_answer(GATE), a02=Answer(frozenset({0})), b01=whole_answer(WEATHER))
    sheet = taken_over(FORM, "large", read_answers(FORM, write_answers(before)))
    # a01 is taken over; a02 was not whole; b01 differs each time
    assert [p.id for p in sheet.open] == ["a02", "b01"]
    assert sheet.kept == {"a01"}
    larger = taken_over(FORM, "large", {"a01": whole_answer(GATE)})
    assert "a02" in [p.id for p in larger.open], "a larger route asks more"
    assert sheet.with_answer("a01", Answer()).kept == frozenset()


def test_answers_travel_in_a_line() -> None:
    sheet = answered(a01=Answer(frozenset({0, 2})), a02=Answer(applies=False), b01=Answer())
    assert write_answers(sheet) == "a01=ac a02~ b01-"
    assert read_answers(FORM, "a01=ac a02~ b01- z99+") == {**sheet.answers}
    assert read_answers(FORM, "a02=h") == {}, "a measure that the form no longer has"
    with pytest.raises(ValueError, match="a01!"):
        read_answers(FORM, "a01!")


def test_a_check_up_is_answered_and_closed_and_hides_what_is_for_programs() -> None:
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    details = {"得分": "90", "#answers": "a"}
    matter = Matter("m", MatterKind.CHECKUP, "QT1", at, "李敏", "厂", "", "体检", "", details=details)
    assert matter.told == {"得分": "90"}
    assert matter.may(Side.WINDOW) == ()
    matter = matter.after(Step("1", Act.ANSWER, Side.OFFICE, "专班", at, "收到"))
    assert matter.after(Step("2", Act.CLOSE, Side.WINDOW, "李敏", at, "好")).stage is MatterStage.CLOSED


def test_no_report_passes_with_a_blocking_point_open() -> None:
    dimension = AssessedDimension("组织", 1, "")
    point = AssessedPoint("组织", "没有责任人", "没落实", True, ("任命",))
    with pytest.raises(BadInput, match="结论"):
        AssessmentReport("报告", "1", "厂", "", (), "依照", "0", "高", True, "行", (dimension,), (point,), 1)
