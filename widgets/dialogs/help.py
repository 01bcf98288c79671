"""The keys on one page."""

from __future__ import annotations

from PyQt6.QtWidgets import QGridLayout, QWidget

from widgets.actions import actions
from widgets.bits import button, column, key_cap, row, text
from widgets.dialogs.base import BaseDialog


class HelpDialog(BaseDialog):
    """All keys, by the part of the screen where they work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("help", "", parent)
        title = self.tr("按键一览")
        self.set_title(title, self.tr("全程可只用键盘；Esc 总是返回或取消"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        left = self._group(
            self.tr("步骤"),
            [(a.key, self.tr("{0}：{1}").format(a.words, a.help)) for a in actions() if a.strip and a.id != "help"],
            44,
        )
        always = self._group(
            self.tr("随时可用"),
            [(a.key, self.tr("{0}：{1}").format(a.words, a.help)) for a in actions() if not a.strip]
            + [("Alt+1–9", self.tr("取回挂起的来访者"))],
            104,
        )
        right = column(
            self._group(
                self.tr("选事项"),
                [
                    ("↓ ↑", self.tr("在结果里移动")),
                    ("Enter", self.tr("加入所选事项；未输入时去填表")),
                    ("Ctrl+Enter", self.tr("去填表")),
                    ("Esc", self.tr("清空搜索，再按返回")),
                ],
            ),
            self._group(
                self.tr("申请表"),
                [
                    ("Enter", self.tr("确认本项，跳到下一个空项")),
                    ("↓ ↑", self.tr("上一项、下一项；选择项按 ↓ 打开列表")),
                    ("Esc", self.tr("撤回本项刚输入的内容")),
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
            None,
            gap=16,
        )
        columns = row(gap=40)
        columns.addLayout(column(left, always, None, gap=16))
        columns.addLayout(right)
        self.add(columns, 1)
        close = button(self.tr("关闭 Enter"), "primary", "help_close")
        close.clicked.connect(self.accept)
        self.add_buttons(None, close, default=close)

    def _group(self, title: str, keys: list[tuple[str, str]], key_width: int = 92) -> QWidget:
        group = QWidget()
        group.setAccessibleName(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, key_width)
        grid.setColumnStretch(1, 1)
        for line, (key, words) in enumerate(keys):
            grid.addWidget(key_cap(key), line, 0)
            grid.addWidget(text(words), line, 1)
        group.setLayout(column(text(title, "heading"), grid, gap=8))
        return group
