"""The made-up people of demo and tests (resources/demo/people.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from app.domain.person import CardType, IdCard


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One person: id as in URIs, a phone number, the card in the pocket."""

    id: str
    phone: str
    card: IdCard


@cache
def demo_people() -> MappingProxyType[str, DemoPerson]:
    """All of them by id, in the file's order."""
    text = resources.files("resources").joinpath("demo", "people.json").read_text(encoding="utf-8")
    people = [
        DemoPerson(entry["id"], entry["phone"], IdCard(**(entry["card"] | {"type": CardType(entry["card"]["type"])})))
        for entry in json.loads(text)["people"]
    ]
    return MappingProxyType({person.id: person for person in people})
