"""The citizen's screen beside the clerk's window: signs, rates, and never learns or blocks what is not its business."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from desk_parts import Parts, counter
from PyQt6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.demo.world import DemoWorld
from app.domain.case import OperationKind
from app.domain.rating import Channel
from app.domain.signature import SIGNATURE_MATERIAL
from app.presenters.accept import AcceptPresenter
from app.presenters.customer import CustomerPresenter, Patience, Phase
from app.presenters.customer_place import screen_for
from app.presenters.desk import Desk
from app.presenters.print_desk import PrintDesk
from app.presenters.rating import RatingDesk
from app.services.confirm_form import ConfirmForm, form_digest, read_picture
from app.services.finger_mark import LEAST_QUALITY, read_finger
from app.services.one_time_notice import OneTimeNotice
from app.services.rate import Rate
from app.settings import PrintRules
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.registry import open_device
from widgets.customer.pad import SignaturePad
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.signing import SigningDialog
from widgets.theme import apply_theme
from widgets.window import MainWindow

CLERK = "演示员"


@dataclass
class Bench:
    parts: Parts
    window: MainWindow
    desk: Desk
    accept: AcceptPresenter
    customer: CustomerPresenter
    qtbot: QtBot
    finger: DeviceThread

    @property
    def screen(self) -> CustomerScreen:
        return self.customer.screen

    def press(self, name: str) -> None:
        found = self.screen.findChild(QPushButton, name)
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=20_000)

    def words(self) -> str:
        """Everything that stands on the page in view."""
        shown = self.screen.findChild(QWidget, f"citizen_{self.screen.page}")
        assert shown is not None
        return "\n".join(label.text() for label in shown.findChildren(QLabel))

    def to_the_pad(self) -> None:
        while self.screen.confirm.where[0] < self.screen.confirm.where[1]:
            self.press("citizen_next")

    def sign(self) -> None:
        self.to_the_pad()
        scribble(self.screen.confirm.pad)
        self.press("citizen_sign")
        self.settle()

    def accepted(self) -> None:
        """A signed visit, accepted."""
        self.desk.begin(self.parts.ready())
        self.accept.accept()
        self.sign()
        self.qtbot.waitUntil(lambda: self.accept.accepted, timeout=20_000)
        self.settle()

    @property
    def dialog(self) -> SigningDialog | None:
        return next((d for d in self.window.findChildren(SigningDialog) if d.isVisible()), None)


def scribble(pad: SignaturePad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 120))  # type: ignore[call-overload]
    for x in range(60, 300, 20):
        QTest.mouseMove(pad, QPoint(x, 90 + (x % 60)))  # type: ignore[call-overload]
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))  # type: ignore[call-overload]


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with counter(tmp_path / "profile", world) as parts:
        window = MainWindow()
        window.show()
        tasks = TaskRunner()
        desk = Desk(parts.clock, tasks, window.notice)
        notice = OneTimeNotice(parts.counter)
        departments = {d.id: d.name for d in parts.catalog.departments.values()}
        printing = PrintDesk(desk, parts.papers, {}, parts.store, PrintRules())
        accept = AcceptPresenter(window, desk, parts.accept, printing, parts.drafts, departments, notice)
        screen = CustomerScreen("演示大厅", "测试窗口")
        finger = DeviceThread(open_device("emulated://fingerprint"))
        confirm = ConfirmForm(parts.vault, parts.clock, parts.counter.duty)
        rate = Rate(parts.store, parts.catalog, parts.clock, Channel.HALL_TABLET)
        customer = CustomerPresenter(
            window,
            desk,
            screen,
            confirm,
            RatingDesk(desk, rate, accept, parts.accept),
            accept,
            parts.accept,
            Patience(rating=3, thanks=2),
            finger,
        )
        screen.place(None)
        window.activateWindow()
        made = Bench(parts, window, desk, accept, customer, qtbot, finger)
        yield made
        finger.stop()
        made.settle()
        tasks.close()
        customer.close()
        window.close()


def test_waiting_for_a_signature_then_accepted_at_once_with_it(bench: Bench) -> None:
    bench.desk.begin(bench.parts.ready())
    bench.accept.accept()
    assert bench.dialog is not None, "the clerk sees that the citizen is asked"
    assert not bench.accept.accepted
    assert bench.screen.page == "confirm"
    assert "等待群众确认签字" in bench.window.status.customer_words()
    bench.to_the_pad()
    assert "正在签字" in bench.dialog.state()
    bench.sign()
    bench.qtbot.waitUntil(lambda: bench.accept.accepted, timeout=20_000)
    assert bench.dialog is None
    acceptance = bench.accept.acceptance
    assert acceptance is not None
    pages = {m.pages for c in acceptance.cases for m in c.materials if m.use.id == SIGNATURE_MATERIAL}
    ((page,),) = pages
    signature, digest = read_picture(bench.parts.vault.open(page.sha256))
    assert signature.enough
    trail = [e for e in bench.parts.store.audit_entries() if e.action == "form.signed"]
    assert page.sha256 in trail[0].details
    assert digest in trail[0].details
    assert acceptance.notice.paper.signature == signature
    kinds = [op.body["sha256"] for op in bench.parts.store.outbox() if op.kind is OperationKind.FILE]
    assert kinds.count(page.sha256) == len(acceptance.cases)


def test_who_cannot_sign_presses_a_finger_for_exactly_this_form(bench: Bench) -> None:
    bench.finger.start()
    bench.desk.begin(bench.parts.ready())  # one material tolerated, one promised: a reason is not enough
    bench.accept.accept()
    dialog = bench.dialog
    assert dialog is not None
    emulator = bench.finger.device.emulator  # type: ignore[attr-defined]
    emulator.faults.set("poor", 1)
    dialog.activateWindow()
    bench.qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F)  # type: ignore[call-overload]
    said = dialog.findChild(QLabel, "signing_finger_state")
    assert said is not None
    bench.qtbot.waitUntil(lambda: "指纹不清楚" in said.text(), timeout=30_000)
    assert bench.dialog is dialog, "a poor print confirms nothing"
    QTest.keyClick(dialog, Qt.Key.Key_F)  # type: ignore[call-overload]
    bench.qtbot.waitUntil(lambda: bench.accept.accepted, timeout=30_000)
    acceptance = bench.accept.acceptance
    assert acceptance is not None
    pages = {m.pages for c in acceptance.cases for m in c.materials if m.use.id == SIGNATURE_MATERIAL}
    ((page,),) = pages
    finger, digest = read_finger(bench.parts.vault.open(page.sha256))
    assert finger.template
    assert finger.quality >= LEAST_QUALITY
    assert digest == form_digest(bench.desk.visit)
    trail = [e for e in bench.parts.store.audit_entries() if e.action == "form.signed"]
    assert digest in trail[0].details
    assert "fingerprint" in trail[0].details
    assert base64.b64encode(finger.template).decode() not in "".join(e.details for e in trail), "the template is sealed"
    assert acceptance.notice.paper.signature is None, "the paper keeps its place for a finger in ink"


def test_without_a_reader_nobody_is_asked_for_a_finger(bench: Bench) -> None:
    bench.finger.swap(AbsentDevice(DeviceKind.FINGERPRINT))
    bench.desk.begin(bench.parts.ready())
    bench.accept.accept()
    assert bench.dialog is not None
    choice = bench.dialog.findChild(QPushButton, "signing_finger")
    assert choice is not None
    assert choice.isHidden()


def test_a_form_changed_while_being_confirmed_must_be_shown_again(bench: Bench) -> None:
    bench.desk.begin(bench.parts.ready())
    bench.accept.accept()
    bench.to_the_pad()
    bench.desk.change(bench.parts.fill.type(bench.desk.visit, "applicant.phone", "13857200012"))
    assert bench.screen.page == "serving"
    assert bench.dialog is None
    bench.accept.accept()
    assert bench.screen.page == "confirm"
    assert bench.screen.confirm.where[0] == 1
    assert not bench.accept.accepted


def test_a_signature_does_not_outlive_a_change_of_the_form(bench: Bench) -> None:
    bench.desk.begin(bench.parts.ready())
    bench.customer.ask()
    bench.sign()
    assert bench.desk.visit.confirmed is not None
    assert not bench.accept.accepted, "F8 was not pressed"
    bench.desk.change(bench.parts.fill.type(bench.desk.visit, "applicant.phone", "13857200012"))
    assert bench.desk.visit.confirmed is None
    bench.accept.accept()
    assert not bench.accept.accepted
    assert bench.dialog is not None


def test_a_promise_wants_a_signature_on_screen_or_paper(bench: Bench) -> None:
    bench.desk.begin(bench.parts.ready())  # one material tolerated, one promised
    bench.accept.accept()
    dialog = bench.dialog
    assert dialog is not None
    choices = [dialog.findChild(QPushButton, f"signing_reason_{n}") for n in (1, 2, 3)]
    assert [c is not None and c.isEnabled() for c in choices] == [True, False, False]
    dialog.activateWindow()
    bench.qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_1)  # type: ignore[call-overload]
    bench.qtbot.waitUntil(lambda: bench.accept.accepted, timeout=20_000)
    trail = [e for e in bench.parts.store.audit_entries() if e.action == "form.unsigned"]
    assert "已在纸质表单上签字" in trail[0].details
    assert bench.accept.acceptance is not None
    assert bench.accept.acceptance.notice.paper.signature is None


def test_the_citizen_says_it_is_wrong_and_the_clerk_hears(bench: Bench) -> None:
    bench.desk.begin(bench.parts.ready())
    bench.accept.accept()
    bench.press("citizen_object")
    assert bench.dialog is None
    assert "内容有误" in bench.window.notice.accessibleName() + " ".join(
        label.text() for label in bench.window.notice.findChildren(QLabel)
    )
    assert not bench.accept.accepted


def test_served_is_masked_and_confirmed_is_readable(bench: Bench) -> None:
    visit = bench.parts.ready()
    number = visit.form.state("applicant.id_number").value
    bench.desk.begin(visit)
    assert bench.screen.page == "serving"
    served = bench.words()
    assert number not in served
    assert visit.form.state("applicant.name").value not in served, "a name is not for the queue"
    assert "13857200011" not in served
    bench.customer.ask()
    seen = bench.words()
    while bench.screen.confirm.where[0] < bench.screen.confirm.where[1]:
        bench.press("citizen_next")
        seen += bench.words()
    assert number not in seen, "what the chip says needs no checking"
    assert "13857200011" in seen, "what was typed does"
    assert "𠮷祥㛃理发店" in seen
    assert "按期补交" in seen, "the signature also stands for the promise"


def test_rated_with_person_item_and_clerk_once(bench: Bench) -> None:
    bench.accepted()
    assert bench.screen.page == "rating"
    bench.press("grade_2")
    bench.press("point_203")
    bench.press("rating_send")
    bench.press("rating_send")
    bench.settle()
    assert bench.screen.page == "words"
    ratings = [op.body for op in bench.parts.store.outbox() if op.kind is OperationKind.RATING]
    assert bench.accept.acceptance is not None
    assert [r["case_id"] for r in ratings] == [c.case_id for c in bench.accept.acceptance.cases]
    assert {(r["satisfaction"], tuple(r["evalDetail"]), r["handleUserName"]) for r in ratings} == {(2, ("203",), CLERK)}
    assert all(r["userName"] and r["taskName"] for r in ratings)
    clerks = " ".join(label.text() for label in bench.window.findChildren(QLabel))
    assert "满意" not in clerks + bench.window.status.customer_words(), "the clerk never sees a grade"


def test_nobody_is_graded_by_time(bench: Bench) -> None:
    bench.accepted()
    bench.press("grade_5")
    for _ in range(3):
        bench.customer.tick()
    assert bench.screen.page == "idle"
    bench.settle()
    assert not [op for op in bench.parts.store.outbox() if op.kind is OperationKind.RATING]


def test_a_rating_that_runs_out_takes_no_paper_from_whoever_signs_it(bench: Bench) -> None:
    bench.accepted()
    bench.screen.show_sign("送达回证", "签字确认。")
    for _ in range(5):
        bench.customer.tick()
    assert bench.screen.page == "sign_page"
    bench.screen.end_sign()
    assert bench.screen.page == "rating"


def test_the_next_visitor_waits_for_no_rating_and_cuts_none_off(bench: Bench) -> None:
    bench.accepted()
    rated = bench.accept.last
    assert rated is not None
    bench.accept.close_visit()
    assert bench.desk.visit.empty
    assert bench.screen.page == "rating", "the visitor may still answer"
    assert rated.cases[0].item_name not in bench.words()
    assert "我要开理发店" not in bench.words()
    bench.press("grade_4")
    bench.press("rating_send")
    bench.settle()
    ratings = [op.case_id for op in bench.parts.store.outbox() if op.kind is OperationKind.RATING]
    assert ratings == [case.case_id for case in rated.cases]


def test_the_next_visitors_card_ends_the_question(bench: Bench) -> None:
    bench.accepted()
    bench.accept.close_visit()
    bench.desk.change(bench.parts.identified(bench.desk.visit))
    assert bench.screen.page == "serving"
    bench.customer.screen.rated.emit(5, ())
    bench.settle()
    assert not [op for op in bench.parts.store.outbox() if op.kind is OperationKind.RATING]


def test_nothing_of_a_visitor_stays_for_the_next(bench: Bench) -> None:
    bench.desk.begin(bench.parts.ready())
    bench.customer.ask()
    bench.to_the_pad()
    scribble(bench.screen.confirm.pad)
    bench.accept.close_visit()
    assert bench.screen.page == "idle"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = "".join(label.text() for label in bench.screen.findChildren(QLabel))
    assert "13857200011" not in left
    assert "理发" not in left
    assert not bench.screen.confirm.pad.signature().strokes


def test_a_one_time_notice_is_shown(bench: Bench) -> None:
    bench.desk.begin(bench.parts.choose.add(bench.parts.identified(bench.parts.begin()), "open-a-barber-shop"))
    bench.accept.print_notice()
    bench.settle()
    assert bench.customer.phase is Phase.NOTICE
    assert "一次性告知书" in bench.words()


def test_a_pause_is_only_between_visitors(bench: Bench) -> None:
    bench.customer.set_serving(False)
    assert "暂停服务" in bench.words()
    bench.customer.set_serving(True)
    assert "欢迎" in bench.words()
    bench.desk.begin(bench.parts.ready())
    before = bench.words()
    bench.customer.set_serving(False)
    assert bench.words() == before, "who is being served is served to the end"


def test_the_citizens_screen_never_takes_the_clerks_keyboard(bench: Bench) -> None:
    bench.desk.begin(bench.parts.ready())
    bench.customer.ask()
    bench.press("citizen_next")
    assert bench.screen.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert not bench.screen.isActiveWindow()


def test_a_setting_without_its_screen_becomes_a_window(qapp: QApplication) -> None:
    assert screen_for("HDMI-9") is None
    assert screen_for("window") is None
    first = qapp.primaryScreen()
    assert first is not None
    assert screen_for(first.name()) is first


def test_confirmed_counts_for_exactly_this_form(bench: Bench) -> None:
    visit = bench.parts.ready()
    given = ConfirmForm(bench.parts.vault, bench.parts.clock, bench.parts.counter.duty).skip(
        visit, "已在纸质表单上签字"
    )
    assert given.confirmed is not None
    assert replace(given, codes=()).confirmed is None
