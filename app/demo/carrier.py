"""The demo's carrier: the order service of a made-up post office, over HTTP on the loopback."""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

from app.domain.clock import Clock, isoformat
from app.domain.express import ParcelState, check_digit
from devices.emulators.links.http_service import HttpEmulator, Request

CARRIER = "演示邮政速递"
TOKEN = "demo-carrier-token"  # noqa: S105 - opens the demo's own loopback service, nothing else
FAULTS = frozenset({"down", "lost-answer", "wrong-number", "refuses"})
"""down: 503. lost-answer: takes the order, then says nothing of it. wrong-number: a wrong check digit. refuses: 422."""
_SAID = {
    ParcelState.ACCEPTED: "已接单，等待上门揽收",
    ParcelState.COLLECTED: "已从政务服务中心揽收",
    ParcelState.DELIVERED: "已妥投，本人签收",
    ParcelState.CANCELLED: "已按寄件人要求取消",
}


class CarrierEmulator(HttpEmulator):
    """orders: by our client's own id. placed: how many orders were taken, each once."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(FAULTS)
        self._clock = clock
        self.orders: dict[str, dict[str, Any]] = {}

    @property
    def url(self) -> str:
        return "http://{}:{}/v1".format(*self.address)

    def respond(self, request: Request) -> None:
        """Order, track or cancel."""
        status, document = self._answer(request)
        if self.faults.on("lost-answer"):
            request.close_connection = True
            return
        request.reply(status, json.dumps(document, ensure_ascii=False).encode(), "application/json")

    def move(self, state: ParcelState) -> int:
        """The post goes its way with every parcel that is under way; how many."""
        open_ = [one for one in self.orders.values() if ParcelState(one["state"]).open]
        for one in open_:
            if state is ParcelState.DELIVERED and one["state"] == ParcelState.ACCEPTED:
                self._step(one, ParcelState.COLLECTED)
            self._step(one, state)
        return len(open_)

    def _answer(self, request: Request) -> tuple[int, dict[str, Any]]:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"reason": "令牌无效"}
        if self.faults.on("down"):
            return 503, {}
        if self.faults.on("refuses"):
            return 422, {"reason": "收件地址不在投递范围"}
        name = urllib.parse.unquote(urllib.parse.urlsplit(request.path).path.removeprefix("/v1/orders").strip("/"))
        if request.command == "POST" and not name:
            return self._order(json.loads(request.body))
        order = self.orders.get(name)
        if order is None:
            return 404, {"reason": "没有这个订单"}
        if request.command == "DELETE":
            if order["state"] not in (ParcelState.ACCEPTED, ParcelState.CANCELLED):
                return 409, {"reason": "已经揽收，不能取消"}
            if order["state"] == ParcelState.ACCEPTED:
                self._step(order, ParcelState.CANCELLED)
        return 200, order

    def _order(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        order = self.orders.get(body["order"])
        if order is None:
            serial = f"{len(self.orders) + 47312482:08d}"
            digit = check_digit(serial)
            order = {"carrier": CARRIER, "mail_no": f"EY{serial}{digit}CN", "state": "", "steps": [], "signer": ""}
            self.orders[body["order"]] = order
            self._step(order, ParcelState.ACCEPTED)
        if self.faults.on("wrong-number"):
            number = order["mail_no"]
            return 201, {**order, "mail_no": number[:10] + str((int(number[10]) + 1) % 10) + number[11:]}
        return 201, order

    def _step(self, order: dict[str, Any], state: ParcelState) -> None:
        order["state"] = state.value
        order["steps"].append({"state": state.value, "at": isoformat(self._clock.now()), "words": _SAID[state]})
        if state is ParcelState.DELIVERED:
            order["signer"] = "本人"
