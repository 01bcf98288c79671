"""The code at which a visitor rates later 评价码: short, signed by the window, bound to one visit.

It holds no name in full and no number of a person: the first case's 受理流水号, the masked name, the window, two times.
A COSE_Sign1 message (RFC 9052) with the window's paper key, so that a window without a line makes it too; base64url,
because it is the end of an address that any phone opens.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cbor2

from app.domain.case import Case
from app.domain.person import mask_name
from app.licences.cbor_bounds import OutOfBounds, check_bounds
from app.licences.cose import CodeError, K, SigningKey, open_bytes, sign_bytes

PATH = "/rate/"
"""Where the gateway answers."""
DAYS = 15
"""How long a code can be used: as long as an answer to a bad grade may take."""
MAX_CODE = 700
"""Characters; ours have some 220."""
_KIND = "yc.rate"
"""Stands in the code, so that nothing else which the same key signs can pass for one."""
_EXP, _IAT = 4, 6
_CUT = 20
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")


class BadRatingCode(ValueError):
    """Nobody whom we know signed it, or it is no code at all."""


@dataclass(frozen=True, slots=True)
class RatingCode:
    """What it is bound to. number: the first case's 受理流水号. person: masked. window: its id. Times are UTC."""

    number: str
    person: str
    window: str
    made_at: dt.datetime
    until: dt.datetime


def code_of(case: Case, days: int = DAYS) -> RatingCode:
    """The code of a visit, by its first case: the same case always gives the same code."""
    made = case.accepted_at.replace(microsecond=0)
    return RatingCode(
        case.provisional_no, _person(case.applicant_name), case.window.id, made, made + dt.timedelta(days=days)
    )


def fits(code: RatingCode, case: Case) -> bool:
    """三相符: does the code name this case's person, matter and window?"""
    made = (code.number, code.person, code.window)
    return made == (case.provisional_no, _person(case.applicant_name), case.window.id)


def sign_code(code: RatingCode, key: SigningKey) -> str:
    """The code as the end of an address."""
    claims = {
        _EXP: int(code.until.timestamp()),
        _IAT: int(code.made_at.timestamp()),
        "n": code.number,
        "p": code.person,
        "w": code.window,
        "t": _KIND,
    }
    signed = sign_bytes(cbor2.dumps(claims, canonical=True), key)
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def open_code(text: str, find: Callable[[bytes], Sequence[K]]) -> RatingCode:
    """What a code says when its signature holds; its times are the caller's to judge. find: the keys of a key
    identifier. BadRatingCode."""
    if len(text) > MAX_CODE or _ALPHABET.fullmatch(text) is None:
        raise BadRatingCode
    try:
        body = open_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), find)
        check_bounds(body)
        claims: Any = cbor2.loads(body)
        if claims["t"] != _KIND or not all(isinstance(claims[key], str) for key in "npw"):
            raise ValueError("kind")
        made, until = (dt.datetime.fromtimestamp(claims[key], dt.UTC) for key in (_IAT, _EXP))
        return RatingCode(claims["n"], claims["p"], claims["w"], made, until)
    except (
        CodeError,
        OutOfBounds,
        cbor2.CBORError,
        binascii.Error,
        ValueError,
        LookupError,
        TypeError,
        OverflowError,
        OSError,
    ) as error:
        raise BadRatingCode from error


def _person(name: str) -> str:
    return mask_name(name)[:_CUT]
