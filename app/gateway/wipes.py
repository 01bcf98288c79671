"""Orders to wipe a device 远程清除: given by an operator, told at the next contact, confirmed by the device."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput
from app.domain.wipe import WipeKind
from app.gateway.database import Database
from app.gateway.devices import Caller
from app.gateway.problems import Problem
from app.gateway.tables import devices, wipe_orders
from app.gateway.visits import VisitDesk
from app.server import headers as h
from app.server.checking import JsonObject


class WipeDesk:
    """An order is for one enrolment of a device: who enrols it again has another token and starts clean."""

    def __init__(self, database: Database, clock: Clock, visits: VisitDesk) -> None:
        self._database = database
        self._clock = clock
        self._visits = visits

    def order(self, device_id: str, kind: WipeKind) -> str:
        """Have a device wiped at its next contact; the order's id. An order that waits is replaced.

        STOLEN: from now on it may do nothing but hear this and confirm; its packs can be checked out by others.
        BadInput: no such device.
        """
        order_id = str(uuid.uuid4())
        with self._database.write(f"wipe:{device_id}") as connection:
            row = connection.execute(select(devices).where(devices.c.device_id == device_id)).one_or_none()
            if row is None:
                raise BadInput("没有这台设备", device_id, "请核对设备编号。")
            waiting = (wipe_orders.c.device_id == device_id, wipe_orders.c.confirmed_at.is_(None))
            connection.execute(wipe_orders.delete().where(*waiting))
            connection.execute(
                wipe_orders.insert().values(
                    order_id=order_id,
                    device_id=device_id,
                    token_key=row.token_key,
                    kind=kind.value,
                    issued_at=isoformat(self._clock.now()),
                    outcome="",
                )
            )
            if kind is WipeKind.STOLEN:
                self._disable(connection, device_id)
        if kind is WipeKind.STOLEN:
            self._visits.revoke(device_id)
        return order_id

    def cancel(self, device_id: str) -> bool:
        """Take back an order that was not carried out, as far as is known. False: there was none."""
        waiting = (wipe_orders.c.device_id == device_id, wipe_orders.c.confirmed_at.is_(None))
        with self._database.write(f"wipe:{device_id}") as connection:
            return bool(connection.execute(wipe_orders.delete().where(*waiting)).rowcount)

    def for_device(self, caller: Caller, nonce: str) -> JsonObject | None:
        """What the device is told in answer to this probe; None when there is no order for it."""
        with self._database.read() as connection:
            row = self._waiting(connection, caller)
        if row is None:
            return None
        if row.told_at is None:
            with self._database.write() as connection:
                told = {"told_at": isoformat(self._clock.now())}
                connection.execute(update(wipe_orders).where(wipe_orders.c.order_id == row.order_id).values(told))
        proof = h.order_proof(caller.key, nonce, row.order_id, row.kind, row.issued_at, caller.device_id)
        return {"id": row.order_id, "kind": row.kind, "issued_at": row.issued_at, "proof": proof}

    def confirm(self, order_id: str, caller: Caller, outcome: str) -> JsonObject:
        """The device has done it; from now on it may not call at all. Problem 404: no such order of this device."""
        mine = (
            wipe_orders.c.order_id == order_id,
            wipe_orders.c.device_id == caller.device_id,
            wipe_orders.c.token_key == caller.key,
        )
        with self._database.write(f"wipe:{caller.device_id}") as connection:
            row = connection.execute(select(wipe_orders).where(*mine)).one_or_none()
            if row is None:
                raise Problem(404, "no-order", "没有这条清除指令")
            values = {"confirmed_at": isoformat(self._clock.now()), "outcome": outcome}
            connection.execute(update(wipe_orders).where(*mine).values(values))
            self._disable(connection, caller.device_id)
        self._visits.revoke(caller.device_id)
        return {"order_id": order_id}

    def state(self, device_id: str) -> list[dict[str, Any]]:
        """The device's orders, the newest first: told and confirmed when."""
        mine = select(wipe_orders).where(wipe_orders.c.device_id == device_id).order_by(wipe_orders.c.issued_at.desc())
        shown = ("order_id", "kind", "issued_at", "told_at", "confirmed_at", "outcome")
        with self._database.read() as connection:
            return [{name: row[name] for name in shown} for row in connection.execute(mine).mappings()]

    def _waiting(self, connection: Connection, caller: Caller) -> Row[Any] | None:
        return connection.execute(
            select(wipe_orders).where(
                wipe_orders.c.device_id == caller.device_id,
                wipe_orders.c.token_key == caller.key,
                wipe_orders.c.confirmed_at.is_(None),
            )
        ).one_or_none()

    def _disable(self, connection: Connection, device_id: str) -> None:
        connection.execute(update(devices).where(devices.c.device_id == device_id).values(enabled=False))
