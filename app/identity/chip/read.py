"""The whole reading of a chip: opened, read, judged. What a clerk waits for, step by step."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from app.identity.chip import files
from app.identity.chip.active import prove_active
from app.identity.chip.bac import RandomBytes, open_with_bac
from app.identity.chip.card_security import CardSecurity, prove_mapping, read_card_security
from app.identity.chip.chip_auth import prove_chip
from app.identity.chip.csca import CscaList
from app.identity.chip.files import Missing
from app.identity.chip.groups import More, Portrait, of_group, read_common, read_more, read_portrait, read_zone
from app.identity.chip.infos import Offers, read_infos
from app.identity.chip.pace import ChipWord, open_with_pace
from app.identity.chip.password import Password
from app.identity.chip.secure import SecureChannel, SessionKeys
from app.identity.chip.sod import Sod, check_content, check_signature, check_signer, read_sod
from app.identity.chip.transport import (
    BadAnswer,
    Channel,
    LineTorn,
    OpenChannel,
    ReadingCancelled,
    SecurityLost,
    Transport,
)
from app.identity.chip.verdict import AccessRefused, Check, ChipVerdict, Line, Reason, Result

_READ = (1, 14, 15, 11, 2)
"""The data groups that are read, the long portrait last. Fingers and eyes (3, 4) open to states only."""


class Step(StrEnum):
    """Where the reading is."""

    OPENING = "opening"
    READING = "reading"
    PORTRAIT = "portrait"
    PROVING = "proving"


Told = Callable[[Step, int], None]
"""A step and how much of it is done, in percent."""


@dataclass(frozen=True, slots=True)
class ChipReading:
    """What came of it. zone: DG1's lines; portrait: of DG2; more: of DG11; each None when not read, and to be believed
    only as far as the verdict goes. opened_by: PACE or BAC, "" when it did not open. groups: the data groups read.
    signer: the state behind the signature, by name; trust_source: the file its certificate came in."""

    verdict: ChipVerdict
    zone: tuple[str, ...] | None = None
    portrait: Portrait | None = None
    more: More | None = None
    opened_by: str = ""
    groups: tuple[int, ...] = ()
    signer: str = ""
    trust_source: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read a chip with. password: see app.identity.chip.password. zone: the printed lines, to be compared; ()
    when there are none. trust: whose signatures count. at: now, UTC. portrait: read DG2 as well, which is most of the
    time. random: for tests."""

    password: Password
    trust: CscaList
    at: dt.datetime
    zone: Sequence[str] = ()
    portrait: bool = True
    random: RandomBytes = secrets.token_bytes


def read_chip(transport: Transport, wanted: Wanted, told: Told = lambda step, percent: None) -> ChipReading:
    """Read the chip that the transport leads to; it was just reset. Only ReadingCancelled is raised: what the chip does
    becomes a line of the verdict."""
    return _Reading(transport, wanted, told).run()


@dataclass(slots=True)
class _Found:
    """What is known so far."""

    opened_by: str = ""
    files: dict[int, bytes] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)
    claimed: tuple[int, ...] = ()
    sod: Sod | None = None
    offers: Offers = field(default_factory=Offers)
    word: tuple[ChipWord, SessionKeys] | None = None
    """What the chip said of its own key when it opened, and the keys that it said it under."""
    security: CardSecurity | None = None


class _Reading:
    def __init__(self, transport: Transport, wanted: Wanted, told: Told) -> None:
        self._transport = transport
        self._wanted = wanted
        self._told = told
        self._found = _Found()
        self._lines: dict[Check, Line] = {}

    def run(self) -> ChipReading:
        ended: Line | None = None
        try:
            self._told(Step.OPENING, 0)
            channel = self._open()
            self._read(channel)
            self._told(Step.PROVING, 0)
            self._prove(channel)
        except AccessRefused as refused:
            ended = Line(Check.ACCESS, Result.FAILED, refused.reason, refused.detail)
        except LineTorn as torn:
            ended = Line(self._broken_at(), Result.FAILED, Reason.TORN, str(torn))
        except SecurityLost as lost:
            ended = Line(self._broken_at(), Result.FAILED, Reason.ALTERED, str(lost))
        except (BadAnswer, Missing) as bad:
            ended = Line(self._broken_at(), Result.FAILED, Reason.DAMAGED, str(bad))
        except RecursionError:
            ended = Line(self._broken_at(), Result.FAILED, Reason.DAMAGED, "nested")
        if ended is not None:
            self._lines[ended.check] = ended
        return self._reading()

    def _broken_at(self) -> Check:
        """Which check the reading broke off in."""
        return Check.CONTENT if self._found.opened_by else Check.ACCESS

    # Opening

    def _open(self) -> Channel:
        plain = OpenChannel(self._transport)
        password, random = self._wanted.password, self._wanted.random
        offers = self._card_access(plain)
        denied: AccessRefused | None = None
        for way in offers.pace:
            ambiguous = sum(other.oid == way.oid for other in offers.pace) > 1
            try:
                opened = open_with_pace(plain, way, password, random, ambiguous)
            except AccessRefused as refused:
                if refused.reason is not Reason.NOT_SUPPORTED:
                    raise
                denied = refused
                continue
            channel: Channel = SecureChannel(self._transport, opened.keys)
            if opened.word is not None:
                self._found.word = opened.word, opened.keys
                self._found.security = self._card_security(channel)
            self._select(channel)
            self._opened("PACE")
            return channel
        if offers.pace_unknown and not password.opens_bac:
            raise AccessRefused(Reason.NOT_SUPPORTED, "PACE")
        self._select(plain)
        try:
            channel = SecureChannel(self._transport, open_with_bac(plain, password, random))
        except AccessRefused as refused:
            if refused.reason is Reason.CAN_NOT_TAKEN and denied is not None:
                raise denied from refused
            raise
        self._opened("BAC")
        return channel

    def _opened(self, how: str) -> None:
        self._found.opened_by = how
        self._lines[Check.ACCESS] = Line(Check.ACCESS, Result.PASSED, Reason.FINE, how)
        self._told(Step.OPENING, 100)

    @staticmethod
    def _card_access(channel: Channel) -> Offers:
        """What EF.CardAccess offers; nothing where there is none: older chips know BAC only."""
        try:
            return read_infos(files.read_file(channel, files.CARD_ACCESS))
        except Missing:
            return Offers()

    @staticmethod
    def _card_security(channel: Channel) -> CardSecurity | None:
        """The chip's key for chip authentication mapping; None where it gives none."""
        try:
            return read_card_security(files.read_file(channel, files.CARD_SECURITY))
        except Missing:
            return None

    @staticmethod
    def _select(channel: Channel) -> None:
        try:
            files.select_application(channel)
        except Missing as missing:
            raise AccessRefused(Reason.NO_APPLICATION, str(missing)) from missing

    # Reading

    def _read(self, channel: Channel) -> None:
        found = self._found
        self._told(Step.READING, 0)
        try:
            found.claimed = read_common(files.read_file(channel, files.COM)).groups
        except Missing:
            found.claimed = ()  # the SOD's list is what counts
        found.sod = read_sod(files.read_file(channel, files.SOD))
        # What was signed decides what is read: EF.COM is not signed, and a copy would leave DG14 and DG15 out of it.
        wanted = [number for number in _READ if number in {*found.claimed, *found.sod.groups}]
        if not self._wanted.portrait:
            wanted = [number for number in wanted if number != 2]
        for place, number in enumerate(wanted):
            step = Step.PORTRAIT if number == 2 else Step.READING
            try:
                found.files[number] = files.read_file(channel, files.group_file(number), partial(self._heard, step))
            except Missing:
                if number in found.sod.hashes:
                    found.missing.add(number)
            if step is Step.READING:
                self._told(step, 100 * (place + 1) // len(wanted))
        if 14 in found.files and self._unaltered(14):
            found.offers = read_infos(of_group(14, found.files[14]))

    def _heard(self, step: Step, done: int, whole: int) -> None:
        if step is Step.PORTRAIT:
            self._told(step, 100 * done // whole)

    def _unaltered(self, number: int) -> bool:
        """Is the data group what was signed? Keys from one that is not prove nothing."""
        sod = self._found.sod
        if sod is None or number not in self._found.files:
            return False
        one = {number: self._found.files[number]}
        return check_content(sod, one, frozenset(), ()).result is Result.PASSED

    # Proving

    def _prove(self, channel: Channel) -> None:
        found, random = self._found, self._wanted.random
        if found.word is not None and (found.security is not None or not found.offers.chip):
            # Said when it opened: a second agreement would prove no more. Without the file that proves it, DG14 may.
            issuer = _issuer(read_zone(found.files[1])) if 1 in found.files else ""
            self._lines[Check.CHIP] = prove_mapping(
                *found.word, found.security, self._wanted.trust, self._wanted.at, issuer
            )
        for check, number in ((Check.ACTIVE, 15), (Check.CHIP, 14)):
            if check in self._lines:
                continue
            if number in found.missing:
                self._lines[check] = Line(check, Result.FAILED, Reason.CONTENT_MISSING, f"DG{number}")
            elif number not in found.files:
                self._lines[check] = Line(check, Result.NOT_DONE, Reason.NOT_OFFERED)
            elif not self._unaltered(number):
                self._lines[check] = Line(check, Result.FAILED, Reason.CONTENT_DIFFERS, f"DG{number}")
        if Check.ACTIVE not in self._lines:
            self._lines[Check.ACTIVE] = prove_active(channel, found.files[15], found.offers.aa_hash, random)
        self._told(Step.PROVING, 50)
        if Check.CHIP not in self._lines:
            if found.offers.chip:
                self._lines[Check.CHIP] = prove_chip(channel, self._transport, found.offers.chip[0], random)
            else:
                reason = Reason.UNKNOWN_METHOD if found.offers.chip_unknown else Reason.NOT_OFFERED
                self._lines[Check.CHIP] = Line(Check.CHIP, Result.NOT_DONE, reason)
        self._told(Step.PROVING, 100)

    # Judging

    def _reading(self) -> ChipReading:
        found, wanted = self._found, self._wanted
        zone, portrait, more = self._parts()
        signer = source = ""
        if found.sod is not None:
            # Missing groups are known only where the reading came to its end.
            self._lines.setdefault(
                Check.CONTENT, check_content(found.sod, found.files, frozenset(found.missing), found.claimed)
            )
            self._lines[Check.SIGNATURE] = check_signature(found.sod)
            if self._lines[Check.SIGNATURE].result is Result.PASSED:
                line, root = check_signer(found.sod, wanted.trust, wanted.at, _issuer(zone))
                self._lines[Check.SIGNER] = line
                if root is not None:
                    signer = line.detail
                    source = next(one.source for one in wanted.trust.roots if one.certificate is root)
        if zone is not None and wanted.zone:
            same = tuple(zone) == tuple(wanted.zone)
            self._lines[Check.ZONE] = Line(
                Check.ZONE, Result.PASSED if same else Result.FAILED, Reason.FINE if same else Reason.ZONE_DIFFERS
            )
        lines = tuple(self._lines.get(check, Line(check, Result.NOT_DONE, self._open_reason(check))) for check in Check)
        return ChipReading(
            ChipVerdict(lines), zone, portrait, more, found.opened_by, tuple(sorted(found.files)), signer, source
        )

    def _open_reason(self, check: Check) -> Reason:
        if check is Check.ZONE and not self._wanted.zone:
            return Reason.NOT_OFFERED
        return Reason.NOT_REACHED

    def _parts(self) -> tuple[tuple[str, ...] | None, Portrait | None, More | None]:
        """What the data groups say. One that cannot be understood is a chip that is damaged."""
        known = self._found.files
        zone = portrait = more = None
        try:
            zone = read_zone(known[1]) if 1 in known else None
            more = read_more(known[11]) if 11 in known else None
            portrait = read_portrait(known[2]) if 2 in known else None
        except BadAnswer as bad:
            self._lines.setdefault(Check.CONTENT, Line(Check.CONTENT, Result.FAILED, Reason.DAMAGED, str(bad)))
        return zone, portrait, more


def _issuer(zone: tuple[str, ...] | None) -> str:
    return zone[0][2:5].rstrip("<") if zone else ""


__all__ = ["ChipReading", "ReadingCancelled", "Step", "Told", "Wanted", "read_chip"]
