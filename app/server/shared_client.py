"""The client of shared data and bookings: asked while the visitor waits, so with short time-outs.

Every method raises Unreachable, TryLater or Rejected (app.server.errors) and nothing else for what the network or the
gateway does. A client belongs to one thread at a time.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Callable

from app.domain.clock import Clock
from app.domain.redemption import RedeemReply, RedeemRequest
from app.domain.shared_data import Booking, BookingDay, KeyProof, QueryReply, QueryRequest
from app.server import headers as h
from app.server.checking import BadDocument
from app.server.errors import Rejected, Unreachable
from app.server.shared_wire import (
    booking_document,
    proof_document,
    query_document,
    read_booking,
    read_booking_days,
    read_redeemed,
    read_reply,
    redeem_document,
)
from app.server.transport import AskingClient

NOT_FOUND = 404


class SharedDataClient(AskingClient):
    """Asks for shared data, redeems codes, looks bookings up."""

    def __init__(
        self,
        base_url: str,
        device_id: str,
        token: str,
        timeout: tuple[float, float] = (3.05, 8.0),
        *,
        clock: Clock | None = None,
        ca_file: str | None = None,
        prove: Callable[[QueryRequest], KeyProof | None] = lambda request: None,
    ) -> None:
        """prove: the clerk's key over a query; None where none is signed in. What it raises is raised."""
        super().__init__(base_url, device_id, token, timeout, clock=clock, ca_file=ca_file)
        self._prove = prove

    def query(self, request: QueryRequest) -> QueryReply:
        """POST /v1/queries/{source}. Rejected 403 with the reason when no grant allows it."""
        path = f"/v1/queries/{urllib.parse.quote(request.source, safe='')}"
        document, proof = query_document(request), self._prove(request)
        if proof is not None:
            document["proof"] = proof_document(proof)
        answer = self._http.call("POST", path, document=document)
        try:
            reply = read_reply(answer.document)
        except (BadDocument, ValueError) as error:
            raise Unreachable("应答无法读取") from error
        if reply.source != request.source:
            raise Unreachable("应答与所查数据不符")
        return reply

    def redeem(self, request: RedeemRequest) -> RedeemReply:
        """POST /v1/licences:redeem. Rejected 403 with the reason when no grant allows it; the code is then unused.

        After Unreachable or TryLater the same request (its op_id) may be sent again: it counts once.
        """
        answer = self._http.call(
            "POST",
            "/v1/licences:redeem",
            document=redeem_document(request),
            headers={h.IDEMPOTENCY_KEY: request.op_id},
        )
        try:
            return read_redeemed(answer.document)
        except (BadDocument, ValueError) as error:
            raise Unreachable("应答无法读取") from error

    def booking(self, code: str) -> Booking | None:
        """GET /v1/bookings/{code}; None when there is none of this code."""
        try:
            answer = self._http.call("GET", f"/v1/bookings/{urllib.parse.quote(code, safe='')}")
        except Rejected as refusal:
            if refusal.status == NOT_FOUND:
                return None
            raise
        return _booking(answer.document)

    def bookings_of(self, number: str, day: dt.date, until: dt.date | None = None) -> tuple[Booking, ...]:
        """POST /v1/bookings:find: what a person has booked for a day, or for all days through `until`; earliest
        first."""
        asked = {"number": number, "day": day.isoformat()}
        if until is not None:
            asked["until"] = until.isoformat()
        answer = self._http.call("POST", "/v1/bookings:find", document=asked)
        found = answer.document.get("bookings") if isinstance(answer.document, dict) else None
        if not isinstance(found, list):
            raise Unreachable("应答无法读取")
        return tuple(_booking(document) for document in found)

    def booking_days(self, first: dt.date) -> tuple[BookingDay, ...]:
        """GET /v1/booking-days/{day}: two weeks from this day on. Rejected 404: the hall takes no bookings."""
        answer = self._http.call("GET", f"/v1/booking-days/{first.isoformat()}")
        try:
            return read_booking_days(answer.document)
        except (BadDocument, ValueError) as error:
            raise Unreachable("应答无法读取") from error

    def book(self, booking: Booking) -> Booking:
        """POST /v1/bookings. Rejected 409 with the reason: closed then, full, over, not theirs; 404: no bookings here.

        After Unreachable or TryLater the same booking may be sent again: its code makes it the same one.
        """
        return _booking(self._http.call("POST", "/v1/bookings", document=booking_document(booking)).document)

    def cancel_booking(self, code: str, number: str) -> Booking:
        """POST /v1/bookings/{code}:cancel; told again it stays cancelled. Rejected 404: none of this code and number;
        409: its time has come."""
        path = f"/v1/bookings/{urllib.parse.quote(code, safe='')}:cancel"
        return _booking(self._http.call("POST", path, document={"number": number}).document)


def _booking(document: object) -> Booking:
    try:
        return read_booking(document)
    except (BadDocument, ValueError) as error:
        raise Unreachable("应答无法读取") from error
