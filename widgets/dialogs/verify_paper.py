"""Is this paper ours and unaltered? A PDF or a code goes in, the answer stands below."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import button, clear, name_clear_button, row, set_icon, set_text, text, tone_icon
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.tokens import TONE_INKS
from widgets.views import Tone
from widgets.views_verify import VerdictView

_SIGNS = {Tone.WARNING: "warning", Tone.ERROR: "error", Tone.SUCCESS: "success"}


class VerifyPaperDialog(BaseDialog):
    """Enter checks the code in the line; O chooses a file, S goes to the camera, Esc leaves.

    Signals: code_given(text), file_asked(), scan_asked() (the dialog closes with this one).
    """

    code_given = pyqtSignal(str)
    file_asked = pyqtSignal()
    scan_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("verify_paper", self.tr("核验文书"), parent)
        self.set_title(self.tr("核验文书"), self.tr("核对是不是窗口出具的、有没有改动，不联网也能核验"))
        self.setMinimumWidth(px(640))
        self.setMinimumHeight(px(520))
        caption = text(self.tr("防伪码内容"), "label")
        self.line = QLineEdit()
        self.line.setObjectName("verify_code")
        self.line.setAccessibleName(self.tr("防伪码内容"))
        self.line.setPlaceholderText(self.tr("用扫码枪扫纸上的防伪码，或者粘贴内容"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(8192)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText)
        name_clear_button(self.line, self.tr("清除"))
        caption.setBuddy(self.line)
        go = button(self.tr("核验 Enter"), "primary", "verify_go")
        go.clicked.connect(self._go)
        self.add(caption)
        self.add(row(self.line, go, gap=10))
        self._sign = tone_icon(Tone.INFO, 24)
        self._title_words = text("", "heading", "verify_verdict", wrap=True)
        self._head = QWidget()
        self._head.setLayout(row(self._sign, self._title_words, gap=10))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._note = text("", "soft", "verify_note", wrap=True)
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(14, 12, 14, 12)
        lines.setSpacing(10)
        lines.addWidget(self._head)
        # What to do stands before the facts: it must not lie below the edge when there are many of them.
        lines.addWidget(self._note)
        lines.addLayout(self._grid)
        lines.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("verify_answer")
        self._area.setAccessibleName(self.tr("核验结果"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidget(inside)
        self.add(self._area, 1)
        file = button(self.tr("选 PDF 文件 Alt+O"), name="verify_file")
        file.setShortcut("Alt+O")
        file.clicked.connect(self.file_asked)
        scan = button(self.tr("用摄像头扫 Alt+S"), name="verify_scan")
        scan.setShortcut("Alt+S")
        scan.clicked.connect(self._scan)
        close = button(self.tr("关闭 Esc"), name="verify_close")
        close.clicked.connect(self.reject)
        self.add_buttons(file, scan, None, close, default=go)
        self.line.setFocus()
        self.clear()

    def clear(self) -> None:
        """No answer yet."""
        clear(self._grid)
        self._head.hide()
        words = self.tr("PDF 文书逐字比对；纸质文书扫防伪码，所示内容与纸面逐项核对。")
        set_text(self._note, words)

    def set_waiting(self) -> None:
        """The check is on its way."""
        self.clear()
        set_text(self._note, self.tr("正在核验…"))

    def set_verdict(self, view: VerdictView) -> None:
        """The answer; what was altered before anything else."""
        self.clear()
        self._head.show()
        set_icon(self._sign, _SIGNS.get(view.tone, "info"), TONE_INKS[view.tone], 24)
        set_text(self._title_words, view.title, view.tone)
        self._title_words.setAccessibleName(view.title)
        line = 0
        for number, words in enumerate(view.differences):
            caption = self.tr("改动处") if number == 0 else ""
            self._row(line, caption, words, "error")
            line += 1
        for name, words in view.rows:
            self._row(line, name, words, "")
            line += 1
        set_text(self._note, view.note)
        self.line.setFocus()
        self.line.selectAll()

    def _row(self, line: int, caption: str, words: str, tone: str) -> None:
        self._grid.addWidget(text(caption, "label"), line, 0, Qt.AlignmentFlag.AlignTop)
        value = text(words, "", f"verify_row_{line}", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{caption} {words}".strip())
        if tone:
            value.setProperty("tone", tone)
        self._grid.addWidget(value, line, 1)

    def _go(self) -> None:
        code = self.line.text().strip()
        if code:
            self.code_given.emit(code)
        else:
            self.file_asked.emit()

    def _scan(self) -> None:
        self.accept()
        self.scan_asked.emit()
