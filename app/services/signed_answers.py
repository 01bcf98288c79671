"""What a signature or a finger was given for, answer by answer: so that later it can be said which one was changed.

Each answer's digest is HMAC-SHA-256 under a key of that signature. Both lie inside the sealed picture, whose hash the
trail holds; without that file nothing can be said of the answers.
"""

from __future__ import annotations

import hmac
import io
import json
import secrets
from collections.abc import Mapping

from PIL import Image

from app.services.visit import Visit

ANSWERS = "yichuang-answers"
_KEY = "key"
"""Stands beside the answers' keys, which all have a dot."""


def answer_digests(visit: Visit) -> dict[str, str]:
    """form key -> digest of its answer, and the key under which they were made; all as hexadecimal text."""
    key = secrets.token_bytes(16)
    values = visit.form.values()
    return {_KEY: key.hex(), **{name: _digest(key, name, value) for name, value in sorted(values.items())}}


def read_answers(data: bytes) -> dict[str, str]:
    """The digests in a picture of a signature or a finger; {} in one from before there were any. ValueError: none."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
            text = dict(getattr(picture, "text", {})).get(ANSWERS, "{}")
        return {str(name): str(value) for name, value in json.loads(text).items()}
    except (OSError, ValueError, AttributeError) as error:
        raise ValueError("not a signature's picture") from error


def changed_answers(signed: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a case's form whose answers are not those that were signed, in the form's order."""
    key = bytes.fromhex(signed.get(_KEY, ""))
    return tuple(
        name for name, value in form.items() if not hmac.compare_digest(signed.get(name, ""), _digest(key, name, value))
    )


def _digest(key: bytes, name: str, value: str) -> str:
    return hmac.new(key, f"{name}\0{value}".encode(), "sha256").hexdigest()[:32]
