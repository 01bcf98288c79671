"""Settle materials: capture with the document camera, tolerate, promise, confirm, put in order, take back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.domain.clock import Clock, shanghai
from app.domain.errors import Refused
from app.domain.material import Material, Page
from app.materials.metadata import without_metadata
from app.materials.page import find_page, load_picture, warnings
from app.materials.page_file import PageFile, as_it_is, page_file, read_picture_file, turned
from app.materials.pdfa import pages_to_pdf
from app.services.visit import Visit
from offline_db.vault import Vault

Picture = npt.NDArray[Any]
_JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A page ready to be kept: straightened, sealed. found: False when the whole picture was taken as it is."""

    page: Page
    picture: Picture
    found: bool
    warnings: tuple[str, ...]


class CaptureMaterial:
    """A page is sealed in the vault before the checklist speaks of it."""

    def __init__(self, vault: Vault, clock: Clock, gone: Callable[[str], dt.datetime | None] = lambda _: None) -> None:
        """gone: when a file was cleared here, by its SHA-256."""
        self._vault = vault
        self._clock = clock
        self._gone = gone

    def take(self, picture: Picture) -> CapturedPage:
        """Find, straighten and seal the page on a picture, within 300 dpi and 500 KB. Slow (tens of milliseconds, a
        disk flush)."""
        return self._take(picture, None)

    def take_file(self, path: Path) -> CapturedPage:
        """The same for a picture file. One that needs neither straightening nor turning nor shrinking is kept as it
        is coded, without its metadata. BadInput when it is torn, of another kind or too large."""
        data = read_picture_file(path)
        # Judged before it is decoded: OpenCV fills up a torn picture with grey.
        whole = as_it_is(data)
        return self._take(load_picture(data), whole)

    def take_drawn(self, picture: Picture) -> CapturedPage:
        """A page that we drew ourselves: straight and whole as it is."""
        return CapturedPage(self._seal(page_file(picture)), picture, True, ())

    def take_scanned(self, picture: Picture) -> CapturedPage:
        """A page of a scanner: straight and whole. No outline is looked for, since a table's frame would be one."""
        file = page_file(np.asarray(picture, np.uint8))
        return CapturedPage(self._seal(file), load_picture(file.data), True, tuple(warnings(picture)))

    def _take(self, picture: Picture, whole: PageFile | None) -> CapturedPage:
        found = find_page(picture)
        straight = found.picture if found else np.asarray(picture, np.uint8)
        file = whole if whole is not None and found is None else page_file(straight)
        # What is kept is shown, so that the clerk sees what the department will see.
        return CapturedPage(self._seal(file), load_picture(file.data), found is not None, tuple(warnings(straight)))

    def keep(self, visit: Visit, material: str, captured: CapturedPage) -> Visit:
        return replace(visit, checklist=visit.checklist.capture(material, captured.page))

    def open(self, page: Page) -> bytes:
        """A kept page's bytes, decrypted."""
        return self._vault.open(page.sha256)

    def cleared(self, page: Page) -> dt.date | None:
        """The legal day on which a page's file was cleared here; None: it was not, or has come in again."""
        at = None if self._vault.exists(page.sha256) else self._gone(page.sha256)
        return shanghai(at).date() if at is not None else None

    def drop(self, visit: Visit, material: str, index: int) -> Visit:
        return replace(visit, checklist=visit.checklist.drop_page(material, index))

    def turn(self, page: Page, quarters: int = 1) -> Page:
        """The page turned clockwise by quarters of a full turn, sealed as a page of its own. Slow."""
        return self._seal(turned(self.open(page), quarters))

    def replace(self, visit: Visit, material: str, page: Page, by: Page) -> Visit:
        """Put a page in another's place; nothing happens when that page is gone by now."""
        pages = visit.checklist.material(material).pages
        if page not in pages:
            return visit
        return replace(visit, checklist=visit.checklist.replace_page(material, pages.index(page), by))

    def move(self, visit: Visit, material: str, index: int, to: int) -> Visit:
        return replace(visit, checklist=visit.checklist.move_page(material, index, to))

    def drop_reuse(self, visit: Visit, material: str) -> Visit:
        return replace(visit, checklist=visit.checklist.drop_reuse(material))

    def tick(self, visit: Visit, material: str, index: int | None) -> Visit:
        """Confirm an acceptance point 收件要点 or take that back; None: all of them."""
        checklist = visit.checklist
        ticked = checklist.tick_all(material) if index is None else checklist.tick(material, index)
        return visit if ticked is checklist else replace(visit, checklist=ticked)

    def tolerate(self, visit: Visit, material: str) -> Visit:
        """容缺: to be handed in later; the due date comes from the catalogue."""
        return replace(visit, checklist=visit.checklist.tolerate(material, shanghai(self._clock.now()).date()))

    def promise(self, visit: Visit, material: str) -> Visit:
        """告知承诺; the day of its check comes from the catalogue."""
        return replace(visit, checklist=visit.checklist.promise(material, shanghai(self._clock.now()).date()))

    def as_pdf(self, material: Material) -> bytes:
        """All pages of a material as one PDF/A-2b. Refused when it has none. Slow."""
        if not material.pages:
            raise Refused("不能导出", "这份材料还没有拍。", "按 F6 拍摄后再导出。")
        return pages_to_pdf([self.open(page) for page in material.pages], material.use.name, self._clock.now())

    def _seal(self, file: PageFile) -> Page:
        # The one door through which pages come in: whatever made the file, no metadata passes.
        sealed = self._vault.seal(without_metadata(file.data), _JPEG)
        return Page(sealed.sha256, sealed.media_type, sealed.size, file.width, file.height)
