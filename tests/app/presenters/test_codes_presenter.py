"""Scanning on the screen: dynamic codes that wait for the platform, which code was meant, wrong kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from desk_parts import BUNDLE, Parts
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot
from scanning_kit import TEXT, Counter, scanning

from app.demo.codes import CODES
from app.domain.fact import Verdict
from app.domain.licence import LicenceReading
from app.domain.redemption import RedeemOutcome
from app.presenters.redeem import RETRY_TICKS


@pytest.fixture
def desk_(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    with scanning(qtbot, parts) as made:
        yield made


# ------------------------------------------------------------------------------------------------- dynamic codes


def test_a_dynamic_code_is_verified_at_once(desk_: Counter) -> None:
    desk_.ready()
    desk_.see(TEXT)
    (entry,) = desk_.desk.visit.licences
    assert (entry.reading.verdict, entry.pending) == (Verdict.VERIFIED_ONLINE, None)
    assert desk_.window.notice.title() == "证照已联网核验"
    assert desk_.waits == [""]
    assert desk_.message.startswith("不动产权证书：已联网核验")
    assert desk_.desk.visit.form.state("premises.address").value


def test_without_the_platform_it_waits_counts_down_and_is_asked_again(desk_: Counter) -> None:
    desk_.ready()
    desk_.line.dead = True
    desk_.see(TEXT)
    assert desk_.waits == ["等待联网核验，码还剩 120 秒"]
    assert desk_.window.notice.title() == "证照尚未核验"
    assert "尚未核验" in desk_.message
    assert not desk_.desk.visit.form.state("premises.address").value
    asked = len(desk_.line.asked)
    desk_.parts.clock.advance(dt.timedelta(seconds=3))
    desk_.redeem.tick()
    assert desk_.waits == ["等待联网核验，码还剩 117 秒"]
    assert len(desk_.line.asked) == asked, "not at every second"
    for _ in range(RETRY_TICKS - 1):
        desk_.redeem.tick()
    desk_.settle()
    assert len(desk_.line.asked) > asked
    assert {r.op_id for r in desk_.line.asked} == {way.op_id for way in _pending(desk_).ways[:1]}, "one operation"
    desk_.line.dead = False
    desk_.status.turn(True)
    desk_.settle()
    assert desk_.desk.visit.licences[0].reading.verdict is Verdict.VERIFIED_ONLINE
    assert desk_.waits == [""]


def _pending(desk_: Counter) -> Any:
    return desk_.desk.visit.licences[0].pending


def test_when_its_time_is_over_the_clerk_is_told_once_and_the_platform_still_decides(desk_: Counter) -> None:
    desk_.ready()
    desk_.line.dead = True
    desk_.see(TEXT)
    desk_.parts.clock.advance(dt.timedelta(seconds=121))
    desk_.redeem.tick()
    assert desk_.waits == ["码可能已失效，请群众刷新后重新扫"]
    assert desk_.window.notice.title() == "证照码可能已失效"
    desk_.window.notice.clear()
    desk_.redeem.tick()
    assert desk_.window.notice.title() == ""
    desk_.line.dead, desk_.line.outcome = False, RedeemOutcome.EXPIRED
    desk_.status.turn(True)
    desk_.settle()
    (entry,) = desk_.desk.visit.licences
    assert (entry.reading.verdict, entry.pending) == (Verdict.INVALID, None)
    assert desk_.window.notice.title() == "证照没有通过核验"
    assert "刷新" in desk_.window.notice.words()


def test_f4_while_the_last_code_still_stands_looks_for_the_next(desk_: Counter) -> None:
    desk_.ready()
    desk_.see(TEXT)
    assert desk_.codes._linger.isActive()
    desk_.codes.toggle()
    assert desk_.codes.active, "a quick second F4 does not mean to stop"
    assert not desk_.codes._linger.isActive()
    asked = len(desk_.line.asked)
    desk_.see(TEXT)
    assert len(desk_.line.asked) == asked, "the one that was read is still before the camera"
    desk_.see(CODES["dynamic-hmt"].text)
    assert len(desk_.desk.visit.licences) == 2
    desk_.codes.toggle()
    desk_.codes.toggle()
    assert not desk_.codes.active, "nothing was read since: F4 stops"


def test_offline_reports_start_no_attempt(desk_: Counter) -> None:
    desk_.line.dead = True
    desk_.see(TEXT)
    asked = len(desk_.line.asked)
    desk_.status.turn(False)
    desk_.settle()
    assert len(desk_.line.asked) == asked


def test_the_next_visitor_does_not_get_the_answer(desk_: Counter) -> None:
    desk_.line.dead = True
    desk_.see(TEXT)
    desk_.line.dead = False
    desk_.desk.begin()
    desk_.status.turn(True)
    desk_.settle()
    assert desk_.desk.visit.empty


def test_what_was_accepted_meanwhile_stays_as_it_was(desk_: Counter) -> None:
    desk_.line.dead = True
    desk_.see(TEXT)
    desk_.main.open_now = False
    desk_.line.dead = False
    before = desk_.desk.visit
    desk_.status.turn(True)
    desk_.settle()
    assert desk_.desk.visit is before


def test_a_refusal_is_said_in_words(desk_: Counter) -> None:
    desk_.ready()
    desk_.line.refused = True
    desk_.see(TEXT)
    assert desk_.window.notice.title() == "证照没有通过核验"
    assert "不需要这种证照" in desk_.window.notice.words()
    assert _pending(desk_) is None


# ------------------------------------------------------------------------------------------------ which one, wrong kind


def test_several_codes_are_chosen_by_digit(desk_: Counter) -> None:
    other = next(code.text for name, code in CODES.items() if name == "dynamic-other")
    desk_.window.form.setFocus()
    desk_.see(TEXT, other)
    preview = desk_.window.preview
    desk_.qtbot.waitUntil(lambda: len(preview.film.choices) == 2, timeout=20_000)
    assert desk_.message == "有 2 个码，按数字键选一个（Esc 停止）"
    assert not desk_.desk.visit.licences
    QTest.keyClick(preview, Qt.Key.Key_7)
    assert not desk_.desk.visit.licences
    QTest.keyClick(preview, Qt.Key.Key_2)
    desk_.settle()
    assert [entry.text for entry in desk_.desk.visit.licences] == [other]
    assert preview.film.choices == ()


def test_esc_leaves_a_choice_and_nothing_has_happened(desk_: Counter) -> None:
    desk_.see(TEXT, CODES["dynamic-other"].text)
    desk_.codes.stop()
    assert desk_.window.preview.film.choices == ()
    assert desk_.desk.visit.empty
    assert not desk_.codes.active


def test_a_licence_is_taken_before_the_leaflet_beside_it(desk_: Counter) -> None:
    desk_.see(f"YCL1:{BUNDLE}", TEXT)
    assert [entry.text for entry in desk_.desk.visit.licences] == [TEXT]
    assert desk_.leads.dialog is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("134567890123456789", "这是微信付款码，不是电子证照。请勿扫码。请群众退出"),
        ("WIFI:T:WPA;S:hall;P:secret12345;;", "这是无线网络的码"),
        ("https://evil.example/x", "本机没有打开它"),
        ("gpj\u202eexe.\u200b", "⟨U+202E⟩"),
        ("gpj\u202eexe.\u200b", "含有改变文字方向的字符"),
        ("hello", "内容：\u2068hello\u2069"),
    ],
)
def test_a_wrong_kind_is_told_plainly_and_the_camera_goes_on(desk_: Counter, text: str, words: str) -> None:
    told: list[LicenceReading] = []
    desk_.codes.scanned.connect(told.append)
    desk_.see(text)
    desk_.see(text)
    assert words in desk_.message
    assert "secret" not in desk_.message
    assert len(told) == 1, "told once, however many frames show it"
    assert desk_.codes.active
    assert desk_.desk.visit.empty
    desk_.see(TEXT)
    assert [entry.text for entry in desk_.desk.visit.licences] == [TEXT]
