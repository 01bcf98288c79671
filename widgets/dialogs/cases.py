"""My cases: the list with its filters at the left, one case in full at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PyQt6.QtWidgets import QLineEdit, QTableView, QWidget

from widgets.bits import button, column, name_clear_button, row, text
from widgets.case_panel import CasePanel
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow, dress, select_row, set_widths, tone_colour
from widgets.look import look
from widgets.views import Tone
from widgets.views_around import CaseRow, CaseView

PAGE = 40
"""Rows that are asked for at once."""

_ACCEPTED, _STAGE = 3, 4
_WHOLE_LIST = 1160
"""Below this width of the dialog, in pixels at 100 %, the list shows fewer columns."""
_LOW = 600


class CaseModel(QAbstractTableModel):
    """A list of any length; rows come in pages, when they are looked at.

    Signals: wanted(first row of a page) once for each page that is not there yet.
    """

    ROW = Qt.ItemDataRole.UserRole
    wanted = pyqtSignal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = 0
        self._rows: dict[int, CaseRow] = {}
        self._asked: set[int] = set()
        self._titles = (
            self.tr("受理流水号"),
            self.tr("事项"),
            self.tr("申请人"),
            self.tr("受理时间"),
            self.tr("环节"),
            self.tr("期限"),
        )

    def set_count(self, count: int) -> None:
        """A new list of so many rows; none of them is there yet."""
        self.beginResetModel()
        self._count, self._rows, self._asked = count, {}, set()
        self.endResetModel()

    def set_page(self, first: int, rows: Sequence[CaseRow]) -> None:
        """The rows from `first` on."""
        self._rows.update(enumerate(rows, first))
        if rows:
            self.dataChanged.emit(self.index(first, 0), self.index(first + len(rows) - 1, len(self._titles) - 1))

    def forget(self) -> None:
        """What the rows say may have changed: they are asked for again when looked at; the old words stay till then."""
        self._asked = set()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._titles) - 1))

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, self.ROW):
            self._want(index.row())
        case = self._rows.get(index.row())
        if role == self.ROW:
            return case
        if case is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        due = f"{case.due} {case.light_words}".strip()
        words = (case.number, case.item, case.applicant, case.accepted, case.stage, due)[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 5:
            return tone_colour(case.light)
        return None

    def _want(self, row: int) -> None:
        first = row - row % PAGE
        if first not in self._asked:
            self._asked.add(first)
            self.wanted.emit(first)


class CasesDialog(BaseDialog):
    """List and detail.

    Keys: type to search; ↓ from the search into the list; Ctrl+1…4 the days, Alt+1…8 how it stands; Enter shows the
    paper, Ctrl+P prints it again, Ctrl+U corrects the case, Ctrl+W issues papers, Ctrl+S exports its archive package,
    Ctrl+Shift+Y checks one, Alt+Shift+1…4 the parts of the detail; Esc empties the search, then closes.
    Signals: filtered() when search or filters changed; selected(case id); paper_requested(paper id);
    reprint_requested(paper id); amend_requested(case id); papers_requested(case id); archive_requested(case id);
    signature_requested(case id): does it stand (Ctrl+G); check_requested();
    settled(case id): a person has seen to what the platform lacks (Ctrl+K);
    double_asked(): look at what may be a duplicate (Ctrl+D); batch_requested(): the
    papers of all that is listed (Ctrl+F8); licence_requested(case id): show the e-licence issued for it (Ctrl+E).
    """

    filtered = pyqtSignal()
    selected = pyqtSignal(str)
    paper_requested = pyqtSignal(str)
    reprint_requested = pyqtSignal(str)
    settled = pyqtSignal(str)
    amend_requested = pyqtSignal(str)
    papers_requested = pyqtSignal(str)
    archive_requested = pyqtSignal(str)
    check_requested = pyqtSignal()
    signature_requested = pyqtSignal(str)
    batch_requested = pyqtSignal()
    double_asked = pyqtSignal()
    licence_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("cases", "", parent)
        self._head = self.tr("我的办件")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.search = QLineEdit()
        self.search.setObjectName("cases_search")
        self.search.setAccessibleName(self.tr("查找办件"))
        self.search.setPlaceholderText(self.tr("受理流水号（或当日序号）、办件编码、身份证号后六位、姓名"))
        name_clear_button(self.search, self.tr("清空"))
        self.search.textChanged.connect(self.filtered)
        self.days = ChoiceRow(
            "cases_days",
            self.tr("受理日期"),
            (("1", self.tr("今天")), ("7", self.tr("7 天")), ("30", self.tr("30 天")), ("", self.tr("全部"))),
            "Ctrl",
        )
        self.stands = ChoiceRow(
            "cases_stands",
            self.tr("办理情况"),
            (
                ("", self.tr("全部")),
                ("running", self.tr("在办")),
                ("near", self.tr("将到期")),
                ("late", self.tr("逾期")),
                ("refused", self.tr("需处理")),
                ("correction", self.tr("补正")),
                ("waiting", self.tr("待回执")),
                ("decided", self.tr("办结")),
            ),
            "Alt",
        )
        self.days.set_value("")
        self.days.changed.connect(lambda _: self.filtered.emit())
        self.stands.changed.connect(lambda _: self.filtered.emit())
        self.model = CaseModel(self)
        self.model.dataChanged.connect(self._arrived)
        self.table = QTableView()
        self.table.setModel(self.model)
        dress(self.table, "cases_table", self._head)
        set_widths(self.table, (156, 120, 76, 108, 92, 146), 1)
        self.table.doubleClicked.connect(lambda _: self._paper())
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda *_: self._select())
        self._empty = text(role="soft", name="cases_empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.detail = CasePanel()
        self.detail.setMinimumWidth(430)
        self._shown = ""
        left = QWidget()
        left.setObjectName("cases_left")
        listed = column(self.search, row(self.stands, None), gap=8)
        listed.addWidget(self.table, 1)
        listed.addWidget(self._empty, 1)
        left.setLayout(listed)
        both = row(gap=16)
        both.addWidget(left, 62)
        both.addWidget(self.detail, 38)
        self.content.setContentsMargins(24, 0, 24, 4)
        keys = text(
            self.tr("Ctrl+1–4 日期　Alt+1–8 情况　Alt+Shift+1–4 详情　Ctrl+Shift+Y 核验归档包"), "faint", "cases_keys"
        )
        self.add(row(text(self.tr("受理日期"), "soft"), self.days, None, keys))
        self.add(both, 1)
        self._amend = button(self.tr("更正 Ctrl+U"), name="cases_amend")
        self._amend.setShortcut("Ctrl+U")
        self._amend.clicked.connect(lambda: self._ask_amend())
        self._papers = button(self.tr("出具文书 Ctrl+W"), name="cases_papers")
        self._papers.setShortcut("Ctrl+W")
        self._papers.clicked.connect(self._ask_papers)
        self._archive = button(self.tr("导出归档包 Ctrl+S"), name="cases_archive")
        self._archive.setShortcut("Ctrl+S")
        self._archive.clicked.connect(lambda: self._ask_archive())
        self._signature = button(self.tr("核验签字 Ctrl+G"), name="cases_signature")
        self._signature.setShortcut("Ctrl+G")
        self._signature.clicked.connect(lambda: self._ask_signature())
        # Rarely wanted, so without a button; the window's own keys sleep while this lies over it.
        QShortcut(QKeySequence("Ctrl+Shift+Y"), self).activated.connect(self.check_requested)
        self._reprint = button(self.tr("重印 Ctrl+P"), name="cases_reprint")
        self._reprint.setShortcut("Ctrl+P")
        self._batch = button(self.tr("批量打印 Ctrl+F8"), name="cases_batch")
        self._batch.setShortcut("Ctrl+F8")
        self._batch.clicked.connect(self.batch_requested)
        self._look = button(self.tr("看文书 Enter"), "primary", "cases_paper")
        self._settle = button(self.tr("已联系处理 Ctrl+K"), name="cases_settle")
        self._settle.setShortcut("Ctrl+K")
        self._settle.clicked.connect(lambda: self.settled.emit(self._shown))
        self._double = button(self.tr("核对重复 Ctrl+D"), name="cases_double")
        self._double.setShortcut("Ctrl+D")
        self._double.clicked.connect(lambda: self.double_asked.emit())
        self._licence = button(self.tr("亮证 Ctrl+E"), name="cases_licence")
        self._licence.setShortcut("Ctrl+E")
        self._licence.clicked.connect(lambda: self._ask_licence())
        close = button(self.tr("关闭 Esc"), name="cases_close")
        self._reprint.clicked.connect(self._again)
        self._look.clicked.connect(self._paper)
        close.clicked.connect(self.reject)
        buttons = (
            self._licence,
            self._amend,
            self._papers,
            self._reprint,
            self._batch,
            self._archive,
            self._signature,
            self._settle,
            self._double,
        )
        self.add_buttons(*buttons, None, close, self._look, default=self._look)
        self.resize(1240, 672)
        self.set_count(0)

    def set_loading(self) -> None:
        """Say that cases are being looked up, while there is nothing to show."""
        if not self.model.rowCount():
            self._empty.setText(self.tr("正在读取办件…"))

    def set_count(self, count: int, words: str = "") -> None:
        """A new list. words: under the title, e.g. 共 128 件."""
        self._shown = ""
        self.model.set_count(count)
        self.set_title(self._head, words)
        self.table.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        self._batch.setVisible(count > 0)
        filtered = bool(self.search.text().strip()) or self.days.value() != "" or self.stands.value() != ""
        self._empty.setText(
            self.tr("没有符合条件的办件。\n换个日期或办理情况，或清空查找内容。")
            if filtered
            else self.tr("本窗口还没有受理过办件。")
        )
        if count:
            select_row(self.table, 0)
        else:
            self.show_case(None)

    def select_case(self, row: int) -> None:
        """Select a line."""
        select_row(self.table, row)

    def show_case(self, view: CaseView | None) -> None:
        """The case at the right; None: nothing is selected, or it is being read."""
        self.detail.set_view(view)
        self._amend.setVisible(bool(view and view.can_amend))
        self._papers.setVisible(view is not None)
        self._archive.setVisible(bool(view and view.form))
        self._signature.setVisible(bool(view and view.form))
        papers = view.papers if view is not None else ()
        self._reprint.setVisible(any(paper.again for paper in papers))
        self._look.setVisible(any(not paper.gone for paper in papers))
        self._settle.setVisible(view is not None and view.lost)
        self._double.setVisible(view is not None and view.double)
        self._licence.setVisible(view is not None and view.licence)

    def set_message(self, words: str, tone: Tone) -> None:
        """One line at the foot of the detail, e.g. what became of a print."""
        self.detail.set_message(words, tone)

    def _select(self) -> None:
        case = self.table.currentIndex().data(CaseModel.ROW)
        if isinstance(case, CaseRow) and case.id != self._shown:
            self._shown = case.id
            self.selected.emit(case.id)

    def _arrived(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.table.currentIndex().row() <= last.row():
            self._select()

    def _ask_amend(self) -> None:
        # What stands at the right, also while the list at the left is being read again.
        if case := self.detail.case_id():
            self.amend_requested.emit(case)

    def _ask_papers(self) -> None:
        if case := self.detail.case_id():
            self.papers_requested.emit(case)

    def _ask_archive(self) -> None:
        if case := self.detail.case_id():
            self.archive_requested.emit(case)

    def _ask_signature(self) -> None:
        if case := self.detail.case_id():
            self.signature_requested.emit(case)

    def _ask_licence(self) -> None:
        if case := self.detail.case_id():
            self.licence_requested.emit(case)

    def _paper(self) -> None:
        paper = self.detail.paper()
        if paper is not None and not paper.gone:
            self.paper_requested.emit(paper.id)

    def _again(self) -> None:
        paper = self.detail.paper()
        if paper is not None and paper.again:
            self.reprint_requested.emit(paper.id)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._fold()

    def look_changed(self) -> None:
        """The same dialog holds less at a larger scale."""
        self._fold()

    def _fold(self) -> None:
        # The item's name needs the room; time and stage are in the detail at the right too.
        for hidden in (_ACCEPTED, _STAGE):
            self.table.setColumnHidden(hidden, self.width() / look().scale < _WHOLE_LIST)
        self.detail.set_folded(self.height() / look().scale < _LOW)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        key = a0.key() if a0 is not None else 0
        if a0 is not None and key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        elif a0 is not None and key == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()
