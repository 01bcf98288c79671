"""How Chinese is typed on a keyboard: whole pinyin, initials or a mixture, with the near sounds of southern accents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_WAYS = 6
"""So many ways of cutting a run of letters are followed; people who type whole syllables mean the longest cut."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def fold(text: str) -> str:
    """Full-width letters and digits as half-width, without case: ＬＦＤ and lfd are the same word. Length is kept."""
    half = text if text.isascii() else text.translate(_HALF_WIDTH)
    small = half.lower()
    # A few capitals (İ) have no small letter of one character.
    return small if len(small) == len(half) else "".join(c.lower() if len(c.lower()) == 1 else c for c in half)


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """The pinyin of a character without tones, ü as v, the usual one first; a letter or digit reads as itself."""
    # pypinyin reads its tables on import; the window must be up before that.
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return tuple(dict.fromkeys(found[0])) if found else (char,)


@lru_cache(maxsize=2048)
def near(syllable: str) -> str:
    """What syllables have in common that many people do not tell apart: zh/z ch/c sh/s n/l ang/an eng/en ing/in."""
    for full, short in _INITIALS:
        if syllable.startswith(full):
            syllable = short + syllable.removeprefix(full)
            break
    for full, short in _FINALS:
        if syllable.endswith(full):
            syllable = syllable.removesuffix(full) + short
            break
    return syllable.replace("v", "u")


def near_variants(syllables: Iterable[str]) -> frozenset[str]:
    """The syllables and everything that somebody may write for them by near sound."""
    found = set(syllables)
    for one, other in (*_INITIALS, ("v", "u")):
        found |= {other + s.removeprefix(one) for s in found if s.startswith(one)}
        found |= {one + s.removeprefix(other) for s in found if s.startswith(other) and not s.startswith(one)}
        found |= {s.replace("v", "u") for s in found}
    for one, other in _FINALS:
        found |= {s.removesuffix(one) + other for s in found if s.endswith(one)}
        found |= {s.removesuffix(other) + one for s in found if s.endswith(other)}
    return frozenset(found)


class Speller:
    """Cuts runs of letters into syllables and beginnings of syllables. syllables: those that may be met."""

    def __init__(self, syllables: Iterable[str]) -> None:
        self._beginnings = frozenset(
            s[:end] for s in near_variants(syllables) if s.isascii() and s.isalpha() for end in range(1, len(s) + 1)
        )

    def cuts(self, run: str) -> list[tuple[str, ...]]:
        """The ways in which a run of letters can be read, fewest pieces first; a letter that begins nothing alone.

        lifadian: li-fa-dian, li-fa-di-an …; klfd: k-l-f-d.
        """
        # Only the best few of each length of the rest are kept: the number of all ways doubles with each letter.
        best: list[list[tuple[str, ...]]] = [[] for _ in run] + [[()]]
        for start in range(len(run) - 1, -1, -1):
            ways = [
                (run[start:end], *rest)
                for end in range(min(len(run), start + 6), start, -1)
                if end == start + 1 or run[start:end] in self._beginnings
                for rest in best[end]
            ]
            best[start] = sorted(ways, key=lambda way: (len(way), -len(way[0])))[:_WAYS]
        return best[0]
