"""The one window."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from widgets.actions import actions
from widgets.form_panel import FormPanel
from widgets.guide_panel import GuidePanel
from widgets.header import Header
from widgets.materials import MaterialsPanel
from widgets.notice import NoticeBar
from widgets.picker import ItemPicker
from widgets.preview import PreviewPanel
from widgets.status import StatusBar
from widgets.watermark import Watermark
from widgets.who import WhoPanel


class MainWindow(QMainWindow):
    """Who on the left; picker, guide or form in the middle; materials, picture on the right; steps and states around.

    Signals: action(id) for every F-key and its button, with the ids of widgets.actions; an edit under way in the form
    is handed on before. escaped() on Esc when neither a message nor a field wanted it. closing() before it closes.
    """

    action = pyqtSignal(str)
    escaped = pyqtSignal()
    closing = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setWindowTitle(self.tr("一窗"))
        self.setAccessibleName(self.tr("一窗综合窗口"))
        self.header = Header()
        self.who = WhoPanel()
        self.picker = ItemPicker()
        self.guide = GuidePanel()
        self.form = FormPanel()
        self.materials = MaterialsPanel()
        self.preview = PreviewPanel()
        self.notice = NoticeBar()
        self.status = StatusBar()
        self._middle = QStackedWidget()
        self._middle.setObjectName("middle")
        self._middle.setAccessibleName(self.tr("办理"))
        self._middle.addWidget(self.picker)
        self._middle.addWidget(self.guide)
        self._middle.addWidget(self.form)
        self._watermark: Watermark | None = None
        desk = self._lay_out()
        self._shortcuts: dict[str, QShortcut] = {}
        self._why: dict[str, str] = {}
        for known in actions():
            shortcut = QShortcut(QKeySequence(known.key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda name=known.id: self._trigger(name))
            self._shortcuts[known.id] = shortcut
        self.header.triggered.connect(self._trigger)
        self.status.outbox_clicked.connect(lambda: self._trigger("outbox"))
        self.status.customer_clicked.connect(lambda: self._trigger("customer"))
        self.status.messages_clicked.connect(lambda: self._trigger("messages"))
        # Esc belongs to the message while there is one, and to the part in focus otherwise.
        self._dismiss = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._dismiss.setEnabled(False)
        self._dismiss.activated.connect(self.notice.dismiss)
        self.notice.changed.connect(self._dismiss.setEnabled)
        self.resize(1366, 728)
        # At the start nothing waits for typing, so no control wears the focus.
        desk.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        desk.setFocus()

    def _lay_out(self) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.materials, 1)
        right.addWidget(self.preview)
        side = QWidget()
        side.setObjectName("side")
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        for part, least, most in ((self.who, 224, 320), (side, 272, 420)):
            part.setMinimumWidth(least)
            part.setMaximumWidth(most)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        middle = QHBoxLayout()
        middle.setContentsMargins(8, 8, 8, 8)
        middle.setSpacing(8)
        middle.addWidget(self.who, 20)
        middle.addWidget(self._middle, 58)
        middle.addWidget(side, 24)
        desk = QWidget()
        desk.setObjectName("desk")
        desk.setAccessibleName(self.tr("一窗综合窗口"))
        whole = QVBoxLayout(desk)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addLayout(middle, 1)
        whole.addWidget(self.notice)
        whole.addWidget(self.status)
        self.setCentralWidget(desk)
        return desk

    def set_step(self, step: str) -> None:
        """Mark an action as the current step; "" marks none."""
        self.header.set_step(step)

    def set_action_enabled(self, action: str, on: bool, why: str = "") -> None:
        """Enable or disable an action, key and button alike. why: what is missing. KeyError for an unknown action."""
        self._shortcuts[action].setEnabled(on)
        self._why[action] = "" if on else why
        self.header.set_enabled(action, on, why)

    def is_action_enabled(self, action: str) -> bool:
        """Would its key do something now? KeyError for an unknown action."""
        return self._shortcuts[action].isEnabled()

    def why_not(self, action: str) -> str:
        """What is missing for an action that cannot be done now; "" when it can, or nobody said."""
        return self._why.get(action, "")

    def trigger(self, action: str) -> None:
        """Do what the action's key does; nothing while it is disabled. KeyError for an unknown action."""
        self._trigger(action)

    def show_picker(self) -> None:
        """Put the item picker into the middle, the cursor in its search box."""
        self._middle.setCurrentWidget(self.picker)
        self.picker.focus_search()

    def show_guide(self) -> None:
        """Put the guide into the middle; the number keys answer."""
        self._middle.setCurrentWidget(self.guide)
        self.guide.focus()

    def show_form(self) -> None:
        """Put the form into the middle."""
        self._middle.setCurrentWidget(self.form)

    def set_demo(self, on: bool) -> None:
        """Show or take away the demo watermark over the whole window."""
        self.header.set_demo(on)
        if on and self._watermark is None:
            self._watermark = Watermark(self)
        if self._watermark is not None:
            self._watermark.setVisible(on)
            self._watermark.raise_()

    def _trigger(self, action: str) -> None:
        if self._shortcuts[action].isEnabled():
            self.form.commit()  # what was just typed counts
            self.action.emit(action)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            a0.accept()
            return
        super().keyPressEvent(a0)

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        self.closing.emit()
        super().closeEvent(a0)
