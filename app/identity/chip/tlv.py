"""Tag, length, value as ISO 7816-4 and X.690 write them, definite lengths only."""

from __future__ import annotations

from collections.abc import Iterator

from app.identity.chip.transport import BadAnswer


def tlv(tag: int, value: bytes) -> bytes:
    """One data object."""
    size = len(value)
    length = bytes((size,)) if size < 0x80 else _long(size)
    return tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big") + length + value


def _long(size: int) -> bytes:
    text = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(text),)) + text


def head(data: bytes, at: int = 0) -> tuple[int, int, int]:
    """Tag, where the value begins, how long it is (the value itself may still be missing). BadAnswer when cut off."""
    start = at
    try:
        tag = data[at]
        at += 1
        if tag & 0x1F == 0x1F:
            while True:
                tag = tag << 8 | data[at]
                at += 1
                if not data[at - 1] & 0x80:
                    break
                if at - start > 3:
                    raise BadAnswer("a tag without end")
        size = data[at]
        at += 1
        if size >= 0x80:
            count = size & 0x7F
            if not 0 < count < 5 or at + count > len(data):
                raise BadAnswer("a length that is none")
            size = int.from_bytes(data[at : at + count], "big")
            at += count
    except IndexError:
        raise BadAnswer("a data object breaks off") from None
    return tag, at, size


def walk(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The data objects that stand one behind the other. BadAnswer when they are no such thing."""
    at = 0
    while at < len(data):
        tag, start, size = head(data, at)
        if start + size > len(data):
            raise BadAnswer("a value breaks off")
        yield tag, data[start : start + size]
        at = start + size


def only(data: bytes, tag: int) -> bytes:
    """The value of the one object that this is. BadAnswer when it is another, or more follows."""
    found = list(walk(data))
    if len(found) != 1 or found[0][0] != tag:
        raise BadAnswer(f"{tag:X} expected")
    return found[0][1]


def first(data: bytes, tag: int) -> bytes | None:
    """The value of the first object of this tag; None when there is none."""
    return next((value for found, value in walk(data) if found == tag), None)
