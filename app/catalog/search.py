"""Finding items and bundles by what people say: everyday words, parts of names, pinyin and its initials, codes.

Each word is compared with every phrase of the catalogue (names, everyday words, situations; departments and results
count little). First as it is: as text, by pinyin whole, by initials or mixed, by the same or a near sound, as a code,
as English. Only when nothing of that kind fits: the phrases that a longer sentence holds, the pairs of characters that
it shares with a name, and phrases with one mistake in them. A word that is right is never buried under guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.catalog.search_index import AROUND, Link, Offer
from app.catalog.search_other import Codes, English, Extra, Sentences
from app.catalog.search_words import Matches, Words
from app.domain.item import Catalog
from app.forms.spelling import fold

GOOD = 58
"""From this score on a word needs no guesses. Departments, results and the like stay below."""

_CLOSE = 4
"""Situations whose scores lie this near together are not told apart by the words."""

_LONGEST = 60
"""Characters of a question that are read; more is no search."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. department: its name; for a bundle all of them. score: 0–100, higher is nearer.

    code: of a bundle, of a situation, or of a main item (31 characters) whose situations the words do not tell apart;
    situations: codes of those. matched: the name or word that fitted, spans: where in it (start, end); why: how it was
    found, in words for the clerk, empty when the words stand there as they were typed.
    """

    code: str
    kind: Literal["bundle", "item"]
    name: str
    name_en: str
    department: str
    score: float
    matched: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    why: str = ""
    situations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """One word's matches. groups: the score of each group."""

    phrases: Matches
    extras: dict[int, Extra]
    groups: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Best:
    score: float
    matched: str
    span: tuple[tuple[int, int], ...]
    why: str
    situations: frozenset[int]
    """Those that the word speaks of; empty: of all."""


class SearchIndex:
    """A catalogue made ready for searching. Making it reads the pinyin tables and the whole catalogue, so keep it.

    Bundles and main items are found as one hit each, whatever the number of their situations.
    """

    ready = True
    """It finds at once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._offer = Offer(catalog)
        self._words = Words(self._offer, catalog.synonyms)
        self._codes = Codes(self._offer, catalog)
        self._english = English(self._offer)
        self._sentences = Sentences(self._offer)
        # Of equals the bundle comes first: it answers the visitor's whole wish.
        order = sorted(range(len(self._offer.groups)), key=lambda g: (self._offer.groups[g].kind, g))
        self._rank = np.empty(len(order), np.int32)
        self._rank[order] = np.arange(len(order))

    def begin(self) -> None:
        """Nothing is left to be made (IndexAhead)."""

    def find(self, words: str, limit: int = 20) -> list[Hit]:
        """What fits the words, best first. Several words must each fit; an empty question finds nothing."""
        asked = fold(words[:_LONGEST]).split()
        if not asked or not self._offer.groups:
            return []
        results = [self._asked(word) for word in asked]
        answers = [answer for _, some in results for answer in some]
        scores = np.stack([groups for groups, _ in results])
        total = np.where((scores > 0).all(axis=0), scores.mean(axis=0), 0)
        if len(asked) > 1 and all(word.isascii() and word.isalpha() for word in asked):
            # li fa dian: one word, typed with spaces between the syllables.
            joined = self._weighed(self._words.plain("".join(asked)))
            total = np.maximum(total, joined.groups)
            answers.append(joined)
        total = total.astype(np.float64).round(1)
        found = np.flatnonzero(total > 0)
        best = found[np.lexsort((self._rank[found], -total[found]))][:limit]
        return [self._hit(int(group), float(total[group]), answers) for group in best]

    def _asked(self, word: str) -> tuple[NDArray[np.float32], list[_Answer]]:
        """The score of each group for a word, and the answers that it rests on."""
        plain = self._weighed(self._words.plain(word), self._codes.find(word), self._english.find(word))
        if plain.groups.max() >= GOOD:
            return plain.groups, [plain]
        guess = self._weighed(self._words.guesses(word), self._sentences.find(word), named=True)
        groups, answers = np.maximum(plain.groups, guess.groups), [plain, guess]
        parts = self._words.parts(word)
        if parts:
            # 补办驾照: what the everyday word leads to, the better if it is about 补办 too.
            cut = [self._weighed(self._words.plain(part)) for part, _ in parts]
            sizes = [len(part) for part, _ in parts]
            sum_ = sum(answer.groups * size for answer, size in zip(cut, sizes, strict=True)) / sum(sizes)
            keys = [answer.groups > 0 for answer, (_, key) in zip(cut, parts, strict=True) if key or len(parts) == 1]
            if keys:
                groups = np.maximum(groups, np.where(np.all(keys, axis=0), 0.95 * sum_, 0))
                answers += cut
        return groups, answers

    def _weighed(self, phrases: Matches, *extras: dict[int, Extra], named: bool = False) -> _Answer:
        """What the phrases say of the groups. named: guesses at departments and results count for nothing."""
        offer = self._offer
        weights = np.where(offer.link_weights > AROUND, offer.link_weights, 0) if named else offer.link_weights
        groups = np.maximum.reduceat(phrases.scores[offer.link_phrases] * weights, offer.group_starts[:-1])
        merged: dict[int, Extra] = {}
        for some in extras:
            for group, extra in some.items():
                if group not in merged or extra.score > merged[group].score:
                    merged[group] = extra
        for group, extra in merged.items():
            groups[group] = max(groups[group], extra.score)
        return _Answer(phrases, merged, groups)

    def _hit(self, number: int, score: float, answers: Sequence[_Answer]) -> Hit:
        group = self._offer.groups[number]
        some = [best for answer in answers if (best := self._best(number, answer)) is not None]
        top = max(some, key=lambda best: best.score)
        spans = _united(span for best in some if best.matched == top.matched for span in best.span)
        hit = Hit(
            group.code,
            group.kind,
            group.name,
            group.name_en,
            group.department,
            score,
            top.matched,
            spans,
            top.why,
        )
        if group.kind == "bundle" or len(group.items) == 1:
            return hit
        told = [best.situations for best in some if best.situations]
        alone = frozenset.intersection(*told) if told else frozenset()
        if len(alone) != 1:
            return replace(hit, situations=group.items)
        item = self._catalog.items[group.items[next(iter(alone))]]
        return replace(hit, code=item.code, name=item.name, name_en=item.name_en)

    def _best(self, number: int, answer: _Answer) -> _Best | None:
        """What of a group fits a word best."""
        scored = [(answer.phrases.scores[link.phrase] * link.weight, link) for link in self._offer.links_of(number)]
        score, link = max(scored, key=lambda pair: (pair[0], -pair[1].situation))
        extra = answer.extras.get(number)
        if extra is not None and extra.score > score:
            matched, spans = self._sentences.shown(number, extra) if extra.pairs else (extra.matched, extra.spans)
            return _Best(extra.score, matched, spans, extra.why, extra.situations)
        if not score:
            return None
        close = [other.situation for value, other in scored if value >= score - _CLOSE]
        situations = frozenset() if -1 in close else frozenset(close)
        text, phrases = self._offer.texts[link.phrase], answer.phrases
        start = int(phrases.starts[link.phrase])
        end = min(start + int(phrases.lengths[link.phrase]), len(text))
        return _Best(float(score), text, ((start, end),), _reason(link, phrases), situations)


_LAST_LOCK = Lock()
_last: tuple[Catalog, Future[SearchIndex]] | None = None


def _index_of(catalog: Catalog) -> Future[SearchIndex]:
    """The index of this very object, made once: lesson after lesson is opened on one catalogue."""
    global _last
    with _LAST_LOCK:
        if _last is None or _last[0] is not catalog:
            maker = ThreadPoolExecutor(1, thread_name_prefix="search-index")
            _last = catalog, maker.submit(SearchIndex, catalog)
            maker.shutdown(wait=False)
        return _last[1]


class IndexAhead:
    """The index of a catalogue, made by a thread of its own once `begin` is called or the first words are sought."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lock = Lock()
        self._index: Future[SearchIndex] | None = None

    def begin(self) -> None:
        """Begin making it, unless that was done. Half a second of computing: let the window draw itself first."""
        self._made()

    def _made(self) -> Future[SearchIndex]:
        with self._lock:
            if self._index is None:
                self._index = _index_of(self._catalog)
            return self._index

    @property
    def ready(self) -> bool:
        return self._index is not None and self._index.done()

    def find(self, words: str, limit: int = 20) -> list[Hit]:
        """As SearchIndex.find; waits for the index."""
        return self._made().result().find(words, limit)


def search(catalog: Catalog, words: str) -> list[Hit]:
    """One search without keeping the index (command line)."""
    return SearchIndex(catalog).find(words)


def _united(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _reason(link: Link, phrases: Matches) -> str:
    return "日常说法" if link.synonym else phrases.why(link.phrase)
