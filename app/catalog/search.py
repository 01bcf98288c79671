"""Finding items and bundles by what people say: everyday words, parts of names, pinyin and its initials, codes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.domain.item import Bundle, Catalog, Item


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. department: its name; for a bundle all of them. score: 0–100, higher is nearer."""

    code: str
    kind: Literal["bundle", "item"]
    name: str
    name_en: str
    department: str
    score: float


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    name: str
    words: tuple[str, ...]
    names_en: str
    around: str
    """Department, situation, result: matches here count little."""
    pinyin: tuple[str, ...]
    initials: tuple[str, ...]
    pairs: frozenset[str]


class SearchIndex:
    """A catalogue made ready for searching. Making it loads the pinyin tables (about 0.3 s), so keep it."""

    def __init__(self, catalog: Catalog) -> None:
        self._entries = [
            *(_bundle_entry(catalog, bundle) for bundle in catalog.bundles.values()),
            *(_item_entry(catalog, item) for item in catalog.items.values()),
        ]
        seen = Counter(pair for entry in self._entries for pair in entry.pairs)
        self._weight = {pair: math.log(1 + len(self._entries) / n) for pair, n in seen.items()}

    def find(self, words: str, limit: int = 20) -> list[Hit]:
        """What fits the words, best first. Several words must each fit; an empty question finds nothing."""
        asked = [_fold(word) for word in words.split()]
        if not asked:
            return []
        hits = []
        for entry in self._entries:
            scores = [self._score(entry, word) for word in asked]
            if all(scores):
                hits.append(_scored(entry.hit, sum(scores) / len(scores)))
        # Of equals the bundle comes first: it answers the visitor's whole wish.
        hits.sort(key=lambda hit: (-hit.score, hit.kind, hit.code))
        return hits[:limit]

    def _score(self, entry: _Entry, word: str) -> float:
        return _whole_match(entry, word) or self._sentence_match(entry, word)

    def _sentence_match(self, entry: _Entry, sentence: str) -> float:
        """How much of a whole sentence (我想开个理发店要办什么) the entry shares, by pairs of characters.

        Rare pairs weigh more. Pairs that the catalogue never uses (想开, 什么) are not held against the asker.
        """
        asked = {pair for pair in _pairs(sentence) if pair in self._weight}
        shared = asked & entry.pairs
        if not shared:
            return 0
        share = sum(self._weight[p] for p in shared) / sum(self._weight[p] for p in asked)
        return 50 * share if share >= 0.34 else 0


def search(catalog: Catalog, words: str) -> list[Hit]:
    """One search without keeping the index (command line)."""
    return SearchIndex(catalog).find(words)


def _whole_match(entry: _Entry, word: str) -> float:
    """The score of a word that stands in the entry as a whole; 0 when it does not."""
    names = (entry.name, *entry.words)
    if word in names or word == entry.hit.code.casefold():
        return 98
    if any(name.startswith(word) for name in names):
        return 90
    if any(word in name for name in names):
        return 84
    if word.isascii():
        return _ascii_match(entry, word)
    # The visitor's sentence may hold one of our words as a whole: 我要开理发店谢谢.
    if any(len(name) > 1 and name in word for name in names):
        return 76
    return 40 if word in entry.around else 0


def _ascii_match(entry: _Entry, word: str) -> float:
    code = entry.hit.code.casefold()
    if len(word) >= 4 and word.isalnum() and (code.startswith(word) or code.endswith(word)):
        return 92
    if len(word) >= 2:
        best = max(_spelt(entry.initials, word, 72), _spelt(entry.pinyin, word, 74))
        if best:
            return best
    if len(word) >= 3 and (word in entry.names_en or word in code):
        return 66
    return 0


def _spelt(spellings: Iterable[str], word: str, best: float) -> float:
    score = 0.0
    for spelling in spellings:
        if spelling == word:
            return best
        if spelling.startswith(word):
            score = max(score, best - 4)
        elif word in spelling:
            score = max(score, best - 10)
    return score


def _bundle_entry(catalog: Catalog, bundle: Bundle) -> _Entry:
    items = [catalog.items[code] for code in bundle.items]
    departments = dict.fromkeys(catalog.departments[item.department].name for item in items)
    hit = Hit(bundle.code, "bundle", bundle.name, bundle.name_en, "、".join(departments), 0)
    return _entry(hit, bundle.words, [bundle.description, *departments, *(item.name for item in items)])


def _item_entry(catalog: Catalog, item: Item) -> _Entry:
    department = catalog.departments[item.department].name
    hit = Hit(item.code, "item", item.name, item.name_en, department, 0)
    return _entry(hit, item.words, [department, item.situation, item.result])


def _entry(hit: Hit, words: tuple[str, ...], around: Iterable[str]) -> _Entry:
    # pypinyin reads its phrase tables on import; the window must be up before that.
    from pypinyin import lazy_pinyin

    spoken = (hit.name, *words)
    syllables = [lazy_pinyin(text, errors="ignore") for text in spoken]
    return _Entry(
        hit,
        _fold(hit.name),
        tuple(_fold(word) for word in words),
        _fold(hit.name_en),
        _fold(" ".join(around)),
        tuple("".join(s) for s in syllables),
        tuple("".join(syllable[0] for syllable in s) for s in syllables),
        frozenset(pair for text in spoken for pair in _pairs(_fold(text))),
    )


def _scored(hit: Hit, score: float) -> Hit:
    return Hit(hit.code, hit.kind, hit.name, hit.name_en, hit.department, round(score, 1))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if not text[i : i + 2].isascii()}


def _fold(text: str) -> str:
    """Full-width letters and digits as half-width, without case: ＬＦＤ and lfd are the same word."""
    return text.translate(_HALF_WIDTH).casefold()


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
