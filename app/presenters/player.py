"""Plays a lesson through the real window: keys, clicks, typed text and input-method commits, never the inside."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from PyQt6.QtGui import QPixmap

from app.demo.ends import judge
from app.demo.scenario import Scenario, Step
from app.presenters.player_conditions import Conditions
from app.presenters.player_ends import Ledger
from app.presenters.player_faults import FaultDriver
from app.presenters.player_hands import Hands, ScenarioFailed
from app.presenters.player_summary import (
    field_counts,
    filled_fields,
    outbox_counts,
    pauses,
    stored_cases,
    window_picture,
    write_papers,
)
from app.presenters.screen import Screen
from app.workers.watchdog import Watchdog

FAULT_SECONDS = 60.0
"""How long a fault may take to come or go: a gateway finishes its requests first, a phone's clip is drawn first."""

REST_SECONDS = 2.0
"""How long a picture waits for what is being read; then it is taken as it is."""


class Player:
    """Works through the steps; each ends with a screenshot. A failed step ends the play, its screenshot included."""

    def __init__(self, screen: Screen, scenario: Scenario, out: Path, watchdog: Watchdog | None = None) -> None:
        """watchdog: started by the caller before the window was shown; without one, none is kept."""
        self._screen = screen
        self._watchdog = watchdog or Watchdog()
        self._scenario = scenario
        self._out = out
        self._conditions = Conditions(screen)
        self._hands = Hands(screen, self._conditions, aside=self._watchdog.aside)
        self._faults = FaultDriver(screen, scenario)
        self._ledger = Ledger(screen)

    def play(self) -> dict[str, Any]:
        """Play all steps and write summary.json; the summary is also returned."""
        shots = self._out / "screenshots"
        with self._watchdog.aside():
            shots.mkdir(parents=True, exist_ok=True)
            for old in shots.glob("*.png"):
                old.unlink()
        steps: list[dict[str, Any]] = []
        ok = True
        filled: list[dict[str, str]] = []
        fields: dict[str, int] = {}
        self._faults.start()
        for number, step in enumerate(self._scenario.steps, 1):
            started = time.perf_counter()
            if number > 1:  # the first step's time begins with the start of the program
                self._watchdog.mark(step.id)
            reason = ""
            before = self._hands.effort.copy()
            try:
                self._do(step)
            except ScenarioFailed as exc:
                ok, reason = False, str(exc)
            milliseconds = round((time.perf_counter() - started) * 1000)
            shot = shots / f"{number:02d}-{step.id}.png"
            self._come_to_rest()
            longest = self._watchdog.longest_milliseconds
            with self._watchdog.aside():  # a clerk's program takes no screenshots and writes no summary
                if self._screen.desk.visit.items:
                    filled, fields = filled_fields(self._screen), field_counts(self._screen)
                    self._ledger.look()
                self._picture(step).save(str(shot))
            picture = str(shot.relative_to(self._out))
            entry = {"id": step.id, "title": step.title, "ok": not reason, "ms": milliseconds, "screenshot": picture}
            entry["longest_pause_ms"] = round(longest)
            entry |= {kind: self._hands.effort[kind] - before[kind] for kind in ("keys", "characters", "clicks")}
            steps.append({**entry, "reason": reason} if reason else entry)
            if reason:
                break
        self._watchdog.stop()
        goal = {condition: self._conditions.holds(condition) for condition in self._scenario.goal}
        ends = judge(self._scenario.ends, self._ledger.found(steps)) if self._scenario.ends else []
        summary = {
            "scenario": self._scenario.name,
            "title": self._scenario.title,
            "ok": ok and all(goal.values()) and all(check.ok for check in ends),
            "online": self._screen.status.online,
            "steps": steps,
            "goal": goal,
            "ends": [check.as_json() for check in ends],
            "fields": fields,
            "filled": filled,
            "cases": stored_cases(self._screen),
            "outbox": outbox_counts(self._screen),
            "printed": self._conditions.printed,
            "papers": write_papers(self._screen, self._out),
            "watchdog": pauses(self._watchdog),
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self._out / "summary.json").write_text(text + "\n", encoding="utf-8")
        return summary

    def _come_to_rest(self) -> None:
        """What was asked for last shall be in the picture, and not that it is being read."""
        self._hands.settle()
        end = time.monotonic() + REST_SECONDS
        while self._screen.tasks.busy and time.monotonic() < end:
            self._hands.settle(20)

    def _picture(self, step: Step) -> QPixmap:
        return window_picture(self._screen)

    def _do(self, step: Step) -> None:
        self._faults.step(step.id)
        self._hands.until(lambda: self._faults.settled, "故障没有生效", time.monotonic() + FAULT_SECONDS)
        deadline = time.monotonic() + step.timeout
        for action in step.actions:
            self._hands.act(action, deadline)
        for condition in step.until:
            self._hands.wait(condition, deadline)
