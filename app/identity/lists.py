"""Lists of lost and revoked documents 挂失、作废证件名单, as the platform signs and a window keeps them.

A list holds no numbers but salted hashes of them, cut to 16 bytes: whoever gets hold of one cannot read it. Numbers are
few enough to be tried out one by one, so a list is no secret either; it only spares names and numbers the eye.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import cbor2

from app.domain.errors import BadInput
from app.identity.verification import Answer, Ground, Line, Question
from app.licences.cose import CodeError, SigningKey, open_bytes, public_key_kid, sign_bytes
from app.licences.snapshot import Pin

KIND = "yichuang.document-list"
"""Stands in the list, so that nothing else which the same key may sign can pass for one."""
FEED, FEED_ID = "policies", "document-list"
MAX_LIST = 16 << 20
_SIZE = 16
_SALT = 16


class Why(StrEnum):
    LOST = "lost"
    REVOKED = "revoked"


class BadList(BadInput):
    """Not a list that the platform signed."""

    def __init__(self, what: str) -> None:
        super().__init__("证件名单无效", what, "请联网同步一次；仍不成功请联系平台管理员。")


@dataclass(frozen=True, slots=True)
class DocumentList:
    """made_at, until: UTC; after `until` it is too old to clear anybody. entries: hash -> why."""

    made_at: dt.datetime
    until: dt.datetime
    salt: bytes
    entries: Mapping[bytes, Why]

    def look(self, number: str) -> Why | None:
        """Why this number stands in the list; None when it does not."""
        return self.entries.get(_hashed(self.salt, number))


def make_list(
    numbers: Iterable[tuple[str, Why]], key: SigningKey, made_at: dt.datetime, until: dt.datetime, salt: bytes
) -> bytes:
    """Sign a list. salt: 16 random bytes, new for each list."""
    if len(salt) != _SALT or until <= made_at:
        raise ValueError("cannot be signed")
    rows = [[_hashed(salt, number), why.value] for number, why in numbers]
    body = {
        "t": KIND,
        "m": int(made_at.timestamp()),
        "u": int(until.timestamp()),
        "s": salt,
        "e": sorted(rows),
    }
    return sign_bytes(cbor2.dumps(body, canonical=True), key)


def read_list(data: bytes, roots: Iterable[Pin]) -> DocumentList:
    """Verify a list and read it; how old it is is the caller's to judge. BadList says why not."""
    if len(data) > MAX_LIST:
        raise BadList("内容过长")
    pins = tuple(roots)

    def find(kid: bytes) -> Sequence[Pin]:
        return [pin for pin in pins if public_key_kid(pin.public_key) == kid]

    try:
        body = open_bytes(data, find)
    except CodeError as error:
        raise BadList("不是由登记的平台密钥签名，或者已被改动") from error
    try:
        # Only what the platform itself signed comes this far.
        given: Any = cbor2.loads(body)
        if given["t"] != KIND:
            raise ValueError("kind")
        entries = {bytes(digest): Why(why) for digest, why in given["e"]}
        made_at, until = (dt.datetime.fromtimestamp(given[key], dt.UTC) for key in ("m", "u"))
        return DocumentList(made_at, until, bytes(given["s"]), entries)
    except (cbor2.CBORError, ValueError, LookupError, TypeError, OverflowError, OSError) as error:
        raise BadList("内容不符合格式") from error


def objection(number: str, current: Callable[[], DocumentList | None], now: dt.datetime) -> Line:
    """What the list in force says of a number. An entry counts however old the list is; silence does not."""
    listed = current() if number else None
    if listed is None:
        return Line(Question.LISTS, Answer.OPEN, Ground.LIST_NONE)
    day = listed.made_at.date().isoformat()
    match listed.look(number):
        case Why.LOST:
            return Line(Question.LISTS, Answer.NO, Ground.LISTED_LOST, day)
        case Why.REVOKED:
            return Line(Question.LISTS, Answer.NO, Ground.LISTED_REVOKED, day)
    if not listed.made_at - dt.timedelta(days=1) <= now <= listed.until:
        return Line(Question.LISTS, Answer.OPEN, Ground.LIST_OLD, day)
    return Line(Question.LISTS, Answer.YES, Ground.LISTS_CLEAR, day)


def _hashed(salt: bytes, number: str) -> bytes:
    return hashlib.sha256(salt + "".join(number.split()).upper().encode()).digest()[:_SIZE]
