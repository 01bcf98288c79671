"""The main job with real clicks in a real window under X: what the keys can do, the mouse can too."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from running import play

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.domain.material import MaterialStatus
from app.presenters.screen import Screen
from app.presenters.station import Workstation
from widgets.theme import apply_theme

pytestmark = pytest.mark.x11

OPENING = dt.date.today() + dt.timedelta(days=30)  # noqa: DTZ011 - near enough to the window's day
TYPED = {
    "applicant.phone": "13857200011",
    "business.name": "Demo Barbers",
    "business.capital": "5",
    "business.employees": "3",
    "business.opening_date": f"{OPENING:%Y%m%d}",
    "hygiene.seats": "6",
    "signboard.text": "Demo",
    "signboard.area": "4.5",
}


@pytest.fixture
def station(tmp_path: Path, seed: Callable[[Path], Path]) -> Iterator[Workstation]:
    scenario = load_scenario("open-a-barber-shop")
    with open_demo(seed(tmp_path / "profile"), scenario, fresh=True, out=tmp_path) as made:
        yield made


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, station: Workstation) -> Iterator[Screen]:
    apply_theme(qapp)
    made = Screen(station)
    made.window.resize(1366, 768)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    made.start()
    yield made
    made.close()


def click(qtbot: QtBot, widget: QWidget, at: QPoint | None = None) -> None:
    assert widget.isVisible(), widget.objectName()
    assert widget.isEnabled(), widget.objectName()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def find(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_the_whole_job_by_mouse(qtbot: QtBot, screen: Screen) -> None:
    window, desk = screen.window, screen.desk

    def step(name: str) -> QWidget:
        return find(window, f"step_{name}")

    qtbot.waitUntil(lambda: screen.status.online, timeout=15000)
    click(qtbot, step("read_card"))
    qtbot.waitUntil(lambda: desk.visit.card is not None, timeout=15000)

    click(qtbot, step("choose_items"))
    qtbot.keyClicks(window.picker.search, "klfd")
    results = window.picker.results
    # A person clicks what is on show: the last letter's results, drawn.
    shown = results.model()
    qtbot.waitUntil(lambda: shown.rowCount() == 1 and not results.visualRect(shown.index(0, 0)).isEmpty())
    first = results.visualRect(results.model().index(0, 0)).center()
    qtbot.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.waitUntil(lambda: bool(desk.visit.codes))
    click(qtbot, find(window, "picker_go"))
    assert window.form.isVisible()

    click(qtbot, step("scan_licence"))
    qtbot.waitUntil(lambda: bool(desk.visit.licences), timeout=20000)
    qtbot.waitUntil(lambda: not screen.codes.active, timeout=5000)

    for key, text in TYPED.items():
        editor = window.form.field_editor(key)
        window.form.focus_field(key)  # scrolls it into view, as the wheel would
        click(qtbot, editor)
        qtbot.keyClicks(editor, text)
    click(qtbot, step("next_field"))
    qtbot.waitUntil(lambda: not screen.accept.quick_check().problems)

    click(qtbot, step("capture"))
    qtbot.waitUntil(lambda: screen.materials.page_in_view, timeout=15000)
    click(qtbot, step("capture"))
    qtbot.waitUntil(
        lambda: any(m.status is MaterialStatus.CAPTURED for m in desk.visit.checklist.materials), timeout=15000
    )
    click(qtbot, find(window.materials, "material_tolerate"))
    click(qtbot, find(window.materials, "material_promise"))
    qtbot.waitUntil(lambda: not screen.accept.quick_check().unsettled)

    click(qtbot, step("check"))
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    accept = QApplication.activeModalWidget().findChild(QPushButton, "check_accept")  # type: ignore[union-attr]
    assert accept is not None
    printed: dict[str, bool] = {}
    screen.accept.printed.connect(lambda slot, reply: printed.update({slot: reply.ok}))
    click(qtbot, accept)
    qtbot.waitUntil(lambda: screen.accept.accepted, timeout=20000)
    qtbot.waitUntil(lambda: printed == {"printer": True, "receipt_printer": True}, timeout=20000)

    acceptance = screen.accept.last
    assert acceptance is not None

    def numbered() -> bool:
        stored = [screen.station.store.case(case.case_id) for case in acceptance.cases]
        return all(case is not None and case.case_no for case in stored)

    qtbot.waitUntil(numbered, timeout=20000)
    click(qtbot, step("next_visitor"))
    qtbot.waitUntil(lambda: desk.visit.empty)


def test_the_keys_alone_under_x(tmp_path: Path) -> None:
    """The scenario's player presses keys only; here in a window of a real X server."""
    summary = play("open-a-barber-shop", tmp_path / "out", QT_QPA_PLATFORM="xcb", DISPLAY=os.environ["DISPLAY"])
    assert summary["outbox"] == {"waiting": 0, "parked": 0}
    assert summary["fields"]["typed"] == len(TYPED)
