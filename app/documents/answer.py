"""The answer of a check of a paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.documents.code import PaperCode


class Standing(StrEnum):
    """Whose key signed: certified by the platform, this window's own and not certified, one that counted and does not
    any more, or nobody's that we know."""

    CERTIFIED = "certified"
    OWN = "own"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """The answer. ours: a key that counts signed the code. unaltered: nothing handed in differs from what was signed
    (of a code alone: the code is whole). words: for a person; holds personal data, not for logs. code: what was signed,
    when it was opened at all.
    """

    ours: bool
    unaltered: bool
    words: str
    number: str | None = None
    issued_at: dt.datetime | None = None
    differences: tuple[str, ...] = ()
    standing: Standing = Standing.UNKNOWN
    code: PaperCode | None = None
    seals: int = 0
    """Electronic receive seals on it that stand."""
