"""Lists of lost and revoked documents 挂失、作废证件名单, as the platform signs and a window keeps them.

A list holds no numbers but salted hashes of them, cut to 16 bytes: whoever gets hold of one cannot read it. Numbers are
few enough to be tried out one by one, so a list is no secret either; it only spares names and numbers the eye.

A whole list is large and new rarely; between two of them comes what has changed since the last whole one. A change
counts from the whole list, not from the change before: a window that missed ten needs the newest only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import cbor2

from app.domain.errors import BadInput
from app.identity.verification import Answer, Ground, Line, Question
from app.licences.cose import CodeError, SigningKey, open_bytes, public_key_kid, sign_bytes
from app.licences.snapshot import Pin

KIND = "yichuang.document-list"
"""Stands in the list, so that nothing else which the same key may sign can pass for one."""
FEED = "policies"
WHOLE, CHANGE = "document-list", "document-list-change"
"""Entities of the feed, and the names under which a gateway hands the files out."""
MAX_LIST = 32 << 20
"""Bytes: some two million documents."""
_SIZE = 16
_SALT = 16
_RECORD = _SIZE + 1


class Why(StrEnum):
    LOST = "lost"
    REVOKED = "revoked"


_LETTERS: Mapping[Why, bytes] = {Why.LOST: b"L", Why.REVOKED: b"R"}
_WHYS = {letter[0]: why for why, letter in _LETTERS.items()}


class BadList(BadInput):
    """Not a list that the platform signed, or not one that may follow the list in force."""

    def __init__(self, what: str) -> None:
        super().__init__("挂失、作废名单未更新", what, "请联网同步一次；仍不成功请联系平台管理员。")


HOME = "CHN"
"""Who issues the cards that a reader of resident cards reads."""


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """What names a document in a list. state: who issued it, ISO 3166-1 alpha-3: two states may give the same number.
    valid_to: YYYY-MM-DD or 长期; a resident keeps one number for life, and only the lost card is lost. "" in a list:
    every document of that number."""

    state: str
    number: str
    valid_to: str = ""

    def digest(self, salt: bytes) -> bytes:
        said = "\0".join("".join(part.split()).upper() for part in (self.state, self.number, self.valid_to))
        return hashlib.sha256(salt + said.encode()).digest()[:_SIZE]


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A signed list, verified. base: of what it is a change, 0: a whole list. made_at, until: UTC; after `until` it is
    too old to clear anybody. entries: sorted records of a digest and a letter; removed: sorted digests that a change
    takes out."""

    version: int
    base: int
    made_at: dt.datetime
    until: dt.datetime
    salt: bytes
    entries: bytes
    removed: bytes = b""

    def why(self, digest: bytes) -> Why | None:
        at = _find(self.entries, _RECORD, digest)
        return None if at is None else _WHYS[self.entries[at + _SIZE]]

    def lifts(self, digest: bytes) -> bool:
        return _find(self.removed, _SIZE, digest) is not None


@dataclass(frozen=True, slots=True)
class InForce:
    """A whole list and the newest change to it."""

    whole: DocumentList
    change: DocumentList | None = None

    @property
    def newest(self) -> DocumentList:
        return self.change or self.whole

    def look(self, document: ListedDocument) -> Why | None:
        """Why this document stands in the list, by itself or by its number; None when it does not."""
        by_number = ListedDocument(document.state, document.number)
        return self._why(document) or (self._why(by_number) if document.valid_to else None)

    def _why(self, document: ListedDocument) -> Why | None:
        digest = document.digest(self.whole.salt)
        if self.change is not None:
            why = self.change.why(digest)
            if why is not None or self.change.lifts(digest):
                return why
        return self.whole.why(digest)


@dataclass(frozen=True, slots=True)
class ListStanding:
    """What this window can say of lists. problem: why the newest that the platform named is not in force, in words for
    the clerk; "" when it is."""

    listed: InForce | None = None
    problem: str = ""


def pack(documents: Iterable[tuple[ListedDocument, Why]], salt: bytes) -> bytes:
    """Documents as the entries of a list."""
    found = {document.digest(salt): _LETTERS[why] for document, why in documents}
    return b"".join(digest + letter for digest, letter in sorted(found.items()))


def difference(whole: DocumentList, entries: bytes) -> tuple[bytes, bytes]:
    """What leads from a whole list to these entries: entries that are new or other, digests that are out."""
    before, now = _records(whole.entries), _records(entries)
    other = sorted(now - before)
    out = sorted({record[:_SIZE] for record in before} - {record[:_SIZE] for record in now})
    return b"".join(other), b"".join(out)


def make_list(listed: DocumentList, key: SigningKey) -> bytes:
    """Sign a list. salt: 16 random bytes, new for each whole list; a change has its whole list's."""
    if len(listed.salt) != _SALT or listed.until <= listed.made_at or not 0 <= listed.base < listed.version:
        raise ValueError("cannot be signed")
    body = {
        "t": KIND,
        "v": listed.version,
        "b": listed.base,
        "m": int(listed.made_at.timestamp()),
        "u": int(listed.until.timestamp()),
        "s": listed.salt,
        "e": listed.entries,
        "r": listed.removed,
    }
    return sign_bytes(cbor2.dumps(body, canonical=True), key)


def read_list(data: bytes, roots: Iterable[Pin]) -> DocumentList:
    """Verify a list and read it; how old it is is the caller's to judge. BadList says why not."""
    if len(data) > MAX_LIST:
        raise BadList("名单文件过大")
    pins = tuple(roots)

    def find(kid: bytes) -> Sequence[Pin]:
        return [pin for pin in pins if public_key_kid(pin.public_key) == kid]

    try:
        body = open_bytes(data, find)
    except CodeError as error:
        raise BadList("名单不是由登记的平台密钥签名，或者已被改动") from error
    try:
        # Only what the platform itself signed comes this far.
        given: Any = cbor2.loads(body)
        made_at, until = (dt.datetime.fromtimestamp(given[key], dt.UTC) for key in ("m", "u"))
        listed = DocumentList(
            given["v"], given["b"], made_at, until, bytes(given["s"]), bytes(given["e"]), bytes(given["r"])
        )
        if given["t"] != KIND or type(listed.version) is not int or type(listed.base) is not int:
            raise ValueError("kind")
        _check(listed)
    except (cbor2.CBORError, ValueError, LookupError, TypeError, OverflowError, OSError) as error:
        raise BadList("名单内容不符合格式") from error
    return listed


def objection(document: ListedDocument | None, standing: ListStanding, now: dt.datetime) -> Line:
    """What the list in force says of a document. An entry counts however old the list is; silence does not, nor while a
    newer list was named and could not be believed."""
    listed = standing.listed
    if document is None or not document.number or listed is None:
        ground = Ground.LIST_REFUSED if standing.problem and document is not None else Ground.LIST_NONE
        return Line(Question.LISTS, Answer.OPEN, ground)
    newest = listed.newest
    day = newest.made_at.date().isoformat()
    match listed.look(document):
        case Why.LOST:
            return Line(Question.LISTS, Answer.NO, Ground.LISTED_LOST, day)
        case Why.REVOKED:
            return Line(Question.LISTS, Answer.NO, Ground.LISTED_REVOKED, day)
    if standing.problem:
        return Line(Question.LISTS, Answer.OPEN, Ground.LIST_REFUSED, day)
    if not newest.made_at - dt.timedelta(days=1) <= now <= newest.until:
        return Line(Question.LISTS, Answer.OPEN, Ground.LIST_OLD, day)
    return Line(Question.LISTS, Answer.YES, Ground.LISTS_CLEAR, day)


def _records(entries: bytes) -> set[bytes]:
    return {entries[at : at + _RECORD] for at in range(0, len(entries), _RECORD)}


def _find(sorted_bytes: bytes, size: int, digest: bytes) -> int | None:
    """Where a digest stands among sorted records of one size."""

    def key(index: int) -> bytes:
        return sorted_bytes[index * size : index * size + _SIZE]

    count = len(sorted_bytes) // size
    index = bisect_left(range(count), digest, key=key)
    return index * size if index < count and key(index) == digest else None


def _check(listed: DocumentList) -> None:
    """ValueError: bisection would miss what stands in it."""
    entries, removed = listed.entries, listed.removed
    if len(entries) % _RECORD or len(removed) % _SIZE or len(listed.salt) != _SALT:
        raise ValueError("sizes")
    if not 0 <= listed.base < listed.version or set(entries[_SIZE::_RECORD]) - set(_WHYS):
        raise ValueError("values")
    for data, size in ((entries, _RECORD), (removed, _SIZE)):
        keys = [data[at : at + _SIZE] for at in range(0, len(data), size)]
        if any(one >= other for one, other in pairwise(keys)):
            raise ValueError("order")
