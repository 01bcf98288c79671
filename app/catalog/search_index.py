"""What a catalogue offers to be found by: groups (a bundle, or a main item with its situations) and their phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from app.catalog.phrases import Phrases
from app.domain.item import Bundle, Catalog, Item
from app.forms.spelling import fold

NAME, WORD, SITUATION, SYNONYM, AROUND = 1.0, 0.97, 0.8, 0.9, 0.45
"""How much a match counts by where it is. AROUND: department, result … found, but far behind what is named so."""


@dataclass(slots=True)
class Group:
    """One line of the results. items: codes of its situations; situation numbers in links count along these."""

    kind: Literal["bundle", "item"]
    code: str
    name: str
    name_en: str
    department: str
    items: tuple[str, ...]
    spoken: set[str] = field(default_factory=set)
    """Folded names and words: what a whole sentence is compared with."""


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase that leads to a group. situation: the only one of several that it speaks of, else -1."""

    phrase: int
    group: int
    weight: float
    situation: int = -1
    synonym: bool = False


class Offer:
    """All groups and phrases of a catalogue; links stand in the order of their groups."""

    def __init__(self, catalog: Catalog) -> None:
        self.groups: list[Group] = []
        self.texts: list[str] = []
        """The phrases as they are written; their folded forms are searched."""
        self._numbers: dict[str, int] = {}
        links: list[Link] = []
        for bundle in catalog.bundles.values():
            links += self._add(_bundle_group(catalog, bundle), _bundle_phrases(catalog, bundle))
        for items in _mains(catalog):
            links += self._add(_main_group(catalog, items), _main_phrases(catalog, items))
        synonyms = {word: official for word, official in catalog.synonyms.items() if official}
        for word in synonyms:
            self._number(word)
        self.phrases = Phrases([fold(text) for text in self.texts])
        links += self._synonym_links(synonyms, links)
        self.links = sorted(links, key=lambda link: link.group)
        self.link_phrases = np.array([link.phrase for link in self.links], np.int32)
        self.link_weights = np.array([link.weight for link in self.links], np.float32)
        self.group_starts = np.searchsorted([k.group for k in self.links], range(len(self.groups) + 1)).astype(np.int32)

    def links_of(self, group: int) -> list[Link]:
        return self.links[self.group_starts[group] : self.group_starts[group + 1]]

    def number(self, folded: str) -> Sequence[int]:
        """The phrase that is exactly this, if there is one."""
        found = self._numbers.get(folded)
        return () if found is None else (found,)

    def _add(self, group: Group, phrases: Iterable[tuple[str, float, int]]) -> Iterator[Link]:
        number = len(self.groups)
        self.groups.append(group)
        found: dict[int, tuple[float, set[int]]] = {}
        for text, weight, situation in phrases:
            words = " ".join(text.split())
            if not words:
                continue
            phrase = self._number(words)
            if weight > AROUND:
                group.spoken.add(fold(words))
            before, of = found.get(phrase, (0.0, set()))
            found[phrase] = max(weight, before), of | {situation}
        for phrase, (weight, of) in found.items():
            alone = len(of) == 1 and len(group.items) > 1 and group.kind == "item"
            yield Link(phrase, number, weight, next(iter(of)) if alone else -1)

    def _number(self, words: str) -> int:
        folded = fold(words)
        if folded not in self._numbers:
            self._numbers[folded] = len(self.texts)
            self.texts.append(words)
        return self._numbers[folded]

    def _synonym_links(self, synonyms: Mapping[str, Sequence[str]], links: Sequence[Link]) -> Iterator[Link]:
        """An everyday word leads to whatever is named with one of its official words."""
        leading: dict[int, list[Link]] = defaultdict(list)
        for link in links:
            if link.weight > AROUND:
                leading[link.phrase].append(link)
        known = {(link.phrase, link.group) for link in links}
        for everyday, words in synonyms.items():
            phrase = self._number(everyday)
            found: dict[int, list[Link]] = defaultdict(list)
            for word in words:
                for at in set(self.phrases.find(self.phrases.spelt(fold(word))).phrases.tolist()):
                    for link in leading[at]:
                        found[link.group].append(link)
            for group, some in found.items():
                if (phrase, group) not in known:
                    of = {link.situation for link in some}
                    yield Link(phrase, group, SYNONYM, next(iter(of)) if len(of) == 1 else -1, synonym=True)


def _bundle_group(catalog: Catalog, bundle: Bundle) -> Group:
    departments = dict.fromkeys(catalog.departments[catalog.items[code].department].name for code in bundle.items)
    return Group("bundle", bundle.code, bundle.name, bundle.name_en, "、".join(departments), bundle.items)


def _bundle_phrases(catalog: Catalog, bundle: Bundle) -> Iterator[tuple[str, float, int]]:
    yield bundle.name, NAME, -1
    yield from ((word, WORD, -1) for word in bundle.words)
    items = [catalog.items[code] for code in bundle.items]
    around = (bundle.description, *(catalog.departments[i.department].name for i in items), *(i.name for i in items))
    yield from ((text, AROUND, -1) for text in dict.fromkeys(around))


def _mains(catalog: Catalog) -> Iterable[tuple[Item, ...]]:
    """The situations of each main item together, in the catalogue's order."""
    mains: dict[str, list[Item]] = defaultdict(list)
    for item in catalog.items.values():
        mains[item.main or item.code].append(item)
    return [tuple(items) for items in mains.values()]


def _main_group(catalog: Catalog, items: tuple[Item, ...]) -> Group:
    first = items[0]
    department, codes = catalog.departments[first.department].name, tuple(item.code for item in items)
    main = catalog.mains.get(first.main)
    if main is None or len(items) == 1:
        return Group("item", first.code, first.name, first.name_en, department, codes)
    return Group("item", main.code, main.name, main.name_en, department, codes)


def _main_phrases(catalog: Catalog, items: tuple[Item, ...]) -> Iterator[tuple[str, float, int]]:
    main = catalog.mains.get(items[0].main)
    if main is not None:
        yield main.name, NAME, -1
    for at, item in enumerate(items):
        yield item.name, NAME, at
        yield item.sub, NAME, at
        yield item.situation, SITUATION, at
        yield from ((word, WORD, at) for word in item.words)
        yield item.result, AROUND, at
    yield catalog.departments[items[0].department].name, AROUND, -1
