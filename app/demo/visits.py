"""The made-up visits of the demo world (resources/demo/visits.yaml)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import resources
from app.demo.people import Person
from app.domain.clock import Clock, isoformat, shanghai
from app.domain.errors import EnvironmentProblem
from app.server.checking import JsonObject
from app.server.query_policy import read_yaml
from app.server.shared_files import read_visits

_KNOWN_SINCE = dt.timedelta(days=1)


def demo_visits(people: Mapping[str, Person], clock: Clock) -> tuple[JsonObject, ...]:
    """The visits as of today. EnvironmentProblem when the file is broken."""
    path = resources.path("demo/visits.yaml")
    now = clock.now()
    at = isoformat(now - _KNOWN_SINCE)

    def facts(entry: Mapping[str, Any]) -> list[JsonObject]:
        return [{**fact, "at": at} for fact in entry.get("facts", [])]

    def person(entry: Mapping[str, Any]) -> JsonObject:
        known = people[entry["person"]]
        return {
            "name": known.card.name,
            "number": known.card.number,
            "phone": known.phone,
            "role": entry.get("role", ""),
            "facts": facts(entry),
        }

    def firm(entry: Mapping[str, Any] | None) -> JsonObject | None:
        return None if entry is None else {"uscc": "", "address": "", "contacts": [], **entry}

    try:
        found = [
            {
                **entry,
                "day": _day(entry["day"], shanghai(now).date()),
                "firm": firm(entry.get("firm")),
                "people": [person(one) for one in entry["people"]],
                "facts": facts(entry),
            }
            for entry in read_yaml(path)
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise EnvironmentProblem("演示数据无法读取", f"{path.name} 有误：{error}", "请重新安装本程序。") from error
    return read_visits(found, path.name)


def _day(text: str, today: dt.date) -> str:
    ahead = re.fullmatch(r"today(?:\+(\d+))?", text)
    return text if ahead is None else (today + dt.timedelta(days=int(ahead[1] or 0))).isoformat()
