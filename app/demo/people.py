"""The made-up people of the demo world (resources/demo/people.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import resources
from app.domain.errors import EnvironmentProblem
from app.domain.person import CardType, IdCard


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes to the counter: the card in the pocket and a phone number."""

    id: str
    card: IdCard
    phone: str


def load_people(path: Path | None = None) -> dict[str, Person]:
    """Everybody by id. EnvironmentProblem when the file is missing or broken."""
    path = path or resources.path("demo/people.json")
    try:
        entries = json.loads(path.read_text("utf-8"))["people"]
        return {entry["id"]: Person(entry["id"], _card(entry["card"]), entry["phone"]) for entry in entries}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentProblem("演示人物无法读取", f"{path.name} 缺失或有误", "请重新安装本程序。") from error


def _card(fields: dict[str, str | None]) -> IdCard:
    return IdCard(**{**fields, "type": CardType(fields["type"])})  # type: ignore[arg-type]
