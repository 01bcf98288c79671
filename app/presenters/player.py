"""Plays a scenario through the real window: keys, typed text and input-method commits, never the program's inside."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QCoreApplication, QEventLoop, QPoint, Qt
from PyQt6.QtGui import QColor, QInputMethodEvent, QKeySequence, QPainter, QPixmap
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget

from app.demo.scenario import Action, Scenario, Step
from app.domain.case import CaseState
from app.domain.clock import shanghai
from app.domain.fact import Verdict
from app.domain.person import mask
from app.licences.facts import Match
from app.presenters.screen import Screen
from widgets.customer.screen import CustomerScreen

POLL_MILLISECONDS = 15


class ScenarioFailed(Exception):
    """A step's condition did not come true in its time, or an action found nothing to act on."""


class Player:
    """Works through the steps; each ends with a screenshot. A failed step ends the play, its screenshot included."""

    def __init__(self, screen: Screen, scenario: Scenario, out: Path) -> None:
        self._screen = screen
        self._scenario = scenario
        self._out = out
        self._printed: dict[str, str] = {}
        self._longest_pause = 0.0
        screen.accept.printed.connect(lambda slot, reply: self._printed.update({slot: str(reply.outcome)}))

    def play(self) -> dict[str, Any]:
        """Play all steps and write summary.json; the summary is also returned."""
        shots = self._out / "screenshots"
        shots.mkdir(parents=True, exist_ok=True)
        for old in shots.glob("*.png"):
            old.unlink()
        steps: list[dict[str, Any]] = []
        ok = True
        filled: list[dict[str, str]] = []
        fields: dict[str, int] = {}
        for number, step in enumerate(self._scenario.steps, 1):
            started = time.perf_counter()
            self._longest_pause = 0.0
            reason = ""
            try:
                self._do(step)
            except ScenarioFailed as exc:
                ok, reason = False, str(exc)
            milliseconds = round((time.perf_counter() - started) * 1000)
            if self._screen.desk.visit.items:
                filled, fields = self._filled(), self._fields()
            shot = shots / f"{number:02d}-{step.id}.png"
            self._settle()
            self._picture().save(str(shot))
            picture = str(shot.relative_to(self._out))
            entry = {"id": step.id, "title": step.title, "ok": not reason, "ms": milliseconds, "screenshot": picture}
            entry["longest_pause_ms"] = round(self._longest_pause)
            steps.append({**entry, "reason": reason} if reason else entry)
            if reason:
                break
        summary = {
            "scenario": self._scenario.name,
            "title": self._scenario.title,
            "ok": ok,
            "online": self._screen.status.online,
            "steps": steps,
            "fields": fields,
            "filled": filled,
            "cases": self._cases(),
            "outbox": self._outbox(),
            "printed": self._printed,
            "papers": self._papers(),
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self._out / "summary.json").write_text(text + "\n", encoding="utf-8")
        return summary

    def _picture(self) -> QPixmap:
        """The window as the clerk sees it, an open dialog in its place over it."""
        window = self._screen.window
        picture = window.grab()
        dialog = QApplication.activeModalWidget()
        if self._screen.customer is not None:
            citizen = self._screen.customer.screen.grab()
            both = QPixmap(picture.width() + citizen.width(), max(picture.height(), citizen.height()))
            both.fill(QColor(60, 60, 60))
            painter = QPainter(both)
            painter.drawPixmap(0, 0, picture)
            painter.drawPixmap(picture.width(), 0, citizen)
            painter.end()
            picture = both
        if dialog is not None:
            painter = QPainter(picture)
            painter.fillRect(window.rect(), QColor(16, 24, 32, 70))
            # Centred, as window managers place dialogs; without one they lie where they fell.
            centred = dialog.rect()
            centred.moveCenter(window.rect().center())
            painter.drawPixmap(centred.topLeft(), dialog.grab())
            painter.end()
        return picture

    def _do(self, step: Step) -> None:
        deadline = time.monotonic() + step.timeout
        for action in step.actions:
            self._act(action, deadline)
        for condition in step.until:
            self._wait(condition, deadline)

    def _act(self, action: Action, deadline: float) -> None:
        match action.verb:
            case "key":
                self._press(str(action.argument))
            case "type":
                self._type(str(action.argument))
            case "wait":
                self._wait(str(action.argument), deadline)
            case "choose":
                self._choose(str(action.argument), deadline)
            case "fill":
                self._fill({str(k): str(v) for k, v in action.argument.items()}, deadline)

            case "sign":
                self._sign(deadline)
            case "rate":
                self._rate(int(action.argument), deadline)

    def _citizen(self) -> CustomerScreen:
        if self._screen.customer is None:
            raise ScenarioFailed("这个演练没有群众屏")
        return self._screen.customer.screen

    def _touch(self, name: str, deadline: float) -> None:
        """A finger on one of the citizen's buttons."""
        screen = self._citizen()

        def ready() -> bool:
            found = screen.findChild(QPushButton, name)
            return found is not None and found.isVisible() and found.isEnabled()

        self._until(ready, f"群众屏上没有 {name}", deadline)
        QTest.mouseClick(screen.findChild(QPushButton, name), Qt.MouseButton.LeftButton)  # type: ignore[call-overload]

    def _sign(self, deadline: float) -> None:
        confirm = self._citizen().confirm
        self._until(lambda: self._citizen().page == "confirm", "群众屏没有请申请人核对", deadline)
        while confirm.where[0] < confirm.where[1]:
            self._touch("citizen_next", deadline)
        pad = confirm.pad
        for line in range(3):
            at = QPoint(90 + 120 * line, 40)
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=at)  # type: ignore[call-overload]
            for n in range(1, 16):
                at = QPoint(90 + 120 * line + 6 * n, 40 + 6 * n + (n % 4) * 9)
                QTest.mouseMove(pad, at)  # type: ignore[call-overload]
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at)  # type: ignore[call-overload]
        self._touch("citizen_sign", deadline)

    def _rate(self, grade: int, deadline: float) -> None:
        self._touch(f"grade_{grade}", deadline)
        self._touch("rating_send", deadline)

    def _target(self) -> QWidget:
        """Where a key goes now: an open dialog, else the focus, else the window."""
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            # A window manager hands the focus back when a list closes; the offscreen platform has none.
            (QApplication.activeModalWidget() or self._screen.window).activateWindow()
            self._settle()
        return QApplication.activeModalWidget() or QApplication.focusWidget() or self._screen.window

    def _press(self, name: str) -> None:
        combination = QKeySequence(name)[0]
        # PyQt6's stubs take these static functions for methods.
        QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())  # type: ignore[call-overload]

    def _type(self, text: str) -> None:
        """ASCII by keys; everything else as an input method commits it."""
        target = self._target()
        if text.isascii():
            QTest.keyClicks(target, text)  # type: ignore[call-arg,arg-type]
            return
        composing = QInputMethodEvent(text[:1], [])
        QCoreApplication.sendEvent(target, composing)
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QCoreApplication.sendEvent(target, committed)

    def _choose(self, words: str, deadline: float) -> None:
        picker = self._screen.window.picker
        self._type(words)
        self._until(lambda: picker.current() is not None, f"“{words}”没有搜到事项", deadline)
        self._press("Return")
        self._until(lambda: bool(self._screen.desk.visit.codes), "事项没有加入", deadline)
        self._press("Return")

    def _fill(self, texts: dict[str, str], deadline: float) -> None:
        """F5 leads to the first empty field, Enter from each to the next; never the mouse."""
        form = self._screen.window.form
        left = dict(texts)
        self._press("F5")
        while left:
            # Enter leads on to the next empty field; F5 is for getting back to the form.
            if form.current_field() not in left:
                self._press("F5")
            key = form.current_field()
            if key is None or key not in left:
                raise ScenarioFailed(f"F5 到了没有要填的字段 {key}；还剩 {'、'.join(left)}")
            text = self._dated(left.pop(key))
            self._type(text)
            self._press("Return")
            self._until(partial(self._has_value, key), f"{key} 没有填上", deadline)

    def _dated(self, text: str) -> str:
        """today+30 as the digits a clerk would type."""
        ahead = re.fullmatch(r"today\+(\d+)", text)
        if ahead is None:
            return text
        today = shanghai(self._screen.station.clock.now()).date()
        return f"{today + dt.timedelta(days=int(ahead[1])):%Y%m%d}"

    def _has_value(self, key: str) -> bool:
        return bool(self._screen.desk.visit.form.state(key).value)

    def _wait(self, condition: str, deadline: float) -> None:
        name, *arguments = condition.split()
        check = getattr(self, f"_is_{name}", None)
        if check is None:
            raise ScenarioFailed(f"不认识的条件 {condition}")
        self._until(lambda: bool(check(*arguments)), f"没有等到：{condition}", deadline)

    def _until(self, check: Callable[[], bool], message: str, deadline: float) -> None:
        while not check():
            if time.monotonic() > deadline:
                raise ScenarioFailed(message)
            self._settle(POLL_MILLISECONDS)

    def _settle(self, milliseconds: int = 50) -> None:
        """Let the event loop run for at least this long; an event that holds it longer is remembered."""
        end = time.perf_counter() + milliseconds / 1000
        while True:
            started = time.perf_counter()
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            self._longest_pause = max(self._longest_pause, (time.perf_counter() - started) * 1000 - 5)
            if time.perf_counter() >= end:
                return
            time.sleep(0.002)

    # Conditions. What they look at is what the clerk sees, or what the store holds.

    def _is_devices_ready(self) -> bool:
        lights = self._screen.status.lights
        return len(lights) == len(self._screen.devices) and all(reply.ok for reply in lights.values())

    def _is_online(self) -> bool:
        return self._screen.status.online

    def _is_offline(self) -> bool:
        return self._screen.status.report is not None and not self._screen.status.online

    def _is_person_shown(self) -> bool:
        return self._screen.desk.visit.card is not None

    def _is_form_open(self) -> bool:
        return self._screen.window.form.isVisible() and bool(self._screen.desk.visit.items)

    def _is_licence_valid(self) -> bool:
        return any(
            entry.reading.verdict is Verdict.SIGNATURE_VALID and entry.match.match is Match.SAME
            for entry in self._screen.desk.visit.licences
        )

    def _is_form_complete(self) -> bool:
        return not [p for p in self._screen.accept.quick_check().problems if not p.warning]

    def _is_page_seen(self) -> bool:
        return self._screen.materials.page_in_view

    def _is_material(self, material: str, status: str) -> bool:
        return any(m.use.id == material and m.status == status for m in self._screen.desk.visit.checklist.materials)

    def _is_materials_settled(self) -> bool:
        return not self._screen.accept.quick_check().unsettled

    def _is_check_passed(self) -> bool:
        return self._screen.accept.checked

    def _is_accepted(self) -> bool:
        return self._screen.accept.accepted

    def _is_printed(self) -> bool:
        wanted = [slot for slot in self._screen.devices if slot.endswith("printer")]
        return bool(wanted) and all(self._printed.get(slot) == "OK" for slot in wanted)

    def _is_synced(self) -> bool:
        report = self._screen.status.report
        return (
            report is not None
            and report.waiting == 0
            and all(case["state"] in (CaseState.ACKED, CaseState.DURABLE) for case in self._cases())
        )

    def _is_waiting(self) -> bool:
        return self._screen.station.store.counts().waiting > 0 and QApplication.activeModalWidget() is not None

    def _is_citizen(self, page: str) -> bool:
        return self._citizen().page == page

    def _is_signed(self) -> bool:
        acceptance = self._screen.accept.last
        return acceptance is not None and acceptance.notice.paper.signature is not None

    def _is_rated(self) -> bool:
        """The platform holds a rating of each case."""
        acceptance, now = self._screen.accept.last, self._screen.station.clock.now()
        counts = self._screen.station.services.rate.counts(now - dt.timedelta(hours=1), now)
        return acceptance is not None and sum(counts.values()) == len(acceptance.cases)

    def _is_window_empty(self) -> bool:
        return self._screen.desk.visit.empty and not self._screen.accept.accepted

    # What the summary tells.

    def _fields(self) -> dict[str, int]:
        form = self._screen.desk.visit.form
        asked = len(form.asked())
        typed = sum(1 for entry in self._filled() if entry["source"] == "clerk")
        return {"asked_separately": form.definition.asked_separately, "asked": asked, "typed": typed}

    def _filled(self) -> list[dict[str, str]]:
        """Each field, its value masked where it is personal, and where it came from."""
        form = self._screen.desk.visit.form
        rows = []
        for field in form.asked().values():
            fact = form.state(field.key).fact
            if fact is not None:
                value = mask(fact.value) if field.element.personal else fact.value
                rows.append(
                    {
                        "field": field.key,
                        "title": field.title,
                        "value": value,
                        "source": str(fact.source.kind),
                        "source_label": fact.source.label,
                        "verdict": str(fact.verdict),
                    }
                )
        return rows

    def _cases(self) -> list[dict[str, Any]]:
        acceptance = self._screen.accept.last
        if acceptance is None:
            return []
        stored = [self._screen.station.store.case(case.case_id) for case in acceptance.cases]
        return [
            {
                "item": case.item_name,
                "department": case.department,
                "provisional_no": case.provisional_no,
                "case_no": case.case_no,
                "state": str(case.state),
            }
            for case in stored
            if case is not None
        ]

    def _outbox(self) -> dict[str, int]:
        counts = self._screen.station.store.counts()
        return {"waiting": counts.waiting, "parked": counts.parked}

    def _papers(self) -> list[str]:
        """The notice as it was made, and what the emulated printers put out, copied into documents/."""
        documents = self._out / "documents"
        documents.mkdir(exist_ok=True)
        for old in documents.iterdir():
            old.unlink()
        acceptance = self._screen.accept.last
        if acceptance is not None:
            notice = acceptance.notice
            (documents / f"{notice.paper.kind}-{notice.paper.number}.pdf").write_bytes(notice.pdf)
        return sorted(str(path.relative_to(self._out)) for path in self._out.rglob("*") if path.suffix in (".pdf",))
