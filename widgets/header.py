"""The top of the window: who we are, where we are, and the strip of steps with their keys."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets.actions import Action, actions
from widgets.bits import ElidedLabel, button, text
from widgets.icons import pixmap
from widgets.look import colours, px
from widgets.theme import restyle
from widgets.views import Tone


class StepButton(QToolButton):
    """One action of the strip: its key, its icon, its words; painted, so that key and words stand as two tones."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self.action_id = action.id
        self._action = action
        self.setObjectName(f"step_{action.id}")
        self.setProperty("role", "step")
        self.setProperty("current", "false")
        self.setAccessibleName(f"{action.key} {action.words}")
        self.setAccessibleDescription(action.help)
        self.setToolTip(self.tr("{0}（{1}）").format(action.help, action.key))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(44)

    def set_enabled_because(self, on: bool, why: str) -> None:
        """Enable or disable; a disabled step says why it is."""
        self.setEnabled(on)
        reason = f"\n{why}" if why and not on else ""
        self.setToolTip(self.tr("{0}（{1}）").format(self._action.help, self._action.key) + reason)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = max(metrics.horizontalAdvance(self._action.words), metrics.horizontalAdvance(self._action.key))
        return QSize(words + px(18 + 6 + 24), px(44))

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._action.words) + px(8), px(44))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        super().paintEvent(a0)  # the style sheet draws the ground: hover, current, focus
        current = self.property("current") == "true"
        ink = colours().accent if current else colours().ink if self.isEnabled() else colours().ink_off
        faint = colours().accent if current else colours().ink_faint if self.isEnabled() else colours().ink_off
        painter = QPainter(self)
        font = self.font()
        metrics = self.fontMetrics()
        words = max(metrics.horizontalAdvance(self._action.words), metrics.horizontalAdvance(self._action.key))
        roomy = self.width() >= words + px(18 + 6 + 8)
        left = (self.width() - words - (px(24) if roomy else 0)) // 2
        if roomy:
            painter.drawPixmap(left, px(13), pixmap(self._action.icon, px(18), ink, self.devicePixelRatioF()))
            left += px(24)
        font.setBold(current)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(left, px(4), self.width() - left, px(20), Qt.AlignmentFlag.AlignVCenter, self._action.words)
        font.setBold(False)
        font.setPixelSize(px(11))
        painter.setFont(font)
        painter.setPen(QColor(faint))
        painter.drawText(left, px(23), self.width() - left, px(15), Qt.AlignmentFlag.AlignVCenter, self._action.key)


class Header(QWidget):
    """Name, place and the strip of steps.

    Signals: triggered(action id) when a step's button is pressed.
    """

    triggered = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brand = text(self.tr("一窗"), name="brand")
        self._place = ElidedLabel()
        self._place.setObjectName("place")
        self._clerk = text(name="clerk")
        self._demo = text(self.tr("演示模式"), name="demo_badge")
        self._demo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._demo.hide()
        self._parked = button("", "chip", "parked_chip")
        self._parked.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._parked.clicked.connect(lambda: self.triggered.emit("parked"))
        self._parked.hide()
        self._number = text(name="called_number")
        self._number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._number.hide()
        self._serving = text(name="serving")
        self._serving.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._serving.hide()

        self._band = band = QWidget()
        band.setObjectName("header")
        band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        band.setAccessibleName(self.tr("窗口信息"))
        band.setFixedHeight(36)
        top = QHBoxLayout(band)
        top.setContentsMargins(16, 0, 16, 0)
        top.setSpacing(16)
        top.addWidget(self._brand)
        top.addWidget(self._place, 1)
        top.addWidget(self._parked)
        top.addWidget(self._demo)
        top.addWidget(self._number)
        top.addWidget(self._serving)
        top.addWidget(self._clerk)

        strip = QWidget()
        strip.setObjectName("steps")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        strip.setAccessibleName(self.tr("办理步骤"))
        line = QHBoxLayout(strip)
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(0)
        self._steps: dict[str, StepButton] = {}
        # Help is no step: it stands at the end, whatever its key.
        for action in sorted((a for a in actions() if a.strip), key=lambda a: a.id == "help"):
            if action.id == "outbox":
                line.addStretch(1)
            step = StepButton(action)
            step.clicked.connect(lambda _=False, name=action.id: self.triggered.emit(name))
            self._steps[action.id] = step
            line.addWidget(step)

        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(band)
        whole.addWidget(strip)
        self.setObjectName("top")
        self.setAccessibleName(self.tr("窗口信息和办理步骤"))

    def set_place(self, hall: str, window: str, clerk: str) -> None:
        """Say where we are, e.g. 湖州市政务服务中心, A03 综合窗口, 李敏."""
        self._place.setText("　".join(part for part in (hall, window) if part))
        self.set_clerk(clerk)

    def set_clerk(self, clerk: str) -> None:
        """Say who is on duty; "" while nobody is."""
        self._clerk.setText(self.tr("窗口人员：{0}").format(clerk) if clerk else "")

    def set_serving(self, serving: bool | None) -> None:
        """Say whether the window serves or pauses; None: nobody is there, so nothing is said."""
        self._serving.setVisible(serving is not None)
        self._serving.setText(self.tr("暂停服务") if serving is False else self.tr("服务中"))
        restyle(self._serving, tone=Tone.WARNING if serving is False else Tone.SUCCESS)

    def set_parked(self, count: int) -> None:
        """How many visits are parked; none takes no room."""
        words = self.tr("挂起 {0}　Ctrl+Shift+P").format(count)
        self._parked.setText(words)
        self._parked.setAccessibleName(words)
        self._parked.setVisible(count > 0)

    def set_number(self, number: str) -> None:
        """The number that was called to this counter; "" takes no room."""
        words = self.tr("当前 {0}").format(number)
        self._number.setText(words)
        self._number.setAccessibleName(words)
        self._number.setVisible(bool(number))

    def set_demo(self, on: bool) -> None:
        """Show or hide the badge of the demo mode."""
        self._demo.setVisible(on)

    def set_folded(self, on: bool) -> None:
        """Leave the band with place and clerk away: on a low window the strip of steps is what counts."""
        self._band.setVisible(not on)

    def set_step(self, step: str) -> None:
        """Mark one action as the current one; an empty or unknown id marks none."""
        for name, widget in self._steps.items():
            restyle(widget, current="true" if name == step else "false")
            widget.update()

    def current_step(self) -> str:
        """The action marked as current, or ""."""
        return next((name for name, w in self._steps.items() if w.property("current") == "true"), "")

    def set_enabled(self, action: str, on: bool, why: str = "") -> None:
        """Enable or disable one action's button, if it has one. why: shown on a disabled one."""
        if action in self._steps:
            self._steps[action].set_enabled_because(on, why)
