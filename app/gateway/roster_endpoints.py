"""The endpoints of the roster: what each promises (Spec) and what it does. The roster itself comes in a feed."""

from __future__ import annotations

from starlette.routing import Route

from app.domain.clock import isoformat, parse_iso
from app.gateway.core import Gateway
from app.gateway.http import KEY, Answer, Call, Spec, answered, problems, route
from app.gateway.problems import Problem
from app.server import roster_schemas as schemas
from app.server.checking import check_against


class RosterEndpoints:
    """A specialist's own leave, and who stands at a firm."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def report(self, call: Call) -> Answer:
        check_against(schemas.ABSENCE, call.document)
        result = self._gateway.roster.report(call.key(), call.document, call.caller.device_id)
        return answered(result)

    def standing(self, call: Call) -> Answer:
        number, name = call.query.get("number", "")[:60], call.query.get("name", "")[:300]
        if not number and not name:
            raise Problem(400, "no-firm", "没有写明企业", "要有 number 或 name")
        try:
            at = parse_iso(call.query["at"]) if "at" in call.query else self._gateway.clock.now()
        except ValueError:
            raise Problem(400, "bad-time", "时间不对", "应为带时区的 RFC 3339 时间") from None
        roster = self._gateway.roster.roster()
        shift = roster.standing_at(number, name, at)
        who = shift.standing if shift is not None else None
        document = {
            "at": isoformat(at),
            "known": roster.knows(number, name),
            "clerk": who.clerk if who else "",
            "name": who.name if who else "",
            "why": shift.why.value if shift and who else "",
        }
        return Answer(200, document)

    def routes(self) -> list[Route]:
        """All of them."""
        pairs = [
            (
                Spec(
                    "POST", "/v1/roster/absences", "Report a specialist's own leave of one day, exactly once",
                    {
                        200: ("this day's leave was there already", schemas.REPORTED),
                        201: ("noted", schemas.REPORTED),
                        **problems(
                            (400, "no key, no digest, or damaged on the way"), (409, "being worked on; try again"),
                            (422, "malformed, no such specialist, or too long past"),
                        ),
                    },
                    request=schemas.ABSENCE, headers=KEY,
                ),
                self.report,
            ),
            (
                Spec(
                    "GET", "/v1/roster/standing", "Who stands at a firm at an instant",
                    {200: ("who, or nobody", schemas.STANDING), **problems((400, "no firm, or no time"))},
                    query={
                        "number": ("its credit code", False), "name": ("its name, where it has no code", False),
                        "at": ("RFC 3339, now by default", False),
                    },
                ),
                self.standing,
            ),
        ]  # fmt: skip
        return [route(spec, handler, self._gateway.devices) for spec, handler in pairs]
