"""Whether typed letters may mean a Chinese word: its characters, its pinyin, its initials, or a mixture of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.typing_help import Suggestion, same_number
from app.forms.spelling import fold, readings

Sounds = Sequence[Sequence[str]]
"""For each character of a word the ways in which it is read."""


def sounds_of(word: str) -> tuple[tuple[str, ...], ...]:
    """The readings of each character; reads the pinyin tables on first use."""
    return tuple(readings(char) for char in word)


def find(word: str, sounds: Sounds, typed: str) -> tuple[int, ...] | None:
    """The places in word that a run of letters or characters stands for, the earliest such; None when it does not fit.

    typed: folded, without spaces. The places follow each other without a gap: hzf does not mean 湖州市政府.
    """
    for start in range(len(word)):
        if (end := run_from(word, sounds, typed, start)) is not None:
            return tuple(range(start, end))
    return None


def run_from(word: str, sounds: Sounds, typed: str, at: int) -> int | None:
    """Where the match that begins at the character `at` ends; None when there is none."""
    if not typed:
        return at
    if at == len(word):
        return None
    if fold(word[at]) == typed[0]:
        end = run_from(word, sounds, typed[1:], at + 1)
        if end is not None:
            return end
    for sound in sounds[at]:
        # The longest piece first: hui is 回, not 湖 followed by something that begins with u.
        for length in range(_common(sound, typed), 0, -1):
            end = run_from(word, sounds, typed[length:], at + 1)
            if end is not None:
                return end
    return None


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def matching_codes(codes: Mapping[str, str], text: str, with_pinyin: bool) -> tuple[Suggestion, ...]:
    """The entries that a text may mean, the likeliest first: exact, by its beginning, within; by code in digits."""
    typed = fold(text).replace(" ", "")
    if not typed:
        return tuple(Suggestion(code, title, (), code) for code, title in codes.items())
    found: list[tuple[tuple[int, int, int], Suggestion]] = []
    for code, title in codes.items():
        plain = fold(title).replace(" ", "")
        exact = typed in (plain, fold(code)) or same_number(typed, code)
        sounds = sounds_of(title) if with_pinyin and typed.isascii() else [()] * len(title)
        marks = find(title, sounds, typed)
        if exact:
            found.append(((0, 0, 0), Suggestion(code, title, marks or (), code, True)))
        elif marks is not None:
            found.append(((1, marks[0], len(title) - len(marks)), Suggestion(code, title, marks, code)))
        elif typed.isalnum() and fold(code).lstrip("0").startswith(typed.lstrip("0") or "0"):
            found.append(((2, 0, len(code)), Suggestion(code, title, (), code)))
    return tuple(suggestion for _, suggestion in sorted(found, key=lambda pair: pair[0]))
