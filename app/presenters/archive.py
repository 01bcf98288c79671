"""Archive packages 归档包: Ctrl+S in My cases writes a case's, Ctrl+Shift+Y checks one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, pyqtSignal

from app.archive.check import PackageCheck
from app.archive.container import SEALED_SUFFIX, ZIP_SUFFIX, is_sealed
from app.archive.errors import WrongPassword
from app.archive.sealed import LEAST, check_password
from app.domain.errors import YichuangError
from app.presenters.desk import Desk, error_line
from app.presenters.file_dialogs import open_which, save_where
from app.presenters.upload_words import size_words
from app.services.archive_case import PURPOSES, ArchiveCase, Archived, ArchivePlan
from widgets.dialogs.archive import ArchiveDialog, PasswordDialog
from widgets.dialogs.cases import CasesDialog
from widgets.dialogs.packet import PacketDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

T = TypeVar("T")
_PURPOSES = (
    QT_TRANSLATE_NOOP("Archive", "移交档案"),
    QT_TRANSLATE_NOOP("Archive", "部门调取"),
    QT_TRANSLATE_NOOP("Archive", "申请人索取"),
    QT_TRANSLATE_NOOP("Archive", "核查监督"),
)
_SHOWN = 8
"""Names of files that a result lists; the rest are counted."""


class ArchivePresenter(QObject):
    """`ended` carries Archived, PackageCheck, or the YichuangError that it ended with."""

    ended = pyqtSignal(object)
    _moved = pyqtSignal(object, object)

    def __init__(self, window: MainWindow, cases: CasesDialog, desk: Desk, service: ArchiveCase) -> None:
        super().__init__()
        self._window, self._cases = window, cases
        self._desk, self._service = desk, service
        self._folder = ""
        self._stop = threading.Event()
        self.ask: ArchiveDialog | None = None
        self.password: PasswordDialog | None = None
        self.dialog: PacketDialog | None = None
        self.written: Archived | None = None
        self.checked: PackageCheck | None = None
        """What was written, what was checked last."""
        self._moved.connect(self._show_progress)
        cases.archive_requested.connect(self.export)
        cases.check_requested.connect(self.verify)

    def stop(self) -> None:
        """The window closes: what is being written is given up, and nothing of it stays."""
        self._stop.set()

    # ------------------------------------------------------------------------------------------------ export

    def export(self, case_id: str) -> None:
        """Ask what for, then where to, then write."""

        def look() -> ArchivePlan | YichuangError:
            try:
                return self._service.plan(case_id)
            except YichuangError as error:
                return error  # My cases lies over the notice bar, so it tells this itself

        def ask(plan: ArchivePlan | YichuangError) -> None:
            if isinstance(plan, YichuangError):
                self._cases.set_message(error_line(plan), Tone.WARNING)
                return
            words = [QCoreApplication.translate("Archive", purpose) for purpose in _PURPOSES]
            dialog = ArchiveDialog(list(zip(PURPOSES, words, strict=True)), LEAST, self._cases)
            dialog.set_case(
                plan.number,
                self.tr("文书 {0} 份、材料 {1} 份，另有申请表、办理过程、目录，约 {2}。\n个人信息没有遮盖。").format(
                    plan.papers, plan.materials, size_words(plan.bytes)
                ),
            )
            dialog.wanted.connect(lambda purpose, password: self._place(case_id, plan, purpose, password))
            self.ask = dialog
            dialog.open_once()

        self._desk.tasks.run(look, ask)

    def _place(self, case_id: str, plan: ArchivePlan, purpose: str, password: str) -> None:
        if self.ask is None:
            return
        if password:
            try:
                check_password(password)
            except YichuangError as error:
                self.ask.say(error_line(error))
                return
        suffix = SEALED_SUFFIX if password else ZIP_SUFFIX
        start = Path(self._folder) / self._service.file_name(plan.number, bool(password))
        kind = self.tr("加密的归档包 (*{0})") if password else self.tr("归档包 (*{0})")

        def chosen(target: Path) -> None:
            if self.ask is not None:
                self.ask.accept()
                self.ask = None
            self.write(case_id, target, purpose, password)

        save_where(self.ask, self.tr("导出归档包"), start, kind.format(suffix), chosen)

    def write(self, case_id: str, target: Path, purpose: str, password: str = "") -> None:
        """Write the package to this file, with its progress on show. password: "" leaves it open."""
        suffix = SEALED_SUFFIX if password else ZIP_SUFFIX
        target = target if target.suffix == suffix else target.with_name(target.name + suffix)
        self._folder = str(target.parent)
        self._begin(self.tr("正在导出归档包"), self.tr("写到：{0}").format(target.name), self._cases)
        stop = self._stop

        def work() -> Archived:
            return self._service.export(
                case_id, target, purpose, password or None, progress=self._moved.emit, stopped=stop.is_set
            )

        self._run(work, self.tr("归档包已导出"), self._written_words)

    def _written_words(self, made: Archived) -> tuple[str, Tone]:
        self.written = made
        words = [self.tr("{0} 个文件，共 {1}，已签名。").format(made.files, size_words(made.bytes))]
        if made.sealed:
            words.append(self.tr("已用口令加密，请把口令另行告知收件方。"))
        if made.absent:
            lacking = [self.tr("{0}（{1}）").format(one.title, core_words(one.reason)) for one in made.absent]
            words.append(self.tr("本机已没有、不在包内的 {0} 项：{1}").format(len(lacking), self._listed(lacking)))
        else:
            words.append(self.tr("收到的人可在“我的办件”按 Ctrl+Shift+Y 核验。"))
        return "\n".join(words), Tone.WARNING if made.absent else Tone.SUCCESS

    # ------------------------------------------------------------------------------------------------- check

    def verify(self) -> None:
        """Ask for the file, then check it."""
        over = self._cases if self._cases.isVisible() else self._window
        kinds = self.tr("归档包 (*{0} *{1})").format(ZIP_SUFFIX, SEALED_SUFFIX)
        open_which(over, self.tr("选择要核验的归档包"), self._folder, kinds, self.check)

    def check(self, path: Path) -> None:
        """Check this package; one that is sealed asks for its password first."""
        self._folder = str(path.parent)

        def ask(sealed: bool) -> None:
            if sealed:
                self._ask_password(path)
            else:
                self._check(path, None)

        self._desk.tasks.run(lambda: is_sealed(path), ask)

    def _ask_password(self, path: Path, wrong: bool = False) -> None:
        self.password = PasswordDialog(self._cases if self._cases.isVisible() else self._window)
        self.password.set_file(path.name, wrong)
        self.password.given.connect(lambda password: self._check(path, password))
        self.password.open_once()

    def _check(self, path: Path, password: str | None) -> None:
        over = self._cases if self._cases.isVisible() else self._window
        self._begin(self.tr("正在核验归档包"), path.name, over)
        stop = self._stop

        def work() -> PackageCheck:
            return self._service.check(path, password, progress=self._moved.emit, stopped=stop.is_set)

        def otherwise(error: YichuangError) -> bool:
            if not isinstance(error, WrongPassword):
                return False
            if self.dialog is not None:
                self.dialog.give_up()
                self.dialog = None
            self._ask_password(path, wrong=True)
            return True

        self._run(work, self.tr("核验完成"), self._checked_words, otherwise)

    def _checked_words(self, check: PackageCheck) -> tuple[str, Tone]:
        self.checked = check
        words = [core_words(str(check.finding))]
        if check.manifest is not None:
            about = check.manifest.about
            words.append(
                self.tr("受理流水号 {0}，{1} 导出，清单上 {2} 个文件。").format(
                    about.number, about.made_by, len(check.manifest.entries)
                )
            )
            if check.manifest.absent:
                words.append(self.tr("导出时就不在包内的有 {0} 项，见 目录.pdf。").format(len(check.manifest.absent)))
        for line, names in (
            (self.tr("缺少 {0} 个文件：{1}"), check.missing),
            (self.tr("多出 {0} 个文件：{1}"), check.extra),
            (self.tr("被改动 {0} 个文件：{1}"), check.altered),
        ):
            if names:
                words.append(line.format(len(names), self._listed(names)))
        return "\n".join(words), Tone.SUCCESS if check.unaltered else Tone.ERROR

    # ------------------------------------------------------------------------------------------------- parts

    def _listed(self, names: Sequence[str]) -> str:
        shown = self.tr("、").join(names[:_SHOWN])
        return self.tr("{0} 等").format(shown) if len(names) > _SHOWN else shown

    def _begin(self, title: str, what: str, over: MainWindow | CasesDialog) -> None:
        self._stop.clear()
        self.dialog = PacketDialog(title, over)
        self.dialog.set_what(what)
        self.dialog.cancelled.connect(self._stop.set)
        self.dialog.open_once()

    def _run(
        self,
        work: Callable[[], T],
        done: str,
        words: Callable[[T], tuple[str, Tone]],
        otherwise: Callable[[YichuangError], bool] = lambda error: False,
    ) -> None:
        """otherwise: what an error leads to instead of being told; True when it does."""

        def attempt() -> T | YichuangError:
            try:
                return work()
            except YichuangError as error:
                return error  # the dialog that is open tells it; the notice lies behind it

        def over(result: T | YichuangError) -> None:
            if isinstance(result, YichuangError):
                if not otherwise(result):
                    said = "\n".join(filter(None, (core_words(result.what), core_words(result.todo))))
                    self._show(core_words(result.title), said, Tone.ERROR)
            else:
                self._show(done, *words(result))
            self.ended.emit(result)

        self._desk.tasks.run(attempt, over, order="archive")

    def _show(self, title: str, words: str, tone: Tone) -> None:
        if self.dialog is not None:
            self.dialog.set_result(title, words, tone)
            self.dialog = None

    def _show_progress(self, done: int, total: int) -> None:
        if self.dialog is not None:
            self.dialog.set_progress(done, total)
