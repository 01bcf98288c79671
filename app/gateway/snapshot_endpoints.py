"""The endpoint of signed snapshots: what it promises (Spec) and what it does."""

from __future__ import annotations

import re

from starlette.routing import Route

from app.gateway.core import Gateway
from app.gateway.http import Answer, Call, Spec, route
from app.server import headers as h
from app.server import schemas

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)


class SnapshotEndpoints:
    """Hands out what was signed elsewhere."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def get_snapshot(self, call: Call) -> Answer:
        # RFC 9110 §14.2: a Range that is not understood is ignored, and the whole is sent.
        asked = _RANGE.fullmatch(call.headers.get("range", ""))
        start = int(asked[1]) if asked else 0
        end = int(asked[2]) if asked and asked[2] else None
        part = self._gateway.snapshots.part(call.path["feed"], call.path["version"], start, end)
        headers = {"Content-Type": h.COSE_TYPE, "Accept-Ranges": "bytes", "ETag": f'"{part.sha256}"'}
        if asked is None:
            return Answer(200, headers=headers, data=part.data)
        last = part.start + len(part.data) - 1
        headers["Content-Range"] = f"bytes {part.start}-{last}/{part.total}"
        return Answer(206, headers=headers, data=part.data)

    def routes(self) -> list[Route]:
        """All of them."""
        spec = Spec(
            "GET",
            "/v1/snapshots/{feed}/{version}",
            "A whole list as its publisher signed it (trust); may be fetched in parts",
            {
                200: ("the whole", h.BYTES),
                206: ("the part asked for", h.BYTES),
                404: ("no such version", schemas.PROBLEM_DOCUMENT),
                416: ("the part lies behind its end", schemas.PROBLEM_DOCUMENT),
            },
            headers={"Range": ("bytes=FIRST-[LAST]", False)},
        )
        return [route(spec, self.get_snapshot, self._gateway.devices)]
