"""Naming a recorded lesson."""

from __future__ import annotations

from PyQt6.QtWidgets import QGridLayout, QLineEdit, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.views import Tone


class SaveLessonDialog(BaseDialog):
    """Asks for title and purpose. `accepted` when a title is there."""

    def __init__(self, steps: int, left_out: int, parent: QWidget | None = None) -> None:
        """steps: recorded. left_out: clicks on things without a name, which cannot be played."""
        super().__init__("save_lesson", "", parent)
        self.set_title(self.tr("保存这一课"), self.tr("录下 {0} 步").format(steps))
        self.setWindowTitle(self.tr("保存这一课"))
        self.setAccessibleName(self.tr("保存这一课"))
        self.setMinimumWidth(520)
        self._name = self._line("save_lesson_name", self.tr("课程名称"), self.tr("例如：我要开理发店（带户外招牌）"))
        self._purpose = self._line("save_lesson_purpose", self.tr("练什么"), self.tr("一句话，写给学员看"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for line, editor in enumerate((self._name, self._purpose)):
            grid.addWidget(text(editor.accessibleName(), "label"), line, 0)
            grid.addWidget(editor, line, 1)
        self.add(grid)
        lost = text(name="save_lesson_left_out", wrap=True)
        self.add(lost)
        words = self.tr("有 {0} 处点击不在按钮、输入框或列表上，没有录入。").format(left_out) if left_out else ""
        set_text(lost, words, Tone.WARNING)
        keep = button(self.tr("保存 Enter"), "primary", "save_lesson_yes")
        keep.clicked.connect(self._keep)
        throw = button(self.tr("不保存 Esc"), name="save_lesson_no")
        throw.clicked.connect(self.reject)
        self.add_buttons(None, throw, keep, default=keep)
        self._name.setFocus()

    def _line(self, name: str, label: str, example: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setAccessibleName(label)
        made.setPlaceholderText(example)
        made.setMaxLength(80)
        return made

    def lesson_title(self) -> str:
        return self._name.text().strip()

    def purpose(self) -> str:
        return self._purpose.text().strip()

    def _keep(self) -> None:
        if self.lesson_title():
            self.accept()
        else:
            self._name.setFocus()
