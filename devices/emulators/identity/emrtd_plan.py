"""What a made-up passport's chip can do and holds, and what forgers change of its contents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from asn1crypto import core
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from devices.emulators.identity.emrtd_issuer import (
    Contents,
    Holder,
    SigningKey,
    State,
    contents,
    ec_key,
    public_bytes,
    tlv,
    zone_file,
)
from devices.emulators.identity.emrtd_keys import AES128, CURVES

BSI = "0.4.0.127.0.7.2.2."
"""The arc of PACE (4) and chip authentication (1, 3)."""
_CARD_SECURITY = "0.4.0.127.0.7.3.2.1"
FORGERIES = frozenset(
    {
        "dg1-altered",  # another name in the chip's zone than was signed
        "portrait-altered",  # another face than was signed
        "sod-altered",  # the signature is not that of the list of hashes
        "stranger",  # signed by a state that gave itself a known one's name
        "signer-expired",  # the signer's certificate had run out
        "other-state",  # signed by a true signer of another state
        "security-altered",  # EF.CardSecurity is not what was signed
        "security-hidden",  # EF.CardSecurity was left out of the copy
        "clone-hides",  # copied files without those that ask for a private key
    }
)
"""What changes the files; the rest of what can be wrong is in how the chip behaves (emrtd_chip)."""
_CURVES: dict[str, ec.EllipticCurve] = {
    "brainpoolP256r1": ec.BrainpoolP256R1(),
    "brainpoolP384r1": ec.BrainpoolP384R1(),
    "secp224r1": ec.SECP224R1(),
    "secp256r1": ec.SECP256R1(),
    "secp521r1": ec.SECP521R1(),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a chip can do. pace: curve (or modp0 to modp2) and cipher, () for none; mapping: of all of them, gm, im or
    cam (then chip_curve is the curve of pace); can: printed on the front, "" for none; bac: it also
    opens the old way. chip_curve, chip_cipher: of chip authentication, "" for none. active: its key, None for none.
    chip_key_id: where the key has a number. version_1: chip authentication of the first generation, which does not say
    what it is."""

    pace: tuple[tuple[str, int], ...] = (("brainpoolP256r1", AES128),)
    mapping: str = "gm"
    can: str = "123456"
    bac: bool = True
    chip_curve: str = "brainpoolP256r1"
    chip_cipher: int = AES128
    chip_key_id: int | None = None
    version_1: bool = False
    active: SigningKey | None = field(default_factory=lambda: ec_key("active", ec.SECP256R1()))
    hash_name: str = "sha256"


def oid(dotted: str) -> bytes:
    """An object identifier, tag and length included."""
    return bytes(core.ObjectIdentifier(dotted).dump())


def chip_key(holder: Holder, plan: Plan) -> ec.EllipticCurvePrivateKey:
    """The private key of chip authentication: the holder's own, always the same."""
    whose = hashlib.sha256("".join(holder.zone).encode()).hexdigest()
    return ec_key(f"chip {whose}", _CURVES[plan.chip_curve])


def card_access(plan: Plan) -> bytes:
    """EF.CardAccess; b"" without PACE."""
    infos = _pace_infos(plan)
    return tlv(0x31, *infos) if infos else b""


def _pace_infos(plan: Plan) -> list[bytes]:
    return [
        tlv(0x30, pace_oid(plan, where, cipher), tlv(2, b"\x02"), tlv(2, bytes((group_number(where),))))
        for where, cipher in plan.pace
    ]


def group_number(where: str) -> int:
    """The number of standardised domain parameters (Doc 9303-11 §9.5.1)."""
    return int(where.removeprefix("modp")) if where.startswith("modp") else CURVES[where][0]


def pace_oid(plan: Plan, where: str, cipher: int) -> bytes:
    """The protocol's object identifier, tag and length included."""
    numbers = where.startswith("modp")
    arc = {"gm": 1 if numbers else 2, "im": 3 if numbers else 4, "cam": 6}[plan.mapping]
    return oid(f"{BSI}4.{arc}.{cipher}")


def card_security(holder: Holder, state: State, plan: Plan, forgeries: frozenset[str]) -> bytes:
    """EF.CardSecurity of a chip with chip authentication mapping, signed by the state; b"" for others."""
    if plan.mapping != "cam" or "security-hidden" in forgeries:
        return b""
    if "stranger" in forgeries:
        state = state.again(ec_key("stranger", ec.BrainpoolP384R1()))
    number = tlv(2, bytes((CURVES[plan.chip_curve][0],)))
    point = chip_key(holder, plan).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    # The curve by its number, as appendix I of Doc 9303-11 writes it.
    key = tlv(0x30, tlv(0x30, oid("0.4.0.127.0.7.1.2"), number), tlv(3, b"\0", point))
    content = tlv(0x31, *_pace_infos(plan), tlv(0x30, oid(f"{BSI}1.2"), key, number))
    made = state.sign(_CARD_SECURITY, content)
    return made[:-1] + bytes((made[-1] ^ 1,)) if "security-altered" in forgeries else made


def issued(holder: Holder, state: State, plan: Plan, forgeries: frozenset[str]) -> Contents:
    """The files of a holder's chip, as the state signed them or as forgers left them."""
    if "stranger" in forgeries:
        # The same names, other keys: only the list's own key tells them apart.
        state = state.again(ec_key("stranger", ec.BrainpoolP384R1()))
    if "signer-expired" in forgeries:
        state = state.again(state.csca.key, signer_days=(0, 400))
    if "other-state" in forgeries:
        state = State.made_up("XO", "Elsewhere CSCA")
    made = contents(holder, state, _infos(holder, plan), plan.active, plan.hash_name)
    groups = dict(made.groups)
    if "dg1-altered" in forgeries:
        groups[1] = zone_file(_renamed(holder.zone))
    if "portrait-altered" in forgeries and 2 in groups:
        face = groups[2]
        groups[2] = face[:-40] + bytes(byte ^ 0x20 for byte in face[-40:-20]) + face[-20:]
    made = replace(made, groups=groups)
    if "sod-altered" in forgeries:
        made = replace(made, sod=made.sod[:-1] + bytes((made.sod[-1] ^ 1,)))
    return made.without(14, 15) if "clone-hides" in forgeries else made


def _renamed(zone: tuple[str, ...]) -> tuple[str, ...]:
    names, start = (2, 0) if len(zone) == 3 else (0, 5)
    line = (zone[names][:start] + "WRONG<<HOLDER").ljust(len(zone[names]), "<")
    return (*zone[:names], line, *zone[names + 1 :])


def _infos(holder: Holder, plan: Plan) -> bytes:
    """The SecurityInfos of DG14."""
    infos = []
    if plan.chip_curve:
        key_id = b"" if plan.chip_key_id is None else tlv(2, bytes((plan.chip_key_id,)))
        infos.append(tlv(0x30, oid(f"{BSI}1.2"), public_bytes(chip_key(holder, plan)), key_id))
        if not plan.version_1:
            infos.append(tlv(0x30, oid(f"{BSI}3.2.{plan.chip_cipher}"), tlv(2, b"\x01"), key_id))
    if isinstance(plan.active, ec.EllipticCurvePrivateKey):
        # ecdsa-plain-SHA256 (BSI TR-03111).
        infos.append(tlv(0x30, oid("2.23.136.1.1.5"), tlv(2, b"\x01"), oid("0.4.0.127.0.7.1.1.4.1.3")))
    return tlv(0x31, *infos) if infos else b""
