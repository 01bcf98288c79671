"""All keys on one page, for the help."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QWidget

from widgets.actions import Action, actions
from widgets.bits import column, key_cap, row, text


class KeyOverview(QWidget):
    """lesson: with the keys of a lesson, while one goes on."""

    def __init__(self, lesson: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

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
            *self._lesson(lesson),
            None,
            gap=16,
        )
        columns = row(gap=28)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        self.setLayout(columns)

    def _lesson(self, goes_on: bool) -> list[QWidget]:
        if not goes_on:
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
