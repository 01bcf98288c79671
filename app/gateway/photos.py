"""Photographs of people that any window may use, with their consent: kept once, found by the number of a document that
a window has read, taken back anywhere (docs/adr/0040-photographs.md). Every use is written down.

No name and no number is kept: a person is a keyed digest, and each picture is encrypted under a key made of the
platform's secret and the number that the window says. The secret lies beside the files, not in the database.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac
import uuid
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.errors import BadInput
from app.domain.photo import ENDED, MOST_DAYS, PhotoDeed, PhotoStanding
from app.gateway.cases import Result, recall, remember
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.photo_tables import photo_log, photos
from app.gateway.problems import Problem
from app.gateway.secret_file import seal, secret_of, unseal
from app.materials.metadata import portrait_fault
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.photo_schemas import MAX_JPEG
from app.server.query_policy import FEED

MOST_A_DAY = 400
"""Times that one window may look for, and open, photographs: some four times what a busy one does. The numbers of
people are few enough to be tried out, and this is not the place for it."""
_KIND = "photo"


class PhotoDesk:
    """folder: of the files; the secret lies in PHOTOS/ beneath it, and several gateways of a hall share it."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock, folder: Path) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._folder = folder / "photos"

    def keep(self, op_id: str, document: JsonObject, device_id: str, client_time: str | None = None) -> Result:
        """Keep a shot in place of an earlier one. document: photo_schemas.KEEP. client_time: by the window's clock.

        What came too late is not kept, and says so: the person has taken consent back since, a newer one is here, or
        its days are over. Problem 422: no such picture, or the key or id came before with other content.
        """
        jpeg, person = _picture(document["jpeg"]), self._person_key(document["number"])
        now, photo_id = self._clock.now(), document["photo_id"]
        taken = min(_by_our_clock(document["taken"], client_time, now), now)
        until = shanghai(taken).date() + dt.timedelta(days=MOST_DAYS)
        request_hash = h.sha256_hex(h.canonical(document))
        claims = (f"op:{op_id}", f"photo:{photo_id}", f"photo-person:{person}")
        with self._database.write(*claims) as connection:
            known = recall(connection, op_id, _KIND, device_id, request_hash)
            if known:
                return known
            row = self._row(connection, photo_id)
            if row is not None and row.person_key and (row.person_key, row.device_id) != (person, device_id):
                raise Problem(422, "photo-known", "这张照片报过，内容不同")
            standing = PhotoStanding(row.state) if row is not None else self._standing_of_new(connection, person, taken)
            if shanghai(now).date() > until:
                standing = PhotoStanding.EXPIRED
            if row is None:
                kept = standing is PhotoStanding.KEPT
                if kept:
                    self._replace(connection, person)
                connection.execute(
                    photos.insert().values(
                        photo_id=photo_id,
                        person_key=person,
                        state=standing.value,
                        picture=self._seal(photo_id, document["number"], jpeg) if kept else b"",
                        taken_at=isoformat(taken),
                        until=until.isoformat(),
                        place=document["place"],
                        device_id=device_id,
                        consent=document["consent"],
                        # Only when consent was taken back counts, not when a shot of before came in.
                        ended_at=None,
                    )
                )
            if standing is not PhotoStanding.KEPT:
                # Its window still has it, and shall not: here too it has ended.
                self._tell_end(connection, photo_id, standing, device_id)
            answer = self._stands(connection, document, device_id, PhotoDeed.KEEP, standing)
            result = Result(200, answer)
            remember(connection, op_id, _KIND, device_id, request_hash, result, isoformat(now))
        return result

    def find(self, document: JsonObject, device_id: str) -> JsonObject:
        """Is there one of whoever has this number? Without the picture. Problem 429: asked too often in a day."""
        person = self._person_key(document["number"])
        with self._database.write() as connection:
            self._not_too_often(connection, device_id)
            row = self._serving(connection, person)
            photo_id, outcome = (row.photo_id, PhotoStanding.KEPT) if row else ("", PhotoStanding.UNKNOWN)
            reference, at = self._write_down(connection, document, device_id, PhotoDeed.FIND, photo_id, outcome)
        found = None
        if row is not None:
            found = {"photo_id": photo_id, "taken": row.taken_at, "until": row.until, "place": row.place}
        return {"photo": found, "reference": reference, "at": at}

    def open(self, document: JsonObject, device_id: str) -> JsonObject:
        """The picture, to whoever also says the number; or why there is none any more. Problem 429 as `find`."""
        person, photo_id = self._person_key(document["number"]), document["photo_id"]
        with self._database.write() as connection:
            self._not_too_often(connection, device_id)
            row = self._row(connection, photo_id)
            standing = self._standing(row) if row is not None else PhotoStanding.UNKNOWN
            jpeg = None
            if row is not None and standing is PhotoStanding.KEPT:
                mine = hmac.compare_digest(row.person_key, person)
                jpeg = self._unseal(photo_id, document["number"], row.picture) if mine else None
                standing = PhotoStanding.UNKNOWN if jpeg is None else standing
            answer = self._stands(connection, document, device_id, PhotoDeed.OPEN, standing)
        return {**answer, "jpeg": base64.b64encode(jpeg).decode() if jpeg is not None else None}

    def withdraw(self, op_id: str, document: JsonObject, device_id: str) -> Result:
        """Forget a photograph at its owner's wish, now. One that has not come yet will not be kept when it does."""
        photo_id, now = document["photo_id"], self._clock.now()
        request_hash = h.sha256_hex(h.canonical(document))
        with self._database.write(f"op:{op_id}", f"photo:{photo_id}") as connection:
            known = recall(connection, op_id, _KIND, device_id, request_hash)
            if known:
                return known
            row = self._row(connection, photo_id)
            if row is None:
                values = {"person_key": "", "picture": b"", "taken_at": isoformat(now), "place": "", "consent": ""}
                connection.execute(
                    photos.insert().values(
                        photo_id=photo_id,
                        state=PhotoStanding.WITHDRAWN.value,
                        until=(shanghai(now).date() + dt.timedelta(days=MOST_DAYS)).isoformat(),
                        device_id=device_id,
                        ended_at=isoformat(now),
                        **values,
                    )
                )
            else:
                self._end(connection, row, PhotoStanding.WITHDRAWN)
            answer = self._stands(connection, document, device_id, PhotoDeed.WITHDRAW, PhotoStanding.WITHDRAWN)
            result = Result(200, answer)
            remember(connection, op_id, _KIND, device_id, request_hash, result, isoformat(now))
        return result

    def count(self) -> int:
        """How many are kept now."""
        kept = select(func.count()).where(photos.c.state == PhotoStanding.KEPT.value)
        with self._database.read() as connection:
            return int(connection.scalar(kept) or 0)

    def log(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest uses, for whoever supervises: window, clerk, visit, nobody's name or number."""
        newest = select(photo_log).order_by(photo_log.c.at.desc(), photo_log.c.reference).limit(limit)
        with self._database.read() as connection:
            return [dict(row) for row in connection.execute(newest).mappings()]

    def tidy(self) -> int:
        """Forget those whose days are over, and that there ever was one; how many. The log stays."""
        today = shanghai(self._clock.now()).date().isoformat()
        with self._database.write() as connection:
            over = connection.execute(
                select(photos.c.photo_id, photos.c.state, photos.c.device_id).where(photos.c.until < today)
            ).all()
            for row in over:
                if row.state != PhotoStanding.KEPT:
                    self._feeds.put(connection, FEED, ENDED + row.photo_id, None, row.device_id)
            connection.execute(delete(photos).where(photos.c.photo_id.in_([row.photo_id for row in over])))
        return len(over)

    # --------------------------------------------------------------------------------------------------- inside

    def _standing_of_new(self, connection: Connection, person: str, taken: dt.datetime) -> PhotoStanding:
        """What becomes of a shot that comes only now, perhaps long after it was taken."""
        same = photos.c.person_key == person
        withdrawn = select(func.max(photos.c.ended_at)).where(same, photos.c.state == PhotoStanding.WITHDRAWN.value)
        if (connection.scalar(withdrawn) or "") >= isoformat(taken):
            return PhotoStanding.WITHDRAWN
        newer = select(func.max(photos.c.taken_at)).where(same, photos.c.state == PhotoStanding.KEPT.value)
        return PhotoStanding.REPLACED if (connection.scalar(newer) or "") > isoformat(taken) else PhotoStanding.KEPT

    def _replace(self, connection: Connection, person: str) -> None:
        mine = (photos.c.person_key == person, photos.c.state == PhotoStanding.KEPT.value)
        for row in connection.execute(select(photos).where(*mine).with_for_update()).all():
            self._end(connection, row, PhotoStanding.REPLACED)

    def _end(self, connection: Connection, row: Row[Any], state: PhotoStanding) -> None:
        if row.state == PhotoStanding.WITHDRAWN:
            return
        connection.execute(
            update(photos)
            .where(photos.c.photo_id == row.photo_id)
            .values(state=state.value, picture=b"", ended_at=isoformat(self._clock.now()))
        )
        self._tell_end(connection, row.photo_id, state, row.device_id)

    def _tell_end(self, connection: Connection, photo_id: str, state: PhotoStanding, device_id: str) -> None:
        entity = ENDED + photo_id
        document = {"id": entity, "photo_id": photo_id, "state": state.value, "at": isoformat(self._clock.now())}
        self._feeds.put(connection, FEED, entity, document, device_id)

    def _serving(self, connection: Connection, person: str) -> Row[Any] | None:
        today = shanghai(self._clock.now()).date().isoformat()
        mine = (photos.c.person_key == person, photos.c.state == PhotoStanding.KEPT.value, photos.c.until >= today)
        return connection.execute(select(photos).where(*mine)).one_or_none()

    def _standing(self, row: Row[Any]) -> PhotoStanding:
        state = PhotoStanding(row.state)
        over = row.until < shanghai(self._clock.now()).date().isoformat()
        return PhotoStanding.EXPIRED if over and state is PhotoStanding.KEPT else state

    def _row(self, connection: Connection, photo_id: str) -> Row[Any] | None:
        return connection.execute(select(photos).where(photos.c.photo_id == photo_id).with_for_update()).one_or_none()

    def _not_too_often(self, connection: Connection, device_id: str) -> None:
        since = isoformat(self._clock.now() - dt.timedelta(days=1))
        asked = photo_log.c.deed.in_((PhotoDeed.FIND.value, PhotoDeed.OPEN.value))
        query = select(func.count()).where(photo_log.c.device_id == device_id, photo_log.c.at > since, asked)
        if int(connection.scalar(query) or 0) >= MOST_A_DAY:
            raise Problem(429, "too-many-photos", "今天查找照片太多", "请联系平台管理员", {"Retry-After": "3600"})

    def _stands(
        self, connection: Connection, document: JsonObject, device_id: str, deed: PhotoDeed, standing: PhotoStanding
    ) -> JsonObject:
        reference, at = self._write_down(connection, document, device_id, deed, document["photo_id"], standing)
        return {"photo_id": document["photo_id"], "standing": standing.value, "reference": reference, "at": at}

    def _write_down(
        self,
        connection: Connection,
        document: JsonObject,
        device_id: str,
        deed: PhotoDeed,
        photo_id: str,
        outcome: PhotoStanding,
    ) -> tuple[str, str]:
        now = self._clock.now()
        reference, at = f"I{now:%Y%m%d}{uuid.uuid4().hex[:12].upper()}", isoformat(now)
        connection.execute(
            photo_log.insert().values(
                reference=reference,
                at=at,
                device_id=device_id,
                place=document["place"],
                clerk=document["clerk"],
                visit_id=document["visit"],
                deed=deed.value,
                photo_id=photo_id,
                outcome=outcome.value,
            )
        )
        return reference, at

    # -------------------------------------------------------------------------------------------------- secrets

    def _person_key(self, number: str) -> str:
        return hmac.digest(self._secret(), b"person\0" + number.upper().encode(), "sha256").hex()

    def _seal(self, photo_id: str, number: str, jpeg: bytes) -> bytes:
        return seal(self._secret(), _purpose(photo_id, number), jpeg, photo_id)

    def _unseal(self, photo_id: str, number: str, sealed: bytes) -> bytes | None:
        return unseal(self._secret(), _purpose(photo_id, number), sealed, photo_id)

    def _secret(self) -> bytes:
        return secret_of(self._folder)


def _purpose(photo_id: str, number: str) -> str:
    return f"yichuang/1/photo/{photo_id}/{number.upper()}"


def _picture(text: str) -> bytes:
    """Problem 422 when it is no picture that a window would have made."""
    try:
        jpeg = base64.b64decode(text, validate=True)
        fault = "文件过大" if len(jpeg) > MAX_JPEG else portrait_fault(jpeg)
    except (binascii.Error, BadInput) as error:
        raise Problem(422, "bad-photo", "照片无法接收", "照片文件不完整或者已损坏") from error
    if fault:
        raise Problem(422, "bad-photo", "照片无法接收", fault)
    return jpeg


def _by_our_clock(said: str, client_time: str | None, now: dt.datetime) -> dt.datetime:
    """When something was that the window says the time of: what its clock is off at the sending, it was off then."""
    try:
        at = parse_iso(said)
        return now - (parse_iso(client_time) - at) if client_time else at
    except (ValueError, OverflowError) as error:
        raise Problem(422, "bad-time", "时间不对", said[:40]) from error
