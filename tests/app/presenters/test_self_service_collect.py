"""自助取件: the own card, the own results, real drivers on emulated printers; a result is given once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from print_room import LONG, Room, print_room
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from self_service_kit import PATIENCE, Kiosk, self_service

from app.demo.world import DemoWorld
from app.domain.case import Case, OutboxState
from app.domain.document import PaperKind
from app.domain.printing import PrintState, PrintTarget
from app.domain.sending import Arrived
from app.identity.verification import Answer
from app.presenters.self_service_collect import SelfServiceCollect
from app.services.collect_result import ASKED, COLLECTED, CollectResult, Standing, is_collecting
from app.services.heed_lists import HeedLists
from app.services.paper_subject import ISSUED
from app.services.sign_paper import SIGNED, SignPaper
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from widgets.self_service.views import ResultLine


class Lists(HeedLists):
    """The lists say what the test wants."""

    def __init__(self) -> None:
        self.answer = SimpleNamespace(answer=Answer.YES)

    def look(self, visit: object) -> SimpleNamespace:  # type: ignore[override]
        return self.answer


class Hall:
    """A terminal beside its printer, three finished cases of 张伟, and what the lists say."""

    def __init__(self, room: Room, kiosk: Kiosk, lists: Lists, cases: list[Case], service: CollectResult) -> None:
        self.room, self.kiosk, self.lists, self.cases, self.service = room, kiosk, lists, cases, service

    def fetch(self, person: str = "zhang-wei") -> None:
        self.kiosk.press("self_fetch")
        self.kiosk.lay_card(person)
        self.kiosk.at("collect")
        self.kiosk.settle()

    def states(self) -> list[str]:
        """A word of each result on the page: ready, done, or what stands there."""
        return ["ready" if one.possible else "done" if one.done else one.state for one in self.lines()]

    def lines(self) -> tuple[ResultLine, ...]:
        return self.kiosk.screen.collect.lines

    def trail(self, subject: str, action: str) -> list[dict[str, Any]]:
        return [json.loads(entry.details) for entry in self.room.parts.store.trail_of(subject, action)]

    def collected(self) -> int:
        return sum(len(self.trail(case.case_id, COLLECTED)) for case in self.cases)

    def sheets(self) -> int:
        return self.room.printed("printer")

    def proofs(self, case: Case) -> int:
        issued = self.trail(case.provisional_no, ISSUED)
        return sum(one["kind"] == PaperKind.DELIVERY_PROOF.name for one in issued)

    def write(self) -> None:
        pad = self.kiosk.screen.proof.panel.pad
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))  # type: ignore[call-overload]
        for x in range(60, 320, 20):
            QTest.mouseMove(pad, QPoint(x, 40 + (x % 60)))  # type: ignore[call-overload]
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(320, 60))  # type: ignore[call-overload]


def told(case: Case, result: str = "准予") -> dict[str, object]:
    return {
        "id": f"{case.case_id}.2", "kind": "result", "case_id": case.case_id, "case_no": "x",
        "provisional_no": case.provisional_no, "stage": 4, "at": "2026-11-21T01:02:03.000Z", "words": "",
        "due": None, "result": result,
    }  # fmt: skip


@pytest.fixture
def hall(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Hall]:
    with print_room(qtbot, qapp, tmp_path, world) as room:
        room.begin("printer")
        parts = room.parts
        cases = list(parts.accept.accept(parts.ready()).cases)
        decided = [{"case_id": case.case_id, "rev": 2, "stage": 4} for case in cases]
        for entry in parts.store.outbox({OutboxState.PENDING}):
            parts.store.mark_inflight(entry.op_id)
            parts.store.record([Arrived(entry.op_id)])
        parts.store.apply_feed("cases", decided, [], "c")
        parts.store.apply_feed("messages", [told(cases[0]), told(cases[1]), told(cases[2], "不予")], [], "m")
        issue, lists = parts.issue_paper(), Lists()
        service = CollectResult(
            parts.counter, parts.catalog, issue, SignPaper(parts.counter, issue), parts.papers, lists
        )
        making = lambda who, tasks: SelfServiceCollect(who, service, room.printing, tasks)  # noqa: E731
        with self_service(parts, qtbot, making) as kiosk:
            kiosk.enter()
            yield Hall(room, kiosk, lists, cases, service)


def test_printed_once_marked_once_signed_for(hall: Hall) -> None:
    hall.fetch()
    assert hall.states() == ["ready", "ready", "请到窗口领取"], "what was refused is explained at the counter"
    assert "张伟" not in hall.kiosk.words()
    chosen = hall.lines()[0].case_id
    case = next(case for case in hall.cases if case.case_id == chosen)
    hall.kiosk.press("self_print_result")
    hall.kiosk.at("proof")
    assert hall.sheets() == 1
    hall.write()
    hall.kiosk.press("paper_sign")
    hall.kiosk.at("collect")
    hall.kiosk.settle()
    assert hall.states() == ["ready", "请到窗口领取", "done"]
    assert len(hall.trail(chosen, ASKED)) == hall.collected() == hall.proofs(case) == 1
    (proof,) = (one for one in hall.trail(case.provisional_no, ISSUED) if one["kind"] == "DELIVERY_PROOF")
    assert proof["signed"]
    assert len(hall.trail(proof["number"], SIGNED)) == 1
    (asked,) = hall.trail(chosen, ASKED)
    assert asked["card"].count("*") > 5, "the number is masked in the trail"
    # the same card again: it is not printed a second time, whoever asks and however
    hall.kiosk.press("self_next")
    hall.kiosk.at("start")
    hall.fetch()
    assert hall.states() == ["ready", "请到窗口领取", "done"]
    hall.kiosk.screen.collect.chosen.emit(chosen)
    hall.kiosk.settle()
    assert "这份结果已经领过" in hall.kiosk.words()
    assert (hall.sheets(), hall.collected()) == (1, 1)


def test_who_goes_without_signing_has_collected_and_the_proof_says_so(hall: Hall) -> None:
    hall.fetch()
    hall.kiosk.press("self_print_result")
    hall.kiosk.at("proof")
    hall.kiosk.tick(PATIENCE.ask + PATIENCE.answer + 1)
    hall.kiosk.at("start")
    hall.kiosk.settle()
    assert hall.collected() == 1
    assert sum(hall.proofs(case) for case in hall.cases) == 1
    assert hall.kiosk.words().count("营业执照") == 0


def test_a_printer_that_dies_in_the_middle_gives_nothing_and_nothing_twice(hall: Hall) -> None:
    hall.room.emulators["printer"].faults.set("drop", 1)
    hall.fetch()
    chosen = hall.lines()[0].case_id
    hall.kiosk.press("self_print_result")
    hall.room.qtbot.waitUntil(lambda: "没有登记领取" in hall.kiosk.words(), timeout=LONG)
    hall.kiosk.settle()
    assert hall.collected() == 0
    assert sum(hall.proofs(case) for case in hall.cases) == 0
    assert "自助服务：群众请您帮忙" in hall.kiosk.window.notice.title()
    (job,) = (job for job in hall.room.parts.store.print_jobs(hall.room.parts.clock.now()) if is_collecting(job))
    assert job.state is PrintState.UNKNOWN
    assert next(one.state for one in hall.lines() if one.case_id == chosen) == "打印待核实，请工作人员帮忙"
    hall.kiosk.screen.collect.chosen.emit(chosen)
    hall.kiosk.settle()
    assert "这份结果正在核实" in hall.kiosk.words(), "a second paper needs a clerk's word about the first"
    # a clerk looks: it did come out after all
    hall.room.parts.papers.settle(job, came_out=True)
    hall.kiosk.press("self_next")
    hall.kiosk.at("start")
    hall.fetch()
    assert next(one for one in hall.lines() if one.case_id == chosen).done
    assert hall.collected() == 1
    assert hall.sheets() == 0


def test_what_never_reached_the_printer_is_called_off_and_may_be_asked_again(hall: Hall) -> None:
    hall.room.emulators["printer"].stop()
    hall.fetch()
    chosen = hall.lines()[0].case_id
    hall.kiosk.press("self_print_result")
    hall.room.qtbot.waitUntil(lambda: "没有打印出来" in hall.kiosk.words(), timeout=LONG)
    hall.kiosk.settle()
    (job,) = (job for job in hall.room.parts.store.print_jobs(hall.room.parts.clock.now()) if is_collecting(job))
    assert job.state is PrintState.CANCELLED, "nothing comes out once nobody stands there any more"
    assert hall.collected() == 0
    hall.kiosk.press("self_print_result")
    assert "打印机现在不能用" in hall.kiosk.words()
    target = PrintTarget("printer", "A4")
    visit = hall.kiosk.turned.flow.visit
    assert visit is not None
    again = hall.service.ask(chosen, visit, "test:", target)
    assert again.job_id != job.job_id
    assert hall.service.ended(again) is Standing.READY, "called off as well, and still to be had"


def test_anothers_card_a_card_out_of_date_and_a_listed_one_get_nothing(hall: Hall) -> None:
    hall.fetch("wang-ji")
    assert hall.lines() == ()
    hall.kiosk.screen.collect.chosen.emit(hall.cases[0].case_id)
    hall.kiosk.settle()
    assert "没有可以自助领取的结果" in hall.kiosk.words()
    hall.kiosk.press("self_next")
    hall.kiosk.at("start")
    card = hall.room.parts.world.person("zhang-wei").card
    hall.kiosk.press("self_fetch")
    hall.kiosk.reader.answer(Reply(Outcome.OK, CardReading(replace(card, valid_to="2020-01-01"), b"", "")))
    hall.kiosk.at("collect")
    hall.kiosk.settle()
    assert "身份证已过有效期" in hall.kiosk.words()
    hall.kiosk.press("self_next")
    hall.kiosk.at("start")
    hall.lists.answer = SimpleNamespace(answer=Answer.NO)
    hall.fetch()
    assert "不能用于自助领取" in hall.kiosk.words()
    assert hall.lines() == ()
    assert hall.sheets() == hall.collected() == 0


def test_what_was_handed_over_at_the_counter_is_not_printed_here(hall: Hall) -> None:
    parts = hall.room.parts
    issue = parts.issue_paper()
    today = dt.date.today().isoformat()  # noqa: DTZ011 - any day will do
    issue.issue(PaperKind.DELIVERY_PROOF, issue.about_cases(hall.cases), {"served_on": today})
    hall.fetch()
    assert hall.lines() == ()
