"""The administrative divisions of China: found by typing, told from an address, taken apart step by step.

resources/divisions/divisions.tsv names its source. Codes: GB/T 2260 (six digits), streets and towns nine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.domain.errors import EnvironmentProblem
from app.domain.typing_help import Suggestion
from app.forms.matching import run_from
from app.forms.spelling import fold

_UNNAMED = re.compile("市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划")
"""Divisions for the statistics only; no address names them."""
_MOST = 40


@dataclass(frozen=True)
class Division:
    """One division. path: its name with those above it, as an address begins. rank: 1 province … 4 street."""

    code: str
    name: str
    sounds: tuple[tuple[str, ...], ...]
    rank: int
    path: str
    above: Division | None

    @cached_property
    def folded(self) -> str:
        return fold(self.name)


class Divisions:
    """Made once, by `read`; unchangeable. home: the code of the window's own region, whose divisions come first."""

    def __init__(self, rows: Iterable[tuple[str, str, Sequence[str]]], home: str = "") -> None:
        self._all: dict[str, Division] = {}
        self._below: dict[str, list[Division]] = {}
        self._by_first: dict[str, list[Division]] = {}
        self._home = home
        for code, name, syllables in rows:
            above = self._all.get(_above(code))
            while above is not None and _UNNAMED.fullmatch(above.name):
                above = self._all.get(_above(above.code))
            same = above is not None and above.name == name  # 东莞市 is a city without districts
            path = (above.path if above is not None else "") + ("" if same or _UNNAMED.fullmatch(name) else name)
            rank = 4 if len(code) == 9 else 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
            made = Division(code, name, tuple((s,) for s in syllables), rank, path, above)
            self._all[code] = made
            if _UNNAMED.fullmatch(name) or same:
                continue
            self._below.setdefault(above.code if above is not None else "", []).append(made)
            for first in {made.folded[0], *(sound[0] for sound in made.sounds[0])}:
                self._by_first.setdefault(first, []).append(made)

    def of(self, address: str) -> Division | None:
        """The smallest division that an address begins with; None when it begins with none."""
        plain = address.replace(" ", "")
        # People leave out their own province and city.
        for start in dict.fromkeys(("", self._home[:2] + "0000", self._home)):
            found, at = None, 0
            below = self._below.get(start, [])
            while step := max(
                (d for d in below if plain.startswith(d.name, at)), key=lambda d: len(d.name), default=None
            ):
                found, at, below = step, at + len(step.name), self._below.get(step.code, [])
            if found is not None:
                return found
        return None

    def precise(self, division: Division) -> bool:
        """Is it a district at least, or a city that has none (东莞, 三沙)?"""
        return division.rank >= 3 or (division.rank == 2 and not self._below.get(division.code))

    def name(self, code: str) -> str:
        """The division of a code of six or nine digits with all above it; of the nearest one known; "" for none."""
        for known in (code[:9], code[:6], code[:4] + "00", code[:2] + "0000"):
            if known in self._all:
                return self._all[known].path
        return ""

    def begin(self, text: str) -> tuple[Suggestion, ...]:
        """What an address that is being typed may go on with.

        Words apart by spaces narrow from the larger to the smaller (吴兴 月河, wx yh). After a whole division its
        parts are offered; once anything follows that is none of them, nothing is.
        """
        plain = text.strip()
        whole = self.of(plain)
        if whole is not None and plain.replace(" ", "").startswith(whole.path):
            rest = plain.replace(" ", "")[len(whole.path) :]
            return self._parts(whole, rest)
        words = [fold(word) for word in plain.split()]
        if not words or len(plain) > 24:
            return ()
        found: list[tuple[tuple[int, ...], Division, tuple[int, ...]]] = []
        for division in self._by_first.get(words[-1][0], ()):
            marks = _fits(division, words)
            if marks is None:
                continue
            begins = 0 if division.folded.startswith(words[-1]) else 1
            near = 0 if self._home and division.code.startswith(self._home[:4]) else 1
            order = (begins, near, division.rank, len(division.name))
            found.append((order, division, marks))
        found.sort(key=lambda entry: entry[0])
        return tuple(self._told(division, marks) for _, division, marks in found[:_MOST])

    def first(self) -> tuple[Suggestion, ...]:
        """Where an address may begin: the parts of the home region, then the provinces."""
        home = self._all.get(self._home)
        near = self._below.get(home.code, []) if home is not None else []
        return tuple(self._told(d, ()) for d in (*near, *self._below.get("", [])))

    def _parts(self, whole: Division, rest: str) -> tuple[Suggestion, ...]:
        typed = fold(rest)
        found = []
        for part in self._below.get(whole.code, []):
            end = run_from(part.name, part.sounds, typed, 0)
            if end is not None:
                shift = len(whole.path)
                found.append(self._told(part, tuple(range(shift, shift + end))))
        return tuple(found[:_MOST])

    def _told(self, division: Division, marks: tuple[int, ...]) -> Suggestion:
        return Suggestion(division.path, division.path, marks, division.code, more=bool(self._below.get(division.code)))


def _fits(division: Division, words: Sequence[str]) -> tuple[int, ...] | None:
    """Does the last word mean the division, and each before it one above it? The marks in its path, or None."""
    end = run_from(division.name, division.sounds, words[-1], 0)
    if end is None:
        return None
    shift = len(division.path) - len(division.name)
    found = list(range(shift, shift + end))
    above = division.above
    for word in reversed(words[:-1]):
        end = None
        while above is not None and (end := run_from(above.name, above.sounds, word, 0)) is None:
            above = above.above
        if above is None or end is None:
            return None
        shift = len(above.path) - len(above.name)
        found = [*range(shift, shift + end), *found]
        above = above.above
    return tuple(found)


def _above(code: str) -> str:
    if len(code) == 9:
        return code[:6]
    if not code.endswith("00"):
        return code[:4] + "00"
    return code[:2] + "0000" if not code.endswith("0000") else ""


def read_divisions(text: str, home: str = "") -> Divisions:
    """Read divisions.tsv. EnvironmentProblem for a line that is none."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        try:
            code, name, syllables = line.split("\t")
        except ValueError as error:
            raise EnvironmentProblem(
                "行政区划数据读不出", f"第 {number} 行格式不对", "请重新安装本程序；在此之前地址可直接输入。"
            ) from error
        rows.append((code, name, syllables.split()))
    return Divisions(rows, home)
