"""The made-up shared data and bookings of the demo world (resources/demo/shared-data.yaml)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import resources
from app.demo.people import Person
from app.domain.clock import Clock, isoformat, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.shared_data import FIRM, PERSON, Booking, SharedRecord
from app.server.checking import JsonObject
from app.server.query_policy import load_policy_document, read_yaml, shipped_policy_folder
from app.server.shared_files import read_bookings, read_records

_BOOKED_BEFORE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DemoSharedData:
    """What the demo's gateway is given."""

    policy: JsonObject
    records: tuple[SharedRecord, ...]
    bookings: tuple[Booking, ...]


def demo_shared_data(people: Mapping[str, Person], clock: Clock) -> DemoSharedData:
    """Records and bookings of the demo's people as of today. EnvironmentProblem when the file is broken."""
    path = resources.path("demo/shared-data.yaml")
    document = read_yaml(path)
    world = _World(people, clock)
    try:
        parts = [{**part, "records": [world.record(r) for r in part["records"]]} for part in document["records"]]
        bookings = [world.booking(entry) for entry in document["bookings"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise EnvironmentProblem("演示数据无法读取", f"{path.name} 有误：{error}", "请重新安装本程序。") from error
    records = tuple(record for part in parts for record in read_records(part, path.name))
    return DemoSharedData(load_policy_document(shipped_policy_folder()), records, read_bookings(bookings, path.name))


def booking_now(person: Person, now: dt.datetime) -> Booking:
    """Somebody has booked for this very time, whenever the lesson is played."""
    at = shanghai(now)
    return Booking(
        code="YS-5X2P-0099",
        name=person.card.name or "",
        number=person.card.number or "",
        day=at.date(),
        time=f"{at:%H:%M}",
        items=("open-a-barber-shop",),
        made_at=now - _BOOKED_BEFORE,
        fields={"applicant.phone": "13857200011"},
    )


class _World:
    def __init__(self, people: Mapping[str, Person], clock: Clock) -> None:
        self._people = people
        self._now = clock.now()

    def record(self, entry: dict[str, Any]) -> dict[str, Any]:
        """A record with its subject's number and name in place."""
        rest = {key: value for key, value in entry.items() if key not in ("person", "firm")}
        if "valid_until" in rest:
            rest["valid_until"] = self._day(rest["valid_until"])
        if "number" in entry:  # a foreigner's passport
            facts = {key: self._day(value) for key, value in rest["facts"].items()}
            return {**rest, "kind": PERSON, "facts": facts}
        if "firm" in entry:
            return {**rest, "kind": FIRM, "number": entry["firm"]}
        card = self._people[entry["person"]].card
        known = {key: value or "" for key, value in card.as_json().items()}
        facts = {key: value.format_map(known) for key, value in rest["facts"].items()}
        return {**rest, "kind": PERSON, "number": card.number, "name": card.name, "facts": facts}

    def booking(self, entry: dict[str, Any]) -> dict[str, Any]:
        """A booking with its visitor and its day in place."""
        card = self._people[entry["person"]].card
        rest = {key: value for key, value in entry.items() if key != "person"}
        made_at = isoformat(self._now - _BOOKED_BEFORE)
        return {**rest, "name": card.name, "number": card.number, "day": self._day(entry["day"]), "made_at": made_at}

    def _day(self, text: str) -> str:
        ahead = re.fullmatch(r"today(?:\+(\d+))?", text)
        if ahead is None:
            return text
        return (shanghai(self._now).date() + dt.timedelta(days=int(ahead[1] or 0))).isoformat()
