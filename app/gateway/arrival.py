"""A case that arrives: what is written of it, and on PostgreSQL how to write all of it in one statement.

The careful way (CaseDesk.submit) asks first and writes then: a dozen round trips. Nearly every case is new, so
PostgreSQL is given everything at once, on the condition that the key and the case are held by nobody else; the unique
indexes refuse what was here before. Whatever is not plainly new changes nothing and goes the careful way.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql

from app.gateway.database import Database
from app.gateway.tables import cases
from app.server import headers as h
from app.server.checking import JsonObject

_BLANK = "?number?"
"""Stands in the documents for the number that only the database knows; nothing else in them can hold it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case as it will stand in its table, but for its number, which begins with prefix.

    pages: (material id, SHA-256), the distinct ones.
    """

    values: Mapping[str, Any]
    prefix: str
    pages: list[tuple[str, str]]

    def row(self, case_no: str) -> Mapping[str, Any]:
        """The row of the table."""
        return {**self.values, "case_no": case_no}


def case_number(prefix: str, number: int) -> str:
    """办件编码: prefix and counter of the day, which grows a digit past 9999."""
    return f"{prefix}{number:04d}"


def accepted_document(row: Mapping[Any, Any]) -> JsonObject:
    """The answer to a case that was received, from its row."""
    return {
        "outcome": "accepted",
        **{name: row[name] for name in ("case_id", "case_no", "rev", "stage", "received_at", "time_suspect")},
    }


def feed_document(row: Mapping[Any, Any], updated_at: str, content_rev: int = 1) -> JsonObject:
    """What the feed says of a case. No personal data: the device has the case, the feed only moves it on. content_rev:
    the revision at which its content last changed."""
    known = {name: row[name] for name in ("case_id", "case_no", "rev", "stage")}
    return {**known, "content_rev": content_rev, "updated_at": updated_at}


_STATEMENT = """
WITH held AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock(hashtextextended(%(op_claim)s, 0))
       AND pg_try_advisory_xact_lock(hashtextextended(%(case_claim)s, 0)) AS mine
), number AS (
    INSERT INTO case_numbers (prefix, last) SELECT %(prefix)s, 1 FROM held WHERE mine
    ON CONFLICT (prefix) DO UPDATE SET last = case_numbers.last + 1
    RETURNING last
), kept AS (
    INSERT INTO cases (case_no, <columns>)
    SELECT %(prefix)s || CASE WHEN last < 10000 THEN lpad(last::text, 4, '0') ELSE last::text END, <values> FROM number
    RETURNING case_no
), paged AS (
    INSERT INTO pages (case_id, material_id, sha256)
    SELECT %(case_id)s, page.material_id, page.sha256
    FROM kept, unnest(%(materials)s::text[], %(hashes)s::text[]) AS page (material_id, sha256)
), shown AS (
    INSERT INTO feed_rows (feed, entity_id, xid, seq, audience, document, deleted, at)
    SELECT 'cases', %(case_id)s, pg_current_xact_id()::text::bigint, nextval('feed_seq'), %(device_id)s,
           replace(%(feed_document)s, %(blank)s, case_no), false, %(received_at)s
    FROM kept
), remembered AS (
    INSERT INTO operations (op_id, device_id, kind, request_hash, status, response, created_at)
    SELECT %(op_id)s, %(device_id)s, 'case', %(document_hash)s, 201, replace(%(response)s, %(blank)s, case_no),
           %(received_at)s
    FROM kept
)
SELECT case_no FROM kept
"""


class QuickAccept:
    """Receives plainly new cases on PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, op_id: str, arrival: Arrival) -> str | None:
        """The case's number; None when nothing was written, because the key or the case is known or being worked on."""
        row = arrival.row(_BLANK)
        values = {
            **arrival.values,
            "blank": _BLANK,
            "op_id": op_id,
            "op_claim": f"op:{op_id}",
            "case_claim": f"case:{row['case_id']}",
            "prefix": arrival.prefix,
            "materials": [material_id for material_id, _ in arrival.pages],
            "hashes": [sha256 for _, sha256 in arrival.pages],
            "feed_document": h.canonical(feed_document(row, row["received_at"])).decode(),
            "response": h.canonical(accepted_document(row)).decode(),
        }
        rows = self._database.at_once(_statement(tuple(arrival.values)), values)
        return str(rows[0][0]) if rows else None


_Dialect: Any = postgresql.dialect  # SQLAlchemy gives it no type


@functools.cache
def _statement(names: tuple[str, ...]) -> str:
    """The statement for a case of these columns."""
    dialect = _Dialect()
    values = [f"%({name})s::{cases.c[name].type.compile(dialect)}" for name in names]
    return _STATEMENT.replace("<columns>", ", ".join(names)).replace("<values>", ", ".join(values))
