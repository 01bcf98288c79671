"""A walk over CBOR headers that finds out, before anything is built, whether decoding is harmless.

The decoder itself is a kept library (cbor2); it also knows shared references, regular expressions, big numbers and
MIME messages, none of which a certificate needs and each of which a stranger could use to make us work for hours.
"""

from __future__ import annotations

from dataclasses import dataclass

MAX_DEPTH = 16
MAX_ITEMS = 4096
_ALLOWED_TAGS = frozenset({0, 1, 18, 24, 61})
"""Date text, epoch date, COSE_Sign1, encoded CBOR (left as bytes), CWT (IANA CBOR tags)."""

_UINT, _NEGINT, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_INDEFINITE = -1
_BREAK = 0xFF


class OutOfBounds(ValueError):
    """Too deep, too many items, truncated, trailing bytes, or a kind of item that we never accept."""


@dataclass(slots=True)
class _Open:
    """A container being walked. left: items still to come, or _INDEFINITE."""

    left: int
    is_map: bool = False
    at_key: bool = True


def check_bounds(data: bytes, max_depth: int = MAX_DEPTH, max_items: int = MAX_ITEMS) -> None:
    """Raise OutOfBounds unless data is exactly one well-shaped, shallow, small CBOR item (RFC 8949)."""
    stack = [_Open(1)]
    pos = items = 0
    while stack:
        top = stack[-1]
        if top.left == 0:
            stack.pop()
            continue
        if pos >= len(data):
            raise OutOfBounds("truncated")
        if data[pos] == _BREAK:
            if top.left != _INDEFINITE or (top.is_map and not top.at_key):
                raise OutOfBounds("unexpected break")
            pos += 1
            top.left = 0
            continue
        items += 1
        if items > max_items:
            raise OutOfBounds("too many items")
        major, argument, pos = _header(data, pos)
        if top.is_map:
            if top.at_key and major not in (_UINT, _NEGINT, _TEXT):
                raise OutOfBounds("map key is neither number nor text")
            top.at_key = not top.at_key
        if top.left > 0:
            top.left -= 1
        if major in (_BYTES, _TEXT) and argument != _INDEFINITE:
            pos += argument
            if pos > len(data):
                raise OutOfBounds("truncated")
        elif major in (_BYTES, _TEXT, _ARRAY, _MAP, _TAG):
            if major == _TAG and argument not in _ALLOWED_TAGS:
                raise OutOfBounds("tag not accepted")
            if len(stack) > max_depth:
                raise OutOfBounds("too deep")
            stack.append(_opened(major, argument))
    if pos != len(data):
        raise OutOfBounds("trailing bytes")


def _opened(major: int, argument: int) -> _Open:
    if major == _TAG:
        return _Open(1)
    if major == _MAP:
        return _Open(argument if argument == _INDEFINITE else argument * 2, is_map=True)
    return _Open(argument)


def _header(data: bytes, pos: int) -> tuple[int, int, int]:
    """Major type, argument (_INDEFINITE for open-ended) and the position after the header."""
    major, info = data[pos] >> 5, data[pos] & 0x1F
    pos += 1
    if info < 24:
        return major, info, pos
    if info <= 27:
        size = 1 << (info - 24)
        if pos + size > len(data):
            raise OutOfBounds("truncated")
        return major, int.from_bytes(data[pos : pos + size], "big"), pos + size
    if info == 31 and major in (_BYTES, _TEXT, _ARRAY, _MAP):
        return major, _INDEFINITE, pos
    raise OutOfBounds("reserved header")
