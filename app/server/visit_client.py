"""The client of visit packs and of the receipt for a wipe: asked while somebody waits, so with short time-outs.

Every method raises Unreachable, TryLater or Rejected (app.server.errors) and nothing else for what the network or the
gateway does. A client belongs to one thread at a time.
"""

from __future__ import annotations

import datetime as dt
import hmac
import urllib.parse
from collections.abc import Sequence

from app.domain.clock import Clock, SystemClock, isoformat
from app.domain.visit_pack import VisitPack, VisitState
from app.server import headers as h
from app.server import visit_schemas as schemas
from app.server.checking import BadDocument, JsonObject, check_against
from app.server.errors import Unreachable
from app.server.transport import Transport
from app.server.visit_wire import read_pack


class VisitClient:
    """Talks to one gateway as one device. timeout: seconds (connect, between two reads)."""

    def __init__(
        self,
        base_url: str,
        device_id: str,
        token: str,
        timeout: tuple[float, float] = (3.05, 15.0),
        *,
        clock: Clock | None = None,
        ca_file: str | None = None,
    ) -> None:
        self._http = Transport(base_url, device_id, token, timeout, clock or SystemClock(), ca_file)
        self._key = h.token_key(token)

    @property
    def device_id(self) -> str:
        """As which device it calls."""
        return self._http.device_id

    def close(self) -> None:
        """Give the connections back. The client can be used again afterwards."""
        self._http.close()

    def check_out(
        self, op_id: str, visit_id: str, *, window_id: str, clerk: str, days: int, catalog_version: str
    ) -> VisitPack:
        """POST /v1/visits/{id}:checkout. Rejected 409 with who has it; 404: no such visit.

        Unreachable also when the pack is not proved to be made for this device by who knows its token.
        """
        body = {"window_id": window_id, "clerk": clerk, "days": days, "catalog_version": catalog_version}
        return self._pack(visit_id, "checkout", op_id, body)

    def extend(self, op_id: str, visit_id: str, *, pack_id: str, clerk: str, days: int) -> VisitPack:
        """POST /v1/visits/{id}:extend: the same pack for so many days from now on."""
        return self._pack(visit_id, "extend", op_id, {"pack_id": pack_id, "clerk": clerk, "days": days})

    def give_back(
        self, op_id: str, visit_id: str, *, pack_id: str, clerk: str, cases: Sequence[str], done: bool, note: str = ""
    ) -> VisitState:
        """POST /v1/visits/{id}:return. How the visit stands then. Rejected 422: a case has not arrived there yet."""
        body = {"pack_id": pack_id, "clerk": clerk, "cases": list(cases), "done": done, "note": note}
        document = self._post(f"/v1/visits/{_quoted(visit_id)}:return", body, {h.IDEMPOTENCY_KEY: op_id})
        try:
            check_against(schemas.RETURNED, document)
        except BadDocument as error:
            raise Unreachable("应答无法读取") from error
        return VisitState(document["state"])

    def confirm_wipe(self, order_id: str, outcome: str, at: dt.datetime) -> None:
        """POST /v1/wipes/{id}:confirm. outcome: done or partly. May be said any number of times."""
        self._post(f"/v1/wipes/{_quoted(order_id)}:confirm", {"outcome": outcome, "at": isoformat(at)}, {})

    def _pack(self, visit_id: str, action: str, op_id: str, body: JsonObject) -> VisitPack:
        document = self._post(f"/v1/visits/{_quoted(visit_id)}:{action}", body, {h.IDEMPOTENCY_KEY: op_id})
        pack, proof = document.get("pack"), str(document.get("proof"))
        if not hmac.compare_digest(h.pack_proof(self._key, pack).encode(), proof.encode()):
            raise Unreachable("应答不是来自一窗平台")
        try:
            read = read_pack(pack)
        except (BadDocument, ValueError) as error:
            raise Unreachable("应答无法读取") from error
        if (read.visit_id, read.device_id) != (visit_id, self._http.device_id):
            raise Unreachable("应答与所领任务不符")
        return read

    def _post(self, path: str, body: JsonObject, headers: dict[str, str]) -> JsonObject:
        answer = self._http.call("POST", path, document=body, headers=headers)
        if not isinstance(answer.document, dict):
            raise Unreachable("应答无法读取")
        return answer.document


def _quoted(part: str) -> str:
    return urllib.parse.quote(part, safe="")
