"""What the form's lines ask while something is typed: how it is understood, what could be meant.

The screen sees this face only. app.forms.typing_help answers with pinyin, divisions and check digits; `PlainHelp`
without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.item import Element

PLACE = "x-place"
"""Own keyword of text elements: the text is an address, so divisions are offered while it is typed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is understood while it is typed. said: in words for the clerk, "" when there is nothing to say."""

    said: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One entry of the list under a line.

    value: what is handed on (a choice's code, an address). shown: what the list says; marks: the places in it of what
    was typed. note: said beside it, faint. exact: exactly this was typed. more: taking it leads to its parts.
    """

    value: str
    shown: str
    marks: tuple[int, ...] = ()
    note: str = ""
    exact: bool = False
    more: bool = False


class TypingHelp(Protocol):
    """Each answer comes within a keystroke: no file, no waiting."""

    def reading(self, element: Element, text: str) -> Reading:
        """What is understood of a text that is being typed."""
        ...

    def choices(self, codes: Mapping[str, str], text: str) -> tuple[Suggestion, ...]:
        """The entries of a code list that a text may mean, the likeliest first; all of them, in order, for ""."""
        ...

    def places(self, text: str) -> tuple[Suggestion, ...]:
        """Addresses that a text may be the beginning of, those used at this window before first."""
        ...


class PlainHelp:
    """By letters as they stand: codes, titles, parts of titles. Knows no pinyin and no divisions."""

    def reading(self, element: Element, text: str) -> Reading:
        return Reading()

    def choices(self, codes: Mapping[str, str], text: str) -> tuple[Suggestion, ...]:
        words = text.strip().casefold()
        found: list[tuple[int, Suggestion]] = []
        for code, title in codes.items():
            at = title.casefold().find(words)
            exact = bool(words) and (words in (title.casefold(), code.casefold()) or same_number(words, code))
            if exact or at >= 0 or code.casefold().startswith(words):
                marks = tuple(range(at, at + len(words))) if at >= 0 else ()
                found.append((0 if exact else 1, Suggestion(code, title, marks, code, exact)))
        return tuple(suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0]))

    def places(self, text: str) -> tuple[Suggestion, ...]:
        return ()


def same_number(typed: str, code: str) -> bool:
    """3 is 03."""
    return typed.isdecimal() and code.isdecimal() and int(typed) == int(code)
