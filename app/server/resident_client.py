"""The client of the register of foreign residents: asked while the visitor waits. Errors as app.server.shared_client.

Three calls, all POST: a code has no place in an address, those end up in logs.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from app.domain.clock import isoformat, parse_iso
from app.domain.errors import BadInput
from app.domain.resident import Consent, Registration, ResidentPerson, ServedResident, ServeReply, Standing
from app.server import headers as h
from app.server import resident_schemas as schemas
from app.server.checking import BadDocument, JsonObject, check_against
from app.server.errors import Unreachable
from app.server.transport import AskingClient


@dataclass(frozen=True, slots=True)
class GrantUsed:
    """Under which scenario and for which purpose a call is made, and who makes it."""

    scenario: str
    purpose: str
    clerk: str

    def document(self) -> JsonObject:
        return {"scenario": self.scenario, "purpose": self.purpose, "clerk": self.clerk}


class ResidentClient(AskingClient):
    """Registers, serves and revokes."""

    def register(
        self, op_id: str, grant: GrantUsed, person: ResidentPerson, place: str, consent: Consent, record: str
    ) -> Registration:
        """POST /v1/residents:register. record: number of the check that passed. The same op_id counts once. Rejected
        403 without a grant."""
        document = {
            **grant.document(),
            "person": person_document(person),
            "place": place,
            "consent": {"at": isoformat(consent.at), "text": consent.text},
            "check": {"record": record, "conclusion": "passed"},
        }
        answer = self._http.call(
            "POST", "/v1/residents:register", document=document, headers={h.IDEMPOTENCY_KEY: op_id}
        ).document
        try:
            check_against(schemas.REGISTERED, answer)
            return Registration(
                answer["code_id"], answer["code"], parse_iso(answer["registered_at"]), parse_iso(answer["until"]),
                answer["reference"],
            )  # fmt: skip
        except (BadDocument, ValueError) as error:
            raise Unreachable("应答无法读取") from error

    def serve(self, grant: GrantUsed, code: str) -> ServeReply:
        """POST /v1/residents:serve: whose code it is, or why it serves nobody."""
        answer = self._http.call("POST", "/v1/residents:serve", document={**grant.document(), "code": code}).document
        try:
            check_against(schemas.SERVED, answer)
            return read_served(answer)
        except (BadDocument, BadInput, ValueError) as error:
            raise Unreachable("应答无法读取") from error

    def revoke(self, grant: GrantUsed, code: str, reason: str) -> Standing:
        """POST /v1/residents:revoke: the code serves nobody from now on, and the person's data are gone from the
        register. Gives how it stands then; repeating it changes nothing."""
        document = {**grant.document(), "code": code, "reason": reason}
        answer = self._http.call("POST", "/v1/residents:revoke", document=document).document
        try:
            check_against(schemas.REVOKED, answer)
        except BadDocument as error:
            raise Unreachable("应答无法读取") from error
        return Standing(answer["standing"])


def person_document(person: ResidentPerson) -> JsonObject:
    """A person as the wire and the register have it."""
    portrait = base64.b64encode(person.portrait).decode() if person.portrait else None
    return {
        "facts": dict(person.facts),
        "document": person.document,
        "ground": person.ground,
        "portrait": portrait,
    }


def read_person(document: JsonObject) -> ResidentPerson:
    """The other way round. ValueError or BadInput when it is none."""
    try:
        portrait = base64.b64decode(document["portrait"], validate=True) if document["portrait"] else None
    except binascii.Error as error:
        raise ValueError("portrait") from error
    return ResidentPerson(document["facts"], document["document"], document["ground"], portrait)


def resident_document(resident: ServedResident) -> JsonObject:
    """A registered person, as the answer and a window's own copy have it."""
    return {
        "code_id": resident.code_id,
        "person": person_document(resident.person),
        "registered_at": isoformat(resident.registered_at),
        "until": isoformat(resident.until),
        "place": resident.place,
    }


def read_resident(document: JsonObject) -> ServedResident:
    """The other way round. KeyError, TypeError, ValueError or BadInput when it is none."""
    return ServedResident(
        document["code_id"],
        read_person(document["person"]),
        parse_iso(document["registered_at"]),
        parse_iso(document["until"]),
        document["place"],
    )


def read_served(document: JsonObject) -> ServeReply:
    """An answer to a code. ValueError when it contradicts itself."""
    standing, found, ended = Standing(document["standing"]), document["resident"], document["ended_at"]
    if (found is not None) is not (standing is Standing.FOUND):
        raise ValueError("a person without a register entry, or the other way round")
    return ServeReply(
        standing,
        document["reference"],
        parse_iso(document["at"]),
        read_resident(found) if found is not None else None,
        parse_iso(ended) if ended else None,
    )
