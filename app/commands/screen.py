"""Commands that open the screen."""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.commands import NO, YES, say


@contextmanager
def _nothing_collected_yet() -> Iterator[None]:
    """While modules and the catalogue are loaded nothing becomes garbage, yet the collector would go through all of it
    a dozen times. The window turns it on again once it stands (app.presenters.application); so does leaving this.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_nothing_collected_yet()
def run(args: argparse.Namespace) -> int:
    """The workstation."""
    from app.bootstrap import open_workstation
    from app.presenters.application import run_window

    with open_workstation(args.profile) as station:
        return run_window(station)


@_nothing_collected_yet()
def demo(args: argparse.Namespace) -> int:
    """Demo mode: the window, or headless the scenario with its documents and screenshots."""
    if args.headless:
        # The offscreen platform draws real widgets without a display; a display that is asked for stays.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap_demo import open_demo
    from app.demo.scenario import load_scenario
    from app.presenters.application import play_scenario, run_window

    scenario = load_scenario(args.scenario)
    if not args.headless:
        with open_demo(Path(args.profile) if args.profile else None, scenario, language=args.language) as station:
            return run_window(station)
    out = Path(args.out)
    folder = Path(args.profile) if args.profile else out / "profile"
    with open_demo(folder, scenario, fresh=True, out=out, language=args.language) as station:
        summary = play_scenario(station, scenario, out)
    say({"scenario": scenario.name, "ok": summary["ok"], "out": str(out)})
    return YES if summary["ok"] else NO


def scenarios(args: argparse.Namespace) -> int:
    """The training scenarios."""
    from app.demo.scenario import list_scenarios

    for scenario in list_scenarios():
        say({"name": scenario.name, "title": scenario.title, "steps": len(scenario.steps)})
    return YES
