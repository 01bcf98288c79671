"""The citizen's screen: what the visitor sees, signs and says, and what the clerk learns of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PyQt6.QtCore import QObject, QTimer

from app.domain.document import RenderedPaper
from app.domain.errors import YichuangError
from app.domain.signature import Confirmation, Signature
from app.presenters.accept import AcceptPresenter
from app.presenters.customer_words import Business, confirm_view, notice_view, rating_view, serving_view
from app.presenters.desk import Desk, error_line
from app.presenters.rating import RatingDesk
from app.presenters.signing import FINGER_SECONDS
from app.services.accept_case import Acceptance, AcceptCase
from app.services.confirm_form import ON_PAPER, REASONS, ConfirmForm, signature_required
from app.services.print_papers import as_result
from app.services.visit import Visit
from app.workers.device_thread import Call, DeviceThread
from devices.kinds.biometric import Fingerprint
from devices.outcome import Outcome, Reply
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.signing import SigningDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow


class Phase(Enum):
    IDLE = auto()
    PAUSED = auto()
    SERVING = auto()
    NOTICE = auto()
    CONFIRM = auto()
    SIGNED = auto()
    RATING = auto()
    THANKS = auto()


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. rating: how long the question stays, of an assisted visit `assisted`; thanks: how long the thanks."""

    rating: int = 60
    assisted: int = 180
    thanks: int = 5


class CustomerPresenter(QObject):
    """It shows the clerk no grade, and lets no rating hold up the next visitor. Lives on the event loop."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        screen: CustomerScreen,
        confirm: ConfirmForm,
        ratings: RatingDesk,
        accept: AcceptPresenter,
        service: AcceptCase,
        patience: Patience = Patience(),
        finger: DeviceThread | None = None,
    ) -> None:
        """finger: the fingerprint reader's, for who cannot sign."""
        super().__init__()
        self._window, self._desk, self.screen = window, desk, screen
        self._confirm, self._ratings, self._accept, self._service = confirm, ratings, accept, service
        self._patience = patience
        self._finger = finger
        self._pressing: Call | None = None
        self.phase = Phase.IDLE
        self._serving = True
        self._shown: Visit | None = None
        self._left = 0
        self._dialog: SigningDialog | None = None
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        desk.changed.connect(self._changed)
        desk.replaced.connect(self._replaced)
        desk.tasks.failed.connect(self._failed)
        accept.gate = self.may_accept
        accept.state_changed.connect(self._checked)
        accept.was_accepted.connect(self._accepted)
        accept.notice_made.connect(self._noticed)
        screen.signed.connect(self._signed)
        screen.objected.connect(self._objected)
        screen.refused.connect(self._refused)
        screen.turned.connect(self._turned)
        screen.rated.connect(ratings.give)
        ratings.answered.connect(self._rated)
        self._tell_state()

    # What the clerk does

    def ask(self) -> None:
        """Show the form for confirmation now; while it is being confirmed, show how far the visitor is."""
        if self.phase is Phase.CONFIRM:
            self._wait()
        else:
            self._show_confirm()

    def may_ask(self) -> bool:
        visit = self._desk.visit
        return bool(visit.items) and not self._accept.accepted and not self._desk.accepting

    def set_serving(self, on: bool) -> None:
        """The window serves, or pauses (暂停服务). Who is being served is served to the end."""
        self._serving = on
        if self._desk.visit.empty and self.phase in (Phase.IDLE, Phase.PAUSED, Phase.THANKS):
            self._idle()

    def may_accept(self) -> bool:
        """The gate before acceptance: confirmed, or gone on without for a reason. Otherwise it waits and tells so."""
        if self._desk.visit.confirmed is not None:
            return True
        if self.phase is not Phase.CONFIRM:
            self._show_confirm()
        self._wait()
        return False

    def _wait(self) -> None:
        required = signature_required(self._desk.visit)
        why = self.tr("有容缺或承诺的材料，必须由申请人签字。") if required else ""
        reasons = [(core_words(words), words == ON_PAPER or not required) for words in REASONS]
        self._dialog = SigningDialog(
            reasons, why, self._window, finger=self._finger is not None and not self._finger.absent
        )
        self._dialog.finger_wanted.connect(self._ask_finger)
        self._dialog.skipped.connect(self._skip)
        self._dialog.finished.connect(self._forget_dialog)
        self._tell_state()
        self._dialog.open()

    def _skip(self, words: str) -> None:
        # The trail is Chinese, whatever language the screen speaks.
        reason = next((known for known in REASONS if core_words(known) == words), words)
        try:
            visit = self._confirm.skip(self._desk.visit, reason)
        except YichuangError as error:
            self._desk.show_error(error)
            return
        self._take(visit)
        self._shown = None
        self._serve()
        self._go_on()

    def _ask_finger(self) -> None:
        """Somebody who cannot sign presses a finger for exactly the form on show."""
        visit = self._desk.visit
        if self._finger is None or self._pressing is not None or self.phase is not Phase.CONFIRM:
            return

        def pressed(reply: Reply[Fingerprint]) -> None:
            self._pressing = None
            if self.phase is not Phase.CONFIRM or not self._desk.still(visit.visit_id) or self._dialog is None:
                return
            if reply.ok:
                finger = reply.unwrap()
                self._desk.tasks.run(as_result(lambda: self._confirm.pressed(visit, finger)), kept)
            elif reply.outcome is not Outcome.CANCELLED:
                words = self.tr("没有采到指纹：{0}。可以再按一次。").format(core_words(reply.detail))
                self._dialog.set_finger(words, Tone.WARNING)

        def kept(given: Confirmation | YichuangError) -> None:
            if isinstance(given, YichuangError):
                if self._dialog is not None:
                    self._dialog.set_finger(error_line(given), Tone.WARNING)
            else:
                self._confirmed(given, visit.visit_id)

        if self._dialog is not None:
            words = self.tr("请申请人看清群众屏上的内容，把手指平放在指纹仪上…")
            self._dialog.set_finger(words, Tone.INFO, waiting=True)
        self._pressing = self._finger.call(lambda reader: reader.capture(FINGER_SECONDS), pressed)

    def _forget_dialog(self) -> None:
        if self._pressing is not None:
            self._pressing.cancel()
        if self._dialog is not None:
            self._dialog.deleteLater()  # its parent, the window, would keep it to the end of the day
        self._dialog = None

    def close(self) -> None:
        """The program ends: the citizen's window goes, an open question with it."""
        self._second.stop()
        self.screen.close()

    # What happens at the desk

    def _changed(self) -> None:
        visit = self._desk.visit
        if visit.empty:
            return
        if self.phase is Phase.CONFIRM and self._shown is not None and _same(self._shown, visit):
            return
        if self.phase is Phase.SIGNED and visit.confirmed is not None:
            return
        if self._accept.accepted or self._desk.accepting:
            return
        if self.phase is Phase.CONFIRM:
            self._desk.tell(Tone.INFO, self.tr("表单有改动"), "", self.tr("改好后按 F7，群众屏会请申请人重新核对。"))
            if self._dialog is not None:
                self._dialog.reject()
        self._serve()

    def _replaced(self) -> None:
        """The next visitor. A question that is still open stays, so that nobody is cut off, but names no business."""
        self._shown = None
        if self._dialog is not None:
            self._dialog.reject()
        if self.phase is Phase.RATING:
            self.screen.rating.forget_items()
        elif self.phase is not Phase.PAUSED:
            self._idle()

    def _checked(self) -> None:
        """F7 has passed: while the clerk looks it through, the applicant does too."""
        if self._accept.checked and not self._accept.accepted and not self._desk.accepting:
            visit = self._desk.visit
            asked = self.phase in (Phase.CONFIRM, Phase.SIGNED) and self._shown is not None
            if visit.confirmed is None and not (asked and self._shown is not None and _same(self._shown, visit)):
                self._show_confirm()

    def _noticed(self, notice: RenderedPaper) -> None:
        self.phase = Phase.NOTICE
        self.screen.show_notice(notice_view(notice.paper))
        self._tell_state()

    def _accepted(self, acceptance: Acceptance) -> None:
        self._shown = None
        titles = self._service.titles(self._desk.visit)
        self.screen.show_rating(rating_view(Business(titles, acceptance.cases[0].clerk), acceptance.rate_symbol()))
        helped = self._desk.visit.assist.on
        self._begin(Phase.RATING, self._patience.assisted if helped else self._patience.rating)
        self.screen.rating.set_left(self._left)

    # What the visitor does

    def _signed(self, signature: Signature) -> None:
        visit = self._desk.visit
        if self.phase is not Phase.CONFIRM:
            return

        self._desk.tasks.run(
            lambda: self._confirm.signed(visit, signature), lambda given: self._confirmed(given, visit.visit_id)
        )

    def _confirmed(self, given: Confirmation, visit_id: str) -> None:
        if not self._desk.still(visit_id):
            return
        try:
            now = self._confirm.take(self._desk.visit, given)
        except YichuangError as error:
            self._desk.show_error(error)
            return
        self.phase = Phase.SIGNED
        thanks = self.tr("已收到您的签字") if given.finger is None else self.tr("已收到您的指纹确认")
        self.screen.say(thanks, self.tr("正在受理，请稍候"))
        self._take(now)
        self._go_on()

    def _objected(self) -> None:
        what = self.tr("申请人说内容有误")
        self._desk.tell(Tone.WARNING, what, "", self.tr("请与申请人核对，改好后按 F7 重新确认。"))
        if self._dialog is not None:
            self._dialog.reject()
        self._serve()

    def _refused(self) -> None:
        """The applicant does not sign: the clerk asks why, and goes on without for a reason or not at all."""
        if self.phase is not Phase.CONFIRM:
            return
        self._desk.tell(Tone.WARNING, self.tr("申请人不签字"), "", self.tr("请问明情况，在对话框中选原因。"))
        if self._dialog is None:
            self._wait()

    def _turned(self, page: int, of: int) -> None:
        self._tell_state()

    def _rated(self) -> None:
        """The grade was given, here or on the rating device."""
        if self.phase is Phase.RATING:
            self.screen.say(self.tr("谢谢您的评价"))
            self._begin(Phase.THANKS, self._patience.thanks)

    def tick(self) -> None:
        """A second has passed. A question that is not answered in its time is no rating."""
        if self.screen.page in ("licence", "sign_page"):
            return  # who is taking a licence along, or reads a paper to sign it, is not being asked anything
        self._left -= 1
        if self._left > 0:
            if self.phase is Phase.RATING:
                self.screen.rating.set_left(self._left)
            return
        if self.phase is Phase.RATING:
            self._ratings.forget()
        self._idle()

    # Helpers

    def _begin(self, phase: Phase, seconds: int) -> None:
        self.phase, self._left = phase, seconds
        self._second.start()
        self._tell_state()

    def _idle(self) -> None:
        self._second.stop()
        self.phase = Phase.IDLE if self._serving else Phase.PAUSED
        self.screen.set_large(False)  # the next visitor finds it as it always is
        self.screen.show_idle(self._serving)
        self._tell_state()

    def _serve(self) -> None:
        self._second.stop()
        self.phase = Phase.SERVING
        visit = self._desk.visit
        self.screen.set_large(visit.assist.on)
        self.screen.show_serving(serving_view(visit, self._service.titles(visit)))
        self._tell_state()

    def _show_confirm(self) -> None:
        visit = self._desk.visit
        self._second.stop()
        self._shown = visit
        self.phase = Phase.CONFIRM
        self.screen.set_large(visit.assist.on)
        self.screen.show_confirm(confirm_view(visit, self._service.titles(visit)))
        self._tell_state()

    def _take(self, visit: Visit) -> None:
        """A confirmation changes nothing that was checked."""
        checked = self._accept.checked
        self._desk.change(visit)
        self._accept.checked = checked
        self._accept.state_changed.emit()
        self._tell_state()

    def _go_on(self) -> None:
        """If the clerk was waiting for this, accept at once."""
        if self._dialog is None:
            self._desk.tell(Tone.SUCCESS, self.tr("申请人已确认签字"), "", self.tr("按 F8 受理打印。"))
            return
        self._dialog.accept()
        self._accept.accept()

    def _failed(self, error: YichuangError) -> None:
        if self.phase is Phase.CONFIRM:
            self.screen.confirm.sign_again()

    def _tell_state(self) -> None:
        """The clerk's line. Of a rating it says that the question stands, never what was answered."""
        page, of = self.screen.confirm.where
        words = {
            Phase.IDLE: self.tr("欢迎"),
            Phase.PAUSED: self.tr("暂停服务"),
            Phase.SERVING: self.tr("办理中"),
            Phase.NOTICE: self.tr("一次性告知"),
            Phase.CONFIRM: self.tr("等待群众确认签字 {0}/{1}").format(page, of),
            Phase.SIGNED: self.tr("已签字"),
            Phase.RATING: self.tr("群众评价，可接待下一位"),
            Phase.THANKS: self.tr("可接待下一位"),
        }[self.phase]
        self._window.status.set_customer(words, "busy" if self.phase is Phase.CONFIRM else "ok")
        if self._dialog is not None:
            last = page == of
            looking = self.tr("申请人正在签字") if last else self.tr("申请人正在看第 {0} 页，共 {1} 页")
            self._dialog.set_state(looking.format(page, of))


def _same(shown: Visit, now: Visit) -> bool:
    return (shown.visit_id, shown.codes, shown.form.values(), _promises(shown), shown.assist) == (
        now.visit_id,
        now.codes,
        now.form.values(),
        _promises(now),
        now.assist,
    )


def _promises(visit: Visit) -> tuple[tuple[str, str], ...]:
    return tuple((m.use.id, m.status.value) for m in visit.checklist.materials)
