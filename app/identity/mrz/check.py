"""Check digits of ICAO Doc 9303-3, section 4.9: weights 7, 3, 1 repeated, modulo 10."""

from __future__ import annotations

from dataclasses import dataclass

from app.identity.mrz.strip import ALPHABET

_WEIGHTS = (7, 3, 1)
VALUES = {char: number for number, char in enumerate(ALPHABET[:36])} | {"<": 0}
"""What a character counts: digits themselves, A to Z from 10 to 35, the filler nothing."""


def check_digit(text: str) -> str:
    """The digit of a text of A to Z, 0 to 9 and <. Raises KeyError for any other character."""
    return str(sum(VALUES[char] * _WEIGHTS[at % 3] for at, char in enumerate(text)) % 10)


def alike(char: str) -> str:
    """The other characters that no check digit can tell from this one: equal modulo 10. E.g. 0 -> AKU<."""
    return "".join(c for c, value in VALUES.items() if c != char and value % 10 == VALUES[char] % 10)


@dataclass(frozen=True, slots=True)
class Check:
    """One check digit: what is printed, what it should be, and whether it holds.

    name: number, birth, expiry, optional or composite. A filler printed instead of the digit of an empty optional field
    holds (Doc 9303-4, 4.2.2.2).
    """

    name: str
    printed: str
    expected: str
    ok: bool
    covers: tuple[tuple[int, int, int], ...]
    """The stretches it protects, its own place last: line, first column, column after the last."""
