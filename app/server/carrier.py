"""Client of a carrier's order service 寄递下单 (docs/express.md): order, track, cancel; HTTP, JSON, a bearer token.

An order carries our own id; the same id again gives the same number, so an answer that was lost is asked for again.
"""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from typing import Any

import requests

from app.domain.clock import parse_iso
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.domain.express import Parcel, ParcelState, Step, is_mail_number

_TIMEOUT = (3.0, 8.0)
_MAX = 1 << 18
_MOST_STEPS = 100


class CarrierDown(EnvironmentProblem):
    """Nobody answered, or not in a way that can be believed: ask again later."""

    def __init__(self, what: str) -> None:
        super().__init__("承运方联系不上", what, "寄递单已保存，恢复后自动下单。")


class CarrierRefuses(Refused):
    """The carrier answered, and will say the same tomorrow."""

    def __init__(self, what: str) -> None:
        super().__init__("承运方不收", what, "核对收件人、电话和地址后重新出寄递单。")


@dataclass(frozen=True, slots=True)
class Waybill:
    """What the carrier says of an order."""

    carrier: str
    mail_no: str
    state: ParcelState
    steps: tuple[Step, ...]
    signer: str


class CarrierClient:
    """url: of the service, https, or http on this machine. token: the centre's own. BadInput: another address."""

    def __init__(self, url: str, token: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in ("127.0.0.1", "localhost")):
            raise BadInput("寄递服务地址不对", "收件人信息只能加密传送", "请使用 https:// 地址。")
        self._url = url.rstrip("/")
        self._token = token

    def order(self, parcel: Parcel, sender: str) -> Waybill:
        """Order a parcel's collection; the same order any number of times. CarrierDown, CarrierRefuses."""
        body = {
            "order": parcel.order,
            "recipient": {"name": parcel.recipient, "phone": parcel.phone, "address": parcel.address},
            "sender": sender,
            "contents": parcel.contents,
        }
        return self._waybill(self._call("POST", "/orders", body))

    def track(self, order: str) -> Waybill:
        """Where it is. CarrierRefuses: it knows no such order."""
        return self._waybill(self._call("GET", f"/orders/{urllib.parse.quote(order, safe='')}"))

    def cancel(self, order: str) -> Waybill:
        """Call it off. CarrierRefuses: it was collected already."""
        return self._waybill(self._call("DELETE", f"/orders/{urllib.parse.quote(order, safe='')}"))

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        try:
            # A session a call: tracking is seldom, and a connection kept open for hours is closed by somebody between.
            answer = requests.request(
                method,
                self._url + path,
                json=body,
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
            if answer.status_code >= 500 or answer.status_code in (408, 425, 429):
                raise CarrierDown(f"答复 {answer.status_code}")
            if answer.status_code in (401, 403):
                # About us, not about the parcel: it waits until the token is put right.
                raise CarrierDown("承运方不认可本中心的令牌")
            if len(answer.content) > _MAX:
                raise CarrierDown("应答过长")
            document = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise CarrierDown("没有应答，或者应答无法读取") from error
        if answer.status_code >= 400:
            raise CarrierRefuses(str(document.get("reason", ""))[:200] if isinstance(document, dict) else "")
        if answer.status_code >= 300:
            raise CarrierDown("应答指向其他地址")
        return document

    def _waybill(self, document: Any) -> Waybill:
        try:
            steps = tuple(
                Step(ParcelState(step["state"]), parse_iso(step["at"]), str(step["words"])[:200])
                for step in document["steps"][:_MOST_STEPS]
            )
            found = Waybill(
                str(document["carrier"])[:60],
                str(document["mail_no"]),
                ParcelState(document["state"]),
                steps,
                str(document.get("signer", ""))[:60],
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CarrierDown("应答内容不全") from error
        if not is_mail_number(found.mail_no):
            # A wrong number on the slip would send people after a stranger's parcel.
            raise CarrierDown("邮件号校验位不符")
        return found
