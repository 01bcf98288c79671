"""Visit packs 外出任务包 on this machine: what was checked out, which visits began from it, whose numbers they take.

A pack's body holds personal data and lies in the encrypted database like everything else; when it is returned, the body
goes. What remains is that there was such a pack, and which accepted visits belonged to it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.case import AuditEvent, CaseState, OutboxState
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import Defect, Refused
from app.domain.visit_pack import NumberBlock, PackState
from offline_db import audit
from offline_db.journal import JournalPart
from offline_db.rows import FINISHED, to_json
from offline_db.schema import cases, counters, drafts, outbox, pack_visits, visit_packs

_KEY = "pack:"
"""Before the pack's id in the key of its counters: the window's own are counted apart."""


@dataclass(frozen=True, slots=True)
class StoredPack:
    """A pack as it was saved. body: app.server.visit_wire's document; empty once it was returned.

    return_op: the operation under which it is given back, "" before that. done, note: what is said then.
    """

    pack_id: str
    visit_id: str
    state: PackState
    body: dict[str, Any]
    expires_at: dt.datetime
    return_op: str = ""
    done: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackWork:
    """What was done under a pack. cases: ids of those accepted. unsent: entries of theirs that the outbox still holds;
    parked: those of them that need a person. drafts: visits begun and not finished."""

    cases: tuple[str, ...] = ()
    unsent: int = 0
    parked: int = 0
    drafts: tuple[str, ...] = ()


class VisitPackPart(JournalPart):
    """The store's visit packs."""

    def save_pack(
        self, pack_id: str, visit_id: str, body: Mapping[str, Any], expires_at: dt.datetime, event: AuditEvent
    ) -> None:
        """Keep a pack that was checked out, or one that was extended in the place of its older self. On the disk when
        this returns."""
        values = {"visit_id": visit_id, "body": to_json(dict(body)), "expires_at": isoformat(expires_at)}
        with self._db.write() as connection:
            mine = visit_packs.c.pack_id == pack_id
            if not connection.execute(sa.update(visit_packs).where(mine).values(values)).rowcount:
                # A new pack of the same visit: the platform has closed the old one, and numbers must not come of both.
                old = sa.and_(visit_packs.c.visit_id == visit_id, visit_packs.c.state != PackState.RETURNED.value)
                connection.execute(sa.update(visit_packs).where(old).values(state=PackState.RETURNED.value, body="{}"))
                values |= {"pack_id": pack_id, "state": PackState.ON_HAND.value}
                connection.execute(sa.insert(visit_packs).values(values))
            audit.append(connection, self._keys.audit, event)

    def packs(self) -> list[StoredPack]:
        """Those not returned, the one that expires first at the head."""
        query = (
            sa.select(visit_packs)
            .where(visit_packs.c.state != PackState.RETURNED.value)
            .order_by(visit_packs.c.expires_at, visit_packs.c.pack_id)
        )
        with self._db.read() as connection:
            return [_stored(row) for row in connection.execute(query).mappings()]

    def pack(self, pack_id: str) -> StoredPack | None:
        """One pack, the returned ones too; None when it was never here."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(visit_packs).where(visit_packs.c.pack_id == pack_id)).mappings().first()
        return None if row is None else _stored(row)

    def bind_visit(self, visit_id: str, pack_id: str) -> None:
        """A visit begins from a pack: its numbers will be the pack's."""
        with self._db.write() as connection:
            connection.execute(sa.insert(pack_visits).values(visit_id=visit_id, pack_id=pack_id))

    def pack_of_visit(self, visit_id: str) -> StoredPack | None:
        """The pack that a visit began from; None for one that began at the counter."""
        query = sa.select(visit_packs).join(pack_visits, pack_visits.c.pack_id == visit_packs.c.pack_id)
        with self._db.read() as connection:
            row = connection.execute(query.where(pack_visits.c.visit_id == visit_id)).mappings().first()
        return None if row is None else _stored(row)

    def reserve_visit_numbers(self, visit_id: str, window_id: str, day: dt.date, count: int) -> tuple[int, ...]:
        """The next `count` counters for the cases of a visit: the window's own, or of the block of the pack that the
        visit began from. Committed by themselves, as `reserve_numbers` says.

        Refused: the pack has expired, is being returned, has no numbers for this window and day, or none left.
        """
        pack = self.pack_of_visit(visit_id)
        if pack is None:
            return self.reserve_numbers(window_id, day, count)
        if count < 1:
            raise ValueError(f"count: {count}")
        key = _KEY + pack.pack_id
        where = sa.and_(counters.c.window_id == key, counters.c.day == day.isoformat())
        with self._db.write() as connection:
            # Read again under the writer's lock: it may be given back at this moment.
            row = connection.execute(sa.select(visit_packs).where(visit_packs.c.pack_id == pack.pack_id)).mappings()
            block = _usable_block(_stored(row.one()), window_id, day, self._clock.now())
            last = connection.scalar(sa.select(counters.c.last).where(where))
            before = block.first - 1 if last is None else last
            if before + count > block.last:
                raise Refused(
                    "任务包的流水号已用完",
                    f"今天的号段 {block.first}–{block.last} 不够再受理 {count} 件。",
                    "草稿已保存；请明天再受理，或回到窗口办理。",
                )
            if last is None:
                connection.execute(sa.insert(counters).values(window_id=key, day=day.isoformat(), last=before + count))
            else:
                connection.execute(sa.update(counters).where(where).values(last=before + count))
        return tuple(range(before + 1, before + count + 1))

    def pack_work(self, pack_id: str) -> PackWork:
        """What was done under a pack so far."""
        mine = sa.select(pack_visits.c.visit_id).where(pack_visits.c.pack_id == pack_id)
        # What was refused and taken back by a person never reaches the platform.
        real = cases.c.state != CaseState.WITHDRAWN.value
        accepted = sa.select(cases.c.case_id).where(cases.c.visit_id.in_(mine), real).order_by(cases.c.seq)
        begun = sa.select(drafts.c.draft_id).where(drafts.c.draft_id.in_(mine)).order_by(drafts.c.saved_at)
        with self._db.read() as connection:
            ids = tuple(connection.scalars(accepted))
            states = list(
                connection.scalars(
                    sa.select(outbox.c.state).where(outbox.c.case_id.in_(ids), outbox.c.state.not_in(FINISHED))
                )
            )
            parked = states.count(OutboxState.PARKED.value)
            return PackWork(ids, len(states), parked, tuple(connection.scalars(begun)))

    def begin_return(self, pack_id: str, op_id: str, *, done: bool, note: str) -> StoredPack:
        """Nothing more is accepted under the pack from now on. A return that was begun before keeps its operation.

        Refused while a case of it was not sent, or a visit begun from it waits: looked at under the writer's lock, so
        that none slips in between. Defect: no such pack.
        """
        with self._db.write() as connection:
            row = connection.execute(sa.select(visit_packs).where(visit_packs.c.pack_id == pack_id)).mappings().first()
            if row is None:
                raise Defect("任务包状态出错", "本机没有这个任务包。")
            stored = _stored(row)
            if stored.state is not PackState.ON_HAND:
                return stored
            mine = sa.select(pack_visits.c.visit_id).where(pack_visits.c.pack_id == pack_id)
            ids = sa.select(cases.c.case_id).where(cases.c.visit_id.in_(mine))
            unsent = sa.select(sa.func.count()).where(outbox.c.case_id.in_(ids), outbox.c.state.not_in(FINISHED))
            left = connection.scalar(unsent) or 0
            if left:
                raise Refused("还不能交回", f"有 {left} 条没有上报。", "请联网上传（F9），传完后再交回。")
            begun = sa.select(sa.func.count()).where(drafts.c.draft_id.in_(mine))
            if waiting := connection.scalar(begun) or 0:
                raise Refused("还不能交回", f"有 {waiting} 份没有办完。", "请办完，或在挂起清单中放弃后再交回。")
            values = {"state": PackState.RETURNING.value, "return_op": op_id, "done": int(done), "note": note}
            connection.execute(sa.update(visit_packs).where(visit_packs.c.pack_id == pack_id).values(values))
            return _stored({**row, **values})

    def end_return(self, pack_id: str, event: AuditEvent) -> None:
        """The platform has it back: the pack's personal data goes, and the ties of visits that came to nothing."""
        with self._db.write() as connection:
            mine = visit_packs.c.pack_id == pack_id
            values = {"state": PackState.RETURNED.value, "body": "{}", "note": ""}
            connection.execute(sa.update(visit_packs).where(mine).values(values))
            accepted = sa.select(cases.c.visit_id)
            kept = sa.select(drafts.c.draft_id)
            connection.execute(
                sa.delete(pack_visits).where(
                    pack_visits.c.pack_id == pack_id,
                    pack_visits.c.visit_id.not_in(accepted),
                    pack_visits.c.visit_id.not_in(kept),
                )
            )
            audit.append(connection, self._keys.audit, event)


def _usable_block(pack: StoredPack, window_id: str, day: dt.date, now: dt.datetime) -> NumberBlock:
    if pack.state is not PackState.ON_HAND:
        raise Refused(
            "任务包已交回", "这个任务包已经交回，不能再用它受理。", "草稿已保存；请重新领取，或回到窗口办理。"
        )
    if now >= pack.expires_at:
        raise Refused(
            "任务包已到期",
            "到期后不能再用它受理；草稿和已受理的办件都还在，会照常上报。",
            "请联网后在“外出受理”中延期，再从挂起清单接着办。",
        )
    for entry in pack.body["blocks"]:
        days = (dt.date.fromisoformat(entry[name]) for name in ("from_day", "to_day"))
        block = NumberBlock(entry["window_id"], entry["first"], entry["last"], *days)
        if block.holds(window_id, day):
            return block
    # Before the first day the clock must be wrong: a number of a day that is not ours could be somebody else's.
    raise Refused(
        "任务包没有今天的流水号",
        f"本机日期 {day.isoformat()}、窗口 {window_id} 不在任务包的号段内。",
        "请核对电脑的日期和时间；日期无误的，联网后重新领取任务包。",
    )


def _stored(row: Mapping[str, Any] | sa.RowMapping) -> StoredPack:
    return StoredPack(
        row["pack_id"],
        row["visit_id"],
        PackState(row["state"]),
        json.loads(row["body"]),
        parse_iso(row["expires_at"]),
        row["return_op"],
        bool(row["done"]),
        row["note"],
    )
