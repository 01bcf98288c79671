"""A passport's chip that follows ICAO Doc 9303-10 and -11: PACE, basic access control, secure messaging, chip and
active authentication; and what forgers make of it, switchable."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from devices.drivers.identity.apdu import shape
from devices.emulators.faults import Faults
from devices.emulators.identity.cards import EMRTD, NOT_FOUND, OK, Emrtd, Lifted
from devices.emulators.identity.emrtd_issuer import Contents, Holder, State, ec_key, tlv, utopia
from devices.emulators.identity.emrtd_keys import DES3, Agreement, Session, cbc, derive, mac, padded
from devices.emulators.identity.emrtd_numbers import Numbers
from devices.emulators.identity.emrtd_pace import Pace
from devices.emulators.identity.emrtd_plan import (
    BSI,
    FORGERIES,
    Plan,
    card_access,
    card_security,
    chip_key,
    group_number,
    issued,
    oid,
    pace_oid,
)

FAULTS = FORGERIES | {
    "cloned",  # copied files; the private keys stayed behind
    "other-document",  # somebody else's chip: the zone does not open it
    "no-application",  # a chip, but no passport
    "old-chip",  # knows neither PACE nor BAC
    "torn-early",  # the document is lifted while it opens
    "torn",  # the document is lifted while the portrait is read
    "altered-answer",  # one bit of a protected answer is turned on the way
}
_TORN_AFTER, _TORN_EARLY_AFTER = 40, 3
_BAD_SM, _REFUSED, _WRONG = b"\x69\x88", b"\x63\x00", b"\x6a\x80"


class EmrtdChip(Emrtd):
    """A chip of a holder, issued by a state. faults: see FAULTS; looked at when the chip is reset."""

    def __init__(
        self,
        holder: Holder,
        state: State | None = None,
        plan: Plan | None = None,
        faults: Faults | None = None,
        draw: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.holder = holder
        self.state = state or utopia()
        self.plan = plan or Plan()
        self.faults = faults or Faults(FAULTS)
        self.draw = draw
        self._made: dict[frozenset[str], Contents] = {}
        self.security = b""
        super().__init__({}, card_access(self.plan))

    # What is on it

    def reset(self) -> None:
        super().reset()
        self._session: Session | None = None
        self._next: Session | None = None
        self._challenge = b""
        self._pace: Pace | None = None
        self._count = 0
        self._chip_oid = b""
        # A passport has no faults before it is built.
        if hasattr(self, "access"):
            self._flaws = frozenset(name for name in FAULTS if self.faults.on(name))
            made = self._contents(self._flaws)
            self.files = {0x0100 | number: file for number, file in made.groups.items()}
            self.files |= {0x011E: made.common, 0x011D: made.sod}
            self.security = card_security(self.holder, self.state, self.plan, self._flaws)

    def _contents(self, flaws: frozenset[str]) -> Contents:
        key = flaws & FORGERIES
        if key not in self._made:
            self._made[key] = issued(self.holder, self.state, self.plan, key)
        return self._made[key]

    # What it answers

    def answer(self, command: bytes) -> bytes:
        self._count += 1
        early = "torn-early" in self._flaws and self._count > _TORN_EARLY_AFTER
        if early or ("torn" in self._flaws and self._count > _TORN_AFTER):
            raise Lifted
        if not command[0] & 0x0C:
            # A command in the open ends secure messaging (§9.8.1).
            if self._session is not None:
                self._session, self.open_files = None, False
            return self._plain(command)
        return self._secured(command)

    def _secured(self, command: bytes) -> bytes:
        session = self._session
        if session is None:
            return b"\x69\x82"
        session.next()
        opened = self._opened(session, command)
        if opened is None:
            self._session, self.open_files = None, False
            return _BAD_SM
        made = self._plain(opened)
        data, status = made[:-2], int.from_bytes(made[-2:], "big")
        sealed = session.seal(data, bool(command[1] & 1), status)
        if self._next is not None:
            self._session, self._next = self._next, None
        if "altered-answer" in self._flaws and len(data) > 32:
            sealed = sealed[:10] + bytes((sealed[10] ^ 4,)) + sealed[11:]
        return sealed + OK

    @staticmethod
    def _opened(session: Session, command: bytes) -> bytes | None:
        """The command in the clear; None when its protection does not hold."""
        body = shape(command).data
        parts: list[tuple[int, bytes, bytes]] = []
        at = 0
        while at < len(body):
            start = at
            tag, size, at = body[at], body[at + 1], at + 2
            if size & 0x80:
                count = size & 0x7F
                size, at = int.from_bytes(body[at : at + count], "big"), at + count
            parts.append((tag, body[at : at + size], body[start : at + size]))
            at += size
        known = {tag: value for tag, value, _ in parts}
        objects = b"".join(whole for tag, _, whole in parts if tag != 0x8E)
        if session.tag_of_head(command[:4], objects) != known.get(0x8E):
            return None
        sealed = known[0x87][1:] if 0x87 in known else known.get(0x85, b"")
        data = b""
        if sealed:
            data = cbc(session.cipher, session.enc, sealed, session.iv(), False).rstrip(b"\0")[:-1]
        wanted = known.get(0x97, b"")
        le = int.from_bytes(wanted, "big") or (1 << 8 * len(wanted)) if wanted else 0
        # Extended inside, so that whatever was wanted can be said.
        head = bytes((command[0] & 0xF3,)) + command[1:4]
        inside = b"\0" + len(data).to_bytes(2, "big") + data if data else b"\0" * bool(le)
        return head + inside + ((le & 0xFFFF).to_bytes(2, "big") if le else b"")

    def _plain(self, command: bytes) -> bytes:
        ins, p1 = command[1:3]
        known = shape(command)
        if ins == 0xB1:
            return self._read_odd(known.data, known.le or 0)
        if ins == 0xA4 and p1 == 0x04 and "no-application" in self._flaws:
            return NOT_FOUND
        if ins == 0xA4 and p1 == 0x04 and known.data == EMRTD and self._session is not None:
            self._application, self._selected = True, None
            return OK
        if "old-chip" in self._flaws and ins in (0x22, 0x86, 0x84, 0x82):
            return b"\x6d\x00"
        if ins == 0x84 and self._application and self.plan.bac:
            self._challenge = self.draw(8)
            return self._challenge + OK
        return super().answer(command)

    def _select(self, p1: int, name: bytes) -> bytes:
        if name == b"\x01\x1d" and not self._application and self.security:
            if not self.open_files:
                return b"\x69\x82"
            self._selected = self.security
            return OK
        return super()._select(p1, name)

    def _read_odd(self, data: bytes, le: int) -> bytes:
        offset = int.from_bytes(data[2 : 2 + data[1]], "big") if data[:1] == b"\x54" else -1
        if self._selected is None or not self.open_files or not 0 <= offset < len(self._selected):
            return b"\x6b\x00"
        found = self._selected[offset : offset + le - 4]
        return tlv(0x53, found)[:le] + OK

    def authenticate(self, command: bytes) -> bytes:
        ins, p1, p2 = command[1:4]
        data = shape(command).data
        if ins == 0x82 and self.plan.bac:
            return self._bac(data)
        if ins == 0x22 and (p1, p2) == (0xC1, 0xA4):
            return self._begin_pace(data)
        if ins == 0x22 and p1 == 0x41 and self.open_files:
            return self._begin_chip(p2, data)
        if ins == 0x86:
            return self._general(command[0], data)
        if ins == 0x88 and self.open_files and self.plan.active is not None:
            return self._prove(data) + OK
        return super().authenticate(command)

    # BAC

    def _bac(self, data: bytes) -> bytes:
        seed = hashlib.sha1(self._zone_text(), usedforsecurity=False).digest()[:16]
        enc, mac_key = derive(DES3, seed, 1), derive(DES3, seed, 2)
        sealed, tag = data[:32], data[32:]
        if len(data) != 40 or not self._challenge or mac(DES3, mac_key, padded(sealed, 8)) != tag:
            return _REFUSED
        opened = cbc(DES3, enc, sealed, bytes(8), False)
        challenge, self._challenge = self._challenge, b""
        if opened[8:16] != challenge:
            return _REFUSED
        share = self.draw(16)
        reply = cbc(DES3, enc, challenge + opened[:8] + share, bytes(8), True)
        secret = bytes(a ^ b for a, b in zip(opened[16:], share, strict=True))
        self._session = Session.of(DES3, secret, int.from_bytes(challenge[4:] + opened[4:8], "big"))
        self.open_files = True
        return reply + mac(DES3, mac_key, padded(reply, 8)) + OK

    def _zone_text(self) -> bytes:
        """Number, birth and expiry with their check digits."""
        zone = self.holder.zone
        if len(zone) == 3:
            text = zone[0][5:15] + zone[1][:7] + zone[1][8:15]
        else:
            text = zone[1][:10] + zone[1][13:20] + zone[1][21:28]
        if "other-document" in self._flaws:
            text = text[::-1]
        return text.encode()

    # PACE

    def _begin_pace(self, data: bytes) -> bytes:
        parts = _parts(data)
        number = parts.get(0x84)
        for where, cipher in self.plan.pace:
            name = pace_oid(self.plan, where, cipher)[2:]
            if parts.get(0x80) == name and (number is None or number[0] == group_number(where)):
                reference = parts.get(0x83, b"")
                if reference not in (b"\x01", b"\x02") or (reference == b"\x02" and not self.plan.can):
                    return b"\x6a\x88"
                zone = hashlib.sha1(self._zone_text(), usedforsecurity=False).digest()
                seed = zone if reference == b"\x01" else self.plan.can.encode()
                on = Numbers.on(where) if where.startswith("modp") else Agreement.on(where)
                self._pace = Pace(seed, cipher, name, on, self.plan.mapping, self._chip_secret(), self.draw)
                return OK
        return _WRONG

    def _general(self, cla: int, data: bytes) -> bytes:
        parts = _parts(_parts(data).get(0x7C, b""))
        if self._chip_oid:
            return self._agree_chip(parts.get(0x80, b""))
        pace, self._pace = self._pace, None
        if pace is None:
            return b"\x69\x85"
        try:
            answer = pace.step(parts, bool(cla & 0x10))
        except (ValueError, KeyError):
            return _REFUSED
        if pace.session is not None:
            self._session, self.open_files = pace.session, True
        else:
            self._pace = pace
        return answer

    def _chip_secret(self) -> int:
        """The chip's own private key, or what a copier puts in its place."""
        if not self.plan.chip_curve:
            return 1
        secret = chip_key(self.holder, self.plan).private_numbers().private_value
        return secret + 1 if "cloned" in self._flaws else secret

    # That it is no copy

    def _begin_chip(self, p2: int, data: bytes) -> bytes:
        parts, plan = _parts(data), self.plan
        number = None if 0x84 not in parts else int.from_bytes(parts[0x84], "big")
        if not plan.chip_curve or number != plan.chip_key_id:
            return _WRONG
        if p2 == 0xA6 and plan.chip_cipher == DES3:
            return self._switch(parts.get(0x91, b""))
        if p2 != 0xA4 or parts.get(0x80) != oid(f"{BSI}3.2.{plan.chip_cipher}")[2:]:
            return _WRONG
        self._chip_oid = parts[0x80]
        return OK

    def _agree_chip(self, theirs: bytes) -> bytes:
        self._chip_oid = b""
        done = self._switch(theirs)
        return tlv(0x7C) + OK if done == OK else done

    def _switch(self, theirs: bytes) -> bytes:
        """Secure messaging under new keys, from the next command on."""
        try:
            shared = Agreement.on(self.plan.chip_curve).shared(self._chip_secret(), theirs)
        except (ValueError, AssertionError):
            return _WRONG
        self._next = Session.of(self.plan.chip_cipher, shared)
        return OK

    def _prove(self, challenge: bytes) -> bytes:
        key = self.plan.active
        if isinstance(key, rsa.RSAPrivateKey):
            return _recoverable(key, challenge, cloned="cloned" in self._flaws)
        if key is None:
            return b""
        if "cloned" in self._flaws:
            key = ec_key("copier", key.curve)
        r, s = decode_dss_signature(key.sign(challenge, ec.ECDSA(hashes.SHA256())))
        size = (key.curve.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def _recoverable(key: rsa.RSAPrivateKey, challenge: bytes, cloned: bool = False) -> bytes:
    """ISO 9796-2 scheme 1 with SHA-1, as Doc 9303-11 appendix F shows it."""
    numbers = key.private_numbers()
    size = key.key_size // 8
    mine = secrets.token_bytes(size - 22)
    text = b"\x6a" + mine + hashlib.sha1(mine + challenge, usedforsecurity=False).digest() + b"\xbc"
    exponent = numbers.d + 2 if cloned else numbers.d
    return pow(int.from_bytes(text, "big"), exponent, numbers.public_numbers.n).to_bytes(size, "big")


def _parts(data: bytes) -> dict[int, bytes]:
    """Data objects of one-byte tags."""
    found, at = {}, 0
    while at + 1 < len(data):
        tag, size, at = data[at], data[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            size, at = int.from_bytes(data[at : at + count], "big"), at + count
        found[tag] = data[at : at + size]
        at += size
    return found
