"""Choosing the device of a place: what was found, an address, trying, keeping, taking back."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_around import FoundRow


class DeviceSetupDialog(BaseDialog):
    """Keys: ↓ ↑ choose, Enter tries, Ctrl+S keeps, Ctrl+Delete takes the device out of use, Ctrl+R takes the last
    change back, Esc leaves. Signals: tried(uri); kept(uri); removed(); restored()."""

    tried = pyqtSignal(str)
    kept = pyqtSignal(str)
    removed = pyqtSignal()
    restored = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("device_setup", "", parent)
        self._rows: tuple[FoundRow, ...] = ()
        self._kept = ""
        self._tried = ""
        self._note = text("", "soft", "device_setup_note", wrap=True)
        self.table = Lines(
            "device_setup_found",
            self.tr("找到的设备"),
            (self.tr("设备"), self.tr("怎样分辨"), self.tr("地址")),
            (200, 260, 240),
            2,
        )
        self.table.setMinimumHeight(190)
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.opened.connect(lambda _: self._try())
        self.line = QLineEdit()
        self.line.setObjectName("device_setup_uri")
        self.line.setAccessibleName(self.tr("设备地址"))
        self.line.setPlaceholderText(self.tr("从上面选，或照设备说明填写地址"))
        self.line.textChanged.connect(self._typed)
        self._result = text("", "soft", "device_setup_result", wrap=True)
        self._remove = button(self.tr("停用 Ctrl+Delete"), name="device_setup_remove")
        self._remove.setShortcut("Ctrl+Delete")
        self._restore = button(self.tr("恢复原来的 Ctrl+R"), name="device_setup_restore")
        self._restore.setShortcut("Ctrl+R")
        close = button(self.tr("关闭 Esc"), name="device_setup_close")
        self._keep = button(self.tr("保存 Ctrl+S"), name="device_setup_keep")
        self._keep.setShortcut("Ctrl+S")
        self._attempt = button(self.tr("试连 Enter"), "primary", "device_setup_try")
        self._remove.clicked.connect(self.removed)
        self._restore.clicked.connect(self.restored)
        close.clicked.connect(self.reject)
        self._keep.clicked.connect(lambda: self.kept.emit(self._tried))
        self._attempt.clicked.connect(self._try)
        for part in (self._note, self.table, text(self.tr("设备地址"), "soft"), self.line, self._result):
            self.add(part, 1 if part is self.table else 0)
        self._rest = QWidget()  # the room of a table with nothing in it: below, not between the lines
        self.add(self._rest, 1)
        self.add_buttons(self._remove, self._restore, None, close, self._keep, self._attempt, default=self._attempt)
        self.resize(820, 500)

    def set_place(self, name: str, uri: str) -> None:
        """Which place, and the address it has in the settings; "": none."""
        title = self.tr("更换设备：{0}").format(name)
        self.set_title(title, self.tr("先试连，连上了再保存；不保存就还是原来的"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._kept, self._tried = uri, ""
        self.line.setText(uri)
        self._remove.setVisible(bool(uri))
        self._keep.hide()
        set_text(self._result, "")

    def set_found(self, rows: Sequence[FoundRow] | None) -> None:
        """What is plugged in; None while it is being looked for."""
        self._rows = tuple(rows or ())
        if rows is None:
            set_text(self._note, self.tr("正在找已接上的设备…"), Tone.INFO)
        elif rows:
            set_text(self._note, self.tr("找到 {0} 个可能的设备：").format(len(rows)), Tone.NEUTRAL)
        else:
            words = self.tr("没有自动找到。网络设备和部分专用设备要照说明填写地址。")
            set_text(self._note, words, Tone.NEUTRAL)
        self.table.setVisible(bool(rows))
        self._rest.setVisible(not rows)
        at = next((n for n, found in enumerate(self._rows) if found.uri == self._kept), -1)
        self.table.blockSignals(True)
        self.table.set_lines([(found.name, found.detail, found.uri) for found in self._rows])
        self.table.blockSignals(False)
        if at >= 0:
            self.table.selectRow(at)
        elif not self._kept and self._rows:
            self._chosen()
        (self.table if self._rows else self.line).setFocus()

    def set_keepable(self, uri: str, *, well: bool) -> None:
        """It was tried. well: it answered; else keeping it is said to be done all the same."""
        self._tried = uri
        self._keep.setText(self.tr("保存 Ctrl+S") if well else self.tr("仍然保存 Ctrl+S"))
        self._keep.setAccessibleName(self._keep.text())
        self._keep.setShortcut("Ctrl+S")
        self._keep.setVisible(uri == self.line.text().strip())

    def set_undo(self, on: bool) -> None:
        """Is there something to go back to?"""
        self._restore.setVisible(on)

    def set_result(self, words: str, tone: Tone) -> None:
        """What became of it."""
        set_text(self._result, words, tone)

    def _chosen(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self._rows):
            self.line.setText(self._rows[at].uri)

    def _typed(self, words: str) -> None:
        self._keep.setVisible(bool(self._tried) and words.strip() == self._tried)
        self._attempt.setVisible(bool(words.strip()))

    def _try(self) -> None:
        if uri := self.line.text().strip():
            self.tried.emit(uri)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Down and self.line.hasFocus() and self._rows:
            self.table.setFocus()
            a0.accept()
            return
        super().keyPressEvent(a0)
