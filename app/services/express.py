"""Express delivery 寄递: a parcel is ordered of the carrier once, followed to the hand that takes it, or called off.

What is to be sent is written down before the carrier is asked, under an id of our own that the carrier knows again: an
order whose answer was lost is asked for again and gives the same number. While nobody answers, it waits (`run`, after
each sync pass). The journal stands in the store's settings, which are encrypted: `express.open`, the orders that the
carrier may still say something of, `express.ORDER` the parcel, `express.case.CASE` its order. The trail names nobody.
"""

from __future__ import annotations

import json
import logging
import threading
import uuid
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Protocol

from app.domain.case import AuditEvent, Case, Window
from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.errors import BadInput, Refused
from app.domain.express import Parcel, ParcelState, Step
from app.domain.retention import PROGRAM
from app.server.carrier import CarrierDown, CarrierRefuses, Waybill
from app.services.duty import Duty
from offline_db.store import Store

log = logging.getLogger(__name__)

_OPEN, _PARCEL, _CASE = "express.open", "express.", "express.case."
_LONGEST = 200
"""Characters of a name or an address, as carriers' forms hold them."""


class Carrier(Protocol):
    """What is needed of app.server.carrier.CarrierClient."""

    def order(self, parcel: Parcel, sender: str) -> Waybill: ...

    def track(self, order: str) -> Waybill: ...

    def cancel(self, order: str) -> Waybill: ...


class Express:
    """Blocks on the carrier: not for the event loop. carrier: None where no carrier is joined."""

    def __init__(self, store: Store, clock: Clock, duty: Duty, window: Window, carrier: Carrier | None) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty
        self._window = window
        self._carrier = carrier
        self._one_at_a_time = threading.RLock()

    @property
    def joined(self) -> bool:
        """Is a carrier joined?"""
        return self._carrier is not None

    def of_case(self, case_id: str) -> Parcel | None:
        """The parcel that a case's result is in, as it is known here; None when there is none."""
        order = self._store.setting(_CASE + case_id)
        return self._read(order) if order else None

    def order(self, cases: Sequence[Case], recipient: str, phone: str, address: str, contents: str) -> Parcel:
        """The parcel of these cases, ordered now if the carrier answers. The same one again when it is under way.

        BadInput: a part lacks. Refused: another address was ordered before and is not called off; the carrier refuses.
        """
        for what, text in (("收件人", recipient), ("联系电话", phone), ("收件地址", address), ("内件", contents)):
            if not text.strip() or len(text) > _LONGEST:
                raise BadInput("寄递单内容不全", f"“{what}”没有填写，或者太长。", "补齐后再出具。")
        with self._one_at_a_time:
            known = next((one for case in cases if (one := self.of_case(case.case_id)) is not None), None)
            if known is not None and known.state not in (ParcelState.CANCELLED, ParcelState.REFUSED):
                if (known.recipient, known.phone, known.address) != (recipient, phone, address):
                    raise Refused("已经寄递", f"这件已按另一个地址下单：{known.mail_no}", "先取消原来的寄递。")
                return self._place(known) if known.state is ParcelState.QUEUED else known
            made = Parcel(
                str(uuid.uuid4()), tuple(case.case_id for case in cases), tuple(case.provisional_no for case in cases),
                recipient, phone, address, contents, self._duty.clerk, parse_iso(isoformat(self._clock.now())),
            )  # fmt: skip
            self._keep(made)
            for case in cases:
                self._store.set_setting(_CASE + case.case_id, made.order)
            self._audit("express.ordered", made, {"cases": len(cases)})
            return self._place(made)

    def cancel(self, case_id: str) -> Parcel:
        """Call a parcel off. Refused: there is none, or the carrier has it. CarrierDown: nobody answers; it stands."""
        with self._one_at_a_time:
            known = self.of_case(case_id)
            if known is None or not known.state.open or known.state is ParcelState.COLLECTED:
                raise Refused("不能取消寄递", "没有可取消的寄递，或者已经揽收。", "已揽收的请与承运方联系。")
            if self._carrier is None:
                raise CarrierDown("没有接入寄递服务")
            try:
                done = self._heard(known, self._carrier.cancel(known.order))
            except CarrierRefuses:
                if known.state is not ParcelState.QUEUED:
                    raise
                # It never heard of the order.
                done = self._kept(replace(known, state=ParcelState.CANCELLED))
            self._audit("express.cancelled", done, {})
            return done

    def run(self) -> bool:
        """Order what waits and ask where the others are, until the carrier does not answer. Did anything change?"""
        changed = False
        with self._one_at_a_time:
            for order in self._open() if self._carrier is not None else ():
                before = self._read(order)
                if before is None:
                    continue
                try:
                    changed |= self._asked(before) != before
                except CarrierDown:
                    log.warning("the carrier does not answer")
                    break
                except CarrierRefuses as refusal:
                    self._refused(before, refusal)
                    changed = True
        return changed

    # ------------------------------------------------------------------------------------------------- inside

    def _place(self, parcel: Parcel) -> Parcel:
        try:
            return self._asked(parcel)
        except CarrierDown:
            return parcel
        except CarrierRefuses as refusal:
            self._refused(parcel, refusal)
            raise

    def _asked(self, parcel: Parcel) -> Parcel:
        if self._carrier is None:
            return parcel
        if parcel.state is ParcelState.QUEUED:
            return self._heard(parcel, self._carrier.order(parcel, self._window.hall))
        return self._heard(parcel, self._carrier.track(parcel.order))

    def _heard(self, parcel: Parcel, said: Waybill) -> Parcel:
        if parcel.mail_no and said.mail_no != parcel.mail_no:
            raise CarrierDown("邮件号与下单时不同")
        made = replace(
            parcel, carrier=said.carrier, mail_no=said.mail_no, state=said.state, steps=said.steps, signer=said.signer
        )
        if made != parcel:
            self._keep(made)
            if made.state is not parcel.state:
                self._audit("express.step", made, {"state": made.state.value})
        return made

    def _refused(self, parcel: Parcel, refusal: CarrierRefuses) -> None:
        self._keep(replace(parcel, state=ParcelState.REFUSED, reason=refusal.what))
        self._audit("express.refused", parcel, {})

    def _kept(self, parcel: Parcel) -> Parcel:
        self._keep(parcel)
        return parcel

    def _keep(self, parcel: Parcel) -> None:
        self._store.set_setting(_PARCEL + parcel.order, json.dumps(_document(parcel), ensure_ascii=False))
        orders = [order for order in self._open() if order != parcel.order]
        if parcel.state.open:
            orders.append(parcel.order)
        self._store.set_setting(_OPEN, json.dumps(orders))

    def _open(self) -> list[str]:
        return list(json.loads(self._store.setting(_OPEN) or "[]"))

    def _read(self, order: str) -> Parcel | None:
        text = self._store.setting(_PARCEL + order)
        return None if text is None else _parcel(json.loads(text))

    def _audit(self, action: str, parcel: Parcel, details: dict[str, Any]) -> None:
        clerk = self._duty.clerk if self._duty.holder is not None else PROGRAM
        at, said = self._clock.now(), {**details, "mail_no": parcel.mail_no}
        for number in parcel.numbers:
            self._store.append_audit(AuditEvent(at, clerk, action, number, said))


def _document(parcel: Parcel) -> dict[str, Any]:
    document = asdict(parcel)
    document["made_at"] = isoformat(parcel.made_at)
    document["steps"] = [[step.state.value, isoformat(step.at), step.words] for step in parcel.steps]
    return document


def _parcel(document: dict[str, Any]) -> Parcel:
    return Parcel(
        **{
            **document,
            "cases": tuple(document["cases"]),
            "numbers": tuple(document["numbers"]),
            "made_at": parse_iso(document["made_at"]),
            "state": ParcelState(document["state"]),
            "steps": tuple(Step(ParcelState(state), parse_iso(at), words) for state, at, words in document["steps"]),
        }
    )
