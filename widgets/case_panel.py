"""One case in full: facts, form, materials, papers, what was done with it."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from widgets.bits import ElidedLabel, Panel, badge, clear, column, row, set_text, text
from widgets.lines import ChoiceRow, Lines
from widgets.theme import restyle, scaled
from widgets.views import Tone
from widgets.views_around import CaseView, PaperRow


class CasePanel(Panel):
    """Passive: `set_view` fills it. The parts are chosen by a row of choices, Alt+Shift+1 … 4."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("case_panel", "", parent)
        self.setAccessibleName(self.tr("办件详情"))
        self._view: CaseView | None = None
        self._title = ElidedLabel(role="heading")
        self._title.setObjectName("case_title")
        self._state = badge("")
        self._number = text(role="soft", name="case_number")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self.parts = ChoiceRow(
            "case_parts",
            self.tr("详情"),
            (
                ("form", self.tr("表单")),
                ("materials", self.tr("材料")),
                ("papers", self.tr("文书")),
                ("trail", self.tr("记录")),
            ),
            "Alt+Shift",
        )
        self.form = Lines(
            "case_form", self.tr("表单"), (self.tr("栏目"), self.tr("内容"), self.tr("来源")), (112, 150, 96), 1
        )
        self.materials = Lines(
            "case_materials", self.tr("材料"), (self.tr("材料"), self.tr("情况"), self.tr("说明")), (170, 64, 100), 2
        )
        self.papers = Lines(
            "case_papers",
            self.tr("文书"),
            (self.tr("文书"), self.tr("编号"), self.tr("打印")),
            (104, 150, 104),
            1,
        )
        self.trail = Lines(
            "case_trail", self.tr("记录"), (self.tr("时间"), self.tr("人员"), self.tr("内容")), (96, 70, 150), 2
        )
        self._stack = QStackedWidget()
        self._stack.setObjectName("case_stack")
        self._stack.setAccessibleName(self.tr("详情"))
        for table in (self.form, self.materials, self.papers, self.trail):
            if (side := table.verticalHeader()) is not None:
                side.setDefaultSectionSize(30)
            self._stack.addWidget(table)
        self.parts.changed.connect(self._turn)
        self._none = text(self.tr("选中左边的办件，这里显示它的内容。"), "soft", "case_none", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message = text(role="soft", name="case_message", wrap=True)
        self._kept = text(role="soft", name="case_kept", wrap=True)
        self._body = QWidget()
        self._body.setObjectName("case_body")
        top = row(gap=8)
        top.addWidget(self._title, 1)
        top.addWidget(self._state)
        inside = column(top, self._number, self._facts, row(self.parts, None), gap=8)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._kept)
        self._body.setLayout(inside)
        whole = column(self._none, gap=8)
        whole.addWidget(self._body, 1)
        whole.addWidget(self._message)
        whole.setContentsMargins(14, 12, 14, 12)
        self.setLayout(whole)
        self.set_view(None)

    def set_view(self, view: CaseView | None) -> None:
        """Show a case, or that none is selected."""
        self._view = view
        self.set_message("", Tone.NEUTRAL)
        self._body.setVisible(view is not None)
        self._none.setVisible(view is None)
        if view is None:
            return
        self._title.setText(view.title)
        self._number.setText(view.number)
        self._state.setText(view.state)
        restyle(self._state, tone=view.tone)
        clear(self._facts)
        for line, (label, words) in enumerate(view.facts):
            said = ElidedLabel(words)
            said.setAccessibleName(f"{label} {words}")
            self._facts.addWidget(text(label, "soft"), line, 0)
            self._facts.addWidget(said, line, 1)
        self.form.set_lines(view.form)
        self.materials.set_lines(view.materials)
        self.papers.set_lines([(paper.name, paper.number, paper.prints) for paper in view.papers])
        self.trail.set_lines(view.trail)
        set_text(self._kept, view.kept, view.kept_tone)
        self._kept.setVisible(bool(view.kept))

    def set_message(self, words: str, tone: Tone) -> None:
        """One line at the foot."""
        set_text(self._message, words, tone)

    def set_folded(self, on: bool) -> None:
        """Where it is low, the case number is left to the list beside it."""
        self._number.setVisible(not on)
        self._facts.setVerticalSpacing(scaled(self._facts, 0 if on else 4))

    def case_id(self) -> str:
        """The case on show; "" for none."""
        return self._view.id if self._view is not None else ""

    def paper(self) -> PaperRow | None:
        """The paper that a key means: the selected one, or the only one."""
        if self._view is None or not self._view.papers:
            return None
        return self._view.papers[min(max(self.papers.currentRow(), 0), len(self._view.papers) - 1)]

    def _turn(self, part: str) -> None:
        self._stack.setCurrentIndex(("form", "materials", "papers", "trail").index(part))
