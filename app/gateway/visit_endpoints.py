"""The endpoints of visit packs and of wiping: what each promises (Spec) and what it does."""

from __future__ import annotations

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import KEY, Answer, Call, Spec, answered, problems, route
from app.server import visit_schemas as schemas
from app.server.checking import check_against


class VisitEndpoints:
    """Visit packs and wipes of one gateway."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def check_out(self, call: Call) -> Answer:
        check_against(schemas.CHECKOUT, call.document)
        visit_id, caller = call.path["visit_id"], call.caller
        return answered(
            self._gateway.visits.check_out(call.key(), visit_id, call.document, caller.device_id, caller.key)
        )

    def extend(self, call: Call) -> Answer:
        check_against(schemas.EXTEND, call.document)
        visit_id, caller = call.path["visit_id"], call.caller
        return answered(self._gateway.visits.extend(call.key(), visit_id, call.document, caller.device_id, caller.key))

    def give_back(self, call: Call) -> Answer:
        check_against(schemas.RETURN, call.document)
        visit_id = call.path["visit_id"]
        return answered(self._gateway.visits.give_back(call.key(), visit_id, call.document, call.caller.device_id))

    def confirm_wipe(self, call: Call) -> Answer:
        check_against(schemas.WIPED, call.document)
        return Answer(200, self._gateway.wipes.confirm(call.path["order_id"], call.caller, call.document["outcome"]))

    def routes(self) -> list[Route]:
        """All of them."""
        common = (
            (400, "no key, no digest, or damaged on the way"),
            (422, "malformed, or the key came before with other content"),
        )
        pairs = [
            (
                Spec(
                    "POST", "/v1/visits/{visit_id}:checkout",
                    "Take a visit's pack along, with a block of numbers of its own",
                    {
                        200: ("the pack, proved to this device", schemas.CHECKED_OUT),
                        **problems(
                            *common, (404, "no such visit, or it is over"),
                            (409, "another device has it: who, and until when; or being worked on"),
                        ),
                    },
                    request=schemas.CHECKOUT, headers=KEY,
                ),
                self.check_out,
            ),
            (
                Spec(
                    "POST", "/v1/visits/{visit_id}:extend", "Let a pack hold for so many days from now",
                    {
                        200: ("the pack as it is now", schemas.CHECKED_OUT),
                        **problems(
                            *common, (404, "not this device's, or not any more"), (409, "being worked on; try again")
                        ),
                    },
                    request=schemas.EXTEND, headers=KEY,
                ),
                self.extend,
            ),
            (
                Spec(
                    "POST", "/v1/visits/{visit_id}:return", "Give a pack back, with what was accepted under it",
                    {
                        200: ("how the visit stands", schemas.RETURNED),
                        **problems(
                            (400, "no key, no digest, or damaged on the way"), (404, "never this device's"),
                            (409, "being worked on; try again"),
                            (422, "malformed, the key was used, or a case has not arrived yet"),
                        ),
                    },
                    request=schemas.RETURN, headers=KEY,
                ),
                self.give_back,
            ),
            (
                Spec(
                    "POST", "/v1/wipes/{order_id}:confirm", "The device has wiped itself as it was ordered",
                    {
                        200: ("noted", schemas.WIPE_NOTED),
                        **problems((400, "no digest, or damaged on the way"), (404, "no such order of this device"),
                                    (409, "being worked on; try again"), (422, "malformed")),
                    },
                    request=schemas.WIPED, quarantined=True,
                ),
                self.confirm_wipe,
            ),
        ]  # fmt: skip
        return [route(spec, handler, self._gateway.devices) for spec, handler in pairs]
