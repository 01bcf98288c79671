"""A case 办件: one item accepted for one applicant; and what travels with it to the gateway."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.fact import Fact
from app.domain.material import Material
from app.domain.territory import Territory
from app.domain.ticks import ClockReading


class CaseState(StrEnum):
    """Where a case stands between this window and the gateway (docs/protocol.md, States)."""

    DRAFT = "draft"
    ACCEPTED_LOCAL = "accepted_local"
    SENDING = "sending"
    ACKED = "acked"
    DURABLE = "durable"
    NEEDS_ATTENTION = "needs_attention"
    WITHDRAWN = "withdrawn"
    """Refused by the gateway and taken back by a person; never sent again."""


class OutboxState(StrEnum):
    PENDING = "pending"
    INFLIGHT = "inflight"
    DONE = "done"
    RETRY = "retry"
    PARKED = "parked"
    """Refused for good by the gateway; stays visible with its reason until a person settles it."""
    WITHDRAWN = "withdrawn"
    """A person settled a parked entry by taking it back; it is kept and never sent."""


class OperationKind(StrEnum):
    """What the outbox sends. Lower-cased members are the wire's own words."""

    CASE = "case"
    """POST /v1/cases"""
    FILE = "file"
    """tus upload to /v1/files, then POST /v1/materials/{id}:seal"""
    AUDIT = "audit"
    """POST /v1/audit"""
    AMEND = "amend"
    """PATCH /v1/cases/{id}: a correction of an accepted case"""
    RATING = "rating"
    """POST /v1/ratings, after the case that it is about"""
    MATTER = "matter"
    """POST /v1/matters, or a step of one: a firm's slip, task or assessment (app.domain.matter)"""
    ROSTER = "roster"
    """POST /v1/roster/absences: a specialist's own leave (app.domain.stationing)"""
    PHOTO = "photo"
    """POST /v1/photos:keep or :withdraw, of a person's photograph for all windows (app.domain.photo)"""


@dataclass(frozen=True, slots=True)
class Window:
    """The counter this program runs at. id goes into every number: 2–6 characters A–Z, 0–9."""

    id: str
    name: str
    hall: str
    district: str


@dataclass(frozen=True, slots=True)
class Case:
    """One accepted case.

    case_id: UUIDv7. visit_id: groups the cases of one bundle. form: role.element -> value, exactly what the item
    asked for. provisional_no: 受理流水号, printed and permanent. case_no: the gateway's 办件编码, once acked.
    """

    case_id: str
    visit_id: str
    item_code: str
    item_name: str
    department: str
    provisional_no: str
    accepted_at: dt.datetime
    window: Window
    clerk: str
    catalog_version: str
    applicant_name: str
    applicant_number: str
    form: dict[str, str]
    facts: tuple[Fact, ...]
    materials: tuple[Material, ...]
    bundle_code: str = ""
    due: dt.date | None = None
    state: CaseState = CaseState.ACCEPTED_LOCAL
    case_no: str | None = None
    rev: int = 0
    clock: ClockReading | None = None
    """What speaks for or against accepted_at; None of cases accepted before this was kept."""
    halves: int = 0
    """Of a limit that runs by half working days: how many were promised; 0: it ends with the day `due`."""
    due_at: dt.datetime | None = None
    """The moment at which such a limit ends, UTC, on the day `due`; None of all others."""
    territory: Territory | None = None
    """Who decides when it is another region 属地; None: it is decided here."""
    assisted: bool = False
    """Accepted at an assisted visit 帮办: it goes before others of the same limit. Never why it was one."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry of the outbox. op_id: UUIDv4, the Idempotency-Key. body: the request's JSON.

    FIFO within case_id; cases are independent.
    """

    op_id: str
    case_id: str
    kind: OperationKind
    body: dict[str, Any]
    state: OutboxState = OutboxState.PENDING
    attempts: int = 0
    next_at: dt.datetime | None = None
    reason: str = ""
    local_seq: int = 0


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What is written to the audit trail: who did what to which thing, why. details hold no unmasked personal data."""

    at: dt.datetime
    clerk: str
    action: str
    subject: str
    details: dict[str, Any]
