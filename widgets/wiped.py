"""The one screen of a machine that was wiped at the platform's order 远程清除. It holds nothing of anybody."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from widgets.bits import button, set_text, text, tone_icon
from widgets.look import px
from widgets.views import Tone


class WipedScreen(QWidget):
    """Covers the screen. Signals: left() when the program is to end (Enter or Esc, once it may)."""

    left = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("wiped")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("一窗"))
        self._title = text(role="title", name="wiped_title")
        self._words = text(role="soft", name="wiped_words", wrap=True)
        self._words.setFixedWidth(px(640))
        for label in (self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._leave = button(self.tr("退出 Enter"), "primary", "wiped_leave")
        self._leave.clicked.connect(self.left)
        middle = Qt.AlignmentFlag.AlignHCenter
        inside = QVBoxLayout(self)
        inside.setSpacing(16)
        inside.addStretch(2)
        inside.addWidget(tone_icon(Tone.WARNING, 48), 0, middle)
        inside.addWidget(self._title, 0, middle)
        inside.addWidget(self._words, 0, middle)
        inside.addWidget(self._leave, 0, middle)
        inside.addStretch(3)
        self.set_under_way()

    def set_under_way(self) -> None:
        """It is being done: there is nothing to press."""
        self._say(self.tr("正在清除本机数据"), self.tr("平台已下达清除指令。请稍候，不要关机。"), False)

    def set_done(self, stolen: bool, whole: bool, told: bool) -> None:
        """It is done. stolen: nothing was waited for. whole: nothing is left on the disk. told: the platform knows."""
        first = (
            self.tr("平台已将本机登记为丢失，本机的业务数据已按指令清除。")
            if stolen
            else self.tr("已受理的办件都已上报，本机的业务数据已按指令清除。")
        )
        parts = [first]
        if not whole:
            parts.append(self.tr("密钥已销毁，数据不能再打开；还有文件没有删净，下次启动会继续。"))
        if not told:
            parts.append(self.tr("还没有连上平台，下次启动时会报告。"))
        parts.append(self.tr("需要重新启用的，请联系运维人员重新登记本机。"))
        self._say(self.tr("本机数据已清除"), "\n".join(parts), True)

    def _say(self, title: str, words: str, may_leave: bool) -> None:
        set_text(self._title, title)
        set_text(self._words, words)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self._leave.setVisible(may_leave)
        if may_leave:
            self._leave.setFocus()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if a0 is not None and a0.key() in keys and not self._leave.isHidden():
            self.left.emit()
            return
        super().keyPressEvent(a0)
