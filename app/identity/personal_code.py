"""The personal code 来访人服务码（湖州码）: a short text that the platform signed. It holds no personal data: an
identifier and two times. Whoever copies it learns nothing, and is compared with the picture like everybody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.licences.cose import (
    Algorithm,
    BadSignature,
    CodeError,
    SigningKey,
    UnknownKey,
    open_text,
    public_key_kid,
    sign_text,
)
from app.licences.snapshot import Pin

PREFIX = "YCR1:"
KIND = "yichuang.resident-code"
"""Stands in the code, so that nothing else which the same key signs can pass for one."""
MAX_CODE = 600
"""Characters; ours have some 250."""
ID_BYTES = 16
_EXP, _IAT, _CTI = 4, 6, 7
_LEEWAY = dt.timedelta(days=1)
"""The platform's clock and this machine's may differ."""


class BadPersonalCode(BadInput):
    """Not a code that serves anybody. The children say why."""


class Unreadable(BadPersonalCode):
    """No code of this kind, cut off, or made to break readers."""

    def __init__(self) -> None:
        super().__init__("服务码无法识别", "码不完整，或者不是本平台的格式。", "请重新扫描；仍不行请读证件。")


class Forged(BadPersonalCode):
    """Nobody we know signed it."""

    def __init__(self) -> None:
        super().__init__(
            "服务码不是本平台签发的", "签发的密钥不在本机的信任范围。", "请勿采信，查验证件；怀疑伪造的按规定报告。"
        )


class Tampered(BadPersonalCode):
    """The platform's key is named and its signature does not hold."""

    def __init__(self) -> None:
        super().__init__("服务码被改动过", "内容与平台的签名不符。", "请勿采信，查验证件；按规定报告。")


class Expired(BadPersonalCode):
    def __init__(self, until: dt.date) -> None:
        super().__init__("服务码已过期", f"有效期至 {until}。", "请读证件核验后重新登记。")


class NotYet(BadPersonalCode):
    def __init__(self, since: dt.date) -> None:
        super().__init__(
            "服务码的日期在将来", f"码上的签发日是 {since}。", "请核对本机日期；日期无误的请勿采信，查验证件。"
        )


@dataclass(frozen=True, slots=True)
class PersonalCode:
    """A code whose signature holds. code_id: 32 hexadecimal characters. made_at, until: UTC."""

    code_id: str
    made_at: dt.datetime
    until: dt.datetime


def make_code(code_id: bytes, key: SigningKey, made_at: dt.datetime, until: dt.datetime) -> str:
    """Sign a code. code_id: 16 random bytes. ValueError: it would never hold."""
    if len(code_id) != ID_BYTES or until <= made_at or key.alg is not Algorithm.EDDSA:
        raise ValueError("cannot be signed")
    claims = {_EXP: int(until.timestamp()), _IAT: int(made_at.timestamp()), _CTI: code_id, "t": KIND}
    return sign_text(claims, key, PREFIX)


def read_code(text: str, roots: Iterable[Pin], now: dt.datetime) -> PersonalCode:
    """Verify a scanned text. roots: the platform's keys that count here. now: UTC. BadPersonalCode says why not; a
    code that was revoked still reads here: that is not written in it."""
    code = open_code(text, roots)
    if now >= code.until:
        raise Expired(code.until.date())
    if now < code.made_at - _LEEWAY:
        raise NotYet(code.made_at.date())
    return code


def open_code(text: str, roots: Iterable[Pin]) -> PersonalCode:
    """Who signed it and what it says; its times are the caller's to judge. Errors as `read_code`."""
    if len(text) > MAX_CODE:
        raise Unreadable
    known = tuple(roots)

    def find(kid: bytes) -> Sequence[Pin]:
        return [pin for pin in known if public_key_kid(pin.public_key) == kid]

    try:
        claims = open_text(text, PREFIX, find).payload
    except UnknownKey as error:
        raise Forged from error
    except BadSignature as error:
        raise Tampered from error
    except CodeError as error:
        raise Unreadable from error
    try:
        code_id = claims[_CTI]
        made_at, until = (dt.datetime.fromtimestamp(claims[key], dt.UTC) for key in (_IAT, _EXP))
        if claims["t"] != KIND or not isinstance(code_id, bytes) or len(code_id) != ID_BYTES:
            raise ValueError("kind")
    except (LookupError, ValueError, TypeError, OverflowError, OSError) as error:
        # The platform's key signed something else: none of ours to serve by.
        raise Forged from error
    return PersonalCode(code_id.hex(), made_at, until)
