"""The browser systems that may borrow this window's devices: pairing by a code, the old interfaces, taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets.bits import button, column, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_bridge import SystemRow


class BridgeDialog(BaseDialog):
    """Keys: ↓ ↑, P shows a code, A admits the old interfaces, D takes everything back, Esc closes.

    Signals: pair(origin); admit(origin); revoke(origin); closed() when the code is no longer in sight.
    """

    pair = pyqtSignal(str)
    admit = pyqtSignal(str)
    revoke = pyqtSignal(str)
    closed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("bridge", "", parent)
        title = self.tr("浏览器系统")
        self.set_title(title, self.tr("部门自己的网页系统可以借用本窗口的设备；每次借用都先问您，并留下记录"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.rows: tuple[SystemRow, ...] = ()
        self.table = Lines(
            "bridge_table",
            title,
            (self.tr("系统"), self.tr("网页地址"), self.tr("状态"), self.tr("起用"), self.tr("上次借用")),
            (170, 260, 190, 110, 100),
            1,
        )
        self.table.setMinimumHeight(190)
        self.table.itemSelectionChanged.connect(self._offer)
        self._empty = text(
            self.tr("还没有登记任何系统。由管理员在设置里登记网页来源，登记后才能配对。"), "soft", "bridge_empty"
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._code = text(role="code", name="bridge_code")
        self._code.setAccessibleName(self.tr("配对码"))
        self._hint = text(role="soft", name="bridge_hint", wrap=True)
        self._box = QFrame()
        self._box.setObjectName("bridge_box")
        self._box.setProperty("role", "panel")
        line = QHBoxLayout(self._box)
        line.setContentsMargins(20, 12, 20, 12)
        line.setSpacing(20)
        line.addWidget(self._code)
        line.addWidget(self._hint, 1)
        self._result = text(role="soft", name="bridge_result", wrap=True)
        self.add(self._empty, 1)
        self.add(column(self.table, gap=0), 1)
        self.add(self._box)
        self.add(self._result)
        self._revoke = button(self.tr("收回 D"), name="bridge_revoke")
        self._revoke.setShortcut("D")
        self._admit = button(self.tr("准许旧接口 A"), name="bridge_admit")
        self._admit.setShortcut("A")
        self._admit.setToolTip(self.tr("网页是为高拍仪、读卡器厂家的程序写的，不会配对时用"))
        self._pair = button(self.tr("配对 P"), "primary", "bridge_pair")
        self._pair.setShortcut("P")
        close = button(self.tr("关闭 Esc"), name="bridge_close")
        close.clicked.connect(self.reject)
        for made, emit in ((self._revoke, self.revoke), (self._admit, self.admit), (self._pair, self.pair)):
            made.clicked.connect(lambda _, emit=emit: self._say(emit.emit))
        self.add_buttons(self._revoke, self._admit, None, close, self._pair, default=self._pair)
        self.resize(920, 430)
        self.set_rows(())
        self.set_code("", "")

    def set_rows(self, rows: Sequence[SystemRow]) -> None:
        """Show these; the mark stays."""
        self.rows = tuple(rows)
        self.table.set_lines([(s.name, s.id, s.state, s.since, s.used) for s in rows], [{2: s.tone} for s in rows])
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self._offer()

    def set_code(self, digits: str, hint: str) -> None:
        """The code in large digits, and what to do with it; empty takes it away."""
        self._code.setText(f"{digits[:3]} {digits[3:]}" if digits else "")
        self._hint.setText(hint)
        self._box.setVisible(bool(digits))

    def set_result(self, words: str, tone: Tone) -> None:
        """What came of it."""
        set_text(self._result, words, tone)

    def selected(self) -> SystemRow | None:
        """The marked system."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _offer(self) -> None:
        system = self.selected()
        self._pair.setEnabled(system is not None)
        self._admit.setEnabled(system is not None and not system.old)
        self._revoke.setEnabled(system is not None and system.kept)

    def _say(self, emit: Callable[[str], None]) -> None:
        system = self.selected()
        if system is not None:
            self.set_result("", Tone.NEUTRAL)
            emit(system.id)

    def done(self, a0: int) -> None:
        self.closed.emit()
        super().done(a0)
