"""Fill the official forms of the items in hand, print them, hand them in as materials."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.case import Case
from app.domain.clock import Clock, shanghai
from app.domain.errors import Refused
from app.domain.item import Catalog, Item
from app.domain.material import Page
from app.domain.official import FilledForm, Shift
from app.services.visit import Visit
from offline_db.store import Store

if TYPE_CHECKING:
    from app.documents.official.fill import OfficialFiller
    from app.documents.official.forms import OfficialForms
    from app.documents.official.settle import Filling

PAPER_KIND = "申请表"
"""What the print desk calls such jobs, and remembers the printer under."""
_SHIFT = "official.shift."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form that an item names. form: its id."""

    form: str
    item: Item


class FillOfficial:
    """Everything here that makes a PDF or reads a file is slow: for a worker. May be used by several threads."""

    def __init__(self, catalog: Catalog, store: Store, clock: Clock, hall: str, folder: Path | None = None) -> None:
        """folder: of the catalogue in use, beside which a city keeps its own forms; None: the shipped one."""
        self._catalog = catalog
        self._store = store
        self._clock = clock
        self._hall = hall
        self._folder = folder
        self._lock = threading.Lock()
        self._made: tuple[OfficialForms, OfficialFiller] | None = None

    @property
    def _forms(self) -> OfficialForms:
        return self._loaded()[0]

    @property
    def _filler(self) -> OfficialFiller:
        return self._loaded()[1]

    def _loaded(self) -> tuple[OfficialForms, OfficialFiller]:
        """What reads and fills forms stands on heavy libraries, which no window needs before its first form."""
        with self._lock:
            if self._made is None:
                from app.documents.official.fill import OfficialFiller
                from app.documents.official.forms import OfficialForms, form_folders

                self._made = OfficialForms(form_folders(self._folder)), OfficialFiller()
            return self._made

    @staticmethod
    def wanted(items: Sequence[Item]) -> tuple[Wanted, ...]:
        """The forms that these items name, in their order."""
        return tuple(Wanted(form, item) for item in items for form in item.official)

    def title(self, wanted: Wanted) -> tuple[str, str]:
        """A form's title in Chinese and English. Slow. BadInput: there is no such form."""
        form = self._forms.form(wanted.form)
        return form.title, form.title_en or form.title

    def keys(self, wanted: Wanted) -> frozenset[str]:
        """The fields of the combined form that it shows. Slow."""
        return self._forms.form(wanted.form).keys

    def make(self, wanted: Wanted, values: Mapping[str, str], flatten: bool = True) -> FilledForm:
        """The form filled. Slow. flatten: ready to be shown and printed; else its fields can still be filled in.
        BadInput: the form's file or its blank is not in order; EnvironmentProblem: no Chinese font."""
        return self._filler.fill(self._forms.form(wanted.form), self._filling(wanted.item, values), flatten)

    def of_case(self, case: Case) -> tuple[Wanted, ...]:
        """The forms of an accepted case, as the catalogue has its item now."""
        item = self._catalog.items.get(case.item_code)
        return self.wanted([item]) if item is not None else ()

    def values_only(self, wanted: Wanted, values: Mapping[str, str], shift: Shift) -> bytes:
        """What is printed onto a form that is printed already 套打. Slow; errors as for `make`."""
        return self._filler.values_only(self._forms.form(wanted.form), self._filling(wanted.item, values), shift)

    def trial(self, wanted: Wanted, shift: Shift) -> bytes:
        """A page of frames, to hold against the pre-printed form. Slow."""
        return self._filler.trial(self._forms.form(wanted.form), shift)

    def shift(self, printer: str) -> Shift:
        """How far this printer is to move what it prints on pre-printed paper. Reads the store."""
        return Shift.of_text(self._store.setting(_SHIFT + printer))

    def keep_shift(self, printer: str, shift: Shift) -> None:
        """Remember it for this printer. Writes to the store."""
        self._store.set_setting(_SHIFT + printer, shift.to_text())

    def material_of(self, visit: Visit, wanted: Wanted) -> str | None:
        """The material of the checklist as which the form may be handed in; None when nobody asks for it. Slow."""
        asked = {material.use.id for material in visit.checklist.materials}
        return next((name for name in self._forms.form(wanted.form).materials if name in asked), None)

    @staticmethod
    def hand_in(visit: Visit, material: str, pages: Sequence[Page], before: Sequence[Page] = ()) -> Visit:
        """The form's pages as a material. before: those of an earlier filling, which they replace.
        Refused when no item asks for the material any more."""
        if material not in {known.use.id for known in visit.checklist.materials}:
            raise Refused("不用收这份材料", "所选事项都不要求它", "先在材料清单里选中一份材料")
        checklist = visit.checklist
        for page in before:
            kept = checklist.material(material).pages
            if page in kept:
                checklist = checklist.drop_page(material, kept.index(page))
        for page in pages:
            checklist = checklist.capture(material, page)
        return replace(visit, checklist=checklist)

    def next_job(self, wanted: Wanted, pdf: bytes) -> str:
        """The printer's job name of the next copy of exactly this paper. Reads the store."""
        base = f"official-{wanted.form}-{hashlib.sha256(pdf).hexdigest()[:16]}"
        copy = 1
        while self._store.print_job(f"{base}-{copy}") is not None:
            copy += 1
        return f"{base}-{copy}"

    def _filling(self, item: Item, values: Mapping[str, str]) -> Filling:
        from app.documents.official.settle import Filling

        return Filling(values, self._catalog, item, self._hall, shanghai(self._clock.now()).date())
