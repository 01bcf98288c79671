"""The papers 文书 that a window hands over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.case import Case, Window
from app.domain.signature import Signature


class PaperKind(StrEnum):
    """Kinds of paper by their official names."""

    ACCEPTANCE_NOTICE = "受理通知书"
    MATERIAL_RECEIPT = "收件材料接收凭证"
    ONE_TIME_NOTICE = "一次性告知书"


@dataclass(frozen=True, slots=True)
class Lack:
    """One line of a one-time notice: what lacks or is wrong, and how to put it right."""

    name: str
    what: str
    is_material: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes on a paper. number: the paper's own number. cases: those it speaks of. awaiting_platform: accepted
    at this window, not yet acknowledged by the platform; the paper then says so.
    """

    kind: PaperKind
    number: str
    cases: tuple[Case, ...]
    window: Window
    clerk: str
    issued_at: dt.datetime
    title: str
    """What the visitor came for, e.g. 我要开理发店."""
    awaiting_platform: bool = True
    demo: bool = False
    reprint: int = 0
    lacks: tuple[Lack, ...] = ()
    """Of a one-time notice: everything to be put right. Its cases are drafts without numbers."""
    signature: Signature | None = None
    """Of the applicant, when it was given on the citizen's screen."""


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A paper as bytes. job_id is stable for (number, reprint), so that a retry never prints twice."""

    paper: Paper
    pdf: bytes
    qr_text: str
    sha256: str
    job_id: str
