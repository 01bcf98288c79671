"""The endpoint of issued e-licences: what it promises (Spec) and what it does."""

from __future__ import annotations

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import Answer, Call, Spec, route
from app.server import issue_schemas as schemas
from app.server.checking import check_against
from app.server.schemas import PROBLEM_DOCUMENT


class IssueEndpoints:
    """Hands a licence to the window of its case."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def fetch(self, call: Call) -> Answer:
        check_against(schemas.FETCH, call.document)
        return Answer(200, self._gateway.issuing.fetch(call.document, call.caller.device_id))

    def routes(self) -> list[Route]:
        """All of them."""
        spec = Spec(
            "POST",
            "/v1/licences:fetch",
            "The e-licence that was issued for a case, to its window, authorised by scenario; logged",
            {
                200: ("the licence, or that it was taken back", schemas.FETCHED),
                403: ("no grant for this scenario, purpose, item or kind", PROBLEM_DOCUMENT),
                404: ("no such case of this device, nothing was issued for it, or it cannot be read", PROBLEM_DOCUMENT),
                422: ("malformed", PROBLEM_DOCUMENT),
            },
            request=schemas.FETCH,
        )
        return [route(spec, self.fetch, self._gateway.devices)]
