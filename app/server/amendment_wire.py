"""Amendments of accepted cases as JSON, and back with validation (app.server.wire)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.amendment import Amendment, Change, Content, amended
from app.domain.clock import isoformat
from app.domain.fact import Fact
from app.server import schemas
from app.server.checking import BadDocument, Flaw, JsonObject, check_against
from app.server.wire import case_document, fact_document, read_case, read_facts, read_time


def amendment_document(amendment: Amendment) -> JsonObject:
    """A correction as the gateway receives it. Which revision it was made on goes as If-Match."""
    return {
        "case_id": amendment.case_id,
        "made_at": isoformat(amendment.made_at),
        "clerk": amendment.clerk,
        "reason": amendment.reason,
        "changes": dict(amendment.changes),
        "facts": [fact_document(fact) for fact in amendment.facts],
    }


def body_of(rev: int | None, amendment: Amendment) -> JsonObject:
    """The body of an AMEND operation. rev: what it was made on, None while that is not known."""
    return {"rev": rev, "document": amendment_document(amendment)}


def amended_document(document: JsonObject, changes: Mapping[str, str], facts: tuple[Fact, ...]) -> JsonObject:
    """A case document with an amendment in it. What a newer writer said beside what is known here stays. Raises
    BadDocument when the result is no case."""
    changed = case_document(amended(read_case(document), changes, facts))
    result = {**document, **{name: changed[name] for name in ("form", "facts")}}
    result["applicant"] = {**document["applicant"], **changed["applicant"]}
    read_case(result)
    return result


def read_amendment(document: Any) -> Amendment:
    """A correction as it was sent. Raises BadDocument."""
    check_against(schemas.AMENDMENT, document)
    flaws: list[Flaw] = []
    facts = read_facts(document["facts"], flaws)
    made_at = read_time(document["made_at"], "made_at", flaws)
    if flaws:
        raise BadDocument(flaws)
    changes = dict(document["changes"])
    return Amendment(document["case_id"], made_at, document["clerk"], document["reason"], changes, facts)


def read_current(document: Any) -> tuple[Content, tuple[Change, ...]]:
    """What may be amended of a case as the platform has it now, and who changed it. Raises BadDocument."""
    check_against(schemas.CURRENT, document)
    case = read_case(document["document"])
    trail = tuple(Change(c["rev"], c["at"], c["who"], tuple(c["keys"])) for c in document["trail"])
    return Content(document["rev"], case.form, case.facts), trail
