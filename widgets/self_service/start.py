"""The quiet pages of self-service: the start, the card, a question in large words, the end."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from widgets.bits import button, clear, column, row, set_icon, text
from widgets.self_service.views import DoneView
from widgets.theme import restyle

MOST_LACKS = 4


class StartPage(QWidget):
    """Where everybody begins. begun(): somebody touched it; collecting(): they come for a result."""

    begun = pyqtSignal()
    collecting = pyqtSignal()

    def __init__(self, hall: str, window: str) -> None:
        super().__init__()
        self.setObjectName("self_start")
        self.setAccessibleName(self.tr("自助服务"))
        where = centred(f"{hall}　{window}", "citizen_soft")
        title = centred(self.tr("自助服务"), "citizen_hero")
        steps = centred(self.tr("放身份证　选事项　填几个空　拍材料　签字"), "citizen_title")
        after = centred(self.tr("填好后到窗口核对受理，不用再从头填"), "citizen_soft")
        self.start = button(self.tr("开始办理"), "touch_start", "self_begin")
        self.start.clicked.connect(lambda _=False: self.begun.emit())
        self._collect = button(self.tr("领取办理结果"), "citizen", "self_fetch")
        self._collect.clicked.connect(lambda _=False: self.collecting.emit())
        whole = column(None, where, title, steps, after, gap=20)
        whole.addSpacing(16)
        whole.addWidget(self.start, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self._collect, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        self.setLayout(whole)

    def set_collect(self, on: bool) -> None:
        """Are printed results handed out here?"""
        self._collect.setVisible(on)


class CardPage(QWidget):
    """The card on the reader, or the code before the camera. Signals: code(); without()."""

    code = pyqtSignal()
    without = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_card")
        self.setAccessibleName(self.tr("请放身份证"))
        sign = QLabel()
        set_icon(sign, "card", "accent", 96)
        self._title = centred(self.tr("请把身份证放在读卡器上"), "citizen_title")
        self._state = centred("", "citizen_soft", "self_card_state")
        self._others = code, without = (
            button(self.tr("出示手机上的电子证照"), "citizen", "self_code"),
            button(self.tr("没带身份证，先选事项"), "citizen", "self_without"),
        )
        code.clicked.connect(lambda _=False: self.code.emit())
        without.clicked.connect(lambda _=False: self.without.emit())
        whole = QVBoxLayout()
        whole.setSpacing(20)
        whole.addStretch(1)
        whole.addWidget(sign, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self._title)
        whole.addWidget(self._state)
        whole.addStretch(1)
        whole.addLayout(row(None, code, without, None, gap=20))
        whole.addStretch(1)
        self.setLayout(whole)

    def set_only_card(self, on: bool) -> None:
        """Nothing but the card will do: a result is given to nobody else."""
        for other in self._others:
            other.setVisible(not on)

    def set_state(self, words: str, wrong: bool = False) -> None:
        """What the reader does, or what to do when it could not read."""
        self._state.setText(words)
        restyle(self._state, role="touch_problem" if wrong else "citizen_soft")


class AskPage(QWidget):
    """One question in large words with two answers. Signals: yes(); no()."""

    yes = pyqtSignal()
    no = pyqtSignal()

    def __init__(self, name: str, title: str, yes: str, no: str) -> None:
        super().__init__()
        self.setObjectName(f"self_{name}")
        self.setAccessibleName(title)
        self._below = centred("", "citizen_title", f"self_{name}_below")
        self.stay = button(yes, "touch_start", f"self_{name}_yes")
        leave = button(no, "citizen", f"self_{name}_no")
        self.stay.clicked.connect(lambda _=False: self.yes.emit())
        leave.clicked.connect(lambda _=False: self.no.emit())
        whole = column(None, centred(title, "citizen_hero"), self._below, gap=24)
        whole.addSpacing(24)
        whole.addWidget(self.stay, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(leave, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        self.setLayout(whole)

    def set_below(self, words: str) -> None:
        """What happens if nobody answers."""
        self._below.setText(words)


class DonePage(QWidget):
    """The number, where to go, what will still be asked. read(): the applicant goes."""

    read = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_done")
        self.setAccessibleName(self.tr("已交到窗口"))
        self._ticket = centred("", "touch_ticket", "self_ticket")
        self._where = centred("", "citizen_title", "self_where")
        self._lacks_title = text(self.tr("到窗口还要补"), "citizen_heading")
        self._lacks = QVBoxLayout()
        self._lacks.setSpacing(6)
        lacks = QWidget()
        lacks.setLayout(column(self._lacks_title, self._lacks, gap=8))
        self._room = lacks
        whole = column(
            None,
            centred(self.tr("已交到窗口，您的号码是"), "citizen_title"),
            self._ticket,
            self._where,
            centred(self.tr("请带好身份证，工作人员核对后受理"), "citizen_soft"),
            gap=14,
        )
        whole.addSpacing(12)
        self.end = button(self.tr("知道了"), "citizen_primary", "self_read")
        self.end.clicked.connect(lambda _=False: self.read.emit())
        whole.addWidget(lacks, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        whole.addWidget(self.end, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(whole)

    def set_view(self, view: DoneView) -> None:
        """Show the number; DoneView("", "") wipes it."""
        self._ticket.setText(view.ticket)
        self._where.setText(view.where)
        clear(self._lacks)
        for words in view.lacks[:MOST_LACKS]:
            self._lacks.addWidget(text(words, "citizen"))
        if len(view.lacks) > MOST_LACKS:
            self._lacks.addWidget(text(self.tr("等 {0} 项").format(len(view.lacks)), "citizen_soft"))
        self._room.setVisible(bool(view.lacks))


def centred(words: str, role: str, name: str = "") -> QLabel:
    """Words in the middle of the page."""
    label = text(words, role, name, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
