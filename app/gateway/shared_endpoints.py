"""The endpoints of shared data and bookings: what each promises (Spec) and what it does."""

from __future__ import annotations

import datetime as dt

from starlette.routing import Route

from app.domain.redemption import RedeemRequest
from app.domain.shared_data import QueryRequest, Subject
from app.gateway.core import Gateway
from app.gateway.http import KEY, Answer, Call, Spec, answered, route
from app.gateway.problems import Problem
from app.server import booking_schemas, query_schemas, schemas
from app.server.checking import check_against
from app.server.shared_wire import read_booking, read_proof, reply_document

_PROBLEM = schemas.PROBLEM_DOCUMENT


class SharedEndpoints:
    """Shared-data queries and bookings of one gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def post_query(self, call: Call) -> Answer:
        check_against(query_schemas.QUERY, call.document)
        document, subject = call.document, call.document["subject"]
        request = QueryRequest(
            source=call.path["source"],
            scenario=document["scenario"],
            purpose=document["purpose"],
            subject=Subject(subject["kind"], subject["number"], subject.get("name", "")),
            clerk=document["clerk"],
            items=tuple(document["items"]),
        )
        proof = read_proof(document["proof"]) if "proof" in document else None
        return Answer(200, reply_document(self._gateway.shared.query(request, call.caller.device_id, proof)))

    def redeem(self, call: Call) -> Answer:
        check_against(schemas.REDEEM, call.document)
        document = call.document
        request = RedeemRequest(
            op_id=call.key(),
            code=document["code"],
            scenario=document["scenario"],
            purpose=document["purpose"],
            clerk=document["clerk"],
            items=tuple(document["items"]),
        )
        result = self._gateway.redeem.redeem(request, call.caller.device_id)
        return answered(result)

    def get_booking(self, call: Call) -> Answer:
        return Answer(200, self._gateway.bookings.find(call.path["code"]))

    def post_bookings(self, call: Call) -> Answer:
        check_against(booking_schemas.BOOKINGS_OF, call.document)
        day = _day(call.document["day"])
        until = _day(call.document["until"]) if "until" in call.document else None
        return Answer(200, {"bookings": self._gateway.bookings.of_person(call.document["number"], day, until)})

    def get_slots(self, call: Call) -> Answer:
        return Answer(200, {"slots": self._gateway.bookings.slots(_day(call.path["day"]))})

    def get_days(self, call: Call) -> Answer:
        return Answer(200, {"days": self._gateway.bookings.days(_day(call.path["day"]))})

    def cancel_booking(self, call: Call) -> Answer:
        check_against(booking_schemas.BOOKING_OWNER, call.document)
        return Answer(200, self._gateway.bookings.cancel(call.path["code"], call.document["number"]))

    def post_booking(self, call: Call) -> Answer:
        try:
            booking = read_booking(call.document)
        except ValueError as error:
            raise Problem(422, "bad-day", "日期不对", "day 应为 YYYY-MM-DD") from error
        return Answer(200, self._gateway.bookings.book(booking))

    def routes(self) -> list[Route]:
        """All of them."""
        pairs = [
            (
                Spec(
                    "POST", "/v1/queries/{source}", "Ask a department's shared data, authorised by scenario; logged",
                    {
                        200: ("found or not, with the number of the call", schemas.QUERIED),
                        403: ("no grant for this scenario, source, purpose or item; or no good signature", _PROBLEM),
                        422: ("malformed", _PROBLEM),
                    },
                    request=query_schemas.QUERY,
                ),
                self.post_query,
            ),
            (
                Spec(
                    "POST", "/v1/licences:redeem",
                    "Redeem the dynamic code of an e-licence, once, authorised by scenario; logged",
                    {
                        200: ("the licence, or why there is none: unknown, expired, used, revoked", schemas.REDEEMED),
                        400: ("no key, no digest, or damaged on the way", _PROBLEM),
                        403: ("no grant for this scenario, purpose, item or kind; the code stays unused", _PROBLEM),
                        409: ("the same operation or code is in progress; try again", _PROBLEM),
                        422: ("malformed, or the key came before with other content", _PROBLEM),
                    },
                    request=schemas.REDEEM,
                    headers=KEY,
                ),
                self.redeem,
            ),
            (
                Spec(
                    "GET", "/v1/bookings/{code}", "The booking of this code",
                    {200: ("the booking", booking_schemas.BOOKING), 404: ("no such booking", _PROBLEM)},
                ),
                self.get_booking,
            ),
            (
                Spec(
                    "POST", "/v1/bookings:find", "What a person has booked for a day, or through a later one",
                    {200: ("earliest first; may be none", booking_schemas.BOOKINGS), 422: ("malformed", _PROBLEM)},
                    # A personal number has no place in an address: those end up in logs.
                    request=booking_schemas.BOOKINGS_OF,
                ),
                self.post_bookings,
            ),
            (
                Spec(
                    "GET", "/v1/booking-slots/{day}", "What can be booked on a day, extended hours among it",
                    {
                        200: ("in order, with the places left", booking_schemas.BOOKING_SLOTS),
                        404: ("this hall takes no bookings", _PROBLEM),
                        422: ("no day", _PROBLEM),
                    },
                ),
                self.get_slots,
            ),
            (
                Spec(
                    "GET", "/v1/booking-days/{day}", "Two weeks from a day on: which days are open, and their slots",
                    {
                        200: ("in order; days that cannot be booked are left out", booking_schemas.BOOKING_DAYS),
                        404: ("this hall takes no bookings", _PROBLEM),
                        422: ("no day", _PROBLEM),
                    },
                ),
                self.get_days,
            ),
            (
                Spec(
                    "POST", "/v1/bookings/{code}:cancel", "Cancel a booking of this person; again it stays cancelled",
                    {
                        200: ("the booking, cancelled", booking_schemas.BOOKING),
                        404: ("no such booking of this person", _PROBLEM),
                        409: ("its time is over", _PROBLEM),
                        422: ("malformed", _PROBLEM),
                    },
                    request=booking_schemas.BOOKING_OWNER,
                ),
                self.cancel_booking,
            ),
            (
                Spec(
                    "POST", "/v1/bookings", "Book a slot; the same code again moves that booking",
                    {
                        200: ("the booking", booking_schemas.BOOKING),
                        404: ("this hall takes no bookings", _PROBLEM),
                        409: ("closed then, full, over, cancelled, or another person's; detail says which", _PROBLEM),
                        422: ("malformed", _PROBLEM),
                    },
                    request=booking_schemas.BOOKING,
                ),
                self.post_booking,
            ),
        ]  # fmt: skip
        return [route(spec, handler, self._gateway.devices) for spec, handler in pairs]


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Problem(422, "bad-day", "日期不对", "day 应为 YYYY-MM-DD") from error
