"""Assessments through a real gateway: handed in, answered, taken over by the next, the list asked, the promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import MOBILE, MOBILE_TOKEN, MobileWindow, mobile_window

from app.domain.assessment import Answer, whole_answer
from app.domain.document import PaperKind
from app.domain.errors import BadInput, Refused
from app.domain.matter import Act
from app.domain.paper_firms import AssessmentReport
from app.domain.shared_data import FIRM, SharedRecord, Subject
from app.server.query_policy import load_policy_document, shipped_policy_folder
from app.server.shared_client import SharedDataClient
from app.services.ask_firm import AskFirm
from app.services.assess import KEPT, About, Assess, Draft, Handed, Reuse
from app.services.matters import Matters

FIRM_NUMBER, LISTED = "91330503MA2B4C5D67", "91330521MA2B3G4H5R"
ABOUT = About("湖州𠮷祥㛃文化传播有限公司", FIRM_NUMBER, "䶮湖灯会", asked={"活动地点": "南浔古镇"})


@pytest.fixture
def window(parts: Parts, tmp_path: Path) -> Iterator[MobileWindow]:
    with mobile_window(parts, tmp_path, feeds=("cases", "matters", "policies")) as made:
        made.gateway.gateway.shared.publish_policy(load_policy_document(shipped_policy_folder()))
        yield made


@pytest.fixture
def assess(parts: Parts, window: MobileWindow) -> Iterator[Assess]:
    ask = AskFirm(
        parts.store, parts.clock, parts.counter.duty,
        lambda: SharedDataClient(window.gateway.url, MOBILE, MOBILE_TOKEN, clock=parts.clock),
    )  # fmt: skip
    issue = parts.issue_paper()
    yield Assess(parts.store, parts.clock, parts.counter.duty, ask, Matters(parts.counter, issue), issue)
    ask.close()


def filled(draft: Draft, **answers: Answer) -> Draft:
    """All in place but these."""
    sheet = draft.sheet
    for point in sheet.open:
        sheet = sheet.with_answer(point.id, answers.get(point.id, whole_answer(point)))
    return replace(draft, sheet=sheet)


def handed(assess: Assess, window: MobileWindow, draft: Draft, *acts: Act) -> Handed:
    done = assess.hand_in(draft)
    assert window.engine.run_once().waiting == 0
    for act in acts:
        window.gateway.gateway.matters.act(done.matter.matter_id, act, "治安大队", "看过")
    return done


def report_of(done: Handed) -> AssessmentReport:
    assert isinstance(done.paper.paper.data, AssessmentReport)
    return done.paper.paper.data


def test_the_next_event_is_asked_only_what_changed(window: MobileWindow, assess: Assess) -> None:
    form = assess.form("mass-event")
    assert assess.earlier(form, FIRM_NUMBER)[0] is Reuse.NONE
    draft = filled(assess.begin(form, "medium", ABOUT), a14=Answer(frozenset({0})))
    first = handed(assess, window, assess.check_list(draft))
    assert assess.earlier(form, FIRM_NUMBER)[0] is Reuse.NONE, "nobody has answered it yet"
    window.gateway.gateway.matters.act(first.matter.matter_id, Act.ANSWER, "治安大队", "同意")

    what, earlier, _ = assess.earlier(form, FIRM_NUMBER)
    assert what is Reuse.FOUND
    assert earlier is not None
    assert (earlier.number, earlier.route) == (first.matter.number, "medium")
    again = assess.use_again(form, "large", ABOUT, earlier)
    asked = {point.id for point in again.sheet.open}
    # more points for a larger event, what differs each time, and what was not in place
    assert {"a05", "a06", "a14"} <= asked
    assert len(again.sheet.kept) == len([p for p in form.points("medium") if not p.again]) - 1
    second = handed(assess, window, filled(again))
    assert first.matter.number in dict(report_of(second).about).values()
    assert any(point.kept for point in report_of(second).points)


def test_the_report_says_what_is_lacking_and_carries_the_promise(window: MobileWindow, assess: Assess) -> None:
    form = assess.form("mass-event")
    draft = filled(assess.begin(form, "small", ABOUT), h14=Answer(frozenset({0, 1})))
    assert not draft.promising, "nobody was asked whether it may"
    draft = assess.check_list(draft)
    assert draft.listed is not None
    assert draft.listed.on_it is False
    done = handed(assess, window, draft)
    report = report_of(done)
    assert done.paper.paper.kind is PaperKind.ASSESSMENT_REPORT
    assert (report.title, report.number) == (form.report, done.matter.number)
    assert [(p.text, p.todo) for p in report.points if p.todo] == [("事后没有报告", ("事后复盘",))]
    assert report.promise == form.promise
    assert done.matter.details["告知承诺"] == "已承诺"
    assert "#answers" not in done.matter.told


def test_who_is_on_the_list_promises_nothing(window: MobileWindow, assess: Assess) -> None:
    record = SharedRecord("event_blacklist", Subject(FIRM, LISTED), {"reason": "扩大规模"}, note="一年内不适用")
    window.gateway.gateway.shared.load([record])
    form = assess.form("mass-event")
    draft = assess.check_list(filled(assess.begin(form, "small", replace(ABOUT, firm_number=LISTED))))
    assert draft.listed is not None
    assert draft.listed.on_it
    assert "一年内不适用" in draft.listed.words
    done = handed(assess, window, draft)
    assert report_of(done).promise == ""
    assert "告知承诺" not in done.matter.details


def test_one_that_was_sent_back_is_not_used_again_and_puts_the_firm_on_the_list(
    window: MobileWindow, assess: Assess
) -> None:
    form = assess.form("mass-event")
    done = handed(assess, window, filled(assess.begin(form, "small", ABOUT)), Act.RETURN)
    what, _, why = assess.earlier(form, FIRM_NUMBER)
    assert (what, "被退回" in why) == (Reuse.OLD, True)
    listed = assess.check_list(assess.begin(form, "small", ABOUT)).listed
    assert listed is not None
    assert listed.on_it
    assert done.matter.number in listed.words


def test_after_a_year_it_is_assessed_anew(window: MobileWindow, assess: Assess) -> None:
    form = assess.form("mass-event")
    handed(assess, window, filled(assess.begin(form, "small", ABOUT)), Act.ANSWER)
    window.parts.clock.advance(dt.timedelta(days=form.days + 1))
    assert assess.earlier(form, FIRM_NUMBER)[0] is Reuse.OLD


def test_without_a_line_it_is_said_that_nobody_was_asked(window: MobileWindow, assess: Assess) -> None:
    window.gateway.stop()
    form = assess.form("mass-event")
    assert assess.earlier(form, FIRM_NUMBER)[0] is Reuse.UNKNOWN
    draft = assess.check_list(filled(assess.begin(form, "small", ABOUT)))
    assert draft.listed is not None
    assert draft.listed.on_it is None
    assert not draft.promising
    assert assess.hand_in(draft).matter.number.startswith("HD"), "it is taken offline all the same"


def test_what_blocks_and_what_is_open_is_not_handed_in(window: MobileWindow, assess: Assess) -> None:
    form = assess.form("mass-event")
    draft = assess.begin(form, "small", ABOUT)
    with pytest.raises(Refused, match="51 项没有答"):
        assess.hand_in(draft)
    with pytest.raises(Refused, match="一票否决"):
        assess.hand_in(filled(draft, a01=Answer()))
    with pytest.raises(BadInput, match="代码不对"):
        assess.begin(form, "small", replace(ABOUT, firm_number="91330503MA2B4C5D66"))
    with pytest.raises(BadInput, match="活动名称"):
        assess.begin(form, "small", replace(ABOUT, subject=" "))


def test_a_check_up_blocks_nothing_and_advises(window: MobileWindow, assess: Assess) -> None:
    form = assess.form("firm-checkup")
    draft = filled(assess.begin(form, "large", ABOUT), a01=Answer(), b01=Answer())
    done = handed(assess, window, assess.check_list(draft), Act.ANSWER)
    report = report_of(done)
    assert (report.title, len(report.points), len(report.dimensions)) == ("企业体检报告", 105, 5)
    assert not report.passed
    assert report.conclusion == form.phrases.failed
    assert (done.matter.number[:2], report.promise, report.listed) == ("QT", "", "")


def test_a_draft_is_kept_and_dropped_in_time(window: MobileWindow, assess: Assess) -> None:
    form = assess.form("mass-event")
    draft = assess.begin(form, "small", ABOUT)
    draft = replace(draft, sheet=draft.sheet.with_answer("a01", Answer(frozenset({1}))))
    assess.keep(draft)
    assert assess.left(form) == draft
    assert assess.left(assess.form("firm-checkup")) is None
    window.parts.clock.advance(KEPT + dt.timedelta(hours=1))
    assert assess.left(form) is None
    assess.keep(draft)
    assess.forget(form)
    assert assess.left(form) is None


def test_a_call_without_a_grant_is_refused_here_and_there(window: MobileWindow, parts: Parts) -> None:
    ask = AskFirm(
        parts.store, parts.clock, parts.counter.duty,
        lambda: SharedDataClient(window.gateway.url, MOBILE, MOBILE_TOKEN, clock=parts.clock),
    )  # fmt: skip
    for source, scenario, purpose in (
        ("tax", "event-assessment", "assess_event"),
        ("event_blacklist", "event-assessment", "fill_form"),
        ("event_assessment", "police-mass-event", "fill_form"),
    ):
        answer = ask.ask(source, scenario, purpose, FIRM_NUMBER)
        assert answer.reply is None
        assert answer.why
    trail = [entry.details for entry in parts.store.audit_entries() if entry.action == "data.queried"]
    assert len(trail) == 3
    assert all('"refused"' in details for details in trail)
    assert all(FIRM_NUMBER not in details for details in trail)
    ask.close()
