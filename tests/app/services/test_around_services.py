"""My cases, messages, the day's board, finding by pinyin."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pypdfium2 as pdfium
import pytest
from desk_parts import Parts

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.errors import EnvironmentProblem, Refused
from app.services.day_board import DayBoard
from app.services.duty import Duty
from app.services.messages import MessageKind, Messages
from app.services.my_cases import Days, Light, PaperLine, light_of, masked_value
from app.services.quick_names import QuickNames
from app.settings import Limits
from offline_db.case_list import CaseFilter

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)  # 14:00
DAYS = Days(TODAY, TODAY + dt.timedelta(days=2), TODAY, NOW, NOW + dt.timedelta(hours=2))


@pytest.mark.parametrize(
    ("state", "stage", "due", "light"),
    [
        (CaseState.ACKED, "2", 5, Light.GREEN),
        (CaseState.ACKED, "2", None, Light.GREEN),
        (CaseState.ACKED, "3", 2, Light.YELLOW),
        (CaseState.ACKED, "3", 0, Light.YELLOW),
        (CaseState.ACKED, "3", -1, Light.RED),
        (CaseState.ACKED, "11", -1, Light.STOPPED),
        (CaseState.ACKED, "12", -1, Light.STOPPED),
        (CaseState.ACKED, "4", -9, Light.DONE),
        (CaseState.NEEDS_ATTENTION, "", 5, Light.ODD),
        (CaseState.WITHDRAWN, "", -1, Light.STOPPED),
    ],
)
def test_lights(state: CaseState, stage: str, due: int | None, light: Light) -> None:
    day = None if due is None else TODAY + dt.timedelta(days=due)
    assert light_of(state, stage, day, DAYS) is light


@pytest.mark.parametrize(
    ("stage", "minutes", "light"),
    [
        ("2", 121, Light.GREEN),
        ("2", 120, Light.YELLOW),
        ("2", 1, Light.YELLOW),
        ("2", 0, Light.RED),
        ("2", -600, Light.RED),
        ("11", -600, Light.STOPPED),
        ("4", -600, Light.DONE),
    ],
)
def test_lights_of_half_days_turn_by_the_minute(stage: str, minutes: int, light: Light) -> None:
    # The day alone would say "nearly due" of each.
    at = NOW + dt.timedelta(minutes=minutes)
    assert light_of(CaseState.ACKED, stage, TODAY, DAYS, at) is light


@pytest.mark.parametrize(
    ("value", "masked"),
    [("张伟", "张*"), ("330106199001011234", "3301**********1234"), ("13857200011", "138****0011"), ("", "")],
)
def test_personal_values_are_masked(value: str, masked: str) -> None:
    assert masked_value(value) == masked


def test_a_case_in_full(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready())
    service = parts.my_cases()
    detail = service.detail(acceptance.cases[1].case_id)
    case = acceptance.cases[1]
    values = {(line.section, line.title): line for line in detail.form}
    assert len(values) == len(case.form)
    said = " ".join(line.value for line in detail.form)
    assert case.applicant_number not in said
    assert case.applicant_name not in said
    assert any(line.source == "居民身份证" for line in detail.form)
    (paper,) = detail.papers
    assert (paper.number, paper.prints) == (acceptance.notice.paper.number, 1)
    assert service.paper(paper) == acceptance.notice.pdf


def test_a_paper_is_printed_again_and_says_so(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready())
    service = parts.my_cases()
    for number in (1, 2):
        detail = service.detail(acceptance.cases[0].case_id)
        assert detail.papers[0].prints == number
        again = service.reprint(detail, detail.papers[0], demo=True)
        assert again.paper.reprint == number
        assert again.paper.title == acceptance.notice.paper.title
        assert [c.form for c in again.paper.cases] == [c.form for c in acceptance.notice.paper.cases]
        assert again.job_id != acceptance.notice.job_id
        with pdfium.PdfDocument(again.pdf) as document:
            assert f"补打 第 {number} 次" in document[0].get_textpage().get_text_bounded()


def test_what_is_not_there_says_what_to_do(parts: Parts) -> None:
    with pytest.raises(Refused) as refused:
        parts.my_cases().detail("unknown")
    assert refused.value.todo
    lost = PaperLine(None, "1", parts.clock.now(), 1, "")  # type: ignore[arg-type]
    with pytest.raises(EnvironmentProblem):
        parts.my_cases().paper(lost)


def board(parts: Parts, **ratings: int) -> DayBoard:
    window = parts.accept.accept(parts.ready()).cases[0].window
    counted = {int(grade[1:]): count for grade, count in ratings.items()}
    return DayBoard(
        parts.store, parts.clock, window, Duty(Clerk("0231", "演示员㛃")), Limits(), lambda since, before: counted
    )


def test_the_days_report_says_the_figures(parts: Parts) -> None:
    service = board(parts, g5=3, g1=1)
    seen = service.look()
    pdf = service.report(seen)
    assert service.report(seen) == pdf, "the same day gives the same bytes"
    with pdfium.PdfDocument(pdf) as document:
        text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    for words in ("窗口受理日报", "3件（1人次）", "非常满意3", "非常不满意1", "演示员㛃", f"{seen.day:%Y-%m-%d}"):
        assert words in text
    rows = list(csv.reader(io.StringIO(service.sheet(seen).decode("utf-8-sig"))))
    assert ["待平台回执", "3"] in rows
    assert ["非常满意", "3"] in rows
    names = [row[0] for row in rows if len(row) == 3]
    assert all(case.item_name in names for case in parts.store.cases())


def test_nobody_rated_and_nothing_is_said_of_ratings(parts: Parts) -> None:
    service = board(parts)
    seen = service.look()
    assert not seen.ratings
    assert "好差评".encode() not in service.sheet(seen)


def message(message_id: str, case_id: str, **changes: object) -> dict[str, object]:
    return {
        "id": message_id,
        "kind": "correction",
        "case_id": case_id,
        "case_no": "1",
        "provisional_no": "T01",
        "stage": 11,
        "at": "2026-11-21T01:02:03.000Z",
        "words": "请补充材料",
        "due": "2026-11-28",
        "result": "",
        **changes,
    }


def test_messages_know_their_case_and_broken_ones_are_left_out(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    case = parts.accept.accept(parts.ready()).cases[0]
    stranger = "0" * 8 + "-0000-7000-8000-" + "0" * 12
    rows = [
        message("a", case.case_id),
        message("b", stranger, at="2026-11-21T01:01:00.000Z", kind="result", due=None),
        message("c", case.case_id, kind="gossip"),
        message("d", case.case_id, due="2026-13-45"),
    ]
    parts.store.apply_feed("messages", rows, [], "c")
    service = Messages(parts.store)
    first, second = service.newest()
    assert (first.kind, first.item, first.applicant) == (
        MessageKind.CORRECTION,
        case.item_name,
        case.applicant_name,
    )
    assert first.due == dt.date(2026, 11, 28)
    assert (second.kind, second.item, second.due) == (MessageKind.RESULT, "", None)
    assert "message c breaks the contract" in caplog.text
    service.read(["a"])
    assert [m.unread for m in service.newest()] == [False, True]
    service.read()
    assert service.unread() == 0


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("看板", {"今日看板"}),
        ("kb", {"今日看板"}),
        ("jinrikb", {"今日看板"}),
        ("wdbj", {"我的办件"}),
        ("f10", {"今日看板"}),
        ("zzz", set()),
        ("", {"今日看板", "我的办件", "重印"}),
        ("chong y", {"重印"}),
        ("zhongyin", {"重印"}),
    ],
)
def test_names_are_found_by_characters_pinyin_and_key(words: str, names: set[str]) -> None:
    quick = QuickNames()
    known = {"今日看板": "F10", "我的办件": "Ctrl+J", "重印": ""}
    assert {name for name, key in known.items() if quick.match(words, name, key)} == names


def test_the_spans_say_where_it_fits() -> None:
    quick = QuickNames()
    for words, spans in (("看板", ((2, 4),)), ("kanb", ((2, 4),)), ("今日", ((0, 2),))):
        found = quick.match(words, "今日看板")
        assert found is not None
        assert found.spans == spans


def test_the_list_is_what_was_accepted(parts: Parts) -> None:
    cases = parts.accept.accept(parts.ready()).cases
    lines = parts.store.case_lines(parts.store.list_cases(CaseFilter(words="张伟")))
    assert [line.case_id for line in lines] == [case.case_id for case in reversed(cases)]
    stored = parts.store.stored_case(cases[0].case_id)
    assert stored is not None
    assert json.loads(next(e for e in stored.trail if e.action == "paper.made").details)["sealed"]
