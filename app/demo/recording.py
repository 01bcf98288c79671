"""From what a trainer did to a lesson: actions cut into steps where something on the screen came true."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import yaml

from app.demo.scenario import Action, Scenario, Step
from app.domain.errors import EnvironmentProblem, Refused

UNREMARKABLE = frozenset(
    {
        "devices_ready",
        "device",
        "online",
        "offline",
        "field",
        "warned",
        "print_failed",
        "items_chosen",
        "possible",
        "settled",
        "unlocked",
    }
)
"""Conditions that come and go by themselves, or with every word typed: no step ends because of them."""

START = Step("start", "开窗", "等屏幕下方的设备灯全部就绪、显示在线。", (), ("devices_ready", "online"))
_RECORDED_SECONDS = 40.0
"""A recorded step may take this long: the trainer's machine may have been faster."""


class Recording:
    """Takes actions as they happen, each with the conditions that held just before it."""

    def __init__(self) -> None:
        self._done: list[tuple[tuple[Action, ...], tuple[str, ...]]] = []
        self._actions: list[Action] = []
        self._base: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        return not self._done and not self._actions

    def begin(self, held: Collection[str]) -> None:
        """held: what is true before anything was done."""
        self._base = frozenset(held)

    def act(self, action: Action, held: Collection[str]) -> None:
        """Something is about to be done. Typed text that goes on where the last stopped becomes one word."""
        self._cut(held)
        last = self._actions[-1] if self._actions else None
        if last is not None and last.verb == action.verb == "type":
            self._actions[-1] = Action("type", f"{last.argument}{action.argument}")
        else:
            self._actions.append(action)

    def erase(self) -> bool:
        """Backspace: shorten the word being typed. False when there is none, so that the key itself counts."""
        last = self._actions[-1] if self._actions else None
        if last is None or last.verb != "type":
            return False
        self._actions.pop()
        if len(last.argument) > 1:
            self._actions.append(Action("type", last.argument[:-1]))
        return True

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Let change look at the word just typed, e.g. to make a day of it that never grows old."""
        last = self._actions[-1] if self._actions else None
        if last is not None and last.verb == "type":
            self._actions[-1] = Action("type", change(str(last.argument)))

    def finish(self, held: Collection[str], title: Callable[[tuple[Action, ...]], str]) -> tuple[Step, ...]:
        """All steps. title: names a step by its actions."""
        self._cut(held, last=True)
        steps = [START]
        for actions, until in self._done:
            name = _step_name(actions, len(steps))
            steps.append(Step(name, title(actions), "", actions, until, _RECORDED_SECONDS))
        return tuple(steps)

    def _cut(self, held: Collection[str], last: bool = False) -> None:
        remarkable = frozenset(one for one in held if one.split()[0] not in UNREMARKABLE)
        news = remarkable - self._base
        if self._actions and (news or last):
            self._done.append((tuple(self._actions), tuple(sorted(news))))
            self._actions = []
        if not self._actions:
            self._base = remarkable


def _step_name(actions: tuple[Action, ...], number: int) -> str:
    """s03-f6: its place, and the first key if there is one."""
    keys = [str(action.argument) for action in actions if action.verb == "key"]
    word = re.sub(r"[^a-z0-9]+", "-", keys[0].lower()).strip("-") if keys else actions[0].verb
    return f"s{number:02d}-{word}" if word else f"s{number:02d}"


def lesson_name(title: str, taken: Collection[str]) -> str:
    """A file name for a title: its pinyin, with a number when that is taken."""
    from pypinyin import lazy_pinyin  # its tables take half a second to load, and few record a lesson

    words = "-".join(lazy_pinyin(title, errors=lambda text: re.sub(r"[^A-Za-z0-9]+", "-", text)))
    stem = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:48].strip("-") or "lesson"
    number = 1
    name = stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name


def as_yaml(scenario: Scenario) -> str:
    """The lesson as a trainer would have written it; `parse_scenario` reads the same lesson back."""
    raw: dict[str, Any] = {"name": scenario.name, "title": scenario.title}
    if scenario.purpose:
        raw["purpose"] = scenario.purpose
    if scenario.minutes:
        raw["minutes"] = scenario.minutes
    raw["world"] = {
        "person": scenario.person,
        "licence": scenario.licence,
        "page": scenario.page,
        "gateway": scenario.gateway,
    }
    if scenario.citizen:
        raw["world"]["citizen"] = True
    if scenario.every:
        raw["world"]["devices"] = "every"
    for key in ("passport", "portrait", "key", "region", "carrier", "payment", "finger", "face", "hours"):
        if value := getattr(scenario, key):
            raw["world"][key] = value
    raw["steps"] = [_step(step) for step in scenario.steps]
    faults = [
        {
            key: value
            for key, value in (("at", one.at), ("until", one.until), ("device", one.what), ("fault", one.kind))
            if value
        }
        for one in scenario.faults
    ]
    if faults:
        raw["faults"] = faults
    if scenario.goal:
        raw["goal"] = list(scenario.goal)
    if scenario.happenings:
        deeds = [asdict(one) for one in scenario.happenings]
        raw["happenings"] = [{key: value for key, value in deed.items() if value} for deed in deeds]
    if scenario.ends:
        raw["ends"] = dict(scenario.ends)
    if scenario.offline is not None:
        raw["offline"] = {key: step for key, step in asdict(scenario.offline).items() if step}
    elif scenario.never_offline:
        raw["offline"] = scenario.never_offline
    if scenario.not_done:
        raw["not_done"] = list(scenario.not_done)
    return yaml.dump(raw, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _step(step: Step) -> dict[str, Any]:
    raw: dict[str, Any] = {"id": step.id, "title": step.title}
    raw |= {key: value for key, value in (("hint", step.hint), ("at", step.at)) if value}
    if step.actions:
        raw["do"] = [_Flow({action.verb: action.argument}) for action in step.actions]
    if step.until:
        raw["until"] = list(step.until)
    if step.timeout != Step.__dataclass_fields__["timeout"].default:
        raw["timeout"] = step.timeout
    return raw


class _Flow(dict[str, Any]):
    """Written on one line."""


class _Dumper(yaml.SafeDumper):
    """Plain YAML, an action on a line."""


_Dumper.add_representer(
    _Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)
)


def save_lesson(folder: Path, scenario: Scenario) -> Path:
    """Write a lesson into the trainer's folder, never over one that is there. The file's path.

    Refused: there is one of this name. EnvironmentProblem: it cannot be written.
    """
    path = folder / f"{scenario.name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(as_yaml(replace(scenario, name=path.stem)))
    except FileExistsError:
        raise Refused("已有同名的课程", path.name, "请换一个名称。") from None
    except OSError as error:
        raise EnvironmentProblem(
            "课程没有保存", f"无法写入 {path.name}（{error.strerror}）", "请检查磁盘空间和目录权限。"
        ) from error
    return path
