"""The endpoint by which a window has its paper key certified."""

from __future__ import annotations

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import Answer, Call, Spec, route
from app.server import schemas


class PaperEndpoints:
    """Certifies keys of papers."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def certify(self, call: Call) -> Answer:
        return Answer(200, self._gateway.paper_keys.certify(call.caller.device_id, call.document))

    def routes(self) -> list[Route]:
        """All of them."""
        spec = Spec(
            "POST",
            "/v1/papers/keys:certify",
            "Certify the key with which the device signs papers; the same key may be sent any number of times",
            {
                200: ("the certificate (COSE_Sign1) and the platform's root key", schemas.PAPER_CERTIFIED),
                403: ("the key was revoked, or is another device's", schemas.PROBLEM_DOCUMENT),
                422: ("no Ed25519 key, or no proof that the device holds it", schemas.PROBLEM_DOCUMENT),
            },
            request=schemas.PAPER_KEY,
        )
        return [route(spec, self.certify, self._gateway.devices)]
