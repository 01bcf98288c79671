"""Registering at the panel, serving by the code: consent first, the code on screen and paper, bad codes told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from desk_parts import Parts
from PyQt6 import sip
from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.documents.preview import pages_as_png
from app.documents.resident_card import resident_card
from app.domain.case import Window
from app.domain.errors import EnvironmentProblem, Refused
from app.domain.licence import CodeKind
from app.domain.resident import Registration, ResidentPerson, ServedResident
from app.identity.personal_code import PersonalCode, make_code
from app.licences.cose import Algorithm, SigningKey
from app.licences.decode import decode
from app.licences.kinds import Recognised
from app.presenters.desk import Desk
from app.presenters.residents import ResidentPresenter
from app.services.residents import Looked, Offer
from app.services.visit import ShownCode
from app.workers.tasks import TaskRunner
from widgets.window import MainWindow

WAIT = 20_000
FACTS = {
    "name": "穆约翰", "name_en": "MUELLER JOHANN", "sex": "1", "nationality": "DEU", "birth_date": "1979-11-05",
    "travel_document_type": "passport", "travel_document_number": "E05720005", "valid_to": "2031-01-01",
}  # fmt: skip
PERSON = ResidentPerson(FACTS, "护照", "chip-proved")
AT = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
KEY = SigningKey.generate(Algorithm.EDDSA)
TEXT = make_code(bytes(16), KEY, AT, AT + dt.timedelta(days=365))
MADE = Registration("0" * 32, TEXT, AT, AT + dt.timedelta(days=365), "P20261123ABC")


class Codes(QObject):
    led = pyqtSignal(object)


class Service:
    """The service's answers, as the test sets them."""

    def __init__(self) -> None:
        self.why = ""
        self.registered: list[Offer] = []
        self.revoked: list[str] = []
        self.served: list[ShownCode] = []
        self.trouble: Exception | None = None
        self.looked: Looked | None = None

    def may_offer(self, visit: Any, kept: Any) -> str:
        return self.why

    def offer(self, visit: Any, kept: Any) -> Offer:
        return Offer(PERSON, "r" * 32, "本人同意 I agree")

    def register(self, visit: Any, offer: Offer) -> Registration:
        if self.trouble is not None:
            raise self.trouble
        self.registered.append(offer)
        return MADE

    def look(self, text: str) -> Looked:
        assert self.looked is not None
        return self.looked

    def serve(self, visit: Any, shown: ShownCode) -> Any:
        self.served.append(shown)
        return visit.with_event(AT, "演示员", "resident.served", "")

    def revoke(self, text: str, reason: str) -> None:
        self.revoked.append(text)


class Counter:
    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot = qtbot
        self.window, self.tasks = MainWindow(), TaskRunner()
        qtbot.addWidget(self.window)
        self.window.show()
        self.desk = Desk(parts.clock, self.tasks, self.window.notice)
        self.service, self.codes = Service(), Codes()
        self.printed: list[bytes] = []
        printing: Any = SimpleNamespace(print_pdf=lambda job, kind, number, pdf: self.printed.append(pdf) or True)
        service: Any = self.service
        identity: Any = SimpleNamespace(current=None)
        codes: Any = self.codes
        self.residents = ResidentPresenter(
            self.window, self.desk, service, identity, codes, printing, parts.counter.window, lambda: True
        )
        self.dialog = self.residents.dialog

    def scan(self, looked: Looked) -> None:
        self.service.looked = looked
        self.codes.led.emit(Recognised(TEXT, CodeKind.PERSONAL_CODE))
        self.qtbot.waitUntil(lambda: self.residents.looked is not None, timeout=WAIT)

    def note(self) -> str:
        assert self.residents.looked is not None
        return self.residents.looked.view.note


@pytest.fixture
def counter(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    made = Counter(qtbot, parts)
    yield made
    made.dialog.reject()
    if made.residents.looked is not None and not sip.isdeleted(made.residents.looked):
        made.residents.looked.reject()
    made.tasks.wait()
    made.tasks.close()


def shown(confirmed: bool = True) -> ShownCode:
    return ShownCode(ServedResident("0" * 32, PERSON, AT, MADE.until, "湖州大厅 3 号窗口"), confirmed)


def test_nothing_is_registered_before_the_person_agreed(counter: Counter) -> None:
    counter.residents.open()
    counter.qtbot.waitUntil(counter.dialog.isVisible, timeout=WAIT)
    assert not counter.dialog.register.isEnabled()
    QTest.keyClick(counter.dialog, Qt.Key.Key_Return)
    counter.tasks.wait()
    assert counter.service.registered == []
    QTest.keyClick(counter.dialog, Qt.Key.Key_Y)
    QTest.keyClick(counter.dialog, Qt.Key.Key_Return)
    counter.qtbot.waitUntil(lambda: counter.residents.made is not None, timeout=WAIT)
    assert len(counter.service.registered) == 1
    symbol = counter.dialog.symbol.pixmap().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    bits = symbol.constBits()
    assert bits is not None
    seen = np.frombuffer(bits.asarray(symbol.sizeInBytes()), np.uint8).reshape(symbol.height(), symbol.bytesPerLine())
    assert [code.text for code in decode(seen[:, : symbol.width()].copy())] == [TEXT]
    rows = counter.dialog.findChildren(QLabel)
    assert "E05720005" not in "".join(label.text() for label in rows), "the number is masked"
    QTest.mouseClick(counter.dialog.print, Qt.MouseButton.LeftButton)
    counter.qtbot.waitUntil(lambda: len(counter.printed) == 1, timeout=WAIT)


def test_consent_is_asked_anew_of_the_next_person(counter: Counter) -> None:
    for _ in range(2):
        counter.residents.open()
        counter.qtbot.waitUntil(counter.dialog.isVisible, timeout=WAIT)
        counter.qtbot.waitUntil(lambda: not counter.dialog.agreed.isChecked(), timeout=WAIT)
        QTest.keyClick(counter.dialog, Qt.Key.Key_Y)
        assert counter.dialog.agreed.isChecked()
        counter.dialog.reject()


def test_without_the_platform_it_says_so_and_can_be_tried_again(counter: Counter) -> None:
    counter.service.trouble = EnvironmentProblem("服务码登记要联网", "平台没有应答。", "网络恢复后再登记。")
    counter.residents.open()
    counter.qtbot.waitUntil(counter.dialog.isVisible, timeout=WAIT)
    QTest.keyClick(counter.dialog, Qt.Key.Key_Y)
    QTest.keyClick(counter.dialog, Qt.Key.Key_Return)
    message = counter.dialog.findChild(QLabel, "resident_message")
    assert message is not None
    counter.qtbot.waitUntil(lambda: "要联网" in message.text(), timeout=WAIT)
    assert counter.dialog.register.isEnabled()
    assert counter.residents.made is None


def test_a_scanned_code_is_taken_only_by_enter(counter: Counter) -> None:
    counter.scan(Looked(TEXT, PersonalCode("0" * 32, AT, MADE.until), shown()))
    assert counter.service.served == []
    assert counter.residents.looked is not None
    QTest.keyClick(counter.residents.looked, Qt.Key.Key_Return)
    counter.qtbot.waitUntil(lambda: len(counter.service.served) == 1, timeout=WAIT)


def test_offline_it_says_what_is_not_known(counter: Counter) -> None:
    counter.scan(Looked(TEXT, PersonalCode("0" * 32, AT, MADE.until), shown(confirmed=False)))
    assert "是否作废不能确认" in counter.note()
    assert counter.residents.looked is not None
    assert counter.residents.looked.view.also == "", "off line nothing is ended"


def test_a_bad_code_offers_nothing(counter: Counter) -> None:
    counter.scan(Looked(TEXT, None, error=Refused("服务码已作废", "本人申请作废。", "请读证件核验。")))
    assert counter.residents.looked is not None
    view = counter.residents.looked.view
    assert (view.title, view.take, view.also) == ("服务码已作废", "", "")


def test_a_code_does_not_take_the_place_of_a_document_that_was_read(counter: Counter, parts: Parts) -> None:
    counter.desk.change(parts.identified(counter.desk.visit))
    counter.scan(Looked(TEXT, PersonalCode("0" * 32, AT, MADE.until), shown()))
    assert counter.residents.looked is not None
    assert counter.residents.looked.view.take == ""


def test_the_small_paper_carries_the_code_and_masks_the_person() -> None:
    place = Window("Y03", "3 号窗口", "湖州大厅", "湖州市")
    pdf = resident_card(place, PERSON, MADE)
    assert pdf == resident_card(place, PERSON, MADE)
    (page,) = pages_as_png(pdf, 300)
    assert [code.text for code in decode(cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_COLOR))] == [TEXT]
