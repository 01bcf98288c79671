"""Out to where people are 外出受理: the visits, their packs on hand, and whether all is here that is needed."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QHeaderView, QLineEdit, QScrollArea, QWidget

from widgets.bits import ElidedLabel, badge, button, clear, column, row, rule, set_text, text, tone_icon
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_outing import OutingRow, ReadyRow

_FIT, _REST = QHeaderView.ResizeMode.ResizeToContents, QHeaderView.ResizeMode.Stretch


class OutingDialog(BaseDialog):
    """The list at the left, the marked visit in full at the right.

    Keys: ↓ ↑, Enter takes the pack (begins the visit where it is on hand), Y extends it, R gives it back, Esc closes.
    Signals, each with the visit's id: check_out, begin, extend, give_back; marked when another line is.
    """

    check_out = pyqtSignal(str)
    begin = pyqtSignal(str)
    extend = pyqtSignal(str)
    give_back = pyqtSignal(str)
    marked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("outing", "", parent)
        self._head = self.tr("外出受理")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.rows: tuple[OutingRow, ...] = ()
        self._busy = ""
        self.table = Lines(
            "outing_table",
            self._head,
            (self.tr("时间"), self.tr("去处"), self.tr("事项"), self.tr("任务包")),
            (112, 168, 140, 176),
            2,
        )
        if (head := self.table.horizontalHeader()) is not None:
            # When and how long must be read whole, at any scale; few lines are measured quickly.
            for column_of, mode in enumerate((_FIT, _REST, _REST, _FIT)):
                head.setSectionResizeMode(column_of, mode)
        self.table.opened.connect(lambda _: self._lead())
        self.table.itemSelectionChanged.connect(self._mark)
        self._empty = text(role="soft", name="outing_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        left = column(self.table, self._empty, gap=0)
        line = row(gap=16)
        line.addLayout(left, 3)
        line.addWidget(self._make_panel(), 2)
        self.add(line, 1)
        self._said = text(role="soft", name="outing_said", wrap=True)
        self._said.setMinimumHeight(20)
        self.add(self._said)
        self._extend = self._button(self.tr("延期 Y"), "outing_extend", "Y", "extend")
        self._back = self._button(self.tr("交回 R"), "outing_back", "R", "give_back")
        close = button(self.tr("关闭 Esc"), name="outing_close")
        close.clicked.connect(self.reject)
        self._go = button("", "primary", "outing_go")
        self._go.clicked.connect(self._lead)
        self.add_buttons(self._extend, self._back, None, close, self._go, default=self._go)
        self.resize(1180, 640)
        self.set_loading()

    def set_loading(self) -> None:
        """The list is being read; that of the last time stays on show meanwhile."""
        if not self.rows:
            self.set_rows(())
            self._empty.setText(self.tr("正在读取外出服务…"))

    def set_rows(self, rows: Sequence[OutingRow], below: str = "") -> None:
        """Show the visits; the mark stays on the same one. below: one line under the title."""
        before = self.selected()
        self.rows = tuple(rows)
        self.table.set_lines(
            [(r.when, r.title, r.items, r.state) for r in rows],
            [{3: r.tone} for r in rows],
            [r.held for r in rows],
        )
        at = next((n for n, r in enumerate(rows) if before and r.id == before.id), 0)
        if rows:
            self.table.selectRow(at)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(self.tr("今天和以后都没有安排外出服务。\n平台安排后，联网即可在这里领取任务包。"))
        self._panel.setVisible(bool(rows))
        self.set_title(self._head, below)
        if rows:
            self.table.setFocus()
        self._show()

    def set_ready(self, visit_id: str, rows: Sequence[ReadyRow]) -> None:
        """What is here and what lacks for the marked visit; passed over when another is marked by now."""
        marked = self.selected()
        if marked is None or marked.id != visit_id:
            return
        clear(self._ready)
        lacks = [r for r in rows if r.tone is not Tone.SUCCESS]
        # What lacks first: the end of the list may lie below the edge.
        rows = [*lacks, *(r for r in rows if r.tone is Tone.SUCCESS)]
        self._line.setVisible(bool(rows))
        if rows:
            words = self.tr("离线所需已齐") if not lacks else self.tr("还有 {0} 项要看").format(len(lacks))
            worst = Tone.ERROR if any(r.tone is Tone.ERROR for r in lacks) else Tone.WARNING
            self._ready.addWidget(badge(words, worst if lacks else Tone.SUCCESS), 0, 0, 1, 3)
        for at, entry in enumerate(rows, 1):
            spoken = {Tone.SUCCESS: self.tr("已备好"), Tone.ERROR: self.tr("缺")}.get(entry.tone, self.tr("请看"))
            sign = tone_icon(entry.tone, 16)
            name = text(entry.name, name="ready_name")
            name.setAccessibleName(" ".join(p for p in (entry.name, spoken, entry.words, entry.todo) if p))
            self._ready.addWidget(sign, 2 * at, 0)
            self._ready.addWidget(name, 2 * at, 1)
            self._ready.addWidget(ElidedLabel(entry.words, "soft"), 2 * at, 2)
            if entry.todo:
                todo = text(entry.todo, name="ready_todo", wrap=True)
                set_text(todo, entry.todo, entry.tone)
                self._ready.addWidget(todo, 2 * at + 1, 1, 1, 2)

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the list: how it goes, or what went wrong."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)

    def set_busy(self, words: str) -> None:
        """Something is under way (words say what), or has ended (empty)."""
        self._busy = words
        if words:
            self.say(words)
        self._offer()

    def selected(self) -> OutingRow | None:
        """The marked visit."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _make_panel(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("page")
        self._name = text(role="strong", name="outing_name", wrap=True)
        self._warning = text(role="soft", name="outing_warning", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._ready = QGridLayout()
        self._ready.setHorizontalSpacing(8)
        self._ready.setVerticalSpacing(4)
        self._ready.setColumnStretch(2, 1)
        inside = column(self._name, self._warning, gap=8)
        inside.addLayout(self._facts)
        self._line = rule()
        inside.addWidget(self._line)
        inside.addLayout(self._ready)
        inside.addStretch(1)
        inside.setContentsMargins(0, 0, 8, 0)
        page.setLayout(inside)
        self._panel = QScrollArea()
        self._panel.setObjectName("outing_panel")
        self._panel.setAccessibleName(self.tr("任务包内容"))
        self._panel.setWidgetResizable(True)
        self._panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel.setWidget(page)
        return self._panel

    def _button(self, words: str, name: str, key: str, action: str) -> QWidget:
        made = button(words, name=name)
        made.setShortcut(key)
        made.clicked.connect(lambda: self._do(action))
        return made

    def _mark(self) -> None:
        self._show()
        marked = self.selected()
        if marked is not None:
            self.marked.emit(marked.id)

    def _show(self) -> None:
        marked = self.selected()
        clear(self._facts)
        clear(self._ready)
        self._line.setVisible(marked is not None and "check_out" in marked.can)
        if marked is not None and "check_out" in marked.can:
            hint = text(self.tr("领取后，这里逐项核对离线所需是否备齐。"), "soft", "outing_hint", wrap=True)
            self._ready.addWidget(hint, 0, 0, 1, 3)
        set_text(self._name, marked.title if marked else "")
        set_text(self._warning, marked.warning if marked else "", marked.tone if marked else Tone.NEUTRAL)
        for at, (label, value) in enumerate(marked.facts if marked else ()):
            name = text(label, "label")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            shown = text(value, wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{label} {value}")
            self._facts.addWidget(name, at, 0)
            self._facts.addWidget(shown, at, 1)
        self._offer()

    def _offer(self) -> None:
        marked = self.selected()
        can = marked.can if marked is not None and not self._busy else frozenset()
        held = marked is not None and marked.held
        for which, action in ((self._extend, "extend"), (self._back, "give_back")):
            which.setVisible(held)
            which.setEnabled(action in can)
        words = self.tr("开始办理 Enter") if held else self.tr("领取任务包 Enter")
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setEnabled(bool(can & {"begin", "check_out"}))
        self._go.setVisible(marked is not None)

    def _lead(self) -> None:
        marked = self.selected()
        if marked is not None:
            self._do("begin" if marked.held else "check_out")

    def _do(self, action: str) -> None:
        marked = self.selected()
        if marked is None or self._busy or action not in marked.can:
            return
        signals = {
            "check_out": self.check_out,
            "begin": self.begin,
            "extend": self.extend,
            "give_back": self.give_back,
        }
        signals[action].emit(marked.id)


class GiveBackDialog(BaseDialog):
    """How the visit went, before its pack is given back. Signals: answered(done, note)."""

    answered = pyqtSignal(bool, str)

    def __init__(self, title: str, cases: int, parent: QWidget | None = None) -> None:
        super().__init__("give_back", "", parent)
        self.set_title(self.tr("交回任务包：{0}").format(title))
        self.setWindowTitle(self.tr("交回任务包"))
        self.setAccessibleName(self.tr("交回任务包"))
        self.setMinimumWidth(520)
        said = (
            self.tr("已受理 {0} 件，会先上报再交回；任务包里的个人信息随后从本机清除。").format(cases)
            if cases
            else self.tr("没有受理办件；任务包里的个人信息会从本机清除。")
        )
        self.add(text(said, "soft", "give_back_said", wrap=True))
        self.note = QLineEdit()
        self.note.setObjectName("give_back_note")
        self.note.setAccessibleName(self.tr("说明"))
        self.note.setPlaceholderText(self.tr("说明（可不填），例如：改约下周二上午"))
        self.note.setMaxLength(500)
        self.add(self.note)
        cancel = button(self.tr("取消 Esc"), name="give_back_cancel")
        undone = button(self.tr("没办成，交回 Alt+N"), "" if cases else "primary", "give_back_undone")
        done = button(self.tr("办完了，交回 Alt+Y"), "primary" if cases else "", "give_back_done")
        undone.setShortcut("Alt+N")
        done.setShortcut("Alt+Y")
        cancel.clicked.connect(self.reject)
        undone.clicked.connect(lambda: self._answer(False))
        done.clicked.connect(lambda: self._answer(True))
        self.add_buttons(cancel, None, undone, done, default=done if cases else undone)
        self.note.setFocus()

    def _answer(self, done: bool) -> None:
        self.accept()
        self.answered.emit(done, self.note.text().strip())
