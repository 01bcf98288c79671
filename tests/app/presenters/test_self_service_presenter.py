"""The screen turned over to a citizen: the way through, who may end it, and what is left when nobody is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_parts import TYPED, Parts
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from self_service_kit import PATIENCE, Kiosk, self_service

from app.presenters.self_service import PATIENT
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from offline_db.drafts import DraftState
from widgets.self_service.screen import KEY
from widgets.theme import apply_theme

PIN = "250801"


@pytest.fixture
def kiosk(qtbot: QtBot, qapp: QApplication, parts: Parts) -> Iterator[Kiosk]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with self_service(parts, qtbot) as made:
        yield made


def test_from_the_card_to_a_number_and_back_to_the_start(kiosk: Kiosk) -> None:
    kiosk.enter()
    assert kiosk.held == [True], "the clerk's idle lock rests"
    assert kiosk.screen.isModal()
    kiosk.choose()
    assert "张*" in kiosk.words()
    assert str(kiosk.parts.world.person("zhang-wei").card.number) not in kiosk.words()
    visit = kiosk.turned.flow.visit
    assert visit is not None
    kiosk.turned.flow.who.change(kiosk.parts.scanned(visit))
    kiosk.ask()
    kiosk.fill(TYPED)
    kiosk.at("materials")
    while kiosk.screen.page == "materials":
        promise = kiosk.screen.findChild(QPushButton, "self_promise")
        if promise is not None and promise.isVisible():
            kiosk.press("self_promise")
        else:
            kiosk.press("self_shoot")
            kiosk.settle()
            kiosk.press("self_next")
    kiosk.sign()
    kiosk.at("done")
    assert "Z001" in kiosk.words()
    assert "13857200011" not in kiosk.words(), "nothing of the form is left on any page"
    (waiting,) = kiosk.listed()
    assert (waiting.state, waiting.ticket) == (DraftState.PARKED, "Z001")
    assert "Z001" in kiosk.window.notice.title()
    kiosk.tick(PATIENCE.done)
    assert kiosk.screen.page == "start"
    assert "Z001" not in kiosk.words()
    visit = kiosk.parts.drafts.take_up(waiting.draft_id).visit
    assert visit.confirmed is not None
    assert kiosk.parts.accept.check(visit).passed, "the clerk has nothing left to type"


def test_what_is_wrong_is_said_beside_the_field_and_what_is_unclear_is_left_for_the_counter(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.choose()
    kiosk.ask()
    phone = kiosk.screen.questions.fields[0]
    assert phone.key == "applicant.phone"
    kiosk.press("self_next")
    assert "请填写" in phone.problem
    assert kiosk.screen.page == "questions", "it goes on only when it is right, or left for the counter"
    for digit in "1385720":
        kiosk.press(f"self_key_{digit}")
    kiosk.press("self_next")
    assert phone.problem
    assert "请填写" not in phone.problem
    kiosk.press("self_later")
    assert "applicant.phone" not in [one.key for one in kiosk.screen.questions.fields]
    kiosk.press("self_back")
    assert kiosk.screen.questions.fields[0].key == "applicant.phone"
    for digit in "13857200011":
        kiosk.press(f"self_key_{digit}")
    kiosk.press("self_next")
    visit = kiosk.turned.flow.visit
    assert visit is not None
    assert visit.form.state("applicant.phone").value == "13857200011"


def test_what_is_known_can_be_said_anew_unless_a_chip_says_it(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.choose()
    names = {b.objectName() for b in kiosk.screen.known.findChildren(QPushButton)}
    assert "self_change_applicant.name" not in names
    changeable = next(n for n in sorted(names) if n.startswith("self_change_"))
    kiosk.press(changeable)
    asked: list[str] = []
    kiosk.ask()
    while kiosk.screen.page == "questions":
        asked += [one.key for one in kiosk.screen.questions.fields]
        kiosk.press("self_later")
    assert changeable.removeprefix("self_change_") in asked


def test_nobody_there_half_way_it_waits_for_the_clerk(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.choose()
    kiosk.tick(PATIENCE.ask - 1)
    assert kiosk.screen.page == "known"
    kiosk.tick(1)
    assert kiosk.screen.page == "idle"
    kiosk.tick(PATIENCE.answer)
    assert kiosk.screen.page == "start"
    assert kiosk.turned.flow.visit is None
    assert "张*" not in kiosk.words()
    (waiting,) = kiosk.listed()
    assert (waiting.state, waiting.ticket, waiting.by_self) == (DraftState.PARKED, "", True)


def test_nobody_there_with_only_a_card_read_it_is_wiped(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.press("self_begin")
    kiosk.lay_card()
    kiosk.tick(PATIENCE.ask + PATIENCE.answer)
    assert kiosk.screen.page == "start"
    assert kiosk.listed() == []


def test_who_is_still_there_goes_on_where_they_were(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.choose()
    kiosk.ask()
    kiosk.tick(PATIENCE.ask)
    assert kiosk.screen.page == "idle"
    kiosk.press("self_idle_yes")
    assert kiosk.screen.page == "questions"
    kiosk.tick(PATIENCE.ask - 1)
    kiosk.press("self_key_1")
    kiosk.tick(PATIENCE.ask - 1)
    assert kiosk.screen.page == "questions", "each touch begins the time anew"


def test_the_start_page_asks_nobody(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.tick(PATIENCE.ask * 3)
    assert kiosk.screen.page == "start"


def test_no_key_and_no_closing_leads_out(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.choose()
    for name in ("Esc", "Alt+F4", "F1", "F2", "F7", "F12", "Ctrl+K", "Ctrl+L", "Ctrl+P", "Ctrl+W", "Ctrl+Q", "Alt+1"):
        kiosk.key(name)
        assert kiosk.screen.isVisible(), name
        assert kiosk.screen.page == "known", name
    kiosk.screen.close()
    assert kiosk.screen.isVisible(), "Alt+F4 of the desktop asks the window to close"
    assert kiosk.desk.visit.empty


def test_the_way_out_is_the_pin_of_the_clerk_on_duty(kiosk: Kiosk) -> None:
    kiosk.clerks.register_first("0001", "演示员", PIN, PIN)
    kiosk.enter()
    kiosk.choose()
    kiosk.key(KEY)
    kiosk.at("pin")
    line = kiosk.screen.pin.line
    line.setText("000000")
    kiosk.press("self_pin_leave")
    kiosk.settle()
    assert kiosk.turned.on
    assert "口令不对" in kiosk.words()
    line.setText(PIN)
    kiosk.press("self_pin_leave")
    kiosk.qtbot.waitUntil(lambda: not kiosk.turned.on, timeout=30_000)
    assert not kiosk.screen.isVisible()
    assert kiosk.held == [True, False]
    assert not kiosk.service.on
    (waiting,) = kiosk.listed()
    assert waiting.state is DraftState.PARKED, "who was in the middle of it is not lost"


def test_a_pin_that_is_not_typed_goes_back_to_the_start(kiosk: Kiosk) -> None:
    kiosk.clerks.register_first("0001", "演示员", PIN, PIN)
    kiosk.enter()
    kiosk.key(KEY)
    kiosk.at("pin")
    kiosk.tick(PATIENCE.pin)
    assert kiosk.screen.page == "start"
    assert kiosk.turned.on


def test_without_pins_the_key_alone_leads_out(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.key(KEY)
    kiosk.qtbot.waitUntil(lambda: not kiosk.turned.on, timeout=30_000)


def test_help_is_coming(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.press("self_help")
    assert "请您帮忙" in kiosk.window.notice.title()
    assert kiosk.heard.names == ["look"]
    assert "工作人员就来" in [b.text() for b in kiosk.screen.findChildren(QPushButton)]
    kiosk.tick(PATIENCE.call)
    assert kiosk.heard.names == ["look", "look"], "once more, for a clerk who was away from the desk"
    kiosk.press("self_help")
    assert len(kiosk.heard.names) == 3


def test_who_gives_up_leaves_nothing(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.choose()
    kiosk.press("self_give_up")
    assert kiosk.screen.page == "sure"
    kiosk.press("self_sure_yes")
    assert kiosk.screen.page == "known"
    kiosk.press("self_give_up")
    kiosk.press("self_sure_no")
    assert kiosk.screen.page == "start"
    assert kiosk.listed() == []
    assert "张*" not in kiosk.words()


def test_a_card_that_cannot_be_read_is_said_and_asked_for_again(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.press("self_begin")
    kiosk.reader.answer(Reply(Outcome.NOT_PRESENT))
    kiosk.qtbot.waitUntil(lambda: bool(kiosk.reader.waiting), timeout=10_000)
    kiosk.reader.answer(Reply(Outcome.UNREADABLE))
    assert "重新放平" in kiosk.words()
    kiosk.qtbot.waitUntil(lambda: bool(kiosk.reader.waiting), timeout=10_000)
    kiosk.lay_card()
    assert kiosk.screen.page == "choose"


def test_a_card_read_for_the_one_before_is_not_the_nexts(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.press("self_begin")
    (before,) = kiosk.reader.waiting
    kiosk.reader.waiting = []
    kiosk.press("self_give_up")
    kiosk.press("self_sure_no")
    kiosk.press("self_begin")
    before(Reply(Outcome.OK, CardReading(kiosk.parts.world.person("zhang-wei").card, b"", "")))
    assert kiosk.screen.page == "card"
    assert kiosk.turned.flow.visit is not None
    assert kiosk.turned.flow.visit.card is None
    assert kiosk.reader.waiting, "the reader is asked for the next one's card"


def test_without_a_card_the_counter_is_told(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.press("self_begin")
    kiosk.press("self_without")
    assert kiosk.screen.page == "choose"
    kiosk.press("self_back")
    assert kiosk.screen.page == "card"


def test_the_guides_questions_one_by_one_and_back(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.press("self_begin")
    kiosk.lay_card()
    catalog = kiosk.parts.catalog
    code = next(c for c in catalog.mains if len(kiosk.parts.choose.guide(c).steps({})) >= 1)
    kiosk.screen.choose.toggled.emit(code)
    assert kiosk.screen.page == "guide"
    asked = 0
    while kiosk.screen.page == "guide":
        asked += 1
        kiosk.press("self_option")
    assert asked >= 1
    assert kiosk.screen.page == "choose"
    visit = kiosk.turned.flow.visit
    assert visit is not None
    assert visit.codes[0] in catalog.mains[code].items
    kiosk.screen.choose.toggled.emit(code)
    assert kiosk.turned.flow.visit is not None
    assert kiosk.turned.flow.visit.codes == (), "touched again it is taken out"
    kiosk.screen.choose.toggled.emit(code)
    kiosk.press("self_back")
    assert kiosk.screen.page == "choose", "back from the first question"


def test_an_absent_camera_asks_for_the_paper_at_the_counter(kiosk: Kiosk) -> None:
    kiosk.enter()
    kiosk.choose()
    kiosk.ask()
    while kiosk.screen.page == "questions":
        kiosk.press("self_later")
    assert kiosk.screen.page == "materials"
    kiosk.camera.ended.emit()
    assert "到窗口再交" in kiosk.words()
    shoot = kiosk.screen.findChild(QPushButton, "self_shoot")
    assert shoot is not None
    assert not shoot.isEnabled()
    while kiosk.screen.page == "materials":
        kiosk.press("self_later")
    kiosk.sign()
    kiosk.at("done")
    done = kiosk.screen.findChild(QWidget, "self_done")
    assert done is not None
    assert "联系电话" in [label.text() for label in done.findChildren(QLabel)], "what the counter will ask is told"


def test_a_restart_in_the_mode_comes_back_to_the_start(kiosk: Kiosk) -> None:
    kiosk.service.turn(True)
    visit = kiosk.parts.choose.add(kiosk.parts.identified(kiosk.service.begin()), "open-a-barber-shop")
    kiosk.service.save(visit)
    assert kiosk.turned.remembered
    kiosk.turned.resume()
    kiosk.qtbot.waitUntil(lambda: kiosk.turned.on, timeout=30_000)
    assert kiosk.screen.page == "start"
    (waiting,) = kiosk.listed()
    assert waiting.state is DraftState.PARKED
    assert waiting.by_self


def test_nobody_on_duty_turns_nothing_over(kiosk: Kiosk) -> None:
    kiosk.parts.counter.duty.holder = None
    assert not kiosk.turned.possible()
    kiosk.turned.enter()
    kiosk.settle()
    assert not kiosk.turned.on


def test_an_assisted_visit_lends_its_pace_to_the_next_applicant_alone(kiosk: Kiosk) -> None:
    visit = kiosk.parts.identified(kiosk.parts.begin())
    kiosk.turned._desk.begin(replace(visit, assist=visit.assist.switched(True)))
    kiosk.enter()
    assert kiosk.screen.large
    kiosk.choose()
    kiosk.tick(PATIENCE.ask + 1)
    assert kiosk.screen.page == "known", "it waits longer"
    kiosk.turned._touched()
    kiosk.ask()
    assert kiosk.screen.page == "questions"
    assert len(kiosk.turned.flow._asked[-1]) == 1
    kiosk.tick(PATIENCE.ask * PATIENT)
    assert kiosk.screen.page == "idle"
    kiosk.tick(PATIENCE.answer)
    assert kiosk.screen.page == "start"
    assert not kiosk.screen.large
    waiting = next(one for one in kiosk.listed() if one.by_self)
    assert kiosk.parts.drafts.take_up(waiting.draft_id).visit.assist.on
    kiosk.choose()
    assert kiosk.turned.flow.visit is not None
    assert not kiosk.turned.flow.visit.assist.on
