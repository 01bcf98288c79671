"""Cases that arrive: what is written of them, and on PostgreSQL how to write all of it in two statements.

The careful way (CaseDesk.submit) asks first and writes then: a dozen round trips a case. Nearly every case is new, so
PostgreSQL is given everything at once, of all that have arrived meanwhile, on the condition that key and case are
neither known nor held by anybody else; their numbers it was asked for just before. Whatever is not plainly new is
passed over and goes the careful way; where the unique indexes refuse something all the same, nothing of the statement
stands and all of it goes the careful way.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql

from app.gateway.tables import cases
from app.gateway.talk import Talk
from app.server import headers as h
from app.server.checking import JsonObject


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


@dataclass(frozen=True, slots=True)
class Incoming:
    """A case under its key. token_key: the device's own, to be looked up in the same statement; None for a device that
    was authenticated already."""

    op_id: str
    arrival: Arrival
    token_key: str | None = None

    @property
    def case_id(self) -> str:
        return str(self.arrival.values["case_id"])


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
    if row["due_at"] is not None:
        known["due_at"] = row["due_at"]
    return {**known, "content_rev": content_rev, "updated_at": updated_at}


_NUMBERS = """
WITH arrived AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(arrived)s::json)
        AS arrived (op_id text, token_key text, prefix text, case_id text, device_id text),
        set_config('lock_timeout', '4s', true) AS patience, set_config('synchronous_commit', 'off', true) AS hasty
), fresh AS MATERIALIZED (
    SELECT op_id, prefix FROM arrived
    WHERE (SELECT true FROM operations WHERE operations.op_id = arrived.op_id) IS NULL
      AND (SELECT true FROM cases WHERE cases.case_id = arrived.case_id) IS NULL
      AND (token_key IS NULL OR device_id = (
          SELECT devices.device_id FROM devices JOIN device_keys USING (device_id)
          WHERE devices.token_key = arrived.token_key AND devices.enabled
      ))
), counted AS (
    INSERT INTO case_numbers (prefix, last) SELECT prefix, count(*) FROM fresh GROUP BY prefix ORDER BY prefix
    ON CONFLICT (prefix) DO UPDATE SET last = case_numbers.last + excluded.last
    RETURNING prefix, last
)
SELECT op_id, last - count(*) OVER (PARTITION BY prefix) + row_number() OVER (PARTITION BY prefix)
FROM fresh JOIN counted USING (prefix)
"""
# All cases of one item count on one row, locked to the end of its transaction: in that of the cases, they would wait
# for the disk one after the other. So the numbers are drawn in a transaction of their own that does not. The log is
# written in order: where the cases are, on the disk or on the standby, there the drawing of their numbers is too. What
# was drawn and then not written leaves a gap. Counters are taken in their order, so that no two wait for each other.
#
# A question in brackets stays one look into an index for each row. Written as a join, it would be planned once for a
# small table and then read through a large one.

_WRITE = """
WITH arrived AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(arrived)s::json)
        AS arrived (op_id text, feed_document text, response text, pages json, <typed columns>),
        set_config('lock_timeout', '4s', true) AS patience
), free AS MATERIALIZED (
    SELECT * FROM arrived
    WHERE pg_try_advisory_xact_lock(hashtextextended('op:' || op_id, 0))
      AND pg_try_advisory_xact_lock(hashtextextended('case:' || case_id, 0))
), kept AS (
    INSERT INTO cases (<columns>) SELECT <columns> FROM free
), paged AS (
    INSERT INTO pages (case_id, material_id, sha256)
    SELECT case_id, page ->> 0, page ->> 1 FROM free, json_array_elements(pages) AS page
), shown AS (
    INSERT INTO feed_rows (feed, entity_id, xid, seq, audience, document, deleted, at)
    SELECT 'cases', case_id, pg_current_xact_id()::text::bigint, nextval('feed_seq'), device_id,
           feed_document, false, received_at
    FROM free
), remembered AS (
    INSERT INTO operations (op_id, device_id, kind, request_hash, status, response, created_at)
    SELECT op_id, device_id, 'case', document_hash, 201, response, received_at FROM free
)
SELECT case_id, case_no FROM free
"""
# What somebody else has written since the numbers were drawn, the unique indexes refuse. Nobody waits long for what
# somebody else holds, because all who came with it wait as well.


def accepting(incoming: Sequence[Incoming]) -> Talk[dict[str, str]]:
    """Receives plainly new cases in one transaction: case_id -> number of those that were written. The others are
    known or being worked on, or their device may not call. No key and no case may come twice in it."""
    drawn = yield _NUMBERS, {"arrived": _json([_asked(one) for one in incoming])}
    numbers: dict[str, int] = dict(drawn or ())
    rows = [_record(one, numbers[one.op_id]) for one in incoming if one.op_id in numbers]
    if not rows:
        return {}
    written = yield _write(tuple(incoming[0].arrival.values)), {"arrived": _json(rows)}
    return dict(written or ())


def _asked(incoming: Incoming) -> JsonObject:
    """What a number is drawn for."""
    values = incoming.arrival.values
    known = {name: values[name] for name in ("case_id", "device_id")}
    return {"op_id": incoming.op_id, "token_key": incoming.token_key, "prefix": incoming.arrival.prefix, **known}


def _record(incoming: Incoming, number: int) -> JsonObject:
    """Everything that is written of a case."""
    arrival = incoming.arrival
    row = arrival.row(case_number(arrival.prefix, number))
    return {
        **row,
        "op_id": incoming.op_id,
        "pages": arrival.pages,
        "feed_document": h.canonical(feed_document(row, row["received_at"])).decode(),
        "response": h.canonical(accepted_document(row)).decode(),
    }


def _json(rows: Sequence[JsonObject]) -> str:
    return json.dumps(rows, ensure_ascii=False)


_Dialect: Any = postgresql.dialect  # SQLAlchemy gives it no type


@functools.cache
def _write(names: tuple[str, ...]) -> str:
    """The statement for cases of these columns and their number."""
    names = (*names, "case_no")
    dialect = _Dialect()
    typed = ", ".join(f"{name} {cases.c[name].type.compile(dialect)}" for name in names)
    return _WRITE.replace("<columns>", ", ".join(names)).replace("<typed columns>", typed)
