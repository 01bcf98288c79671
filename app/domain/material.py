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
class Clearance:
    """How a check that tolerance hangs on came out. words: why, for clerk and citizen."""

    ok: bool
    words: str


class FileState(StrEnum):
    """Where a page's file stands on its way (docs/protocol.md, States)."""

    CAPTURED = "captured"
    """Taken, and not yet in the vault."""
    SEALED = "sealed"
    """In the vault; the platform does not know of it."""
    DECLARED = "declared"
    """Named by a case that the platform has; still to be sent."""
    UPLOADING = "uploading"
    STORED = "stored"
    """The platform has it and has hashed it again."""
    PURGED = "purged"
    """The platform has it; here it was cleared."""
    REFUSED = "refused"
    """The platform would not have it; a person must see to it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sealed page of a material. sha256: of the plain bytes, hex; the file vault finds it by this."""

    sha256: str
    media_type: str
    size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The earlier case whose pages are used again 沿用.

    number: 受理流水号. day: when the paper itself was handed in, legal time; reusing what was itself
    reused keeps that first day, so that no paper lives for ever.
    """

    number: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Material:
    """One line of the checklist. asked_by: the items that want it, all served by this one copy.

    ticked: the acceptance points 收件要点 that the clerk confirmed. origin: set when the pages are an earlier case's.
    check_due, checker: of a promise 告知承诺, by when and by whom it is checked afterwards 核查.
    """

    use: MaterialUse
    asked_by: tuple[str, ...]
    status: MaterialStatus
    reason: str = ""
    """Why it is waived, tolerated … in words for clerk and citizen."""
    pages: tuple[Page, ...] = ()
    due: dt.date | None = None
    """Of a tolerated material: the last day to hand it in. It stays when that was done."""
    ticked: tuple[str, ...] = ()
    origin: Origin | None = None
    check_due: dt.date | None = None
    checker: str = ""
    checked: str = ""
    """What the check of the promise found, with its day and the clerk; empty while it is still to be done."""

    @property
    def unticked(self) -> tuple[str, ...]:
        """Acceptance points of a captured material that nobody has confirmed."""
        if self.status is not MaterialStatus.CAPTURED:
            return ()
        return tuple(point for point in self.use.acceptance_points if point not in self.ticked)
