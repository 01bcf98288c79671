"""一窗通拍: one photograph for all items of a visit, and with consent for later visits, while it is young enough."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from app.domain.case import AuditEvent
from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.errors import Refused, YichuangError
from app.domain.material import MaterialStatus, Page
from app.domain.person import mask
from app.identity.chip.facts import zone_of
from app.identity.chip.verdict import Judgement
from app.identity.photo.rules import PhotoRules, PhotoUse
from app.services.duty import Duty
from app.services.visit import Visit
from offline_db.store import Store
from offline_db.vault import Vault

if TYPE_CHECKING:
    from app.identity.face.find import FaceFinder, Picture
    from app.identity.photo.cut import Cut
    from app.identity.photo.shot import Shot

KEPT = "photo.kept."
"""Settings under which kept photographs lie, by a digest of the person's number; each names its file as `sealed`."""
_JPEG = "image/jpeg"
_MARGIN = 1.6
_QUALITY = 95


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photograph kept with consent. sealed: SHA-256 of the uncut picture in the vault. taken, until: legal days."""

    sealed: str
    taken: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Ready:
    """One material's pages, cut and sealed: one a use. taken: the day of the shot."""

    material: str
    pages: tuple[Page, ...]
    uses: tuple[str, ...]
    taken: dt.date


class IdPhotos:
    """What is slow says so. Nothing is kept beyond the visit's own materials but with consent, and then until the day
    that is named, or until it is taken back; a photograph is never retouched."""

    def __init__(self, store: Store, vault: Vault, clock: Clock, duty: Duty, rules: PhotoRules) -> None:
        self.rules = rules
        self._store = store
        self._vault = vault
        self._clock = clock
        self._duty = duty
        self._finder: FaceFinder | None = None

    def shoot(self, picture: Picture) -> Shot:
        """Judge a picture (BGR). Slow; one thread at a time."""
        from app.identity.face.find import FaceFinder
        from app.identity.photo.shot import look

        if self._finder is None:
            self._finder = FaceFinder()
        return look(picture, self._finder)

    def uses(self, visit: Visit, every: bool = False) -> dict[str, tuple[PhotoUse, ...]]:
        """Material -> the uses that it wants, of those that still lack. every: of those that are settled, too."""
        found = {}
        for material in visit.checklist.materials:
            uses = self.rules.wanted(material.use.id, material.asked_by)
            if uses and (every or material.status in (MaterialStatus.MISSING, MaterialStatus.OPTIONAL)):
                found[material.use.id] = uses
        return found

    def cuts(self, shot: Shot, uses: Sequence[PhotoUse]) -> list[Cut]:
        """The photographs that these uses would get. Slow."""
        from app.identity.photo.cut import cut

        return [cut(shot, use) for use in uses]

    def prepare(self, visit: Visit, shot: Shot, taken: dt.date) -> list[Ready]:
        """Cut and seal what the visit's materials want. Slow. Refused when the shot is of no use, or too old."""
        if shot.hard or shot.head is None:
            raise Refused("照片不合格", "照片上的人脸不能用。", "请重拍。")
        if not self.young(taken):
            raise Refused("照片过期", f"照片是 {taken.isoformat()} 拍的，已超过 {self.rules.days} 天。", "请重拍。")
        from app.identity.photo.cut import encode

        done: dict[str, Page] = {}
        ready = []
        for material, uses in self.uses(visit).items():
            for made in self.cuts(shot, [use for use in uses if use.id not in done]):
                sealed = self._vault.seal(encode(made), _JPEG)
                done[made.use.id] = Page(sealed.sha256, _JPEG, sealed.size, *made.use.pixels)
            names = tuple(use.id for use in uses)
            ready.append(Ready(material, tuple(done[name] for name in names), names, taken))
        return ready

    def apply(self, visit: Visit, ready: Sequence[Ready], source: str) -> Visit:
        """Settle materials with their photographs; those that meanwhile are settled or gone are left. source: the
        camera's URI, or "kept"."""
        wanted = self.uses(visit)
        for one in ready:
            if one.material not in wanted:
                continue
            checklist = visit.checklist
            for page in one.pages:
                checklist = checklist.capture(one.material, page)
            visit = replace(visit, checklist=checklist).with_event(
                self._clock.now(), self._duty.clerk, "photo.used", one.material,
                uses=list(one.uses), taken=one.taken.isoformat(), source=source,
            )  # fmt: skip
        return visit

    def keep(self, visit: Visit, shot: Shot) -> KeptPhoto:
        """Keep a shot of today with the person's consent, in place of an earlier one. Slow. Refused without a person's
        number: nobody could find it again, or take it back."""
        number = number_of(visit)
        if not number or shot.head is None:
            raise Refused("不能保存照片", "还没有读证件，不知道是谁的照片。", "请先读证件，再保存。")
        packed = cv2.imencode(".jpg", _around(shot), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
        sealed = self._vault.seal(packed, _JPEG).sha256
        now = self._clock.now()
        today = shanghai(now).date()
        kept = KeptPhoto(sealed, today, today + dt.timedelta(days=self.rules.days))
        self._forget(number, sealed)
        row: dict[str, Any] = {
            "sealed": sealed, "taken": isoformat(now), "consent": isoformat(now),
            "until": kept.until.isoformat(), "clerk": self._duty.clerk,
        }  # fmt: skip
        self._store.set_setting(_key(number), json.dumps(row))
        self._record(now, "photo.kept", number, until=kept.until.isoformat())
        return kept

    def kept(self, visit: Visit) -> KeptPhoto | None:
        """The photograph kept of this visit's person, while it serves. Reads the store."""
        number = number_of(visit)
        row = self._store.setting(_key(number)) if number else None
        kept = read_kept(row)
        return kept if kept is not None and self.young(kept.taken) and self._vault.exists(kept.sealed) else None

    def open(self, kept: KeptPhoto) -> Shot:
        """The kept shot, judged anew. Slow."""
        picture = cv2.imdecode(np.frombuffer(self._vault.open(kept.sealed), np.uint8), cv2.IMREAD_COLOR)
        return self.shoot(np.asarray(picture, np.uint8))

    def withdraw(self, visit: Visit) -> None:
        """Consent taken back: what is kept of this person goes at once; cases that were accepted keep their own copy.
        Writes the store and the vault."""
        number = number_of(visit)
        self._forget(number, "")
        self._record(self._clock.now(), "photo.withdrawn", number)

    def young(self, taken: dt.date) -> bool:
        """Does a photograph of that day still serve today?"""
        return 0 <= (shanghai(self._clock.now()).date() - taken).days <= self.rules.days

    def _record(self, at: dt.datetime, action: str, number: str, **details: Any) -> None:
        # Not with the visit's own events: consent is given, and taken back, whether or not the visit ends in a case.
        self._store.append_audit(AuditEvent(at, self._duty.clerk, action, mask(number), details))

    def _forget(self, number: str, but: str) -> None:
        kept = read_kept(self._store.setting(_key(number)))
        if kept is None:
            return
        self._store.set_setting(_key(number), "")
        # First the row: a file that nothing names is cleared by itself, a row without its file would promise one.
        if kept.sealed != but:
            try:
                self._vault.remove(kept.sealed)
            except YichuangError:
                if not but:
                    raise


def read_kept(row: str | None) -> KeptPhoto | None:
    """A row of the settings; None for none, or one that cannot be read."""
    try:
        document = json.loads(row or "")
        taken = shanghai(parse_iso(document["taken"])).date()
        return KeptPhoto(str(document["sealed"]), taken, dt.date.fromisoformat(document["until"]))
    except (ValueError, TypeError, KeyError):
        return None


def number_of(visit: Visit) -> str:
    """The number by which this visit's person is known; "" while nobody is."""
    if visit.card is not None:
        return visit.card.number or ""
    chip = visit.chip
    if chip is None or chip.reading.verdict.judgement is Judgement.FALSE:
        return ""
    zone = zone_of(chip.reading, chip.at)
    return f"{zone.issuer}:{zone.number}" if zone is not None else ""


def _key(number: str) -> str:
    return KEPT + hashlib.sha256(number.encode()).hexdigest()


def _around(shot: Shot) -> Picture:
    """The head with what any use needs around it, and no more of the room."""
    head = shot.head
    if head is None:
        raise ValueError("no face on the shot")
    long = head.chin - head.top
    height, width = shot.picture.shape[:2]
    rows = slice(max(round(head.top - long * 0.5), 0), min(round(head.chin + long * 1.1), height))
    half = round(long * _MARGIN)
    columns = slice(max(round(head.middle) - half, 0), min(round(head.middle) + half, width))
    return np.ascontiguousarray(shot.picture[rows, columns])
