"""Corrections of accepted cases: from my cases or a message, in a form of their own."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.domain.person import mask_name
from app.presenters.desk import Desk, error_line
from app.presenters.form import said
from app.services.amend_case import REASONS, AmendCase, Amending
from widgets.amend import AmendDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_amend import ChangeView


class AmendPresenter(QObject):
    """One correction at a time. `saved` follows each that was kept: there is something to send."""

    saved = pyqtSignal()

    def __init__(self, over: QWidget, desk: Desk, service: AmendCase) -> None:
        """over: the list of cases, over which the form opens and to which it leads back."""
        super().__init__()
        self._over = over
        self._desk = desk
        self._service = service
        self._amending: Amending | None = None
        self._wanted = ""
        self._saving = False
        self._dialog: AmendDialog | None = None
        desk.tasks.failed.connect(self._failed)

    @property
    def dialog(self) -> AmendDialog:
        """The dialog, made when it is first needed."""
        if self._dialog is None:
            self._dialog = AmendDialog([(core_words(words), words) for words in REASONS], self._over)
            self._dialog.form.set_help(self._service.fill.help)
            self._dialog.form.edited.connect(self._edited)
            self._dialog.form.settled.connect(lambda key, fact, _: self._edited(key, fact.value))
            self._dialog.saved.connect(self._save)
        return self._dialog

    def open(self, case_id: str) -> None:
        """Take up a case; why it cannot be corrected is said where the clerk looks."""
        self._wanted = case_id

        def show(amending: Amending) -> None:
            if self._wanted != case_id:
                return
            self._amending, self._saving = amending, False
            case, dialog = amending.case, self.dialog
            below = self.tr("{0}　{1}　受理于 {2}").format(
                core_words(case.item_name), mask_name(case.applicant_name), f"{shanghai(case.accepted_at):%m-%d %H:%M}"
            )
            if amending.waiting:
                below += self.tr("　上一次更正待平台确认，可以接着更正")
            dialog.set_case(case.provisional_no, below)
            form = amending.visit.form
            dialog.form.set_form(form.definition)
            dialog.form.set_title(core_words(case.item_name))
            self._show()
            dialog.open()
            first = next(iter(form.asked()), None)
            if first is not None:
                dialog.form.focus_field(first)

        self._desk.tasks.run(lambda: self._service.open(case_id), show)

    def _edited(self, key: str, text: str) -> None:
        if self._amending is not None and not self._saving:
            self._amending = self._service.type(self._amending, key, text)
            self._show()

    def _show(self) -> None:
        amending = self._amending
        if amending is None:
            return
        form, panel = amending.visit.form, self.dialog.form
        with panel.together():
            panel.set_states(form.states())
            panel.set_asked(form.asked())
            panel.set_problems([said(problem) for problem in self._service.problems(amending)])
        changes = [
            ChangeView(c.key, core_words(c.title), core_words(c.before), core_words(c.after))
            for c in self._service.changed(amending)
        ]
        self.dialog.set_changes(changes)

    def _save(self, reason: str) -> None:
        amending = self._amending
        if amending is None or self._saving:
            return
        self._saving = True
        self.dialog.set_saving(True)

        def kept(_: None) -> None:
            self._saving, self._amending = False, None
            self.dialog.set_changes(())
            self.dialog.accept()
            number = amending.case.provisional_no
            title, what = self.tr("已在本窗更正，待平台确认"), self.tr("受理流水号 {0}").format(number)
            self._desk.tell(Tone.SUCCESS, title, what, self.tr("联网后自动上报，结果在“我的办件”里看。"))
            self.saved.emit()

        self._desk.tasks.run(lambda: self._service.save(amending, reason), kept)

    def _failed(self, error: YichuangError) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._saving = False
            self._dialog.set_saving(False)
            self._dialog.set_message(error_line(error), Tone.ERROR)
