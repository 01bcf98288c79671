"""Possible duplicates 疑似重复: two windows accepted the same item for the same applicant within a few days.

Offline windows cannot know of each other, so both cases are taken in. Both windows are then told by a message, and a
person at one of them says what it is; nothing is ever merged or dropped by itself. A case is looked at after it was
committed and before it is acknowledged, also when its arrival is repeated: of two that arrive at the same moment the
later at least sees the other, and none is acknowledged unseen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, text

from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.gateway.database import Database
from app.gateway.feeds import MESSAGES, Feeds
from app.gateway.problems import Problem
from app.gateway.tables import case_doubles, cases
from app.gateway.talk import Talk
from app.server.checking import JsonObject

DAYS = 7
"""So many days between two acceptances are still suspicious."""
_ARRIVED = dt.timedelta(days=30 + DAYS)
"""How long ago the other one may have arrived: as long as a window may be offline, and the days between."""
_LOOKED_AT = 8
"""So many of the newest are compared. A case makes one pair at most, which is what a person needs to begin to look:
whoever hands in the same for one firm at every window does not drown them in messages."""
_OTHERS = f"""
SELECT other.case_id FROM cases AS other
WHERE other.double_key = {{0}} AND other.case_id <> {{1}} AND other.device_id <> {{2}} AND other.received_at >= {{3}}
ORDER BY other.received_at DESC LIMIT {_LOOKED_AT}
"""  # noqa: S608 - the driver's placeholders, and a number of ours
_OF_ONE = _OTHERS.format(":key", ":case_id", ":device_id", ":since")
_MINE = ("mine.key", "mine.case_id", "mine.device_id", "%(since)s")
_OF_MANY = f"""
SELECT mine.case_id, found.case_id
FROM json_to_recordset(%(arrived)s::json) AS mine (case_id text, key text, device_id text)
CROSS JOIN LATERAL ({_OTHERS.format(*_MINE)}) AS found
"""  # noqa: S608


def double_key(number: str, item_code: str) -> str | None:
    """The same for two cases of one applicant and item; None for an applicant without a number."""
    plain = number.strip().upper()
    return hashlib.sha256(f"{plain}\0{item_code}".encode()).hexdigest() if plain else None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A case that stands here. key: its `double_key`."""

    case_id: str
    key: str | None
    device_id: str


class DoubleDesk:
    """Finds the pairs, tells both windows, and writes down what a person said."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def look(self, arrived: Sequence[Arrived]) -> None:
        """Called once these cases stand here, before they are acknowledged. Looking twice finds nothing new.

        Only other windows' cases count: whoever hands in two for one person at one window means it.
        """
        since = isoformat(self._clock.now() - _ARRIVED)
        for one in self._database.carry(self.glancing(arrived)) if self._database.is_postgres else arrived:
            others = [] if one.key is None else self._others(one, since)
            if others:
                self._pair(one.case_id, others)

    def glancing(self, arrived: Sequence[Arrived]) -> Talk[list[Arrived]]:
        """Those of them that `look` should see: every case asks, and nearly all for nothing."""
        asked = [one for one in arrived if one.key is not None]
        if not asked:
            return []
        rows = [{"case_id": one.case_id, "key": one.key, "device_id": one.device_id} for one in asked]
        since = isoformat(self._clock.now() - _ARRIVED)
        found = yield _OF_MANY, {"arrived": json.dumps(rows), "since": since}
        if found is None:
            return asked
        met = {case_id for case_id, _ in found}
        return [one for one in asked if one.case_id in met]

    def _others(self, one: Arrived, since: str) -> list[str]:
        values = {"key": one.key, "case_id": one.case_id, "device_id": one.device_id, "since": since}
        with self._database.read() as connection:
            return list(connection.scalars(text(_OF_ONE), values))

    def settle(self, double_id: str, document: JsonObject, device_id: str) -> JsonObject:
        """What a person says of a pair; both windows hear it. The first word stands.

        document: `app.server.message_schemas.SETTLE_DOUBLE`; its case is the device's own. Said again the same way, the
        answer is the same. Problem 404: no such pair of this device; 422: it was settled otherwise before.
        """
        with self._database.write(f"double:{double_id}") as connection:
            row = connection.execute(select(case_doubles).where(case_doubles.c.double_id == double_id)).one_or_none()
            mine = str(document["case_id"])
            pair = (row.earlier, row.later) if row is not None else ()
            standing = {case_id: _standing(connection, case_id) for case_id in sorted(pair)}
            if row is None or mine not in standing or standing[mine].device_id != device_id:
                raise Problem(404, "no-double", "没有这条疑似重复", "不存在，或者不属于本设备")
            other = row.later if mine == row.earlier else row.earlier
            keep = {"both": "", "mine": mine, "other": other}[document["decision"]]
            if row.settled_at is None:
                values = {"settled_at": isoformat(self._clock.now()), "clerk": document["clerk"], "keep": keep}
                mark = case_doubles.update().where(case_doubles.c.double_id == double_id)
                connection.execute(mark.values(device_id=device_id, **values))
                self._tell_both(connection, double_id)
            elif row.keep != keep:
                raise Problem(422, "settled", "已有人处理过", _decision_words(row.keep, standing))
            return {"double_id": double_id, "keep": keep}

    def open_pairs(self) -> list[str]:
        """The pairs that nobody has settled, the oldest first."""
        query = select(case_doubles.c.double_id).where(case_doubles.c.settled_at.is_(None))
        with self._database.read() as connection:
            return list(connection.scalars(query.order_by(case_doubles.c.found_at)))

    def _pair(self, case_id: str, others: list[str]) -> None:
        with self._database.write() as connection:
            mine = _standing(connection, case_id)
            near = (other for other in (_standing(connection, one) for one in others) if _suspicious(mine, other))
            other = next(near, None)
            if other is None:
                return
            earlier, later = sorted((mine, other), key=lambda row: (row.received_at, row.case_id))
            double_id = ".".join(sorted((mine.case_id, other.case_id)))
            values = {"double_id": double_id, "earlier": earlier.case_id, "later": later.case_id}
            values |= {"found_at": isoformat(self._clock.now()), "keep": "", "device_id": "", "clerk": ""}
            statement: Any = self._database.insert(case_doubles).values(values)
            if connection.execute(statement.on_conflict_do_nothing()).rowcount:
                self._tell_both(connection, double_id)

    def _tell_both(self, connection: Connection, double_id: str) -> None:
        pair = connection.execute(select(case_doubles).where(case_doubles.c.double_id == double_id)).one()
        rows = {case_id: _standing(connection, case_id) for case_id in (pair.earlier, pair.later)}
        for mine, other in ((rows[pair.earlier], rows[pair.later]), (rows[pair.later], rows[pair.earlier])):
            window = json.loads(other.document)["window"]
            accepted = shanghai(_accepted_at(other))
            place = f"{window['hall']}{window['name']}"
            if pair.settled_at is None:
                words = f"疑似重复：{place}在 {accepted:%m-%d %H:%M} 也受理了同一申请人的同一事项。"
            else:
                words = f"疑似重复已处理：{_decision_words(pair.keep, rows)}。"
            document = {
                "id": f"{mine.case_id}.double.{other.case_id}",
                "kind": "notice",
                "case_id": mine.case_id,
                "case_no": mine.case_no,
                "provisional_no": mine.provisional_no,
                "stage": mine.stage,
                "at": isoformat(self._clock.now()),
                "words": words,
                "due": None,
                "result": "",
                "double": {
                    "double_id": double_id,
                    "case_no": other.case_no,
                    "provisional_no": other.provisional_no,
                    "place": place,
                    "accepted_at": isoformat(_accepted_at(other)),
                    "decision": _decision(pair, mine.case_id),
                    "clerk": pair.clerk,
                },
            }
            self._feeds.put(connection, MESSAGES, document["id"], document, mine.device_id)


def _standing(connection: Connection, case_id: str) -> Row[Any]:
    return connection.execute(select(cases).where(cases.c.case_id == case_id)).one()


def _accepted_at(row: Row[Any]) -> dt.datetime:
    return parse_iso(json.loads(row.document)["accepted_at"])


def _suspicious(one: Row[Any], other: Row[Any]) -> bool:
    """Near in time; a clock that cannot be believed excuses nobody."""
    apart = abs(_accepted_at(one) - _accepted_at(other))
    return bool(one.time_suspect or other.time_suspect or apart <= dt.timedelta(days=DAYS))


def _decision(pair: Row[Any], mine: str) -> str:
    if pair.settled_at is None:
        return ""
    return {"": "both", mine: "mine"}.get(pair.keep, "other")


def _decision_words(keep: str, rows: dict[str, Row[Any]]) -> str:
    """For a clerk: what somebody said of the pair."""
    if not keep:
        return "两件都要办"
    return f"是同一件事，以受理流水号 {rows[keep].provisional_no} 为准，另一件请办理部门按重复件处理"
