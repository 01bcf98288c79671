"""What the presenter hands to the dialog of papers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskView:
    """One question. choices: (value, words). lines: rows of its box."""

    key: str
    title: str
    value: str = ""
    required: bool = False
    hint: str = ""
    lines: int = 1
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A paper that can be made, or blocked: why not. bilingual: it comes in Chinese and English, too. signable: the
    person at the window can sign it before it is printed."""

    id: str
    name: str
    hint: str
    asks: tuple[AskView, ...] = ()
    blocked: str = ""
    bilingual: bool = False
    signable: bool = False
