"""Training scenarios: data that the player works through on the real screen (resources/scenarios/*.yaml).

A scenario is at once the trainer's lesson, the acceptance test and the handbook's pictures. Its steps say what a clerk
does, in keys and typed text, and what must then be seen; they never call the program's inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import resources
from app.domain.errors import BadInput

VERBS = frozenset({"key", "type", "wait", "fill", "choose", "sign", "rate"})
"""key: press a key, e.g. F2. type: type text where the focus is. wait: for a condition. fill: {field: text}, each
reached by F5 and typed. choose: type search words, then Enter on the first hit.
sign: the citizen turns the pages and signs, by finger; the argument is not used. rate: the citizen touches this grade.
A text today+30 is the date in 30 days, so that a lesson never grows old."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the clerk does."""

    verb: str
    argument: Any


@dataclass(frozen=True, slots=True)
class Step:
    """What is done and what must then be seen. until: conditions of app.presenters.player. timeout: seconds."""

    id: str
    title: str
    hint: str
    actions: tuple[Action, ...]
    until: tuple[str, ...]
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A lesson. person, licence, page: names in the demo world, what the visitor brings. gateway: "up" or "down".

    citizen: the citizen's screen stands beside the window.
    """

    name: str
    title: str
    purpose: str
    person: str
    licence: str
    page: str
    gateway: str
    steps: tuple[Step, ...]
    citizen: bool = False


def _folder() -> Path:
    return resources.path("scenarios")


def load_scenario(name: str) -> Scenario:
    """Read one scenario by name; BadInput when there is none or it is malformed."""
    path = _folder() / f"{name}.yaml"
    if not name.replace("-", "").isalnum() or not path.is_file():
        known = "、".join(sorted(p.stem for p in _folder().glob("*.yaml")))
        raise BadInput("没有这个演练", name, f"可用：{known}")
    return parse_scenario(path.read_text(encoding="utf-8"), path.name)


def list_scenarios() -> list[Scenario]:
    """All scenarios, by name."""
    return [load_scenario(path.stem) for path in sorted(_folder().glob("*.yaml"))]


def parse_scenario(text: str, where: str) -> Scenario:
    """Check a scenario's YAML; where names it in messages."""
    try:
        raw = yaml.safe_load(text)
        world = raw["world"]
        steps = tuple(_step(entry) for entry in raw["steps"])
        if len({step.id for step in steps}) != len(steps):
            raise ValueError("两个步骤同名")
        return Scenario(
            name=raw["name"],
            title=raw["title"],
            purpose=raw.get("purpose", ""),
            person=world["person"],
            licence=world["licence"],
            page=world["page"],
            gateway=world.get("gateway", "up"),
            steps=steps,
            citizen=bool(world.get("citizen", False)),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as exc:
        raise BadInput("演练文件有误", f"{where}：{exc}", "对照 resources/scenarios 中的样例改正。") from exc


def _step(raw: dict[str, Any]) -> Step:
    actions = []
    for entry in raw.get("do", []):
        ((verb, argument),) = entry.items()
        if verb not in VERBS:
            raise ValueError(f"不认识的动作 {verb}")
        actions.append(Action(verb, argument))
    until = raw.get("until", [])
    return Step(
        id=raw["id"],
        title=raw["title"],
        hint=raw.get("hint", ""),
        actions=tuple(actions),
        until=tuple([until] if isinstance(until, str) else until),
        timeout=float(raw.get("timeout", 20.0)),
    )
