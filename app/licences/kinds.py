"""What a scanned text is, by rules kept as data (resources/licences/kinds.yaml, and a site's own).

Only looks at the text: nothing is opened, resolved or executed. Text that cannot be a code we know (too long, control
or direction-changing characters) is UNKNOWN before any rule is tried. What a text costs is bounded: a pattern is tried
on short texts only, and the file's check refuses patterns that could take exponential time (app.licences.kinds_file).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from app.domain.licence import CodeKind
from app.licences.cose import MAX_TEXT
from app.licences.identifier import is_identifier

LONGEST = 1024
"""Characters; a longer text is tried against no pattern and no address. Only the signed kinds are long, and have a
prefix."""

_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
"""Control, format (direction marks, joiners) and lone surrogates. Not private use: rare names live there."""
_UPU_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def _is_item_identifier(text: str) -> bool:
    """The check digit of a postal item (UPU S10): 8 digits and the ninth."""
    digits = [int(char) for char in text if char.isascii() and char.isdigit()]
    if len(digits) != 9:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, _UPU_WEIGHTS, strict=False)) % 11
    return digits[8] == {10: 0, 11: 5}.get(check, check)


CHECKS: dict[str, Callable[[str], bool]] = {
    "uscc": lambda text: bool(uscc.is_valid(text)),
    "resident_id": lambda text: bool(mod_11_2.is_valid(text.upper())),
    "licence_identifier": is_identifier,
    "postal_item": _is_item_identifier,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the file; see its head for the fields. lives: seconds, 0 when the text does not age."""

    kind: CodeKind
    id: str = ""
    prefix: str = ""
    hosts: tuple[str, ...] = ()
    path: re.Pattern[str] | None = None
    pattern: re.Pattern[str] | None = None
    formats: tuple[str, ...] = ()
    check: str = ""
    number: re.Pattern[str] | None = None
    number_check: str = ""
    lives: int = 0
    says: str = ""
    todo: str = ""
    says_en: str = ""
    todo_en: str = ""
    samples: tuple[str, ...] = ()

    def fits(self, text: str, symbology: str = "") -> bool:
        """Is this text, read from a symbol of this kind ("" when nobody knows), what the rule speaks of?"""
        if self.formats and symbology not in self.formats:
            return False
        if self.prefix and not text.startswith(self.prefix):
            return False
        if (self.hosts or self.pattern) and len(text) > LONGEST:
            return False
        if self.hosts and not self._on_host(text):
            return False
        if self.pattern and not self.pattern.fullmatch(text):
            return False
        return not self.check or CHECKS[self.check](text)

    def number_in(self, text: str) -> str:
        """The number that the text carries; "" when the rule knows none, or its check digit is wrong."""
        found = self.number.search(text[:LONGEST]) if self.number else None
        number = found.group(1) if found else ""
        return number if number and (not self.number_check or CHECKS[self.number_check](number)) else ""

    def _on_host(self, text: str) -> bool:
        try:
            address = urlsplit(text)
            host, user = address.hostname or "", address.username
        except ValueError:
            return False
        if address.scheme not in ("http", "https") or user is not None or not text.isascii() or " " in text:
            # A name before the host (http://gov.cn@evil.example) or look-alike letters are how people are misled.
            return False
        if not any(host == known or host.endswith("." + known) for known in self.hosts):
            return False
        return self.path is None or bool(self.path.search(f"{address.path}?{address.query}"))


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text turned out to be. text: without the line ends that scanners add. number: what it carries (a firm's
    credit code, a tracking number, a bundle's code), "" for none. rule: which one decided; None when none fitted."""

    text: str
    kind: CodeKind
    number: str = ""
    rule: Rule | None = None


def clean(text: str) -> str:
    """A scanned text without the line ends that scanners add."""
    return text.strip("\r\n\t ")


def look_at(text: str, rules: Sequence[Rule], symbology: str = "") -> Recognised:
    """What a scanned text is by these rules; never raises. symbology: as zxing-cpp names it, e.g. PDF417."""
    text = clean(text)
    if not text or len(text) > MAX_TEXT or any(map(_forbidden, text)):
        return Recognised(text, CodeKind.UNKNOWN)
    for rule in rules:
        if rule.fits(text, symbology):
            return Recognised(text, rule.kind, rule.number_in(text), rule)
    return Recognised(text, CodeKind.UNKNOWN)


def _forbidden(char: str) -> bool:
    return char not in "\r\n\t" and unicodedata.category(char) in _FORBIDDEN_CATEGORIES
