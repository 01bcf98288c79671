"""A fact is a value with its source; everything the counter learns is one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """Where a value came from. Order of declaration is the order of trust, strongest first."""

    CARD = "card"
    """A document's chip, read by a device (resident ID card, residence permit, passport chip)."""
    QUERY = "query"
    """A shared-data query answered by the department that owns the data."""
    LICENCE = "licence"
    """An electronic licence 电子证照, scanned or fetched."""
    CASE = "case"
    """An earlier case of the same person or firm."""
    BOOKING = "booking"
    """What the visitor stated when booking."""
    PACK = "pack"
    """A visit pack: what was prepared before a visit at the applicant's place, or by the agent who helps."""
    CAPTURE = "capture"
    """Recognised on a picture (OCR); always for review."""
    CLERK = "clerk"
    """Typed at the counter."""
    DERIVED = "derived"
    """Follows from another value: the birth date from an identity number, the division's code from an address."""
    DEFAULT = "default"
    """Proposed by the catalogue (e.g. the usual period of a licence)."""


class Verdict(StrEnum):
    """How far a source can be trusted. The licence verdicts are those of docs/protocol (domain facts §3)."""

    CHIP_READ = "CHIP_READ"
    """Read from a chip through its security module."""
    VERIFIED_ONLINE = "VERIFIED_ONLINE"
    SIGNATURE_VALID = "SIGNATURE_VALID"
    """Offline: the signature holds against the trust list of a stated date."""
    CAPTURED_UNVERIFIED = "CAPTURED_UNVERIFIED"
    STATED = "STATED"
    """Said by the applicant or typed by the clerk."""
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    INVALID = "INVALID"

    @property
    def usable(self) -> bool:
        """May a fact with this verdict fill a form?"""
        return self not in (Verdict.EXPIRED, Verdict.REVOKED, Verdict.INVALID)


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so. label is what the clerk reads (e.g. 居民身份证); ref is a masked or opaque reference."""

    kind: SourceKind
    label: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its source.

    role: the thing the value describes ("applicant", "business", "premises" …). element: an entry of the data element
    dictionary ("name", "id_number" …). value: text; dates are YYYY-MM-DD, numbers plain decimal, choices their code.
    at: when it was learnt, UTC.
    """

    role: str
    element: str
    value: str
    source: Source
    verdict: Verdict
    at: dt.datetime

    @property
    def key(self) -> str:
        """The combined form's field that this fact fills."""
        return f"{self.role}.{self.element}"


def fact_of(key: str, value: str, source: Source, verdict: Verdict, at: dt.datetime) -> Fact:
    """A fact of a form's field. key: role.element."""
    role, _, element = key.partition(".")
    return Fact(role, element, value, source, verdict, at)
