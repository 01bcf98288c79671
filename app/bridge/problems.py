"""Refusals of the bridge, as RFC 9457 problem documents. Titles are Chinese: pages may show them as they are."""

from __future__ import annotations

from typing import Any

TYPE = "urn:yichuang:bridge:"


class Problem(Exception):
    """Ends a request. name: the last part of its type URN. retry: seconds after which asking again makes sense."""

    def __init__(self, status: int, name: str, title: str, detail: str = "", retry: int = 0) -> None:
        super().__init__(f"{status} {name}")
        self.status = status
        self.name = name
        self.title = title
        self.detail = detail
        self.retry = retry

    def document(self) -> dict[str, Any]:
        return {"type": TYPE + self.name, "title": self.title, "status": self.status, "detail": self.detail}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
