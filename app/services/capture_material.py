"""Settle materials: capture with the document camera, tolerate, promise, take back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy.typing as npt

from app.domain.clock import Clock, shanghai
from app.domain.material import Page
from app.materials.page import encode_page, find_page, warnings
from app.services.visit import Visit
from offline_db.vault import Vault

Picture = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A page ready to be kept: straightened, sealed. found: False when the whole picture was taken as it is."""

    page: Page
    picture: Picture
    found: bool
    warnings: tuple[str, ...]


class CaptureMaterial:
    """A page is sealed in the vault before the checklist speaks of it."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    def take(self, picture: Picture) -> CapturedPage:
        """Find, straighten and seal the page on a picture. Slow (tens of milliseconds, a disk flush)."""
        found = find_page(picture)
        straight = found.picture if found else picture
        data = encode_page(straight)
        sealed = self._vault.seal(data, "image/jpeg")
        height, width = straight.shape[:2]
        page = Page(sealed.sha256, sealed.media_type, sealed.size, width, height)
        return CapturedPage(page, straight, found is not None, tuple(warnings(straight)))

    def keep(self, visit: Visit, material: str, captured: CapturedPage) -> Visit:
        return replace(visit, checklist=visit.checklist.capture(material, captured.page))

    def open(self, page: Page) -> bytes:
        """A kept page's bytes, decrypted."""
        return self._vault.open(page.sha256)

    def drop(self, visit: Visit, material: str, index: int) -> Visit:
        return replace(visit, checklist=visit.checklist.drop_page(material, index))

    def tolerate(self, visit: Visit, material: str) -> Visit:
        """容缺: to be handed in later; the due date comes from the catalogue."""
        return replace(visit, checklist=visit.checklist.tolerate(material, shanghai(self._clock.now()).date()))

    def promise(self, visit: Visit, material: str) -> Visit:
        """告知承诺."""
        return replace(visit, checklist=visit.checklist.promise(material))
