"""The recovery code 恢复码: 140 random bits that a person can copy from the screen onto paper and type back.

Seven groups of five characters of Crockford's base 32 (https://www.crockford.com/base32.html: no I, L, O, U, so that
nothing is mistaken for 1 or 0). The fifth of each group checks the four before it and the group's place, so that a slip
of the pen is told by its group.
"""

from __future__ import annotations

import secrets
import unicodedata

from app.domain.errors import BadInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, DATA = 7, 4
_WEIGHTS = (1, 3, 5, 7)
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = frozenset("-‐‑‒–—−·.,_ \t\r\n\u3000")


def new_code() -> str:
    """A fresh code in groups, e.g. 7K3MX-…; 7 × 20 bits from the system's random source."""
    groups = ["".join(secrets.choice(ALPHABET) for _ in range(DATA)) for _ in range(GROUPS)]
    return "-".join(group + _check(place, group) for place, group in enumerate(groups))


def read_code(text: str) -> str:
    """What a person typed, as new_code writes it: lower case, spaces, O for 0 and full-width letters are understood.

    BadInput, naming the group, when it cannot be one.
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_ALIKE)
    plain = "".join(char for char in plain if char not in _BETWEEN)
    size = DATA + 1
    groups = [plain[at : at + size] for at in range(0, len(plain), size)]
    for place, group in enumerate(groups[:GROUPS]):
        wrong = len(group) == size and (
            any(char not in ALPHABET for char in group) or _check(place, group[:DATA]) != group[DATA]
        )
        if wrong:
            raise BadInput("恢复码有误", f"第 {place + 1} 组“{group}”不对。", "请对照纸上的恢复码改正这一组。")
    if len(plain) != GROUPS * size:
        raise BadInput("恢复码有误", f"恢复码共 {GROUPS} 组，每组 {size} 位；输入了 {len(plain)} 位。", "请输入完整。")
    return "-".join(groups)


def _check(place: int, group: str) -> str:
    total = place + sum(w * ALPHABET.index(char) for w, char in zip(_WEIGHTS, group, strict=True))
    return ALPHABET[total % len(ALPHABET)]
