"""Foreign residents: registered from the check of identity, later served by their personal code."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.case import Window
from app.domain.errors import YichuangError
from app.domain.licence import CodeKind
from app.domain.resident import Registration
from app.licences.kinds import Recognised
from app.presenters.codes import CodePresenter
from app.presenters.desk import Desk, error_line
from app.presenters.print_desk import PrintDesk
from app.presenters.resident_words import looked_view, made_view, offer_view
from app.services.residents import PAPER, REASON, Looked, Offer, Residents
from app.services.verify_identity import VerifyIdentity
from app.services.visit import ShownCode
from widgets.dialogs.code import CodeDialog
from widgets.dialogs.confirm import confirm
from widgets.dialogs.resident import ResidentDialog
from widgets.views import Tone
from widgets.window import MainWindow


class ResidentPresenter(QObject):
    """`registered` carries each Registration; `served` comes after the visit has been changed. dialog: of registering;
    looked: the last code's.
    made: the last registration."""

    registered = pyqtSignal(object)
    served = pyqtSignal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: Residents,
        identity: VerifyIdentity,
        codes: CodePresenter,
        printing: PrintDesk,
        place: Window,
        open_now: Callable[[], bool],
        *,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._service = service
        self._identity = identity
        self._printing = printing
        self._place = place
        self._open_now = open_now
        self._demo = demo
        self._offer: Offer | None = None
        self.made: Registration | None = None
        self._prints = 0
        self.dialog = ResidentDialog(window)
        self.looked: CodeDialog | None = None
        self.dialog.register_asked.connect(self._register)
        self.dialog.print_asked.connect(self._print)
        codes.led.connect(self.follow)
        desk.replaced.connect(self.dialog.reject)

    # -------------------------------------------------------------------------------------------------- registering

    def possible(self) -> bool:
        """Can the visitor be registered now?"""
        return not self._service.may_offer(self._desk.visit, self._identity.current)

    def open(self) -> None:
        """Ask for the visitor's consent."""
        visit, kept = self._desk.visit, self._identity.current

        def prepare() -> tuple[Offer, QImage] | YichuangError:
            try:
                offer = self._service.offer(visit, kept)
            except YichuangError as error:
                return error
            return offer, QImage.fromData(offer.person.portrait or b"")

        def show(made: tuple[Offer, QImage] | YichuangError) -> None:
            if isinstance(made, YichuangError):
                self._desk.show_error(made)
            elif self._desk.still(visit.visit_id):
                self._offer, self.made = made[0], None
                self.dialog.offer(offer_view(*made))
                self.dialog.open()

        self._desk.tasks.run(prepare, show)

    def _register(self) -> None:
        offer, visit = self._offer, self._desk.visit
        if offer is None or self.made is not None or not self.dialog.agreed.isChecked():
            return
        self.dialog.set_busy(True)

        def attempt() -> tuple[Registration, tuple[tuple[bool, ...], ...]] | YichuangError:
            from app.documents.code import modules  # no window needs it to start

            try:
                made = self._service.register(visit, offer)
            except YichuangError as error:
                return error
            return made, modules(made.text)

        def done(answer: tuple[Registration, tuple[tuple[bool, ...], ...]] | YichuangError) -> None:
            if isinstance(answer, YichuangError):
                self.dialog.set_busy(False)
                self.dialog.set_message(error_line(answer), Tone.WARNING)
                return
            self.made, self._prints = answer[0], 0
            self.dialog.show_code(made_view(*answer))
            self.registered.emit(answer[0])

        self._desk.tasks.run(attempt, done, order="residents")

    def _print(self) -> None:
        made, offer = self.made, self._offer
        if made is None or offer is None:
            return
        self._prints += 1
        job = f"resident-{made.code_id}-{self._prints}"

        def draw() -> bytes:
            from app.documents.resident_card import resident_card

            return resident_card(self._place, offer.person, made, demo=self._demo)

        def drawn(pdf: bytes) -> None:
            if self._printing.print_pdf(job, PAPER, made.code_id[:8].upper(), pdf):
                self.dialog.set_message(self.tr("已送打印。"), Tone.SUCCESS)
            else:
                self.dialog.set_message(self.tr("没有可用的页式打印机，请来访人用手机拍下。"), Tone.WARNING)

        self._desk.tasks.run(draw, drawn)

    # ------------------------------------------------------------------------------------------------------- serving

    def follow(self, code: Recognised) -> None:
        """A code was scanned; others' are not ours to follow."""
        if code.kind is not CodeKind.PERSONAL_CODE:
            return
        visit_id = self._desk.visit.visit_id

        def show(looked: Looked) -> None:
            if self._desk.still(visit_id) and self._open_now():
                self._show(looked)

        self._desk.tasks.run(lambda: self._service.look(code.text), show, order="residents")

    def _show(self, looked: Looked) -> None:
        visit = self._desk.visit
        view = looked_view(looked, occupied=visit.card is not None or visit.chip is not None)
        self.looked = CodeDialog(view, self._window)
        shown = looked.shown
        if shown is not None and view.take:
            self.looked.taken.connect(lambda: self._serve(visit.visit_id, shown))
        if shown is not None and view.also:
            self.looked.also.connect(lambda: self._revoke(looked))
        self.looked.open_once()

    def _serve(self, visit_id: str, shown: ShownCode) -> None:
        if not self._desk.still(visit_id) or not self._open_now():
            return
        self._desk.change(self._service.serve(self._desk.visit, shown))
        todo = self.tr("请按 Ctrl+F3 对着登记时的照片核对本人。")
        tone = Tone.SUCCESS if shown.confirmed else Tone.WARNING
        self._desk.tell(tone, self.tr("已凭服务码取得登记信息"), shown.resident.place, todo)
        self.served.emit()

    def _revoke(self, looked: Looked) -> None:
        what = self.tr("作废后此码不能再用，平台上的登记信息随即删除。须是本人提出。")
        title, yes = self.tr("作废这个服务码？"), self.tr("作废")
        if not confirm(self._window, title, what, yes, danger=True):
            return

        def attempt() -> YichuangError | None:
            try:
                self._service.revoke(looked.text, REASON)
            except YichuangError as error:
                return error
            return None

        def done(error: YichuangError | None) -> None:
            if error is not None:
                self._desk.show_error(error)
            else:
                self._desk.tell(Tone.SUCCESS, self.tr("服务码已作废"), self.tr("平台上的登记信息已删除。"), "")

        self._desk.tasks.run(attempt, done, order="residents")
