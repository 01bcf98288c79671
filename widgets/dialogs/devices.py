"""The device panel: each place, what stands there, how it is, what to do, and trying it out."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent
from PyQt6.QtWidgets import QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.look import px
from widgets.preview import PreviewPanel
from widgets.views import Tone
from widgets.views_around import DeviceRow


class DevicesDialog(BaseDialog):
    """The table, the picture of a camera that is tried, one line with the result.

    Keys: ↓ ↑, R connects again, T tries out, Esc stops a trial, then closes.
    Signals: reconnect(id); trial(id); stopped() when a trial is to end.
    """

    reconnect = pyqtSignal(str)
    trial = pyqtSignal(str)
    stopped = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("devices", "", parent)
        self._head = self.tr("设备")
        self.set_title(self._head, self.tr("灯不亮时先看这里：是什么问题、怎么办"))
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.rows: tuple[DeviceRow, ...] = ()
        self.table = Lines(
            "devices_table",
            self._head,
            (self.tr("设备"), self.tr("型号"), self.tr("状态"), self.tr("最后正常"), self.tr("怎么办")),
            (104, 220, 80, 110, 260),
            4,
        )
        self.table.setMinimumHeight(244)
        self.table.itemSelectionChanged.connect(self._offer)
        self.table.opened.connect(lambda _: self._emit(self.trial.emit))
        self._detail = text(role="soft", name="devices_detail", wrap=True)
        self._result = text(role="soft", name="devices_result", wrap=True)
        self.preview = PreviewPanel()
        self.preview.setFixedHeight(230)
        self.preview.hide()
        self.add(self.table, 1)
        self.add(self.preview)
        self.add(self._detail)
        self.add(self._result)
        self._again = button(self.tr("重新连接 R"), name="devices_reconnect")
        self._again.setShortcut("R")
        self._try = button(self.tr("试一试 T"), "primary", "devices_trial")
        self._try.setShortcut("T")
        close = button(self.tr("关闭 Esc"), name="devices_close")
        self._again.clicked.connect(lambda: self._emit(self.reconnect.emit))
        self._try.clicked.connect(lambda: self._emit(self.trial.emit))
        close.clicked.connect(self.reject)
        self.add_buttons(self._again, None, close, self._try, default=self._try)
        self.resize(920, 420)

    def set_rows(self, rows: Sequence[DeviceRow], select: str = "") -> None:
        """Show the devices. select: the one to mark; otherwise the mark stays."""
        before = select or (self.selected() or DeviceRow("", "", "", "", "")).id
        self.rows = tuple(rows)
        self.table.set_lines([(d.name, d.model, d.words, d.seen, d.todo) for d in rows], [{2: d.tone} for d in rows])
        at = next((n for n, d in enumerate(rows) if d.id == before), 0)
        self.table.selectRow(at)
        self._offer()

    def set_result(self, words: str, tone: Tone) -> None:
        """What became of connecting again or trying out."""
        set_text(self._result, words, tone)

    def set_frame(self, image: QImage) -> None:
        """The picture of the camera that is tried."""
        self.set_live(True)
        self.preview.set_frame(image)

    def set_live(self, on: bool) -> None:
        """Give the picture room, or take it away."""
        if self.preview.isVisibleTo(self) != on:
            self.preview.setVisible(on)
            if not on:
                self.preview.clear()
            if (layout := self.layout()) is not None:
                layout.activate()  # or the room of what is hidden now would still be kept
            self.resize(self.width(), px(660 if on else 420))

    def selected(self) -> DeviceRow | None:
        """The marked device."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _offer(self) -> None:
        device = self.selected()
        set_text(self._detail, device.detail if device else "", device.tone if device else Tone.NEUTRAL)
        for press in (self._again, self._try):
            press.setVisible(device is not None and device.present)

    def _emit(self, emit: object) -> None:
        device = self.selected()
        if device is not None and device.present and callable(emit):
            self.set_result("", Tone.NEUTRAL)
            emit(device.id)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Escape and self.preview.isVisible():
            self.stopped.emit()
            a0.accept()
            return
        super().keyPressEvent(a0)

    def done(self, a0: int) -> None:
        self.stopped.emit()
        super().done(a0)
