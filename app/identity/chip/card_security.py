"""EF.CardSecurity (Doc 9303-10 §3.11.4) and the proof of chip authentication mapping (Doc 9303-11 §4.4.3.5): whoever
opened the channel has the private key that the issuer signed for this chip."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.identity.chip.ciphers import same, unpad
from app.identity.chip.csca import CscaList
from app.identity.chip.infos import ChipKey, read_infos
from app.identity.chip.pace import ChipWord
from app.identity.chip.secure import SessionKeys
from app.identity.chip.signed import Signed, read_signed
from app.identity.chip.sod import standing_of
from app.identity.chip.transport import BadAnswer
from app.identity.chip.verdict import Check, Line, Reason, Result

_SECURITY_OBJECT = "0.4.0.127.0.7.3.2.1"
_MISSING = "EF.CardSecurity"


@dataclass(frozen=True, slots=True)
class CardSecurity:
    """keys: of chip authentication, as signed."""

    signed: Signed
    keys: tuple[ChipKey, ...]


def read_card_security(file: bytes) -> CardSecurity:
    """EF.CardSecurity. BadAnswer when it is none."""
    signed = read_signed(file)
    if signed.kind != _SECURITY_OBJECT:
        raise BadAnswer("no card security")
    return CardSecurity(signed, read_infos(signed.content).chip_keys)


def prove_mapping(
    word: ChipWord, keys: SessionKeys, security: CardSecurity | None, trust: CscaList, at: dt.datetime, state: str
) -> Line:
    """The line of chip authentication. security: None when the chip gives none. state: who issued the document."""
    if security is None:
        return _failed(Reason.CONTENT_MISSING, _MISSING)
    signed = security.signed
    if signed.signer is None or not signed.whole:
        return _failed(Reason.SIGNATURE_WRONG, _MISSING)
    if not _proved(word, keys, security):
        return _failed(Reason.CLONED, "CAM")
    reason, _ = standing_of(signed.signer, trust, at, state)
    if reason is not Reason.FINE:
        return _failed(reason, _MISSING)
    return Line(Check.CHIP, Result.PASSED, Reason.FINE, f"{word.group.name} CAM")


def _proved(word: ChipWord, keys: SessionKeys, security: CardSecurity) -> bool:
    """Is the key of the mapping the chip's own, times what it said (PK_map = CA · PK)?"""
    try:
        vector = keys.suite.encrypt(keys.enc, b"\xff" * keys.suite.block)
        said = int.from_bytes(unpad(keys.suite.decrypt(keys.enc, word.sealed, vector)), "big")
        own: Any = next(key for key in security.keys if key.group.name == word.group.name)
        return same(word.group.written(own.point * said), word.group.written(word.mapped))
    except (StopIteration, ValueError):
        return False  # no key on this curve, nothing said, or nothing that can be taken for it


def _failed(reason: Reason, detail: str) -> Line:
    return Line(Check.CHIP, Result.FAILED, reason, detail)
