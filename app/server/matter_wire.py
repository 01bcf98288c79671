"""Firms' matters as JSON, and back with validation."""

from __future__ import annotations

from typing import Any

from app.domain.clock import isoformat, parse_iso
from app.domain.matter import Act, Matter, MatterKind, Role, Scope, Side, Step
from app.server import matter_schemas as schemas
from app.server.checking import JsonObject, check_against


def open_document(matter: Matter) -> JsonObject:
    """As a window opens it."""
    return {
        "id": matter.matter_id,
        "kind": matter.kind.value,
        "number": matter.number,
        "opened_at": isoformat(matter.opened_at),
        "opened_by": matter.opened_by,
        "firm": matter.firm,
        "firm_number": matter.firm_number,
        "subject": matter.subject,
        "words": matter.words,
        "scope": matter.scope.value,
        "contact": matter.contact,
        "phone": matter.phone,
        "details": dict(matter.details),
    }


def matter_document(matter: Matter) -> JsonObject:
    """As it stands at the gateway; its due time must be set."""
    assert matter.due is not None  # noqa: S101  (the gateway sets it at arrival)
    steps = [step_document(step) for step in matter.steps]
    return {**open_document(matter), "due": isoformat(matter.due), "steps": steps}


def step_document(step: Step) -> JsonObject:
    """One step."""
    return {
        "step_id": step.step_id,
        "act": step.act.value,
        "side": step.side.value,
        "by": step.by,
        "at": isoformat(step.at),
        "words": step.words,
        "role": step.role.value if step.role else "",
        "stars": step.stars,
    }


def read_open(document: Any) -> Matter:
    """BadDocument when it is none; ValueError for a time that does not exist."""
    check_against(schemas.OPEN, document)
    return _matter(document)


def read_matter(document: Any) -> Matter:
    """A row of the feed "matters". BadDocument when it is none; ValueError for a time that does not exist."""
    check_against(schemas.MATTER, document)
    return _matter(document)


def read_step(document: Any) -> Step:
    """BadDocument when it is none; ValueError for a time that does not exist."""
    check_against(schemas.STEP, document)
    return _step(document)


def _step(document: JsonObject) -> Step:
    return Step(
        step_id=document["step_id"],
        act=Act(document["act"]),
        side=Side(document["side"]),
        by=document["by"],
        at=parse_iso(document["at"]),
        words=document["words"],
        role=Role(document["role"]) if document["role"] else None,
        stars=document["stars"],
    )


def _matter(document: JsonObject) -> Matter:
    return Matter(
        matter_id=document["id"],
        kind=MatterKind(document["kind"]),
        number=document["number"],
        opened_at=parse_iso(document["opened_at"]),
        opened_by=document["opened_by"],
        firm=document["firm"],
        firm_number=document["firm_number"],
        subject=document["subject"],
        words=document["words"],
        scope=Scope(document["scope"]),
        contact=document["contact"],
        phone=document["phone"],
        due=parse_iso(document["due"]) if "due" in document else None,
        details=dict(document["details"]),
        steps=tuple(_step(step) for step in document.get("steps", ())),
    )
