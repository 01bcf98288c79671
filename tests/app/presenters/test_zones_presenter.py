"""A passport at the counter: read live, confirmed where in doubt, offered from a page; never guessed."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

import cv2
import numpy as np
import pytest
from desk_parts import BUNDLE, Parts
from mrz_pictures import frame, made
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from scanning_kit import Analyser, Source

from app.domain.fact import SourceKind, Verdict
from app.forms.fill import FormState
from app.identity.mrz.layout import Format
from app.identity.mrz.live import Seen
from app.identity.mrz.net import line_net
from app.identity.mrz.read import ReadZone, ZoneReader
from app.identity.mrz.read import Verdict as ZoneVerdict
from app.presenters.desk import Desk
from app.presenters.sounds import NoSpeaker, Sounds
from app.presenters.who import WhoPresenter
from app.presenters.zones import PATIENCE, ZonePresenter
from app.services.capture_material import CapturedPage
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from app.workers.zone_camera import ZoneCamera
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.kinds.identity import MrzReading, PassportReader
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.window import MainWindow

TODAY = dt.date(2026, 11, 22)
LINES = made()
_FOREIGNERS_LODGING = "11330500002601176Q300070903500001"
PICTURE = frame(LINES, Format.TD3)


@pytest.fixture(scope="module")
def sure() -> ReadZone:
    zone = ZoneReader(line_net()).read(PICTURE, TODAY)
    assert zone is not None
    assert zone.verdict is ZoneVerdict.ACCEPTED
    return zone


@pytest.fixture
def doubtful(sure: ReadZone) -> ReadZone:
    return replace(sure, verdict=ZoneVerdict.REVIEW, doubtful=((0, 5), (1, 0)))


class Reader:
    """A passport reader's thread that answers at once."""

    def __init__(self, *lines: str) -> None:
        self.device = _Device("mrz+serial:/dev/x")
        self.lines = lines

    def call(self, work: Any, then: Any) -> None:
        then(Reply(Outcome.OK, MrzReading(self.lines)))


class _Device(PassportReader):
    def open(self) -> Reply[str]:
        return Reply(Outcome.OK, "")

    def close(self) -> None: ...

    def probe(self) -> Reply[str]:
        return Reply(Outcome.OK, "")

    def connect_card(self, timeout: float = 5.0) -> Reply[bytes]:
        return Reply(Outcome.NOT_PRESENT)

    def transmit(self, command: bytes, timeout: float = 5.0) -> Reply[Any]:
        return Reply(Outcome.NOT_PRESENT)

    def release_card(self) -> None: ...

    def read_zone(self, timeout: float = 10.0) -> Reply[MrzReading]:
        return Reply(Outcome.NOT_PRESENT)


@dataclass
class Counter:
    parts: Parts
    window: MainWindow
    desk: Desk
    zones: ZonePresenter
    analyser: Analyser
    qtbot: QtBot
    camera: Source = field(default_factory=Source)

    def see(self, zone: ReadZone | None, agreed: bool = False) -> None:
        seen = Seen(zone, zone.mrz if agreed and zone is not None else None)
        self.analyser.analysed.emit(seen, Frame(np.zeros((800, 1280, 3), np.uint8), 0, time.monotonic()))

    def said(self, element: str) -> str:
        return next((f.value for f in self.desk.visit.form.facts if f.element == element), "")

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy and not self.zones._tasks.busy, timeout=30_000)


def _counter(qtbot: QtBot, parts: Parts, reader: Reader | None = None) -> Iterator[Counter]:
    window = MainWindow()
    qtbot.addWidget(window)
    tasks, own = TaskRunner(), TaskRunner(threads=1)
    desk = Desk(parts.clock, tasks, window.notice)
    source, analyser = Source(), Analyser()
    who = WhoPresenter(window.who, desk, parts.identify, None)  # type: ignore[arg-type]
    zones = ZonePresenter(
        window,
        window.preview,
        desk,
        parts.identify,
        cast(Any, source),
        cast(Any, analyser),
        ZoneCamera(lambda: TODAY),
        cast(DeviceThread, reader or DeviceThread(AbsentDevice(DeviceKind.PASSPORT_READER))),
        own,
        Sounds(NoSpeaker()),
    )
    desk.begin()
    yield Counter(parts, window, desk, zones, analyser, qtbot, source)
    zones.stop()
    who.deleteLater()
    tasks.close()
    own.close()


@pytest.fixture
def counter(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    yield from _counter(qtbot, parts)


def test_an_agreed_zone_fills_in_and_names_its_source(counter: Counter, sure: ReadZone) -> None:
    counter.zones.start()
    assert counter.zones.active
    counter.see(sure)
    assert counter.said("name_en") == "", "one frame that does not agree yet"
    counter.see(sure, agreed=True)
    assert counter.said("name_en") == "MUELLER WEISS JUERGEN SOEREN"
    fact = next(f for f in counter.desk.visit.form.facts if f.element == "travel_document_number")
    assert (fact.value, fact.source.kind) == ("C01X00T47", SourceKind.CAPTURE)
    assert fact.verdict is Verdict.CAPTURED_UNVERIFIED
    assert counter.window.who._name.text() == "MUELLER WEISS JUERGEN SOEREN"
    event = counter.desk.visit.events[-1]
    assert (event.action, "C01X00T47" in event.subject) == ("zone.read", False), "masked"


def test_what_stays_doubtful_is_confirmed_by_key_and_not_before(counter: Counter, doubtful: ReadZone) -> None:
    counter.zones.start()
    for _ in range(PATIENCE):
        counter.see(doubtful)
    counter.qtbot.waitUntil(lambda: counter.zones.dialog is not None, timeout=20_000)
    dialog = counter.zones.dialog
    assert dialog is not None
    assert counter.said("name_en") == ""
    dialog.give("N")  # the clerk sees another letter than was read
    dialog.give("C")
    dialog._take.click()
    assert counter.zones.dialog is None
    assert counter.said("name_en").startswith("NUELLER WEISS")


def test_leaving_the_question_takes_nothing(counter: Counter, doubtful: ReadZone) -> None:
    counter.zones.start()
    for _ in range(PATIENCE):
        counter.see(doubtful)
    counter.qtbot.waitUntil(lambda: counter.zones.dialog is not None, timeout=20_000)
    assert counter.zones.dialog is not None
    counter.zones.dialog.reject()
    assert counter.said("name_en") == ""


def test_confirmed_characters_that_break_a_digit_are_asked_about(
    counter: Counter, doubtful: ReadZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(_parent: object, _title: str, words: str, *_: object, **__: object) -> bool:
        asked.append(words)
        return False

    monkeypatch.setattr("app.presenters.zones.confirm", no)
    counter.zones.start()
    for _ in range(PATIENCE):
        counter.see(doubtful)
    counter.qtbot.waitUntil(lambda: counter.zones.dialog is not None, timeout=20_000)
    dialog = counter.zones.dialog
    assert dialog is not None
    dialog.give("M")
    dialog.give("D")  # the number begins with C
    dialog._take.click()
    assert len(asked) == 1
    assert "证件号码" in asked[0]
    assert counter.said("name_en") == ""
    dialog.reject()


def test_lines_that_a_reader_swipes_go_the_same_way(qtbot: QtBot, parts: Parts) -> None:
    for counter in _counter(qtbot, parts, Reader(*LINES)):
        counter.zones.start()
        assert counter.said("birth_date") == "1974-08-12"


def test_a_swipe_whose_digits_do_not_hold_is_not_taken(counter: Counter) -> None:
    wrong = (LINES[0], "D" + LINES[1][1:])
    assert counter.zones.take_text("\r\n".join(wrong))
    assert counter.said("name_en") == ""
    assert counter.window.notice.title() == "机读码没有读准，没有采用"
    assert not counter.zones.take_text("https://example.invalid/code"), "other codes go on to where they belong"
    assert counter.zones.take_text("\n".join(LINES))
    assert counter.said("name_en") == "MUELLER WEISS JUERGEN SOEREN"


def test_a_page_with_a_zone_is_offered_and_taken_on_the_key(counter: Counter) -> None:
    page = cast(CapturedPage, _Page(np.asarray(cv2.cvtColor(PICTURE, cv2.COLOR_GRAY2BGR), np.uint8)))
    counter.zones.page_kept("passport", page)
    counter.settle()
    assert counter.window.notice.title() == "", "no form asks for it yet"
    _ask_for_passport(counter)
    counter.zones.page_kept("passport", page)
    counter.settle()
    counter.qtbot.waitUntil(lambda: counter.window.notice.title() != "", timeout=20_000)
    assert counter.said("name_en") == "", "whose it is, the clerk says"
    counter.zones.start()
    assert counter.said("name_en") == "MUELLER WEISS JUERGEN SOEREN"


def test_the_next_visitor_gets_nothing_of_it(counter: Counter, sure: ReadZone) -> None:
    _ask_for_passport(counter)
    picture = np.asarray(cv2.cvtColor(PICTURE, cv2.COLOR_GRAY2BGR), np.uint8)
    counter.zones.page_kept("passport", cast(CapturedPage, _Page(picture)))
    counter.settle()
    counter.qtbot.waitUntil(lambda: counter.window.notice.title() != "", timeout=20_000)
    counter.desk.begin()
    counter.zones.start()
    assert counter.zones.active, "the camera, not the page of the person before"
    counter.see(sure, agreed=True)
    counter.desk.begin()
    assert counter.said("name_en") == ""


@dataclass
class _Page:
    picture: Any


def _ask_for_passport(counter: Counter) -> None:
    """A form that asks for a passport's number."""
    visit = counter.parts.choose.add(counter.parts.identified(counter.desk.visit), BUNDLE)
    definition = visit.form.definition
    first = definition.sections[0]
    asked = replace(first.fields[0], key="applicant.travel_document_number", role="applicant")
    section = replace(first, fields=(*first.fields, asked))
    form = FormState(replace(definition, sections=(section, *definition.sections[1:])))
    counter.desk.change(replace(visit, form=form))


def test_a_permit_fills_the_foreigners_item_and_says_its_kind(qtbot: QtBot, parts: Parts) -> None:
    permit = made(Format.TD1, code="CR", issuer="CHN", nationality="CHN", number="H12345678")
    for counter in _counter(qtbot, parts, Reader(*permit)):
        counter.desk.change(parts.choose.add(counter.desk.visit, _FOREIGNERS_LODGING, {"who": "one"}))
        counter.zones.start()
        form = counter.desk.visit.form
        assert form.state("foreigner.travel_document_type").value == "hm_pass"
        assert form.state("foreigner.travel_document_number").value == "H12345678"
        assert form.state("foreigner.valid_to").value == "2031-04-15"
        assert "港澳居民来往内地通行证" in counter.window.notice.title()
        assert "港澳居民来往内地通行证" in _said(counter)


def test_a_number_that_contradicts_its_document_is_told_and_left_out(qtbot: QtBot, parts: Parts) -> None:
    # The number says 1981-08-03, the zone another day.
    card = made(Format.TD1, code="C", issuer="CHN", nationality="CAN", number="911124198108030024", birth="810804")
    for counter in _counter(qtbot, parts, Reader(*card)):
        counter.zones.start()
        assert "没有填入" in counter.window.notice.title()
        assert "出生日期" in counter.window.notice.words()
        assert (counter.said("id_number"), counter.said("name_en")) == ("", "MUELLER WEISS JUERGEN SOEREN")


def _said(counter: Counter) -> str:
    return "\n".join(label.text() for label in counter.window.who.findChildren(QLabel))
