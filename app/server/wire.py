"""The protocol's documents: cases and files as JSON, and back with validation.

Reading tolerates unknown fields and refuses everything else that the schemas do not allow, so that nothing read here
can hurt a database or a screen later.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.case import Case, Operation, OperationKind, Window
from app.domain.clock import isoformat, parse_iso
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.domain.numbering import is_provisional_number
from app.domain.rating import Channel, Opinion, Rater
from app.domain.territory import Territory
from app.domain.ticks import ClockReading
from app.server import schemas
from app.server.checking import BadDocument, Flaw, JsonObject, check_against
from app.server.headers import canonical, sha256_hex


@dataclass(frozen=True, slots=True)
class FileBody:
    """The body of a FILE operation: which page of which material of which case. size: bytes of the plain file.

    supplement: the page was handed in after the case was accepted 容缺补交, so the case could not declare it.
    """

    case_id: str
    material_id: str
    sha256: str
    media_type: str
    size: int
    supplement: bool = False


# ---------------------------------------------------------------------------------------------------- writing


def case_document(case: Case) -> JsonObject:
    """A case as the gateway receives it. What only the workstation knows (state, case_no, rev) stays at home."""
    return {
        "case_id": case.case_id,
        "visit_id": case.visit_id,
        "item": {"code": case.item_code, "name": case.item_name, "department": case.department},
        "bundle_code": case.bundle_code,
        "provisional_no": case.provisional_no,
        "accepted_at": isoformat(case.accepted_at),
        "due": _day(case.due),
        "window": {
            "id": case.window.id,
            "name": case.window.name,
            "hall": case.window.hall,
            "district": case.window.district,
        },
        "clerk": case.clerk,
        "catalog_version": case.catalog_version,
        "applicant": {"name": case.applicant_name, "number": case.applicant_number},
        "form": dict(case.form),
        "facts": [fact_document(fact) for fact in case.facts],
        "materials": [_material_document(material) for material in case.materials],
        **({"clock": asdict(case.clock)} if case.clock is not None else {}),
        **({"limit": {"halves": case.halves, "due_at": isoformat(case.due_at)}} if case.due_at is not None else {}),
        **({"territory": asdict(case.territory)} if case.territory is not None else {}),
        # Left out where it is not so, as platforms that do not know it expect.
        **({"assisted": True} if case.assisted else {}),
    }


def file_document(case_id: str, material_id: str, page: Page) -> JsonObject:
    """The body of a FILE operation."""
    return {
        "case_id": case_id,
        "material_id": material_id,
        "sha256": page.sha256,
        "media_type": page.media_type,
        "size": page.size,
    }


def supplement_operation(
    case_id: str, material_id: str, page: Page, new_id: Callable[[], uuid.UUID] = uuid.uuid4
) -> Operation:
    """What the outbox must send for a page handed in after the case was accepted."""
    body = {**file_document(case_id, material_id, page), "supplement": True}
    return Operation(str(new_id()), case_id, OperationKind.FILE, body)


def rating_document(case: Case, opinion: Opinion, channel: Channel, rater: Rater, department_code: str) -> JsonObject:
    """A rating as the gateway receives it, in the field names of GB/T 39735.

    projectNo is the 受理流水号: a window that is offline knows no other number; the gateway adds its own.
    """
    return {
        "case_id": case.case_id,
        "areaCode": case.window.district,
        "deptCode": department_code,
        "deptName": case.department,
        "taskCode": case.item_code,
        "taskName": case.item_name,
        "projectNo": case.provisional_no,
        "proStatus": 1,
        "pf": int(channel),
        "userProp": int(rater),
        "userName": case.applicant_name,
        "certKey": case.applicant_number,
        "handleUserName": case.clerk,
        "satisfaction": int(opinion.grade),
        "evalDetail": list(opinion.details),
        "writingEvaluation": "",
        "assessTime": isoformat(opinion.at),
        "assessNumber": 1,
    }


def build_operations(cases: Iterable[Case], new_id: Callable[[], uuid.UUID] = uuid.uuid4) -> list[Operation]:
    """What the outbox must send for these cases: each case, then each of its distinct pages once.

    A page that several cases of a bundle share gets one operation in each of them: a case refused by the gateway then
    holds back no other case's papers. Its bytes still travel once, because the gateway knows them the second time.
    """
    operations: list[Operation] = []
    for case in cases:
        operations.append(Operation(str(new_id()), case.case_id, OperationKind.CASE, case_document(case)))
        seen: set[tuple[str, str]] = set()
        for material in case.materials:
            for page in material.pages:
                key = (material.use.id, page.sha256)
                if key not in seen:
                    seen.add(key)
                    body = file_document(case.case_id, material.use.id, page)
                    operations.append(Operation(str(new_id()), case.case_id, OperationKind.FILE, body))
    return operations


def fact_document(fact: Fact) -> JsonObject:
    """A fact as the gateway receives it."""
    return {
        "role": fact.role,
        "element": fact.element,
        "value": fact.value,
        "source": {"kind": fact.source.kind.value, "label": fact.source.label, "ref": fact.source.ref},
        "verdict": fact.verdict.value,
        "at": isoformat(fact.at),
    }


def _material_document(material: Material) -> JsonObject:
    return {
        "id": material.use.id,
        "name": material.use.name,
        "required": material.use.required,
        "original": material.use.original,
        "copies": material.use.copies,
        "asked_by": list(material.asked_by),
        "status": material.status.value,
        "reason": material.reason,
        "pages": [
            {
                "sha256": page.sha256,
                "media_type": page.media_type,
                "size": page.size,
                "width": page.width,
                "height": page.height,
            }
            for page in material.pages
        ],
        "due": _day(material.due),
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


# ---------------------------------------------------------------------------------------------------- reading


def read_case(document: Any) -> Case:
    """A case document as a Case. Raises BadDocument.

    A material's use holds what the document says of it; the rest is in the catalogue version that the case names.
    """
    return read_case_and_text(document)[0]


def read_case_and_text(document: Any) -> tuple[Case, bytes]:
    """A case document as a Case, and its canonical form. Raises BadDocument."""
    text = check_against(schemas.CASE, document)
    return _read_checked(document), text


def _read_checked(document: JsonObject) -> Case:
    flaws: list[Flaw] = []
    facts = read_facts(document["facts"], flaws)
    materials = tuple(
        _read_material(material, f"materials/{index}", flaws) for index, material in enumerate(document["materials"])
    )
    accepted_at = read_time(document["accepted_at"], "accepted_at", flaws)
    due = _read_day(document["due"], "due", flaws)
    limit = document.get("limit")
    due_at = read_time(limit["due_at"], "limit/due_at", flaws) if limit is not None else None
    if not is_provisional_number(document["provisional_no"]):
        flaws.append(Flaw("provisional_no", "受理流水号校验位不符"))
    if flaws:
        raise BadDocument(flaws)
    window = document["window"]
    return Case(
        case_id=document["case_id"],
        visit_id=document["visit_id"],
        item_code=document["item"]["code"],
        item_name=document["item"]["name"],
        department=document["item"]["department"],
        provisional_no=document["provisional_no"],
        accepted_at=accepted_at,
        window=Window(window["id"], window["name"], window["hall"], window["district"]),
        clerk=document["clerk"],
        catalog_version=document["catalog_version"],
        applicant_name=document["applicant"]["name"],
        applicant_number=document["applicant"]["number"],
        form=dict(document["form"]),
        facts=facts,
        materials=materials,
        bundle_code=document["bundle_code"],
        due=due,
        halves=limit["halves"] if limit is not None else 0,
        due_at=due_at,
        clock=_read_clock(document.get("clock")),
        territory=_read_territory(document.get("territory")),
        assisted=document.get("assisted", False),
    )


def _read_territory(document: JsonObject | None) -> Territory | None:
    return None if document is None else Territory(document["code"], document["name"])


def _read_clock(document: JsonObject | None) -> ClockReading | None:
    if document is None:
        return None
    return ClockReading(document["offset_ms"], document["monotonic_ms"], document["boot_id"], document["suspect"])


def read_file(document: Any) -> FileBody:
    """The body of a FILE operation. Raises BadDocument."""
    check_against(schemas.FILE, document)
    return FileBody(**{name: document[name] for name in FileBody.__dataclass_fields__ if name in document})


def parse_json(data: bytes) -> Any:
    """JSON as the protocol allows it: UTF-8, no NaN, no lone surrogates, no numbers or nesting that hurt.

    Raises BadDocument.
    """
    try:
        document = json.loads(data.decode(), parse_constant=_no_constant, parse_float=_finite)
        if _MAYBE_SURROGATE.search(data):
            canonical(document)
    except (ValueError, RecursionError) as error:
        raise BadDocument([Flaw("", "不是有效的 JSON 文本")]) from error
    return document


def _no_constant(text: str) -> None:
    raise ValueError(f"not JSON: {text}")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("a number without end")
    return number


_MAYBE_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
"""UTF-8 has none; only an escape can bring one, alone or as half of a character beyond U+FFFF."""


def read_facts(documents: list[JsonObject], flaws: list[Flaw]) -> tuple[Fact, ...]:
    """Facts of a checked document; what is wrong with their times is added to the flaws."""
    return tuple(
        Fact(
            fact["role"],
            fact["element"],
            fact["value"],
            Source(SourceKind(fact["source"]["kind"]), fact["source"]["label"], fact["source"]["ref"]),
            Verdict(fact["verdict"]),
            read_time(fact["at"], f"facts/{index}/at", flaws),
        )
        for index, fact in enumerate(documents)
    )


def _read_material(document: JsonObject, path: str, flaws: list[Flaw]) -> Material:
    use = MaterialUse(
        id=document["id"],
        name=document["name"],
        required=document["required"],
        original=document["original"],
        copies=document["copies"],
    )
    pages = tuple(
        Page(page["sha256"], page["media_type"], page["size"], page["width"], page["height"])
        for page in document["pages"]
    )
    return Material(
        use=use,
        asked_by=tuple(document["asked_by"]),
        status=MaterialStatus(document["status"]),
        reason=document["reason"],
        pages=pages,
        due=_read_day(document["due"], f"{path}/due", flaws),
    )


def read_time(text: str, path: str, flaws: list[Flaw]) -> dt.datetime:
    """A time of a checked document; a flaw when there is no such time."""
    try:
        return parse_iso(text)
    except ValueError:
        flaws.append(Flaw(path, "不是有效的时间"))
        return dt.datetime.min.replace(tzinfo=dt.UTC)


def _read_day(text: str | None, path: str, flaws: list[Flaw]) -> dt.date | None:
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        flaws.append(Flaw(path, "不是有效的日期"))
        return None


def audit_hash(entry: JsonObject) -> str:
    """The hash of an audit entry, hex: over everything else in it, the previous entry's hash included."""
    fields = ("seq", "at", "clerk", "action", "subject", "details", "previous")
    return sha256_hex(canonical([entry[name] for name in fields]))
