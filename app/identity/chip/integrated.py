"""Integrated mapping of PACE (Doc 9303-11 §4.4.3.3.2): two nonces become a number of the field."""

from __future__ import annotations

from app.identity.chip.ciphers import Suite

_CONSTANTS = {
    16: ("a668892a7c41e3ca739f40b057d85904", "a4e136ac725f738b01c1f60217c188ad"),
    32: (
        "d463d65234124ef7897054986dca0a174e28df758cbaa03f240616414d5a1676",
        "54bd7255f0aaf831bec3423fcf39d69b6cbf066677d0faae5aadd99df8e53517",
    ),
}
"""c0 and c1 by the length of the chip's nonce."""
_MORE_BITS = 64


def nonce_bytes(suite: Suite) -> int:
    """How long the chip's nonce is: whole blocks that hold a key."""
    key, block = suite.value.key, max(suite.block, 16)
    return -(-key // block) * block


def field_number(suite: Suite, chip: bytes, reader: bytes, prime: int) -> int:
    """R_p(s, t): a number below prime. chip: the nonce s, nonce_bytes long; reader: the nonce t, as long as a key."""
    first, second = (bytes.fromhex(text) for text in _CONSTANTS[len(chip)])
    size = suite.value.key
    key = suite.encrypt(reader, chip)[:size]
    made = b""
    while 8 * len(made) < prime.bit_length() + _MORE_BITS:
        made += suite.encrypt(key, second)
        key = suite.encrypt(key, first)[:size]
    return int.from_bytes(made, "big") % prime
