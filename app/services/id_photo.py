"""一窗通拍: one photograph for all items of a visit, and with consent for later visits, here or at any window of the
platform, while it is young enough."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import uuid
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
from app.domain.photo import ENDED, SharedPhoto
from app.domain.retention import PROGRAM
from app.identity.chip.facts import zone_of
from app.identity.chip.verdict import Judgement
from app.identity.photo.rules import PhotoRules, PhotoUse
from app.server.photo_schemas import MAX_JPEG
from app.server.query_policy import FEED
from app.services.duty import Duty
from app.services.shared_photos import SharedPhotos
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
_SHARED_SIDE, _SHARED_QUALITIES = 1400, (95, 90, 85, 75, 60)
"""A picture that travels: the head is still larger than on any finished photograph."""


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photograph kept with consent. sealed: SHA-256 of the uncut picture in the vault. taken, until: legal days.
    photo_id: under which the platform has it, or will; "" when other windows may not use it."""

    sealed: str
    taken: dt.date
    until: dt.date
    photo_id: str = ""


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

    def __init__(
        self, store: Store, vault: Vault, clock: Clock, duty: Duty, rules: PhotoRules, shared: SharedPhotos
    ) -> None:
        self.rules = rules
        self._shared = shared
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

    def keep(self, visit: Visit, shot: Shot, share: bool = False) -> KeptPhoto:
        """Keep a shot of today with the person's consent, in place of an earlier one. share: other windows may use it;
        it goes to the platform with the queue. Slow. Refused without a person's number: nobody could find it again, or
        take it back."""
        number = number_of(visit)
        if not number or shot.head is None:
            raise Refused("不能保存照片", "还没有读证件，不知道是谁的照片。", "请先读证件，再保存。")
        sealed = self._vault.seal(_packed(_around(shot), share), _JPEG).sha256
        now = self._clock.now()
        today = shanghai(now).date()
        until = today + dt.timedelta(days=self.rules.days)
        kept = KeptPhoto(sealed, today, until, str(uuid.uuid4()) if share else "")
        row: dict[str, Any] = {
            "sealed": sealed, "taken": isoformat(now), "consent": isoformat(now),
            "until": until.isoformat(), "clerk": self._duty.clerk,
        }  # fmt: skip
        key, operations = _key(number), []
        earlier = read_kept(self._store.setting(key))
        if share:
            row |= {"photo_id": kept.photo_id, "share": self._shared.share(number, visit.visit_id, self.rules.days)}
            operations.append(self._shared.keeping(kept.photo_id, key))
        elif earlier is not None and earlier.photo_id:
            # Agreed to be kept here alone: what the platform still has was agreed to for another picture.
            operations.append(self._shared.ending(earlier.photo_id, visit.visit_id))
        event = self._event(now, "photo.kept", number, until=until.isoformat(), windows="all" if share else "this")
        self._store.write_photo(key, json.dumps(row, ensure_ascii=False), operations, event)
        if earlier is not None and earlier.sealed != sealed:
            # First the row: a file that nothing names is cleared by itself, a row without its file would promise one.
            with contextlib.suppress(YichuangError):
                self._vault.remove(earlier.sealed)
        return kept

    def kept(self, visit: Visit) -> KeptPhoto | None:
        """The photograph kept of this visit's person, while it serves. Reads the store."""
        number = number_of(visit)
        row = self._store.setting(_key(number)) if number else None
        kept = read_kept(row)
        return kept if kept is not None and self.young(kept.taken) and self._vault.exists(kept.sealed) else None

    def find(self, visit: Visit) -> SharedPhoto | None:
        """What the platform has of this visit's person, taken here or at another window, while it serves. Slow: asks
        the line; errors as SharedPhotos.find."""
        found = self._shared.find(number_of(visit), visit.visit_id)
        return found if found is not None and self.young(shanghai(found.taken).date()) else None

    def open(self, kept: KeptPhoto) -> Shot:
        """The kept shot, judged anew. Slow."""
        return self._judged(self._vault.open(kept.sealed))

    def open_shared(self, visit: Visit, found: SharedPhoto) -> Shot:
        """The platform's shot, judged anew; it is not kept here. Slow; errors as SharedPhotos.open."""
        return self._judged(self._shared.open(found, number_of(visit), visit.visit_id))

    def withdraw(self, visit: Visit, found: SharedPhoto | None = None) -> bool:
        """Consent taken back: what is kept of this person goes at once, here and at the platform; cases that were
        accepted keep their own copy. found: what the platform has. False: the platform does not answer and will hear it
        as soon as it does. Writes the store and the vault; slow: asks the line."""
        number = number_of(visit)
        key = _key(number)
        kept = read_kept(self._store.setting(key))
        ids = dict.fromkeys((kept.photo_id if kept is not None else "", found.photo_id if found is not None else ""))
        endings = [self._shared.ending(photo_id, visit.visit_id) for photo_id in ids if photo_id]
        event = self._event(self._clock.now(), "photo.withdrawn", number, windows="all" if endings else "this")
        self._store.write_photo(key, "", endings, event)
        if kept is not None:
            self._vault.remove(kept.sealed)
        told = [self._shared.end_now(ending) for ending in endings]
        return all(told)

    def run(self) -> bool:
        """Forget here what the platform says has ended: taken back at another window, or replaced by a newer one. An
        app.sync.needs.Upkeep. Writes the store and the vault."""
        mine = self._store.settings_under(KEPT)
        shared = {kept.photo_id: (key, kept) for key, text in mine.items() if (kept := read_kept(text)) is not None}
        shared.pop("", None)
        if not shared:
            return False
        rows = self._store.feed_rows(FEED)
        over = [row for row in rows if str(row.get("id")).startswith(ENDED) and row.get("photo_id") in shared]
        for row in over:
            key, kept = shared[row["photo_id"]]
            event = AuditEvent(self._clock.now(), PROGRAM, "photo.ended", "", {"why": str(row.get("state"))})
            self._store.write_photo(key, "", [], event)
            self._vault.remove(kept.sealed)
        return bool(over)

    def young(self, taken: dt.date) -> bool:
        """Does a photograph of that day still serve today?"""
        return 0 <= (shanghai(self._clock.now()).date() - taken).days <= self.rules.days

    def _event(self, at: dt.datetime, action: str, number: str, **details: Any) -> AuditEvent:
        # Not with the visit's own events: consent is given, and taken back, whether or not the visit ends in a case.
        return AuditEvent(at, self._duty.clerk, action, mask(number), details)

    def _judged(self, jpeg: bytes) -> Shot:
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise Refused("照片打不开", "照片文件已损坏。", "请重拍。")
        return self.shoot(np.asarray(picture, np.uint8))


def read_kept(row: str | None) -> KeptPhoto | None:
    """A row of the settings; None for none, or one that cannot be read."""
    try:
        document = json.loads(row or "")
        taken = shanghai(parse_iso(document["taken"])).date()
        until = dt.date.fromisoformat(document["until"])
        return KeptPhoto(str(document["sealed"]), taken, until, str(document.get("photo_id", "")))
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


def _packed(picture: Picture, travels: bool) -> bytes:
    """As JPEG without metadata. travels: small enough for the platform."""
    if travels and (scale := _SHARED_SIDE / max(picture.shape[:2])) < 1:
        picture = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    for quality in _SHARED_QUALITIES if travels else (_QUALITY,):
        packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        if len(packed) <= MAX_JPEG:
            break
    return packed
