"""A reader of DER (ITU-T X.690), as little of it as seals need, which keeps the bytes that were signed.

Seals are signed over the exact encoding of a part, so a reader that decodes and encodes again could judge bytes that
nobody signed. This one hands out slices of what it was given. Lengths are definite; nothing is recursive.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, OID = 0x02, 0x03, 0x04, 0x06
UTF8, PRINTABLE, IA5, UTC_TIME, GENERALIZED_TIME = 0x0C, 0x13, 0x16, 0x17, 0x18
SEQUENCE = 0x30
CONTEXT_0, CONTEXT_3 = 0xA0, 0xA3
_TEXTS = {UTF8: "utf-8", PRINTABLE: "ascii", IA5: "ascii", 0x14: "latin-1", 0x1E: "utf-16-be"}
_TIME = re.compile(r"(\d{12}|\d{14})(?:\.\d{1,6})?(Z|[+-]\d{4})?", re.ASCII)
CHINA = dt.timezone(dt.timedelta(hours=8))


class BadDer(ValueError):
    """Not what it should be; says which part."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value. raw: with its tag and length; body: without."""

    tag: int
    raw: bytes
    body: bytes

    def items(self) -> list[Node]:
        """What a SEQUENCE holds."""
        self._is(SEQUENCE)
        found = []
        at = 0
        while at < len(self.body):
            node, at = _next(self.body, at)
            found.append(node)
        return found

    def integer(self) -> int:
        self._is(INTEGER)
        return int.from_bytes(self.body, "big", signed=True)

    def octets(self) -> bytes:
        """An OCTET STRING, or a BIT STRING of whole bytes: makers of seals take one for the other."""
        if self.tag == BIT_STRING:
            return self.bits()
        self._is(OCTET_STRING)
        return self.body

    def bits(self) -> bytes:
        if self.tag == OCTET_STRING:
            return self.body
        self._is(BIT_STRING)
        if not self.body or self.body[0] != 0:
            raise BadDer("bits, not bytes")
        return self.body[1:]

    def oid(self) -> str:
        self._is(OID)
        numbers: list[int] = []
        value = 0
        for index, byte in enumerate(self.body):
            value = value << 7 | byte & 0x7F
            if value >> 64:
                raise BadDer("object identifier")
            if not byte & 0x80:
                numbers.append(value)
                value = 0
            elif index == len(self.body) - 1:
                raise BadDer("object identifier")
        if not numbers:
            raise BadDer("object identifier")
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))

    def text(self) -> str:
        """Any of the string types; what cannot be decoded becomes U+FFFD."""
        if self.tag not in _TEXTS:
            raise BadDer("no text")
        return self.body.decode(_TEXTS[self.tag], "replace").strip("\0")

    def time(self) -> dt.datetime:
        """UTCTime or GeneralizedTime, aware. Without a zone it is Chinese time: so the makers of seals write it."""
        if self.tag not in (UTC_TIME, GENERALIZED_TIME):
            raise BadDer("no time")
        return read_time(self.body.decode("ascii", "replace"))

    def _is(self, tag: int) -> None:
        if self.tag != tag:
            raise BadDer(f"tag {self.tag:#04x}, not {tag:#04x}")


def read(data: bytes) -> Node:
    """The one value that the bytes hold, and nothing after it. BadDer when they do not."""
    node, end = _next(data, 0)
    if end != len(data):
        raise BadDer("more than one value")
    return node


def _next(data: bytes, at: int) -> tuple[Node, int]:
    if at + 2 > len(data):
        raise BadDer("torn")
    tag, length, start = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise BadDer("tag")
    if length & 0x80:
        size = length & 0x7F
        if not 1 <= size <= 4 or start + size > len(data):
            raise BadDer("length")
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    end = start + length
    if end > len(data):
        raise BadDer("torn")
    return Node(tag, data[at:end], data[start:end]), end


def read_time(text: str) -> dt.datetime:
    """A time in digits, as in ASN.1 and in Signature.xml; without a zone it is Chinese time. BadDer when it is none."""
    match = _TIME.fullmatch(re.sub(r"[-:T ](?=\d\d)", "", text.strip(), count=5) if "-" in text[:10] else text.strip())
    if match is None:
        raise BadDer("no time")
    digits, zone = match.groups()
    if len(digits) == 12:
        digits = ("19" if digits[:2] >= "50" else "20") + digits
    try:
        at = dt.datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=CHINA)
        if zone == "Z":
            return at.replace(tzinfo=dt.UTC)
        if zone:
            away = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
            at = at.replace(tzinfo=dt.timezone(away if zone[0] == "+" else -away))
        return at.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise BadDer("no time") from error
