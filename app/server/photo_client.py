"""The client of the photographs that windows share: asked while the person stands there. Errors as
app.server.shared_client. All four are POST: a number has no place in an address, those end up in logs.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from dataclasses import dataclass

from app.domain.clock import parse_iso
from app.domain.photo import PhotoStanding, SharedPhoto
from app.server import headers as h
from app.server import photo_schemas as schemas
from app.server.checking import BadDocument, JsonObject, check_against
from app.server.errors import Unreachable
from app.server.transport import AskingClient, Transport

KEEP, WITHDRAW = "keep", "withdraw"
"""What an entry of the outbox asks for: {"keep": …} or {"withdraw": …}."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, at which window (in words), for which visit: the platform writes it down."""

    clerk: str
    place: str
    visit: str

    def document(self) -> JsonObject:
        return {"clerk": self.clerk, "place": self.place, "visit": self.visit}


class PhotoClient(AskingClient):
    """Finds and opens photographs, and sends what the outbox has of them."""

    def find(self, asker: Asker, number: str) -> SharedPhoto | None:
        """POST /v1/photos:find: is there one of whoever has this number?"""
        document = {**asker.document(), "number": number}
        answer = self._http.call("POST", "/v1/photos:find", document=document).document
        try:
            check_against(schemas.FOUND, answer)
            found = answer["photo"]
            if found is None:
                return None
            until = dt.date.fromisoformat(found["until"])
            return SharedPhoto(found["photo_id"], parse_iso(found["taken"]), until, found["place"])
        except (BadDocument, ValueError) as error:
            raise Unreachable("应答无法读取") from error

    def open(self, asker: Asker, number: str, photo_id: str) -> bytes | PhotoStanding:
        """POST /v1/photos:open: the JPEG, not looked at; or why there is none any more."""
        document = {**asker.document(), "number": number, "photo_id": photo_id}
        answer = self._http.call("POST", "/v1/photos:open", document=document).document
        try:
            check_against(schemas.OPENED, answer)
            standing, jpeg = PhotoStanding(answer["standing"]), answer["jpeg"]
            if (jpeg is not None) is not (standing is PhotoStanding.KEPT) or answer["photo_id"] != photo_id:
                raise ValueError("a picture without a standing, or the other way round")
            return base64.b64decode(jpeg, validate=True) if jpeg is not None else standing
        except (BadDocument, ValueError, binascii.Error) as error:
            raise Unreachable("应答无法读取") from error

    def send(self, op_id: str, body: JsonObject) -> PhotoStanding:
        """POST /v1/photos:keep or :withdraw, as the entry says; how the photograph stands then. The same op_id counts
        once."""
        return send_photo(self._http, op_id, body)


def send_photo(http: Transport, op_id: str, body: JsonObject) -> PhotoStanding:
    """An entry of the outbox, {"keep": …} or {"withdraw": …}, with all that the platform wants to know of it."""
    doing = KEEP if KEEP in body else WITHDRAW
    answer = http.call("POST", f"/v1/photos:{doing}", document=body[doing], headers={h.IDEMPOTENCY_KEY: op_id}).document
    try:
        check_against(schemas.STANDS, answer)
    except BadDocument as error:
        raise Unreachable("应答无法读取") from error
    return PhotoStanding(answer["standing"])
