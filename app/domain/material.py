"""Materials of a case: what must be handed in, and how each was settled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.item import MaterialUse


class MaterialStatus(StrEnum):
    """How a material stands."""

    MISSING = "missing"
    WAIVED = "waived"
    """免交: a verified licence or a query says what the paper would have said."""
    CAPTURED = "captured"
    TOLERATED = "tolerated"
    """容缺: accepted without it, to be handed in by the due date."""
    PROMISED = "promised"
    """告知承诺: replaced by a signed promise."""
    OPTIONAL = "optional"
    """Not required and not handed in."""

    @property
    def settled(self) -> bool:
        return self is not MaterialStatus.MISSING


@dataclass(frozen=True, slots=True)
class Page:
    """One sealed page of a material. sha256: of the plain bytes, hex; the file vault finds it by this."""

    sha256: str
    media_type: str
    size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Material:
    """One line of the checklist. asked_by: the items that want it, all served by this one copy."""

    use: MaterialUse
    asked_by: tuple[str, ...]
    status: MaterialStatus
    reason: str = ""
    """Why it is waived, tolerated … in words for clerk and citizen."""
    pages: tuple[Page, ...] = ()
    due: dt.date | None = None
