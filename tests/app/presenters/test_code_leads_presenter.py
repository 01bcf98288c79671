"""Codes that are no licences, on the screen: shown, taken with Enter, left with Esc."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from desk_parts import BUNDLE, Parts
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from scanning_kit import NUMBER, USCC, Counter, scanning

from app.domain.licence import CodeKind
from app.domain.shared_data import Booking
from app.licences.kinds import Recognised


@pytest.fixture
def desk_(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    with scanning(qtbot, parts) as made:
        yield made


# -------------------------------------------------------------------------------------------------------------- leads


def test_a_firm_code_is_offered_and_taken_with_enter(desk_: Counter) -> None:
    desk_.desk.change(desk_.parts.choose.add(desk_.desk.visit, "after-the-licence"))
    desk_.see(USCC)
    assert desk_.dialog.isVisible()
    assert (desk_.dialog.view.kind, desk_.dialog.view.title) == ("企业码", USCC)
    assert "不能证明出示人身份" in desk_.dialog.view.note
    assert not desk_.desk.visit.form.state("firm.uscc").value, "nothing is done unasked"
    QTest.keyClick(desk_.dialog, Qt.Key.Key_Return)
    desk_.settle()
    assert desk_.desk.visit.form.state("firm.uscc").value == USCC
    assert desk_.window.notice.title() == "单位代码已填入"


def test_esc_leaves_a_lead_and_nothing_has_happened(desk_: Counter) -> None:
    before = desk_.desk.visit
    desk_.see(f"YCL1:{BUNDLE}")
    QTest.keyClick(desk_.dialog, Qt.Key.Key_Escape)
    desk_.settle()
    assert desk_.desk.visit is before


def test_a_leaflet_begins_its_bundle(desk_: Counter) -> None:
    desk_.see(f"YCL1:{BUNDLE}")
    assert desk_.dialog.view.title == desk_.parts.catalog.bundles[BUNDLE].name
    desk_.press("code_take")
    assert desk_.desk.visit.codes == (BUNDLE,)


def test_a_leaflet_of_elsewhere_offers_nothing(desk_: Counter) -> None:
    desk_.see("YCL1:no-such-bundle")
    assert desk_.dialog.view.take == ""
    assert desk_.dialog.findChild(QPushButton, "code_take") is None
    QTest.keyClick(desk_.dialog, Qt.Key.Key_Return)
    desk_.settle()
    assert desk_.desk.visit.empty


def booking(desk_: Counter, name: str = "张伟", number: str = NUMBER) -> None:
    day = (desk_.parts.clock.now() + dt.timedelta(hours=8)).date()
    desk_.line.bookings = (Booking("YY-0001-ABCD", name, number, day, "09:30", (BUNDLE,), desk_.parts.clock.now()),)


def test_a_booking_is_shown_masked_and_taken_with_enter(desk_: Counter) -> None:
    booking(desk_)
    desk_.see("YCB1:YY-0001-ABCD")
    shown = " ".join(words for _, words in desk_.dialog.view.rows)
    assert "张*" in shown
    assert NUMBER not in shown
    assert desk_.desk.visit.codes == ()
    desk_.press("code_take")
    assert desk_.desk.visit.codes == (BUNDLE,)


def test_somebody_elses_booking_is_shown_and_cannot_be_taken(desk_: Counter) -> None:
    booking(desk_, "王𠮷", "330503195809230421")
    desk_.desk.change(desk_.parts.identified(desk_.desk.visit))
    desk_.see("YCB1:YY-0001-ABCD")
    assert desk_.dialog.view.take == ""
    assert "不一致" in desk_.dialog.view.note


def test_a_booking_that_is_none_says_so(desk_: Counter) -> None:
    desk_.see("YCB1:YY-0009-ABCD")
    assert (desk_.dialog.view.title, desk_.dialog.view.take) == ("没有这个预约", "")


def test_a_parcel_is_noted(desk_: Counter) -> None:
    desk_.see("SF1234567890123")
    desk_.press("code_take")
    assert desk_.desk.visit.events[-1].action == "parcel.noted"


def test_a_paper_that_is_not_ours_leads_nowhere(desk_: Counter) -> None:
    desk_.see("YCP1:6BFOXN")
    assert (desk_.dialog.view.title, desk_.dialog.view.take) == ("不能确认", "")


def test_a_lead_of_the_last_visitor_is_not_shown(desk_: Counter) -> None:
    desk_.leads.follow(Recognised(USCC, CodeKind.FIRM_CODE, USCC))
    desk_.desk.begin()
    desk_.settle()
    assert desk_.leads.dialog is None
