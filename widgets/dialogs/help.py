"""Help: a page for each part of the screen, searchable, and all keys on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent, QTextCursor
from PyQt6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QTextBrowser,
    QWidget,
)

from widgets.actions import Action, actions
from widgets.bits import button, column, key_cap, row, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px

_PROPORTIONAL = 1
"""QTextBlockFormat.LineHeightTypes.ProportionalHeight; the stubs take a plain number only."""

KEYS = "keys"
"""The page of all keys; it is made here, the others are handed in."""


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """A page of the help. id: the part of the screen it is about. body: Markdown, its heading included."""

    id: str
    title: str
    body: str


class HelpDialog(BaseDialog):
    """Pages on the left, the chosen one on the right.

    Keys: type to search, ↑ ↓ choose a page, PageUp and PageDown scroll it, Enter or Esc closes.
    """

    def __init__(self, topics: Sequence[HelpTopic] = (), current: str = KEYS, parent: QWidget | None = None) -> None:
        super().__init__("help", "", parent)
        title = self.tr("帮助")
        self.set_title(title, self.tr("全程可只用键盘；Esc 总是返回或取消"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._topics = (*topics, HelpTopic(KEYS, self.tr("按键一览"), ""))
        self.search = QLineEdit()
        self.search.setObjectName("help_search")
        self.search.setAccessibleName(self.tr("搜索帮助"))
        self.search.setPlaceholderText(self.tr("搜索帮助"))
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.pages = QListWidget()
        self.pages.setObjectName("help_pages")
        self.pages.setAccessibleName(self.tr("帮助目录"))
        self.pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys reach it from the search box
        self.pages.currentItemChanged.connect(lambda *_: self._show())
        self._none = text(self.tr("没有找到。换个说法试试。"), "soft", "help_none", wrap=True)
        self._page = QTextBrowser()
        self._page.setObjectName("help_page")
        self._page.setAccessibleName(self.tr("帮助内容"))
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys = QScrollArea()
        self._keys.setObjectName("help_keys")
        self._keys.setAccessibleName(self.tr("按键一览"))
        self._keys.setWidgetResizable(True)
        self._keys.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys.setWidget(self._overview())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._keys)
        left = QWidget()
        left.setFixedWidth(190)
        left.setAccessibleName(self.tr("帮助目录"))
        left.setLayout(column(self.search, self.pages, self._none))
        both = row(left, gap=20)
        both.addWidget(self._stack, 1)
        self.add(both, 1)
        close = button(self.tr("关闭 Enter"), "primary", "help_close")
        close.clicked.connect(self.accept)
        self.add_buttons(None, close, default=close)
        self.resize(1000, 600)
        self._find("")
        self.show_topic(current)
        self.search.setFocus()

    def show_topic(self, topic: str) -> None:
        """Open a page; one that does not exist opens the keys."""
        ids = [self._id(n) for n in range(self.pages.count())]
        where = ids.index(topic) if topic in ids else ids.index(KEYS) if KEYS in ids else 0
        self.pages.setCurrentRow(where)

    def ask_help(self) -> None:
        """It is here already."""

    def current(self) -> str:
        """The page on show; "" when the search found none."""
        return self._id(self.pages.currentRow())

    def _id(self, line: int) -> str:
        entry = self.pages.item(line)
        return str(entry.data(Qt.ItemDataRole.UserRole)) if entry is not None else ""

    def _find(self, words: str) -> None:
        wanted = words.lower().split()
        before = self.current()
        self.pages.clear()
        for topic in self._topics:
            said = f"{topic.title}\n{topic.body or self._key_words()}".lower()
            if all(word in said for word in wanted):
                entry = QListWidgetItem(topic.title)
                entry.setData(Qt.ItemDataRole.UserRole, topic.id)
                self.pages.addItem(entry)
        found = self.pages.count() > 0
        self._none.setVisible(not found)
        ids = [self._id(n) for n in range(self.pages.count())]
        if found:
            self.pages.setCurrentRow(ids.index(before) if before in ids else 0)

    def _show(self) -> None:
        topic = next((t for t in self._topics if t.id == self.current()), None)
        if topic is None:
            return
        if topic.id == KEYS:
            self._stack.setCurrentWidget(self._keys)
            return
        self._stack.setCurrentWidget(self._page)
        self._page.setMarkdown(topic.body)
        self._space()
        first = next(iter(self.search.text().split()), "")
        if first:
            self._page.find(first)  # marks it and scrolls there

    def look_changed(self) -> None:
        """The page's letters and gaps are its own."""
        self._show()

    def _space(self) -> None:
        """Room between the lines and the points: these pages are read while somebody waits."""
        document = self._page.document()
        if document is None:
            return
        document.setIndentWidth(px(20))
        block = document.begin()
        while block.isValid():
            shape = block.blockFormat()
            shape.setLineHeight(140, _PROPORTIONAL)
            shape.setTopMargin(0)
            shape.setBottomMargin(px(8))
            QTextCursor(block).setBlockFormat(shape)
            block = block.next()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(a1.key()), 0)
            if by and self.pages.count():
                self.pages.setCurrentRow(min(max(self.pages.currentRow() + by, 0), self.pages.count() - 1))
                return True
            turn = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(a1.key()), 0)
            area = self._page if self._stack.currentWidget() is self._page else self._keys
            bar = area.verticalScrollBar()
            if turn and bar is not None:
                bar.setValue(bar.value() + turn * bar.pageStep())
                return True
        return False

    def _key_words(self) -> str:
        return "\n".join(f"{a.key} {a.words} {a.help}" for a in actions())

    def _overview(self) -> QWidget:
        def said(chosen: Sequence[Action]) -> list[tuple[str, str]]:
            return [(a.key, self.tr("{0}：{1}").format(a.words, a.help)) for a in chosen]

        left = column(
            self._group(self.tr("步骤"), said([a for a in actions() if a.strip])),
            self._group(
                self.tr("随时可用"),
                [*said([a for a in actions() if not a.strip]), ("Alt+1–9", self.tr("取回挂起的来访者"))],
            ),
            None,
            gap=16,
        )
        right = column(
            self._group(
                self.tr("选事项"),
                [
                    ("↓ ↑", self.tr("在结果里移动")),
                    ("Enter", self.tr("加入所选事项；未输入时去填表")),
                    ("Ctrl+Enter", self.tr("去填表")),
                    ("Ctrl+D", self.tr("置顶或取消置顶")),
                    ("Esc", self.tr("清空搜索，再按返回")),
                ],
            ),
            self._group(
                self.tr("申请表"),
                [
                    ("Enter", self.tr("确认本项，跳到下一个空项")),
                    ("↓ ↑", self.tr("上一项、下一项；选择项按 ↓ 打开列表")),
                    ("Esc", self.tr("撤回本项刚输入的内容")),
                    ("1201  +30", self.tr("日期可只输数字，或者今天、+30、3个月后")),
                    ("hui  wx yh", self.tr("选项和地址可输拼音首字母、代码")),
                    ("Ctrl+1 2", self.tr("来源不一致时选定第几个")),
                ],
            ),
            self._group(
                self.tr("表格"),
                [
                    ("Ctrl+Enter", self.tr("加一行；Ctrl+Delete 删行，Ctrl+Z 恢复")),
                    ("Alt+↑ ↓", self.tr("移动一行")),
                    ("Ctrl+'", self.tr("同上一行；Ctrl+D 向下填充")),
                    ("Ctrl+V", self.tr("粘贴 Excel、WPS 表格，按表头对列")),
                ],
            ),
            self._group(
                self.tr("材料清单"),
                [
                    ("Enter", self.tr("拍所选材料")),
                    ("T", self.tr("容缺受理")),
                    ("P", self.tr("告知承诺")),
                    ("U", self.tr("沿用以前交过的")),
                    ("1–9 A", self.tr("确认收件要点")),
                    ("V", self.tr("看各页，转正、排序")),
                    ("O", self.tr("取图片文件")),
                    ("Delete", self.tr("删除最后一页")),
                    ("Ctrl+B", self.tr("补交与核查")),
                ],
            ),
            *self._lesson(),
            None,
            gap=16,
        )
        page = QWidget()
        page.setObjectName("page")
        columns = row(gap=28)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        page.setLayout(columns)
        return page

    def _lesson(self) -> list[QWidget]:
        """The keys of a lesson, while one goes on."""
        parent = self.parent()
        if parent is None or parent.findChild(QWidget, "lesson_bar") is None:
            return []
        keys = [
            ("Ctrl+Shift+Y", self.tr("演示这一步")),
            ("Ctrl+Shift+H", self.tr("开、关提示")),
            ("Ctrl+Shift+N", self.tr("从头再来")),
            ("Ctrl+Shift+E", self.tr("结束课程")),
        ]
        return [self._group(self.tr("课程"), keys)]

    def _group(self, title: str, keys: list[tuple[str, str]]) -> QWidget:
        group = QWidget()
        group.setAccessibleName(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, 92)
        grid.setColumnStretch(1, 1)
        for line, (key, words) in enumerate(keys):
            grid.addWidget(key_cap(key), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text(words, wrap=True), line, 1)
        group.setLayout(column(text(title, "heading"), grid, gap=8))
        return group
