"""The contract as an OpenAPI 3.1 document and as the table in docs/protocol.md, both made from the routes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from starlette.routing import BaseRoute, Route

from app.gateway.http import Spec
from app.server import headers as h
from app.server.message_schemas import MESSAGE
from app.server.schemas import PROBLEM_DOCUMENT, UUID_TEXT

JsonObject = dict[str, Any]


def specs(routes: Iterable[BaseRoute]) -> list[Spec]:
    """What each of our routes promises."""
    return [route.endpoint.spec for route in routes if isinstance(route, Route) and hasattr(route.endpoint, "spec")]


def openapi(routes: Iterable[BaseRoute], version: str) -> JsonObject:
    """The OpenAPI document of these routes."""
    paths: dict[str, JsonObject] = {}
    for spec in specs(routes):
        paths.setdefault(spec.path, {})[spec.method.lower()] = _operation(spec)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Yichuang gateway 一窗平台", "version": version, "license": {"name": "GPL-3.0-or-later"}},
        "security": [{"deviceToken": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"deviceToken": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Message": MESSAGE},
        },
    }


def table(routes: Iterable[BaseRoute]) -> str:
    """The endpoints as a Markdown table."""
    lines = ["| request | what it does | replies |", "|---|---|---|"]
    for spec in specs(routes):
        replies = "; ".join(f"{status} {meaning}" for status, (meaning, _) in spec.replies.items())
        lines.append(f"| `{spec.method} {spec.path}` | {spec.summary} | {replies} |")
    return "\n".join(lines) + "\n"


def _operation(spec: Spec) -> JsonObject:
    operation: JsonObject = {
        "summary": spec.summary,
        "operationId": f"{spec.method.lower()}_{re.sub(r'[^a-z]+', '_', spec.path.removeprefix('/v1/')).strip('_')}",
        "parameters": [
            *(_parameter("path", name, "", True) for name in re.findall(r"{(\w+)}", spec.path)),
            *(_parameter("query", name, *about) for name, about in spec.query.items()),
            *(_parameter("header", name, *about) for name, about in _headers(spec).items()),
        ],
        "responses": {str(status): _response(*about) for status, about in _replies(spec).items()},
    }
    if spec.public:
        operation["security"] = []
    if spec.request is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": spec.request}}}
    if spec.raw:
        operation["requestBody"] = {"required": True, "content": {h.OFFSET_TYPE: {}}}
    return operation


def _headers(spec: Spec) -> dict[str, tuple[str, bool]]:
    """Content-Type is no parameter in OpenAPI: the request body says it."""
    own = {name: about for name, about in spec.headers.items() if name != "Content-Type"}
    if not spec.public:
        own[h.DEVICE_ID] = ("the device that the token was given to", True)
    if spec.request is not None or spec.raw:
        own[h.CONTENT_DIGEST] = ("sha-256 of the body, RFC 9530", True)
    return own


def _replies(spec: Spec) -> dict[int, tuple[str, JsonObject | None]]:
    schema = None if spec.method == "HEAD" else PROBLEM_DOCUMENT
    common: dict[int, tuple[str, JsonObject | None]] = {}
    if not spec.public:
        common |= {401: ("no valid token", schema), 403: ("another device's token, or taken away", schema)}
    if spec.request is not None:
        common |= {400: ("no digest, damaged, or not JSON", schema), 413: ("too large", schema)}
    common |= {503: ("busy; see Retry-After", schema)}
    return dict(sorted({**common, **spec.replies}.items()))


def _response(meaning: str, schema: JsonObject | None) -> JsonObject:
    if schema is None:
        return {"description": meaning}
    if schema is h.BYTES:
        return {"description": meaning, "content": {h.COSE_TYPE: {"schema": schema}}}
    if schema is h.PACKAGE:
        return {"description": meaning, "content": {h.PACKAGE_TYPE: {"schema": schema}}}
    is_problem = {"title", "status"} <= set(schema.get("required", ()))
    kind = "application/problem+json" if is_problem else "application/json"
    return {"description": meaning, "content": {kind: {"schema": schema}}}


_NUMBER: JsonObject = {"type": "integer", "minimum": 0}
_FORMS: dict[str, JsonObject] = {
    h.IDEMPOTENCY_KEY: UUID_TEXT,
    "upload_id": UUID_TEXT,
    h.LOCAL_SEQ: _NUMBER,
    "Upload-Length": {**_NUMBER, "maximum": h.MAX_FILE},
    "Upload-Offset": {**_NUMBER, "maximum": h.MAX_FILE},
    "Tus-Resumable": {"const": h.TUS_VERSION},
    "limit": {"type": "integer", "minimum": 1, "maximum": h.MAX_PAGE},
}
"""Parameters that are more than text."""


def _parameter(place: str, name: str, meaning: str, required: bool) -> JsonObject:
    form = _FORMS.get(name, {"type": "string"})
    parameter: JsonObject = {"in": place, "name": name, "required": required, "schema": form}
    return parameter | ({"description": meaning} if meaning else {})
