"""The endpoints of firms' matters: what each promises (Spec) and what it does."""

from __future__ import annotations

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import KEY, Answer, Call, Spec, answered, problems, route
from app.server import matter_schemas as schemas
from app.server.checking import check_against


class MatterEndpoints:
    """Opening matters and taking a window's steps in them."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def open(self, call: Call) -> Answer:
        check_against(schemas.OPEN, call.document)
        result = self._gateway.matters.open(call.key(), call.document, call.caller.device_id)
        return answered(result)

    def step(self, call: Call) -> Answer:
        check_against(schemas.STEP, call.document)
        matter_id, device = call.path["matter_id"], call.caller.device_id
        result = self._gateway.matters.step(call.key(), matter_id, call.document, device)
        return answered(result)

    def routes(self) -> list[Route]:
        """All of them."""
        common = ((400, "no key, no digest, or damaged on the way"), (409, "being worked on; try again"))
        pairs = [
            (
                Spec(
                    "POST", "/v1/matters", "Open a firm's matter: slip, task, review, assessment, or order",
                    {
                        201: ("the matter with its due time", schemas.MATTER),
                        **problems(*common, (422, "malformed, or the key or id came before with other content")),
                    },
                    request=schemas.OPEN, headers=KEY,
                ),
                self.open,
            ),
            (
                Spec(
                    "POST", "/v1/matters/{matter_id}:step", "Take the window's next step in a matter",
                    {
                        200: ("the matter as it stands", schemas.MATTER),
                        **problems(*common, (404, "not this device's"), (422, "malformed, or not possible now")),
                    },
                    request=schemas.STEP, headers=KEY,
                ),
                self.step,
            ),
        ]  # fmt: skip
        return [route(spec, handler, self._gateway.devices) for spec, handler in pairs]
