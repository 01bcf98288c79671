"""PACE (Doc 9303-11 §4.4): a short password, strong keys. Generic, integrated and chip authentication mapping, over
curves or numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.identity.chip import tlv
from app.identity.chip.bac import RandomBytes
from app.identity.chip.ciphers import PACE, Suite, same
from app.identity.chip.curves import Group
from app.identity.chip.infos import Mapping, PaceWay
from app.identity.chip.integrated import field_number, nonce_bytes
from app.identity.chip.modular import Modular
from app.identity.chip.password import Password
from app.identity.chip.secure import SessionKeys
from app.identity.chip.transport import WHOLE, Apdu, BadAnswer, Channel
from app.identity.chip.verdict import AccessRefused, Reason

_CHAINED = 0x10
_UNKNOWN = (0x6A80, 0x6A81, 0x6A86, 0x6A88, 0x6D00, 0x6E00)
_MORE_RANDOM = 8
_TOKEN, _CHIP_DATA = 0x86, 0x8A


@dataclass(frozen=True, slots=True)
class ChipWord:
    """What a chip said of its own key while it opened (§4.4.3.5), to be held against that key by
    app.identity.chip.card_security.

    group: the curve. mapped: its public key of the mapping. sealed: its data, encrypted; b"" when it gave none."""

    group: Group
    mapped: Any
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """keys: of secure messaging, which both sides have now. word: of chip authentication mapping only."""

    keys: SessionKeys
    word: ChipWord | None = None


def open_with_pace(
    channel: Channel, way: PaceWay, password: Password, random: RandomBytes, ambiguous: bool = False
) -> Opened:
    """Open the chip. ambiguous: it offers this protocol over several groups.

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
    suite = way.suite
    sealed = _ask(channel, b"", 0x80)
    if len(sealed) % suite.block or not sealed:
        raise BadAnswer("PACE nonce")
    nonce = suite.decrypt(nonce_key(suite, password), sealed)
    fresh, mapped = _mapped(channel, way, nonce, random)

    secret, mine = _drawn(fresh, random)
    given = _ask(channel, tlv.tlv(0x83, mine), 0x84)
    if given == mine:
        raise BadAnswer("PACE keys are the same")
    keys = SessionKeys.derived(suite, fresh.shared(fresh.power(fresh.element(given), secret)))

    token = suite.checksum(keys.mac, _authenticated(way, given))
    expected = suite.checksum(keys.mac, _authenticated(way, mine))
    last = _answer(channel, tlv.tlv(0x85, token), last=True)
    if not same(_found(last, _TOKEN), expected):
        raise AccessRefused(Reason.ACCESS_DENIED, "token")
    if way.mapping is not Mapping.CHIP or not isinstance(way.group, Group):
        return Opened(keys)
    return Opened(keys, ChipWord(way.group, mapped, tlv.first(tlv.only(last, 0x7C), _CHIP_DATA) or b""))


def nonce_key(suite: Suite, password: Password) -> bytes:
    """What the chip's nonce is encrypted with (§9.7.3)."""
    return suite.derive(password.seed, PACE)


def _mapped(channel: Channel, way: PaceWay, nonce: bytes, random: RandomBytes) -> tuple[Group | Modular, Any]:
    """The group with its new generator; and the chip's public key of the mapping, None where it has none."""
    if way.mapping is Mapping.INTEGRATED:
        if len(nonce) != nonce_bytes(way.suite):
            raise BadAnswer("PACE nonce")
        own = random(way.suite.value.key)
        if _answer(channel, tlv.tlv(0x81, own)) not in (b"", tlv.tlv(0x7C, b""), tlv.tlv(0x7C, tlv.tlv(0x82, b""))):
            raise BadAnswer("mapping data where there should be none")
        return way.group.encoded(field_number(way.suite, nonce, own, way.group.prime)), None
    # Both kinds of group have one face; what is an element of one is never handed to the other.
    group: Any = way.group
    secret, mine = _drawn(group, random)
    given = _ask(channel, tlv.tlv(0x81, mine), 0x82)
    if given == mine:
        raise BadAnswer("PACE keys are the same")
    theirs = group.element(given)
    return group.mapped(nonce, group.power(theirs, secret)), theirs


def _drawn(group: Any, random: RandomBytes) -> tuple[int, bytes]:
    """A private key, and its public one as it is sent. A number that would begin with zeros is drawn again: whether
    they count in the token, chips read the standard differently."""
    while True:
        secret = group.secret(random(group.size + _MORE_RANDOM))
        mine: bytes = group.written(group.power(group.generator, secret))
        if mine[0]:
            return secret, mine


def _authenticated(way: PaceWay, key: bytes) -> bytes:
    """What an authentication token is made over (§4.4.3.4)."""
    return tlv.tlv(0x7F49, tlv.tlv(0x06, way.oid) + tlv.tlv(way.group.key_tag, key))


def _ask(channel: Channel, data: bytes, wanted: int) -> bytes:
    """One step, and the one data object of its answer that is wanted."""
    return _found(_answer(channel, data), wanted)


def _found(answer: bytes, wanted: int) -> bytes:
    found = tlv.first(tlv.only(answer, 0x7C), wanted)
    if found is None:
        raise BadAnswer(f"PACE without {wanted:X}")
    return found


def _answer(channel: Channel, data: bytes, last: bool = False) -> bytes:
    """GENERAL AUTHENTICATE, one step. A chip that refuses the last one was given a wrong password."""
    cla = 0 if last else _CHAINED
    answer = channel.send(Apdu(0x86, 0, 0, tlv.tlv(0x7C, data), WHOLE, cla))
    if answer.done:
        return answer.data
    if last or answer.status >> 8 == 0x63:
        raise AccessRefused(Reason.ACCESS_DENIED, f"{answer.status:04X}")
    if answer.status == 0x6983:
        raise AccessRefused(Reason.BLOCKED, "6983")
    known = answer.status in _UNKNOWN
    raise AccessRefused(Reason.NOT_SUPPORTED if known else Reason.ACCESS_DENIED, f"{answer.status:04X}")
