"""Fees at the desk, on emulated terminals that speak the real wires: taken, in doubt, given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import segno
from pypdfium2 import PdfDocument
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from talk_bench import WAIT, Bench, talk_bench

from app.demo.world import DemoWorld
from app.documents.wording import load_wording
from app.domain.case import Window
from app.licences.live import LiveDecoder
from app.presenters.main import MainPresenter
from app.presenters.payer_code import CodeLook
from app.presenters.payment import PaymentPresenter
from app.presenters.print_desk import PrintDesk
from app.services.take_payment import SLIP, TakePayment
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.device_thread import DeviceThread
from devices.kinds.imaging import Camera
from devices.registry import open_device
from widgets.dialogs.paid import PaidDialog
from widgets.dialogs.payment import PaymentDialog


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path, world: DemoWorld) -> Iterator[Bench]:
    yield from talk_bench(qtbot, qapp, tmp_path, world)


def payment(bench: Bench, **threads: DeviceThread) -> PaymentPresenter:
    place = Window("W03", "综合窗口 03", "演示大厅", "330502")
    service = TakePayment(bench.parts.store, bench.parts.clock, place, bench.parts.counter.duty)
    return PaymentPresenter(bench.window, bench.desk, cast(MainPresenter, bench.main), bench.accept, service, threads)


def paying(bench: Bench, uri: str, first: str, others: str) -> tuple[PaymentPresenter, PaymentDialog, Any]:
    """The fees of accepted cases, asked for at this terminal; its emulator."""
    thread = bench.device(uri)
    desk = payment(bench, payment_terminal=thread)
    assert not bench.main.possible["take_payment"]()
    bench.service()
    desk.open()
    dialog: PaymentDialog = bench.open_dialog(PaymentDialog)
    for number, field in enumerate(dialog._fields):
        field.setText(others if number else first)
    dialog._go.click()
    return desk, dialog, thread.device.emulator  # type: ignore[attr-defined]


def test_a_fee_is_taken_by_card_once_and_known_afterwards(bench: Bench) -> None:
    desk, dialog, emulator = paying(bench, "emulated://payment-terminal", "12.34", "0")
    bench.qtbot.waitUntil(lambda: "已收 12.34 元" in dialog.state_words(), timeout=WAIT)
    assert [amount for _, amount in emulator.taken] == [1234]
    dialog.reject()
    desk.open()
    paid: PaidDialog = bench.open_dialog(PaidDialog)
    assert "12.34" in paid.windowTitle()
    paid.reject()
    trail = [entry.action for entry in bench.parts.store.audit_entries() if entry.action.startswith("payment.")]
    assert trail == ["payment.asked", "payment.taken"]


def test_what_is_in_doubt_can_only_be_asked_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.drivers.payment.pos_serial._ABANDON_SECONDS", 0.5)
    monkeypatch.setattr("devices.drivers.payment.pos_serial._ECHO_SECONDS", 20.0)  # a busy machine is no dead terminal
    monkeypatch.setattr("app.presenters.payment.PAY_SECONDS", 3.0)
    _, dialog, emulator = paying(bench, "emulated://payment-terminal?fault=silent:2", "10", "10")
    bench.qtbot.waitUntil(lambda: dialog._query.isVisible(), timeout=WAIT)
    assert not dialog._go.isVisible()
    assert len(emulator.taken) == 1
    dialog._query.click()
    bench.qtbot.waitUntil(lambda: "已收" in dialog.state_words(), timeout=WAIT)
    assert len(emulator.taken) == 1
    dialog.reject()


def test_what_stood_open_is_settled_at_the_next_start(bench: Bench) -> None:
    thread = bench.device("emulated://payment-terminal")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    bench.service()
    assert bench.accept.acceptance is not None
    place = Window("W03", "综合窗口 03", "演示大厅", "330502")
    service = TakePayment(bench.parts.store, bench.parts.clock, place, bench.parts.counter.duty)
    taken = service.begin(bench.accept.acceptance.cases, 1000, "payment_terminal")
    emulator.taken.append((taken.order, 1000))  # and the power went
    payment(bench, payment_terminal=thread).settle()
    bench.qtbot.waitUntil(lambda: "收到 10.00 元" in bench.said(), timeout=WAIT)
    assert service.open_payments() == ()
    assert len(emulator.taken) == 1


def pay(bench: Bench, desk: PaymentPresenter) -> PaidDialog:
    """Ten yuan are taken; then the key is pressed again."""
    bench.service()
    desk.open()
    dialog: PaymentDialog = bench.open_dialog(PaymentDialog)
    for number, field in enumerate(dialog._fields):
        field.setText("0" if number else "10")
    dialog._go.click()
    bench.qtbot.waitUntil(lambda: "已收" in dialog.state_words(), timeout=WAIT)
    dialog.reject()
    desk.open()
    paid: PaidDialog = bench.open_dialog(PaidDialog)
    return paid


def refund(paid: PaidDialog, reason: str = "重复缴费") -> None:
    paid._refund.click()
    paid._why.setText(reason)
    paid._refund.click()


def test_the_whole_sum_goes_back_with_a_reason_and_only_once(bench: Bench) -> None:
    thread = bench.device("emulated://payment-terminal")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = payment(bench, payment_terminal=thread)
    paid = pay(bench, desk)
    paid._refund.click()
    assert len(emulator.taken) == 1, "one press gives nothing back"
    paid._refund.click()
    assert "还没有写退款原因" in paid.state_words()
    paid._why.setText("重复缴费")
    paid._refund.click()
    paid._refund.click()
    bench.qtbot.waitUntil(lambda: "已退款 10.00 元" in paid.state_words(), timeout=WAIT)
    assert [amount for _, amount in emulator.taken] == [1000, -1000]
    assert not paid._refund.isVisible()
    said = [(e.action, e.details) for e in bench.parts.store.audit_entries() if "refund" in e.action]
    assert [action for action, _ in said] == ["payment.refund_asked", "payment.refunded"]
    assert all("重复缴费" in details for _, details in said)
    paid.reject()
    desk.open()
    bench.open_dialog(PaymentDialog).reject()  # a refunded fee can be taken again


def test_a_refund_nobody_knows_the_end_of_is_settled_by_who_has_looked(bench: Bench) -> None:
    thread = bench.device("emulated://payment-terminal")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = payment(bench, payment_terminal=thread)
    paid = pay(bench, desk)
    emulator.faults.set("broken", 1)
    refund(paid)
    bench.qtbot.waitUntil(lambda: "退款结果不明" in paid.state_words(), timeout=WAIT)
    assert not paid._refund.isVisible(), "it is not asked for a second time"
    paid.reject()
    desk.open()
    again: PaidDialog = bench.open_dialog(PaidDialog)
    assert "退款结果不明" in again.state_words(), "it is not forgotten either"
    again._given.click()
    bench.qtbot.waitUntil(lambda: "已退款" in again.state_words(), timeout=WAIT)
    assert [amount for _, amount in emulator.taken] == [1000, -1000]
    again.reject()


def test_a_refund_that_the_bank_declines_leaves_the_payment_as_it_was(bench: Bench) -> None:
    thread = bench.device("emulated://payment-terminal")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    desk = payment(bench, payment_terminal=thread)
    paid = pay(bench, desk)
    emulator.taken.append((emulator.taken[0][0], -1000))  # given back on the terminal itself
    refund(paid)
    bench.qtbot.waitUntil(lambda: "没有退款" in paid.state_words(), timeout=WAIT)
    assert "超过可退金额" in paid.state_words()
    assert paid._refund.isVisible()
    paid.reject()


def test_the_slip_is_printed_once_by_itself_and_again_by_key(bench: Bench) -> None:
    class Printer:
        def __init__(self) -> None:
            self.got: list[tuple[str, str, bytes]] = []

        def print_pdf(self, job: str, kind: str, number: str, pdf: bytes) -> bool:
            self.got.append((job, kind, pdf))
            return True

    printer = Printer()
    place = Window("W03", "综合窗口 03", "演示大厅", "330502")
    service = TakePayment(bench.parts.store, bench.parts.clock, place, bench.parts.counter.duty)
    thread = bench.device("emulated://payment-terminal")
    desk = PaymentPresenter(
        bench.window,
        bench.desk,
        cast(MainPresenter, bench.main),
        bench.accept,
        service,
        {"payment_terminal": thread},
        cast(PrintDesk, printer),
        place,
    )
    paid = pay(bench, desk)
    bench.qtbot.waitUntil(lambda: len(printer.got) == 1, timeout=WAIT)
    paid._slip.click()
    bench.qtbot.waitUntil(lambda: len(printer.got) == 2, timeout=WAIT)
    assert printer.got[0][0] != printer.got[1][0], "a wanted second copy is a job of its own"
    text = PdfDocument(printer.got[0][2])[0].get_textpage().get_text_range()
    assert "10.00 元" in text
    assert "不是财政票据" in text
    assert printer.got[0][1] == SLIP == load_wording("payment_slip").text("title")
    paid.reject()


@pytest.mark.parametrize("way", ["scanner", "camera"])
def test_a_payers_code_comes_from_any_scanner_or_the_camera(bench: Bench, way: str, tmp_path: Path) -> None:
    thread = bench.device("emulated://payment-code")
    emulator = thread.device.emulator  # type: ignore[attr-defined]
    code = "134512345678901234"
    segno.make_qr(code).save(str(tmp_path / "code.png"), scale=8, border=6)
    camera = CameraThread(cast(Camera, open_device(f"emulated://camera?clip={tmp_path / 'code.png'}")))
    bench.threads.append(cast(DeviceThread, camera))
    decoder = LiveDecoder()
    analyser = FrameAnalyser(decoder.read)
    analyser.start()
    camera.start()
    look = CodeLook(CameraSource({"camera": camera}, "camera", analyser), analyser)
    place = Window("W03", "综合窗口 03", "演示大厅", "330502")
    service = TakePayment(bench.parts.store, bench.parts.clock, place, bench.parts.counter.duty)
    desk = PaymentPresenter(
        bench.window,
        bench.desk,
        cast(MainPresenter, bench.main),
        bench.accept,
        service,
        {"payment_code": thread},
        codes=look,
    )
    try:
        assert not desk.take_code(code), "nobody waits for one"
        bench.service()
        desk.open()
        dialog: PaymentDialog = bench.open_dialog(PaymentDialog)
        for number, field in enumerate(dialog._fields):
            field.setText("0" if number else "10")
        assert not desk.take_code("https://example.invalid/x")
        assert "不是付款码" in dialog.state_words()
        if way == "scanner":
            assert desk.take_code(code)
            assert not desk.take_code(code), "the same code twice is one payment"
        else:
            button = dialog.findChild(QPushButton, "payment_camera")
            assert button is not None
            assert button.isVisible()
            button.click()
            assert dialog.preview.isVisible()
        bench.qtbot.waitUntil(lambda: "已收 10.00 元" in dialog.state_words(), timeout=WAIT)
        assert [amount for _, amount in emulator.taken] == [1000]
        assert not dialog.preview.isVisible()
        assert code not in repr([e.details for e in bench.parts.store.audit_entries()])
        dialog.reject()
    finally:
        look.stop()
        analyser.stop()
        decoder.close()


def test_stopping_ends_the_terminals_wait(bench: Bench) -> None:
    _, dialog, emulator = paying(bench, "emulated://payment-terminal?fault=no-card", "10", "10")
    bench.qtbot.waitUntil(lambda: bool(emulator._waiting), timeout=WAIT)
    dialog.reject()
    assert dialog.isVisible(), "money is not left alone"
    bench.qtbot.waitUntil(lambda: "没有扣款" in dialog.state_words(), timeout=WAIT)
    emulator.present_card()
    assert not emulator.taken
    dialog.reject()
    assert not dialog.isVisible()
