"""Collecting printed results: the list of one's own, what the printer does, and the end."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, button, clear, column, set_icon, text
from widgets.self_service.views import ResultLine
from widgets.theme import restyle
from widgets.views import Tone

SHOWN = 3
"""Results on one page; who has more collects these first."""
_ROLES = {Tone.ERROR: "touch_problem", Tone.SUCCESS: "citizen_heading"}


class CollectPage(QWidget):
    """One's own finished cases. Signals: chosen(case id): print this one's result."""

    chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_collect")
        self.setAccessibleName(self.tr("领取办理结果"))
        self.lines: tuple[ResultLine, ...] = ()
        self._title = text("", "citizen_title", "self_collect_title")
        self._what = text(
            self.tr("打印的是办结通知书，每份只打印一次。另有证照原件的，凭通知书到窗口领取。"),
            "citizen_soft", "self_collect_what", wrap=True,
        )  # fmt: skip
        self._none = text(
            self.tr("没有可以在这里领取的结果。在其他窗口办的、要寄送的，不在这里领。"),
            "citizen", "self_collect_none", wrap=True,
        )  # fmt: skip
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._said = text(role="citizen", name="self_collect_said", wrap=True)
        self._said.setMinimumHeight(72)  # what stands above keeps its place when something is said
        self.setLayout(column(self._title, self._what, self._none, self._rows, None, self._said, gap=16))
        self.set_lines(())

    def set_lines(self, lines: Sequence[ResultLine]) -> None:
        """Show the results; () wipes the page."""
        self.lines = tuple(lines)
        clear(self._rows)
        self._none.setVisible(not lines)
        self._what.setVisible(bool(lines))
        self._title.setText(self.tr("您的办理结果") if lines else self.tr("领取办理结果"))
        for line in lines[:SHOWN]:
            self._rows.addWidget(self._line(line))
        if len(lines) > SHOWN:
            self._rows.addWidget(
                text(self.tr("还有 {0} 份，领完这些再放一次身份证").format(len(lines) - SHOWN), "citizen_soft")
            )
        self.say("")

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """What the printer does, or what to do now."""
        self._said.setText(words)
        restyle(self._said, role=_ROLES.get(tone, "citizen"))

    def _line(self, line: ResultLine) -> QWidget:
        inside = QHBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(20)
        names = column(ElidedLabel(line.name, "touch_name"), ElidedLabel(line.note, "touch_note"), gap=2)
        inside.addLayout(names, 1)
        if line.possible:
            press = button(self.tr("打印领取"), "citizen", "self_print_result")
            press.setAccessibleName(self.tr("打印领取：{0}").format(line.name))
            press.clicked.connect(lambda _=False: self.chosen.emit(line.case_id))
            inside.addWidget(press)
        else:
            if line.done:
                tick = QLabel()
                set_icon(tick, "check", "accent", 28)
                inside.addWidget(tick)
            inside.addWidget(text(line.state, "citizen", "self_result_state"))
        whole = QWidget()
        whole.setObjectName("self_result")
        whole.setMinimumHeight(72)
        whole.setLayout(inside)
        return whole
