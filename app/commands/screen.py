"""Commands that open the screen."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import NO, YES, say
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.demo.scenario import Scenario
    from app.presenters.opening import Opening
    from app.presenters.station import Workstation


@contextmanager
def _nothing_collected_yet() -> Iterator[None]:
    """While modules and the catalogue are loaded nothing becomes garbage, yet the collector would go through all of it
    a dozen times. Once the window stands it collects by itself (app.workers.collector); leaving this turns it on again
    where it was on.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _opening_gone(args: argparse.Namespace) -> Callable[[], object]:
    """What takes away the window that was painted first (app.cli), where there is one."""
    opening: Opening | None = getattr(args, "opening", None)
    return opening.close if opening is not None else lambda: None


@_nothing_collected_yet()
def run(args: argparse.Namespace) -> int:
    """The workstation; before a store that needs a PIN, its door. Exit 1 when all that is left to say is that this
    machine was wiped."""
    from app.bootstrap import open_doorway
    from app.bootstrap_update import open_switch
    from app.bootstrap_wipe import finish_wipe
    from app.config.layers import Sources
    from app.presenters import application
    from app.presenters.application_codes import RESTART
    from app.profiles import folder_of

    shown = _opening_gone(args)
    switch = open_switch(folder_of(args.profile), sys.argv[1:])
    switch.begin()
    wiped = finish_wipe(folder_of(args.profile))
    if wiped is None:
        with switch.guard(), open_doorway(args.profile, Sources.of_machine(args.setting)) as way:
            way = replace(way, enter=switch.watched(way.enter), given_up=switch.given_up)
            for_citizens = args.self_service or way.settings.self_service
            code = application.run_workstation(way, self_service=for_citizens, shown=shown, stands=switch.stands)
        wiped = way.wipe.finish() if way.wipe is not None else None
        if wiped is None:
            switch.end(code == RESTART)
            code = 0 if code == RESTART else code
        if wiped is None:
            return code
    application.tell_wiped(wiped, shown)
    return NO


@_nothing_collected_yet()
def demo(args: argparse.Namespace) -> int:
    """Demo mode: the list of lessons, or headless one lesson with its documents and screenshots."""
    if args.headless:
        # The offscreen platform draws real widgets without a display; a display that is asked for stays.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap_demo import open_demo
    from app.demo.lessons import OWN_FOLDER
    from app.demo.scenario import DEFAULT_LESSON, load_scenario, without_line
    from app.presenters.demonstration import play_scenario, run_training
    from app.settings import profile_folder

    if args.offline and not args.headless:
        raise BadInput("断网演示只能自动进行", "--offline 要与 --headless 一起用。", "有人操作时，请选断网的课程。")
    if not args.headless:
        folder = Path(args.profile) if args.profile else profile_folder("demo")
        first = load_scenario(args.scenario, folder / OWN_FOLDER) if args.scenario else None

        def opener(lesson: Scenario, fresh: bool) -> Workstation:
            return open_demo(folder, lesson, fresh=fresh, language=args.language, every=True)

        return run_training(folder, opener, args.language, first, _opening_gone(args))
    out = Path(args.out)
    folder = Path(args.profile) if args.profile else out / "profile"
    scenario = load_scenario(args.scenario or DEFAULT_LESSON, folder / OWN_FOLDER)
    if args.offline:
        if scenario.offline is None:
            raise BadInput("这一课不能断网演示", scenario.name, scenario.never_offline or "课程里没有写 offline。")
        scenario = without_line(scenario)
    with open_demo(folder, scenario, fresh=True, out=out, language=args.language) as station:
        summary = play_scenario(station, scenario, out)
    say({"scenario": scenario.name, "ok": summary["ok"], "out": str(out)})
    return YES if summary["ok"] else NO


@_nothing_collected_yet()
def rows(args: argparse.Namespace) -> int:
    """Play the scenarios of rows one after the other in this process; with --table, renew their lines in that page.
    Exit 1 when one did not end as it must."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap_demo import open_demo
    from app.demo.rows import played_rows, read_summaries, table_of
    from app.demo.scenario import without_line
    from app.presenters.demonstration import play_scenario

    known = {scenario.name: scenario for scenario in played_rows()}
    if unknown := [name for name in args.name if name not in known]:
        raise BadInput("没有这个演练", unknown[0], f"可用：{'、'.join(known)}")
    out, good = Path(args.out), True
    chosen = [known[name] for name in args.name or known]
    plays = [play for one in chosen for play in ((one, without_line(one)) if one.offline else (one,))]
    for scenario in plays:
        name = scenario.name
        with open_demo(out / "profile", scenario, fresh=True, out=out / name) as station:
            summary = play_scenario(station, scenario, out / name)
        missed = [step["reason"] for step in summary["steps"] if not step["ok"]]
        missed += [f"{check['what']} {check['found']}, not {check['wanted']}" for check in summary["ends"]
                   if not check["ok"]]  # fmt: skip
        missed += [goal for goal, true in summary["goal"].items() if not true]
        say({"row": name, "ok": summary["ok"], "missed": missed, "out": str(out / name)})
        good = good and summary["ok"]
    if args.table is not None:
        page = Path(args.table)
        names = {scenario.name for scenario in plays}
        played = {name: summary for name, summary in read_summaries(out).items() if name in names}
        page.write_text(table_of(page.read_text("utf-8"), played), "utf-8")
    return YES if good else NO


def scenarios(args: argparse.Namespace) -> int:
    """The training scenarios; with --lint, the mistakes in a folder of them, one a line; exit 1 when there are any."""
    from app.demo.lesson_lint import lint_lessons
    from app.demo.rows import rows as known_rows
    from app.demo.scenario import list_scenarios

    if args.lint is None:
        reforms = {row.name: row.reform for row in known_rows()}
        for scenario in list_scenarios():
            row = {"row": reforms[scenario.name]} if scenario.name in reforms else {}
            say({"name": scenario.name, "title": scenario.title, "steps": len(scenario.steps), **row})
        return YES
    if not Path(args.lint).is_dir():
        raise BadInput("没有这个文件夹", args.lint, "请写课程文件所在的文件夹。")
    findings = lint_lessons(Path(args.lint))
    for finding in findings:
        say(asdict(finding))
    return NO if findings else YES
