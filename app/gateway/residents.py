"""The register of foreign residents: registered once after a check that passed, served by a signed code, forgotten when
the code ends. Every use is written down, the refused ones too."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import secrets
import uuid
from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.errors import BadInput
from app.domain.person import mask, mask_name
from app.domain.resident import VALID, Deed, Standing
from app.domain.shared_data import QueryPolicy
from app.gateway.cases import Result, recall, remember
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.paper_keys import PaperKeyDesk
from app.gateway.problems import Problem
from app.gateway.tables import resident_log, residents
from app.identity.personal_code import ID_BYTES, BadPersonalCode, PersonalCode, make_code, open_code
from app.licences.snapshot import pin_of
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.query_policy import FEED, POLICY_ID, read_policy
from app.server.resident_client import read_person

ENDED = "resident-code-"
"""Entities of the feed `policies`: a code that was revoked or replaced, so that windows know it offline."""
_KIND = "resident"
_EMPTY = QueryPolicy({}, {}, ())
_JPEG = b"\xff\xd8\xff"


class ResidentDesk:
    """keys: the platform's own key signs the codes."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock, keys: PaperKeyDesk) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._keys = keys

    def register(self, op_id: str, document: JsonObject, device_id: str) -> Result:
        """Register a person and sign their code; codes of the same person end. document: resident_schemas.REGISTER.

        Problem 403: no grant. 409: the operation or the person is being worked on. 422: the document has run out, the
        portrait is no JPEG, or the key stands for something else.
        """
        person, now = document["person"], self._clock.now()
        self._granted(document, device_id, Deed.REGISTER, "", _who(person["facts"]))
        until = self._until(person, now)
        person_key = self._person_key(person["facts"])
        request_hash = h.sha256_hex(h.canonical(document))
        with self._database.write(f"op:{op_id}", f"resident:{person_key}") as connection:
            known = recall(connection, op_id, _KIND, device_id, request_hash)
            if known:
                return known
            mine = (residents.c.person_key == person_key, residents.c.state == Standing.FOUND)
            before = list(connection.scalars(select(residents.c.code_id).where(*mine)))
            for code_id in before:
                self._end(connection, code_id, Standing.REPLACED, "重新登记")
            code_id = secrets.token_bytes(ID_BYTES)
            connection.execute(
                residents.insert().values(
                    code_id=code_id.hex(),
                    person_key=person_key,
                    state=Standing.FOUND.value,
                    person=h.canonical(person).decode(),
                    place=document["place"],
                    consent=h.canonical(document["consent"]).decode(),
                    check_record=document["check"]["record"],
                    device_id=device_id,
                    clerk=document["clerk"],
                    registered_at=isoformat(now),
                    until=isoformat(until),
                    ended_at=None,
                    reason="",
                )
            )
            who = _who(person["facts"])
            reference = self._write_down(connection, document, device_id, Deed.REGISTER, code_id.hex(), who, "found")
            answer = {
                "code_id": code_id.hex(),
                "code": make_code(code_id, self._keys.signing_key(), now, until),
                "registered_at": isoformat(now),
                "until": isoformat(until),
                "reference": reference,
                "replaced": before,
            }
            result = Result(200, answer)
            remember(connection, op_id, _KIND, device_id, request_hash, result, isoformat(now))
        return result

    def serve(self, document: JsonObject, device_id: str) -> JsonObject:
        """Whose code it is, or why it serves nobody. Problem 403: no grant. 422: no code that this platform signed."""
        code = self._read(document["code"])
        code_id = code.code_id
        self._granted(document, device_id, Deed.SERVE, code_id, "")
        with self._database.write() as connection:
            row = self._row(connection, code_id)
            standing = self._standing(row, code)
            person = json.loads(row.person) if row is not None and standing is Standing.FOUND else None
            who = _who(person["facts"]) if person else ""
            reference = self._write_down(connection, document, device_id, Deed.SERVE, code_id, who, standing)
        resident = None
        if row is not None and person is not None:
            resident = {
                "code_id": code_id,
                "person": person,
                "registered_at": row.registered_at,
                "until": row.until,
                "place": row.place,
            }
        return {
            "standing": standing.value,
            "reference": reference,
            "at": isoformat(self._clock.now()),
            "resident": resident,
            "ended_at": row.ended_at if row is not None and resident is None else None,
        }

    def revoke(self, document: JsonObject, device_id: str) -> JsonObject:
        """End a code and forget the person. Problems as `serve`. A code that ended stays as it ended."""
        code = self._read(document["code"])
        code_id = code.code_id
        self._granted(document, device_id, Deed.REVOKE, code_id, "")
        with self._database.write(f"resident-code:{code_id}") as connection:
            row = self._row(connection, code_id)
            standing = self._standing(row, code)
            if row is not None and row.state == Standing.FOUND:
                self._end(connection, code_id, Standing.REVOKED, document["reason"])
                standing = Standing.REVOKED
            reference = self._write_down(
                connection, document, device_id, Deed.REVOKE, code_id, "", standing, document["reason"]
            )
        return {
            "code_id": code_id,
            "standing": standing.value,
            "reference": reference,
            "at": isoformat(self._clock.now()),
        }

    def log(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest uses, for whoever supervises; names and numbers masked."""
        newest = select(resident_log).order_by(resident_log.c.at.desc(), resident_log.c.reference).limit(limit)
        with self._database.read() as connection:
            return [dict(row) for row in connection.execute(newest).mappings()]

    def tidy(self) -> int:
        """Forget the persons whose codes have run out; how many. The log stays."""
        now = isoformat(self._clock.now())
        over = (residents.c.state == Standing.FOUND.value, residents.c.until <= now)
        with self._database.write() as connection:
            done = connection.execute(
                update(residents).where(*over).values(state=Standing.EXPIRED.value, person="{}", ended_at=now)
            )
            return int(done.rowcount)

    # --------------------------------------------------------------------------------------------------- inside

    def _until(self, person: JsonObject, now: dt.datetime) -> dt.datetime:
        """A year, and never longer than the document holds."""
        try:
            read_person(person)
            portrait = person["portrait"]
            if portrait and not base64.b64decode(portrait, validate=True).startswith(_JPEG):
                raise ValueError("portrait")
            over = dt.date.fromisoformat(person["facts"]["valid_to"])
        except (BadInput, ValueError, binascii.Error) as error:
            raise Problem(422, "bad-person", "登记信息有误", "必填项、有效期或照片不对") from error
        if over < shanghai(now).date():
            raise Problem(422, "document-over", "证件已过期，不能登记", str(over))
        ends = dt.datetime.combine(over, dt.time(23, 59, 59), shanghai(now).tzinfo).astimezone(dt.UTC)
        return min(now + dt.timedelta(days=VALID), ends)

    def _read(self, text: str) -> PersonalCode:
        try:
            return open_code(text, [pin_of(self._keys.signing_key())])
        except BadPersonalCode as error:
            raise Problem(422, "bad-code", error.title, error.what) from error

    def _row(self, connection: Connection, code_id: str) -> Row[Any] | None:
        return connection.execute(
            select(residents).where(residents.c.code_id == code_id).with_for_update()
        ).one_or_none()

    def _standing(self, row: Row[Any] | None, code: PersonalCode) -> Standing:
        if row is None:
            return Standing.UNKNOWN
        if row.state in (Standing.REVOKED, Standing.REPLACED):
            return Standing(row.state)
        over = min(code.until, parse_iso(row.until)) <= self._clock.now()
        return Standing.EXPIRED if over else Standing(row.state)

    def _end(self, connection: Connection, code_id: str, state: Standing, reason: str) -> None:
        now = isoformat(self._clock.now())
        connection.execute(
            update(residents)
            .where(residents.c.code_id == code_id)
            .values(state=state.value, person="{}", ended_at=now, reason=reason)
        )
        document = {"id": ENDED + code_id, "code_id": code_id, "state": state.value, "ended_at": now}
        self._feeds.put(connection, FEED, ENDED + code_id, document)

    def _person_key(self, facts: JsonObject) -> str:
        secret = hashlib.sha256(b"residents\0" + self._keys.signing_key().to_pem()).digest()
        said = f"{facts['nationality']}\0{facts['travel_document_number']}".upper()
        return hmac.digest(secret, said.encode(), "sha256").hex()

    def _granted(self, document: JsonObject, device_id: str, deed: Deed, code_id: str, who: str) -> None:
        policy = self._feeds.current(FEED, POLICY_ID)
        table = _EMPTY if policy is None else read_policy(policy)
        reason = table.resident_refusal(document["scenario"], document["purpose"], deed)
        if not reason:
            return
        with self._database.write() as connection:
            self._write_down(connection, document, device_id, deed, code_id, who, "refused", reason)
        raise Problem(403, "resident-not-granted", "没有使用来访人服务码的授权", reason)

    def _write_down(
        self,
        connection: Connection,
        document: JsonObject,
        device_id: str,
        deed: Deed,
        code_id: str,
        who: str,
        outcome: str,
        reason: str = "",
    ) -> str:
        now = self._clock.now()
        reference = f"P{now:%Y%m%d}{uuid.uuid4().hex[:12].upper()}"
        connection.execute(
            resident_log.insert().values(
                reference=reference,
                at=isoformat(now),
                device_id=device_id,
                clerk=document["clerk"],
                deed=deed.value,
                scenario=document["scenario"],
                purpose=document["purpose"],
                code_id=code_id,
                who=who,
                outcome=str(outcome),
                reason=reason,
            )
        )
        return reference


def _who(facts: JsonObject) -> str:
    name = facts.get("name") or facts.get("name_en", "")
    return f"{mask_name(name)} {mask(facts.get('travel_document_number', ''))}".strip()
