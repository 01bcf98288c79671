"""The bottom of the window: device lights, connection, outbox, clock."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from widgets.bits import button, text
from widgets.lamp import LampButton
from widgets.lights import Lights
from widgets.theme import restyle
from widgets.views import LightView, Tone


class StatusBar(QWidget):
    """Device lights, connection, outbox, clock.

    Signals: outbox_clicked(); messages_clicked(); conflicts_clicked(); prints_clicked(); customer_clicked();
    light_clicked(device id);
    clock_changed(words) each new minute.
    """

    outbox_clicked = pyqtSignal()
    messages_clicked = pyqtSignal()
    conflicts_clicked = pyqtSignal()
    prints_clicked = pyqtSignal()
    customer_clicked = pyqtSignal()
    light_clicked = pyqtSignal(str)
    clock_changed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAccessibleName(self.tr("状态栏"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(32)
        self.lights = Lights()
        self.lights.clicked.connect(self.light_clicked)
        self._connection = LampButton("connection")
        self._connection.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connection.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._outbox = button("", "light", "outbox_state")
        self._outbox.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._outbox.clicked.connect(self.outbox_clicked)
        self._conflicts = button("", "light", "conflicts_state")
        self._conflicts.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._conflicts.clicked.connect(self.conflicts_clicked)
        self._prints = button("", "light", "prints_state")
        self._prints.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._prints.clicked.connect(self.prints_clicked)
        self._messages = button("", "light", "messages_state")
        self._messages.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._messages.clicked.connect(self.messages_clicked)
        self._clock = text(name="clock")
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.lights)
        self._customer = LampButton("customer_state")
        self._customer.clicked.connect(self.customer_clicked)
        self._customer.hide()
        line.addStretch(1)
        line.addWidget(self._customer)
        line.addWidget(self._connection)
        line.addWidget(self._messages)
        line.addWidget(self._conflicts)
        line.addWidget(self._prints)
        line.addWidget(self._outbox)
        line.addWidget(self._clock)
        self.set_connection("checking", "")
        self.set_outbox(0, 0)
        self.set_messages(0)
        self.set_conflicts(0)
        self.set_prints(0, 0, 0)

    def set_light(self, light: LightView) -> None:
        """Add or change one device's light."""
        self.lights.set_light(light)

    def set_folded(self, on: bool) -> None:
        """In a narrow window the lights of ready devices show their names only."""
        self.lights.set_folded(on)

    def light_words(self, light: str) -> str:
        """What a light says now. KeyError for an unknown one."""
        return self.lights.words(light)

    def set_connection(self, state: str, words: str = "") -> None:
        """state: online, offline, portal (the network wants a sign-in first) or checking. words: what to add, e.g.
        自 10:32 起."""
        lamp, name, tone = {
            "online": ("ok", self.tr("在线"), Tone.NEUTRAL),
            "offline": ("warning", self.tr("离线，可照常受理"), Tone.WARNING),
            "portal": ("warning", self.tr("网络要先登录"), Tone.WARNING),
        }.get(state, ("busy", self.tr("正在检查连接"), Tone.NEUTRAL))
        self._connection.say(lamp, f"{name}　{words}" if words else name, tone)

    def connection_words(self) -> str:
        """What is said of the connection now."""
        return self._connection.words()

    def set_outbox(self, waiting: int, parked: int, note: str = "", *, attention: bool = False) -> None:
        """waiting: entries still to be sent. parked: those refused, which a person must settle. note: what the upload
        does, e.g. 已暂停; attention: it waits for the clerk."""
        words = self.tr("待传 {0}").format(waiting) if waiting or parked else self.tr("全部已上传")
        if parked:
            words += self.tr(" · 需处理 {0}").format(parked)
        if note:
            words = self.tr("{0} · {1}").format(note, words)
        self._outbox.setText(words)
        self._outbox.setAccessibleName(words)
        restyle(self._outbox, tone=Tone.ERROR if parked else Tone.WARNING if attention else Tone.NEUTRAL)

    def set_messages(self, unread: int) -> None:
        """How many messages of the platform nobody has read."""
        words = self.tr("消息 {0}").format(unread) if unread else self.tr("消息")
        self._messages.setText(words)
        self._messages.setAccessibleName(self.tr("{0} 条未读消息").format(unread) if unread else words)
        restyle(self._messages, unread="true" if unread else "false")

    def set_conflicts(self, count: int) -> None:
        """How many corrections wait for a decision; without any it takes no room."""
        words = self.tr("更正待核对 {0}").format(count)
        self._conflicts.setText(words)
        self._conflicts.setAccessibleName(words)
        self._conflicts.setVisible(bool(count))
        restyle(self._conflicts, tone=Tone.ERROR)

    def conflicts_words(self) -> str:
        """What is said of corrections now; empty when none waits."""
        return "" if self._conflicts.isHidden() else self._conflicts.text()

    def set_prints(self, waiting: int, held: int, unknown: int, note: str = "", *, blocked: bool = False) -> None:
        """Print jobs that want something; without any it takes no room. blocked: a printer refuses, so they wait on.
        note: of a batch under way, e.g. 批量打印 12/300."""
        parts = [note] if note else []
        if unknown:
            parts.append(self.tr("打印待确认 {0}").format(unknown))
        if held:
            parts.append(self.tr("打印未放行 {0}").format(held))
        if waiting and (blocked or not parts):
            parts.append(self.tr("等打印机 {0}").format(waiting) if blocked else self.tr("打印中 {0}").format(waiting))
        words = " · ".join(parts)
        self._prints.setText(words)
        self._prints.setAccessibleName(words)
        self._prints.setVisible(bool(words))
        restyle(self._prints, tone=Tone.ERROR if unknown else Tone.WARNING if blocked or held else Tone.NEUTRAL)

    def prints_words(self) -> str:
        """What is said of print jobs now; empty when none wants anything."""
        return "" if self._prints.isHidden() else self._prints.text()

    def set_customer(self, words: str, state: str = "ok") -> None:
        """What the citizen's screen shows; it has no place here until it is there. state: ok or busy."""
        self._customer.say(state, self.tr("群众屏：{0}").format(words))
        self._customer.show()

    def customer_words(self) -> str:
        """What is said of the citizen's screen now; empty when there is none."""
        return self._customer.words()

    def messages_words(self) -> str:
        """What is said of the messages now."""
        return self._messages.text()

    def outbox_words(self) -> str:
        """What is said of the outbox now."""
        return self._outbox.text()

    def set_clock(self, words: str) -> None:
        """The time, in words."""
        if words != self._clock.text():
            self._clock.setText(words)
            self.clock_changed.emit(words)

    def clock_words(self) -> str:
        """The time on show."""
        return self._clock.text()
