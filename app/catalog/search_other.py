"""What is found without comparing phrases: codes, English names, and sentences that share pairs of characters."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.catalog.search_index import Offer
from app.domain.item import Catalog
from app.forms.spelling import fold

_MOST = 400
"""Places of one word that are looked at; whoever types so little of a code or name types on."""


_SHARE = 0.34
"""So much of a sentence must be shared, by weight, to be called a match."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A group found in another way than by a phrase; situations: those that it speaks of, empty for all.

    pairs: the pairs of characters that a sentence shares; then `Sentences.shown` tells what matched, and where.
    """

    score: float
    matched: str
    spans: tuple[tuple[int, int], ...]
    why: str
    situations: frozenset[int] = frozenset()
    pairs: tuple[str, ...] = ()


class _Lines:
    """Many short texts in one, so that a word is looked for in all of them at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = "\n".join(texts)
        self._starts = [0]
        for text in texts[:-1]:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def find(self, word: str) -> Iterator[tuple[int, int]]:
        """(number of the text, place in it), the first place of each text."""
        at, seen = self._all.find(word), 0
        while at >= 0 and seen < _MOST:
            line = bisect_right(self._starts, at) - 1
            yield line, at - self._starts[line]
            end = self._all.find("\n", at)
            at = self._all.find(word, end) if end >= 0 else -1
            seen += 1


class Codes:
    """Whole codes, their beginnings, their ends (the digits that people quote), and pieces of six and more."""

    def __init__(self, offer: Offer, catalog: Catalog) -> None:
        self._of: list[tuple[str, int, frozenset[int]]] = []
        for number, group in enumerate(offer.groups):
            if group.kind == "bundle":
                self._of.append((group.code, number, frozenset()))
                continue
            if group.code not in group.items:
                self._of.append((group.code, number, frozenset()))
            several = len(group.items) > 1
            self._of += [(code, number, frozenset({at} if several else ())) for at, code in enumerate(group.items)]
        self._lines = _Lines([fold(code) for code, _, _ in self._of])

    def find(self, word: str) -> dict[int, Extra]:
        if len(word) < 4 or not word.isascii():
            return {}
        found: dict[int, Extra] = {}
        for line, at in self._lines.find(word):
            code, group, situations = self._of[line]
            if len(code) == len(word):
                score = 98.0
            elif at == 0 or at + len(word) == len(code):
                score = 92.0
            elif len(word) >= 6:
                score = 84.0
            else:
                continue
            before = found.get(group)
            if before is None or score > before.score:
                found[group] = Extra(score, code, ((at, at + len(word)),), "编码", situations)
            elif score == before.score:
                # Several situations have it: it speaks of none of them alone.
                both = before.situations | situations if before.situations and situations else frozenset()
                found[group] = Extra(score, before.matched, before.spans, "编码", both)
        return found


class English:
    """English names, from three letters on."""

    def __init__(self, offer: Offer) -> None:
        self._names = [group.name_en for group in offer.groups]
        self._lines = _Lines([fold(name) for name in self._names])

    def find(self, word: str) -> dict[int, Extra]:
        if len(word) < 3 or not word.isascii() or not word[0].isalpha():
            return {}
        return {
            group: Extra(
                66.0 if at == 0 or not self._names[group][at - 1].isalnum() else 60.0,
                self._names[group],
                ((at, at + len(word)),),
                "英文",
            )
            for group, at in self._lines.find(word)
        }


class Sentences:
    """How much of a whole sentence (我想开个理发店要办什么) a group shares, by pairs of characters.

    Rare pairs weigh more. Pairs that the catalogue never uses (想开, 什么) are not held against the asker.
    """

    def __init__(self, offer: Offer) -> None:
        self._offer = offer
        self._groups: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(offer.groups):
            for pair in {pair for text in group.spoken for pair in pairs(text)}:
                self._groups[pair].append(number)
        count = max(len(offer.groups), 1)
        self._weight = {pair: math.log(1 + count / len(groups)) for pair, groups in self._groups.items()}

    def find(self, sentence: str) -> dict[int, Extra]:
        asked = [pair for pair in dict.fromkeys(pairs(sentence)) if pair in self._weight]
        whole = sum(self._weight[pair] for pair in asked)
        shared: dict[int, float] = defaultdict(float)
        for pair in asked:
            weight = self._weight[pair] / whole
            for group in self._groups[pair]:
                shared[group] += weight
        known = tuple(asked)
        return {
            group: Extra(50 * share, "", (), "意思相近", pairs=known)
            for group, share in shared.items()
            if share >= _SHARE
        }

    def shown(self, number: int, extra: Extra) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The name or word of a group that shares most, and where."""
        group = self._offer.groups[number]
        spoken = (fold(group.name), *sorted(group.spoken))
        text = max(spoken, key=lambda words: sum(pair in words for pair in extra.pairs))
        return group.name if text == spoken[0] else text, _spans(text, extra.pairs)


def pairs(text: str) -> list[str]:
    """Neighbouring characters, those of letters and digits alone left out."""
    return [one + two for one, two in pairwise(text) if one > "\x7f" or two > "\x7f"]


def _spans(text: str, asked: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the pairs stand, those that overlap as one."""
    marked = {i + j for pair in asked for i in range(len(text)) if text.startswith(pair, i) for j in (0, 1)}
    spans: list[tuple[int, int]] = []
    for at in sorted(marked):
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return tuple(spans)
