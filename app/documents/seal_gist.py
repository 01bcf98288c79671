"""What a paper's signed code says of the electronic receive seals on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"章号 ([0-9A-F]{8})")


def seal_gist(numbers: Sequence[str]) -> str:
    """How many there are, and the first one's number."""
    return f"电子收件专用章 {len(numbers)} 枚，章号 {numbers[0]}"


def named_seal(gist: str) -> str:
    """The number that it names; "" for none."""
    found = _NUMBER.search(gist)
    return found[1] if found else ""
