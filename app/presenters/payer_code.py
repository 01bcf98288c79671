"""The payer's code by the counter's own camera: what is seen goes to whoever waits for it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtGui import QImage

from app.domain.licence import ScannedCode
from app.presenters.live import frame_size
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.i18n import core_words
from widgets.preview import PreviewPanel
from widgets.views import Tone


class CodeLook(QObject):
    """Looks through the camera of codes for one code that is taken."""

    def __init__(self, camera: CameraSource, analyser: FrameAnalyser) -> None:
        super().__init__()
        self._camera = camera
        self._preview: PreviewPanel | None = None
        self._take: Callable[[str], bool] = lambda _: False
        camera.frame.connect(self._show)
        camera.ended.connect(self._ended)
        analyser.analysed.connect(self._found)

    @property
    def possible(self) -> bool:
        """Is there a camera, and is nobody else looking?"""
        return self._camera.there and not self._camera.streaming

    def toggle(self, preview: PreviewPanel, take: Callable[[str], bool]) -> None:
        """Begin to look, shown in preview; or leave it. take: says of each code whether it was waited for."""
        if self._preview is not None:
            self.stop()
            return
        self._preview, self._take = preview, take
        preview.set_outline(None, Tone.NEUTRAL)
        preview.set_message(QCoreApplication.translate("CodeLook", "请付款人把付款码对着摄像头"), Tone.INFO)
        preview.show()
        self._camera.start_stream()

    def stop(self) -> None:
        """Close the picture."""
        preview, self._preview = self._preview, None
        if preview is not None:
            self._camera.stop_stream()
            preview.clear()
            preview.hide()

    def _show(self, image: QImage, frame: Frame) -> None:
        if self._preview is not None:
            self._preview.set_frame(image, frame_size(frame), frame.at)
            self._camera.set_room(*self._preview.room())
            self._camera.taken()

    def _found(self, codes: Sequence[ScannedCode], frame: Frame) -> None:
        if self._preview is None:
            return
        self._preview.follow(codes[0].points if codes else None, Tone.INFO, frame.at)
        for code in codes:
            if self._take(code.text):
                self.stop()
                return

    def _ended(self, reply: Reply[object]) -> None:
        if self._preview is not None and reply.outcome is not Outcome.CANCELLED:
            preview, self._preview = self._preview, None
            preview.set_message(core_words(reply.detail), Tone.WARNING)
