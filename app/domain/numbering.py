"""Numbers that the window itself makes.

ISO 7064 MOD 37,36 guards each with one check character, the same system as the e-licence identifier (GB/T 36904).
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid

from app.domain.clock import shanghai

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

LAST_COUNTER = 9999
"""The day's counter has four digits."""
BLOCKS_FROM = 8000
"""Counters from here on are given out by the platform in blocks, one a visit pack; those below are the window's own."""


def mod_37_36(text: str) -> str:
    """The ISO 7064 MOD 37,36 check character of an upper-case alphanumeric text. ValueError on other characters."""
    check = 36
    for char in text:
        check = (check + _ALPHABET.index(char)) % 36 or 36
        check = check * 2 % 37
    return _ALPHABET[(37 - check) % 36]


def provisional_number(window_id: str, at: dt.datetime, counter: int) -> str:
    """受理流水号: window + date in legal time + counter of the day (4 digits) + check character."""
    if not 1 <= counter <= LAST_COUNTER:
        raise ValueError(f"counter out of its block: {counter}")
    body = f"{window_id}{shanghai(at):%Y%m%d}{counter:04d}"
    return body + mod_37_36(body)


def is_provisional_number(text: str) -> bool:
    """Does the check character hold?"""
    return len(text) > 13 and all(c in _ALPHABET for c in text) and mod_37_36(text[:-1]) == text[-1]


def uuid7(at: dt.datetime) -> str:
    """A version 7 UUID (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits."""
    value = (int(at.timestamp() * 1000) & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
