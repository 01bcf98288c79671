"""The endpoints of the register of foreign residents: what each promises (Spec) and what it does."""

from __future__ import annotations

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import KEY, Answer, Call, Spec, answered, route
from app.server import resident_schemas as schemas
from app.server.checking import check_against
from app.server.schemas import PROBLEM_DOCUMENT

_NO_GRANT = {403: ("no grant of the register for this scenario and purpose", PROBLEM_DOCUMENT)}
_BAD_CODE = {422: ("malformed, or no code that this platform signed", PROBLEM_DOCUMENT)}


class ResidentEndpoints:
    """Registers, serves and revokes; all three are written down."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def register(self, call: Call) -> Answer:
        check_against(schemas.REGISTER, call.document)
        result = self._gateway.residents.register(call.key(), call.document, call.caller.device_id)
        return answered(result)

    def serve(self, call: Call) -> Answer:
        check_against(schemas.SERVE, call.document)
        return Answer(200, self._gateway.residents.serve(call.document, call.caller.device_id))

    def revoke(self, call: Call) -> Answer:
        check_against(schemas.REVOKE, call.document)
        return Answer(200, self._gateway.residents.revoke(call.document, call.caller.device_id))

    def routes(self) -> list[Route]:
        """All of them."""
        pairs = [
            (
                Spec(
                    "POST", "/v1/residents:register",
                    "Register a foreign resident after a check that passed, with consent; gives a signed code; logged",
                    {
                        200: ("the code; earlier ones of the same person have ended", schemas.REGISTERED),
                        400: ("no key, no digest, or damaged on the way", PROBLEM_DOCUMENT),
                        **_NO_GRANT,
                        409: ("the same operation or person is being worked on; try again", PROBLEM_DOCUMENT),
                        422: ("malformed, the document has run out, or the key came before with other content",
                              PROBLEM_DOCUMENT),
                    },
                    request=schemas.REGISTER,
                    headers=KEY,
                ),
                self.register,
            ),
            (
                Spec(
                    "POST", "/v1/residents:serve", "Whose code it is, or why it serves nobody; logged",
                    {200: ("how the code stands, with the person while it counts", schemas.SERVED), **_NO_GRANT,
                     **_BAD_CODE},
                    request=schemas.SERVE,
                ),
                self.serve,
            ),
            (
                Spec(
                    "POST", "/v1/residents:revoke", "End a code and forget the person; logged",
                    {200: ("how the code stands now", schemas.REVOKED), **_NO_GRANT,
                     409: ("the same code is being worked on; try again", PROBLEM_DOCUMENT), **_BAD_CODE},
                    request=schemas.REVOKE,
                ),
                self.revoke,
            ),
        ]  # fmt: skip
        return [route(spec, handler, self._gateway.devices) for spec, handler in pairs]
