"""Does the signature, or the finger, of an accepted case still stand under what the case says now?"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.domain.case import Case
from app.domain.clock import parse_iso
from app.domain.errors import Refused, YichuangError
from app.domain.item import Catalog
from app.domain.material import Page
from app.domain.signature import SIGNATURE_MATERIAL
from app.services.confirm_form import read_picture
from app.services.finger_mark import read_finger
from app.services.signed_answers import changed_answers, read_answers
from offline_db.audit import AuditEntry
from offline_db.vault import Vault


class SignatureState(StrEnum):
    """How a signature stands. Only HOLDS is a yes."""

    HOLDS = "holds"
    CHANGED = "changed"
    """The case says something else now than when it was signed."""
    NONE = "none"
    """Nobody signed on the screen."""
    GONE = "gone"
    """The file was cleared in its time, or cannot be opened."""
    ALTERED = "altered"
    """The file is not the one that was made when the applicant signed."""
    OLD = "old"
    """Signed before answers were kept one by one: whole, but what it covered cannot be said."""


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """changed: the titles of the answers that are not those that were signed. finger: pressed instead of signed.
    quality: of the finger, 0–100; points: of the signature."""

    state: SignatureState
    at: dt.datetime | None = None
    changed: tuple[str, ...] = ()
    finger: bool = False
    quality: int = 0
    points: int = 0


class Keeper(Protocol):
    """The part of the store that is needed."""

    def case(self, case_id: str) -> Case | None: ...
    def find(self, text: str, limit: int = 50) -> list[Case]: ...
    def trail_of(self, subject: str, action: str) -> list[AuditEntry]: ...


class CheckSignature:
    """Reads store and vault; not for the event loop."""

    def __init__(self, store: Keeper, vault: Vault, catalog: Catalog) -> None:
        self._store = store
        self._vault = vault
        self._catalog = catalog

    def by_number(self, number: str) -> SignatureCheck:
        """Of the case of a 受理流水号 or 办件编码. Refused when this machine does not hold it."""
        number = number.strip()
        for case in self._store.find(number):
            if number in (case.provisional_no, case.case_no):
                return self._of(case)
        raise Refused("没有这个办件", "本机没有保存这个办件。", "请到受理它的窗口或平台查询。")

    def of_case(self, case_id: str) -> SignatureCheck:
        """Of a case by its id. Refused when this machine does not hold it."""
        case = self._store.case(case_id)
        if case is None:
            raise Refused("没有这个办件", "本机没有保存这个办件。", "请到受理它的窗口或平台查询。")
        return self._of(case)

    def _of(self, case: Case) -> SignatureCheck:
        page = _page(case)
        if page is None:
            return SignatureCheck(SignatureState.NONE)
        made = self._made(case.visit_id, page.sha256)
        try:
            data = self._vault.open(page.sha256)
        except YichuangError:
            return SignatureCheck(SignatureState.GONE, made)
        if made is None or hashlib.sha256(data).hexdigest() != page.sha256:
            return SignatureCheck(SignatureState.ALTERED, made)
        try:
            found, signed = _read(data), read_answers(data)
        except ValueError:
            return SignatureCheck(SignatureState.ALTERED, made)
        if not signed:
            return SignatureCheck(SignatureState.OLD, made, (), *found)
        changed = tuple(map(self._title, changed_answers(signed, case.form)))
        state = SignatureState.CHANGED if changed else SignatureState.HOLDS
        return SignatureCheck(state, made, changed, *found)

    def _made(self, visit_id: str, sha256: str) -> dt.datetime | None:
        """When the applicant signed this very file, as the trail says; None when it knows of none."""
        for entry in self._store.trail_of(visit_id, "form.signed"):
            if json.loads(entry.details).get("signature_sha256") == sha256:
                return parse_iso(entry.at)
        return None

    def _title(self, key: str) -> str:
        element = self._catalog.elements.get(key.partition(".")[2])
        return element.title if element is not None else key


def _page(case: Case) -> Page | None:
    pages = (page for material in case.materials if material.use.id == SIGNATURE_MATERIAL for page in material.pages)
    return next(pages, None)


def _read(data: bytes) -> tuple[bool, int, int]:
    """finger, quality, points. ValueError for another file."""
    try:
        return False, 0, read_picture(data)[0].points
    except ValueError:
        return True, read_finger(data)[0].quality, 0
