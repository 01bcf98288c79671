"""From HTTP to plain calls and back: bodies with limits, digests, tokens, problem documents.

An endpoint is a plain function from `Call` to `Answer` that runs in a worker thread; its `Spec` is what the OpenAPI
document says of it. One that is asked for very often has a quick way beside it, which spares the thread.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from app.gateway.devices import Caller, Devices
from app.gateway.problems import Problem, busy
from app.server import headers as h
from app.server.checking import BadDocument, JsonObject
from app.server.schemas import PROBLEM_DOCUMENT
from app.server.wire import parse_json

log = logging.getLogger(__name__)

_DRAIN = 16 << 20
MAX_WAITING = 160
"""Requests that may wait for a worker thread, a second's work of two processes on two cores. More are told to come
again: an answer that comes after the window has given up is work for nothing, done again at the next attempt."""
REGION_DEVICE = "region-"
"""Another region's platform calls as a device of this name, and may hand cases over and nothing else."""
QUICK_BODY = 64 << 10
"""A longer body is read in a worker thread: everybody would wait while the event loop does it."""
_PASSING = frozenset({
    "40001", "40P01",  # serialization failure, deadlock
    "55P03", "57014",  # lock time-out, statement time-out
    "25006", "57P01", "57P02", "57P03",  # a primary that was demoted, is shut down, has crashed, is starting
    "53300",  # too many connections
})  # fmt: skip
"""SQLSTATEs of troubles that the next attempt need not meet (PostgreSQL, Appendix A)."""


@dataclass(slots=True)
class Room:
    """How many requests are being worked on or wait for it, and how many may. Used on the event loop only."""

    size: int
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Spec:
    """What the contract says of an endpoint.

    request: the JSON body's schema, None for none. raw: the body is bytes, and one cut short is handed on as far as it
    came. replies: status -> (meaning, schema of the body or None). headers, query: name -> (meaning, required).
    quarantined: also for a device that was reported stolen. regions: also for another region's platform.
    """

    method: str
    path: str
    summary: str
    replies: Mapping[int, tuple[str, dict[str, Any] | None]]
    request: dict[str, Any] | None = None
    raw: bool = False
    headers: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    query: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    public: bool = False
    max_body: int = h.MAX_JSON
    quarantined: bool = False
    regions: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One request. complete is False when the line broke before the whole body was here."""

    caller: Caller
    document: Any
    body: bytes
    complete: bool
    headers: Mapping[str, str]
    query: Mapping[str, str]
    path: Mapping[str, str]

    def key(self) -> str:
        """The Idempotency-Key. Problem 400 when it is not a UUID."""
        key = self.headers.get(h.IDEMPOTENCY_KEY.lower(), "")
        if not h.is_uuid(key):
            raise Problem(400, "no-key", "缺少幂等键", "Idempotency-Key 应为小写的 UUID")
        return key

    def number(self, name: str, default: int | None = None, *, maximum: int = 1 << 53) -> int:
        """A header that holds a decimal number of at most maximum. Problem 400 otherwise."""
        text = self.headers.get(name.lower())
        if text is None and default is not None:
            return default
        if text is None or not text.isascii() or not text.isdigit() or len(text) > 16 or int(text) > maximum:
            raise Problem(400, "bad-header", "请求头不对", name)
        return int(text)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply. document None: no body, unless there is data, which is sent as it is."""

    status: int
    document: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    data: bytes | None = None


class Done(Protocol):
    """What became of one operation (app.gateway.cases.Result)."""

    @property
    def status(self) -> int: ...
    @property
    def document(self) -> JsonObject: ...
    @property
    def replayed(self) -> bool: ...


def answered(result: Done) -> Answer:
    """The reply to an operation, marked when it was given before."""
    return Answer(result.status, result.document, {h.REPLAYED: "true"} if result.replayed else {})


KEY = {h.IDEMPOTENCY_KEY: ("UUID of the operation; the same on every retry", True)}
"""Headers of an operation that counts once."""


def problems(*pairs: tuple[int, str]) -> dict[int, tuple[str, JsonObject | None]]:
    """What a contract says of refusals: status and what it means."""
    return {status: (meaning, PROBLEM_DOCUMENT) for status, meaning in pairs}


Handler = Callable[[Call], Answer]
Quick = Callable[[Call], Awaitable[Answer | None]]
"""Tried first, on the event loop, with a caller whom this process has only met before: it must see to it that its token
still holds. None, and nothing done: the ordinary way has the answer."""


def route(spec: Spec, handler: Handler, devices: Devices, quick: Quick | None = None) -> Route:
    """A Starlette route for an endpoint; its spec hangs on it for the OpenAPI document."""

    def work(request: Request, body: bytes, complete: bool) -> Response:
        try:
            caller = (
                Caller("", "")
                if spec.public
                else devices.authenticate(
                    request.headers.get("authorization"),
                    request.headers.get(h.DEVICE_ID),
                    quarantined=spec.quarantined,
                )
            )
            if caller.device_id.startswith(REGION_DEVICE) and not spec.regions:
                raise Problem(403, "region", "其他地区的平台只能转办", "没有使用此功能的授权")
            document = _checked_body(spec, request, body) if complete else None
            return reply(handler(_call(caller, document, request, body, complete)))
        except Exception as error:  # one bad request must not show its insides, nor stop the gateway
            return problem_reply(_told(spec, error))

    async def tried(attempt: Quick, request: Request, body: bytes) -> Response | None:
        if len(body) > QUICK_BODY:
            return None
        caller = devices.met(request.headers.get("authorization"), request.headers.get(h.DEVICE_ID))
        if caller is None:
            return None  # a stranger's documents are not read before its token was looked up
        try:
            call = _call(caller, _checked_body(spec, request, body), request, body, True)
            answer = await attempt(call)
            return None if answer is None else reply(answer)
        except Exception as error:
            return problem_reply(_told(spec, error))

    async def endpoint(request: Request) -> Response:
        try:
            body, complete = await _read(request, spec)
        except Problem as problem:
            return problem_reply(problem)
        room: Room = request.app.state.room
        if room.inside >= room.size:
            # At different times: who was turned away together would come together again.
            return problem_reply(busy(2 + secrets.randbelow(9)))
        room.inside += 1
        try:
            answered = await tried(quick, request, body) if quick and complete else None
            if answered is None:
                answered = await run_in_threadpool(work, request, body, complete)
            return answered
        finally:
            room.inside -= 1

    endpoint.spec = spec  # type: ignore[attr-defined]
    return Route(spec.path, endpoint, methods=[spec.method], name=f"{spec.method} {spec.path}")


def _call(caller: Caller, document: Any, request: Request, body: bytes, complete: bool) -> Call:
    return Call(caller, document, body, complete, request.headers, request.query_params, request.path_params)


def _told(spec: Spec, error: Exception) -> Problem:
    """What is said of an error."""
    match error:
        case Problem():
            return error
        case BadDocument():
            return Problem(422, "bad-document", error.title, error.what)
        case DBAPIError() | PoolTimeout():
            # Its text may name the host of the database, never data: the engine hides parameters.
            log.warning("database: %s %s", type(error).__name__, _state(error) or "")
            return busy(1 + secrets.randbelow(3)) if _passing(error) else busy()
        case OSError():
            log.error("storage: %s", error.strerror)
            return busy(30)
    log.error("defect in %s %s: %s", spec.method, spec.path, type(error).__name__, exc_info=error)
    return Problem(500, "defect", "平台内部错误")


def _state(error: Exception) -> str | None:
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def _passing(error: Exception) -> bool:
    """Is it over as soon as another connection, or another primary, is there?"""
    return getattr(error, "connection_invalidated", False) or _state(error) in _PASSING


def reply(answer: Answer) -> Response:
    """The bytes of a reply, with the marks by which a client knows it for ours and whole."""
    body = answer.data or b"" if answer.document is None else h.canonical(answer.document)
    marks = {h.API_HEADER: h.API, "Cache-Control": "no-store", **answer.headers}
    if answer.status != 204:
        marks[h.CONTENT_DIGEST] = h.content_digest(body)
    if answer.document is not None:
        marks.setdefault("Content-Type", "application/json")
    return Response(body, answer.status, marks)


def problem_reply(problem: Problem) -> Response:
    """A refusal, RFC 9457."""
    headers = {"Content-Type": "application/problem+json", **problem.headers}
    return reply(Answer(problem.status, problem.document(), headers))


async def unknown_route(request: Request, error: Exception) -> Response:
    """404 and 405 of the router, in our own form."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    title = "没有这个接口" if status == 404 else "不支持这种请求"
    return problem_reply(Problem(status, "no-route", title))


ExceptionHandlers = dict[Any, Callable[[Request, Exception], Awaitable[Response]]]
EXCEPTION_HANDLERS: ExceptionHandlers = {HTTPException: unknown_route}


async def _read(request: Request, spec: Spec) -> tuple[bytes, bool]:
    """The body as far as it came, and whether that was all. Problem 413 as soon as it is too long."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size <= spec.max_body:
                parts.append(part)
            # Read on a while: a client still sending would see a reset instead of the refusal.
            elif size > spec.max_body + _DRAIN:
                break
    except ClientDisconnect:
        if not spec.raw:
            raise Problem(400, "cut-off", "请求不完整") from None
        return b"".join(parts), False
    if size > spec.max_body:
        raise Problem(413, "too-large", "数据过大", f"不得超过 {spec.max_body >> 10} KB")
    return b"".join(parts), True


def _checked_body(spec: Spec, request: Request, body: bytes) -> Any:
    if spec.request is None and not spec.raw:
        return None
    digest = request.headers.get(h.CONTENT_DIGEST)
    if spec.raw and not body and digest is None:
        return None  # tus: an upload may be created without any of its bytes
    if digest is None:
        raise Problem(400, "no-digest", "缺少 Content-Digest")
    if not h.digest_holds(digest, body):
        raise Problem(400, "digest-mismatch", "数据在途中受损")
    if spec.raw:
        return None
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Problem(415, "not-json", "只接受 application/json")
    try:
        return parse_json(body)
    except BadDocument as error:
        raise Problem(400, "bad-json", error.title, error.what) from error
