"""Plays lessons in this process: a process of its own costs each of them some ten seconds of start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.bootstrap_demo import open_demo
from app.demo.scenario import Scenario
from app.presenters.demonstration import play_scenario


def played(scenario: Scenario, profile: Path, out: Path) -> dict[str, Any]:
    """Play a scenario on the real widgets over a drawn world; its summary."""
    with open_demo(profile, scenario, fresh=True, out=out) as station:
        return play_scenario(station, scenario, out)
