"""What the cameras see for self-service: codes on a telephone, papers under the document camera."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.licence import ScannedCode
from app.materials.outline import Outline
from app.presenters.live import frame_size
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser
from devices.base import Picture
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.preview import PreviewPanel
from widgets.views import Tone


class SelfServiceCamera(QObject):
    """One picture at a time. `code` carries a ScannedCode and its Frame, each text once; `ended` when there is no
    picture any more; `page_seen` when a paper comes or goes."""

    code = pyqtSignal(object, object)
    ended = pyqtSignal()
    page_seen = pyqtSignal(bool)

    def __init__(
        self, codes: CameraSource, code_analyser: FrameAnalyser, pages: CameraSource, page_analyser: FrameAnalyser
    ) -> None:
        super().__init__()
        self._codes, self._pages = codes, pages
        self._source: CameraSource | None = None
        self._preview: PreviewPanel | None = None
        self._last: Frame | None = None
        self._judged: set[str] = set()
        self.in_view = False
        """Is a paper outlined in the picture?"""
        for source in (codes, pages):
            source.frame.connect(lambda image, frame, one=source: self._show(one, image, frame))
            source.ended.connect(lambda reply, one=source: self._ended(one, reply))
            source.interrupted.connect(lambda reply, one=source: self._interrupted(one, reply))
        code_analyser.analysed.connect(self._codes_found)
        page_analyser.analysed.connect(self._page_found)

    def look_for_codes(self, preview: PreviewPanel) -> None:
        """Open the picture in which a telephone's code is looked for."""
        self._judged = set()
        self._open(self._codes, preview)

    def look_for_page(self, preview: PreviewPanel) -> None:
        """Open the document camera's picture."""
        self._open(self._pages, preview)

    def stop(self) -> None:
        """Close the picture; a still that is on show stays."""
        source, self._source, self._last, self.in_view = self._source, None, None, False
        if source is not None:
            source.stop_stream()

    def picture(self) -> Picture | None:
        """The picture on show as the camera took it; None when there is none yet."""
        return self._last.picture if self._last is not None else None

    def _open(self, source: CameraSource, preview: PreviewPanel) -> None:
        self.stop()
        self._source, self._preview = source, preview
        preview.clear()
        source.start_stream()

    def _show(self, source: CameraSource, image: QImage, frame: Frame) -> None:
        if source is self._source and self._preview is not None:
            self._last = frame
            self._preview.set_broken("")
            self._preview.set_frame(image, frame_size(frame), frame.at)
            source.set_room(*self._preview.room())
        source.taken()

    def _codes_found(self, codes: Sequence[ScannedCode], frame: Frame) -> None:
        if self._source is not self._codes or self._preview is None:
            return
        self._preview.follow(codes[0].points if codes else None, Tone.INFO, frame.at)
        for code in codes:
            if code.text not in self._judged:
                self._judged.add(code.text)
                self.code.emit(code, frame)

    def _page_found(self, page: Outline | None, frame: Frame) -> None:
        if self._source is not self._pages or self._preview is None:
            return
        corners = [(float(x), float(y)) for x, y in page.corners] if page else None
        self._preview.follow(corners, Tone.SUCCESS, frame.at)
        if self.in_view is not (page is not None):
            self.in_view = page is not None
            self.page_seen.emit(self.in_view)

    def _interrupted(self, source: CameraSource, reply: Reply[object]) -> None:
        if source is self._source and self._preview is not None:
            self._preview.set_broken("" if reply.ok else self.tr("画面中断，请稍候"))

    def _ended(self, source: CameraSource, reply: Reply[object]) -> None:
        if source is self._source and reply.outcome is not Outcome.CANCELLED:
            self._source, self._last, self.in_view = None, None, False
            self.ended.emit()
