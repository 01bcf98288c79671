"""Photographs that other windows may use, with consent: put at the platform, found there by the document that was read,
fetched when the clerk wants to look, taken back at any window (docs/adr/0040-photographs.md)."""

from __future__ import annotations

import uuid
from threading import Lock
from typing import Protocol

from app.domain.case import AuditEvent, Operation, OperationKind, Window
from app.domain.clock import Clock
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.domain.person import mask
from app.domain.photo import PhotoStanding, SharedPhoto
from app.materials.metadata import portrait_fault
from app.server.checking import JsonObject
from app.server.errors import Rejected, TryLater, Unreachable
from app.server.photo_client import KEEP, WITHDRAW, Asker
from app.services.duty import Duty

CONSENT = (
    "本人同意平台保存这张照片，平台各窗口读本人证件后，办理各部门事项时可以使用；最多 {0} 天，随时可以在任何窗口撤回。"
)


class PhotoLine(Protocol):
    """What is needed of app.server.photo_client.PhotoClient."""

    def find(self, asker: Asker, number: str) -> SharedPhoto | None: ...
    def open(self, asker: Asker, number: str, photo_id: str) -> bytes | PhotoStanding: ...
    def send(self, op_id: str, body: JsonObject) -> PhotoStanding: ...


class Trail(Protocol):
    """What is needed of offline_db.store.Store."""

    def append_audit(self, event: AuditEvent) -> None: ...


class SharedPhotos:
    """The platform's side of one window's photographs. All that asks the line is slow."""

    def __init__(self, trail: Trail, line: PhotoLine, clock: Clock, duty: Duty, window: Window) -> None:
        self._trail = trail
        self._line = line
        self._clock = clock
        self._duty = duty
        self._lock = Lock()
        self.place = f"{window.hall} {window.name}"[:200]

    def find(self, number: str, visit_id: str) -> SharedPhoto | None:
        """Has the platform one of whoever has this number? None without a number. EnvironmentProblem: it does not
        answer. Refused: it lets this window not ask."""
        if not number:
            return None
        with self._lock:
            try:
                return self._line.find(self._asker(visit_id), number)
            except Rejected as error:
                raise Refused("没有查找照片", error.detail or error.title, "请重拍；并联系平台管理员。") from error

    def open(self, found: SharedPhoto, number: str, visit_id: str) -> bytes:
        """The JPEG, sound and small enough to be decoded. Refused: it has ended meanwhile, or is not what it should be.
        EnvironmentProblem: the platform does not answer."""
        with self._lock:
            try:
                got = self._line.open(self._asker(visit_id), number, found.photo_id)
            except (Unreachable, TryLater) as error:
                raise EnvironmentProblem(
                    "取照片要联网", f"平台没有应答（{error.what or error.title}）。", "请现在拍，或网络恢复后再取。"
                ) from error
            except Rejected as error:
                raise Refused("照片没有取到", error.detail or error.title, "请重拍。") from error
        if isinstance(got, PhotoStanding):
            raise Refused("照片没有取到", _ENDED[got], "请重拍。")
        try:
            fault = portrait_fault(got)
        except BadInput as error:
            fault = error.what
        if fault:
            raise Refused("平台的照片不能用", fault, "请重拍，并告知平台管理员。")
        now = self._clock.now()
        self._trail.append_audit(
            AuditEvent(
                now, self._duty.clerk, "photo.fetched", mask(number),
                {"photo": found.photo_id, "visit": visit_id, "taken_at": found.place},
            )
        )  # fmt: skip
        return got

    def share(self, number: str, visit_id: str, days: int) -> JsonObject:
        """What the store's row of a shared photograph says beside the picture, as the platform will hear it."""
        return {**self._asker(visit_id).document(), "number": number, "consent": CONSENT.format(days)}

    def keeping(self, photo_id: str, row: str) -> Operation:
        """The entry that puts a photograph at the platform. row: the setting that names it."""
        return Operation(str(uuid.uuid4()), photo_id, OperationKind.PHOTO, {KEEP: photo_id, "row": row})

    def ending(self, photo_id: str, visit_id: str) -> Operation:
        """The entry that takes one back."""
        said = {**self._asker(visit_id).document(), "photo_id": photo_id}
        return Operation(str(uuid.uuid4()), photo_id, OperationKind.PHOTO, {WITHDRAW: said})

    def end_now(self, ending: Operation) -> bool:
        """Tell the platform at once, beside the queue: it counts once. False: it will hear it from the queue."""
        with self._lock:
            try:
                self._line.send(ending.op_id, ending.body)
            except (Unreachable, TryLater, Rejected):
                return False
        return True

    def _asker(self, visit_id: str) -> Asker:
        return Asker(self._duty.clerk, self.place, visit_id)


_ENDED = {
    PhotoStanding.KEPT: "平台的应答对不上。",
    PhotoStanding.REPLACED: "本人后来另拍了一张。",
    PhotoStanding.WITHDRAWN: "本人已撤回同意，平台已删除。",
    PhotoStanding.EXPIRED: "照片已过期。",
    PhotoStanding.UNKNOWN: "平台没有这张照片。",
}
