"""F10: the day's board, kept up to date while it is open; the day's report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QFileDialog

from app.domain.clock import isoformat
from app.domain.errors import EnvironmentProblem, YichuangError
from app.domain.printing import DAY_REPORT, PrintJob
from app.presenters.around_words import board_view
from app.presenters.desk import Desk, error_line
from app.presenters.print_desk import PrintDesk
from app.services.day_board import Board, DayBoard
from devices.outcome import Reply
from widgets.dialogs.board import BoardDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

EVERY = 20_000
"""Milliseconds between two looks while the board is open."""


class BoardPresenter(QObject):
    """Counts off the event loop; shows what came last."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: DayBoard,
        printing: PrintDesk,
        lead: Mapping[str, Callable[[], object]],
    ) -> None:
        """lead: where each figure leads to."""
        super().__init__()
        self._desk = desk
        self._service = service
        self._printing = printing
        self._job = ""
        self._lead = lead
        self._board: Board | None = None
        self.dialog = BoardDialog(window)
        self.dialog.opened.connect(self._open_figure)
        self.dialog.print_requested.connect(self._print)
        self.dialog.export_requested.connect(self._export)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.refresh)
        self.dialog.finished.connect(lambda _: self._timer.stop())
        printing.ended.connect(self._printed)
        desk.tasks.failed.connect(self._failed)

    def open(self) -> None:
        """Show the day."""
        if self._board is None:
            self.dialog.set_view(None)
        self.dialog.set_message("", Tone.NEUTRAL)
        self.dialog.open()
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Something may have changed: count again, if somebody looks."""
        if self.dialog.isVisible():
            self._desk.tasks.run(self._service.look, self._show)

    def _show(self, board: Board) -> None:
        self._board = board
        self.dialog.set_view(board_view(board))

    def _open_figure(self, name: str) -> None:
        lead = self._lead.get(name)
        if lead is not None:
            self.dialog.accept()
            lead()

    def _print(self) -> None:
        board = self._board
        if board is None:
            return
        # A report of another minute is another print: nothing is lost when one comes out twice.
        job, number = f"daily-{isoformat(board.at)}", board.day.isoformat()

        def send(pdf: bytes) -> None:
            self._job = job
            if self._printing.print_pdf(job, DAY_REPORT, number, pdf):
                self.dialog.set_message(self.tr("正在打印日报…"), Tone.INFO)
            else:
                self.dialog.set_message(self.tr("本窗口没有配备打印机，可导出后再打印。"), Tone.WARNING)

        self._desk.tasks.run(lambda: self._service.report(board), send)

    def _printed(self, job: PrintJob, reply: Reply[str]) -> None:
        if job.job_id != self._job:
            return
        if reply.ok:
            self.dialog.set_message(self.tr("日报已送打印机。"), Tone.SUCCESS)
        else:
            self.dialog.set_message(self.tr("日报没有打印：{0}").format(core_words(reply.detail)), Tone.ERROR)

    def _export(self) -> None:
        board = self._board
        if board is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self.dialog,
            self.tr("导出日报"),
            self.tr("日报 {0}.pdf").format(board.day.isoformat()),
            self.tr("PDF 文件 (*.pdf);;表格 (*.csv)"),
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the report: a table when the name ends with .csv, a PDF otherwise."""
        board = self._board
        if board is None:
            return

        def work() -> None:
            data = self._service.sheet(board) if path.suffix.lower() == ".csv" else self._service.report(board)
            try:
                path.write_bytes(data)
            except OSError as error:
                raise EnvironmentProblem(
                    self.tr("日报没有存成"), self.tr("文件写不进去。"), self.tr("请换一个位置再存。")
                ) from error

        def told(_: None) -> None:
            self.dialog.set_message(self.tr("日报已存为 {0}").format(path.name), Tone.SUCCESS)

        self._desk.tasks.run(work, told)

    def _failed(self, error: YichuangError) -> None:
        if self.dialog.isVisible():
            self.dialog.set_message(error_line(error), Tone.ERROR)
