"""Before a result: the visitor's consent, the live picture with what to do, or the way to the counter."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from widgets.bits import button, column, row, text
from widgets.face import Portrait
from widgets.theme import restyle
from widgets.views import Tone

_LIVE = (330, 380)
"""Logical pixels of the live picture: what the smallest screen has room for."""


class FacePage(QWidget):
    """Signals: agreed(), declined(): to being looked at."""

    agreed = pyqtSignal()
    declined = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_face")
        self.setAccessibleName(self.tr("比对人脸"))
        self._title = text("", "citizen_title", "self_face_title", wrap=True)
        self._what = text("", "citizen", "self_face_what", wrap=True)
        self._live = Portrait("self_face_live", self.tr("现场画面"))
        self._live.setFixedSize(*_LIVE)
        self._said = text("", "citizen_title", "self_face_said", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._said.setMinimumHeight(72)  # the picture keeps its place when something is said
        self.agree = button(self.tr("同意，开始比对"), "citizen", "self_face_agree")
        self._decline = button(self.tr("不同意，到窗口领取"), "citizen", "self_face_decline")
        self.agree.clicked.connect(lambda _=False: self.agreed.emit())
        self._decline.clicked.connect(lambda _=False: self.declined.emit())
        self._answers = QWidget()
        self._answers.setLayout(row(self.agree, self._decline, None, gap=20))
        whole = column(self._title, self._what, gap=16)
        whole.addSpacing(12)
        whole.addWidget(self._answers)
        whole.addLayout(row(None, self._live, None))
        whole.addWidget(self._said)
        whole.addStretch(1)
        self.setLayout(whole)
        self.ask()

    def ask(self) -> None:
        """Ask for consent; nothing of the last one stays."""
        self._title.setText(self.tr("领取前，先比对本人和身份证上的照片"))
        self._what.setText(
            self.tr(
                "同意后，镜头看一下您的脸，和身份证芯片里的照片比对。照片不保存，只记录是否一致。"
                "不同意的，请到窗口领取，由工作人员核对。"
            )
        )
        self._show(answers=True, live=False)

    def look(self) -> None:
        """The camera looks."""
        self._title.setText(self.tr("请看着镜头"))
        self._what.setText("")
        self._show(answers=False, live=True)

    def refuse(self, words: str) -> None:
        """To the counter, with the reason."""
        self._title.setText(self.tr("请到窗口领取"))
        self._what.setText(words)
        self._show(answers=False, live=False)

    def set_live(self, picture: QImage) -> None:
        """The newest frame."""
        self._live.set_picture(picture)

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """What to do now."""
        self._said.setText(words)
        restyle(self._said, role="touch_problem" if tone is Tone.WARNING else "citizen_title")

    def _show(self, *, answers: bool, live: bool) -> None:
        self._live.set_picture(QImage(), self.tr("正在打开摄像头") if live else "")
        self._what.setVisible(bool(self._what.text()))
        self._answers.setVisible(answers)
        self._live.setVisible(live)
        self._said.setVisible(live)
        self.say("")
