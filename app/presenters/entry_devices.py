"""The devices by which something is entered at one counter: signature pad, code scanner."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QObject

from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk
from app.presenters.scanner import ScannerPresenter
from app.presenters.verify_papers import VerifyPapersPresenter
from app.workers.device_thread import DeviceThread
from app.workers.surface_pad import SurfacePad


def pad_thread(devices: Mapping[str, object], parent: QObject) -> DeviceThread:
    """The signature pad's; without one, that of the screen itself, which needs no light."""
    thread = devices.get("signature_pad")
    return thread if isinstance(thread, DeviceThread) else DeviceThread(SurfacePad(), parent)


def scanner_of(
    devices: Mapping[str, object],
    desk: Desk,
    codes: CodePresenter,
    verify: VerifyPapersPresenter,
    open_now: Callable[[], bool],
) -> ScannerPresenter | None:
    """Who listens to the scanner; None where the counter has none."""
    thread = devices.get("code_scanner")
    return ScannerPresenter(thread, desk, codes, verify, open_now) if isinstance(thread, DeviceThread) else None
