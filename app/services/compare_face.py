"""人证核对: which picture of the document there is, and the clerk's verdict on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from app.domain.clock import Clock
from app.domain.errors import YichuangError
from app.domain.item import FACE_CHECK
from app.domain.material import Page
from app.domain.person import mask
from app.identity.chip.verdict import Judgement
from app.identity.face.find import Picture
from app.services.capture_material import CaptureMaterial
from app.services.duty import Duty
from app.services.visit import SERVED, Visit

COMPARED = "face.compared"
DOCUMENTS = ("passport_document", "identity_document", "old_passport", "old_residence_permit", "exit_permit_held")
"""Materials that carry the applicant's own portrait, the best first."""


@dataclass(frozen=True, slots=True)
class DocumentPhoto:
    """The document's portrait. picture: BGR; source: chip, reader, register (of who is served by a
    personal code) or page."""

    picture: Picture
    source: str


class CompareFace:
    """`document` is slow: it opens sealed pages and looks for a portrait on them. Nothing of a face is kept: neither a
    picture, nor its features, nor the number of likeness; only what the clerk said, and what they had before them."""

    def __init__(
        self,
        capture: CaptureMaterial,
        clock: Clock,
        duty: Duty,
        reader_photo: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        """reader_photo: the card's photograph as an encoded picture, where something can decode what readers give."""
        self._capture = capture
        self._clock = clock
        self._duty = duty
        self._reader_photo = reader_photo

    def document(self, visit: Visit) -> DocumentPhoto | None:
        """The portrait nearest to the document's maker: of chip, card as read, register, page."""
        chip = visit.chip
        # A chip that was forged says nothing of anybody.
        of_chip = chip.portrait if chip and chip.reading.verdict.judgement is not Judgement.FALSE else None
        of_register = visit.resident.resident.person.portrait if visit.resident else None
        for data, source in ((of_chip, "chip"), (self._reader_photo(), "reader"), (of_register, "register")):
            picture = _decoded(data)
            if picture is not None:
                return DocumentPhoto(picture, source)
        for page in _pages(visit):
            picture = self._portrait(page)
            if picture is not None:
                return DocumentPhoto(picture, "page")
        return None

    def judged(self, visit: Visit, same: bool, device: str, source: str, motion: str) -> Visit:
        """The verdict, for the trail. device: the camera's URI; source: as of DocumentPhoto, "" where the clerk looked
        at the document itself; motion: how turning the head ended, "" where nobody asked for it."""
        details = {"same": same, "device": device, "document": source, "motion": motion}
        subject = mask(visit.card.number or "") if visit.card is not None else ""
        words = "人证核对一致" if same else "人证核对不一致"
        checklist = visit.checklist.cleared(FACE_CHECK, same, words)
        visit = visit if checklist is visit.checklist else replace(visit, checklist=checklist)
        return visit.with_event(self._clock.now(), self._duty.clerk, COMPARED, subject, **details)

    def _portrait(self, page: Page) -> Picture | None:
        from app.identity.face.portrait import portrait_on

        try:
            picture = _decoded(self._capture.open(page))
        except YichuangError:  # cleared here, or damaged: the clerk has the paper
            return None
        return portrait_on(picture) if picture is not None else None


def verdict_of(visit: Visit) -> bool | None:
    """What the clerk said of the person whose document is in hand; None: not asked since that was read."""
    for event in reversed(visit.events):
        if event.action == COMPARED:
            return bool(event.details["same"])
        if event.action in ("card.read", "chip.read", "zone.read", SERVED):
            return None
        if event.action == "card.captured" and event.details.get("side") == "front":
            return None
    return None


def _pages(visit: Visit) -> list[Page]:
    lines = {material.use.id: material for material in visit.checklist.materials}
    return [page for name in DOCUMENTS if name in lines for page in lines[name].pages]


def _decoded(data: bytes | None) -> Picture | None:
    if not data:
        return None
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
