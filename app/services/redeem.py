"""Redeem 核验 the dynamic code of an e-licence: online at once, or kept and redeemed as soon as the platform is back.

A code that was only captured is never shown as valid. Which scenario pays for it is settled when it is scanned and kept
with the visit, as are the operations' ids: whatever happens between, a retry is the same request.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock
from typing import Protocol

from app.domain.case import AuditEvent
from app.domain.clock import SHANGHAI, Clock, shanghai
from app.domain.errors import YichuangError
from app.domain.fact import Verdict
from app.domain.item import Item
from app.domain.licence import CodeKind, LicenceReading
from app.domain.redemption import RedeemedLicence, RedeemOutcome, RedeemReply, RedeemRequest
from app.domain.shared_data import QueryPolicy
from app.server.errors import Rejected
from app.services.duty import Duty
from app.services.grants import FeedReader, policy_in_force
from app.services.scan_licence import compare_holder, take_over
from app.services.visit import PendingCode, RedeemBy, ScannedLicence, Visit

USUAL_LIFE = dt.timedelta(seconds=120)
"""For a code of which no rule says how long it lives."""
_SHOWN_ONLY = "show_licence"
_FAILED = {
    RedeemOutcome.UNKNOWN: (Verdict.INVALID, "平台不认识这个码，请群众重新打开证照页面亮码"),
    RedeemOutcome.EXPIRED: (Verdict.INVALID, "动态码已过期，请群众刷新后重新亮码"),
    RedeemOutcome.USED: (Verdict.INVALID, "动态码已经用过，请群众当面刷新后重新亮码"),
    RedeemOutcome.REVOKED: (Verdict.REVOKED, "证照已注销（联网核验）"),
}


class Told(StrEnum):
    """How an attempt ended."""

    ANSWERED = "answered"
    """The platform answered: redeemed, or why not."""
    REFUSED = "refused"
    """No grant, or turned down for good."""
    NO_ANSWER = "no_answer"
    """The line or the platform: the same request may be sent again."""


@dataclass(frozen=True, slots=True)
class Redemption:
    """What became of one attempt. why: in words, when there is no licence."""

    told: Told
    reply: RedeemReply | None = None
    why: str = ""


class Keeper(FeedReader, Protocol):
    """The part of the store that is needed."""

    def append_audit(self, event: AuditEvent) -> None: ...


class Line(Protocol):
    """The part of SharedDataClient that is needed."""

    def redeem(self, request: RedeemRequest) -> RedeemReply: ...


class Redeem:
    """`keep` and `settle` are quick and touch nothing; `refresh` and `ask` block."""

    def __init__(self, store: Keeper, line: Line, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._line = line
        self._clock = clock
        self._duty = duty
        self._lock = Lock()
        self._policy = QueryPolicy({}, {}, ())

    def refresh(self) -> None:
        """Read the grant table in force."""
        self._policy = policy_in_force(self._store)

    # -------------------------------------------------------------------------------------------------- capturing

    def keep(self, visit: Visit, text: str, lives: int = 0) -> PendingCode:
        """What is needed to redeem a code scanned now. lives: seconds that such codes live, 0 when no rule says.

        Scanned again while it waits, it stays the operation that it was: the first attempt may have succeeded.
        """
        for entry in visit.licences:
            if entry.text == text and entry.pending is not None:
                return entry.pending
        now = self._clock.now()
        op_id = uuid.uuid4()
        ways = tuple(
            RedeemBy(str(uuid.uuid5(op_id, scenario)), scenario, purpose, items)
            for scenario, purpose, items in self._ways(visit.items)
        )
        life = dt.timedelta(seconds=lives) if lives else USUAL_LIFE
        return PendingCode(ways, now, now + life, self._duty.clerk)

    def _ways(self, items: tuple[Item, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
        """Scenario, purpose and items of every grant that may pay for it, the one that serves most items first."""
        codes = [item.code for item in items]
        found = []
        for grant in self._policy.grants:
            covered = tuple(code for code in codes if grant.covers(code))
            if grant.licences and (covered or not (codes or grant.items)):
                usual = "verify_material" if codes else _SHOWN_ONLY
                purpose = usual if usual in grant.purposes else grant.purposes[0]
                found.append((grant.scenario, purpose, covered))
        return sorted(found, key=lambda way: -len(way[2]))

    # ------------------------------------------------------------------------------------------------------ asking

    def ask(self, text: str, pending: PendingCode) -> Redemption:
        """Redeem a kept code; each answer stands in the audit trail before it is handed back.

        Never raises for what the network or the gateway does. EnvironmentProblem: the trail cannot be written.
        """
        why = "所选事项没有核验电子证照的授权"
        for way in pending.ways:
            request = RedeemRequest(way.op_id, text, way.scenario, way.purpose, pending.clerk, way.items)
            try:
                with self._lock:
                    reply = self._line.redeem(request)
            except Rejected as error:
                # Nobody knows the kind of licence before it is redeemed: another item's scenario may allow it.
                why = error.detail or error.title
                self._trail(request, "refused", why=why)
                continue
            except YichuangError as error:
                self._trail(request, "no_answer", why=error.what or error.title)
                return Redemption(Told.NO_ANSWER, why=error.what or error.title)
            self._trail(request, str(reply.outcome), reply.reference)
            return Redemption(Told.ANSWERED, reply)
        return Redemption(Told.REFUSED, why=why)

    def _trail(self, request: RedeemRequest, outcome: str, reference: str = "", why: str = "") -> None:
        self._store.append_audit(
            AuditEvent(
                self._clock.now(),
                self._duty.clerk,
                "licence.redeemed",
                hashlib.sha256(request.code.encode()).hexdigest()[:16],
                {
                    "operation": request.op_id,
                    "scenario": request.scenario,
                    "purpose": request.purpose,
                    "items": list(request.items),
                    "outcome": outcome,
                    "reference": reference,
                    "why": why,
                },
            )
        )

    # ---------------------------------------------------------------------------------------------------- settling

    def settle(self, visit: Visit, text: str, redemption: Redemption) -> Visit:
        """The visit with the answer on the licence's card, and what the licence fills and waives. Without an answer,
        and for a code that is no longer on show, the visit as it is."""
        entry = next((e for e in visit.licences if e.text == text and e.pending is not None), None)
        if entry is None or redemption.told is Told.NO_ANSWER:
            return visit
        reading = self._reading(entry.reading, redemption)
        settled = ScannedLicence(text, reading, compare_holder(reading, visit.card))
        licences = tuple(settled if e is entry else e for e in visit.licences)
        changed = take_over(replace(visit, licences=licences), settled, self._clock.now())
        return changed.with_event(
            self._clock.now(),
            self._duty.clerk,
            "licence.settled",
            reading.licence.get("identifier", ""),
            verdict=str(reading.verdict),
            reason=reading.reason,
            issuer=reading.issuer or "",
            match=str(settled.match.match),
            reference=redemption.reply.reference if redemption.reply else "",
        )

    def outlived(self, pending: PendingCode) -> bool:
        """Has the code most likely ended? The platform knows; this is for telling the clerk."""
        return self._clock.now() >= pending.until

    def left(self, pending: PendingCode) -> int:
        """Seconds that the code most likely still lives, 0 when it ended."""
        return max(0, -int((self._clock.now() - pending.until) // dt.timedelta(seconds=1)))

    def _reading(self, before: LicenceReading, redemption: Redemption) -> LicenceReading:
        reply = redemption.reply
        if reply is None:
            return replace(before, verdict=Verdict.CAPTURED_UNVERIFIED, reason=redemption.why)
        if reply.licence is None:
            verdict, reason = _FAILED[reply.outcome]
            return replace(before, verdict=verdict, reason=reason)
        return _redeemed(reply.licence, reply, shanghai(self._clock.now()).date())


def _redeemed(licence: RedeemedLicence, reply: RedeemReply, today: dt.date) -> LicenceReading:
    until = licence.valid_until
    over = until is not None and until < today
    return LicenceReading(
        kind=CodeKind.OPAQUE_LICENCE,
        verdict=Verdict.EXPIRED if over else Verdict.VERIFIED_ONLINE,
        reason=f"证照已于 {until} 到期" if over else f"流水号 {reply.reference}",
        issuer=licence.issuer,
        holder=dict(licence.holder),
        licence={"type": licence.type, "title": licence.title, "identifier": licence.identifier},
        claims=dict(licence.claims),
        expires=dt.datetime.combine(until, dt.time(23, 59, 59), SHANGHAI).astimezone(dt.UTC) if until else None,
    )
