"""Ratings 好差评 at the gateway: one a case; a bad one opens a work order that must be answered in time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.clock import Clock, isoformat, shanghai
from app.domain.rating import ORDER_MARK, Channel, Grade
from app.gateway.cases import Result, recall, remember
from app.gateway.database import Database
from app.gateway.feeds import MESSAGES, Feeds
from app.gateway.problems import Problem
from app.gateway.tables import cases, ratings, work_orders
from app.materials.workdays import add_working_days
from app.server import headers as h
from app.server.checking import JsonObject

WORK_ORDER_DAYS = 15
"""Working days until a bad rating must have been looked into and the visitor called back."""
_KIND = "rating"


class RatingDesk:
    """Receives ratings and keeps their work orders."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def submit(self, op_id: str, document: JsonObject, device_id: str) -> Result:
        """Receive a rating under its key. Problem 404: no such case of this device. 422: the case was rated with
        another answer, or the key stands for something else; 409: in progress."""
        request_hash = h.sha256_hex(h.canonical(document))
        case_id = document["case_id"]
        with self._database.write(f"op:{op_id}", f"rating:{case_id}") as connection:
            known = recall(connection, op_id, _KIND, device_id, request_hash)
            if known:
                return known
            case = connection.execute(
                select(cases).where(cases.c.case_id == case_id, cases.c.device_id == device_id)
            ).one_or_none()
            if case is None:
                raise Problem(404, "no-case", "没有这个办件", "评价所指的办件不属于本设备")
            result = self._existing(connection, case_id, request_hash)
            result = result or self._receive(connection, document, request_hash, case)
            now = isoformat(self._clock.now())
            remember(connection, op_id, _KIND, device_id, request_hash, result, now)
            return result

    def open_orders(self) -> list[JsonObject]:
        """The work orders that nobody has answered, the most urgent first."""
        query = select(work_orders).where(work_orders.c.closed_at.is_(None)).order_by(work_orders.c.due)
        with self._database.read() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def close_order(self, order_id: str, outcome: str) -> None:
        """The matter was looked into and the visitor called back. KeyError: no such open order."""
        with self._database.write() as connection:
            query = (
                select(cases)
                .join(work_orders, work_orders.c.case_id == cases.c.case_id)
                .where(work_orders.c.order_id == order_id, work_orders.c.closed_at.is_(None))
            )
            case = connection.execute(query).one_or_none()
            if case is None:
                raise KeyError(order_id)
            now = isoformat(self._clock.now())
            connection.execute(
                work_orders.update().where(work_orders.c.order_id == order_id).values(closed_at=now, outcome=outcome)
            )
            self._tell(connection, case, order_id, None, f"整改工单已办结并回访：{outcome}")

    def _existing(self, connection: Connection, case_id: str, document_hash: str) -> Result | None:
        row = connection.execute(select(ratings).where(ratings.c.case_id == case_id)).one_or_none()
        if row is None:
            return None
        if row.document_hash != document_hash:
            if json.loads(row.document)["pf"] == Channel.QR:
                # The visitor was faster with the phone. The first counts; the window has nothing to put right.
                return Result(201, self._rated(connection, row), replayed=True)
            raise Problem(422, "rated", "此办件已评价", "每个办件只评价一次")
        return Result(201, self._rated(connection, row), replayed=True)

    def _receive(self, connection: Connection, document: JsonObject, document_hash: str, case: Row[Any]) -> Result:
        now = self._clock.now()
        grade = Grade(document["satisfaction"])
        connection.execute(
            ratings.insert().values(
                case_id=document["case_id"],
                device_id=case.device_id,
                satisfaction=int(grade),
                document=h.canonical({**document, "case_no": case.case_no}).decode(),
                document_hash=document_hash,
                received_at=isoformat(now),
            )
        )
        if grade.bad:
            order_id = case.case_no + ORDER_MARK
            due = add_working_days(shanghai(now).date(), WORK_ORDER_DAYS).isoformat()
            connection.execute(
                work_orders.insert().values(
                    order_id=order_id, case_id=document["case_id"], opened_at=isoformat(now), due=due, outcome=""
                )
            )
            # Neither the grade nor who gave it: the window hears that there is something to put right.
            words = f"本办件的评价已转整改工单，应在 {WORK_ORDER_DAYS} 个工作日内核实整改并回访。"
            self._tell(connection, case, order_id, due, words)
        row = connection.execute(select(ratings).where(ratings.c.case_id == document["case_id"])).one()
        return Result(201, self._rated(connection, row))

    def _rated(self, connection: Connection, row: Row[Any]) -> JsonObject:
        order = connection.execute(select(work_orders).where(work_orders.c.case_id == row.case_id)).one_or_none()
        return {
            "case_id": row.case_id,
            "received_at": row.received_at,
            "work_order": {"id": order.order_id, "due": order.due} if order else None,
        }

    def _tell(self, connection: Connection, case: Row[Any], order_id: str, due: str | None, words: str) -> None:
        document = {
            "id": order_id,
            "kind": "notice",
            "case_id": case.case_id,
            "case_no": case.case_no,
            "provisional_no": case.provisional_no,
            "stage": case.stage,
            "at": isoformat(self._clock.now()),
            "words": words,
            "due": due,
            "result": "",
        }
        self._feeds.put(connection, MESSAGES, order_id, document, case.device_id)

    def by_phone(self, case_ids: Sequence[str]) -> int:
        """How many of these were rated on a visitor's own phone."""
        query = select(ratings.c.document).where(ratings.c.case_id.in_(case_ids))
        with self._database.read() as connection:
            return sum(json.loads(text)["pf"] == Channel.QR for text in connection.scalars(query))

    def document(self, case_id: str) -> JsonObject:
        """A rating as it was received, with the 办件编码. KeyError: not rated."""
        with self._database.read() as connection:
            text = connection.scalar(select(ratings.c.document).where(ratings.c.case_id == case_id))
        if text is None:
            raise KeyError(case_id)
        found: JsonObject = json.loads(text)
        return found
