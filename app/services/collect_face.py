"""Face beside card at the self-service screen, before a result is shown or printed: the visitor agrees, the machine
compares, and who is not taken for the one on the card goes to the counter, where a clerk decides.

Nothing of a face is kept: neither picture, nor features, nor the number of likeness; only how it ended.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import cv2
import numpy as np

from app.domain.case import AuditEvent
from app.domain.person import mask
from app.identity.face.find import Picture
from app.services.counter import Counter
from app.services.visit import Visit

COMPARED = "result.face"
"""In the trail; its subject is the visit."""


class FaceAnswer(StrEnum):
    """How the comparing ended. Only ALIKE is a yes."""

    ALIKE = "alike"
    UNLIKE = "unlike"
    """Judged, and not alike enough in its time."""
    NOT_JUDGED = "not-judged"
    """No face good enough to be judged in its time."""
    NO_CONSENT = "no-consent"
    NO_PICTURE = "no-picture"
    """The card's photograph cannot be shown here, or shows no face."""
    NO_CAMERA = "no-camera"
    NO_COMPARER = "no-comparer"
    """The net that compares is not installed."""


class CollectFace:
    """decode: the chip's photograph as an encoded picture, or None (devices.drivers.identity.card_photo)."""

    def __init__(self, counter: Counter, decode: Callable[[bytes], bytes | None]) -> None:
        self._counter = counter
        self._decode = decode
        self._passed: tuple[str, str] | None = None

    def document(self, photo: bytes) -> Picture | None:
        """The card's photograph, BGR; photo: as the chip holds it. Runs a program: not for the event loop."""
        data = self._decode(photo)
        return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None

    def ended(self, visit: Visit, answer: FaceAnswer, device: str) -> None:
        """Put on record how it ended for who stands there. device: the camera's URI, "" for none. Writes the store."""
        at, clerk, number = self._counter.clock.now(), self._counter.duty.clerk, _number(visit)
        details = {"answer": answer.value, "device": device, "card": mask(number)}
        self._counter.store.append_audit(AuditEvent(at, clerk, COMPARED, visit.visit_id, details))
        # Of one visit and one card, and no longer than the next begins.
        self._passed = (visit.visit_id, number) if answer is FaceAnswer.ALIKE else None

    def passed(self, visit: Visit) -> bool:
        """Was the one who stands there, with this card, found alike?"""
        return bool(_number(visit)) and self._passed == (visit.visit_id, _number(visit))


def _number(visit: Visit) -> str:
    return (visit.card.number if visit.card is not None else "") or ""
