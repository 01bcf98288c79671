"""The official form beside the combined one, on the real screen: follows, leads, hands in, prints."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from official_kit import FOOD, MAIN, NAME, NUMBER
from pypdf import PdfReader
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.demo.world import DemoWorld
from app.domain.material import MaterialStatus
from app.domain.official import Shift
from app.presenters.official import OfficialPresenter
from app.presenters.screen import Screen
from widgets.dialogs.preprinted import PreprintedDialog
from widgets.official_page import OfficialPage
from widgets.theme import apply_theme

LONG = 30_000


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path]) -> Iterator[Screen]:
    apply_theme(qapp)
    folder = seed(tmp_path / "profile")
    with open_demo(folder, load_scenario("open-a-barber-shop"), fresh=True, out=tmp_path) as station:
        made = Screen(station)
        made.window.resize(1366, 768)
        made.window.show()
        made.start()
        visitor(qtbot, made)
        yield made
        made.close()


def visitor(qtbot: QtBot, screen: Screen) -> None:
    """The next visitor, with two items that have official forms."""
    screen.window.notice.dismiss()
    screen.desk.begin()
    visit = screen.desk.visit
    for code in (f"{MAIN}02", f"{FOOD}01"):
        visit = screen.station.services.choose.add(visit, code)
    for key, text in {"applicant.name": NAME, "business.name": f"{NAME}小吃店"}.items():
        visit = screen.station.services.fill.type(visit, key, text)
    screen.desk.change(visit)
    screen.window.show_form()
    screen.window.activateWindow()
    qtbot.waitUntil(screen.window.form.is_built, timeout=LONG)


def opened(qtbot: QtBot, screen: Screen) -> OfficialPresenter:
    official = screen.around.official
    screen.window.trigger("official_forms")
    qtbot.waitUntil(lambda: any(NAME in words for words in drawn(official)), timeout=LONG)
    return official


def drawn(official: OfficialPresenter, box: str = "") -> list[str]:
    view = official.panel.view
    return [found.text for found in view.boxes if box in ("", found.name)] if view is not None else []


def notice(screen: Screen) -> str:
    return "\n".join(label.text() for label in screen.window.notice.findChildren(QLabel) if label.isVisible())


def the_form_shows_what_was_typed_and_follows_it(qtbot: QtBot, screen: Screen) -> None:
    official = opened(qtbot, screen)
    window = screen.window
    assert official.shown
    assert not window.who.isVisible()
    assert not window.materials.isVisible()
    assert window.form.isVisible()
    assert drawn(official, "owner_name") == [NAME]
    assert drawn(official, "phone") == [""]
    screen.desk.change(screen.station.services.fill.type(screen.desk.visit, "applicant.phone", "13857200011"))
    qtbot.waitUntil(lambda: drawn(official, "phone") == ["13857200011"], timeout=LONG)
    window.trigger("official_forms")
    assert not official.shown
    assert window.who.isVisible()
    assert window.materials.isVisible()


def field_and_box_lead_to_each_other(qtbot: QtBot, screen: Screen) -> None:
    official = opened(qtbot, screen)
    panel, form = official.panel, screen.window.form
    form.focus_field("applicant.name")
    number = next(n for n, box in enumerate(panel.view.boxes) if box.name == "owner_name")  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: number in panel._pages[0]._marked, timeout=LONG)
    page = panel._pages[0]
    phone = next(box for box in panel.view.boxes if box.name == "phone")  # type: ignore[union-attr]
    place = page.place(phone).center().toPoint()
    QTest.mouseClick(page, Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    assert form.current_field() == "applicant.phone"
    # By keyboard: on the page, down to the next box, Enter to its field; Esc back.
    form.focus_field("business.name")
    screen.window.trigger("official_page")
    assert panel.area.hasFocus()
    QTest.keyClick(panel.area, Qt.Key.Key_Down)
    QTest.keyClick(panel.area, Qt.Key.Key_Down)
    QTest.keyClick(panel.area, Qt.Key.Key_Return)
    assert form.current_field() == "business.trade"
    screen.window.trigger("official_page")
    QTest.keyClick(panel.area, Qt.Key.Key_Escape)
    assert not panel.area.hasFocus()
    assert form.current_field() == "business.trade"


def what_lacks_is_listed_and_leads_to_its_field(qtbot: QtBot, screen: Screen) -> None:
    official = opened(qtbot, screen)
    words = [official.panel._notes.item(n).text() for n in range(official.panel._notes.count())]
    assert any("联系电话" in one and "必填" in one for one in words), words
    row = next(n for n, one in enumerate(words) if "联系电话" in one)
    official.panel._notes.itemActivated.emit(official.panel._notes.item(row))
    assert screen.window.form.current_field() == "applicant.phone"
    assert "补填或手写" in official.panel.state_words()


def what_the_form_masks_is_masked_on_the_page(qtbot: QtBot, screen: Screen) -> None:
    services = screen.station.services
    card = screen.station.services.identify
    person = DemoWorld(screen.station.store.profile.folder / "world", screen.station.clock).person("zhang-wei")
    screen.desk.change(card.apply(screen.desk.visit, person.card, "test:"))
    screen.desk.change(services.fill.type(screen.desk.visit, "business.name", f"{NAME}小吃店"))
    official = opened(qtbot, screen)
    number = person.card.number or ""
    qtbot.waitUntil(lambda: drawn(official, "id_number") == [number], timeout=LONG)
    screen.window.form.focus_field("business.name")

    def veils() -> list[str]:
        return list(official.panel._pages[0]._veils.values())

    assert any("*" in words for words in veils())
    assert all(number not in words for words in veils())
    screen.window.form.set_open(True)
    assert veils() == []
    screen.window.form.set_open(False)
    assert any("*" in words for words in veils())


def another_form_is_chosen(qtbot: QtBot, screen: Screen) -> None:
    official = opened(qtbot, screen)
    assert official.panel.view is not None
    assert len(official.panel.view.titles) == 2
    official.panel.form_chosen.emit(1)
    qtbot.waitUntil(lambda: drawn(official, "operator") == [f"{NAME}小吃店"], timeout=LONG)


def the_filled_form_is_handed_in_as_a_material(qtbot: QtBot, screen: Screen) -> None:
    official = opened(qtbot, screen)

    def material() -> object:
        return screen.desk.visit.checklist.material("registration_application")

    assert material().status is not MaterialStatus.CAPTURED  # type: ignore[attr-defined]
    official.panel.findChild(QPushButton, "official_save").click()
    qtbot.waitUntil(lambda: material().status is MaterialStatus.CAPTURED, timeout=LONG)  # type: ignore[attr-defined]
    assert len(material().pages) == 2  # type: ignore[attr-defined]
    first = material().pages  # type: ignore[attr-defined]
    # Handed in again after a change it replaces what was there, instead of standing beside it.
    screen.desk.change(screen.station.services.fill.type(screen.desk.visit, "applicant.phone", "13857200011"))
    official.save()
    qtbot.waitUntil(lambda: material().pages != first, timeout=LONG)  # type: ignore[attr-defined]
    assert len(material().pages) == 2  # type: ignore[attr-defined]
    assert "已存为材料" in notice(screen)


def a_form_nobody_asks_for_cannot_be_handed_in(qtbot: QtBot, screen: Screen) -> None:
    screen.desk.change(screen.station.services.choose.remove(screen.desk.visit, f"{MAIN}02"))
    screen.desk.change(screen.station.services.choose.remove(screen.desk.visit, f"{FOOD}01"))
    assert not screen.around.official.possible()
    assert not screen.window.is_action_enabled("official_forms")
    screen.desk.change(screen.station.services.choose.add(screen.desk.visit, f"{MAIN}01"))
    screen.window.show_form()
    official = opened(qtbot, screen)
    button = official.panel.findChild(QPushButton, "official_save")
    assert not button.isEnabled()
    assert "材料清单" in button.toolTip()


def the_form_is_printed_once_a_press(qtbot: QtBot, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    from devices.outcome import Outcome, Reply

    sent: list[tuple[str, bytes]] = []
    device = screen.devices["printer"].device
    monkeypatch.setattr(
        device,
        "print_pdf",
        lambda pdf, job, title, setup: (sent.append((job, pdf)), Reply(Outcome.OK, "1"))[1],
        raising=False,
    )
    official = opened(qtbot, screen)
    official.print()
    qtbot.waitUntil(lambda: len(sent) == 1, timeout=LONG)
    qtbot.waitUntil(lambda: "已送打印机" in notice(screen), timeout=LONG)
    official.print()
    qtbot.waitUntil(lambda: len(sent) == 2, timeout=LONG)
    assert sent[0][0] != sent[1][0], "another copy is another job"
    assert NAME in PdfReader(io.BytesIO(sent[0][1])).pages[0].extract_text()
    # Onto pre-printed paper: the offset is asked for, used and kept for this printer.
    official.preprinted()
    qtbot.waitUntil(lambda: screen.window.findChild(PreprintedDialog) is not None, timeout=LONG)
    dialog = screen.window.findChild(PreprintedDialog)
    dialog._right.setValue(1.3)
    dialog._down.setValue(-0.7)
    dialog._trial.click()
    qtbot.waitUntil(lambda: len(sent) == 3, timeout=LONG)
    dialog._print.click()
    qtbot.waitUntil(lambda: len(sent) == 4, timeout=LONG)
    assert "经营者姓名" in PdfReader(io.BytesIO(sent[2][1])).pages[0].extract_text()
    only = PdfReader(io.BytesIO(sent[3][1])).pages[0].extract_text()
    assert NAME in only
    assert "填表说明" not in only
    kept = screen.station.services.official.shift(screen.devices["printer"].device.uri)
    assert kept == Shift(13, -7)


def a_printer_without_an_answer_is_asked_about(qtbot: QtBot, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.domain.printing import PrintState
    from devices.kinds.output import PageSetup
    from devices.outcome import Outcome, Reply

    sent: list[str] = []
    device = screen.devices["printer"].device

    def print_pdf(pdf: bytes, job: str, title: str, setup: PageSetup) -> Reply[str]:
        sent.append(job)
        return Reply(Outcome.UNKNOWN, detail="没有答复") if len(sent) == 1 else Reply(Outcome.OK, "1")

    monkeypatch.setattr(device, "print_pdf", print_pdf, raising=False)
    official = opened(qtbot, screen)
    official.print()
    qtbot.waitUntil(lambda: len(sent) == 1, timeout=LONG)
    store, papers = screen.station.store, screen.station.services.papers

    def state() -> PrintState | None:
        job = store.print_job(sent[0])
        return job.state if job is not None else None

    qtbot.waitUntil(lambda: state() is PrintState.UNKNOWN, timeout=LONG)
    job = store.print_job(sent[0])
    assert job is not None
    papers.settle(job, came_out=False)
    screen.printing.desk.kick()
    qtbot.waitUntil(lambda: len(sent) == 2, timeout=LONG)
    assert sent[1] == f"{sent[0]}/1", "the same copy, tried again at the clerk's word"


def the_pdf_that_is_saved_can_still_be_filled_in(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    official = opened(qtbot, screen)
    path = tmp_path / "表.pdf"
    official.export(path)
    qtbot.waitUntil(lambda: "已存为" in notice(screen), timeout=LONG)
    fields = PdfReader(path).get_fields()
    assert fields is not None
    assert fields["owner_name"]["/V"] == NAME
    official.export(tmp_path / "no" / "x.pdf")
    qtbot.waitUntil(lambda: "没有存成" in notice(screen), timeout=LONG)


def capturing_and_the_next_visitor_get_their_room_back(qtbot: QtBot, screen: Screen) -> None:
    official = opened(qtbot, screen)
    screen.window.action.emit("capture")
    assert not official.shown
    opened(qtbot, screen)
    screen.desk.begin()
    assert not official.shown
    assert not official.possible()
    assert official.panel.view is None, "the next visitor finds nothing of the one before"
    assert not official.panel.findChildren(OfficialPage) or not any(
        page.isVisibleTo(official.panel) for page in official.panel.findChildren(OfficialPage)
    )


def a_form_that_cannot_be_made_is_told(qtbot: QtBot, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.domain.errors import BadInput

    def fail(*_: object, **__: object) -> None:
        raise BadInput("空白表样有密码保护", "x.pdf 是加密的 PDF，不能填写。", "请向制发部门索取未加密的表样。")

    service = screen.station.services.official
    monkeypatch.setattr(type(service), "make", fail)
    screen.window.trigger("official_forms")
    qtbot.waitUntil(lambda: "有密码保护" in notice(screen), timeout=LONG)
    assert "没有填成" in screen.around.official.panel.state_words()
    monkeypatch.undo()
    screen.desk.change(screen.station.services.fill.type(screen.desk.visit, "applicant.phone", "13857200011"))
    qtbot.waitUntil(lambda: drawn(screen.around.official, "phone") == ["13857200011"], timeout=LONG)
    assert NUMBER not in notice(screen)


# Opening a screen takes longer than all that is done on it, so one screen serves several visitors.


def test_the_form_beside_follows_leads_and_masks(qtbot: QtBot, screen: Screen) -> None:
    for part in (
        the_form_shows_what_was_typed_and_follows_it,
        field_and_box_lead_to_each_other,
        what_lacks_is_listed_and_leads_to_its_field,
        another_form_is_chosen,
        what_the_form_masks_is_masked_on_the_page,
        capturing_and_the_next_visitor_get_their_room_back,
    ):
        visitor(qtbot, screen)
        part(qtbot, screen)


def test_the_form_is_handed_in_and_saved(
    qtbot: QtBot, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_filled_form_is_handed_in_as_a_material(qtbot, screen)
    visitor(qtbot, screen)
    the_pdf_that_is_saved_can_still_be_filled_in(qtbot, screen, tmp_path)
    visitor(qtbot, screen)
    a_form_nobody_asks_for_cannot_be_handed_in(qtbot, screen)
    visitor(qtbot, screen)
    a_form_that_cannot_be_made_is_told(qtbot, screen, monkeypatch)


def test_the_form_is_printed(qtbot: QtBot, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    the_form_is_printed_once_a_press(qtbot, screen, monkeypatch)
    monkeypatch.undo()
    visitor(qtbot, screen)
    a_printer_without_an_answer_is_asked_about(qtbot, screen, monkeypatch)
