"""Check, accept, print: from a filled form to paper in the citizen's hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.applicant import who_applies
from app.domain.case import Case
from app.domain.clock import shanghai
from app.domain.document import PaperKind, RenderedPaper
from app.domain.errors import YichuangError
from app.domain.item import Item
from app.domain.printing import PrintTarget
from app.domain.urgency import days_words, is_urgent
from app.presenters.desk import Desk
from app.presenters.paper_preview import PaperPreview, draw_pdf
from app.presenters.print_desk import PrintDesk, Wish
from app.presenters.reprint import ask_reason
from app.presenters.words import status_words
from app.services.accept_case import Acceptance, AcceptCase, Check
from app.services.drafts import Drafts
from app.services.one_time_notice import OneTimeNotice
from app.services.print_choices import enlarged
from app.services.visit import Visit
from widgets.dialogs.check import CheckDialog
from widgets.i18n import core_words, pick
from widgets.materials import TONES
from widgets.views import CheckCase, CheckMaterial, CheckView, Tone
from widgets.window import MainWindow


class AcceptPresenter(QObject):
    """`was_accepted` carries the Acceptance; `printed` the slot and its Reply; `state_changed` any change of phase;
    `notice_made` a one-time notice. gate: asked before acceptance; whoever says no calls `accept` again in time."""

    was_accepted = pyqtSignal(object)
    printed = pyqtSignal(str, object)
    state_changed = pyqtSignal()
    notice_made = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: AcceptCase,
        printing: PrintDesk,
        drafts: Drafts,
        departments: Mapping[str, str],
        notice: OneTimeNotice,
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._service = service
        self._printing = printing
        self._drafts = drafts
        self._departments = departments
        self._one_time = notice
        self._refused: Visit | None = None
        self._checked: tuple[Visit, Check] | None = None
        self.acceptance: Acceptance | None = None
        self.last: Acceptance | None = None
        self.checked = False
        self.online = False
        self.gate: Callable[[], bool] = lambda: True
        self._preview = PaperPreview(window, printing)
        printing.printed.connect(self.printed)
        printing.preview_wanted.connect(self._preview.look_first)
        desk.tasks.failed.connect(self._failed)
        desk.changed.connect(self._forget_check)

    @property
    def accepted(self) -> bool:
        return self.acceptance is not None

    def changeable(self) -> bool:
        """May the visit in hand still be changed?"""
        return self.acceptance is None and not self._desk.accepting

    def quick_check(self) -> Check:
        """The check of the visit as it stands, computed once for each state of it."""
        visit = self._desk.visit
        if self._checked is None or self._checked[0] is not visit:
            self._checked = (visit, self._service.check(visit))
        return self._checked[1]

    def check(self) -> None:
        """F7: show what will be accepted, or what stands against it."""
        check = self.quick_check()
        self._window.form.show_problems(True)
        self.checked = check.passed
        if check.passed:
            dialog = CheckDialog(self._view(check), self._window)
            dialog.accepted.connect(self.accept)
            dialog.open_once()
        elif self._refused is self._desk.visit:
            # Asked again with nothing changed: the visitor may be leaving, so show it all, with the way out.
            dialog = CheckDialog(self._view(check), self._window)
            dialog.notice_requested.connect(self.print_notice)
            dialog.open_once()
        else:
            self._refused = self._desk.visit
            self._window.show_form()
            self._desk.tell(
                Tone.WARNING,
                self.tr("还不能受理"),
                "；".join(check.blockers),
                self.tr("F5 跳到下一空项，F6 拍材料；来访人要先走，再按 F7 出一次性告知书。"),
            )
            self._window.form.focus_next_missing()
        self.state_changed.emit()

    def accept(self) -> None:
        """F8: accept and print; once accepted, show the notice for another print."""
        if self.acceptance is not None:
            self._show_paper(self.acceptance.notice)
            return
        if self._desk.accepting:
            return
        if not self.quick_check().passed:
            self.check()
            return
        if not self.gate():
            return
        self._desk.accepting = True
        self.state_changed.emit()
        visit, targets = self._desk.visit, self._printing.targets(PaperKind.ACCEPTANCE_NOTICE)
        if visit.assist.on:
            targets = enlarged(targets)
        self._desk.tasks.run(lambda: self._service.accept(visit, targets), self._accepted)

    def print_notice(self) -> None:
        """Print the one-time notice of all that lacks: the visitor leaves without acceptance."""
        visit = self._desk.visit

        def made(notice: RenderedPaper) -> None:
            lacks = len(notice.paper.lacks)
            what = self.tr("编号 {0}，共 {1} 项需要补正").format(notice.paper.number, lacks)
            todo = self.tr("交给来访人；改天再来的按 Ctrl+F12 约时间，按 F12 结束本次。")
            self._desk.tell(Tone.SUCCESS, self.tr("一次性告知书已生成"), what, todo)
            self._printing.print_paper(notice)
            self._show_beside(notice)
            self.notice_made.emit(notice)

        self._desk.tasks.run(lambda: self._one_time.make(visit), made)

    def reprint(self) -> None:
        """Print the accepted notice again, marked as a reprint, where its kind goes."""
        if self.acceptance is not None:
            self._reprint(None)

    def _reprint(self, targets: tuple[PrintTarget, ...] | None) -> None:
        notice = self._notice()

        def go(reason: str) -> None:
            def made(again: RenderedPaper) -> None:
                if self.acceptance is not None and self.acceptance.notice is notice:
                    self.acceptance = Acceptance(self.acceptance.cases, again)
                self._printing.queue(Wish(again, reason), targets)

            self._desk.tasks.run(lambda: self._service.reprint(notice, reason), made)

        ask_reason(self._printing, _title(notice), go, self._window)

    def close_visit(self) -> None:
        """The visitor leaves. What was looked at without being accepted stays in the audit trail."""
        visit = self._desk.visit
        ended = self.acceptance is None and not visit.empty

        def clear() -> None:
            if ended:
                self._drafts.end(visit)
            self._drafts.sweep()

        self._desk.tasks.run(clear, lambda _: None)
        self.turn_to(None)

    def turn_to(self, visit: Visit | None) -> None:
        """Take another visit in hand, None: a new visitor's. The one before is the caller's business."""
        self.acceptance = None
        self.checked = False
        self._window.preview.clear()
        self._desk.begin(visit)
        self.state_changed.emit()

    def _notice(self) -> RenderedPaper:
        assert self.acceptance is not None  # noqa: S101 - callers have looked
        return self.acceptance.notice

    def _accepted(self, acceptance: Acceptance) -> None:
        self._desk.accepting = False
        self.acceptance = self.last = acceptance
        numbers = "、".join(case.provisional_no for case in acceptance.cases)
        todo = "" if self.online else self.tr("当前离线，联网后自动上传，办件编码随后取得。")
        title = self.tr("已受理 {0} 件").format(len(acceptance.cases))
        self._desk.tell(Tone.SUCCESS, title, self.tr("受理流水号 {0}").format(numbers), todo)
        self.state_changed.emit()
        self.was_accepted.emit(acceptance)
        self._printing.accepted(acceptance.notice)
        self._show_beside(acceptance.notice)

    def platform_answered(self) -> None:
        """A sync run ended: tell the numbers that came back for the visitor still at the window."""
        acceptance = self.acceptance
        if acceptance is None or all(case.case_no for case in acceptance.cases):
            return

        def take(cases: tuple[Case, ...]) -> None:
            if self.acceptance is not acceptance:
                return
            self.acceptance = self.last = Acceptance(cases, acceptance.notice, acceptance.rate_link)
            if all(case.case_no for case in cases):
                numbers = "；".join(f"{core_words(case.item_name)} {case.case_no}" for case in cases)
                title = self.tr("平台已确认 {0} 件").format(len(cases))
                self._desk.tell(Tone.SUCCESS, title, self.tr("办件编码：{0}").format(numbers))

        self._desk.tasks.run(lambda: self._service.stored(acceptance.cases), take)

    def _show_beside(self, notice: RenderedPaper) -> None:
        """The notice's first page in the picture's place, so that the clerk sees what the citizen takes home."""

        def show(page: QImage) -> None:
            self._window.preview.set_title(core_words(str(notice.paper.kind)))
            self._window.preview.set_outline(None, Tone.NEUTRAL)
            self._window.preview.set_frame(page)
            is_notice = notice.paper.kind is PaperKind.ONE_TIME_NOTICE
            self._window.preview.set_message("" if is_notice else self.tr("F8 预览和再次打印"), Tone.NEUTRAL)

        self._desk.tasks.run(lambda: QImage.fromData(_pages(notice.pdf, 80)[0]), show)

    def _show_paper(self, notice: RenderedPaper) -> None:
        below = self.tr("打印出来会标明“补打”")

        def go(targets: tuple[PrintTarget, ...]) -> None:
            if self.acceptance is not None:
                self._reprint(targets)

        self._preview.show(lambda: draw_pdf(notice.pdf), str(notice.paper.kind), _title(notice), below, go, notice)

    def _limit(self, item: Item, values: Mapping[str, str]) -> str:
        if is_urgent(item, values):
            return self.tr("加急 {0} 个工作日").format(days_words(item.urgent_days))
        if item.promised_days == 0:
            return self.tr("即办")
        return self.tr("承诺 {0} 个工作日").format(days_words(item.promised_days))

    def _failed(self, error: YichuangError) -> None:
        if self._desk.accepting:
            self._desk.accepting = False
            self.state_changed.emit()

    def _forget_check(self) -> None:
        self.checked = False

    def _view(self, check: Check) -> CheckView:
        visit = self._desk.visit
        fields = visit.form.asked()
        filled = len(visit.form.values())
        return CheckView(
            title=core_words("、".join(self._service.titles(visit))),
            applicant=who_applies(visit.form.values())[0],
            cases=tuple(
                CheckCase(
                    pick(item.name, item.name_en),
                    core_words(self._departments[item.department]),
                    self._limit(item, visit.form.values()),
                )
                for item in visit.items
            ),
            materials=tuple(
                CheckMaterial(pick(m.use.name, m.use.name_en), status_words(m), TONES[m.status], core_words(m.reason))
                for m in visit.checklist.materials
            ),
            filled=self.tr("已填 {0}/{1} 项；分开填表要 {2} 项").format(
                filled, len(fields), visit.form.definition.asked_separately
            ),
            online_words=self.tr("在线受理：打印后即上传，取得办件编码")
            if self.online
            else self.tr("离线受理（{0}）：发受理流水号，联网后自动上传").format(
                f"{shanghai(self._desk.clock.now()):%H:%M}"
            ),
            warnings=tuple(map(core_words, check.warnings)),
            blockers=tuple(map(core_words, check.blockers)),
        )


def _title(notice: RenderedPaper) -> str:
    return f"{core_words(str(notice.paper.kind))} {notice.paper.number}"


def _pages(pdf: bytes, dpi: float) -> list[bytes]:
    # Loaded when the first paper is made: no window needs it to start.
    from app.documents.preview import pages_as_png

    return pages_as_png(pdf, dpi)
