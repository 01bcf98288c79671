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
    """All places by category, the picture of what is tried, what is wrong and what to do, one line with the result.

    Keys: ↓ ↑, N the next in trouble, R connects again, T tries out, S chooses another device, Esc stops a trial, then
    closes. Signals: reconnect(id); trial(id); setup(id); stopped() when a trial is to end.
    """

    reconnect = pyqtSignal(str)
    trial = pyqtSignal(str)
    setup = pyqtSignal(str)
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
            (self.tr("类别"), self.tr("设备"), self.tr("状态"), self.tr("何时起"), self.tr("型号、序列号")),
            (112, 140, 84, 104, 320),
            4,
        )
        if (side := self.table.verticalHeader()) is not None:
            side.setDefaultSectionSize(30)
        self.table.setMinimumHeight(150)
        self.table.itemSelectionChanged.connect(self._offer)
        self.table.opened.connect(lambda _: self._emit(self.trial.emit))
        self._detail = text(role="soft", name="devices_detail", wrap=True)
        self._todo = text(name="devices_todo", wrap=True)
        for label, lines in ((self._detail, 20), (self._todo, 64)):
            # The table above keeps its height whichever device is marked.
            label.setMinimumHeight(px(lines))
            kept = label.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            label.setSizePolicy(kept)
        self._choosing = False
        self._result = text(role="soft", name="devices_result", wrap=True)
        self.preview = PreviewPanel()
        self.preview.setFixedHeight(230)
        self.preview.hide()
        self.add(self.table, 1)
        self.add(self.preview)
        self.add(self._detail)
        self.add(self._todo)
        self.add(self._result)
        self._next = button(self.tr("下一个异常 N"), name="devices_next")
        self._next.setShortcut("N")
        self._next.clicked.connect(self.next_trouble)
        self._other = button(self.tr("更换设备 S"), name="devices_setup")
        self._other.setShortcut("S")
        self._other.clicked.connect(self._choose)
        self._again = button(self.tr("重新连接 R"), name="devices_reconnect")
        self._again.setShortcut("R")
        self._try = button(self.tr("试一试 T"), "primary", "devices_trial")
        self._try.setShortcut("T")
        close = button(self.tr("关闭 Esc"), name="devices_close")
        self._again.clicked.connect(lambda: self._emit(self.reconnect.emit))
        self._try.clicked.connect(lambda: self._emit(self.trial.emit))
        close.clicked.connect(self.reject)
        self.add_buttons(self._next, self._other, None, self._again, close, self._try, default=self._try)
        self.resize(900, 640)

    def set_rows(self, rows: Sequence[DeviceRow], select: str = "") -> None:
        """Show the places. select: the one to mark; otherwise the mark stays."""
        before = select or (self.selected() or DeviceRow("", "", "", "", "")).id
        self.rows = tuple(rows)
        groups = [row.group if n == 0 or rows[n - 1].group != row.group else "" for n, row in enumerate(rows)]
        signs = {"ok": "●", "busy": "◐", "warning": "▲", "off": "⊘"}
        lines = [
            (group, d.name, f"{signs.get(d.state, '?')} {d.words}" if d.present else d.words, d.since, d.model)
            for group, d in zip(groups, rows, strict=True)
        ]
        self.table.set_lines(lines, [{2: d.tone} for d in rows], [self._troubled(d) for d in rows])
        at = next((n for n, d in enumerate(rows) if d.id == before), 0)
        self.table.selectRow(at)
        self._next.setVisible(any(self._troubled(d) for d in rows))
        self._offer()

    def set_choosing(self, on: bool) -> None:
        """May this clerk choose other devices?"""
        self._choosing = on
        self._offer()

    def next_trouble(self) -> None:
        """Mark the next device that does not work."""
        at, count = self.table.currentRow(), len(self.rows)
        for step in range(1, count + 1):
            if self._troubled(self.rows[(at + step) % count]):
                self.table.selectRow((at + step) % count)
                return

    @staticmethod
    def _troubled(row: DeviceRow) -> bool:
        return row.present and row.tone is Tone.WARNING

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
            self.resize(self.width(), px(700 if on else 640))

    def selected(self) -> DeviceRow | None:
        """The marked device."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _offer(self) -> None:
        device = self.selected()
        set_text(self._detail, self._explain(device), device.tone if device else Tone.NEUTRAL)
        set_text(self._todo, device.todo if device else "")
        here = device is not None and device.present
        for press in (self._again, self._try):
            press.setVisible(here)
        if device is not None and device.trial:
            self._try.setText(device.trial)
            self._try.setAccessibleName(device.trial)
            self._try.setShortcut("T")
        self._other.setVisible(self._choosing and device is not None)
        words = self.tr("更换设备 S") if here else self.tr("配备设备 S")
        self._other.setText(words)
        self._other.setAccessibleName(words)
        self._other.setShortcut("S")

    def _explain(self, device: DeviceRow | None) -> str:
        if device is None:
            return ""
        if not device.present:
            if self._choosing:
                return self.tr("这个位置没有配备设备。需要时接好设备，按 S 选择它。")
            return self.tr("这个位置没有配备设备。需要时请窗口负责人登录后在这里登记。")
        parts = [device.detail]
        if device.offers:
            parts.append(self.tr("支持：{0}").format(device.offers))
        if device.seen and device.tone is Tone.WARNING:
            parts.append(self.tr("最后正常：{0}").format(device.seen))
        return "　".join(part for part in parts if part)

    def _choose(self) -> None:
        device = self.selected()
        if device is not None:
            self.setup.emit(device.id)

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
