"""The JSON of a crash report."""

from __future__ import annotations

from typing import Any

from app.server.schemas import UUID_TEXT

_LINE: dict[str, Any] = {"type": "string", "maxLength": 200}
CRASH_REPORT: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["report_id", "version", "at", "kind", "text"],
    "properties": {
        "report_id": UUID_TEXT,
        "version": _LINE,
        "at": _LINE,
        "kind": {"enum": ["exception", "crash"]},
        "text": {"type": "string", "maxLength": 65536},
    },
}
CRASH_TAKEN: dict[str, Any] = {
    "type": "object",
    "required": ["report_id"],
    "properties": {"report_id": UUID_TEXT},
}
