"""Ctrl+H: corrections that do not agree with the platform, and a person's decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PyQt6.QtCore import QCoreApplication, QObject

from app.domain.amendment import Place
from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.domain.person import mask_name
from app.domain.typing_help import TypingHelp
from app.presenters.desk import Desk, error_line
from app.services.settle_conflicts import OpenConflict, Question, SettleConflicts
from widgets.dialogs.conflicts import ConflictsDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_amend import ConflictView, ContestedView, Side
from widgets.window import MainWindow

translate = QCoreApplication.translate


class ConflictsPresenter(QObject):
    """The dialog lives from its first opening on. What was decided goes out when it closes: until then Ctrl+Z works."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: SettleConflicts,
        help: TypingHelp,
        send: Callable[[], object],
        changed: Callable[[], object],
    ) -> None:
        """send: brings what was decided to the platform. changed: something was decided or undone here."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._service = service
        self._help = help
        self._send = send
        self._changed = changed
        self._entries: dict[int, OpenConflict] = {}
        self._dialog: ConflictsDialog | None = None
        desk.tasks.failed.connect(self._failed)
        window.status.conflicts_clicked.connect(self.open)
        self.refresh()

    @property
    def dialog(self) -> ConflictsDialog:
        """The dialog, made when it is first needed."""
        if self._dialog is None:
            self._dialog = ConflictsDialog(self._window, self._help)
            self._dialog.typed.connect(self._check)
            self._dialog.decided.connect(self._decide)
            self._dialog.undone.connect(self._undo)
            self._dialog.finished.connect(lambda _: self._send())
        return self._dialog

    def open(self) -> None:
        """Show what is to be decided."""
        self.dialog.set_message("", Tone.NEUTRAL)
        self.dialog.set_loading()
        self.dialog.open()
        self._read()

    def refresh(self) -> None:
        """New ones may have come: the count in the bottom line, and what is on show."""
        self._desk.tasks.run(self._service.count, self._window.status.set_conflicts)
        if self._dialog is not None and self._dialog.isVisible():
            self._read()

    def _read(self) -> None:
        self._desk.tasks.run(self._service.open, self._show)

    def _show(self, entries: list[OpenConflict]) -> None:
        self._entries = {entry.conflict.conflict_id: entry for entry in entries}
        self.dialog.set_rows([_view(entry) for entry in entries])

    def _check(self, conflict_id: int, place: str, text: str) -> None:
        entry = self._entries.get(conflict_id)
        question = _question(entry, place)
        if entry is None or question is None:
            return
        typed = self._service.check(entry, question.contested.place, text)
        self.dialog.set_checked(conflict_id, place, typed.value, typed.value, core_words(typed.problem))

    def _decide(self, conflict_id: int, taken: Mapping[str, tuple[Side, str]]) -> None:
        entry = self._entries.get(conflict_id)
        if entry is None:
            return
        choices: dict[Place, str] = {}
        for place, (side, words) in taken.items():
            question = _question(entry, place)
            if question is not None:
                asked = question.contested
                choices[asked.place] = {Side.OURS: asked.mine, Side.PLATFORM: asked.theirs}.get(side, words)

        def done(_: None) -> None:
            words = self.tr("已决定 {0}。关闭本页或下次上传时报平台，此前可按 Ctrl+Z 撤销。")
            self.dialog.set_message(words.format(entry.case.provisional_no), Tone.SUCCESS)
            self._after()

        self._desk.tasks.run(lambda: self._service.decide(entry, choices), done)

    def _undo(self, conflict_id: int) -> None:
        entry = self._entries.get(conflict_id)
        if entry is None:
            return

        def done(_: None) -> None:
            self.dialog.set_message(self.tr("已撤销，请重新决定。"), Tone.INFO)
            self._after()

        self._desk.tasks.run(lambda: self._service.undo(entry), done)

    def _after(self) -> None:
        self.refresh()
        self._changed()

    def _failed(self, error: YichuangError) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.set_message(error_line(error), Tone.ERROR)
            self._read()


def _question(entry: OpenConflict | None, place: str) -> Question | None:
    questions = entry.questions if entry is not None else ()
    return next((question for question in questions if _id(question.contested.place) == place), None)


def _id(place: Place) -> str:
    return "\t".join((place.key, place.row, place.column))


def _view(entry: OpenConflict) -> ConflictView:
    conflict, case = entry.conflict, entry.case
    return ConflictView(
        id=conflict.conflict_id,
        number=case.provisional_no,
        item=core_words(case.item_name),
        applicant=mask_name(case.applicant_name),
        found=_when(conflict.found_at),
        reason=core_words(conflict.amendment.reason),
        places=tuple(_place(question, conflict.choices) for question in entry.questions),
        decided=conflict.choices is not None,
    )


def _place(question: Question, choices: Mapping[Place, str] | None) -> ContestedView:
    asked = question.contested
    nothing = translate("Conflicts", "（没有这一行）") if asked.place.row and not asked.place.column else ""
    value = choices.get(asked.place, "") if choices is not None else ""
    side = Side.OURS if value == asked.mine else Side.PLATFORM if value == asked.theirs else Side.OTHER
    return ContestedView(
        id=_id(asked.place),
        title=core_words(question.title),
        before=core_words(question.base) or nothing,
        ours=core_words(question.mine) or nothing,
        theirs=core_words(question.theirs) or nothing,
        ours_said=f"{question.mine_by}　{_when(question.mine_at)}",
        theirs_said=f"{core_words(question.theirs_by)}　{_when(question.theirs_at)}".strip(),
        note=_note(question),
        element=question.element,
        side=side if choices is not None else Side.NONE,
        other=value if choices is not None and side is Side.OTHER else "",
    )


def _note(question: Question) -> str:
    """What to look at before deciding."""
    place = question.contested.place
    if place.row and not place.column:
        return translate("Conflicts", "一方删去了这一行，另一方改过这一行，请核对后再选。")
    if question.contested.identity:
        return translate("Conflicts", "这一项关系到是谁，请对照证件逐字核对后再选。")
    return ""


def _when(at: dt.datetime | None) -> str:
    return f"{shanghai(at):%m-%d %H:%M}" if at else ""
