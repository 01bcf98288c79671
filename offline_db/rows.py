"""Cases to rows and back. Nothing is lost on the way, except times below a millisecond."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.domain.case import Case, CaseState, Operation, OperationKind, OutboxState, Window
from app.domain.clock import isoformat, parse_iso
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Origin, Page
from app.domain.territory import Territory
from app.domain.ticks import ClockReading
from offline_db import schema
from offline_db.prepared import Query, any_of, insert_into
from offline_db.search import index_name

Row = Mapping[str, Any] | sa.RowMapping

FINISHED = (OutboxState.DONE.value, OutboxState.WITHDRAWN.value)
"""States of an outbox entry that nothing more will happen to."""
EMPTIED = "{}"
"""Body of a finished entry whose case's contents were cleared: it can never be sent again."""


_INSERT_CASE = insert_into(schema.cases, without="seq")
_INSERT_CLOCK = insert_into(schema.case_clocks)
_INSERT_LIMIT = insert_into(schema.case_limits)
_INSERT_TERRITORY = insert_into(schema.case_territories)
_INSERT_ASSISTED = insert_into(schema.case_assisted)
_INSERT_FACT = insert_into(schema.facts)
_INSERT_MATERIAL = insert_into(schema.materials)
_INSERT_PAGE = insert_into(schema.pages)
_BY_CASE = {
    table: Query(sa.select(table).where(any_of(table.c.case_id, "case_ids")).order_by(*table.primary_key))
    for table in (
        schema.cases,
        schema.facts,
        schema.materials,
        schema.pages,
        schema.case_clocks,
        schema.case_limits,
        schema.case_territories,
        schema.case_assisted,
    )
}

SETTLED = "settled"
"""Key in materials.use under which ticks, origin and follow-up lie; a program that does not know it leaves it out."""


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_json(value: Any) -> str:
    """Canonical JSON: the same value is always the same text. TypeError for what JSON cannot hold."""
    return _CANONICAL.encode(value)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def insert_case(connection: sa.Connection, case: Case) -> None:
    """Write one case with its facts, materials and page references inside the caller's transaction."""
    values = {
        "case_id": case.case_id,
        "visit_id": case.visit_id,
        "item_code": case.item_code,
        "item_name": case.item_name,
        "department": case.department,
        "provisional_no": case.provisional_no,
        "accepted_at": isoformat(case.accepted_at),
        "window_id": case.window.id,
        "window_name": case.window.name,
        "hall": case.window.hall,
        "district": case.window.district,
        "clerk": case.clerk,
        "catalog_version": case.catalog_version,
        "applicant_name": case.applicant_name,
        "applicant_number": case.applicant_number,
        "number_reversed": case.applicant_number.upper()[::-1],
        "form": json.dumps(case.form, ensure_ascii=False),
        "bundle_code": case.bundle_code,
        "due": case.due.isoformat() if case.due else None,
        "state": case.state.value,
        "case_no": case.case_no,
        "rev": case.rev,
        "stage": "",
    }
    index_name(connection, _INSERT_CASE.run(connection, values), case.applicant_name)
    if case.clock is not None:
        clock = {**_flat(case.clock), "suspect": int(case.clock.suspect)}
        _INSERT_CLOCK.run(connection, {"case_id": case.case_id, **clock})
    if case.due_at is not None:
        limit = {"case_id": case.case_id, "halves": case.halves, "due_at": isoformat(case.due_at)}
        _INSERT_LIMIT.run(connection, limit)
    if case.territory is not None:
        _INSERT_TERRITORY.run(connection, {"case_id": case.case_id, **_flat(case.territory)})
    if case.assisted:
        _INSERT_ASSISTED.run(connection, {"case_id": case.case_id})
    _INSERT_FACT.run_all(connection, (_fact_row(case.case_id, i, f) for i, f in enumerate(case.facts)))
    _INSERT_MATERIAL.run_all(connection, (_material_row(case.case_id, i, m) for i, m in enumerate(case.materials)))
    _INSERT_PAGE.run_all(
        connection,
        (
            {"case_id": case.case_id, "material": i, "position": j, **_flat(page)}
            for i, material in enumerate(case.materials)
            for j, page in enumerate(material.pages)
        ),
    )


def rewrite_content(connection: sa.Connection, case: Case) -> None:
    """Write the case's form, facts and applicant anew inside the caller's transaction; it is found by the new name."""
    seq = connection.scalar(sa.select(schema.cases.c.seq).where(schema.cases.c.case_id == case.case_id))
    values = {
        "form": json.dumps(case.form, ensure_ascii=False),
        "applicant_name": case.applicant_name,
        "applicant_number": case.applicant_number,
        "number_reversed": case.applicant_number.upper()[::-1],
    }
    connection.execute(sa.update(schema.cases).where(schema.cases.c.seq == seq).values(values))
    connection.execute(sa.text("DELETE FROM case_names WHERE rowid = :seq"), {"seq": seq})
    index_name(connection, seq or 0, case.applicant_name)
    connection.execute(sa.delete(schema.facts).where(schema.facts.c.case_id == case.case_id))
    _INSERT_FACT.run_all(connection, (_fact_row(case.case_id, i, f) for i, f in enumerate(case.facts)))


def _flat(thing: Any) -> dict[str, Any]:
    """The fields of a dataclass that holds no other. dataclasses.asdict would copy each value first."""
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}


def _fact_row(case_id: str, position: int, fact: Fact) -> dict[str, Any]:
    return {"case_id": case_id, "position": position, **fact_values(fact)}


def fact_values(fact: Fact) -> dict[str, str]:
    """A fact as plain texts; `read_fact` reads it."""
    return {
        "role": fact.role,
        "element": fact.element,
        "value": fact.value,
        "source_kind": fact.source.kind.value,
        "source_label": fact.source.label,
        "source_ref": fact.source.ref,
        "verdict": fact.verdict.value,
        "at": isoformat(fact.at),
    }


def _material_row(case_id: str, position: int, material: Material) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "position": position,
        "material_id": material.use.id,
        # What was settled for it lies beside the catalogue's words, so that no column is needed for each new mark.
        "use": to_json({**_flat(material.use), SETTLED: _settled(material)}),
        "asked_by": to_json(material.asked_by),
        "status": material.status.value,
        "reason": material.reason,
        "due": material.due.isoformat() if material.due else None,
    }


def _settled(material: Material) -> dict[str, Any]:
    origin = material.origin
    return {
        "ticked": list(material.ticked),
        "origin": {"number": origin.number, "day": origin.day.isoformat()} if origin else None,
        "check_due": material.check_due.isoformat() if material.check_due else None,
        "checker": material.checker,
        "checked": material.checked,
    }


def load_cases(connection: sa.Connection, case_ids: Sequence[str]) -> list[Case]:
    """The cases in the order asked for; unknown ones are left out."""
    rows = _by_case(connection, schema.cases, case_ids)
    facts = _by_case(connection, schema.facts, case_ids)
    materials = _by_case(connection, schema.materials, case_ids)
    pages = _by_case(connection, schema.pages, case_ids)
    clocks = _by_case(connection, schema.case_clocks, case_ids)
    limits = _by_case(connection, schema.case_limits, case_ids)
    territories = _by_case(connection, schema.case_territories, case_ids)
    assisted = _by_case(connection, schema.case_assisted, case_ids)
    return [
        _case(
            rows[case_id][0],
            facts.get(case_id, ()),
            materials.get(case_id, ()),
            pages.get(case_id, ()),
            clocks.get(case_id, ()),
            limits.get(case_id, ()),
            territories.get(case_id, ()),
            case_id in assisted,
        )
        for case_id in case_ids
        if case_id in rows
    ]


def _by_case(connection: sa.Connection, table: sa.Table, case_ids: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _BY_CASE[table].rows(connection, case_ids=to_json(list(case_ids))):
        found.setdefault(row["case_id"], []).append(row)
    return found


def _case(
    row: Row,
    facts: Iterable[Row],
    materials: Iterable[Row],
    pages: Iterable[Row],
    clocks: Sequence[Row],
    limits: Sequence[Row],
    territories: Sequence[Row],
    assisted: bool,
) -> Case:
    pages_of: dict[int, list[Page]] = {}
    for page in pages:
        pages_of.setdefault(page["material"], []).append(
            Page(page["sha256"], page["media_type"], page["size"], page["width"], page["height"])
        )
    return Case(
        case_id=row["case_id"],
        visit_id=row["visit_id"],
        item_code=row["item_code"],
        item_name=row["item_name"],
        department=row["department"],
        provisional_no=row["provisional_no"],
        accepted_at=parse_iso(row["accepted_at"]),
        window=Window(row["window_id"], row["window_name"], row["hall"], row["district"]),
        clerk=row["clerk"],
        catalog_version=row["catalog_version"],
        applicant_name=row["applicant_name"],
        applicant_number=row["applicant_number"],
        form=json.loads(row["form"]),
        facts=tuple(read_fact(fact) for fact in facts),
        materials=tuple(_material(m, tuple(pages_of.get(m["position"], ()))) for m in materials),
        bundle_code=row["bundle_code"],
        due=_day(row["due"]),
        halves=limits[0]["halves"] if limits else 0,
        due_at=parse_iso(limits[0]["due_at"]) if limits else None,
        state=CaseState(row["state"]),
        case_no=row["case_no"],
        rev=row["rev"],
        clock=_clock(clocks[0]) if clocks else None,
        territory=Territory(territories[0]["code"], territories[0]["name"]) if territories else None,
        assisted=assisted,
    )


def _clock(row: Row) -> ClockReading:
    return ClockReading(row["offset_ms"], row["monotonic_ms"], row["boot_id"], bool(row["suspect"]))


def read_fact(row: Row | Mapping[str, Any]) -> Fact:
    """The reverse of `fact_values`."""
    source = Source(SourceKind(row["source_kind"]), row["source_label"], row["source_ref"])
    return Fact(row["role"], row["element"], row["value"], source, Verdict(row["verdict"]), parse_iso(row["at"]))


def _material(row: Row, pages: tuple[Page, ...]) -> Material:
    use: Mapping[str, Any] = json.loads(row["use"])
    # Lists come back from JSON where the domain has tuples; fields that a newer program added are left out.
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in use.items()
        if name in MaterialUse.__dataclass_fields__
    }
    settled: Mapping[str, Any] = use.get(SETTLED) or {}
    origin = settled.get("origin")
    return Material(
        use=MaterialUse(**known),
        asked_by=tuple(json.loads(row["asked_by"])),
        status=MaterialStatus(row["status"]),
        reason=row["reason"],
        pages=pages,
        due=_day(row["due"]),
        ticked=tuple(settled.get("ticked", ())),
        origin=Origin(origin["number"], dt.date.fromisoformat(origin["day"])) if origin else None,
        check_due=_day(settled.get("check_due")),
        checker=settled.get("checker", ""),
        checked=settled.get("checked", ""),
    )


def operation(row: Row) -> Operation:
    """One entry of the outbox from its row."""
    return Operation(
        op_id=row["op_id"],
        case_id=row["case_id"],
        kind=OperationKind(row["kind"]),
        body=json.loads(row["body"]),
        state=OutboxState(row["state"]),
        attempts=row["attempts"],
        next_at=parse_iso(row["next_at"]) if row["next_at"] else None,
        reason=row["reason"],
        local_seq=row["local_seq"],
    )


def has_unfinished(connection: sa.Connection, case_id: str) -> bool:
    """Has the case an entry in the outbox that is not finished? A rating does not count: it changes no case. Nor does
    an amendment: the form is guarded by its own revision (offline_db.contents), and stages go on meanwhile."""
    outbox = schema.outbox
    apart = (OperationKind.RATING.value, OperationKind.AMEND.value)
    query = sa.select(outbox.c.op_id).where(
        outbox.c.case_id == case_id, outbox.c.state.not_in(FINISHED), outbox.c.kind.not_in(apart)
    )
    query = query.limit(1)
    return connection.scalar(query) is not None
