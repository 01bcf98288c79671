"""The outbox on a stick: Shift+F9 writes what waits, Ctrl+Shift+F9 reads the platform's answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog

from app.domain.errors import YichuangError
from app.presenters.desk import Desk
from app.presenters.outbox import OutboxPresenter
from app.presenters.upload_words import size_words
from app.services.duty import Duty
from app.sync.packets import ANSWER_SUFFIX, PACKET_SUFFIX, Answered, Courier, Exported, Plan
from widgets.dialogs.packet import PacketDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

T = TypeVar("T")


class PacketPresenter(QObject):
    """`ended` carries Exported, Answered, or the YichuangError that it ended with."""

    ended = pyqtSignal(object)
    _moved = pyqtSignal(object, object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        courier: Courier,
        outbox: OutboxPresenter,
        duty: Duty,
        recount: Callable[[], object],
    ) -> None:
        """recount: brings the status bar up to date."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._courier = courier
        self._outbox = outbox
        self._duty = duty
        self._recount = recount
        self._folder = ""
        self._stop = threading.Event()
        self.dialog: PacketDialog | None = None
        self._moved.connect(self._show_progress)
        outbox.list_made.connect(self._join)

    def stop(self) -> None:
        """The window closes: a packet being written is given up, and nothing of it stays."""
        self._stop.set()

    def export(self) -> None:
        """Ask where to, then write what waits."""

        def ask(plan: Plan) -> None:
            if not plan.records and not plan.files:
                self._desk.tell(
                    Tone.INFO,
                    self.tr("没有要导出的内容"),
                    self.tr("待传清单是空的，或者都在等人处理。"),
                    self.tr("按 F9 查看。"),
                )
                return
            start = str(Path(self._folder) / self._courier.file_name())
            name, _ = QFileDialog.getSaveFileName(
                self._window, self.tr("导出到 U 盘"), start, self.tr("一窗数据包 (*{0})").format(PACKET_SUFFIX)
            )
            if name:
                self.write(Path(name), plan)

        self._desk.tasks.run(self._courier.plan, ask)

    def write(self, target: Path, plan: Plan) -> None:
        """Write the packet to this file, with its progress on show."""
        target = target if target.suffix == PACKET_SUFFIX else target.with_name(target.name + PACKET_SUFFIX)
        self._folder = str(target.parent)
        words = self.tr("办件等 {0} 条，材料 {1} 份，约 {2}。").format(plan.records, plan.files, size_words(plan.bytes))
        self._begin(self.tr("正在导出数据包"), self.tr("{0}\n写到：{1}").format(words, target.name), can_stop=True)
        clerk, stop = self._duty.clerk, self._stop
        stop.clear()
        self._run(
            lambda: self._courier.export(target, clerk, self._moved.emit, stop.is_set),
            self.tr("数据包已导出"),
            self._exported_words,
        )

    def take_answer(self) -> None:
        """Ask for the file, then settle what it speaks of."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("导入平台回执"), self._folder, self.tr("平台回执 (*{0})").format(ANSWER_SUFFIX)
        )
        if name:
            self.read(Path(name))

    def read(self, source: Path) -> None:
        """Read the answer in this file."""
        self._folder = str(source.parent)
        self._begin(self.tr("正在导入平台回执"), source.name, can_stop=False)
        clerk = self._duty.clerk
        self._run(
            lambda: self._courier.take_answer(source, clerk, self._moved.emit),
            self.tr("回执已导入"),
            self._answered_words,
        )

    def _join(self) -> None:
        """The list offers the same two."""
        self._outbox.dialog.export_asked.connect(self.export)
        self._outbox.dialog.answer_asked.connect(self.take_answer)

    def _begin(self, title: str, what: str, *, can_stop: bool) -> None:
        self.dialog = PacketDialog(title, self._window, can_stop=can_stop)
        self.dialog.set_what(what)
        self.dialog.cancelled.connect(self._stop.set)
        self.dialog.open_once()

    def _run(self, work: Callable[[], T], done: str, words: Callable[[T], tuple[str, Tone]]) -> None:
        def attempt() -> T | YichuangError:
            try:
                return work()
            except YichuangError as error:
                return error  # the dialog that is open tells it; the notice lies behind it

        def over(result: T | YichuangError) -> None:
            if self.dialog is not None:
                if isinstance(result, YichuangError):
                    said = "\n".join(filter(None, (core_words(result.what), core_words(result.todo))))
                    self.dialog.set_result(core_words(result.title), said, Tone.ERROR)
                else:
                    self.dialog.set_result(done, *words(result))
                self.dialog = None
            self._recount()
            self._outbox.refresh()
            self.ended.emit(result)

        self._desk.tasks.run(attempt, over, order="packet")

    def _show_progress(self, done: int, total: int) -> None:
        if self.dialog is not None:
            self.dialog.set_progress(done, total)

    def _exported_words(self, made: Exported) -> tuple[str, Tone]:
        words = [
            self.tr("已导出办件等 {0} 条、材料 {1} 份，共 {2}。").format(
                made.records, made.files, size_words(made.bytes)
            ),
            self.tr(
                "请安全弹出 U 盘，交平台管理员导入；拿到回执后按 Ctrl+Shift+F9 导入。在此之前，待传内容仍留在本机。"
            ),
        ]
        if made.later:
            words.append(self.tr("还有 {0} 条装不下，请先送这一包，导入回执后再导出余下的。").format(made.later))
        if made.unreadable:
            words.append(self.tr("有 {0} 份材料在本机读不出，没有导出，请在待传清单中查看。").format(made.unreadable))
        return "\n".join(words), Tone.WARNING if made.unreadable else Tone.SUCCESS

    def _answered_words(self, got: Answered) -> tuple[str, Tone]:
        words = [self.tr("平台已收 {0} 条。").format(got.arrived)]
        if got.known:
            words.append(self.tr("{0} 条此前已经处理过，没有变化。").format(got.known))
        if got.refused:
            words.append(self.tr("{0} 条被平台退回，请按 F9 查看原因并处理。").format(got.refused))
        if got.waiting:
            words.append(self.tr("{0} 条平台暂未接收，会继续等待上传。").format(got.waiting))
        if got.taken_back:
            words.append(self.tr("其中 {0} 件本机已经撤回，平台却已收下，请联系平台管理员。").format(got.taken_back))
        return "\n".join(words), Tone.WARNING if got.refused or got.taken_back else Tone.SUCCESS
