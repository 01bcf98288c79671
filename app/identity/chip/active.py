"""Active authentication (Doc 9303-11 §6.1): the chip signs what nobody could know before."""

from __future__ import annotations

from typing import Any

from asn1crypto import core, keys

from app.identity.chip.bac import RandomBytes
from app.identity.chip.ciphers import same
from app.identity.chip.curves import Group, digest, verifies
from app.identity.chip.groups import of_group
from app.identity.chip.infos import ec_key
from app.identity.chip.transport import WHOLE, Apdu, BadAnswer, Channel
from app.identity.chip.verdict import Check, Line, Reason, Result

_TRAILERS = {0x33: "sha1", 0x34: "sha256", 0x35: "sha512", 0x36: "sha384", 0x38: "sha224"}
"""Hash identifiers of ISO 10118-3 in the trailer of ISO 9796-2."""
_SHORT_ENOUGH = 1800
"""Bits of an RSA key whose signature fits a short answer under secure messaging."""
_MOST_BITS = 8192


def prove_active(channel: Channel, dg15: bytes, hash_name: str | None, random: RandomBytes) -> Line:
    """Ask the chip to sign. dg15: the file. hash_name: for ECDSA, from DG14. BadAnswer: DG15 holds no key."""
    try:
        info = keys.PublicKeyInfo.load(of_group(15, dg15), strict=True)
        kind = info["algorithm"]["algorithm"].native
        numbers = info["public_key"].parsed.native if kind == "rsa" else None
        curve = ec_key(info) if kind == "ec" else None
    except BadAnswer:
        return Line(Check.ACTIVE, Result.NOT_DONE, Reason.UNKNOWN_METHOD)
    except (ValueError, TypeError, KeyError) as error:
        raise BadAnswer("DG15") from error
    if numbers is None and curve is None:
        return Line(Check.ACTIVE, Result.NOT_DONE, Reason.UNKNOWN_METHOD, str(kind))
    challenge = random(8)
    bits = int(numbers["modulus"]).bit_length() if numbers else 0
    if bits > _MOST_BITS:
        raise BadAnswer("DG15 of monstrous size")
    answer = channel.send(Apdu(0x88, 0, 0, challenge, WHOLE if bits <= _SHORT_ENOUGH else 0x10000))
    if not answer.done:
        return Line(Check.ACTIVE, Result.FAILED, Reason.CLONED, f"{answer.status:04X}")
    if numbers:
        holds = recovers(answer.data, int(numbers["modulus"]), int(numbers["public_exponent"]), challenge)
    else:
        holds = curve is not None and _signed(answer.data, *curve, hash_name, challenge)
    result, reason = (Result.PASSED, Reason.FINE) if holds else (Result.FAILED, Reason.CLONED)
    return Line(Check.ACTIVE, result, reason, "RSA" if numbers else "ECDSA")


def recovers(signature: bytes, modulus: int, exponent: int, challenge: bytes) -> bool:
    """Does this signature (ISO 9796-2 scheme 1, which gives part of its message back) cover the challenge?"""
    number = int.from_bytes(signature, "big")
    if not 0 < number < modulus:
        return False
    opened = pow(number, exponent, modulus)
    size = (modulus.bit_length() + 7) // 8
    # The standard lets the signer give the smaller of s and n - s.
    return any(_message_holds(text.to_bytes(size, "big"), challenge) for text in (opened, modulus - opened))


def _message_holds(text: bytes, challenge: bytes) -> bool:
    if text[-1] == 0xBC:
        name, end = "sha1", len(text) - 1
    elif text[-1] == 0xCC and text[-2] in _TRAILERS:
        name, end = _TRAILERS[text[-2]], len(text) - 2
    else:
        return False
    # 01 (a signature), 1 (part of the message lies outside), then B…BA as padding, or A at once.
    if text[0] & 0xE0 != 0x60:
        return False
    start = 0
    while start < end and text[start] & 0x0F != 0x0A:
        if text[start] & 0x0F != 0x0B:
            return False
        start += 1
    size = len(digest(name, b""))
    recovered, hashed = text[start + 1 : end - size], text[end - size : end]
    return end - size > start and same(digest(name, recovered + challenge), hashed)


def _signed(signature: bytes, group: Group, key: Any, hash_name: str | None, challenge: bytes) -> bool:
    """ECDSA, plain (r and s of one length, BSI TR-03111) or, as some chips do it, as DER."""
    size = (group.order.bit_length() + 7) // 8
    if len(signature) == 2 * size:
        pair = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
    else:
        try:
            given = core.SequenceOf.load(signature, spec=core.Integer, strict=True).native
        except (ValueError, TypeError):
            return False
        if len(given) != 2:
            return False
        pair = given[0], given[1]
    names = [hash_name] if hash_name else [_usual_hash(size)]
    return any(verifies(group, key, digest(name, challenge), *pair) for name in names)


def _usual_hash(size: int) -> str:
    """What a key of so many bytes signs with when DG14 does not say (TR-03111 §4.1.3)."""
    return {24: "sha1", 28: "sha224", 32: "sha256", 48: "sha384"}.get(size, "sha512" if size > 48 else "sha256")
