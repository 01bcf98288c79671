"""Messages of the Internet Printing Protocol, to bytes and back (RFC 8010). Pure; no connection is known here."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

OPERATION, JOB, END, PRINTER, UNSUPPORTED = 1, 2, 3, 4, 5
"""Delimiters of attribute groups."""


class Tag(IntEnum):
    """Value tags that we write; RFC 8010 §3.5.2."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    RESOLUTION = 0x32
    COLLECTION = 0x34
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


_COLLECTION_END, _MEMBER = 0x37, 0x4A
_INTEGERS = (0x21, 0x23)
_TEXT_WITH_LANGUAGE = (0x35, 0x36)


@dataclass(frozen=True, slots=True)
class Typed:
    """A value to be written, with its tag. A collection's value maps names to Typed."""

    tag: Tag
    value: int | bool | str | Mapping[str, Typed] | tuple[int, int]


Attributes = Mapping[str, Typed | Iterable[Typed]]
Read = dict[str, list[object]]
"""Attributes as read: integers and enums int, strings str, collections dict, no-value None, the rest bytes."""


class Malformed(ValueError):
    """The bytes are no IPP message."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request or an answer. code: operation id or status code. groups: delimiter and attributes, in order.
    data: what follows the attributes, the document."""

    code: int
    request_id: int
    groups: list[tuple[int, Read]] = field(default_factory=list)
    data: bytes = b""
    version: tuple[int, int] = (2, 0)

    def group(self, delimiter: int) -> Read:
        """The first group of this delimiter; empty when there is none."""
        return next((attributes for found, attributes in self.groups if found == delimiter), {})


def encode(
    code: int, request_id: int, groups: Iterable[tuple[int, Attributes]], version: tuple[int, int] = (2, 0)
) -> bytes:
    """A message without its document, which simply follows. code: operation id or status."""
    made = bytearray(struct.pack(">BBHI", *version, code, request_id))
    for delimiter, attributes in groups:
        made.append(delimiter)
        for name, values in attributes.items():
            shown = name
            for value in (values,) if isinstance(values, Typed) else values:
                made += _one(shown, value)
                shown = ""  # a further value of the same attribute has no name
    made.append(END)
    return bytes(made)


def _one(name: str, typed: Typed) -> bytes:
    if isinstance(typed.value, Mapping):
        members = b"".join(
            _item(_MEMBER, "", member.encode()) + _one("", value) for member, value in typed.value.items()
        )
        return _item(Tag.COLLECTION, name, b"") + members + _item(_COLLECTION_END, "", b"")
    return _item(typed.tag, name, _bytes_of(typed))


def _item(tag: int, name: str, value: bytes) -> bytes:
    named = name.encode()
    return struct.pack(">BH", tag, len(named)) + named + struct.pack(">H", len(value)) + value


def _bytes_of(typed: Typed) -> bytes:
    value = typed.value
    if typed.tag is Tag.BOOLEAN:
        return b"\1" if value else b"\0"
    if isinstance(value, int):
        return struct.pack(">i", value)
    if isinstance(value, tuple):
        return struct.pack(">iib", *value, 3)  # 3: dots an inch
    return str(value).encode()


def decode(raw: bytes) -> Message:
    """Take a message apart. Malformed: it is none, or it is cut off."""
    reader = _Reader(raw)
    major, minor, code, request_id = struct.unpack(">BBHI", reader.take(8))
    if major not in (1, 2):
        raise Malformed(f"version {major}.{minor}")
    groups: list[tuple[int, Read]] = []
    while (tag := reader.take(1)[0]) != END:
        if tag <= 0x0F:
            groups.append((tag, {}))
            continue
        if not groups:
            raise Malformed("an attribute outside a group")
        name, value = reader.named(), reader.value(tag)
        attributes = groups[-1][1]
        if name:
            attributes[name] = [value]
        elif attributes:
            attributes[next(reversed(attributes))].append(value)
        else:
            raise Malformed("a further value of nothing")
    return Message(code, request_id, groups, raw[reader.at :], (major, minor))


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self.at = 0

    def take(self, count: int) -> bytes:
        taken = self._raw[self.at : self.at + count]
        if len(taken) < count:
            raise Malformed("cut off")
        self.at += count
        return taken

    def sized(self) -> bytes:
        return self.take(struct.unpack(">H", self.take(2))[0])

    def named(self) -> str:
        return self.sized().decode("utf-8", "replace")

    def value(self, tag: int, depth: int = 0) -> object:
        raw = self.sized()
        if tag == Tag.COLLECTION:
            return self._collection(depth)
        if 0x10 <= tag <= 0x1F:  # unknown, no-value and their like
            return None
        if tag in _INTEGERS:
            if len(raw) != 4:
                raise Malformed("an integer not of four octets")
            return int(struct.unpack(">i", raw)[0])
        if tag == Tag.BOOLEAN:
            return raw != b"\0"
        if tag in _TEXT_WITH_LANGUAGE:
            inner = _Reader(raw)
            inner.sized()
            return inner.sized().decode("utf-8", "replace")
        # Printers of the 1990s write other character sets; a damaged name must not cost the answer.
        return raw.decode("utf-8", "replace") if 0x40 <= tag <= 0x5F else raw

    def _collection(self, depth: int) -> dict[str, list[object]]:
        if depth > 8:
            raise Malformed("collections nested too deep")
        members: dict[str, list[object]] = {}
        while True:
            tag = self.take(1)[0]
            self.sized()  # the name of a member stands in its value
            if tag == _COLLECTION_END:
                self.sized()
                return members
            if tag == _MEMBER:
                members[self.named()] = []
            elif members:
                members[next(reversed(members))].append(self.value(tag, depth + 1))
            else:
                raise Malformed("a value before its member's name")


def texts(attributes: Mapping[str, list[object]], name: str) -> list[str]:
    """The values of an attribute that are strings."""
    return [value for value in attributes.get(name, []) if isinstance(value, str)]


def number(attributes: Mapping[str, list[object]], name: str) -> int | None:
    """The first value of an attribute, when it is a number."""
    value = next(iter(attributes.get(name, [])), None)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
