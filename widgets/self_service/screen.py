"""The window of self-service: over everything else, one page at a time, and no way out but the clerk's."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QScreen
from PyQt6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, button, row, text
from widgets.customer.confirm import ConfirmPage
from widgets.customer.signing import SignPage
from widgets.self_service.choose import ChoosePage, GuidePage
from widgets.self_service.collect import CollectPage
from widgets.self_service.face import FacePage
from widgets.self_service.form import KnownPage, QuestionsPage
from widgets.self_service.pictures import CodePage, MaterialPage
from widgets.self_service.pin import PinPage
from widgets.self_service.start import AskPage, CardPage, DonePage, StartPage
from widgets.self_service.views import AskView, DoneView, MaterialStep
from widgets.theme import KEEPS_SIZE, OWN_SCALE, set_own_scale

KEY = "Ctrl+Shift+A"
"""Begins the mode at the clerk's window, and asks for the way out here."""
LARGE = (1.5, 1.25, 1.1)
"""The scales of large type; the largest that the screen has room for."""
LEAST = (1180, 680)
"""Logical pixels of the smallest screen that is served."""


class SelfServiceScreen(QWidget):
    """Modal, so that nothing below can be reached.

    Signals: next(), back(), later(): leave this for the counter; helped(): a clerk is wanted; given_up(); leaving():
    a clerk wants out.
    """

    next = pyqtSignal()
    back = pyqtSignal()
    later = pyqtSignal()
    helped = pyqtSignal()
    given_up = pyqtSignal()
    leaving = pyqtSignal()

    def __init__(self, hall: str, window: str) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("self_service")
        self.setWindowTitle(self.tr("自助服务"))
        self.setAccessibleName(self.tr("自助服务"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._closing = False
        self.start, self.card = StartPage(hall, window), CardPage()
        self.code, self.choose, self.guide = CodePage(), ChoosePage(), GuidePage()
        self.known, self.questions, self.materials = KnownPage(), QuestionsPage(), MaterialPage()
        self.confirm, self.done, self.pin = ConfirmPage(refusable=False), DonePage(), PinPage()
        self.collect, self.proof, self.face = CollectPage(), SignPage(), FacePage()
        self.idle = AskPage("idle", self.tr("您还在吗？"), self.tr("我还在"), self.tr("不办了"))
        self.sure = AskPage("sure", self.tr("不办了吗？"), self.tr("接着办"), self.tr("不办了，清除已填内容"))
        self._pages = {
            "start": self.start,
            "card": self.card,
            "code": self.code,
            "choose": self.choose,
            "guide": self.guide,
            "known": self.known,
            "questions": self.questions,
            "materials": self.materials,
            "confirm": self.confirm,
            "done": self.done,
            "face": self.face,
            "collect": self.collect,
            "proof": self.proof,
            "idle": self.idle,
            "sure": self.sure,
            "pin": self.pin,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._head, self._foot = self._make_head(hall, window), self._make_foot()
        whole.addWidget(self._head)
        inside = QVBoxLayout()
        inside.setContentsMargins(40, 16, 40, 12)
        inside.addWidget(self._stack)
        whole.addLayout(inside, 1)
        whole.addWidget(self._foot)
        self.setMinimumSize(*LEAST)
        self.setProperty(KEEPS_SIZE, True)
        self.large = False
        self.look_changed()
        self.show_page("start")

    def _make_head(self, hall: str, window: str) -> QWidget:
        head = QWidget()
        head.setObjectName("self_head")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._where = text(role="touch_head", name="self_where_in")
        self._where.setText(window)
        self._step = ElidedLabel(role="touch_head")
        self._step.setObjectName("self_step")
        self._give_up = button(self.tr("不办了"), "citizen", "self_give_up")
        self._help = button(self.tr("请工作人员帮忙"), "citizen", "self_help")
        self._give_up.clicked.connect(lambda _=False: self.given_up.emit())
        self._help.clicked.connect(lambda _=False: self.helped.emit())
        line = row(gap=16)
        line.setContentsMargins(40, 8, 40, 8)
        line.addWidget(self._where)
        line.addWidget(self._step, 1)
        line.addWidget(self._give_up)
        line.addWidget(self._help)
        head.setLayout(line)
        head.setFixedHeight(84)  # whatever buttons it has
        return head

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("self_foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._back = button(self.tr("上一步"), "citizen", "self_back")
        self._later = button("", "citizen", "self_later")
        self.go = button(self.tr("下一步"), "citizen_primary", "self_next")
        self._back.clicked.connect(lambda _=False: self.back.emit())
        self._later.clicked.connect(lambda _=False: self.later.emit())
        self.go.clicked.connect(lambda _=False: self.next.emit())
        line = row(self._back, None, self._later, self.go, gap=16)
        line.setContentsMargins(40, 6, 40, 10)
        foot.setLayout(line)
        return foot

    def look_changed(self) -> None:
        """It takes the clerk's theme and not the clerk's scale: its type is large already."""
        set_own_scale(self, self._scale())

    def set_large(self, on: bool) -> None:
        """Larger type than usual, for an assisted applicant 帮办; off again with them."""
        if on is not self.large:
            self.large = on
            self.look_changed()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        if self.large and self.property(OWN_SCALE) != self._scale():
            self.look_changed()

    def _scale(self) -> float:
        if not self.large:
            return 1.0
        roomy = (one for one in LARGE if self.width() >= LEAST[0] * one and self.height() >= LEAST[1] * one)
        return next(roomy, 1.0)

    def place(self, screen: QScreen | None) -> None:
        """Fill this screen and stay above all else; None: a window of its smallest size (headless, gallery)."""
        if screen is None:
            self.show()
        else:
            self.setWindowFlags(
                Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
            )
            self.setGeometry(screen.geometry())
            self.showFullScreen()
        self.activateWindow()

    @property
    def page(self) -> str:
        """The page in view, by its name in this window."""
        shown = self._stack.currentWidget()
        return next(name for name, page in self._pages.items() if page is shown)

    def show_page(self, name: str) -> None:
        """Put a page into view. KeyError for an unknown one."""
        self._stack.setCurrentWidget(self._pages[name])
        quiet = name in ("start", "done", "idle", "sure", "pin")
        self._give_up.setVisible(not quiet and name not in ("collect", "proof"))
        self._help.setVisible(name not in ("idle", "sure", "pin"))
        self._foot.setVisible(name not in ("start", "card", "confirm", "idle", "sure", "pin", "done", "proof"))
        first = {
            "start": self.start.start,
            "idle": self.idle.stay,
            "sure": self.sure.stay,
            "choose": self.choose.search,
            "known": self.go,
            "code": self.go,
            "materials": self.materials.take,
            "done": self.done.end,
            "collect": self.go,
            "proof": self.proof.panel.pad,
        }
        if name in first:
            first[name].setFocus()
        elif name in ("card", "guide", "face"):  # no answer is proposed
            self.setFocus()

    def set_step(self, words: str) -> None:
        """Where the applicant is, e.g. 第 2 步，共 5 步：选要办的事."""
        self._step.setText(words)

    def set_foot(self, back: bool, later: str = "", go: str = "", can_go: bool = True) -> None:
        """What leads on. later, go: words; "" for no button."""
        self._back.setVisible(back)
        self._later.setVisible(bool(later))
        self._later.setText(later)
        self._later.setAccessibleName(later)
        self.go.setVisible(bool(go))
        self.go.setText(go)
        self.go.setAccessibleName(go)
        self.go.setEnabled(can_go)

    def set_called(self, on: bool) -> None:
        """A clerk was called and is coming."""
        self._help.setText(self.tr("工作人员就来") if on else self.tr("请工作人员帮忙"))
        self._help.setAccessibleName(self._help.text())
        self._help.setEnabled(not on)

    def wipe(self) -> None:
        """Nothing of the last applicant stays, on no page."""
        self.choose.begin()
        self.choose.set_tiles(())
        self.guide.set_view(AskView("", "", ()))
        self.known.set_lines(())
        self.questions.set_questions("", "", ())
        for page in (self.code, self.materials):
            page.preview.clear()
        self.code.set_state("")
        self.materials.set_view(MaterialStep("", ""))
        self.confirm.clear()
        self.done.set_view(DoneView("", ""))
        self.card.set_state("")
        self.collect.set_lines(())
        self.face.ask()
        self.proof.ask("", "")
        self.set_step("")

    def shut(self) -> None:
        """Take the window away: the clerk's word, or the program's end."""
        self._closing = True
        self.close()
        self._closing = False

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """Every key ends here: none leads out, Enter presses the button that has the focus."""
        if a0 is None:
            return
        if QKeySequence(a0.keyCombination()) == QKeySequence(KEY):
            self.leaving.emit()
        elif a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed = QApplication.focusWidget()
            if isinstance(pressed, QPushButton) and pressed.isEnabled() and self.isAncestorOf(pressed):
                pressed.click()
        a0.accept()

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        """Alt+F4 and whatever else closes windows does nothing."""
        if a0 is not None and not self._closing:
            a0.ignore()
            return
        super().closeEvent(a0)

    def changeEvent(self, a0: QEvent | None) -> None:
        """Made small by the desktop's keys, it comes back."""
        if a0 is not None and a0.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self.showFullScreen()
        super().changeEvent(a0)
