"""Finding one of a few names by what is typed: characters, pinyin whole, initials, or any mixture of these."""

from __future__ import annotations

from dataclasses import dataclass

from app.forms.spelling import fold, readings

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How well something fits (0–100), and where in the name (start, end)."""

    score: float
    spans: Spans = ()


class QuickNames:
    """Remembers how names are read, so that a key stroke over some hundred of them costs a millisecond."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[tuple[str, ...], ...]] = {}

    def match(self, words: str, name: str, more: str = "") -> Match | None:
        """Does `words` mean this name? more: other words for it (its key, its help), which count less. None: no.

        An empty question fits everything.
        """
        asked = fold(words).replace(" ", "")
        if not asked:
            return Match(1)
        plain = fold(name)
        at = plain.find(asked)
        if at >= 0:
            return Match(100 - min(at, 9) - min(len(plain) - len(asked), 20) / 2, ((at, at + len(asked)),))
        if asked.isascii():
            for start in range(len(plain)):
                end = self._spelt(asked, plain, start, 0)
                if end is not None:
                    return Match(80 - min(start, 9) - min(len(plain) - (end - start), 20) / 2, ((start, end),))
        if more and asked in fold(more).replace(" ", ""):
            return Match(40)
        return None

    def _spelt(self, asked: str, name: str, place: int, used: int) -> int | None:
        """The end of the characters from `place` on that spell asked[used:]; None when they do not."""
        if used == len(asked):
            return place
        if place == len(name):
            return None
        for reading in self._readings(name)[place]:
            longest = 0
            while longest < len(reading) and used + longest < len(asked) and reading[longest] == asked[used + longest]:
                longest += 1
            # Whole syllables first: li before l, i.
            for length in range(longest, 0, -1):
                end = self._spelt(asked, name, place + 1, used + length)
                if end is not None:
                    return end
        return None

    def _readings(self, name: str) -> tuple[tuple[str, ...], ...]:
        if name not in self._read:
            self._read[name] = tuple(readings(char) for char in name)
        return self._read[name]
