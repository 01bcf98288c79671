"""Another window of the same platform, as far as a lesson needs one: it has photographed somebody for all windows."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from pathlib import Path

import cv2

from app.domain.clock import Clock, isoformat
from app.server.photo_client import KEEP, Asker, PhotoClient

DEVICE = "window-elsewhere"
_PLACE = "示范区政务服务中心 2 号窗口"
_CONSENT = "本人同意平台保存这张照片，各窗口办理时可以使用。"
_AGO = dt.timedelta(days=20)


def photograph(url: str, token: str, number: str, portrait: Path, clock: Clock) -> str:
    """Put a shot of some days ago at the platform, with consent; its id. token: the other window's. portrait: a
    picture. Errors as PhotoClient.send."""
    picture = cv2.imread(str(portrait))
    if picture is None:
        raise ValueError(f"no picture: {portrait}")
    document = {
        **Asker("0002", _PLACE, str(uuid.uuid4())).document(),
        "photo_id": str(uuid.uuid4()),
        "number": number,
        "taken": isoformat(clock.now() - _AGO),
        "consent": _CONSENT,
        "jpeg": base64.b64encode(cv2.imencode(".jpg", picture)[1].tobytes()).decode(),
    }
    line = PhotoClient(url, DEVICE, token, clock=clock)
    try:
        line.send(str(uuid.uuid4()), {KEEP: document})
    finally:
        line.close()
    return str(document["photo_id"])
