"""A case is corrected at the window and at the platform, by keys alone, with a real store, gateway and window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demo_screen import demo_screen, press
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.amendment import Standing
from app.domain.case import Case
from app.domain.fact import Source, SourceKind, Verdict, fact_of
from app.domain.item import Item
from app.domain.numbering import provisional_number, uuid7
from app.presenters.screen import Screen
from app.presenters.station import Workstation
from app.server.headers import canonical, sha256_hex
from app.server.wire import build_operations, case_document

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
WAIT = 30_000


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path]) -> Iterator[Screen]:
    with demo_screen(qapp, seed(tmp_path / "profile"), tmp_path / "paper") as made:
        yield made


def accepted(station: Workstation) -> Case:
    """A case as this window accepted it."""
    item = next(i for i in station.catalog.items.values() if {"applicant.phone", "business.name"} <= _keys(i))
    at = station.clock.now()
    (counter,) = station.store.reserve_numbers(station.settings.window.id, at.date(), 1)
    clerk = Source(SourceKind.CLERK, "窗口录入")
    form = {
        "applicant.name": "王㛃",
        "applicant.phone": "13857200011",
        "business.name": "𠮷祥理发店",
    }
    facts = tuple(fact_of(key, value, clerk, Verdict.STATED, at) for key, value in form.items())
    case = Case(
        case_id=uuid7(at),
        visit_id=uuid7(at),
        item_code=item.code,
        item_name=item.name,
        department=station.catalog.departments[item.department].name,
        provisional_no=provisional_number(station.settings.window.id, at, counter),
        accepted_at=at,
        window=station.settings.window,
        clerk=station.duty.clerk,
        catalog_version=station.catalog.version,
        applicant_name="王㛃",
        applicant_number="",
        form=form,
        facts=facts,
        materials=(),
    )
    station.store.accept([case], build_operations([case]), [])
    return case


def _keys(item: Item) -> set[str]:
    return {use.key for use in item.fields}


def correct_phone(qtbot: QtBot, screen: Screen, case: Case, phone: str, meanwhile: Callable[[], object]) -> None:
    """What the clerk does, from my cases. meanwhile: happens at the platform while the form is open."""
    press(K.Key_J, CTRL)
    cases = screen.around.cases.dialog
    qtbot.waitUntil(lambda: cases.isVisible() and cases.detail.case_id() == case.case_id, timeout=WAIT)
    qtbot.waitUntil(cases.isActiveWindow, timeout=WAIT)
    amend = cases.findChild(QPushButton, "cases_amend")
    qtbot.waitUntil(lambda: amend is not None and amend.isVisible(), timeout=WAIT)
    press(K.Key_U, CTRL)
    qtbot.waitUntil(lambda: screen.amend._dialog is not None and screen.amend._dialog.isVisible(), timeout=WAIT)
    dialog = screen.amend.dialog
    meanwhile()
    dialog.form.focus_field("applicant.phone")
    line = dialog.form.field_editor("applicant.phone")
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, phone)
    press(K.Key_1, ALT)
    qtbot.waitUntil(lambda: dialog.reason.text() == "申请人更正", timeout=WAIT)
    assert "联系电话" in " ".join(w.text() for w in dialog.findChildren(QLabel))
    press(K.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=WAIT)
    stored = screen.station.store.case(case.case_id)
    assert stored is not None
    assert stored.form["applicant.phone"] == phone
    press(K.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT)
    screen.window.activateWindow()
    qtbot.waitUntil(screen.window.isActiveWindow, timeout=WAIT)


def same(screen: Screen, case: Case) -> bool:
    """Do both hold the same document?"""
    gateway = screen.station.gateway
    stored = screen.station.store.case(case.case_id)
    assert gateway is not None
    assert stored is not None
    there = gateway.gateway.cases.document(case.case_id)
    return sha256_hex(canonical(case_document(stored))) == sha256_hex(canonical(there))


def test_corrections_meet_and_a_person_decides(qtbot: QtBot, screen: Screen) -> None:
    store, gateway = screen.station.store, screen.station.gateway
    assert gateway is not None
    office = gateway.gateway.amendments
    case = accepted(screen.station)
    screen.sync_thread.kick(urgent=True)
    qtbot.waitUntil(lambda: case.case_id in gateway.gateway.cases.numbers(), timeout=WAIT)

    # Different fields merge by themselves.
    def corrects(key: str, value: str) -> Callable[[], object]:
        return lambda: office.correct(case.case_id, {key: value}, "示范区市场监督管理局", "已核正。")

    correct_phone(qtbot, screen, case, "13857209988", corrects("business.name", "𬭚祥理发店"))
    screen.sync_thread.kick(urgent=True)
    qtbot.waitUntil(lambda: store.amendments(case.case_id)[0].standing is Standing.DONE, timeout=WAIT)
    qtbot.waitUntil(lambda: same(screen, case), timeout=WAIT)
    assert store.case(case.case_id).form["business.name"] == "𬭚祥理发店"  # type: ignore[union-attr]
    assert screen.window.status.conflicts_words() == ""

    # The same field: a light, a page, a decision, one document.
    correct_phone(qtbot, screen, case, "13857202222", corrects("applicant.phone", "13857201111"))
    screen.sync_thread.kick(urgent=True)
    qtbot.waitUntil(lambda: screen.window.status.conflicts_words() == "更正待核对 1", timeout=WAIT)
    press(K.Key_H, CTRL)
    qtbot.waitUntil(lambda: screen.conflicts._dialog is not None and bool(screen.conflicts.dialog.rows), timeout=WAIT)
    (view,) = screen.conflicts.dialog.rows
    assert (view.places[0].ours, view.places[0].theirs) == ("13857202222", "13857201111")
    qtbot.waitUntil(screen.conflicts.dialog.isActiveWindow, timeout=WAIT)
    press(K.Key_1)
    press(K.Key_Return)
    qtbot.waitUntil(lambda: screen.conflicts.dialog.rows[0].decided, timeout=WAIT)
    assert not same(screen, case), "nothing leaves before the page is closed"
    press(K.Key_Escape)
    screen.sync_thread.kick(urgent=True)
    qtbot.waitUntil(lambda: same(screen, case), timeout=WAIT)
    assert store.case(case.case_id).form["applicant.phone"] == "13857202222"  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: screen.window.status.conflicts_words() == "", timeout=WAIT)
    actions = [entry.action for entry in store.audit_entries(0, 500)]
    assert actions.count("case.amended") == 2
    assert "amendment.decided" in actions
