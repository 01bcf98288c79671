"""The electronic receive seal 收件专用章 of a region: its signature over the acceptance of one case.

A CWT in COSE_Sign1, zlib, Base45 with the prefix YCR1: (app.licences.cose), signed with the region's own key (Ed25519).
It says which case was received, with what content (SHA-256 of its document), where, and who is to decide. The other
region's platform takes no case without it; a paper that carries it is verified by it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.errors import BadInput
from app.domain.territory import Territory
from app.licences.cose import CodeError, SigningKey, open_text, public_key_kid, sign_text
from app.licences.snapshot import Pin

PREFIX = "YCR1:"
MAX_SEAL = 2000
"""Characters."""
_KIND = "region-receipt"
_ISSUER, _ISSUED_AT = 1, 6
_NUMBER = 8
"""Characters of the seal's own number."""


class BadSeal(BadInput):
    """No seal that a known region made."""

    def __init__(self, what: str) -> None:
        super().__init__("收件专用章不符", what, "请向收件地平台核实，核实前不要采信。")


@dataclass(frozen=True, slots=True)
class RegionSeal:
    """What a seal says. region: who received; to: who decides. digest: SHA-256 of the case's document, hexadecimal."""

    region: Territory
    to: Territory
    case_id: str
    case_no: str
    provisional_no: str
    item_code: str
    digest: str
    received_at: dt.datetime
    text: str

    @property
    def number(self) -> str:
        """印章编号, as it stands on paper: it follows from the seal, so that another one's has another."""
        return seal_number(self.text)


def seal_number(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_NUMBER].upper()


def make_seal(
    key: SigningKey,
    region: Territory,
    to: Territory,
    *,
    case_id: str,
    case_no: str,
    provisional_no: str,
    item_code: str,
    digest: str,
    received_at: dt.datetime,
) -> str:
    """The seal's text; the same case gives the same seal."""
    claims: dict[Any, Any] = {
        _ISSUER: region.code,
        _ISSUED_AT: int(received_at.timestamp()),
        "k": _KIND,
        "r": region.name,
        "t": to.code,
        "u": to.name,
        "c": case_id,
        "n": case_no,
        "p": provisional_no,
        "i": item_code,
        "h": bytes.fromhex(digest),
    }
    return sign_text(claims, key, PREFIX)


def open_seal(text: str, regions: Sequence[tuple[str, Pin]]) -> RegionSeal:
    """Check a seal. regions: (code, key) of those whose seals count. BadSeal: forged, of nobody known, or no seal."""
    keys = {public_key_kid(pin.public_key): (code, pin) for code, pin in regions}

    def find(kid: bytes) -> Sequence[Pin]:
        return (keys[kid][1],) if kid in keys else ()

    if len(text) > MAX_SEAL:
        raise BadSeal("内容过长")
    try:
        opened = open_text(text, PREFIX, find)
        said = opened.payload
        if said["k"] != _KIND or said[_ISSUER] != keys[opened.kid][0]:
            raise ValueError("another region's name")
        return RegionSeal(
            Territory(str(said[_ISSUER]), str(said["r"])),
            Territory(str(said["t"]), str(said["u"])),
            str(said["c"]),
            str(said["n"]),
            str(said["p"]),
            str(said["i"]),
            bytes(said["h"]).hex(),
            dt.datetime.fromtimestamp(said[_ISSUED_AT], dt.UTC),
            text,
        )
    except CodeError as error:
        raise BadSeal(error.what) from error
    except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        raise BadSeal("内容不是收件专用章") from error
