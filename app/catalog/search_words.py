"""One word against all phrases: as text, by sound, by spelling, with a mistake, or as a sentence that holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import groupby, islice, product

import numpy as np
from numpy.typing import NDArray

from app.catalog.phrases import Found, Phrases, Weights
from app.catalog.search_index import Offer
from app.forms.spelling import Speller, fold, near, readings

_MISTAKES_FROM = 3
"""Characters (or syllables) from which on one mistake is forgiven; of letters it takes five."""

_SAME, _NEAR = np.float32(0.9), np.float32(0.8)
"""Weights of another character of the same sound, and of a near one."""

_SURE = 0.95
"""A weight above this: the character itself, or the syllable as it is typed."""

_WAYS = 8


class Way(IntEnum):
    """How a word was found."""

    TEXT = 0
    SAME_SOUND = 1
    NEAR_SOUND = 2
    PINYIN = 3
    INITIALS = 4
    MISTAKE = 5
    HELD = 6


_WORDS = {
    Way.TEXT: "",
    Way.SAME_SOUND: "同音字",
    Way.NEAR_SOUND: "近音",
    Way.PINYIN: "拼音",
    Way.INITIALS: "拼音首字母",
    Way.MISTAKE: "改正一处",
    Way.HELD: "含有",
}


@dataclass(frozen=True, slots=True)
class Matches:
    """The score of every phrase (0: does not fit), and where and how it fits."""

    scores: Weights
    starts: NDArray[np.int16]
    lengths: NDArray[np.int16]
    ways: NDArray[np.int8]

    @classmethod
    def none(cls, size: int) -> Matches:
        return cls(
            np.zeros(size, np.float32), np.zeros(size, np.int16), np.zeros(size, np.int16), np.zeros(size, np.int8)
        )

    def why(self, phrase: int) -> str:
        return _WORDS[Way(int(self.ways[phrase]))]

    def merged(self, other: Matches) -> Matches:
        """The better of the two for every phrase."""
        better = other.scores > self.scores
        return Matches(
            np.where(better, other.scores, self.scores),
            np.where(better, other.starts, self.starts),
            np.where(better, other.lengths, self.lengths),
            np.where(better, other.ways, self.ways),
        )

    def put(
        self, phrases: NDArray[np.int32], scores: Weights, starts: NDArray[np.int32], length: int, way: Way
    ) -> None:
        """Take in what was found; of several places in a phrase the best one."""
        best = self.scores.copy()
        np.maximum.at(best, phrases, scores)
        news = (scores == best[phrases]) & (scores > self.scores[phrases])
        at = phrases[news]
        self.scores[at], self.starts[at], self.lengths[at], self.ways[at] = scores[news], starts[news], length, way


@dataclass(frozen=True, slots=True)
class _Scale:
    """Scores by where a word stands: it is the phrase, begins it, or stands inside. More of the phrase counts more."""

    whole: float
    begins: float
    inside: float

    def of(self, found: Found, phrases: Phrases, length: int) -> Weights:
        sizes = phrases.lengths[found.phrases]
        share = np.minimum(length / np.maximum(sizes, 1), 1)
        whole = (found.starts == 0) & (sizes == length)
        base = np.where(whole, self.whole, np.where(found.starts == 0, self.begins, self.inside) + 4 * share)
        return (base * found.fits).astype(np.float32)


_TEXT = _Scale(98, 88, 80)
_PINYIN = _Scale(76, 70, 62)
_INITIALS = _Scale(74, 66, 58)
_MISTAKE = _Scale(57, 56, 54)


class Words:
    """Compares words with the phrases of a catalogue."""

    def __init__(self, offer: Offer, synonyms: Mapping[str, Sequence[str]]) -> None:
        self._offer = offer
        self._phrases = offer.phrases
        alphabet = self._phrases.alphabet
        some_readings = [readings(char) if char != "\n" else () for char in alphabet]
        self._number = {char: at for at, char in enumerate(alphabet)}
        self._syllables: dict[str, list[int]] = {}
        self._usual: dict[str, list[int]] = {}
        for at, some in enumerate(some_readings):
            for syllable in some:
                self._syllables.setdefault(syllable, []).append(at)
                if syllable == some[0]:
                    self._usual.setdefault(syllable, []).append(at)
        self._speller = Speller(self._syllables)
        self._spelt = _Spelt(self._phrases, [fold(text) for text in offer.texts])
        self._synonyms = {fold(word): bool(official) for word, official in synonyms.items()}
        self._weights = lru_cache(maxsize=512)(self._make_weights)

    def plain(self, word: str) -> Matches:
        """The phrases that hold the word as it was typed, whatever way of typing that was."""
        matches = Matches.none(len(self._phrases))
        for pieces in self._cuts(word):
            found = self._phrases.find([self._weights(piece) for piece in pieces])
            if not len(found.phrases):
                continue
            length = len(pieces)
            if any(_is_letters(piece) for piece in pieces):
                initials = all(_is_letters(piece) and len(piece) == 1 for piece in pieces)
                scale, way = (_INITIALS, Way.INITIALS) if initials else (_PINYIN, Way.PINYIN)
                matches.put(found.phrases, scale.of(found, self._phrases, length), found.starts, length, way)
                continue
            scores = _TEXT.of(found, self._phrases, length)
            same = (found.worst < 1) & (found.worst >= _SAME)
            for these, way in (
                (found.worst == 1, Way.TEXT),
                (same, Way.SAME_SOUND),
                (found.worst < _SAME, Way.NEAR_SOUND),
            ):
                matches.put(found.phrases[these], scores[these], found.starts[these], length, way)
        return matches

    def guesses(self, word: str) -> Matches:
        """The phrases that a longer word holds, and those that fit but for one mistake."""
        matches = self._held(word)
        if word.isascii():
            if word.isalpha() and len(word) >= 5:
                found, lengths = self._spelt.find_nearly(word)
                scores = _MISTAKE.of(found, self._phrases, max(2, len(word) // 3))
                for length in set(lengths.tolist()):
                    these = lengths == length
                    matches.put(found.phrases[these], scores[these], found.starts[these], length, Way.MISTAKE)
        else:
            for pieces in islice(self._cuts(word), 2):
                if len(pieces) >= _MISTAKES_FROM:
                    # A wrong character beside another that is only heard alike would be two mistakes.
                    exact = [np.where(w > _SURE, w, 0).astype(np.float32) for w in map(self._weights, pieces)]
                    found = self._phrases.find_nearly(exact)
                    scores = _MISTAKE.of(found, self._phrases, len(pieces))
                    matches.put(found.phrases, scores, np.maximum(found.starts, 0), len(pieces), Way.MISTAKE)
        return matches

    def _held(self, word: str) -> Matches:
        """我要开理发店谢谢 holds 开理发店. The longer what is held, the better."""
        matches = Matches.none(len(self._phrases))
        lookup = self._spelt.number if word.isascii() else self._offer.number
        least = 5 if word.isascii() else 2
        for start in range(len(word)):
            for end in range(start + least, len(word) + 1):
                for phrase in lookup(word[start:end]):
                    size = int(self._phrases.lengths[phrase])
                    score = (60 if word.isascii() else 68) + 8 * (end - start) / len(word)
                    if score > matches.scores[phrase]:
                        matches.scores[phrase], matches.starts[phrase] = score, 0
                        matches.lengths[phrase], matches.ways[phrase] = size, Way.HELD
        return matches

    def parts(self, word: str) -> list[tuple[str, bool]]:
        """A sentence cut at the everyday words in it: (part, whether it is one); empty when it holds none.

        Words that say nothing here (我想, 怎么办: those without official words) are left out.
        """
        parts: list[tuple[str, bool]] = []
        rest, at = "", 0
        while at < len(word):
            known = next((word[at:end] for end in range(len(word), at, -1) if word[at:end] in self._synonyms), "")
            if known:
                parts += [(rest, False)] if rest else []
                parts += [(known, True)] if self._synonyms[known] else []
                rest, at = "", at + len(known)
            else:
                rest, at = rest + word[at], at + 1
        parts += [(rest, False)] if rest else []
        return [] if parts == [(word, False)] else parts

    def _cuts(self, word: str) -> list[tuple[str, ...]]:
        """The word as rows of pieces: characters, and letters read as syllables or their beginnings."""
        runs = [("".join(run), letters) for letters, run in groupby(word, key=_is_letters)]
        ways = [self._speller.cuts(run) if letters else [tuple(run)] for run, letters in runs]
        return [tuple(piece for part in way for piece in part) for way in islice(product(*ways), _WAYS)]

    def _make_weights(self, piece: str) -> Weights:
        """Which characters a piece stands for: itself, its sound, a near sound; pinyin of which it is the beginning."""
        weights = np.zeros(len(self._phrases.alphabet), np.float32)
        if _is_letters(piece):
            self._spell(weights, piece)
        else:
            # Whoever picks the wrong character picks one that usually sounds so.
            syllable = readings(piece)[0]
            for other, at in self._usual.items() if _is_letters(syllable) and not piece.isascii() else ():
                if near(other) == near(syllable) and _is_letters(other):
                    _raise(weights, at, _SAME if other == syllable else _NEAR)
        if piece in self._number:
            weights[self._number[piece]] = 1
        weights[0] = 0
        return weights

    def _spell(self, weights: Weights, piece: str) -> None:
        sound = near(piece)
        for syllable, at in self._syllables.items():
            if syllable == piece:
                grade = 1.0
            elif syllable.startswith(piece):
                grade = 0.97
            elif len(piece) > 1 and near(syllable) == sound:
                grade = 0.88
            elif len(piece) > 1 and near(syllable).startswith(sound):
                grade = 0.84
            else:
                continue
            _raise(weights, self._usual.get(syllable, ()), grade)
            # By its rare readings a character fits too (银行 yinhang), by their initials hardly (体 is ben as well).
            _raise(weights, at, grade * (0.92 if len(piece) > 1 else 0.8))


class _Spelt:
    """The phrases in the letters of their usual pinyin."""

    def __init__(self, phrases: Phrases, texts: Sequence[str]) -> None:
        usual = [readings(char)[0] if char != "\n" else "\n" for char in phrases.alphabet]
        table = {ord(char): spelt for char, spelt in zip(phrases.alphabet, usual, strict=True)}
        joined = [text.translate(table) for text in texts]
        self._phrases = Phrases(joined)
        self._numbers: dict[str, list[int]] = {}
        for at, letters in enumerate(joined):
            self._numbers.setdefault(letters, []).append(at)
        # Letter -> the character in the phrase that it belongs to, at the places of the letters' own array.
        sizes = np.array([len(spelt) for spelt in usual])[phrases.symbols]
        char = np.arange(len(phrases.symbols)) - (phrases.offsets[phrases.phrase_of] if texts else 0)
        self._chars = np.repeat(char, sizes).astype(np.int16)

    def number(self, letters: str) -> Sequence[int]:
        return self._numbers.get(letters, ())

    def find_nearly(self, letters: str) -> tuple[Found, NDArray[np.int16]]:
        """Phrases that hold the letters with one mistake, from the beginning of a syllable; places in characters."""
        found = self._phrases.find_nearly(self._phrases.spelt(letters))
        if not len(found.phrases):
            return found, np.empty(0, np.int16)
        base = self._phrases.offsets[found.phrases]
        first = base + np.maximum(found.starts, 0)
        begins = self._chars[first] != self._chars[first - 1]
        last = base + np.minimum(found.starts + len(letters) - 1, self._phrases.lengths[found.phrases] - 1)
        starts = self._chars[first].astype(np.int32)
        lengths = self._chars[last] - self._chars[first] + 1
        return Found(found.phrases[begins], starts[begins], found.fits[begins], found.worst[begins]), lengths[begins]


def _is_letters(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _raise(weights: Weights, at: Sequence[int], grade: float | np.float32) -> None:
    if at:
        weights[at] = np.maximum(weights[at], grade)
