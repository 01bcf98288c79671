"""Fees taken at the counter: never twice, never forgotten.

What is about to be asked of a terminal is written down before it is asked, and struck out only when the terminal has
said for certain what became of it. Whatever happens between, the payment stands open: it is asked for again, now or at
the next start, and no other payment is begun for the same cases.

The journal stands in the store's settings: `payments.open`, a list, and `payment.CASE` for what was paid. Each settled
payment is told to the audit trail.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from app.domain.case import AuditEvent, Case, Window
from app.domain.clock import Clock, isoformat, shanghai
from app.domain.errors import BadInput, Defect, Refused
from app.domain.item import Item
from app.services.duty import Duty
from devices.kinds.payment import MOST_FEN, Payment
from devices.outcome import Outcome, Reply

OPEN = "payments.open"
SLIP = "收款凭条"
"""What the payer's slip is called."""
_PAID = "payment."
_FEE = re.compile(r"(\D*?)\s*(\d+(?:\.\d{1,2})?)\s*元")
_NOTHING_TAKEN = frozenset(
    {
        Outcome.DENIED_BY_USER,
        Outcome.UNREADABLE,
        Outcome.BUSY,
        Outcome.TIMEOUT,
        Outcome.DISCONNECTED,
        Outcome.NOT_PRESENT,
        Outcome.CANCELLED,
    }
)
"""Of `pay`. FAULT is not among them: a driver that crashed says it too, and may have asked before."""
_NEVER_PAID = frozenset({Outcome.NOT_PRESENT, Outcome.UNREADABLE})
"""Of `query`. That the terminal cannot be reached says nothing about the money."""


class Standing(StrEnum):
    OPEN = "OPEN"
    """Asked of the terminal, and nobody knows."""
    PAID = "PAID"
    NOT_TAKEN = "NOT_TAKEN"
    REFUNDING = "REFUNDING"
    """Paid, the whole sum was asked to be given back, and nobody knows."""
    REFUNDED = "REFUNDED"


@dataclass(frozen=True, slots=True)
class Fee:
    """One thing to pay for. fen: CNY 0.01."""

    name: str
    fen: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One payment. slot: the device that was asked. card: masked by the terminal."""

    order: str
    cases: tuple[str, ...]
    numbers: tuple[str, ...]
    amount: int
    slot: str
    clerk: str
    at: str
    standing: Standing = Standing.OPEN
    reference: str = ""
    trace: str = ""
    card: str = ""
    reason: str = ""
    """Why it was given back."""


class Journal(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def append_audit(self, event: AuditEvent) -> None: ...
    def trail_of(self, subject: str, action: str) -> Sequence[object]: ...


class TakePayment:
    """The journal of payments. Reads and writes the store: not for the event loop."""

    def __init__(self, journal: Journal, clock: Clock, window: Window, duty: Duty) -> None:
        self._journal, self._clock, self._window, self._duty = journal, clock, window, duty
        self._writing = threading.Lock()

    def begin(self, cases: Sequence[Case], amount: int, slot: str) -> Taken:
        """Write down that this is about to be asked; ask only when this returns. Refused: one of the cases is paid
        for, or a payment for it stands open."""
        if not 0 < amount <= MOST_FEN:
            raise BadInput("金额不正确", "应收金额应大于 0 元，且不超过一千万元。", "请更正金额。")
        ids = tuple(case.case_id for case in cases)
        now = self._clock.now()
        with self._writing:
            standing = self._open()
            if any(set(ids) & set(taken.cases) for taken in standing):
                raise Refused(
                    "有一笔收款结果不明", "这件事已经向收款设备要过一次款，还没有确认结果。", "请先查询结果。"
                )
            paid = [taken for case_id in ids if (taken := self.paid_for(case_id)) is not None]
            if any(taken.standing is not Standing.REFUNDED for taken in paid):
                raise Refused("已经收过款", "这件事的费用已经收到。", "如要退款，请再按 Ctrl+Shift+J。")
            order = f"{self._window.id}-{shanghai(now):%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
            taken = Taken(
                order,
                ids,
                tuple(case.provisional_no for case in cases),
                amount,
                slot,
                self._duty.clerk,
                isoformat(now),
            )
            self._save([*standing, taken])
        self._note(taken, "payment.asked")
        return taken

    def asked(self, taken: Taken, reply: Reply[Payment]) -> Taken:
        """What `pay` said."""
        return self._settle(taken, reply, _NOTHING_TAKEN)

    def queried(self, taken: Taken, reply: Reply[Payment]) -> Taken:
        """What `query` said."""
        return self._settle(taken, reply, _NEVER_PAID)

    def open_payments(self) -> tuple[Taken, ...]:
        """What nobody knows the end of: to be queried before anything else."""
        with self._writing:
            return tuple(self._open())

    def paid_for(self, case_id: str) -> Taken | None:
        """The payment of a case."""
        text = self._journal.setting(_PAID + case_id)
        return _read(json.loads(text)) if text else None

    def begin_refund(self, taken: Taken, reason: str) -> Taken:
        """Write down that the whole sum is about to be given back, and why; ask only when this returns. Refused: it is
        not paid any more, or a refund of it stands open."""
        reason = " ".join(reason.split())
        if not reason:
            raise Refused("没有写明原因", "退款要写明原因。", "请写明原因再退。")
        with self._writing:
            now = self.paid_for(taken.cases[0])
            if now is None or now.order != taken.order or now.standing is not Standing.PAID:
                raise Refused("不能退款", "这笔收款已经退过，或退款结果还不明。", "请先查清上一次退款。")
            asked = replace(now, standing=Standing.REFUNDING, reason=reason)
            self._note(asked, "payment.refund_asked")
            self._write_paid(asked)
        return asked

    def refunded(self, taken: Taken, reply: Reply[Payment]) -> Taken:
        """What `refund` said. Uncertain: it stays open, and is never asked for again by itself: terminals do not tell
        by a query whether a payment was given back."""
        if reply.ok and reply.unwrap().amount == taken.amount:
            return self._end_refund(taken, given=True)
        if reply.outcome in _NOTHING_TAKEN and not reply.ok:
            return self._end_refund(taken, given=False)
        return taken

    def settle_refund(self, taken: Taken, given: bool) -> Taken:
        """A person has looked at the terminal and says whether the money was given back."""
        return self._end_refund(taken, given=given, by_hand=True)

    def _end_refund(self, taken: Taken, given: bool, by_hand: bool = False) -> Taken:
        if taken.standing is not Standing.REFUNDING:
            return taken
        ended = replace(taken, standing=Standing.REFUNDED if given else Standing.PAID)
        with self._writing:
            self._note(ended, "payment.refunded" if given else "payment.not_refunded", by_hand=by_hand)
            self._write_paid(ended)
        return ended

    def _write_paid(self, taken: Taken) -> None:
        for case_id in taken.cases:
            self._journal.set_setting(_PAID + case_id, _text(taken))

    def _settle(self, taken: Taken, reply: Reply[Payment], nothing: frozenset[Outcome]) -> Taken:
        if reply.ok:
            paid = reply.unwrap()
            if paid.amount != taken.amount:
                return taken  # money moved, and not this sum: a person must look
            taken = replace(
                taken, standing=Standing.PAID, reference=paid.reference, trace=paid.trace, card=paid.card[:40]
            )
        elif reply.outcome in nothing:
            taken = replace(taken, standing=Standing.NOT_TAKEN)
        else:
            return taken
        with self._writing:
            if taken.standing is Standing.PAID:
                self._write_paid(taken)
            # The trail before the journal's line goes: a crash between leaves it open, and it is settled again.
            action = "payment.taken" if taken.standing is Standing.PAID else "payment.none"
            if not self._journal.trail_of(taken.order, action):
                self._note(taken, action)
            self._save([other for other in self._open() if other.order != taken.order])
        return taken

    def _note(self, taken: Taken, action: str, by_hand: bool = False) -> None:
        details: dict[str, Any] = {"fen": taken.amount, "cases": list(taken.numbers), "device": taken.slot}
        if taken.reference:
            details["reference"] = taken.reference
        if taken.reason and "refund" in action:
            details["reason"] = taken.reason
        if by_hand:
            details["seen"] = "clerk"
        # Who gives money back is whoever is on duty then, not who took it.
        clerk = self._duty.clerk if "refund" in action else taken.clerk
        self._journal.append_audit(AuditEvent(self._clock.now(), clerk, action, taken.order, details))

    def _open(self) -> list[Taken]:
        text = self._journal.setting(OPEN)
        try:
            return [_read(line) for line in json.loads(text or "[]")]
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            # Guessing that nothing is open could take money twice.
            raise Defect("收款记录读不出来", "本机的收款记录已损坏，不能收款。", "请联系技术支持核对。") from error

    def _save(self, standing: Sequence[Taken]) -> None:
        self._journal.set_setting(OPEN, json.dumps([asdict(taken) for taken in standing], ensure_ascii=False))


def fees_of(items: Sequence[Item]) -> tuple[Fee, ...]:
    """What these items cost by the catalogue, each by its first price; the clerk looks at it and may correct it."""
    found = []
    for item in items:
        price = _FEE.search(item.fee)
        if price:
            yuan, _, rest = price[2].partition(".")
            fen = int(yuan) * 100 + int(rest.ljust(2, "0") or 0)
            if fen:
                found.append(Fee(price[1].strip("，；（ ") or item.name, fen))
    return tuple(found)


def _text(taken: Taken) -> str:
    return json.dumps(asdict(taken), ensure_ascii=False)


def _read(line: dict[str, Any]) -> Taken:
    known = {**line, "cases": tuple(line["cases"]), "numbers": tuple(line["numbers"])}
    return Taken(**{**known, "standing": Standing(line["standing"])})
