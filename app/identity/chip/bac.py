"""Basic access control (Doc 9303-11 §4.3): who has seen the data page may read."""

from __future__ import annotations

from collections.abc import Callable

from app.identity.chip.ciphers import ENC, MAC, Suite, same
from app.identity.chip.password import Password
from app.identity.chip.secure import SessionKeys
from app.identity.chip.transport import WHOLE, Apdu, Channel
from app.identity.chip.verdict import AccessRefused, Reason

RandomBytes = Callable[[int], bytes]
_UNKNOWN = (0x6D00, 0x6E00, 0x6A81, 0x6A86)


def open_with_bac(channel: Channel, password: Password, random: RandomBytes) -> SessionKeys:
    """The keys that both sides have now. AccessRefused: DENIED for another document's zone, NOT_SUPPORTED."""
    if not password.opens_bac:
        raise AccessRefused(Reason.CAN_NOT_TAKEN)
    suite, seed = Suite.TDES, password.bac_seed
    k_enc, k_mac = suite.derive(seed, ENC), suite.derive(seed, MAC)
    challenge = channel.send(Apdu(0x84, 0, 0, le=8))
    if not challenge.done or len(challenge.data) != 8:
        raise AccessRefused(Reason.NOT_SUPPORTED, f"GET CHALLENGE {challenge.status:04X}")
    mine, share = random(8), random(16)
    sealed = suite.encrypt(k_enc, mine + challenge.data + share)
    answer = channel.send(Apdu(0x82, 0, 0, sealed + suite.checksum(k_mac, sealed), WHOLE))
    if answer.status in _UNKNOWN:
        raise AccessRefused(Reason.NOT_SUPPORTED, f"EXTERNAL AUTHENTICATE {answer.status:04X}")
    if not answer.done:
        raise AccessRefused(Reason.ACCESS_DENIED, f"{answer.status:04X}")
    token, tag = answer.data[:32], answer.data[32:]
    if len(token) != 32 or not same(suite.checksum(k_mac, token), tag):
        raise AccessRefused(Reason.ACCESS_DENIED, "MAC")
    opened = suite.decrypt(k_enc, token)
    if opened[:8] != challenge.data or opened[8:16] != mine:
        raise AccessRefused(Reason.ACCESS_DENIED, "RND")
    secret = bytes(one ^ other for one, other in zip(share, opened[16:], strict=True))
    return SessionKeys.derived(suite, secret, int.from_bytes(challenge.data[4:] + mine[4:], "big"))
