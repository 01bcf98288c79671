"""Chip authentication (Doc 9303-11 §6.2): new keys from the chip's own, which only the true chip can agree on."""

from __future__ import annotations

from app.identity.chip import tlv
from app.identity.chip.bac import RandomBytes
from app.identity.chip.ciphers import Suite
from app.identity.chip.curves import shared_x
from app.identity.chip.files import COM
from app.identity.chip.infos import ChipWay
from app.identity.chip.secure import SecureChannel, SessionKeys
from app.identity.chip.transport import WHOLE, Apdu, Channel, SecurityLost, Transport
from app.identity.chip.verdict import Check, Line, Reason, Result

_MORE_RANDOM = 8


def prove_chip(channel: Channel, transport: Transport, way: ChipWay, random: RandomBytes) -> Line:
    """Agree on new keys and speak under them once. The channel is of no use afterwards: this comes last."""
    group = way.key.group
    secret = group.secret(random(group.size + _MORE_RANDOM))
    mine = group.written(group.generator * secret)
    key_id = b"" if way.key.key_id is None else tlv.tlv(0x84, _unsigned(way.key.key_id))
    try:
        if way.suite is Suite.TDES:
            steps = [Apdu(0x22, 0x41, 0xA6, tlv.tlv(0x91, mine) + key_id)]
        else:
            steps = [
                Apdu(0x22, 0x41, 0xA4, tlv.tlv(0x80, way.oid) + key_id),
                Apdu(0x86, 0, 0, tlv.tlv(0x7C, tlv.tlv(0x80, mine)), WHOLE),
            ]
        for step in steps:
            answer = channel.send(step)
            if not answer.done:
                return _failed(f"{answer.status:04X}")
        fresh = SecureChannel(transport, SessionKeys.derived(way.suite, shared_x(group, secret, way.key.point)))
        # The chip has said nothing of its key yet; whoever answers this has it.
        answer = fresh.send(Apdu(0xA4, 0x02, 0x0C, COM.to_bytes(2, "big")))
    except SecurityLost as lost:
        return _failed(str(lost))
    if not answer.done:
        return _failed(f"{answer.status:04X}")
    return Line(Check.CHIP, Result.PASSED, Reason.FINE, f"{group.name} {way.suite.name}".strip())


def _failed(detail: str) -> Line:
    return Line(Check.CHIP, Result.FAILED, Reason.CLONED, detail)


def _unsigned(number: int) -> bytes:
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")
