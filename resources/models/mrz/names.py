"""Count which letters follow which in people's names, and write it as a table for the reader.

    python -m pip install -r requirements-train.txt
    PYTHONPATH=. python resources/models/mrz/names.py resources/models/mrz/names.npy

The names are those of Faker (MIT), of some fifty languages, as the zone writes them; of each language every name once.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Iterator

import faker.providers.person as people
import numpy as np
from pypinyin import lazy_pinyin

from app.identity.mrz.names import transliterate
from app.identity.mrz.names_prior import LETTERS

_LEAST = 0.75
"""Share of a name's letters that must have one in the zone: names in scripts without a table are left out."""
_SMOOTH = (30.0, 60.0)
"""How many letters seen weigh as much as the shorter context: of pairs and of threes."""


def names() -> dict[str, set[str]]:
    """Words of names by language, A to Z."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        language, _, country = module.name.partition("_")
        for field in dir(provider):
            if "first_" in field or "last_" in field or "surname" in field:
                for name in _texts(getattr(provider, field)):
                    found[language] |= _words(name, language, country)
    return {language: words for language, words in sorted(found.items()) if len(words) > 50}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if "{" not in value:
            yield value
    elif isinstance(value, (list, tuple, dict)):
        for part in value:
            yield from _texts(part)


def _words(name: str, language: str, country: str) -> set[str]:
    latin = "".join(lazy_pinyin(name)) if language == "zh" else name
    issuer = {"UA": "UKR", "BG": "BGR", "MK": "MKD"}.get(country, "")
    # Arabic is spelt letter by letter in the zone; states write it as they would in Latin letters.
    if any("\u0600" <= char <= "\u06ff" for char in latin):
        return set()
    zone = transliterate(latin, issuer)
    return set(zone.split("<")) - {""} if len(zone) >= _LEAST * len(latin) else set()


def table(found: dict[str, set[str]]) -> np.ndarray:
    """(27, 27, 27): natural logarithm of how likely a letter or the end is after two others (0: before the word)."""
    size = len(LETTERS)
    counts = np.zeros((size, size, size))
    for words in found.values():
        # A language with many names counts for more, but not in proportion.
        weight = 1 / math.sqrt(len(words))
        for word in words:
            spelt = [0, 0, *(LETTERS.index(char) for char in word), 0]
            for before, last, now in zip(spelt, spelt[1:], spelt[2:], strict=False):
                counts[before, last, now] += weight
    counts *= sum(map(len, found.values())) / sum(math.sqrt(len(words)) for words in found.values())
    single = counts.sum((0, 1)) + 1
    single /= single.sum()
    pairs = counts.sum(0) + _SMOOTH[0] * single
    pairs /= pairs.sum(1, keepdims=True)
    threes = counts + _SMOOTH[1] * pairs[None]
    return np.log(threes / threes.sum(2, keepdims=True))


def main() -> None:
    found = names()
    print({language: len(words) for language, words in found.items()}, sum(map(len, found.values())))
    np.save(sys.argv[1], table(found).astype(np.float16))


if __name__ == "__main__":
    main()
