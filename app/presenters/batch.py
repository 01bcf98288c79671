"""Importing a table file into a table field: read, check, mend, take over. Work runs off the event loop."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog

from app.batch.check import start_worker
from app.batch.columns import ColumnMatcher
from app.batch.save import save_marked
from app.batch.session import CHUNK, BatchTable
from app.batch.source import SPOILT, read_file
from app.domain.clock import Clock, shanghai
from app.domain.errors import YichuangError
from app.domain.form import FormField
from app.domain.item import ElementType
from app.identity.numbers import check_number
from app.presenters.desk import Desk
from app.presenters.file_dialogs import open_which
from app.services.batch_memory import BatchDraft, BatchMemory, Left
from app.services.submit_batch import PackedBatch, SubmitBatch
from widgets.dialogs.batch import BatchDialog
from widgets.dialogs.confirm import confirm
from widgets.i18n import core_words, pick
from widgets.views import Tone
from widgets.window import MainWindow


class Rows:
    """A BatchTable as the dialog wants to see it."""

    def __init__(self, table: BatchTable) -> None:
        self._table = table
        self._columns = list(table.table.columns)

    def titles(self) -> Sequence[str]:
        return [pick(element.title, element.title_en) for element in self._columns]

    def count(self) -> int:
        return len(self._table)

    def number(self, row: int) -> int:
        return self._table.sheet_row(row)

    def cell(self, row: int, column: int) -> tuple[str, str, bool]:
        element = self._columns[column].id
        words = self._table.raw_row(row).get(element, "").removeprefix(SPOILT)
        found = [fault for fault in self._table.faults(row) if fault.column == element]
        hard = [fault for fault in found if not fault.warning]
        return words, core_words("；".join(fault.message for fault in hard or found)), bool(found) and not hard

    def wrong(self) -> Sequence[int]:
        return self._table.wrong

    def column_id(self, column: int) -> str:
        return self._columns[column].id


class BatchPresenter(QObject):
    """`opened` carries the BatchTable once it is checked; `taken` the PackedBatch once it is in the visit."""

    opened = pyqtSignal(object)
    taken = pyqtSignal(object)
    _progress = pyqtSignal(str, int, int)

    def __init__(self, window: MainWindow, desk: Desk, service: SubmitBatch, memory: BatchMemory, clock: Clock) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._service = service
        self._memory = memory
        self._sealed = ""
        self._clock = clock
        self._cancelled = threading.Event()
        self._folder = ""
        self.dialog: BatchDialog | None = None
        self.table: BatchTable | None = None
        self._progress.connect(self._show_progress)
        window.form.import_requested.connect(self._import)

    def possible(self) -> bool:
        """Is there a table to import into?"""
        return any(f.element.type is ElementType.TABLE for f in self._desk.visit.form.asked().values())

    def import_table(self) -> None:
        """Ctrl+O: into the table in hand, else the first that is empty, else the first."""
        form = self._desk.visit.form
        tables = [key for key, f in form.asked().items() if f.element.type is ElementType.TABLE]
        if not tables:
            return
        current = self._window.form.current_field()
        empty = next((key for key in tables if not form.state(key).value), tables[0])
        self._import(current if current in tables else empty)

    def _import(self, key: str) -> None:
        """Offer the table that was left half-mended, else ask for a file."""
        field, visit_id = self._field(key), self._desk.visit.visit_id

        def ask(left: Left | None) -> None:
            if not self._desk.still(visit_id):
                return
            if left is not None and self._go_on_with(left):
                self.resume(key)
            else:
                self._choose_file(key)

        self._desk.tasks.run(lambda: self._memory.left(field), ask)

    def _go_on_with(self, left: Left) -> bool:
        wrong = self.tr("还有 {0} 行有误").format(left.wrong) if left.wrong else self.tr("已全部改好，还没有采用")
        what = self.tr("{0}（{1} 行），{2}。").format(left.name, f"{left.rows:,}", wrong)
        return confirm(self._window, self.tr("继续上次的表格？"), what, self.tr("继续"), self.tr("另选文件"))

    def _field(self, key: str) -> FormField:
        return next(f for f in self._desk.visit.form.definition.fields if f.key == key)

    def _choose_file(self, key: str) -> None:
        files = self.tr("表格 (*.xlsx *.csv *.txt)")

        def chosen(path: Path) -> None:
            self._folder = str(path.parent)
            self.open_file(key, path)

        open_which(self._window, self.tr("从文件导入表格"), self._folder, files, chosen)

    def open_file(self, key: str, path: Path) -> None:
        """Read and check a file for a table field; the dialog shows progress at once."""
        field = self._field(key)
        cancelled = self._open(field, path.name)
        self._desk.tasks.run(lambda: self._load(field, path, cancelled), self._loaded)

    def resume(self, key: str) -> None:
        """Go on with the table that was left for a field."""
        field = self._field(key)
        cancelled = self._open(field, self.tr("上次的表格"))

        def load() -> BatchTable | YichuangError:
            try:
                draft = self._memory.resume(field)
            except YichuangError as error:
                return error
            return self._check(field, draft, cancelled)

        self._desk.tasks.run(load, self._loaded)

    def _open(self, field: FormField, name: str) -> threading.Event:
        self._cancelled = threading.Event()
        self._sealed, self.table = "", None
        title = self.tr("导入{0}：{1}").format(pick(field.title, field.title_en), name)
        self.dialog = BatchDialog(title, self._window)
        self.dialog.cancelled.connect(self._cancelled.set)
        self.dialog.edited.connect(self._edit)
        self.dialog.mapped.connect(self._map)
        self.dialog.save_requested.connect(self._save)
        self.dialog.take_requested.connect(lambda: self._take(field))
        self.dialog.set_progress(self.tr("正在读取…"), 0, 0)
        self.dialog.open()
        return self._cancelled

    def _load(self, field: FormField, path: Path, cancelled: threading.Event) -> BatchTable | YichuangError:
        try:
            raw = read_file(
                path,
                ColumnMatcher(field).count,
                lambda rows: self._progress.emit(self.tr("正在读取…已读 {0} 行").format(f"{rows:,}"), 0, 0),
                cancelled.is_set,
            )
        except YichuangError as error:
            return error
        mapping = self._memory.columns(field, raw.headings)
        if mapping is None:
            mapping = ColumnMatcher(field).match(raw.headings)
        return self._check(field, BatchDraft(raw, mapping, {}), cancelled)

    def _check(self, field: FormField, draft: BatchDraft, cancelled: threading.Event) -> BatchTable:
        """Check every row, and keep the table. Slow; not on the event loop."""
        today = shanghai(self._clock.now()).date()
        table = BatchTable(draft.raw, field, today, check_number, draft.mapping)
        table.restore(draft.edits)
        started = time.monotonic()

        def progress(done: int, total: int) -> None:
            rate = done / max(time.monotonic() - started, 0.001)
            left = round((total - done) / rate)
            words = self.tr("正在核对 {0}/{1} 行，每秒 {2} 行，约剩 {3} 秒").format(
                f"{done:,}", f"{total:,}", f"{rate:,.0f}", left
            )
            self._progress.emit(words, done, total)

        if len(table) <= 2 * CHUNK or draft.edits:
            table.check_all(None, progress, cancelled.is_set)
        else:
            # Processes of their own: checking in a thread would take the screen its turns.
            with ProcessPoolExecutor(
                2, mp_context=get_context("spawn"), initializer=start_worker, initargs=(field, today, check_number)
            ) as pool:
                table.check_all(pool, progress, cancelled.is_set)
        if not cancelled.is_set():
            self._sealed = self._sealed or self._memory.seal(draft.raw)
            self._memory.keep(self._memory.snapshot(table, self._sealed))
        return table

    def _loaded(self, loaded: BatchTable | YichuangError) -> None:
        dialog = self.dialog
        if dialog is None or self._cancelled.is_set():
            return
        if isinstance(loaded, YichuangError):
            self._cancelled.set()
            dialog.close()
            self._desk.show_error(loaded)
            return
        self.table = loaded
        dialog.set_rows(Rows(loaded), self._words(loaded), loaded.good)
        titles = [pick(element.title, element.title_en) for element in loaded.table.columns]
        chosen = [loaded.mapping.get(element.id, -1) for element in loaded.table.columns]
        dialog.set_columns(titles, loaded.raw.headings, chosen)
        self.opened.emit(loaded)

    def _words(self, table: BatchTable) -> str:
        words = self.tr("共 {0} 行，合格 {1}，有误 {2}").format(
            f"{len(table):,}", f"{table.good:,}", f"{len(table.wrong):,}"
        )
        if table.unmatched:
            words += self.tr("；文件里没有：{0}").format(core_words("、".join(table.unmatched)))
        return words

    def _edit(self, row: int, column: int, text: str) -> None:
        if self.table is None or self.dialog is None:
            return
        self.table.edit(row, self.table.table.columns[column].id, text)
        self.dialog.set_state(self._words(self.table), self.table.good)
        self._keep(self.table)

    def _map(self, column: int, at: int) -> None:
        """The clerk said which column of the file is which: check anew, and match such files so from now on."""
        table, dialog = self.table, self.dialog
        if table is None or dialog is None:
            return
        field, element = table.table, table.table.columns[column].id
        # A column of the file serves once: who takes it takes it away.
        mapping = {e: place for e, place in table.mapping.items() if e != element and place != at}
        if at >= 0:
            mapping[element] = at
        draft, cancelled = BatchDraft(table.raw, mapping, table.edits()), self._cancelled
        dialog.set_progress(self.tr("正在按新的列对应核对…"), 0, 0)

        def work() -> BatchTable:
            self._memory.remember(field, draft.raw.headings, mapping)
            return self._check(field, draft, cancelled)

        self._desk.tasks.run(work, self._loaded)

    def _keep(self, table: BatchTable) -> None:
        """Keep what was changed: after a power cut the table is offered again as it was."""
        snapshot = self._memory.snapshot(table, self._sealed)
        self._desk.tasks.run(lambda: self._memory.keep(snapshot), lambda _: None, order="batch")

    def _save(self) -> None:
        table = self.table
        if table is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self.dialog, self.tr("另存标记副本"), self.tr("核对结果.xlsx"), self.tr("工作簿 (*.xlsx)")
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the marked copy."""
        table = self.table
        if table is None:
            return

        def told(wrong: int) -> None:
            what = self.tr("{0}，有误 {1} 行已标出").format(path.name, wrong)
            self._desk.tell(Tone.SUCCESS, self.tr("已另存标记副本"), what)

        self._desk.tasks.run(lambda: save_marked(table, path), told)

    def _take(self, field: FormField) -> None:
        table = self.table
        if table is None:
            return
        visit_id = self._desk.visit.visit_id

        def take(packed: PackedBatch) -> None:
            if not self._desk.still(visit_id):
                return
            self._desk.change(self._service.take_over(self._desk.visit, field, packed))
            if not table.wrong:
                self._desk.tasks.run(lambda: self._memory.forget(field.key), lambda _: None, order="batch")
            if self.dialog is not None:
                self.dialog.accept()
            left = self.tr("有误的 {0} 行没有采用。").format(len(table.wrong)) if table.wrong else ""
            self._desk.tell(Tone.SUCCESS, self.tr("已采用 {0} 行").format(f"{packed.rows:,}"), left)
            self.taken.emit(packed)

        self._desk.tasks.run(lambda: self._service.pack(table, field), take)

    def _show_progress(self, words: str, done: int, total: int) -> None:
        if self.dialog is not None and not self._cancelled.is_set():
            self.dialog.set_progress(words, done, total)
