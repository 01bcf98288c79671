"""What leaves this machine of a check, and what stays: the one place where it is decided 前端去标识.

Outside goes the verdict, its grounds, the kind of document and a keyed hash in place of the number. The key is this
window's own, another for each receiver, so that two receivers cannot put their records together, and it is thrown away
after its time, so that afterwards nobody can, we included.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from app.domain.clock import isoformat
from app.identity.verification import Verification

STAYS = ("name", "number", "birth", "nationality", "address", "portrait", "face")
"""Never in what leaves; the screen lists them."""
LEAVES = ("conclusion", "genuine", "matches", "known", "lists", "document", "read", "subject", "at", "record")
"""In the order in which the screen lists them, and the names on the wire."""
_SUBJECT = 32
"""Characters of the keyed hash: 128 bits."""


def subject_of(key: bytes, receiver: str, number: str) -> str:
    """The hash that stands for a number towards one receiver: HMAC-SHA-256 (RFC 2104), hexadecimal. The same person is
    the same there as long as the key lives; another receiver's is another."""
    own = hmac.digest(key, b"receiver\0" + receiver.encode(), "sha256")
    return hmac.new(own, "".join(number.split()).upper().encode(), hashlib.sha256).hexdigest()[:_SUBJECT]


def leaving(made: Verification, subject: str) -> Mapping[str, Any]:
    """All that may leave of a check, by LEAVES."""
    answers = {line.question.value: {"answer": line.answer.value, "ground": line.ground.value} for line in made.lines}
    return {
        "conclusion": made.conclusion.value,
        **answers,
        "document": made.document,
        "read": made.read.value if made.read is not None else "",
        "subject": subject,
        "at": isoformat(made.at),
        "record": made.record_id,
    }
