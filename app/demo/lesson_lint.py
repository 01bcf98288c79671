"""Checking lessons before they are used: every mistake by file and line, in words for a trainer."""

from __future__ import annotations

import json
import re
from pathlib import Path

from jsonschema import Draft202012Validator

import resources
from app.catalog.lint_schema import hold
from app.catalog.source import Entry, Source
from app.catalog.yaml_text import Finding
from app.demo import issuers
from app.demo.codes import CODES
from app.demo.conditions import SLOTS, condition_problem
from app.demo.ends import ends_problem
from app.demo.pages import PAGES
from app.demo.people import load_people
from app.demo.scenario import CARRIER, GATEWAY, REGION
from app.demo.tables import TABLES
from devices.emulators.drills import DRILLS

_KEYS = (
    "Return Enter Esc Tab Backtab Space Backspace Delete Del Insert Home End Up Down Left Right PgUp PgDown "
    + " ".join(f"F{number}" for number in range(1, 13))
).split()
_KEY = re.compile(rf"((Ctrl|Shift|Alt)\+)*({'|'.join(_KEYS)}|[A-Z0-9]|[-=+,./;'`\[\]])")


def lint_lessons(folder: Path) -> list[Finding]:
    """All mistakes of the lessons in a folder; an empty list when they can be used."""
    findings: list[Finding] = []
    source = Source(folder, findings.append)
    for path in sorted(folder.glob("*.yaml")):
        entry = source.read(path.name)
        if entry is None:
            continue
        if not isinstance(entry.value, dict):
            entry.problem("这里应为“名称: 值”的形式", "第一行写 name: …")
            continue
        _world(entry)
        _steps(entry)
        _faults(entry)
        if isinstance(entry.value.get("offline"), dict):
            _span(entry.down("offline"), _order(entry))
        _happenings(entry)
        _ends(entry)
        for condition in _texts(entry.down("goal")) if "goal" in entry.value else ():
            _condition(condition)
        if entry.value.get("name") not in (None, path.stem):
            entry.down("name").problem(f"名称与文件名 {path.name} 不同", f"写 name: {path.stem}")
        hold(entry, _schema(), {(finding.file, finding.line) for finding in findings})
    return sorted(set(findings), key=lambda finding: (finding.file, finding.line, finding.message))


def _schema() -> Draft202012Validator:
    text = resources.path("scenarios/schema/lesson.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def _in_world() -> dict[str, tuple[str, ...]]:
    """What there is of each kind in the demo world, by name."""
    return {
        "person": tuple(load_people()),
        "photographed": tuple(load_people()),
        "passport": tuple(load_people()),
        "licence": (*(plan.name for plan in issuers.LICENCES), issuers.EU_NAME, *CODES),
        "page": tuple(PAGES),
    }


def _happenings(entry: Entry) -> None:
    order = _order(entry)
    for one in _list(entry.down("happenings")) if "happenings" in entry.value else ():
        if not isinstance(one.value, dict):
            continue
        if "at" in one.value and one.value["at"] not in order:
            one.down("at").problem(f"没有步骤“{one.value['at']}”", f"可用：{'、'.join(map(str, order))}")
        for name, allowed in _in_world().items():
            if name in one.value and one.value[name] not in allowed:
                one.down(name).problem(f"演示世界里没有“{one.value[name]}”", f"可用：{'、'.join(allowed)}")


def _ends(entry: Entry) -> None:
    ends = entry.value.get("ends")
    for part, wanted in ends.items() if isinstance(ends, dict) else ():
        for name in wanted if isinstance(wanted, dict) else ():
            if wrong := ends_problem(part, name, wanted[name]):
                entry.down("ends", part, name).problem(wrong, "见 docs/lessons.md 的“结束时”")


def _world(entry: Entry) -> None:
    known = _in_world()
    world = entry.value.get("world")
    for name, allowed in known.items():
        if isinstance(world, dict) and isinstance(world.get(name), str) and world[name] not in allowed:
            entry.down("world", name).problem(f"演示世界里没有“{world[name]}”", f"可用：{'、'.join(allowed)}")


def _steps(entry: Entry) -> None:
    seen: set[str] = set()
    saved: set[object] = set()
    for step in _list(entry.down("steps")) if "steps" in entry.value else ():
        if not isinstance(step.value, dict):
            continue
        name = step.value.get("id")
        if name in seen:
            step.down("id").problem(f"步骤“{name}”重复出现", "每一步用不同的 id")
        seen.add(str(name))
        for condition in _texts(step.down("until")) if "until" in step.value else ():
            _condition(condition)
        for action in _list(step.down("do")) if "do" in step.value else ():
            _action(action, saved)


def _action(action: Entry, saved: set[object]) -> None:
    """saved: the names of the files that the lesson has written so far."""
    if not isinstance(action.value, dict):
        return
    if len(action.value) > 1:
        action.problem("一个动作里写了几件事", "每个动作单独一项：[{key: F3}, {type: 开理发店}]")
    for verb, argument in action.value.items():
        if verb == "key" and isinstance(argument, str) and not _KEY.fullmatch(argument):
            action.down(verb).problem(f"不认识的按键“{argument}”", "例如 F2、Return、Esc、Ctrl+B、T")
        if verb == "save" and isinstance(argument, str):
            saved.add(argument)
        if verb == "open" and argument not in TABLES and argument not in saved:
            action.down(verb).problem(f"演示世界里没有表格“{argument}”", f"可用：{'、'.join(TABLES)}")
        if verb == "wait" and isinstance(argument, str):
            _condition(action.down(verb))


def _faults(entry: Entry) -> None:
    if "faults" not in entry.value:
        return
    order = _order(entry)
    for fault in _list(entry.down("faults")):
        if isinstance(fault.value, dict):
            _span(fault, order)
            _fault_kind(fault)


def _span(entry: Entry, order: list[object]) -> None:
    """Something is out of order from step at to step until."""
    for name in ("at", "until"):
        if name in entry.value and entry.value[name] not in order:
            entry.down(name).problem(f"没有步骤“{entry.value[name]}”", f"可用：{'、'.join(map(str, order))}")
    at, until = (entry.value.get(name) for name in ("at", "until"))
    if at in order and until in order and order.index(until) <= order.index(at):
        entry.down("until").problem("故障结束得比开始早", "until 写一个更靠后的步骤")


def _order(entry: Entry) -> list[object]:
    """The steps' ids in their order."""
    raw = entry.value.get("steps")
    return [step.get("id") for step in raw if isinstance(step, dict)] if isinstance(raw, list) else []


def _fault_kind(fault: Entry) -> None:
    rest = {key: value for key, value in fault.value.items() if key not in ("at", "until")}
    if set(rest) == {"device", "fault"}:
        slot, kind, place = rest["device"], rest["fault"], "fault"
    elif len(rest) == 1:
        ((slot, kind),) = rest.items()
        place = slot
    else:
        fault.problem("看不出是什么故障", "写 {device: 设备, fault: 故障} 或 {gateway: down}")
        return
    if slot in (GATEWAY, REGION, CARRIER):
        return  # the schema knows what a line can do
    if slot not in SLOTS:
        fault.problem(f"没有设备“{slot}”", f"可用：{'、'.join([*SLOTS, GATEWAY, REGION, CARRIER])}")
    elif kind not in DRILLS[SLOTS[slot]]:
        fault.down(place).problem(f"设备 {slot} 没有故障“{kind}”", f"可用：{'、'.join(DRILLS[SLOTS[slot]])}")


def _condition(entry: Entry) -> None:
    if isinstance(entry.value, str) and (wrong := condition_problem(entry.value)):
        entry.problem(wrong, "见 docs/lessons.md 的条件表")


def _list(entry: Entry) -> list[Entry]:
    """The entries; none when it is no list, which the schema says."""
    return entry.sequence() if isinstance(entry.value, list) else []


def _texts(entry: Entry) -> list[Entry]:
    return [entry] if isinstance(entry.value, str) else _list(entry)
