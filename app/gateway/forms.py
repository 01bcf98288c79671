"""What pages of the gateway share: headers that allow nothing but the page itself, and the fields of a form."""

from __future__ import annotations

import urllib.parse

from starlette.requests import Request

_LONGEST = 64 << 10
LOCKED_DOWN = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""No script, nothing from elsewhere, not inside another page, kept nowhere."""


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, each once; nothing of a body that is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST:
            return {}
    try:
        pairs = urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=60)
    except ValueError:
        return {}
    return dict(pairs)
