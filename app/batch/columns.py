"""Which column of the file is which element."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Sequence

import yaml

import resources
from app.domain.form import FormField

_NEAR = 0.75
"""How alike a heading and a title must be to be taken for the same."""


def plain(text: str) -> str:
    """A heading without what people vary: marks of required columns, units, notes in brackets, spaces."""
    text = re.sub(r"[（(\[【].*?[）)\]】]", "", text)
    return re.sub(r"[\s*＊:：、/_-]", "", text).casefold()


@functools.lru_cache(maxsize=1)
def _other_words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = yaml.safe_load(resources.path("batch/headings.yaml").read_text("utf-8"))
    return words


class ColumnMatcher:
    """Matches headings with the columns of a TABLE field.

    By title, English title, id and the other words that firms use (resources/batch/headings.yaml); then by likeness.
    """

    def __init__(self, table: FormField) -> None:
        self._known: dict[str, str] = {}
        for element in table.columns:
            for word in (*_other_words().get(element.id, ()), element.id, element.title_en, element.title):
                if word:
                    self._known[plain(word)] = element.id

    def count(self, cells: Sequence[str]) -> int:
        """How many cells are headings that are known exactly."""
        return len({found for cell in cells if (found := self._known.get(plain(cell)))})

    def match(self, headings: Sequence[str]) -> dict[str, int]:
        """element id -> column of the file, each used once; exact matches first."""
        found: dict[str, int] = {}
        for at, heading in enumerate(headings):
            element = self._known.get(plain(heading))
            if element and element not in found:
                found[element] = at
        for at, heading in enumerate(headings):
            if at in found.values() or not heading:
                continue
            left = {word: element for word, element in self._known.items() if element not in found}
            near = difflib.get_close_matches(plain(heading), left, 1, _NEAR)
            if near:
                found[left[near[0]]] = at
        return found
