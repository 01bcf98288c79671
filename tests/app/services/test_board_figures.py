"""Figures of the day's board beyond the lights: what was done beyond working hours, work orders of bad grades."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from desk_parts import Parts
from made_up_time import MadeUpTicks

from app.domain.clock import shanghai
from app.domain.hours import OpenHours, Span
from app.materials.opening import Opening
from app.presenters.around_words import board_view
from app.services.accept_case import AcceptCase
from app.services.clock_witness import ClockWitness
from app.services.day_board import DayBoard
from app.settings import Limits
from app.sync.engine import CLOCK_OFFSET
from widgets.views import Tone


def lines(board: DayBoard) -> list[list[str]]:
    return list(csv.reader(io.StringIO(board.sheet(board.look()).decode("utf-8-sig"))))


def test_what_is_done_beyond_working_hours_is_counted_and_said_in_the_trail(parts: Parts) -> None:
    today = shanghai(parts.clock.now()).date()
    whole = (Span(0, 24 * 60),)
    within = Opening(OpenHours(dict.fromkeys(range(1, 8), whole)))
    beyond = Opening(OpenHours(days={today: whole}))
    for opening, extended in ((within, False), (beyond, True)):
        service = AcceptCase(
            replace(parts.counter, opening=opening),
            ClockWitness(parts.store, parts.clock, MadeUpTicks(), CLOCK_OFFSET),
        )
        made = service.accept(parts.ready())
        entries = [entry for case in made.cases for entry in parts.store.trail_of(case.provisional_no, "case.accepted")]
        assert [json.loads(one.details).get("extended", False) for one in entries] == [extended] * 3
    place = (parts.store, parts.clock, parts.counter.window, parts.counter.duty, Limits())
    board = DayBoard(*place, opening=beyond)
    seen = board.look()
    assert seen.extended == 6
    assert ["延时服务", "受理 6 件"] in lines(board)
    assert "延时 6 件" in board_view(seen).figures[0].note
    plain = DayBoard(*place)
    assert plain.look().extended == 0
    assert "延时服务" not in [row[0] for row in lines(plain) if row]


def test_open_work_orders_stand_on_the_board_until_they_are_answered(parts: Parts) -> None:
    board = DayBoard(parts.store, parts.clock, parts.counter.window, parts.counter.duty, Limits())
    assert "orders" not in [card.id for card in board_view(board.look()).figures]
    rows = [order("1-P", "2020-01-02"), order("2-P", "2099-01-02"), order("3-P", None), order("4", "2020-01-02")]
    parts.store.apply_feed("messages", rows, [], "c")
    seen = board.look()
    assert (seen.orders, seen.orders_late) == (2, 1)
    assert ["整改工单", "待答复 2 件，已逾期 1 件"] in lines(board)
    card = next(card for card in board_view(seen).figures if card.id == "orders")
    assert (card.figure, card.tone) == ("2", Tone.ERROR)


def order(message_id: str, due: str | None) -> dict[str, object]:
    return {
        "id": message_id, "kind": "notice", "case_id": message_id, "case_no": "1", "provisional_no": "T01", "stage": 2,
        "at": "2026-11-21T01:02:03.000Z", "words": "评价已转整改工单", "due": due, "result": "",
    }  # fmt: skip
