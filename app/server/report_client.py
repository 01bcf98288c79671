"""Hands a crash report to the gateway. Errors as app.server.client."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.clock import SystemClock
from app.server.transport import Transport


def send_report(base_url: str, device_id: str, token: str, document: Mapping[str, object]) -> None:
    """POST /v1/reports. The same report may be sent any number of times."""
    line = Transport(base_url, device_id, token, (3.05, 30.0), SystemClock(), None)
    try:
        line.call("POST", "/v1/reports", document=dict(document))
    finally:
        line.close()
