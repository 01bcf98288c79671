"""PACE with generic mapping over elliptic curves (Doc 9303-11 §4.4): a short password, strong keys."""

from __future__ import annotations

from app.identity.chip import tlv
from app.identity.chip.bac import RandomBytes
from app.identity.chip.ciphers import PACE, same
from app.identity.chip.curves import shared_x
from app.identity.chip.infos import PaceWay
from app.identity.chip.password import Password
from app.identity.chip.secure import SessionKeys
from app.identity.chip.transport import WHOLE, Apdu, BadAnswer, Channel
from app.identity.chip.verdict import AccessRefused, Reason

_CHAINED = 0x10
_UNKNOWN = (0x6A80, 0x6A81, 0x6A86, 0x6A88, 0x6D00, 0x6E00)
_MORE_RANDOM = 8


def open_with_pace(
    channel: Channel, way: PaceWay, password: Password, random: RandomBytes, ambiguous: bool = False
) -> SessionKeys:
    """The keys that both sides have now. ambiguous: the chip offers this protocol on several curves.

    AccessRefused: ACCESS_DENIED for a wrong password, NOT_SUPPORTED when the chip takes this way not after all,
    BLOCKED when it takes no password any more.
    """
    selected = tlv.tlv(0x80, way.oid) + tlv.tlv(0x83, bytes((password.reference,)))
    if ambiguous:
        selected += tlv.tlv(0x84, bytes((way.number,)))
    answer = channel.send(Apdu(0x22, 0xC1, 0xA4, selected))
    if answer.status in (0x6983, 0x63C0):
        raise AccessRefused(Reason.BLOCKED, f"MSE {answer.status:04X}")
    # 63Cx: how many tries a password has left, which is no refusal.
    if not answer.done and answer.status >> 4 != 0x63C:
        raise AccessRefused(Reason.NOT_SUPPORTED, f"MSE {answer.status:04X}")
    suite, group = way.suite, way.group
    sealed = _ask(channel, b"", 0x80)
    if len(sealed) % suite.block or not sealed:
        raise BadAnswer("PACE nonce")
    nonce = suite.decrypt(suite.derive(password.seed, PACE), sealed)

    secret = group.secret(random(group.size + _MORE_RANDOM))
    mapping = group.written(group.generator * secret)
    theirs = group.point(_ask(channel, tlv.tlv(0x81, mapping), 0x82))
    fresh = group.mapped(nonce, theirs * secret)

    secret = fresh.secret(random(group.size + _MORE_RANDOM))
    mine = fresh.written(fresh.generator * secret)
    given = _ask(channel, tlv.tlv(0x83, mine), 0x84)
    if given == mine:
        raise BadAnswer("PACE keys are the same")
    keys = SessionKeys.derived(suite, shared_x(fresh, secret, fresh.point(given)))

    token = suite.checksum(keys.mac, _authenticated(way.oid, given))
    expected = suite.checksum(keys.mac, _authenticated(way.oid, mine))
    if not same(_ask(channel, tlv.tlv(0x85, token), 0x86, last=True), expected):
        raise AccessRefused(Reason.ACCESS_DENIED, "token")
    return keys


def _authenticated(oid: bytes, key: bytes) -> bytes:
    """What an authentication token is made over (§4.4.3.4)."""
    return tlv.tlv(0x7F49, tlv.tlv(0x06, oid) + tlv.tlv(0x86, key))


def _ask(channel: Channel, data: bytes, wanted: int, last: bool = False) -> bytes:
    """GENERAL AUTHENTICATE, one step. A chip that refuses the last one was given a wrong password."""
    cla = 0 if last else _CHAINED
    answer = channel.send(Apdu(0x86, 0, 0, tlv.tlv(0x7C, data), WHOLE, cla))
    if not answer.done:
        if last or answer.status >> 8 == 0x63:
            raise AccessRefused(Reason.ACCESS_DENIED, f"{answer.status:04X}")
        if answer.status == 0x6983:
            raise AccessRefused(Reason.BLOCKED, "6983")
        known = answer.status in _UNKNOWN
        raise AccessRefused(Reason.NOT_SUPPORTED if known else Reason.ACCESS_DENIED, f"{answer.status:04X}")
    found = tlv.first(tlv.only(answer.data, 0x7C), wanted)
    if found is None:
        raise BadAnswer(f"PACE without {wanted:X}")
    return found
