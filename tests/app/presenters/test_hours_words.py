"""Opening hours in words: on the citizen's screen, and for who signs in beyond them."""

from __future__ import annotations

import datetime as dt

from pytestqt.qtbot import QtBot

from app.domain.clock import SHANGHAI
from app.domain.hours import OpenHours, read_week
from app.presenters.hours_words import hours_lines, on_signing_in
from widgets.customer.screen import CustomerScreen

HOURS = OpenHours(read_week("1-5 09:00-12:00 13:30-17:00"), read_week("2 17:00-19:00; 6 09:00-12:00"))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_the_citizens_screen_says_when_it_is_open(qtbot: QtBot) -> None:
    lines = hours_lines(HOURS)
    assert lines == (
        "开放时间：周一至周五 9:00–12:00、13:30–17:00",
        "延时服务：周二 17:00–19:00；周六 9:00–12:00",
    )
    assert hours_lines(OpenHours()) == ()
    for said in (lines, ()):
        screen = CustomerScreen("大厅", "窗口", said)
        qtbot.addWidget(screen)
        screen.show()
        assert screen.idle._hours.isVisible() == bool(said)
        assert screen.idle._hours.text() == "\n".join(said)


def test_who_signs_in_is_told_of_extended_and_closed_hours() -> None:
    assert on_signing_in(HOURS, at("2026-11-24T10:00")) is None
    assert on_signing_in(OpenHours(), at("2026-11-29T10:00")) is None, "nothing is said where nothing is set"
    extended = on_signing_in(HOURS, at("2026-11-24T17:30"))
    assert extended is not None
    assert (extended[0], extended[1].startswith("到 19:00 为止")) == ("现在是延时服务", True)
    closed = on_signing_in(HOURS, at("2026-11-28T15:00"))
    assert closed == ("现在不在开放时间", "下次开放：11-30 周一 9:00–12:00")
