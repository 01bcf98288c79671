"""The citizen's window: one page at a time, large type, nothing of the clerk's."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QImage, QResizeEvent, QScreen
from PyQt6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from widgets.customer.code import CodePage
from widgets.customer.confirm import ConfirmPage
from widgets.customer.pages import IdlePage, NoticePage, ServingPage, WordsPage
from widgets.customer.rating import RatingPage
from widgets.customer.signing import SignPage
from widgets.customer.views import ConfirmView, NoticeView, RatingView, ServingView
from widgets.theme import KEEPS_SIZE, OWN_SCALE, set_own_scale
from widgets.views_issued import CodeOnScreen

WINDOWED = (1024, 600)
"""Logical pixels where there is no second screen; also the smallest screen that is served."""


LARGE = ((1240, 860, 1.5), (1030, 660, 1.25), (0, 0, 1.1))
"""Large type: from this width and height on, this scale; what the pages of signing and rating have room for."""


class CustomerScreen(QWidget):
    """A window of its own. It never takes the keyboard: the clerk types on while the visitor touches it.

    Signals: signed(Signature) of the form; objected(), refused() to it; turned(page, of); rated(grade, point ids);
    paper_signed(Signature) and paper_refused() of the one paper that `show_sign` asked for.
    """

    signed = pyqtSignal(object)
    objected = pyqtSignal()
    refused = pyqtSignal()
    paper_signed = pyqtSignal(object)
    paper_refused = pyqtSignal()
    turned = pyqtSignal(int, int)
    rated = pyqtSignal(int, object)

    def __init__(self, hall: str, window: str, hours: Sequence[str] = ()) -> None:
        """hours: when the window is open, in words, a line each."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setObjectName("citizen")
        self.setWindowTitle(self.tr("群众屏"))
        self.setAccessibleName(self.tr("群众屏"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # The clerk's window decides when the program ends.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.idle, self.serving, self.notice = IdlePage(), ServingPage(), NoticePage()
        self.confirm, self.rating, self.words = ConfirmPage(), RatingPage(), WordsPage()
        self.sign, self.licence = SignPage(), CodePage()
        self.idle.set_place(hall, window)
        self.idle.set_hours(hours)
        self.idle.set_open(True)
        self._stack = QStackedWidget()
        self._before: QWidget | None = self.idle
        for page in (
            self.idle,
            self.serving,
            self.notice,
            self.confirm,
            self.rating,
            self.words,
            self.sign,
            self.licence,
        ):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        # Nothing here has the keyboard, so nothing wears its ring.
        for press in self.findChildren(QPushButton):
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.confirm.signed.connect(self.signed)
        self.confirm.objected.connect(self.objected)
        self.confirm.turned.connect(self.turned)
        self.confirm.refused.connect(self.refused)
        self.sign.signed.connect(self.paper_signed)
        self.sign.refused.connect(self.paper_refused)
        self.rating.rated.connect(self.rated)
        self.large = False
        self.setProperty(KEEPS_SIZE, True)
        self.look_changed()

    def look_changed(self) -> None:
        """It takes the clerk's theme and not the clerk's scale: its type is large already, and fills its screen."""
        set_own_scale(self, self._scale())

    def set_large(self, on: bool) -> None:
        """Larger type than usual, for an assisted visit 帮办; off again with it."""
        if on is not self.large:
            self.large = on
            self.look_changed()

    def _scale(self) -> float:
        if not self.large:
            return 1.0
        return next(scale for wide, high, scale in LARGE if self.width() >= wide and self.height() >= high)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        if self.large and self.property(OWN_SCALE) != self._scale():
            self.look_changed()

    def place(self, screen: QScreen | None) -> None:
        """Fill this screen; None: a window of its own beside the clerk's."""
        if screen is None:
            if self.isFullScreen():  # its screen has gone: it must not fill the clerk's
                self.setWindowFlag(Qt.WindowType.FramelessWindowHint, False)
                self.showNormal()
            self.resize(*WINDOWED)
            self.show()
            return
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    @property
    def page(self) -> str:
        """The page in view: idle, serving, notice, confirm, rating, words, licence or sign_page."""
        shown = self._stack.currentWidget()
        return shown.objectName().removeprefix("citizen_") if shown else ""

    def show_idle(self, is_open: bool = True) -> None:
        """Nobody is served: everything of the last visitor is wiped."""
        self.idle.set_open(is_open)
        self._wipe()
        self._stack.setCurrentWidget(self.idle)

    def show_serving(self, view: ServingView) -> None:
        self.serving.set_view(view)
        self._stack.setCurrentWidget(self.serving)

    def show_notice(self, view: NoticeView) -> None:
        self.notice.set_view(view)
        self._stack.setCurrentWidget(self.notice)

    def show_confirm(self, view: ConfirmView) -> None:
        self.confirm.set_view(view)
        self._stack.setCurrentWidget(self.confirm)

    def show_rating(self, view: RatingView) -> None:
        """Ask for a rating; what was shown and signed before is wiped."""
        self._wipe()
        self.rating.set_view(view)
        self._stack.setCurrentWidget(self.rating)

    def show_sign(self, title: str, statement: str, pages: Sequence[QImage] = ()) -> None:
        """Ask for one signature, beside the paper's pages. `end_sign` shows again what stood here before."""
        if self._stack.currentWidget() is not self.sign:
            self._before = self._stack.currentWidget()
        self.sign.ask(title, statement, pages)
        self._stack.setCurrentWidget(self.sign)

    def end_sign(self) -> None:
        """The signature was given, refused or is not wanted any more."""
        self.sign.ask("", "")
        if self._stack.currentWidget() is self.sign:
            self._stack.setCurrentWidget(self._before)

    def show_code(self, view: CodeOnScreen) -> None:
        """Show a licence to its holder. `end_code` shows again what stood here before."""
        if self._stack.currentWidget() is not self.licence:
            self._before = self._stack.currentWidget()
        self.licence.set_view(view)
        self._stack.setCurrentWidget(self.licence)

    def end_code(self) -> None:
        """The licence is taken off the screen, and nothing of it stays."""
        self.licence.set_view(None)
        if self._stack.currentWidget() is self.licence:
            self._stack.setCurrentWidget(self._before)

    def say(self, title: str, below: str = "") -> None:
        """A few large words."""
        self.words.say(title, below)
        self._stack.setCurrentWidget(self.words)

    def _wipe(self) -> None:
        self.serving.set_view(ServingView())
        self.notice.set_view(NoticeView("", ()))
        self.confirm.clear()
        self.rating.set_view(RatingView((), "", {}))
        self.words.say("")
        self.sign.ask("", "")
        self.licence.set_view(None)

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        """A visitor's Alt+F4 closes nothing; the program closes it with the clerk's window."""
        if a0 is not None and a0.spontaneous():
            a0.ignore()
            return
        super().closeEvent(a0)
