"""Shared data and bookings as JSON, and back with validation."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import Any

from app.domain.clock import isoformat, parse_iso
from app.domain.redemption import RedeemedLicence, RedeemOutcome, RedeemReply, RedeemRequest
from app.domain.shared_data import (
    Booking,
    BookingDay,
    BookingSlot,
    BookingState,
    KeyProof,
    QueryReply,
    QueryRequest,
)
from app.server import query_schemas, schemas
from app.server.booking_schemas import BOOKING, BOOKING_DAYS
from app.server.checking import BadDocument, Flaw, JsonObject, check_against


def query_document(request: QueryRequest) -> JsonObject:
    """The body of a query. The source stands in the path."""
    subject = request.subject
    return {
        "scenario": request.scenario,
        "purpose": request.purpose,
        "subject": {"kind": subject.kind, "number": subject.number, "name": subject.name},
        "clerk": request.clerk,
        "items": list(request.items),
    }


def proof_document(proof: KeyProof) -> JsonObject:
    """The member `proof` of a query (query_schemas.KEY_PROOF)."""
    return {
        "certificates": [base64.b64encode(one).decode() for one in proof.certificates],
        "number": proof.number,
        "nonce": proof.nonce,
        "salt": proof.salt,
        "at": isoformat(proof.at),
        "signature": base64.b64encode(proof.signature).decode(),
    }


def read_proof(document: Any) -> KeyProof:
    """The other way round. BadDocument when it is none."""
    check_against(query_schemas.KEY_PROOF, document)
    try:
        certificates = tuple(base64.b64decode(one, validate=True) for one in document["certificates"])
        signature = base64.b64decode(document["signature"], validate=True)
        at = parse_iso(document["at"])
    except (binascii.Error, ValueError) as error:
        raise BadDocument([Flaw("proof", "")]) from error
    return KeyProof(certificates, document["number"], document["nonce"], document["salt"], at, signature)


def reply_document(reply: QueryReply) -> JsonObject:
    """What the gateway answers."""
    return {
        "source": reply.source,
        "asked_at": isoformat(reply.asked_at),
        "found": reply.found,
        "reference": reply.reference,
        "facts": [{"element": element, "value": value} for element, value in reply.facts.items()],
        "proves": reply.proves,
        "note": reply.note,
        "valid_until": reply.valid_until.isoformat() if reply.valid_until else None,
    }


def read_reply(document: Any) -> QueryReply:
    """The other way round. BadDocument when it is no such answer."""
    check_against(schemas.QUERIED, document)
    until = document["valid_until"]
    return QueryReply(
        source=document["source"],
        found=document["found"],
        asked_at=parse_iso(document["asked_at"]),
        reference=document["reference"],
        facts={fact["element"]: fact["value"] for fact in document["facts"]},
        proves=document["proves"],
        note=document["note"],
        valid_until=dt.date.fromisoformat(until) if until else None,
    )


def booking_document(booking: Booking) -> JsonObject:
    """A booking as the gateway keeps and tells it."""
    return {
        "code": booking.code,
        "name": booking.name,
        "number": booking.number,
        "day": booking.day.isoformat(),
        "time": booking.time,
        "items": list(booking.items),
        "answers": {code: dict(said) for code, said in booking.answers.items()},
        "fields": dict(booking.fields),
        "made_at": isoformat(booking.made_at),
        "state": str(booking.state),
    }


def read_booking(document: Any) -> Booking:
    """The other way round. BadDocument when it is no booking; ValueError for a day that does not exist."""
    check_against(BOOKING, document)
    return Booking(
        code=document["code"],
        name=document["name"],
        number=document["number"],
        day=dt.date.fromisoformat(document["day"]),
        time=document["time"],
        items=tuple(document["items"]),
        made_at=parse_iso(document["made_at"]),
        answers=document["answers"],
        fields=document["fields"],
        state=BookingState(document["state"]),
        outside=document.get("outside", False),
    )


def read_booking_days(document: Any) -> tuple[BookingDay, ...]:
    """The days that can be booked. BadDocument when it is no such answer; ValueError for a day that does not exist."""
    check_against(BOOKING_DAYS, document)
    return tuple(
        BookingDay(
            dt.date.fromisoformat(one["day"]),
            one["open"],
            tuple(BookingSlot(slot["time"], slot["until"], slot["extended"], slot["left"]) for slot in one["slots"]),
        )
        for one in document["days"]
    )


def redeem_document(request: RedeemRequest) -> JsonObject:
    """The body of a redemption. The operation stands in the header."""
    return {
        "code": request.code,
        "scenario": request.scenario,
        "purpose": request.purpose,
        "clerk": request.clerk,
        "items": list(request.items),
    }


def licence_document(licence: RedeemedLicence) -> JsonObject:
    """A licence as the gateway keeps and tells it."""
    return {
        "type": licence.type,
        "title": licence.title,
        "identifier": licence.identifier,
        "issuer": licence.issuer,
        "holder": dict(licence.holder),
        "claims": dict(licence.claims),
        "valid_until": licence.valid_until.isoformat() if licence.valid_until else None,
    }


def redeemed_document(reply: RedeemReply) -> JsonObject:
    """What the gateway answers to a redemption."""
    return {
        "outcome": str(reply.outcome),
        "reference": reply.reference,
        "at": isoformat(reply.at),
        "licence": licence_document(reply.licence) if reply.licence else None,
    }


def read_redeemed(document: Any) -> RedeemReply:
    """The other way round. BadDocument when it is no such answer; ValueError when it contradicts itself."""
    check_against(schemas.REDEEMED, document)
    outcome, licence = RedeemOutcome(document["outcome"]), document["licence"]
    if (licence is not None) is not (outcome is RedeemOutcome.REDEEMED):
        raise ValueError("a licence without a redemption, or the other way round")
    return RedeemReply(
        outcome, document["reference"], parse_iso(document["at"]), _licence(licence) if licence is not None else None
    )


def _licence(document: JsonObject) -> RedeemedLicence:
    until = document["valid_until"]
    texts = {name: document[name] for name in ("type", "title", "identifier", "issuer", "holder", "claims")}
    return RedeemedLicence(**texts, valid_until=dt.date.fromisoformat(until) if until else None)
