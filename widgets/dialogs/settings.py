"""The settings: grouped, searched while typing, each with where it comes from; changed one by one, applied together."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QWidget

from widgets.bits import button, name_clear_button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.look import px
from widgets.views import Tone
from widgets.views_settings import SettingRow


class SettingsDialog(BaseDialog):
    """Keys: type to search, ↓ ↑, Enter changes, Ctrl+R as it is without the user's word, Ctrl+S applies, Ctrl+Z back.

    Signals: changed(id, text) a value was chosen, not applied yet; cleared(id) the layer below shall show again;
    applied(); undone().
    """

    changed = pyqtSignal(str, str)
    cleared = pyqtSignal(str)
    applied = pyqtSignal()
    undone = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings", "", parent)
        head = self.tr("设置")
        self.set_title(head, self.tr("每一项都写明来自哪里；站点策略规定的不能改"))
        self.setWindowTitle(head)
        self.setAccessibleName(head)
        self.rows: tuple[SettingRow, ...] = ()
        self._shown: tuple[SettingRow, ...] = ()
        self.search = QLineEdit()
        self.search.setObjectName("settings_search")
        self.search.setAccessibleName(self.tr("查找设置"))
        self.search.setPlaceholderText(self.tr("查找：名称、说明或文件里的写法"))
        name_clear_button(self.search, self.tr("清空"))
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.installEventFilter(self)
        self.table = Lines(
            "settings_table",
            head,
            (self.tr("类别"), self.tr("设置"), self.tr("当前值"), self.tr("来自")),
            (112, 210, 300, 150),
            2,
        )
        if (side := self.table.verticalHeader()) is not None:
            side.setDefaultSectionSize(30)
        self.table.setMinimumHeight(180)
        self.table.itemSelectionChanged.connect(self._offer)
        self.table.opened.connect(lambda _: self._edit())
        self._help = text(role="soft", name="settings_help", wrap=True)
        self._help.setMinimumHeight(42)
        self._help.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.line = QLineEdit()
        self.line.setObjectName("settings_line")
        self.line.returnPressed.connect(self._typed)
        self.choice = QComboBox()
        self.choice.setObjectName("settings_choice")
        self.choice.activated.connect(self._chosen)
        self.editor = QStackedWidget()
        self.editor.addWidget(self.line)
        self.editor.addWidget(self.choice)
        self._label = text(name="settings_label")
        self._unit = text(role="soft", name="settings_unit")
        self._said = text(name="settings_said", wrap=True)
        self.add(self.search)
        self.add(self.table, 1)
        self.add(self._help)
        self.editor.setFixedWidth(px(420))
        self.add(row(self._label, self.editor, self._unit, None))
        self.add(self._said)
        self._clear = button(self.tr("恢复默认 Ctrl+R"), name="settings_clear")
        self._clear.setShortcut("Ctrl+R")
        self._clear.clicked.connect(self._cleared)
        self._undo = button(self.tr("撤销 Ctrl+Z"), name="settings_undo")
        self._undo.setShortcut("Ctrl+Z")
        self._undo.clicked.connect(self.undone)
        close = button(self.tr("关闭 Esc"), name="settings_close")
        close.clicked.connect(self.reject)
        self._apply = button(self.tr("保存 Ctrl+S"), "primary", "settings_apply")
        self._apply.setShortcut("Ctrl+S")
        self._apply.clicked.connect(self._apply_now)
        self.add_buttons(self._clear, self._undo, None, close, self._apply)
        self.resize(960, 660)
        self.search.setFocus()

    def set_rows(self, rows: Sequence[SettingRow], *, undo: bool) -> None:
        """Show the settings; the mark stays. undo: there is something to take back."""
        self.rows = tuple(rows)
        self._undo.setEnabled(undo)
        self._apply.setEnabled(any(one.pending for one in self.rows))
        self._filter()

    def set_result(self, words: str, tone: Tone) -> None:
        """What became of a change."""
        set_text(self._said, words, tone)

    def selected(self) -> SettingRow | None:
        """The marked setting."""
        at = self.table.currentRow()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def select(self, setting: str) -> None:
        """Mark one, if it is shown."""
        at = next((n for n, one in enumerate(self._shown) if one.id == setting), None)
        if at is not None:
            self.table.selectRow(at)

    def _filter(self) -> None:
        kept = self.selected()
        words = self.search.text().casefold().split()

        def fits(one: SettingRow) -> bool:
            hay = " ".join((one.group, one.title, one.help, one.id, one.value, one.origin, one.found)).casefold()
            return all(word in hay for word in words)

        self._shown = tuple(one for one in self.rows if fits(one))
        lines, tones, bold = [], [], []
        for n, one in enumerate(self._shown):
            group = one.group if n == 0 or self._shown[n - 1].group != one.group else ""
            value = f"{one.value} {one.unit}".strip() if one.unit and one.value else one.value
            lines.append((group, one.title, f"● {value}" if one.pending else value, one.origin))
            tones.append({2: Tone.INFO if one.pending else Tone.NEUTRAL, 3: one.tone})
            bold.append(one.pending)
        self.table.set_lines(lines, tones, bold)
        if kept is not None:
            self.select(kept.id)
        self._offer()

    def _offer(self) -> None:
        one = self.selected()
        self._help.setText("" if one is None else "　".join(part for part in (one.help, one.why) if part))
        for part in (self._label, self.editor):
            part.setVisible(one is not None)
        free = one is not None and not one.why
        self._clear.setEnabled(free and one is not None and not one.standard)
        set_text(self._unit, one.unit if one is not None else "")
        if one is None:
            self._help.setText(self.tr("没有找到，换个说法试试。") if self.search.text() else "")
            return
        self._label.setText(one.title)
        self.editor.setEnabled(free)
        if one.choices:
            self.editor.setCurrentWidget(self.choice)
            self.choice.setAccessibleName(one.title)
            self.choice.clear()
            for value, words in one.choices:
                self.choice.addItem(words, value)
            self.choice.setCurrentIndex(max(self.choice.findData(one.text), 0))
        else:
            self.editor.setCurrentWidget(self.line)
            self.line.setAccessibleName(one.title)
            self.line.setText(one.text)
            self.line.setCursorPosition(0)

    def _edit(self) -> None:
        one = self.selected()
        if one is None or one.why:
            return
        if one.choices:
            # Two or three: Enter goes on to the next, as a switch does.
            at = (self.choice.currentIndex() + 1) % self.choice.count()
            self.changed.emit(one.id, str(self.choice.itemData(at)))
            return
        self.line.setFocus()
        self.line.selectAll()

    def _typed(self) -> None:
        one = self.selected()
        if one is not None and not one.why:
            self.changed.emit(one.id, self.line.text())
            self.table.setFocus()

    def _chosen(self, at: int) -> None:
        one = self.selected()
        if one is not None and not one.why:
            self.changed.emit(one.id, str(self.choice.itemData(at)))

    def _apply_now(self) -> None:
        one = self.selected()
        if one is not None and self.line.hasFocus() and self.line.text() != one.text:
            self.changed.emit(one.id, self.line.text())
        self.applied.emit()

    def _cleared(self) -> None:
        one = self.selected()
        if one is not None and not one.why:
            self.cleared.emit(one.id)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a0 is self.search and isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(a1.key()))
            if step is not None and self._shown:
                self.table.selectRow(min(max(self.table.currentRow() + step, 0), len(self._shown) - 1))
                return True
            if a1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.table.setFocus()
                self._edit()
                return True
        return super().eventFilter(a0, a1)
