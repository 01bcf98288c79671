"""管事、管数、管人: every window's day at a glance, for whoever supervises them."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.domain.clock import isoformat, parse_iso, shanghai
from app.gateway.cases import Stage
from app.gateway.core import Gateway
from app.gateway.key_tables import query_signatures
from app.gateway.tables import audit, cases, devices, matters, query_log, ratings, work_orders
from app.materials.matter_clock import light_of
from app.materials.workdays import add_working_days
from app.server.checking import JsonObject
from app.server.matter_wire import read_matter

NEAR_DAYS = 3
"""A work order of a bad grade is yellow so many working days before it is due."""
SILENT = dt.timedelta(hours=8)
"""A window that worked today and has not been heard of for so long is yellow."""


@dataclass(frozen=True, slots=True)
class WindowDay:
    """One window. light: "red", "yellow" or "green", and why in words (none when green). today: since midnight, legal
    time; extended: of these beyond the desk's working hours, as it says itself. assisted: today's visits that were
    assisted 帮办. heard: of the last that came from it, UTC; None: nothing yet. mean: of its grades 1–5, None without
    any."""

    device_id: str
    light: str
    why: tuple[str, ...]
    today: int
    extended: int
    assisted: int
    in_hand: int
    correcting: int
    ratings: int
    mean: float | None
    orders_open: int
    orders_late: int
    queries: int
    refused: int
    matters: int
    matters_late: int
    heard: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """A call for shared data that no grant allowed. subject: masked."""

    at: dt.datetime
    device_id: str
    clerk: str
    source: str
    subject: str
    reason: str


def window_days(gateway: Gateway) -> list[WindowDay]:
    """All windows that may talk to this gateway, the red ones first."""
    now = gateway.clock.now()
    day = shanghai(now).date()
    since = isoformat(dt.datetime.combine(day, dt.time(), shanghai(now).tzinfo).astimezone(dt.UTC))
    near = add_working_days(day, NEAR_DAYS).isoformat()
    with gateway.database.read() as connection:
        known = connection.scalars(select(devices.c.device_id).where(devices.c.enabled).order_by("device_id")).all()
        today = _counts(connection, _by(cases).where(cases.c.received_at >= since))
        # One visit may be several cases.
        helped = connection.execute(
            select(cases.c.device_id, cases.c.document).where(cases.c.received_at >= since, was_assisted())
        ).all()
        stages = connection.execute(
            select(cases.c.device_id, cases.c.stage, func.count().label("n")).group_by(cases.c.device_id, cases.c.stage)
        ).all()
        calls = connection.execute(
            select(query_log.c.device_id, query_log.c.outcome, func.count().label("n"))
            .where(query_log.c.asked_at >= since)
            .group_by(query_log.c.device_id, query_log.c.outcome)
        ).all()
        grades = connection.execute(
            select(ratings.c.device_id, func.count().label("n"), func.avg(ratings.c.satisfaction).label("mean"))
            .group_by(ratings.c.device_id)
        ).all()  # fmt: skip
        orders = connection.execute(
            select(ratings.c.device_id, work_orders.c.due)
            .join(ratings, ratings.c.case_id == work_orders.c.case_id)
            .where(work_orders.c.closed_at.is_(None))
        ).all()
        open_matters = connection.execute(
            select(matters.c.device_id, matters.c.document).where(matters.c.stage != "closed")
        ).all()
        heard = _latest(connection)
        ends = gateway.limits.lights(connection)
        entries = connection.execute(
            select(audit.c.device_id, audit.c.entry).where(
                audit.c.received_at >= since, audit.c.entry.contains("case.accepted")
            )
        ).all()
    visits = {(row.device_id, json.loads(row.document)["visit_id"]) for row in helped}
    assisted = Counter(device for device, _ in visits)
    extended = Counter(row.device_id for row in entries if _extended(json.loads(row.entry), since))
    lit = [(row.device_id, light_of(read_matter(json.loads(row.document)), now)) for row in open_matters]
    found = []
    for key in known:
        due = [row.due for row in orders if row.device_id == key]
        graded = next((row for row in grades if row.device_id == key), None)
        refused = sum(row.n for row in calls if row.device_id == key and row.outcome == "refused")
        half = ends.get(key, Counter())
        lights = [light for device, light in lit if device == key]
        late = sum(one < day.isoformat() for one in due)
        last = heard.get(key)
        red = _said(
            (f"半日件超时 {half['red']} 件", half["red"]),
            (f"差评工单逾期 {late} 件", late),
            (f"企业事项超时 {lights.count('red')} 件", lights.count("red")),
        )
        quiet = today.get(key, 0) and last is not None and now - last > SILENT
        yellow = _said(
            (f"半日件临近到期 {half['yellow']} 件", half["yellow"]),
            (f"差评工单临近到期 {len(due) - late} 件", sum(day.isoformat() <= one <= near for one in due)),
            (f"企业事项临近到期 {lights.count('yellow')} 件", lights.count("yellow")),
            (f"今天有 {refused} 次查询被拒绝", refused),
            ("今天办过件，很久没有上报", quiet),
        )
        found.append(
            WindowDay(
                key,
                "red" if red else "yellow" if yellow else "green",
                (*red, *yellow),
                today.get(key, 0),
                extended[key],
                assisted[key],
                sum(row.n for row in stages if row.device_id == key and row.stage != int(Stage.DECIDED)),
                sum(row.n for row in stages if row.device_id == key and row.stage == int(Stage.CORRECTION)),
                int(graded.n) if graded else 0,
                round(float(graded.mean), 2) if graded else None,
                len(due),
                late,
                sum(row.n for row in calls if row.device_id == key and row.outcome != "refused"),
                refused,
                len(lights),
                lights.count("red"),
                last,
            )
        )
    order = {"red": 0, "yellow": 1, "green": 2}
    return sorted(found, key=lambda one: (order[one.light], one.device_id))


def was_assisted() -> ColumnElement[bool]:
    """Of a case: was its visit assisted 帮办? Within an answer the quotes would stand behind backslashes."""
    return cases.c.document.contains('"assisted":true', autoescape=True)


def refused_calls(gateway: Gateway, limit: int = 20) -> list[RefusedCall]:
    """The newest of all windows."""
    query = (
        select(query_log)
        .where(query_log.c.outcome == "refused")
        .order_by(query_log.c.asked_at.desc(), query_log.c.reference)
        .limit(limit)
    )
    with gateway.database.read() as connection:
        rows = connection.execute(query).all()
    return [
        RefusedCall(parse_iso(row.asked_at), row.device_id, row.clerk, row.source, row.subject, row.reason)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class SignedCall:
    """A call for shared data that a clerk's key signed. number: the staff number; serial: of the certificate."""

    at: dt.datetime
    device_id: str
    clerk: str
    number: str
    source: str
    subject: str
    serial: str
    issuer: str


def signed_calls(gateway: Gateway, limit: int = 20) -> list[SignedCall]:
    """The newest of all windows."""
    key = query_signatures.c
    query = (
        select(query_log, key.number, key.serial, key.issuer)
        .join(query_signatures, key.reference == query_log.c.reference)
        .order_by(query_log.c.asked_at.desc(), query_log.c.reference)
        .limit(limit)
    )
    with gateway.database.read() as connection:
        rows = connection.execute(query).all()
    return [
        SignedCall(
            parse_iso(row.asked_at),
            row.device_id,
            row.clerk,
            row.number,
            row.source,
            row.subject,
            row.serial,
            row.issuer,
        )
        for row in rows
    ]


def _extended(entry: JsonObject, since: str) -> bool:
    """Was a case accepted beyond the desk's working hours since then? The desk says so in its trail."""
    if entry.get("action") != "case.accepted" or str(entry.get("at", "")) < since:
        return False
    details = entry.get("details", {})
    return bool((json.loads(details) if isinstance(details, str) else details).get("extended"))


def _by(table: Any) -> Select[Any]:
    return select(table.c.device_id, func.count().label("n")).group_by(table.c.device_id)


def _counts(connection: Connection, query: Select[Any]) -> Mapping[str, int]:
    return {row.device_id: int(row.n) for row in connection.execute(query)}


def _latest(connection: Connection) -> Mapping[str, dt.datetime]:
    """When something of a device arrived last: of its trail or a case."""
    latest: dict[str, dt.datetime] = {}
    for table in (audit, cases):
        query = select(table.c.device_id, func.max(table.c.received_at).label("at")).group_by(table.c.device_id)
        for row in connection.execute(query):
            at = parse_iso(row.at)
            latest[row.device_id] = max(at, latest.get(row.device_id, at))
    return latest


def _said(*found: tuple[str, object]) -> tuple[str, ...]:
    return tuple(words for words, true in found if true)
