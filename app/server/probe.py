"""The authenticated probe's reply: what time it is at the gateway, what it keeps safe, what it orders of this device.

Everything in it is proved with the device's token (app.server.headers): whoever answers in the gateway's place can
neither set our clock nor have anything forgotten or wiped.
"""

from __future__ import annotations

import datetime as dt
import hmac
from dataclasses import dataclass
from typing import Any

from app.domain.clock import parse_iso
from app.domain.wipe import WipeKind, WipeOrder
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.errors import Unreachable


@dataclass(frozen=True, slots=True)
class ServerTime:
    """now: the gateway's UTC time. offset: gateway minus this device, measured at the middle of the round trip.
    epoch: changes when the gateway was restored from a backup. durable_through: what it received before this time of
    its own stands in a second place; None when it does not say so. order: what it orders of this device, proved."""

    now: dt.datetime
    offset: dt.timedelta
    epoch: str
    durable_through: dt.datetime | None = None
    order: WipeOrder | None = None


def read_probe(
    document: JsonObject, nonce: str, key: str, device_id: str, sent: dt.datetime, received: dt.datetime
) -> ServerTime:
    """Check and read a reply. key: of our token; sent, received: by this device's clock.

    Unreachable when the reply does not prove that it was made for this nonce by who knows our token.
    """
    now, epoch = str(document.get("now")), str(document.get("epoch"))
    _prove(h.time_proof(key, nonce, now, epoch, device_id), document.get("proof"))
    try:
        at = parse_iso(now)
    except ValueError as error:
        raise Unreachable("应答无法读取") from error
    offset = at - (sent + (received - sent) / 2)
    return ServerTime(at, offset, epoch, _durable(document, key, at), _order(document, key, nonce, device_id))


def _durable(document: JsonObject, key: str, now: dt.datetime) -> dt.datetime | None:
    """Whoever lets a window forget must prove who they are: without its proof it was not said."""
    extra = document.get("extra")
    if not isinstance(extra, dict):
        return None
    try:
        proof = h.extra_proof(key, str(document.get("proof")), extra)
        through = parse_iso(str(extra["durable_through"]))
    except (ValueError, OverflowError, KeyError):
        return None
    proven = hmac.compare_digest(proof.encode(), str(document.get("extra_proof")).encode())
    return through if proven and through <= now else None


def _order(document: JsonObject, key: str, nonce: str, device_id: str) -> WipeOrder | None:
    order = document.get("order")
    if order is None:
        return None
    values = [order.get(name) if isinstance(order, dict) else None for name in ("id", "kind", "issued_at")]
    if not all(isinstance(value, str) for value in values):
        raise Unreachable("应答无法读取")
    order_id, kind, issued_at = map(str, values)
    _prove(h.order_proof(key, nonce, order_id, kind, issued_at, device_id), order.get("proof"))
    try:
        return WipeOrder(order_id, WipeKind(kind), parse_iso(issued_at))
    except ValueError:
        return None  # a kind of a later version: what is not understood is not obeyed


def _prove(expected: str, said: Any) -> None:
    if not hmac.compare_digest(expected.encode(), str(said).encode()):
        raise Unreachable("应答不是来自一窗平台")
