"""Papers issued from what the window knows: what is offered, what is refused, one paper for one wish."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from desk_parts import BUNDLE, Parts

from app.documents.preview import pages_as_png
from app.documents.verify import verify_paper
from app.domain.clock import shanghai
from app.domain.document import Paper, PaperKind
from app.domain.errors import BadInput, Refused
from app.domain.item import Catalog
from app.domain.numbering import is_provisional_number
from app.domain.paper_data import Correction, Promise, Refusal, ReturnNotice, SpecialProcedure, TolerancePromise
from app.domain.paper_sheets import DataCheck, IdentityFeedback, PaymentNotice, SafetyReport, ShiftHandover
from app.licences.cose import SigningKey
from app.materials.workdays import add_working_days
from app.services.issue_paper import KINDS, IssuePaper
from app.services.paper_asks import a_day, asks_of, hint_of, in_fen, rows
from app.services.paper_subject import ISSUED, Subject
from app.services.visit import Visit

K = PaperKind
REFUSAL = {"reason": "not_needed", "explanation": "无需许可", "review": "区政府", "court": "区法院"}
ANSWERS: dict[PaperKind, dict[str, str]] = {
    K.CORRECTION_NOTICE: {"lacks": "平面图：请提交原件\n地址：与登记不一致", "phone": "13905720001"},
    K.REFUSAL_NOTICE: REFUSAL,
    K.SPECIAL_PROCEDURE: {"procedure": "testing", "days": "10", "reason": "需要检测"},
    K.RETURN_NOTICE: {"reason": "withdrawn"},
    K.COMPLETION_NOTICE: {"review": "区政府", "court": "区法院"},
    K.LIAISON: {"content": "请核实。", "phone": "0572-2099000", "to_unit": "市监局", "subject": "核实"},
    K.PAYMENT_NOTICE: {"charges": "证照工本费，10，2", "basis": "公布的标准"},
}


@pytest.fixture
def issue(parts: Parts) -> IssuePaper:
    return parts.issue_paper()


def key_of(parts: Parts) -> SigningKey:
    return parts.counter.renderer._signer


def chosen(parts: Parts) -> Visit:
    return parts.choose.add(parts.identified(parts.begin()), BUNDLE)


def accepted(parts: Parts, issue: IssuePaper) -> Subject:
    return issue.about_cases(parts.accept.accept(parts.ready()).cases)


def offered(issue: IssuePaper, subject: Subject) -> dict[PaperKind, str]:
    return {offer.kind: offer.blocked for offer in issue.offers(subject)}


def issued(parts: Parts) -> list[dict[str, Any]]:
    return [json.loads(e.details) for e in parts.store.audit_entries(limit=5000) if e.action == ISSUED]


def test_what_is_offered_follows_what_was_done(parts: Parts, issue: IssuePaper) -> None:
    window = offered(issue, issue.about_window())
    assert {kind for kind, why in window.items() if not why} == {K.SAFETY_REPORT, K.SHIFT_HANDOVER, K.LIAISON}
    before = offered(issue, issue.about_visit(chosen(parts)))
    assert [before[kind] for kind in (K.ONE_TIME_NOTICE, K.REFUSAL_NOTICE, K.CORRECTION_NOTICE)] == ["", "", ""]
    assert before[K.COMPLETION_NOTICE] == "受理以后才能出具"
    assert before[K.TOLERANCE_PROMISE] == "没有容缺的材料"
    assert before[K.PROMISE] == "没有告知承诺的材料"
    ready = offered(issue, issue.about_visit(parts.ready()))
    assert ready[K.ONE_TIME_NOTICE] == "材料和填写内容都齐全"
    assert [ready[kind] for kind in (K.TOLERANCE_PROMISE, K.PROMISE, K.DATA_CHECK)] == ["", "", ""]
    after = offered(issue, accepted(parts, issue))
    # No carrier is joined here: tests/app/services/test_express.py.
    assert {kind for kind, why in after.items() if why} == {K.ONE_TIME_NOTICE, K.REFUSAL_NOTICE, K.EXPRESS_SLIP}


def test_nothing_chosen_leaves_the_windows_own_papers(parts: Parts, issue: IssuePaper) -> None:
    subject = issue.about_visit(parts.begin())
    assert subject.cases == ()
    with pytest.raises(Refused, match="还没有选择事项"):
        issue.issue(K.REFUSAL_NOTICE, subject, REFUSAL)


def test_every_kind_is_made_of_an_accepted_visit(parts: Parts, issue: IssuePaper) -> None:
    subject, key = accepted(parts, issue), key_of(parts)
    for kind in KINDS:
        if kind in (K.ONE_TIME_NOTICE, K.REFUSAL_NOTICE, K.EXPRESS_SLIP):
            continue
        made = issue.issue(kind, subject, ANSWERS.get(kind))
        check = verify_paper(made.qr_text, lambda kid: [key] if kid == key.kid else [])
        assert (check.ours, check.number) == (True, made.paper.number)
        assert is_provisional_number(made.paper.number[2:])
        assert made.paper.demo == parts.counter.demo
        details = issued(parts)[-1]
        assert details["number"] == made.paper.number
        assert parts.vault.open(details["sealed"]) == made.pdf
        assert "张伟" not in json.dumps(details, ensure_ascii=False)


def test_one_wish_gives_one_paper_whatever_the_clock_says(parts: Parts, issue: IssuePaper) -> None:
    subject = accepted(parts, issue)
    first = issue.issue(K.RETURN_NOTICE, subject, ANSWERS[K.RETURN_NOTICE])
    parts.clock.advance(dt.timedelta(hours=5))
    again = issue.issue(K.RETURN_NOTICE, subject, ANSWERS[K.RETURN_NOTICE])
    assert (again.paper.number, again.job_id, again.sha256) == (first.paper.number, first.job_id, first.sha256)
    assert len(issued(parts)) == 1
    other = issue.issue(K.RETURN_NOTICE, subject, {"reason": "other", "explanation": "材料有误"})
    assert other.paper.number != first.paper.number
    assert issue.issue(K.RETURN_NOTICE, subject, ANSWERS[K.RETURN_NOTICE], "zh-en").paper.number != first.paper.number
    assert len(issued(parts)) == 3


def test_one_wish_gives_one_paper_before_acceptance_too(parts: Parts, issue: IssuePaper) -> None:
    visit = chosen(parts)
    first = issue.issue(K.REFUSAL_NOTICE, issue.about_visit(visit), REFUSAL)
    parts.clock.advance(dt.timedelta(minutes=3))
    again = issue.issue(K.REFUSAL_NOTICE, issue.about_visit(visit), REFUSAL)
    assert again.sha256 == first.sha256
    assert first.paper.issued_at == first.paper.cases[0].accepted_at
    assert len(issued(parts)) == 1


def test_each_kind_counts_by_itself_and_takes_no_serial_number_away(parts: Parts, issue: IssuePaper) -> None:
    visit = chosen(parts)
    numbers = [issue.issue(K.REFUSAL_NOTICE, issue.about_visit(visit), REFUSAL | {"explanation": t}).paper.number
               for t in ("一", "二")]  # fmt: skip
    assert [number[2:-1][-4:] for number in numbers] == ["0001", "0002"]
    assert {number[:2] for number in numbers} == {"BS"}
    assert parts.accept.accept(parts.ready()).cases[0].provisional_no[:-1].endswith("0001")


def test_a_reprint_is_marked_and_audited(parts: Parts, issue: IssuePaper) -> None:
    made = issue.issue(K.SAFETY_REPORT, issue.about_window())
    again = issue.reprint(made)
    assert (again.paper.reprint, again.paper.number) == (1, made.paper.number)
    assert again.job_id != made.job_id
    assert parts.store.audit_entries(limit=5000)[-1].action == "paper.reprinted"


def test_a_character_that_nothing_draws_leaves_no_paper(parts: Parts, issue: IssuePaper) -> None:
    subject = accepted(parts, issue)
    with pytest.raises(BadInput):
        issue.issue(K.RETURN_NOTICE, subject, {"reason": "other", "explanation": "\U000e0001"})
    assert issued(parts) == []


def test_answers_are_held_against_their_questions(parts: Parts, issue: IssuePaper) -> None:
    subject = issue.about_visit(chosen(parts))
    for answers, said in (
        ({**REFUSAL, "explanation": " "}, "事实和理由"),
        ({**REFUSAL, "reason": "none"}, "不在可选范围"),
        ({**REFUSAL, "colour": "red"}, "colour"),
        ({**REFUSAL, "reason": "not_ours"}, "有权办理的行政机关"),
    ):
        with pytest.raises(BadInput, match=said):
            issue.issue(K.REFUSAL_NOTICE, subject, answers)
    assert issued(parts) == []


def test_what_is_remembered_is_offered_next_time(parts: Parts, issue: IssuePaper) -> None:
    issue.issue(K.REFUSAL_NOTICE, issue.about_visit(chosen(parts)), REFUSAL)
    offer = next(o for o in issue.offers(issue.about_visit(chosen(parts))) if o.kind is K.REFUSAL_NOTICE)
    values = {ask.key: ask.value for ask in offer.asks}
    assert (values["review"], values["court"], values["explanation"]) == ("区政府", "区法院", "")


def data_of(paper: Paper, kind: type[Any]) -> Any:
    assert isinstance(paper.data, kind)
    return paper.data


def test_promises_say_what_the_checklist_says(parts: Parts, issue: IssuePaper) -> None:
    subject = accepted(parts, issue)
    owed = data_of(issue.issue(K.TOLERANCE_PROMISE, subject).paper, TolerancePromise)
    tolerated = [m for m in subject.materials() if m.due]
    assert [(one.name, one.due) for one in owed.materials] == [(m.use.name, m.due) for m in tolerated]
    promised = data_of(issue.issue(K.PROMISE, subject).paper, Promise)
    assert promised.proofs[0].ground
    assert promised.proofs[0].ground in {i.legal_basis for i in parts.catalog.items.values()}
    with pytest.raises(BadInput, match="证明内容"):
        issue.issue(K.PROMISE, subject, {"content": "一\n二\n三\n四\n五"})


def test_corrections_are_told_in_five_working_days_or_not_at_all(parts: Parts, issue: IssuePaper) -> None:
    visit = chosen(parts)
    today = shanghai(parts.clock.now()).date()
    last = next(today - dt.timedelta(days=n) for n in range(5, 40)
                if add_working_days(today - dt.timedelta(days=n), 5) < today)  # fmt: skip
    in_time = last + dt.timedelta(days=1)
    while add_working_days(in_time, 5) < today:
        in_time += dt.timedelta(days=1)
    answers = ANSWERS[K.CORRECTION_NOTICE]
    made = issue.issue(K.CORRECTION_NOTICE, issue.about_visit(visit), {**answers, "received_on": in_time.isoformat()})
    lacks = data_of(made.paper, Correction).lacks
    assert [(lack.name, lack.what) for lack in lacks] == [("平面图", "请提交原件"), ("地址", "与登记不一致")]
    with pytest.raises(Refused, match="即为受理"):
        issue.issue(K.CORRECTION_NOTICE, issue.about_visit(visit), {**answers, "received_on": last.isoformat()})
    for wrong in ("2999-01-01", "昨天"):
        with pytest.raises(BadInput, match="收到材料日期"):
            issue.issue(K.CORRECTION_NOTICE, issue.about_visit(visit), {**answers, "received_on": wrong})


def test_corrections_begin_with_all_that_lacks(parts: Parts, issue: IssuePaper) -> None:
    subject = issue.about_visit(chosen(parts))
    offer = next(o for o in issue.offers(subject) if o.kind is K.CORRECTION_NOTICE)
    values = {ask.key: ask.value for ask in offer.asks}
    made = issue.issue(K.CORRECTION_NOTICE, subject, {"phone": "13905720001"})
    assert data_of(made.paper, Correction).lacks == subject.lacks
    assert values["lacks"].count("\n") + 1 == len(subject.lacks)


def test_a_refusal_of_a_draft_names_reason_and_remedies(parts: Parts, issue: IssuePaper) -> None:
    made = issue.issue(K.REFUSAL_NOTICE, issue.about_visit(chosen(parts)), REFUSAL)
    data = data_of(made.paper, Refusal)
    assert (data.remedies.review, data.remedies.court) == ("区政府", "区法院")
    assert all(not case.provisional_no for case in made.paper.cases)


def test_a_special_procedure_moves_the_due_day(parts: Parts, issue: IssuePaper) -> None:
    subject = accepted(parts, issue)
    made = issue.issue(K.SPECIAL_PROCEDURE, subject, ANSWERS[K.SPECIAL_PROCEDURE])
    due = max(case.due for case in subject.cases if case.due)
    assert data_of(made.paper, SpecialProcedure).due == add_working_days(due, 10)
    with pytest.raises(BadInput, match="所需工作日"):
        issue.issue(K.SPECIAL_PROCEDURE, subject, {**ANSWERS[K.SPECIAL_PROCEDURE], "days": "十"})


def test_a_return_lists_what_was_taken(parts: Parts, issue: IssuePaper) -> None:
    subject = accepted(parts, issue)
    returned = data_of(issue.issue(K.RETURN_NOTICE, subject, {"reason": "withdrawn"}).paper, ReturnNotice).returned
    assert "公共场所平面布局图" in [one.name for one in returned]


def test_a_completion_has_a_line_for_each_case(parts: Parts, issue: IssuePaper) -> None:
    subject = accepted(parts, issue)
    lines = "\n".join(["准予，营业执照，浙湖第1号", *["不予，不符合条件，缺少排水"] * (len(subject.cases) - 1)])
    answers = ANSWERS[K.COMPLETION_NOTICE]
    results = issue.issue(K.COMPLETION_NOTICE, subject, {**answers, "results": lines}).paper.data.results  # type: ignore[union-attr]
    assert (results[0].document, results[0].document_no) == ("营业执照", "浙湖第1号")
    assert results[1].reason == "不符合条件，缺少排水"
    for wrong, said in (("准予，营业执照", "每个事项一行"), (lines.replace("不予", "也许"), "开头")):
        with pytest.raises(BadInput, match=said):
            issue.issue(K.COMPLETION_NOTICE, subject, {**answers, "results": wrong})


def test_what_was_looked_up_stands_in_the_data_check(parts: Parts, issue: IssuePaper) -> None:
    data = data_of(issue.issue(K.DATA_CHECK, accepted(parts, issue)).paper, DataCheck)
    assert any("不动产" in one.what for one in data.queries)
    assert offered(issue, issue.about_visit(parts.choose.add(parts.begin(), BUNDLE)))[K.DATA_CHECK]


def test_the_catalogue_has_the_data_check_made_with_the_acceptance(parts: Parts, issue: IssuePaper) -> None:
    cases = parts.accept.accept(parts.ready()).cases
    assert issue.at_once(cases) == [], "no item of the shop names it"
    items = parts.catalog.items
    first = items[cases[0].item_code]
    items[first.code] = replace(first, papers=("数据核验表单", "受理通知书"))
    try:
        (made,) = issue.at_once(cases)
        assert made.paper.kind is K.DATA_CHECK
        (again,) = issue.at_once(cases)
        assert again.paper.number == made.paper.number, "asked again it is the paper made before"
        by_hand = issue.issue(K.DATA_CHECK, issue.about_cases(cases))
        assert by_hand.paper.number == made.paper.number
        assert [one["kind"] for one in issued(parts)] == ["DATA_CHECK"]
    finally:
        items[first.code] = first


def test_the_card_that_was_read_stands_in_the_identity_feedback(parts: Parts, issue: IssuePaper) -> None:
    visit = chosen(parts)
    data = data_of(issue.issue(K.IDENTITY_FEEDBACK, issue.about_visit(visit)).paper, IdentityFeedback)
    assert (data.document, data.passed) == ("居民身份证", True)
    assert [step.passed for step in data.steps] == [True, True, True, True, None]
    assert visit.card is not None
    late = replace(visit, card=replace(visit.card, valid_to="2020-01-01"))
    subject = issue.about_visit(late)
    offer = next(o for o in issue.offers(subject) if o.kind is K.IDENTITY_FEEDBACK)
    assert next(ask.value for ask in offer.asks if ask.key == "passed") == "0"
    with pytest.raises(BadInput, match="未通过的原因"):
        issue.issue(K.IDENTITY_FEEDBACK, subject)
    with pytest.raises(BadInput, match="结论不能是通过"):
        issue.issue(K.IDENTITY_FEEDBACK, subject, {"passed": "1"})
    failed = issue.issue(K.IDENTITY_FEEDBACK, subject, {"passed": "0", "trouble": "证件过期"})
    assert data_of(failed.paper, IdentityFeedback).steps[1].passed is False


def test_the_safety_report_says_what_the_store_says(parts: Parts, issue: IssuePaper) -> None:
    data = data_of(issue.issue(K.SAFETY_REPORT, issue.about_window()).paper, SafetyReport)
    met = {point.what: point.met for point in data.points}
    assert met["审计日志逐条相接、未被改动"] is True
    assert met["办件库完整，没有损坏"] is True
    assert met["废弃的纸质材料当日销毁"] is None
    parts.accept.accept(parts.ready())
    parts.clock.advance(dt.timedelta(days=3))
    with pytest.raises(BadInput, match="整改措施"):
        issue.issue(K.SAFETY_REPORT, issue.about_window())
    late = issue.issue(K.SAFETY_REPORT, issue.about_window(), {"measures": "检查网络"})
    points = data_of(late.paper, SafetyReport).points
    assert next(point.met for point in points if point.what == "待上传内容没有长期积压") is False


def test_the_shift_handover_counts_the_day_and_names_what_is_parked(parts: Parts, issue: IssuePaper) -> None:
    cases = parts.accept.accept(parts.ready()).cases
    parts.drafts.park(chosen(parts))
    made = issue.issue(K.SHIFT_HANDOVER, issue.about_window(), {"taker": "王芳", "devices": "凭条打印机"})
    data = data_of(made.paper, ShiftHandover)
    assert dict(data.figures)["今日受理"] == f"{len(cases)} 件（1 人次）"
    assert len(data.pending) == 1
    assert data.pending[0].who.startswith("张*")
    assert data.devices == (("凭条打印机", False),)
    assert pages_as_png(made.pdf, 30)


def test_fees_come_from_the_catalogue(parts: Parts, issue: IssuePaper) -> None:
    subject = accepted(parts, issue)
    code = subject.cases[0].item_code
    items = {**parts.catalog.items, code: replace(parts.catalog.items[code], fee="工本费 10.50 元/证")}
    _with_catalog(issue, replace(parts.catalog, items=items))
    offer = next(o for o in issue.offers(subject) if o.kind is K.PAYMENT_NOTICE)
    assert next(ask.value for ask in offer.asks if ask.key == "charges") == "工本费，10.50，1"
    made = issue.issue(K.PAYMENT_NOTICE, subject, {"basis": "公布的标准", "code": "3305 0026"})
    data = data_of(made.paper, PaymentNotice)
    assert (data.total_fen, data.code) == (1050, "33050026")
    for answers, said in (({"charges": "工本费，壹元，1"}, "最多两位小数"), ({"due": "2020-01-01"}, "早于今天")):
        with pytest.raises(BadInput, match=said):
            issue.issue(K.PAYMENT_NOTICE, subject, {"basis": "公布的标准", **answers})


def _with_catalog(issue: IssuePaper, catalog: Catalog) -> None:
    issue._counter = replace(issue._counter, catalog=catalog)


def test_a_case_is_found_by_either_number(parts: Parts, issue: IssuePaper) -> None:
    case = parts.accept.accept(parts.ready()).cases[1]
    assert issue.about_number(f" {case.provisional_no} ").cases == (parts.store.case(case.case_id),)
    assert issue.about_case(case.case_id).key == case.provisional_no
    for find in (lambda: issue.about_number("WX0"), lambda: issue.about_case("none")):
        with pytest.raises(Refused, match="没有这个办件"):
            find()


def test_my_cases_show_what_was_issued(parts: Parts, issue: IssuePaper) -> None:
    cases = parts.accept.accept(parts.ready()).cases
    made = issue.issue(K.RETURN_NOTICE, issue.about_case(cases[1].case_id), {"reason": "withdrawn"})
    detail = parts.my_cases().detail(cases[1].case_id)
    line = next(line for line in detail.papers if line.kind is K.RETURN_NOTICE)
    assert (line.number, line.again, line.gone) == (made.paper.number, True, False)
    assert parts.my_cases().paper(line) == made.pdf
    assert K.RETURN_NOTICE not in [line.kind for line in parts.my_cases().detail(cases[0].case_id).papers]


def test_the_notice_of_acceptance_is_not_issued_by_itself(parts: Parts, issue: IssuePaper) -> None:
    with pytest.raises(Refused, match="在受理时出具"):
        issue.issue(K.ACCEPTANCE_NOTICE, accepted(parts, issue))


def test_a_foreigner_is_offered_both_languages(parts: Parts, issue: IssuePaper) -> None:
    for person, foreign in (
        ("mary-brown", True),
        ("johann-mueller", True),
        ("zhang-wei", False),
        ("chan-ka-man", False),
    ):
        visit = parts.choose.add(parts.identified(parts.begin(), person), BUNDLE)
        assert issue.about_visit(visit).foreign is foreign
        assert replace(issue.about_visit(visit), card=None).foreign is foreign


def test_every_question_has_two_languages_and_every_kind_its_purpose() -> None:
    for kind in KINDS:
        asks = asks_of(kind)
        assert all(hint_of(kind))
        assert len({ask.key for ask in asks}) == len(asks)
        for ask in asks:
            assert ask.title
            assert ask.title_en
            assert bool(ask.hint) == bool(ask.hint_en)


@pytest.mark.parametrize(("text", "fen"), [("10", 1000), ("0.5", 50), (" 1,2", None), ("3.005", None), ("NaN", None),
                                           ("1e400", None), ("元", None), ("20 元", 2000)])  # fmt: skip
def test_money_is_read_to_the_fen(text: str, fen: int | None) -> None:
    if fen is not None:
        assert in_fen("x", text) == fen
        return
    with pytest.raises(BadInput):
        in_fen("x", text)


def test_lists_and_days_are_read_as_people_type_them() -> None:
    assert rows("甲， 2\n\n乙,3\n丙\t4") == [["甲", "2"], ["乙", "3"], ["丙", "4"]]
    assert a_day("x", "20261121") == a_day("x", "2026/11/21") == dt.date(2026, 11, 21)
