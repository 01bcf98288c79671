"""One way to a signature under a paper: a pad of the counter, the citizen's screen, or the clerk's turned over. Who
cannot write presses a finger at the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QDialog

from app.domain.errors import Refused
from app.domain.signature import Signature
from app.presenters.desk import error_line
from app.services.finger_mark import check_finger
from app.workers.device_owner import Call
from app.workers.device_thread import DeviceThread
from app.workers.surface_pad import SurfacePad
from devices.failure import cancelled
from devices.kinds.biometric import Fingerprint
from devices.kinds.entry import SignaturePad
from devices.outcome import Outcome, Reply
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.sign_here import SignHereDialog, SignWaitDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

SECONDS = 300.0
FINGER_SECONDS = 20.0
"""How long the reader waits for a finger."""


@dataclass(frozen=True, slots=True)
class _Question:
    title: str
    statement: str
    then: Callable[[Signature], None]
    otherwise: Callable[[str], None]
    pages: Sequence[QImage] = ()
    pressed: Callable[[Signature | None, Fingerprint], None] | None = None
    too: bool = False


class SigningPresenter(QObject):
    """Lives on the event loop. pad: who owns the pad of now, the surface's own where the counter has none.

    citizen: the citizen's screen, if there is one; asked when a signature is wanted. finger: who owns the fingerprint
    reader. Whoever else asks the pad of the screen for a signature on its owner's thread (the bridge) has it shown
    here, too.
    """

    def __init__(
        self,
        window: MainWindow,
        pad: Callable[[], DeviceThread],
        surface: SurfacePad,
        citizen: Callable[[], CustomerScreen | None],
        finger: DeviceThread | None = None,
    ) -> None:
        super().__init__()
        self._window = window
        self._pad = pad
        self._thread = pad()
        """Who was asked last."""
        self._citizen = citizen
        self._question: _Question | None = None
        self._call: Call | None = None
        self._guest = False
        """Does a page of another system ask?"""
        self._reader = finger
        self._pressing: Call | None = None
        self._finger: Fingerprint | None = None
        """Pressed for the question that stands."""
        self._signature: Signature | None = None
        """Given already, where a finger is wanted beside it."""
        self.dialog: SignHereDialog | SignWaitDialog | None = None
        self._surface = surface
        self._screen: CustomerScreen | None = None
        surface.calls.asked.connect(self._show)
        surface.calls.withdrawn.connect(self._put_away)

    @property
    def asking(self) -> bool:
        return self._question is not None

    def ask(
        self,
        title: str,
        statement: str,
        then: Callable[[Signature], None],
        otherwise: Callable[[str], None],
        pages: Sequence[QImage] = (),
        pressed: Callable[[Signature | None, Fingerprint], None] | None = None,
        *,
        too: bool = False,
    ) -> None:
        """Ask for a signature under this paper; `then` gets it, or `otherwise` why there is none, for the clerk. pages:
        of the paper, read where it is signed, or on the clerk's screen where the pad shows nothing. pressed: gets the
        finger of somebody who cannot write, with a signature where that was given, too; None: a finger is not enough
        here. too: beside a signature a finger is asked for; where none can be taken, `then` gets the signature alone.

        A second question while one stands is not asked.
        """
        if self._question is not None:
            return
        self._question = _Question(title, statement, then, otherwise, pages, pressed, too)
        self._thread, self._finger, self._signature = self._pad(), None, None
        if self._thread.device is not self._surface:
            where = (
                self.tr("请当事人看过下面的文书，在签字板上签字。") if pages else self.tr("请当事人在签字板上签字。")
            )
            self._wait(where, pages)
        self._call = self._thread.call(lambda pad: _sign(pad, statement), self._ended)

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        if self._signature is not None:
            self._over()
        elif self._question is not None and self._call is not None:
            self._call.cancel()

    @property
    def _may_press(self) -> bool:
        question, reader = self._question, self._reader
        return question is not None and question.pressed is not None and reader is not None and not reader.absent

    def press(self) -> None:
        """Who cannot write presses a finger for the paper on show. The pad goes on waiting meanwhile: a reader that is
        silent, unplugged or broken takes nobody the other way."""
        question, reader = self._question, self._reader
        if question is None or reader is None or not self._may_press or self._pressing is not None:
            return

        def pressed(reply: Reply[Fingerprint]) -> None:
            self._pressing = None
            if self._question is not question:
                return
            if not reply.ok:
                if reply.outcome is not Outcome.CANCELLED:
                    why = self.tr("没有采到指纹：{0}。可以再按一次，也可以签字。")
                    if self._signature is not None:
                        why = self.tr("没有采到指纹：{0}。可以再按一次，也可以只用签字（Esc）。")
                    self._say_finger(why.format(core_words(reply.detail)), Tone.WARNING)
                return
            finger = reply.unwrap()
            try:
                check_finger(finger)
            except Refused as error:
                self._say_finger(error_line(error), Tone.WARNING)
                return
            if self._signature is not None:
                self._finish(finger)
                return
            self._finger = finger
            self.cancel()

        self._say_finger(self.tr("请当事人看清文书，把手指平放在指纹仪上…"), Tone.INFO, waiting=True)
        self._pressing = reader.call(lambda device: device.capture(FINGER_SECONDS), pressed)

    def _press_too(self, question: _Question, signature: Signature) -> None:
        """It was signed; now the finger that belongs beside it."""
        self._question, self._signature = question, signature
        where = self.tr("已经签字。请当事人再按指纹。")
        dialog = SignWaitDialog(question.title, where, self._top(), question.pages, finger=True, pressing=True)
        dialog.finger_wanted.connect(self.press)
        dialog.given_up.connect(lambda: self._finish(None))
        self.dialog = dialog
        dialog.open()
        self.press()

    def _finish(self, finger: Fingerprint | None) -> None:
        """Signed, and the finger pressed or given up."""
        question, signature = self._question, self._signature
        self._over()
        if question is None or signature is None:
            return
        if finger is not None and question.pressed is not None:
            question.pressed(signature, finger)
        else:
            question.then(signature)

    def _over(self) -> _Question | None:
        """The question is put away; what it was."""
        question, self._question, self._signature = self._question, None, None
        dialog, self.dialog = self.dialog, None
        if self._pressing is not None:
            self._pressing.cancel()
        if dialog is not None:
            dialog.blockSignals(True)  # it was answered: its closing is no refusal
            dialog.hide()
            dialog.deleteLater()
        return question

    def _say_finger(self, words: str, tone: Tone, *, waiting: bool = False) -> None:
        if self.dialog is not None:
            self.dialog.set_finger(words, tone, waiting=waiting)

    def _show(self, prompt: str) -> None:
        """The surface is wanted."""
        if self._question is None:
            # A department's page, by the bridge: the clerk has consented, and the call's own answer goes there.
            self._guest = True
            self._question = _Question(prompt.partition("：")[0], prompt, _nothing, _nothing)
        elif self._question.statement != prompt:
            # It began while the clerk asked for another: nobody may sign this under that one's words.
            self._surface.cancel()
            return
        question, screen = self._question, self._citizen()
        if screen is None:
            here = SignHereDialog(
                question.title, question.statement, self._top(), question.pages, finger=self._may_press
            )
            here.finger_wanted.connect(self.press)
            here.signed.connect(self._surface.take)
            here.refused.connect(self._surface.refuse)
            self.dialog = here
            here.open()
            return
        self._screen = screen
        screen.paper_signed.connect(self._surface.take)
        screen.paper_refused.connect(self._surface.refuse)
        screen.show_sign(question.title, question.statement, question.pages)
        self._wait(self.tr("请当事人在群众屏上签字。"))

    def _put_away(self) -> None:
        screen, self._screen = self._screen, None
        if screen is not None:
            screen.paper_signed.disconnect(self._surface.take)
            screen.paper_refused.disconnect(self._surface.refuse)
            screen.end_sign()
        if self._guest:
            self._guest = False
            self._ended(cancelled().reply)

    def _wait(self, where: str, pages: Sequence[QImage] = ()) -> None:
        if self._question is None:
            return
        dialog = SignWaitDialog(self._question.title, where, self._top(), pages, finger=self._may_press)
        dialog.finger_wanted.connect(self.press)
        dialog.given_up.connect(self.cancel)
        self.dialog = dialog
        dialog.open()

    def _top(self) -> QDialog | MainWindow:
        """Over the dialog that asked, if one did."""
        dialogs = [child for child in self._window.findChildren(QDialog) if child.isVisible() and child.isModal()]
        return dialogs[-1] if dialogs else self._window

    def _ended(self, reply: Reply[Signature]) -> None:
        finger, self._finger = self._finger, None
        question = self._over()
        signature = reply.unwrap() if reply.ok else None
        written = signature is not None and bool(signature.strokes) and signature.lack is None
        if question is not None and question.pressed is not None and finger is not None:
            question.pressed(signature if written else None, finger)
            return
        if question is None or reply.outcome is Outcome.CANCELLED:
            return
        if signature is not None and written:
            self._question = question  # for whether a finger may be pressed
            if question.too and self._may_press:
                self._press_too(question, signature)
            else:
                self._question = None
                question.then(signature)
            return
        if signature is None:
            why = core_words(reply.detail)
        elif signature.picture:
            why = self.tr("这块签字板只给出图片，不能签在文书上")
        else:
            why = self.tr("笔迹太短或者太少，不是完整的签名")
        question.otherwise(self.tr("没有取得签字：{0}。可以再请当事人签字，或打印后手写签字。").format(why))


def _nothing(_: object) -> None:
    """Whoever asked hears of it by itself."""


def _sign(pad: SignaturePad, prompt: str) -> Reply[Signature]:
    return pad.sign(prompt, SECONDS)
