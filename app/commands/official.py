"""Commands on official forms."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import NO, YES, complain, say
from app.domain.errors import BadInput, EnvironmentProblem

if TYPE_CHECKING:
    from app.domain.case import Case
    from app.services.official_forms import FillOfficial
    from offline_db.store import Store

FILL, LINT = "form fill-official", "form official lint"
_SPOKEN = {("form", "fill-official"): FILL, ("form", "official", "lint"): LINT}


def joined(argv: Sequence[str]) -> list[str]:
    """`form fill-official …` beside `form CODE…`: an argument parser takes either codes or commands there, so the
    words of a command become one word before it sees them."""
    words = list(argv)
    at = 2 if words[:1] == ["--profile"] else int(bool(words) and words[0].startswith("--profile="))
    for spoken, name in _SPOKEN.items():
        if tuple(words[at : at + len(spoken)]) == spoken:
            return [*words[:at], name, *words[at + len(spoken) :]]
    return words


def fill(args: argparse.Namespace) -> int:
    """The official forms of an accepted case, or of what a scenario accepts, as PDFs in a folder.

    One line a form; exit 1 when something is left to be written by hand, or there is no form at all.
    """
    from app.demo.scenario import list_scenarios, load_scenario

    out = Path(args.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("文件夹不能写入", f"{out}：{error.strerror}", "请换一个文件夹。") from error
    if args.case in {lesson.name for lesson in list_scenarios()}:
        import os

        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from app.bootstrap_demo import open_demo
        from app.presenters.demonstration import play_scenario

        scenario = load_scenario(args.case)
        with open_demo(out / "profile", scenario, fresh=True, out=out) as station:
            play_scenario(station, scenario, out / "played")
            return _fill_all(station.services.official, station.store.cases(), out, args.editable)
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal

    with open_workstation(args.profile, Terminal().open) as station:
        return _fill_all(station.services.official, _cases(station.store, args.case), out, args.editable)


def lint(args: argparse.Namespace) -> int:
    """Findings in the official forms of a catalogue folder, one a line; exit 1 when any of them is not soft."""
    from dataclasses import asdict

    import resources
    from app.documents.official.lint import lint_official

    folder = Path(args.folder) if args.folder else resources.path("catalog")
    if not folder.is_dir():
        raise BadInput("没有这个文件夹", str(folder), "请写事项目录所在的文件夹。")
    findings = lint_official(folder)
    for finding in findings:
        say(asdict(finding))
    return NO if any(not finding.soft for finding in findings) else YES


def _cases(store: Store, number: str) -> list[Case]:
    found = [case for case in store.find(number) if number in (case.provisional_no, case.case_no, case.case_id)]
    one = store.case(number) if not found else None
    if one is not None:
        found = [one]
    if not found:
        raise BadInput("没有这个办件", number, "请写受理流水号、办件编码，或者演练的名称（yichuang scenarios）。")
    return found


def _fill_all(service: FillOfficial, cases: Sequence[Case], out: Path, editable: bool) -> int:
    result, made = YES, 0
    for case in cases:
        values = {fact.key: fact.value for fact in case.facts if fact.verdict.usable}
        for wanted in service.of_case(case):
            form = service.make(wanted, values, flatten=not editable)
            path = out / f"{case.provisional_no}-{form.id}.pdf"
            path.write_bytes(form.pdf)
            made += 1
            say(
                {
                    "case": case.provisional_no,
                    "form": form.id,
                    "title": form.title,
                    "file": str(path),
                    "pages": form.pages,
                    "continuation": form.continuation,
                    "filled": sum(bool(box.text) for box in form.boxes),
                    "by_hand": [
                        {"box": f.box, "label": f.label, "why": str(f.trouble), "chars": f.chars, "room": f.room}
                        for f in form.by_hand
                    ],
                }
            )
            if form.by_hand:
                result = NO
    if not made:
        complain("没有可填的官方表样", "办件的事项没有写明官方表样。", "在事项目录里写 official: [表样名称]。")
        return NO
    return result
