"""Commands to a chip as bytes (ISO 7816-3 §12.1 and 7816-4 §5): the four cases, short and extended. Pure."""

from __future__ import annotations

from dataclasses import dataclass

DONE = 0x9000

_SHORT = 0x100
_EXTENDED = 0x10000


@dataclass(frozen=True, slots=True)
class Shape:
    """How a command is built. le: bytes wanted (256 or 65536 for "all"); None: none asked for."""

    data: bytes
    le: int | None
    extended: bool


def command(ins: int, p1: int, p2: int, data: bytes = b"", le: int | None = None, cla: int = 0) -> bytes:
    """A command, extended only when data or le need it. le: bytes wanted, 256 or 65536 for "all there is".
    ValueError when data or le are too long."""
    if len(data) >= _EXTENDED or (le is not None and not 0 < le <= _EXTENDED):
        raise ValueError("longer than a command can say")
    head = bytes((cla, ins, p1, p2))
    if len(data) < _SHORT and (le is None or le <= _SHORT):
        body = bytes((len(data),)) + data if data else b""
        return head + body + (bytes((le % _SHORT,)) if le is not None else b"")
    body = b"\0" + len(data).to_bytes(2, "big") + data if data else b"\0"
    return head + body + ((le % _EXTENDED).to_bytes(2, "big") if le is not None else b"")


def shape(text: bytes) -> Shape:
    """Take a command apart. ValueError when it is none of the cases."""
    if len(text) < 4:
        raise ValueError("shorter than the head of a command")
    body = text[4:]
    if not body:
        return Shape(b"", None, extended=False)
    if len(body) == 1:
        return Shape(b"", body[0] or _SHORT, extended=False)
    if body[0]:
        return _parts(body[1:], body[0], 1, extended=False)
    if len(body) == 3:
        return Shape(b"", int.from_bytes(body[1:], "big") or _EXTENDED, extended=True)
    if len(body) < 3:
        raise ValueError("an extended length breaks off")
    return _parts(body[3:], int.from_bytes(body[1:3], "big"), 2, extended=True)


def _parts(rest: bytes, size: int, le_size: int, extended: bool) -> Shape:
    data, le = rest[:size], rest[size:]
    if not size or len(data) != size or len(le) not in (0, le_size):
        raise ValueError("the length does not fit the data")
    whole = _EXTENDED if extended else _SHORT
    return Shape(data, (int.from_bytes(le, "big") or whole) if le else None, extended)


def with_le(text: bytes, le: int) -> bytes:
    """The same command, asking for so many bytes (what a card means by 6Cxx). ValueError as shape."""
    known = shape(text)
    return command(text[1], text[2], text[3], known.data, le, text[0])


def without_le(text: bytes) -> bytes:
    """The same command for T=0, which cannot say both lengths at once: what is wanted is asked for afterwards."""
    known = shape(text)
    if known.extended or not known.data or known.le is None:
        return text
    return text[:-1]


def get_response(text: bytes, le: int) -> bytes:
    """What fetches the rest of an answer (61xx), on the command's own logical channel."""
    return bytes((text[0] & 0x03, 0xC0, 0, 0, le % _SHORT))
