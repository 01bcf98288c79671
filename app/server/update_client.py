"""Asks the gateway for new versions of the program. One thread at a time; errors as app.server.client."""

from __future__ import annotations

import re

from app.domain.clock import Clock, SystemClock
from app.server import headers as h
from app.server.errors import Rejected, Unreachable
from app.server.transport import Transport

_NOT_FOUND = 404


class UpdateClient:
    """The two questions of an update."""

    def __init__(
        self,
        base_url: str,
        device_id: str,
        token: str,
        timeout: tuple[float, float] = (3.05, 30.0),
        *,
        clock: Clock | None = None,
    ) -> None:
        self._http = Transport(base_url, device_id, token, timeout, clock or SystemClock(), None)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def manifest(self) -> bytes | None:
        """GET /v1/updates: the newest version's manifest as it was signed; None when none was ever published."""
        try:
            answer = self._http.call("GET", "/v1/updates")
        except Rejected as refusal:
            if refusal.status == _NOT_FOUND:
                return None
            raise
        if not isinstance(answer.document, bytes):
            raise Unreachable("应答无法读取")
        return answer.document

    def package(self, sha256: str, start: int) -> tuple[bytes, int]:
        """GET /v1/updates/packages/{sha256}: the next bytes from `start` on, and the size of the whole. Rejected 404:
        not, or no longer, there."""
        last = start + h.PACKAGE_PART - 1
        answer = self._http.call("GET", f"/v1/updates/packages/{sha256}", headers={"Range": f"bytes={start}-{last}"})
        place = re.fullmatch(
            r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})", answer.headers.get("Content-Range", ""), re.ASCII
        )
        data = answer.document
        if answer.status != 206 or place is None or int(place[1]) != start or not isinstance(data, bytes) or not data:
            raise Unreachable("应答无法读取")
        return data, int(place[3])
