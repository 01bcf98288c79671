"""The endpoints of people's photographs: what each promises (Spec) and what it does."""

from __future__ import annotations

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import KEY, Answer, Call, Spec, answered, route
from app.server import headers as h
from app.server import photo_schemas as schemas
from app.server.checking import check_against
from app.server.schemas import PROBLEM_DOCUMENT

_NO_KEY = {400: ("no key, no digest, or damaged on the way", PROBLEM_DOCUMENT)}
_AGAIN = {409: ("the same operation, photograph or person is being worked on; try again", PROBLEM_DOCUMENT)}
_MALFORMED = {422: ("malformed", PROBLEM_DOCUMENT)}
_OFTEN = {429: ("this device has asked too often today", PROBLEM_DOCUMENT)}


class PhotoEndpoints:
    """Keeps, finds, opens and forgets; all four are written down."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def keep(self, call: Call) -> Answer:
        check_against(schemas.KEEP, call.document)
        client_time = call.headers.get(h.CLIENT_TIME.lower())
        result = self._gateway.photos.keep(call.key(), call.document, call.caller.device_id, client_time)
        return answered(result)

    def find(self, call: Call) -> Answer:
        check_against(schemas.FIND, call.document)
        return Answer(200, self._gateway.photos.find(call.document, call.caller.device_id))

    def open(self, call: Call) -> Answer:
        check_against(schemas.OPEN, call.document)
        return Answer(200, self._gateway.photos.open(call.document, call.caller.device_id))

    def withdraw(self, call: Call) -> Answer:
        check_against(schemas.WITHDRAW, call.document)
        result = self._gateway.photos.withdraw(call.key(), call.document, call.caller.device_id)
        return answered(result)

    def routes(self) -> list[Route]:
        """All of them."""
        pairs = [
            (
                Spec(
                    "POST", "/v1/photos:keep",
                    "Keep a photograph of a person for all windows, with consent, in place of an earlier one; logged",
                    {
                        200: ("how it stands: kept, or taken back, replaced or over before it came", schemas.STANDS),
                        **_NO_KEY,
                        **_AGAIN,
                        413: ("larger than 1 MB", PROBLEM_DOCUMENT),
                        422: ("malformed, no such picture, or the key or id came before with other content",
                              PROBLEM_DOCUMENT),
                    },
                    request=schemas.KEEP,
                    headers={**KEY, h.CLIENT_TIME: ("the device's clock, RFC 3339", False)},
                ),
                self.keep,
            ),
            (
                Spec(
                    "POST", "/v1/photos:find", "Is there a photograph of whoever has this number? No picture; logged",
                    {200: ("when and where it was taken, or none", schemas.FOUND), **_MALFORMED, **_OFTEN},
                    request=schemas.FIND,
                ),
                self.find,
            ),
            (
                Spec(
                    "POST", "/v1/photos:open", "The photograph, to whoever says id and number; logged",
                    {200: ("the picture, or how it ended", schemas.OPENED), **_MALFORMED, **_OFTEN},
                    request=schemas.OPEN,
                ),
                self.open,
            ),
            (
                Spec(
                    "POST", "/v1/photos:withdraw", "Forget a photograph at its owner's wish; logged",
                    {
                        200: ("forgotten; its window hears of it by the feed", schemas.STANDS),
                        **_NO_KEY,
                        **_AGAIN,
                        422: ("malformed, or the key came before with other content", PROBLEM_DOCUMENT),
                    },
                    request=schemas.WITHDRAW,
                    headers=KEY,
                ),
                self.withdraw,
            ),
        ]  # fmt: skip
        return [route(spec, handler, self._gateway.devices) for spec, handler in pairs]
