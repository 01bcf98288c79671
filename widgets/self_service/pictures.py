"""What cameras see: the code on a telephone, a paper under the document camera."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from widgets.bits import button, column, row, text
from widgets.preview import PreviewPanel
from widgets.self_service.views import MaterialStep
from widgets.theme import restyle


class CodePage(QWidget):
    """The telephone's code before the camera; its picture tells what was found."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_code_page")
        self.setAccessibleName(self.tr("出示电子证照"))
        self.preview = PreviewPanel(bare=True)
        self.preview.setAccessibleName(self.tr("摄像头画面"))
        how = text(self.tr("打开手机上的电子证照，把二维码对准摄像头"), "citizen_title", wrap=True)
        self._state = text(role="citizen", name="self_code_state", wrap=True)
        whole = column(how, self._state, self.preview, gap=14)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def set_state(self, words: str) -> None:
        """What was read, or what is wrong with it."""
        self._state.setText(words)


class MaterialPage(QWidget):
    """One paper after the other. Signals: shot(); again(): drop the last page; promised(); tolerated()."""

    shot = pyqtSignal()
    again = pyqtSignal()
    promised = pyqtSignal()
    tolerated = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("self_materials")
        self.setAccessibleName(self.tr("拍材料"))
        self._name = text(role="citizen_title", name="self_material", wrap=True)
        self._where = text(role="citizen_soft", name="self_material_where")
        self._how = text(role="citizen", name="self_material_how", wrap=True)
        self._points = QVBoxLayout()
        self._points.setSpacing(6)
        self._points_title = text(self.tr("要求"), "citizen_heading")
        self.preview = PreviewPanel(bare=True)
        self.preview.setAccessibleName(self.tr("高拍仪画面"))
        self.take = button(self.tr("拍照"), "touch_start", "self_shoot")
        self._again = button(self.tr("重拍"), "citizen", "self_again")
        self._promise = button("", "touch_option", "self_promise")
        self._tolerate = button("", "touch_option", "self_tolerate")
        self.take.clicked.connect(lambda _=False: self.shot.emit())
        self._again.clicked.connect(lambda _=False: self.again.emit())
        self._promise.clicked.connect(lambda _=False: self.promised.emit())
        self._tolerate.clicked.connect(lambda _=False: self.tolerated.emit())
        side = QWidget()
        side.setFixedWidth(400)
        side.setLayout(
            column(
                self._how, self._points_title, self._points, None, self._tolerate, self._promise,
                self._again, self.take, gap=12,
            )
        )  # fmt: skip
        beside = row(gap=28)
        beside.addWidget(self.preview, 1)
        beside.addWidget(side)
        whole = column(row(self._name, self._where, gap=20), beside, gap=14)
        whole.setStretch(1, 1)
        self._name.setSizePolicy(self._name.sizePolicy().Policy.Expanding, self._name.sizePolicy().Policy.Preferred)
        self._where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(whole)

    def set_view(self, view: MaterialStep) -> None:
        """Ask for this paper, or tell that pages of it were taken."""
        self._name.setText(view.name)
        self._where.setText(view.where)
        if view.pages:
            self._how.setText(self.tr("已拍 {0} 页。还有一页就再拍，拍完点下一步。").format(view.pages))
        elif view.camera:
            self._how.setText(self.tr("放平在高拍仪下，绿框围住整张纸后点拍照。"))
        else:
            self._how.setText(self.tr("高拍仪现在不能用，请到窗口再交。"))
        while (item := self._points.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words in view.points:
            self._points.addWidget(text(words, "citizen_soft", wrap=True))
        self._points_title.setVisible(bool(view.points))
        self.take.setText(self.tr("再拍一页") if view.pages else self.tr("拍照"))
        restyle(self.take, kind="citizen" if view.pages else "touch_start")  # then the next step is the main thing
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(view.camera)
        self._again.setVisible(bool(view.pages))
        for press, words in ((self._promise, view.promise), (self._tolerate, view.tolerate)):
            press.setText(words)
            press.setAccessibleName(words)
            press.setVisible(bool(words) and not view.pages)
