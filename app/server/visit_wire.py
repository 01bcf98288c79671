"""Visits and their packs as JSON, and back with validation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from app.domain.clock import isoformat, parse_iso
from app.domain.visit_pack import (
    Appointment,
    Contact,
    Firm,
    Known,
    NumberBlock,
    PackPerson,
    VisitPack,
    VisitState,
)
from app.server import visit_schemas as schemas
from app.server.checking import JsonObject, check_against


def read_appointment(document: Any) -> Appointment:
    """A row of the feed "visits". BadDocument when it is none; ValueError for a day that does not exist."""
    check_against(schemas.APPOINTMENT, document)
    return Appointment(
        visit_id=document["id"],
        day=dt.date.fromisoformat(document["day"]),
        time=document["time"],
        title=document["title"],
        area=document["area"],
        items=tuple(document["items"]),
        state=VisitState(document["state"]),
        holder=document["holder"],
        holder_device=document["holder_device"],
        until=parse_iso(document["until"]) if document["until"] else None,
    )


def pack_document(pack: VisitPack) -> JsonObject:
    """A pack as it is sent and kept."""
    firm = pack.firm
    return {
        "id": pack.visit_id,
        "pack_id": pack.pack_id,
        "device_id": pack.device_id,
        "clerk": pack.clerk,
        "day": pack.day.isoformat(),
        "time": pack.time,
        "title": pack.title,
        "area": pack.area,
        "place": pack.place,
        "firm": None
        if firm is None
        else {
            "name": firm.name,
            "uscc": firm.uscc,
            "address": firm.address,
            "contacts": [{"name": c.name, "phone": c.phone, "role": c.role} for c in firm.contacts],
        },
        "people": [
            {"name": p.name, "number": p.number, "role": p.role, "phone": p.phone, "facts": _facts(p.facts)}
            for p in pack.people
        ],
        "items": list(pack.items),
        "answers": {code: dict(said) for code, said in pack.answers.items()},
        "facts": _facts(pack.facts),
        "note": pack.note,
        "catalog_version": pack.catalog_version,
        "trust_version": pack.trust_version,
        "blocks": [block_document(block) for block in pack.blocks],
        "checked_out_at": isoformat(pack.checked_out_at),
        "expires_at": isoformat(pack.expires_at),
    }


def read_pack(document: Any) -> VisitPack:
    """The other way round. BadDocument when it is no pack; ValueError for a day or a block that cannot be."""
    check_against(schemas.PACK, document)
    firm = document["firm"]
    texts = ("pack_id", "device_id", "clerk", "time", "title", "area", "place", "note", "catalog_version")
    return VisitPack(
        visit_id=document["id"],
        day=dt.date.fromisoformat(document["day"]),
        firm=None
        if firm is None
        else Firm(
            firm["name"],
            firm["uscc"],
            firm["address"],
            tuple(Contact(c["name"], c["phone"], c["role"]) for c in firm["contacts"]),
        ),
        people=tuple(
            PackPerson(p["name"], p["number"], p["role"], p["phone"], _read_facts(p["facts"]))
            for p in document["people"]
        ),
        items=tuple(document["items"]),
        answers=document["answers"],
        facts=_read_facts(document["facts"]),
        trust_version=document["trust_version"],
        blocks=tuple(read_block(block) for block in document["blocks"]),
        checked_out_at=parse_iso(document["checked_out_at"]),
        expires_at=parse_iso(document["expires_at"]),
        **{name: document[name] for name in texts},
    )


def block_document(block: NumberBlock) -> JsonObject:
    """A block of counters."""
    return {
        "window_id": block.window_id,
        "first": block.first,
        "last": block.last,
        "from_day": block.from_day.isoformat(),
        "to_day": block.to_day.isoformat(),
    }


def read_block(document: JsonObject) -> NumberBlock:
    """The other way round. ValueError for a block that cannot be."""
    days = (dt.date.fromisoformat(document[name]) for name in ("from_day", "to_day"))
    return NumberBlock(document["window_id"], document["first"], document["last"], *days)


def _facts(facts: Iterable[Known]) -> list[JsonObject]:
    return [{"key": f.key, "value": f.value, "label": f.label, "at": isoformat(f.at)} for f in facts]


def _read_facts(documents: Iterable[JsonObject]) -> tuple[Known, ...]:
    return tuple(Known(d["key"], d["value"], d["label"], parse_iso(d["at"])) for d in documents)
