"""Redeeming 核验 the opaque dynamic codes of e-licences: what is asked of the platform and what it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RedeemOutcome(StrEnum):
    """What became of a code. Only REDEEMED tells anything of the licence."""

    REDEEMED = "redeemed"
    UNKNOWN = "unknown"
    """Nobody issued this code, or it was forgotten long ago."""
    EXPIRED = "expired"
    """Its time ran out before it was redeemed; the phone shows a new one by now."""
    USED = "used"
    """It was redeemed before, by another operation: a picture of a code, or a code shown twice."""
    REVOKED = "revoked"
    """The licence behind it was revoked 注销."""


@dataclass(frozen=True, slots=True)
class RedeemRequest:
    """One redemption. op_id: UUID, the same on every attempt; the gateway answers a repetition with its first answer.

    scenario, purpose: of the grant table. items: codes of the items that need the licence; none while the visitor only
    shows it. clerk: who asks.
    """

    op_id: str
    code: str
    scenario: str
    purpose: str
    clerk: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RedeemedLicence:
    """The licence behind a code, as its issuer holds it. type: short name as in a material's `waived_by`.

    holder: {"name", "id_number"|"uscc"}. claims: role.element -> text. valid_until: None when it does not end.
    """

    type: str
    title: str
    identifier: str
    issuer: str
    holder: Mapping[str, str]
    claims: Mapping[str, str] = field(default_factory=dict)
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class RedeemReply:
    """What the gateway answered. reference: the number under which it keeps the call. at: its time, UTC."""

    outcome: RedeemOutcome
    reference: str
    at: dt.datetime
    licence: RedeemedLicence | None = None


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A dynamic code as the issuing service hands it to the gateway. expires_at: UTC; revoked: the licence was."""

    code: str
    licence: RedeemedLicence
    expires_at: dt.datetime
    revoked: bool = False
