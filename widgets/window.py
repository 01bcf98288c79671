"""The one window."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QMainWindow, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from widgets.actions import actions
from widgets.form_panel import FormPanel
from widgets.guide_panel import GuidePanel
from widgets.header import Header
from widgets.look import look
from widgets.materials import MaterialsPanel
from widgets.notice import NoticeBar
from widgets.picker import ItemPicker
from widgets.preview import PreviewPanel
from widgets.status import StatusBar
from widgets.theme import scaled
from widgets.watermark import Watermark
from widgets.who import WhoPanel

LEAST = QSize(955, 515)
"""What the window needs once all that can fold has folded, in pixels at 100 %: 200 % on 1920 × 1080 less the bars."""
NARROW, LOW = 1180, 640
"""Below these widths and heights of the window, in pixels at 100 %, something folds (docs/design.md)."""


class _Middle(QStackedWidget):
    """Asks for the room of the page on show; the others may want more without widening the window."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize()


class MainWindow(QMainWindow):
    """Who on the left; picker, guide or form in the middle; materials, picture on the right; steps and states around.

    Signals: action(id) for every F-key and its button, with the ids of widgets.actions; an edit under way in the form
    is handed on before. escaped() on Esc when neither a message nor a field wanted it. closing() before it closes.
    view_changed() when picker, guide or form has come into the middle.
    help_asked() on F1 in a dialog.
    """

    action = pyqtSignal(str)
    escaped = pyqtSignal()
    closing = pyqtSignal()
    view_changed = pyqtSignal()
    help_asked = pyqtSignal()

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
        self._middle = _Middle()
        self._middle.setObjectName("middle")
        self._middle.setAccessibleName(self.tr("办理"))
        self._middle.addWidget(self.picker)
        self._middle.addWidget(self.guide)
        self._middle.addWidget(self.form)
        self._middle.currentChanged.connect(lambda _: self.view_changed.emit())
        self.who.known.triggered.connect(self._trigger)
        desk = self._lay_out()
        self._watermark = Watermark(self)
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
        # Stated, so that a small window folds instead of refusing to get smaller than what is unfolded now.
        self.setMinimumSize(LEAST)
        self.resize(1366, 728)
        # At the start nothing waits for typing, so no control wears the focus.
        desk.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        desk.setFocus()

    def _lay_out(self) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.materials, 1)
        right.addWidget(self.preview)
        self._side = side = QWidget()
        side.setObjectName("side")
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        for part, most in ((self.who, 320), (side, 420)):
            part.setMaximumWidth(most)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._row = middle = QHBoxLayout()
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

    def _fold(self) -> None:
        """Give room to what the work needs when the window is small for its scale: the order is docs/design.md's."""
        at = look().scale
        narrow, low = self.width() / at < NARROW, self.height() / at < LOW
        self.who.setMinimumWidth(scaled(self.who, 204 if narrow else 224))
        self._side.setMinimumWidth(scaled(self._side, 248 if narrow else 272))
        self.who.set_folded(narrow)
        self.header.set_folded(low)
        self.status.set_folded(narrow)
        self.guide.set_folded(low)
        self.materials.set_folded(low)
        self.preview.set_folded(low)

    def look_changed(self) -> None:
        """The same window holds less at a larger scale."""
        self._fold()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._fold()

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

    @property
    def form_shown(self) -> bool:
        """Does the form stand in the middle?"""
        return self._middle.currentWidget() is self.form

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

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar of its own height above the status bar, e.g. a lesson's: nothing above it moves."""
        desk = self.centralWidget()
        if desk is not None and isinstance(layout := desk.layout(), QVBoxLayout):
            layout.insertWidget(layout.indexOf(self.status), bar)

    def show_beside(self, panel: QWidget, on: bool) -> None:
        """Put a panel beside the form, in the room of the visitor and the materials, or give them that room back."""
        if self._row.indexOf(panel) < 0:
            self._row.addWidget(panel, 58)
        panel.setVisible(on)
        self.who.setVisible(not on)
        self._side.setVisible(not on)

    def set_demo(self, on: bool) -> None:
        """Show or take away the demo's badge and watermark."""
        self.header.set_demo(on)
        self._watermark.set_demo(on)

    def set_watermark(self, words: str) -> None:
        """Clerk, window and time, faint over the whole window; empty for none."""
        self._watermark.set_words(words)

    def ask_help(self) -> None:
        """F1 in a dialog."""
        self.help_asked.emit()

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
