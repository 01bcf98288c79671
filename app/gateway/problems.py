"""Refusals of the gateway, as RFC 9457 problem documents. Titles and details are Chinese: clerks read them."""

from __future__ import annotations

from typing import Any

from app.server import headers as h


class Problem(Exception):
    """Ends a request with a problem document. name: the last part of its type URN. headers: added to the reply.
    more: members beside the standard's (RFC 9457 §3.2)."""

    def __init__(
        self,
        status: int,
        name: str,
        title: str,
        detail: str = "",
        headers: dict[str, str] | None = None,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{status} {name}")
        self.status = status
        self.name = name
        self.title = title
        self.detail = detail
        self.headers = headers or {}
        self.more = more or {}

    def document(self) -> dict[str, Any]:
        said = {"type": h.PROBLEM + self.name, "title": self.title, "status": self.status, "detail": self.detail}
        return {**self.more, **said}


def in_progress() -> Problem:
    """The same operation is being worked on at this moment."""
    return Problem(409, "in-progress", "同一笔业务正在处理", headers={"Retry-After": "1"})


def key_reused() -> Problem:
    return Problem(422, "key-reused", "幂等键已用于其他内容", "同一 Idempotency-Key 对应的内容与前次不同")


def busy(seconds: int = 5) -> Problem:
    return Problem(503, "busy", "平台暂时繁忙", headers={"Retry-After": str(seconds)})
