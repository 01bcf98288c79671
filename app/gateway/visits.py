"""Visits 上门服务 at the gateway: one device at a time takes a visit's pack along, with numbers that no other gives.

A pack is out until it is returned, or its device is given up for lost. One that has expired stands in nobody's way: the
visit may be checked out again, and the numbers of the two differ all the same, since a block is given once for ever.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.visit_pack import NumberBlock, VisitState, free_block
from app.gateway.cases import Result, recall, remember
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.problems import Problem
from app.gateway.tables import cases, number_blocks, visit_packs, visits
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.visit_wire import block_document, read_block

FEED = "visits"
BLOCK_SIZE = 40
"""Numbers a pack may give on one day."""
OUT, RETURNED, REVOKED = "out", "returned", "revoked"
_SHOWN = ("id", "day", "time", "title", "area", "items")
"""What of a visit stands in everybody's list."""


class VisitDesk:
    """Keeps the visits that are planned, hands out their packs and takes them back."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def load(self, documents: Iterable[JsonObject]) -> int:
        """Take visits in (VISIT), each in the place of its older plan; what is out or done stays so. How many."""
        count = 0
        with self._database.write() as connection:
            for document in documents:
                text = h.canonical(document).decode()
                values = {"state": VisitState.OPEN.value, "document": text, "outcome": "{}"}
                statement: Any = self._database.insert(visits).values(visit_id=document["id"], **values)
                connection.execute(
                    statement.on_conflict_do_update(index_elements=["visit_id"], set_={"document": text})
                )
                self._tell(connection, document["id"])
                count += 1
        return count

    def cancel(self, visit_id: str) -> None:
        """The visit does not take place: it leaves the list. Who has its pack keeps it until it is returned."""
        with self._database.write(f"visit:{visit_id}") as connection:
            self._locked(connection, visit_id)
            self._set_state(connection, visit_id, VisitState.CANCELLED)

    def check_out(self, op_id: str, visit_id: str, asked: Mapping[str, Any], device_id: str, key: str) -> Result:
        """Give the pack to a device. asked: CHECKOUT. key: proves the pack to it.

        Problem 404: no such visit, or it is over. 409 (held): another device has it. A device that asks again gets a
        new pack with new numbers: what became of its old one, nobody can know.
        """

        def work(connection: Connection) -> JsonObject:
            visit = self._locked(connection, visit_id)
            if visit.state in (VisitState.DONE, VisitState.CANCELLED):
                raise Problem(404, "visit-over", "这次外出服务已经结束", "请在清单中另选。")
            now = self._clock.now()
            self._free(connection, visit_id, device_id, now)
            pack_id = str(uuid.uuid4())
            expires_at = now + dt.timedelta(days=asked["days"])
            connection.execute(
                visit_packs.insert().values(
                    pack_id=pack_id,
                    visit_id=visit_id,
                    device_id=device_id,
                    window_id=asked["window_id"],
                    clerk=asked["clerk"],
                    state=OUT,
                    catalog_version=asked["catalog_version"],
                    checked_out_at=isoformat(now),
                    expires_at=isoformat(expires_at),
                )
            )
            self._give_block(connection, pack_id, asked["window_id"], shanghai(now).date(), shanghai(expires_at).date())
            self._set_state(connection, visit_id, VisitState.OUT)
            return {"pack_id": pack_id}

        result = self._once(op_id, "visit.checkout", visit_id, asked, device_id, work, asked["window_id"])
        return self._proved(result, key)

    def extend(self, op_id: str, visit_id: str, asked: Mapping[str, Any], device_id: str, key: str) -> Result:
        """Let a pack hold so many days from now. asked: EXTEND. Problem 404: the device does not have it (any more)."""

        def work(connection: Connection) -> JsonObject:
            self._locked(connection, visit_id)
            row = self._pack(connection, asked["pack_id"], visit_id, device_id)
            if row.state != OUT:
                raise Problem(404, "no-pack", "本机没有领取这个任务包", "任务包已交回，或已由其他窗口重新领取。")
            now = self._clock.now()
            until = max(now + dt.timedelta(days=asked["days"]), parse_iso(row.expires_at))
            reached = max(block.to_day for block in self._blocks(connection, pack_id=row.pack_id))
            last = shanghai(until).date()
            if last > reached:
                # What was expired for days gets no numbers for days that are over.
                begin = max(reached + dt.timedelta(days=1), shanghai(now).date())
                self._give_block(connection, row.pack_id, row.window_id, begin, last)
            values = {"expires_at": isoformat(until)}
            connection.execute(update(visit_packs).where(visit_packs.c.pack_id == row.pack_id).values(values))
            self._tell(connection, visit_id)
            return {"pack_id": row.pack_id}

        with self._database.read() as connection:
            window_id = self._pack(connection, asked["pack_id"], visit_id, device_id).window_id
        result = self._once(op_id, "visit.extend", visit_id, asked, device_id, work, window_id)
        return self._proved(result, key)

    def give_back(self, op_id: str, visit_id: str, asked: Mapping[str, Any], device_id: str) -> Result:
        """Take a pack back and merge what came of it. asked: RETURN.

        Problem 404: never this device's. 422: a case that was accepted under it has not arrived: it must be sent first,
        or the visit would look settled without it. A pack that was taken over meanwhile may still be returned: what was
        done under it counts, and the visit stays with who has it now.
        """

        def work(connection: Connection) -> JsonObject:
            visit = self._locked(connection, visit_id)
            row = self._pack(connection, asked["pack_id"], visit_id, device_id)
            mine = select(cases.c.case_id, cases.c.case_no).where(
                cases.c.case_id.in_(asked["cases"]), cases.c.device_id == device_id
            )
            held = {case.case_id: case.case_no for case in connection.execute(mine)}
            if len(held) != len(set(asked["cases"])):
                lacks = len(set(asked["cases"])) - len(held)
                raise Problem(422, "cases-missing", "还有办件没有上报", f"任务包下受理的 {lacks} 件平台还没有收到")
            now = self._clock.now()
            outcome = json.loads(visit.outcome)
            outcome["cases"] = {**outcome.get("cases", {}), **held}
            if asked["note"]:
                said = {"at": isoformat(now), "clerk": asked["clerk"], "text": asked["note"]}
                outcome["notes"] = [*outcome.get("notes", ()), said]
            text = h.canonical(outcome).decode()
            connection.execute(update(visits).where(visits.c.visit_id == visit_id).values(outcome=text))
            was_out = row.state == OUT
            self._end(connection, row.pack_id, RETURNED, now)
            state = VisitState(visit.state)
            if was_out and state is not VisitState.CANCELLED:
                state = VisitState.DONE if asked["done"] else VisitState.OPEN
            elif asked["done"] and state is VisitState.OPEN:
                state = VisitState.DONE
            self._set_state(connection, visit_id, state)
            return {"pack_id": row.pack_id, "state": state.value}

        return self._once(op_id, "visit.return", visit_id, asked, device_id, work)

    def revoke(self, device_id: str) -> int:
        """A device is given up: the visits whose packs it has can be checked out by others. How many."""
        mine = select(visit_packs.c.pack_id, visit_packs.c.visit_id).where(
            visit_packs.c.device_id == device_id, visit_packs.c.state == OUT
        )
        with self._database.write() as connection:
            found = connection.execute(mine).all()
            for row in found:
                self._end(connection, row.pack_id, REVOKED, self._clock.now())
                if self._locked(connection, row.visit_id).state == VisitState.OUT:
                    self._set_state(connection, row.visit_id, VisitState.OPEN)
        return len(found)

    def outcome(self, visit_id: str) -> JsonObject:
        """What came of a visit: case_id -> case_no, and the notes. KeyError: no such visit."""
        with self._database.read() as connection:
            text = connection.scalar(select(visits.c.outcome).where(visits.c.visit_id == visit_id))
        if text is None:
            raise KeyError(visit_id)
        found: JsonObject = json.loads(text)
        return found

    def _once(
        self,
        op_id: str,
        kind: str,
        visit_id: str,
        asked: Mapping[str, Any],
        device_id: str,
        work: Callable[[Connection], JsonObject],
        window_id: str = "",
    ) -> Result:
        """Do it once an operation, and one thing a visit at a time. window_id: whose numbers are given out."""
        request_hash = h.sha256_hex(h.canonical([visit_id, dict(asked)]))
        # Blocks are looked for among all of a window: two requests must not find the same one.
        claims = [f"op:{op_id}", f"visit:{visit_id}", *([f"blocks:{window_id}"] if window_id else [])]
        with self._database.write(*claims) as connection:
            known = recall(connection, op_id, kind, device_id, request_hash)
            if known:
                return known
            result = Result(200, work(connection))
            remember(connection, op_id, kind, device_id, request_hash, result, isoformat(self._clock.now()))
            return result

    def _free(self, connection: Connection, visit_id: str, device_id: str, now: dt.datetime) -> None:
        """End the pack that stands in the way, if it may be: the device's own, or an expired one. Problem 409 else."""
        mine = select(visit_packs).where(visit_packs.c.visit_id == visit_id, visit_packs.c.state == OUT)
        row = connection.execute(mine).one_or_none()
        if row is None:
            return
        if row.device_id != device_id and parse_iso(row.expires_at) > now:
            until = shanghai(parse_iso(row.expires_at))
            who = f"{row.clerk}（{row.window_id} 窗口，设备 {row.device_id}）已领取，{until:%m-%d %H:%M} 到期"
            raise Problem(409, "held", "任务包已被领取", who)
        self._end(connection, row.pack_id, REVOKED, now)

    def _give_block(
        self, connection: Connection, pack_id: str, window_id: str, from_day: dt.date, to_day: dt.date
    ) -> None:
        block = free_block(
            self._blocks(connection, window_id=window_id, since=from_day), window_id, from_day, to_day, BLOCK_SIZE
        )
        if block is None:
            raise Problem(
                409, "held", "没有可用的号段", f"{window_id} 窗口同时领取的任务包过多，请先交回已办完的任务包。"
            )
        connection.execute(number_blocks.insert().values(pack_id=pack_id, **block_document(block)))

    def _blocks(
        self, connection: Connection, *, pack_id: str = "", window_id: str = "", since: dt.date | None = None
    ) -> list[NumberBlock]:
        query = select(number_blocks)
        if pack_id:
            query = query.where(number_blocks.c.pack_id == pack_id)
        if window_id:
            query = query.where(number_blocks.c.window_id == window_id)
        if since is not None:
            query = query.where(number_blocks.c.to_day >= since.isoformat())
        rows = connection.execute(query.order_by(number_blocks.c.from_day)).mappings()
        return [read_block(dict(row)) for row in rows]

    def _proved(self, result: Result, key: str) -> Result:
        """The whole pack in the place of its id; put together anew for a repetition too: that is the present one."""
        with self._database.read() as connection:
            row = connection.execute(
                select(visit_packs, visits.c.document)
                .join(visits, visits.c.visit_id == visit_packs.c.visit_id)
                .where(visit_packs.c.pack_id == result.document["pack_id"])
            ).one()
            blocks = self._blocks(connection, pack_id=row.pack_id)
        trust = self._feeds.current("trust", "snapshot") or {}
        catalog = self._feeds.current("catalog", "catalog") or {}
        pack = {
            **json.loads(row.document),
            "pack_id": row.pack_id,
            "device_id": row.device_id,
            "clerk": row.clerk,
            "catalog_version": str(catalog.get("version", "")) or row.catalog_version,
            "trust_version": int(trust.get("version", 0)),
            "blocks": [block_document(block) for block in blocks],
            "checked_out_at": row.checked_out_at,
            "expires_at": row.expires_at,
        }
        return replace(result, document={"pack": pack, "proof": h.pack_proof(key, pack)})

    def _locked(self, connection: Connection, visit_id: str) -> Row[Any]:
        row = connection.execute(select(visits).where(visits.c.visit_id == visit_id).with_for_update()).one_or_none()
        if row is None:
            raise Problem(404, "no-visit", "没有这次外出服务", "它可能已被撤销，请刷新清单。")
        return row

    def _pack(self, connection: Connection, pack_id: str, visit_id: str, device_id: str) -> Row[Any]:
        mine = select(visit_packs).where(
            visit_packs.c.pack_id == pack_id,
            visit_packs.c.visit_id == visit_id,
            visit_packs.c.device_id == device_id,
        )
        row = connection.execute(mine).one_or_none()
        if row is None:
            raise Problem(404, "no-pack", "本机没有领取这个任务包", "请在清单中重新领取。")
        return row

    def _end(self, connection: Connection, pack_id: str, state: str, now: dt.datetime) -> None:
        values = {"state": state, "ended_at": isoformat(now)}
        connection.execute(update(visit_packs).where(visit_packs.c.pack_id == pack_id).values(values))

    def _set_state(self, connection: Connection, visit_id: str, state: VisitState) -> None:
        connection.execute(update(visits).where(visits.c.visit_id == visit_id).values(state=state.value))
        self._tell(connection, visit_id)

    def _tell(self, connection: Connection, visit_id: str) -> None:
        """Bring the list up to date."""
        row = connection.execute(select(visits).where(visits.c.visit_id == visit_id)).one()
        if row.state == VisitState.CANCELLED:
            self._feeds.put(connection, FEED, visit_id, None)
            return
        out = connection.execute(
            select(visit_packs).where(visit_packs.c.visit_id == visit_id, visit_packs.c.state == OUT)
        ).one_or_none()
        document = json.loads(row.document)
        shown = {
            **{name: document[name] for name in _SHOWN},
            "state": row.state,
            "holder": f"{out.clerk}（{out.window_id}）" if out is not None else "",
            "holder_device": out.device_id if out is not None else "",
            "until": out.expires_at if out is not None else None,
        }
        self._feeds.put(connection, FEED, visit_id, shown)
