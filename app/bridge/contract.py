"""What pages may send and get: the schemas of each loan, and the OpenAPI document made from them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from app.bridge.loans import FIELDS, TERMS, Loan, Wish
from app.bridge.problems import SCHEMA, Problem

JsonObject = dict[str, Any]
VERSION = "1"
MOST_PDF = 12 << 20
MAX_BODY = 64 << 10
MAX_PRINT = 17 << 20
"""A PDF of 12 MB in base64."""
SERVED = tuple(loan for loan in Loan if loan is not Loan.VIEW)

_PLAIN = r"^[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]*$"
"""No characters that hide, break the line or turn it around: the clerk reads these texts."""


def _text(least: int, most: int) -> JsonObject:
    return {"type": "string", "minLength": least, "maxLength": most, "pattern": _PLAIN}


_OPTIONS: Mapping[Loan, JsonObject] = {
    Loan.VERIFY: {"text": {"type": "string", "minLength": 1, "maxLength": 8192}},
    Loan.PAGE: {
        "cut": {"type": "boolean"},
        "quality": {"type": "integer", "minimum": 40, "maximum": 95},
        "rotate": {"enum": [0, 90, 180, 270]},
    },
    Loan.PORTRAIT: {"quality": {"type": "integer", "minimum": 40, "maximum": 95}},
    Loan.PRINT: {
        "pdf": {"type": "string", "minLength": 8, "maxLength": MOST_PDF * 4 // 3, "contentEncoding": "base64"},
        "title": _text(1, 40),
        "job": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
    },
    Loan.RECEIPT: {
        "title": _text(1, 20),
        "lines": {"type": "array", "minItems": 1, "maxItems": 60, "items": _text(0, 80)},
        "job": {"type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"},
    },
    Loan.CALL: {"number": {"type": "string", "pattern": "^[A-Z]{0,2}[0-9]{1,5}$"}, "again": {"type": "boolean"}},
    Loan.RATING: {"item": _text(0, 40)},
}
_REQUIRED: Mapping[Loan, tuple[str, ...]] = {
    Loan.VERIFY: ("text",),
    Loan.PRINT: ("pdf",),
    Loan.RECEIPT: ("title", "lines"),
    Loan.CALL: ("number",),
}
_SUMMARY: Mapping[Loan, str] = {
    Loan.ID_CARD: "Read the ID card on the reader",
    Loan.PASSPORT: "Read a machine-readable zone",
    Loan.CODE: "Read a code and judge the e-licence in it",
    Loan.VERIFY: "Judge an e-licence whose code the page has itself",
    Loan.IDENTITY: "Get the verdicts of the clerk's check of the visitor's identity; never name, number or picture",
    Loan.PAGE: "Capture the page under the document camera",
    Loan.PORTRAIT: "Take a portrait",
    Loan.SIGNATURE: "Have the visitor sign",
    Loan.PRINT: "Print a PDF",
    Loan.RECEIPT: "Print lines on the receipt printer",
    Loan.CALL: "Call a number to this window",
    Loan.RATING: "Ask the visitor for a rating",
}
_PICTURE: JsonObject = {"type": "string", "contentEncoding": "base64"}
_ANY_DATA: JsonObject = {"type": ["object", "null"]}


def _data(loan: Loan) -> JsonObject:
    properties: JsonObject = {
        Loan.PAGE: {"jpeg": _PICTURE, "cut": {"type": "boolean"}},
        Loan.PORTRAIT: {"jpeg": _PICTURE},
        Loan.RATING: {"score": {"type": "integer", "minimum": 1, "maximum": 5}},
    }.get(loan, {})
    return {**_ANY_DATA, "properties": properties} if properties else _ANY_DATA


def request_schema(loan: Loan) -> JsonObject:
    """The JSON body of a loan. purpose: what for, in the clerk's language; the clerk sees it and the trail keeps it."""
    properties: JsonObject = {"purpose": _text(2, 60), **_OPTIONS.get(loan, {})}
    required = ["purpose", *_REQUIRED.get(loan, ())]
    if loan in FIELDS:
        some = {"type": "array", "items": {"enum": list(FIELDS[loan])}, "uniqueItems": True}
        properties |= {"fields": {**some, "minItems": 1}, "full": some}
        required.append("fields")
    if TERMS[loan].slots or loan is Loan.IDENTITY:
        properties["seconds"] = {"type": "number", "minimum": 1, "maximum": TERMS[loan].seconds[1]}
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


@functools.cache
def _validator(loan: Loan) -> Callable[[Any], str]:
    from jsonschema import Draft202012Validator  # the window starts without it

    validator = Draft202012Validator(request_schema(loan))

    def wrong(document: Any) -> str:
        error = next(iter(validator.iter_errors(document)), None)
        return "" if error is None else "/".join(map(str, error.absolute_path)) or str(error.validator)

    return wrong


def wish_of(loan: Loan, document: Any) -> Wish:
    """A body as a wish. Problem 422 names the part that is wrong, never its content."""
    if wrong := _validator(loan)(document):
        raise Problem(422, "bad-request", "请求的内容不对", wrong[:80])
    fields, full = tuple(document.get("fields", ())), tuple(document.get("full", ()))
    if set(full) - set(fields):
        raise Problem(422, "bad-request", "请求的内容不对", "full 只能写 fields 里有的")
    options = {key: document[key] for key in _OPTIONS.get(loan, {}) if key in document}
    seconds = float(document.get("seconds", TERMS[loan].seconds[0]))
    return Wish(loan, document["purpose"].strip() or "—", fields, full, options, seconds)


ANSWER: Callable[[Loan], JsonObject] = lambda loan: {  # noqa: E731
    "type": "object",
    "required": ["outcome", "detail", "data", "masked"],
    "properties": {
        "outcome": {"type": "string"},
        "detail": {"type": "string"},
        "data": _data(loan),
        "masked": {"type": "array", "items": {"type": "string"}},
    },
}
STATE: JsonObject = {
    "type": "object",
    "required": ["window", "closed", "devices"],
    "properties": {
        "window": {"type": "string"},
        "closed": {"type": "string"},
        "devices": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["slot", "kind", "outcome", "loans"],
                "properties": {
                    "slot": {"type": "string"},
                    "kind": {"type": "string"},
                    "outcome": {"type": "string"},
                    "loans": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}
PAIR: JsonObject = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"type": "string", "pattern": "^[0-9]{6}$"}},
    "additionalProperties": False,
}
PAIRED: JsonObject = {
    "type": "object",
    "required": ["token", "system"],
    "properties": {"token": {"type": "string"}, "system": {"type": "string"}},
}


@functools.cache
def _pair_pattern() -> re.Pattern[str]:
    return re.compile(PAIR["properties"]["code"]["pattern"])


def code_of(document: Any) -> str:
    """The pairing code of a body. Problem 422."""
    code = document.get("code") if isinstance(document, dict) and set(document) == {"code"} else None
    if not isinstance(code, str) or not _pair_pattern().search(code) or len(code) != 6:
        raise Problem(422, "bad-request", "请求的内容不对", "code 应为六位数字")
    return code


def openapi() -> JsonObject:
    """The OpenAPI 3.1 document."""
    paths: dict[str, JsonObject] = {
        "/v1/openapi.json": {
            "get": _operation("This contract", "get_contract", {200: ("OpenAPI 3.1", {"type": "object"})}, public=True)
        },
        "/v1/pair": {
            "post": _operation(
                "Pair this origin by the code on the clerk's screen",
                "pair",
                {200: ("the token, once", PAIRED), **_bodied(), 429: ("tried too often", SCHEMA)},
                PAIR,
                public=True,
            ),
            "delete": _operation("Give the pairing up", "unpair", {204: ("given up", None)}),
        },
        "/v1/devices": {"get": _operation("What can be borrowed now", "devices", {200: ("the devices", STATE)})},
    }
    for loan in SERVED:
        replies = {
            200: ("how it ended; see outcome", ANSWER(loan)),
            **_bodied(),
            409: ("the device is in use, or the visit ended", SCHEMA),
            429: ("too often, or just refused", SCHEMA),
            503: ("the window is closed, or cannot keep a record", SCHEMA),
        }
        name = str(loan).replace("-", "_")
        paths[f"/v1/{loan}"] = {"post": _operation(_SUMMARY[loan], name, replies, request_schema(loan))}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Yichuang bridge 一窗设备外借", "version": VERSION, "license": {"name": "GPL-3.0-or-later"}},
        "security": [{"pairing": []}],
        "paths": paths,
        "components": {"securitySchemes": {"pairing": {"type": "http", "scheme": "bearer"}}},
    }


def _bodied() -> dict[int, tuple[str, JsonObject | None]]:
    return {
        400: ("not JSON", SCHEMA),
        413: ("too large", SCHEMA),
        415: ("not application/json", SCHEMA),
        422: ("not of this form", SCHEMA),
    }


def _operation(
    summary: str,
    name: str,
    replies: Mapping[int, tuple[str, JsonObject | None]],
    body: JsonObject | None = None,
    *,
    public: bool = False,
) -> JsonObject:
    every = {**replies, 403: ("this origin is not of the list, or the clerk refused", SCHEMA)}
    if not public:
        every[401] = ("not paired", SCHEMA)
    responses: JsonObject = {}
    for status, (meaning, schema) in sorted(every.items()):
        kind = "application/json" if status < 300 else "application/problem+json"
        content = {"content": {kind: {"schema": schema}}} if schema is not None else {}
        responses[str(status)] = {"description": meaning, **content}
    operation: JsonObject = {"summary": summary, "operationId": name, "responses": responses}
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if public:
        operation["security"] = []
    return operation
