"""The endpoints of new versions and of crash reports: what they promise (Spec) and what they do."""

from __future__ import annotations

import re

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import Answer, Call, Spec, route
from app.gateway.problems import Problem
from app.server import headers as h
from app.server import schemas
from app.server.checking import check_against
from app.server.report_schemas import CRASH_REPORT, CRASH_TAKEN

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)


class UpdateEndpoints:
    """Hands out what was signed elsewhere; takes in what windows tell of their faults."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def get_newest(self, call: Call) -> Answer:
        return Answer(200, headers={"Content-Type": h.COSE_TYPE}, data=self._gateway.updates.newest())

    def get_package(self, call: Call) -> Answer:
        asked = _RANGE.fullmatch(call.headers.get("range", ""))
        if asked is None:
            # A package is never sent whole: it would fill the memory of the gateway and of every window.
            raise Problem(400, "no-range", "缺少 Range", "应为 bytes=FIRST-[LAST]")
        part = self._gateway.updates.part(call.path["sha256"], int(asked[1]), int(asked[2]) if asked[2] else None)
        last = part.start + len(part.data) - 1
        headers = {
            "Content-Type": h.PACKAGE_TYPE,
            "Accept-Ranges": "bytes",
            "ETag": f'"{part.sha256}"',
            "Content-Range": f"bytes {part.start}-{last}/{part.total}",
        }
        return Answer(206, headers=headers, data=part.data)

    def post_report(self, call: Call) -> Answer:
        check_against(CRASH_REPORT, call.document)
        self._gateway.reports.take(call.caller.device_id, call.document)
        return Answer(201, {"report_id": call.document["report_id"]})

    def routes(self) -> list[Route]:
        """All of them."""
        problem = schemas.PROBLEM_DOCUMENT
        newest = Spec(
            "GET",
            "/v1/updates",
            "The newest version of the program, as its publisher signed it",
            {200: ("a COSE_Sign1 manifest", h.BYTES), 404: ("none was published", problem)},
        )
        package = Spec(
            "GET",
            "/v1/updates/packages/{sha256}",
            "A package of the program, in parts of at most 1 MB",
            {
                206: ("the part asked for", h.PACKAGE),
                400: ("no Range", problem),
                404: ("no such package", problem),
                416: ("the part lies behind its end", problem),
            },
            headers={"Range": ("bytes=FIRST-[LAST]", True)},
        )
        report = Spec(
            "POST",
            "/v1/reports",
            "Receive a crash report, sent with a person's consent; the same one may come again",
            {201: ("kept", CRASH_TAKEN), 422: ("malformed", problem), 429: ("too many of this device today", problem)},
            request=CRASH_REPORT,
            max_body=h.MAX_REPORT,
        )
        devices = self._gateway.devices
        return [
            route(newest, self.get_newest, devices),
            route(package, self.get_package, devices),
            route(report, self.post_report, devices),
        ]
