"""The platform certifies the windows' paper keys, and tells all windows whose keys count.

Its root key stands in the database, which several gateways of a hall share; certificates and revocations go out in the
feed `policies`, so that any window verifies any other's papers, offline too.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519
from sqlalchemy import select

from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.problems import Problem
from app.gateway.tables import feed_rows, meta
from app.licences.cose import Algorithm, SigningKey, public_key_kid
from app.licences.paper_certificate import BadCertificate, issue, read_certificate, request_body
from app.licences.snapshot import Pin, pin_of
from app.server.checking import JsonObject

FEED = "policies"
ROOT = "paper-root"
PREFIX = "paper-key-"
VALID = dt.timedelta(days=730)
_BEFORE = dt.timedelta(hours=1)
"""A window's clock may be slow; its first papers count too."""
_RENEW = dt.timedelta(days=90)
_PRIVATE = "papers.root"


class PaperKeyDesk:
    """Certifies keys. A device has one at a time: certifying another ends the one before, whose papers stay good."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def root(self) -> str:
        """The platform's public key as windows keep it (Pin); made at the first call."""
        return pin_of(self.signing_key()).text

    def publish_root(self) -> None:
        """Tell the windows the root; nothing when they were told."""
        document = {"id": ROOT, "key": self.root()}
        if self._feeds.current(FEED, ROOT) != document:
            self._feeds.publish(FEED, ROOT, document)

    def certify(self, device_id: str, document: JsonObject) -> JsonObject:
        """Certify the key of a device that has shown who it is. The same key again gives the certificate it has, or a
        new one when that ends soon.

        Problem 422: no Ed25519 key, or no proof that the device holds it. 403: the key was revoked, or is another's.
        """
        try:
            pin = Pin.read(document["public_key"])
            proof = base64.b64decode(document["proof"], validate=True)
            window = document["window"]
            key = pin.public_key
            if not isinstance(key, ed25519.Ed25519PublicKey):
                raise ValueError("kind of key")
            key.verify(proof, request_body(device_id, pin, window))
        except (BadInput, ValueError, InvalidSignature) as error:
            raise Problem(422, "bad-key", "密钥无效", "公钥或持有证明不正确") from error
        kid = public_key_kid(key).hex()
        now = self._clock.now()
        with self._database.write(f"paper-key:{device_id}") as connection:
            mine = None
            for row in connection.execute(
                select(feed_rows.c.entity_id, feed_rows.c.document).where(
                    feed_rows.c.feed == FEED, feed_rows.c.entity_id.startswith(PREFIX), ~feed_rows.c.deleted
                )
            ).all():
                entry = json.loads(row.document)
                if row.entity_id == PREFIX + kid:
                    if entry["revoked_at"] or entry["ended_at"] or entry["device"] != device_id:
                        raise Problem(403, "key-revoked", "这把密钥已停用", "请联系平台管理员")
                    mine = entry
                elif entry["device"] == device_id and not entry["ended_at"]:
                    # Another key of the same device: the machine was set up anew.
                    self._feeds.put(connection, FEED, row.entity_id, {**entry, "ended_at": isoformat(now)})
            if mine is None or self._ends_soon(mine, now):
                data = issue(self.signing_key(), pin, device_id, window, now - _BEFORE, now + VALID)
                mine = {
                    "id": PREFIX + kid,
                    "device": device_id,
                    "certificate": base64.b64encode(data).decode(),
                    "ended_at": None,
                    "revoked_at": None,
                }
                self._feeds.put(connection, FEED, PREFIX + kid, mine)
        return {"certificate": mine["certificate"], "root": self.root()}

    def entry(self, kid: bytes) -> dict[str, Any] | None:
        """What is published of a key: device, certificate (Base64), ended_at, revoked_at. None: no such key."""
        return self._feeds.current(FEED, PREFIX + kid.hex())

    def revoke(self, device_id: str) -> int:
        """Papers that this device's keys signed count no more (stolen, retired); how many keys that were."""
        now, count = isoformat(self._clock.now()), 0
        with self._database.write(f"paper-key:{device_id}") as connection:
            for row in connection.execute(
                select(feed_rows.c.entity_id, feed_rows.c.document).where(
                    feed_rows.c.feed == FEED, feed_rows.c.entity_id.startswith(PREFIX), ~feed_rows.c.deleted
                )
            ).all():
                entry = json.loads(row.document)
                if entry["device"] == device_id and not entry["revoked_at"]:
                    self._feeds.put(connection, FEED, row.entity_id, {**entry, "revoked_at": now})
                    count += 1
        return count

    def _ends_soon(self, entry: dict[str, Any], now: dt.datetime) -> bool:
        try:
            known = read_certificate(base64.b64decode(entry["certificate"]), [pin_of(self.signing_key())])
        except BadCertificate:
            return True
        return known.not_after - now < _RENEW

    def signing_key(self) -> SigningKey:
        """The root itself, for what else the platform signs: document lists, residents' codes. Made at first call."""
        query = select(meta.c.value).where(meta.c.key == _PRIVATE)
        with self._database.read() as connection:
            found = connection.scalar(query)
        if found is None:
            made = SigningKey.generate(Algorithm.EDDSA).to_pem().decode()
            statement: Any = self._database.insert(meta).values(key=_PRIVATE, value=made)
            with self._database.write() as connection:
                connection.execute(statement.on_conflict_do_nothing())
                found = connection.scalar(query)  # another process of the hall may have been first
        return SigningKey.from_pem(str(found).encode())
