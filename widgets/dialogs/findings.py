"""All that the form still lacks or has wrong, as a list that jumps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QCoreApplication, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QIcon, QKeyEvent
from PyQt6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.form import CellProblem, Problem
from widgets.bits import TONE_ICONS, button, text
from widgets.dialogs.base import BaseDialog
from widgets.form_section import Section, Slot
from widgets.i18n import pick
from widgets.icons import icon
from widgets.look import colours
from widgets.views import Tone

translate = QCoreApplication.translate

_ROW = 32
_INKS = {Tone.ERROR: "error", Tone.NEUTRAL: "ink_soft", Tone.WARNING: "warning"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to do. section, title: where; words: what.

    row, column: of a table's cell, counted without empty rows; row -1 for a field. tone: ERROR is wrong, NEUTRAL is
    missing, WARNING wants a look.
    """

    key: str
    section: str
    title: str
    words: str
    tone: Tone
    row: int = -1
    column: str = ""


class _Rows(QListWidget):
    """Enter takes the row, wherever it came from."""

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        if e is not None and e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (item := self.currentItem()) is not None:
                self.itemActivated.emit(item)
            e.accept()
            return
        super().keyPressEvent(e)


def found_in(sections: Iterable[Section]) -> tuple[Finding, ...]:
    """All that is wrong, missing or in want of a look in a form, in its order; of tables each cell."""
    return tuple(
        finding for section in sections for slot in section.slots if slot.open for finding in _of(section.title, slot)
    )


def _of(section: str, slot: Slot) -> list[Finding]:
    make = partial(Finding, slot.asks.key, section, pick(slot.asks.title, slot.asks.title_en))
    problem = slot.problem
    if problem is None:
        if slot.state.rivals:
            return [make(translate("FormPanel", "来源不一致，请选定"), Tone.WARNING)]
        return [make(translate("FormPanel", "尚未填写"), Tone.NEUTRAL)]
    if problem.cells:
        return [make(cell.message, _tone(cell), cell.row, cell.column) for cell in problem.cells]
    return [make(problem.message, _tone(problem))]


def _tone(problem: Problem | CellProblem) -> Tone:
    return Tone.WARNING if problem.warning else Tone.NEUTRAL if problem.missing else Tone.ERROR


class FindingsDialog(BaseDialog):
    """Mistakes first, then what is missing, then what wants a look; each by parts. Signals: chosen(Finding)."""

    chosen = pyqtSignal(object)

    def __init__(self, findings: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__("findings", "", parent)
        title = self.tr("还差和有误的项")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        counts = [sum(1 for f in findings if f.tone is tone) for tone in (Tone.ERROR, Tone.NEUTRAL, Tone.WARNING)]
        self.set_title(title, self.tr("有误 {0} 项，未填 {1} 项，请留意 {2} 项").format(*counts))
        self.setMinimumSize(560, 240)
        self.list = _Rows()
        self.list.setObjectName("findings_list")
        self.list.setAccessibleName(title)
        order = {Tone.ERROR: 0, Tone.NEUTRAL: 1, Tone.WARNING: 2}
        part = ""
        for finding in sorted(findings, key=lambda f: order[f.tone]):
            heading = {
                Tone.ERROR: self.tr("有误"),
                Tone.NEUTRAL: self.tr("未填"),
                Tone.WARNING: self.tr("请留意"),
            }[finding.tone]
            if heading != part:
                part = heading
                self._add_heading(heading)
            self._add(finding)
        self.list.itemActivated.connect(self._jump)
        self.list.itemClicked.connect(self._jump)
        self.add(self.list, 1)
        if not findings:
            self.list.hide()
            self.add(text(self.tr("没有要改的，按 F7 核对。"), "soft", "findings_none"))
        close = button(self.tr("关闭 Esc"), name="findings_close")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.reject)
        go = button(self.tr("去改 Enter"), "primary", "findings_go")
        go.clicked.connect(lambda: self._jump(self.list.currentItem()))
        go.setEnabled(bool(findings))
        self.add_buttons(None, close, go)
        first = next((i for i in range(self.list.count()) if self._finding(self.list.item(i)) is not None), -1)
        self.list.setCurrentRow(first)
        self.list.setFocus()
        rows = min(self.list.count(), 14)
        self.resize(620, 156 + rows * _ROW)

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, _ROW))
        item.setForeground(QColor(colours().ink_soft))
        self.list.addItem(item)

    def _add(self, finding: Finding) -> None:
        where = finding.title if finding.row < 0 else self.tr("{0} 第 {1} 行").format(finding.title, finding.row + 1)
        item = QListWidgetItem(self.tr("{0} · {1}　{2}").format(finding.section, where, finding.words))
        item.setData(Qt.ItemDataRole.UserRole, finding)
        item.setToolTip(finding.words)
        item.setSizeHint(QSize(0, _ROW))
        picture: QIcon = icon(TONE_ICONS[finding.tone], _INKS[finding.tone])
        item.setIcon(picture)
        self.list.addItem(item)

    def _finding(self, item: QListWidgetItem | None) -> Finding | None:
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Finding) else None

    def _jump(self, item: QListWidgetItem | None) -> None:
        finding = self._finding(item)
        if finding is not None:
            self.accept()
            self.chosen.emit(finding)
