"""Correcting an accepted case: its form at the left; what was changed, and why, at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, button, clear, column, row, rule, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.dialogs.confirm import confirm
from widgets.form_panel import FormPanel
from widgets.theme import restyle
from widgets.views import Tone
from widgets.views_amend import ChangeView

_ASIDE = 336


class AmendDialog(BaseDialog):
    """The form, the list of changes, the reason.

    Keys: those of the form; Alt+1…3 a usual reason, F8 saves, Esc closes (asks when something was changed).
    Signals: saved(reason).
    """

    saved = pyqtSignal(str)

    def __init__(self, reasons: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        """reasons: the usual ones, as they are shown and as they are kept."""
        super().__init__("amend", "", parent)
        self._head = self.tr("更正办件")
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.form = FormPanel()
        self.form.set_done_words(self.tr("改好后在右边选更正原因，按 F8 保存。"))
        self._count = 0
        self._changes_title = text(self.tr("改动"), "heading")
        self._changes = QVBoxLayout()
        self._changes.setSpacing(10)
        self._none = text(self.tr("还没有改动。\n改过的栏目会列在这里，前后对照。"), "soft", "amend_none", wrap=True)
        usual = row(gap=6)
        for number, (shown, words) in enumerate(reasons, 1):
            made = button(shown, "quiet", f"amend_reason_{number}")
            made.setShortcut(f"Alt+{number}")
            made.setToolTip(f"Alt+{number}")
            made.clicked.connect(lambda _=False, words=words: self._choose(words))
            usual.addWidget(made)
        usual.addStretch(1)
        self.reason = QLineEdit()
        self.reason.setObjectName("amend_reason")
        self.reason.setAccessibleName(self.tr("更正原因"))
        self.reason.setPlaceholderText(self.tr("也可以直接写"))
        self.reason.setMaxLength(200)
        self.reason.returnPressed.connect(self._save)
        self.reason.textChanged.connect(lambda _: self._offer())
        self._message = text(role="soft", name="amend_message", wrap=True)
        aside = QWidget()
        aside.setObjectName("amend_aside")
        aside.setFixedWidth(_ASIDE)
        listed = QWidget()
        listed.setObjectName("page")
        self._changes.setContentsMargins(0, 0, 4, 0)
        whole = column(self._none, self._changes, None, gap=8)
        listed.setLayout(whole)
        scroll = QScrollArea()
        scroll.setObjectName("amend_scroll")
        scroll.setAccessibleName(self.tr("改动"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(listed)
        inside = column(self._changes_title, gap=8)
        inside.addWidget(scroll, 1)
        inside.addWidget(rule())
        inside.addWidget(text(self.tr("更正原因 *（Alt+1–3）"), "label"))
        inside.addLayout(usual)
        inside.addWidget(self.reason)
        inside.addWidget(self._message)
        aside.setLayout(inside)
        both = row(gap=16)
        both.addWidget(self.form, 1)
        both.addWidget(aside)
        self.content.setContentsMargins(24, 0, 24, 8)
        self.add(both, 1)
        self._save_button = button(self.tr("保存更正 F8"), "primary", "amend_save")
        self._save_button.setShortcut("F8")
        close = button(self.tr("关闭 Esc"), name="amend_close")
        self._save_button.clicked.connect(self._save)
        close.clicked.connect(self.reject)
        self.add_buttons(None, close, self._save_button)
        self.form.complete.connect(self.reason.setFocus)
        self.resize(1180, 640)
        self.set_changes(())

    def set_case(self, number: str, below: str) -> None:
        """Which case it is; the reason begins anew."""
        self.set_title(f"{self._head}　{number}", below)
        self.reason.clear()
        self.set_message("", Tone.NEUTRAL)

    def set_changes(self, changes: Sequence[ChangeView]) -> None:
        """What was changed so far, before and after."""
        clear(self._changes)
        self._count = len(changes)
        self._none.setVisible(not changes)
        self._changes_title.setText(self.tr("改动 {0} 处").format(len(changes)) if changes else self.tr("改动"))
        for change in changes:
            name = text(change.title, "label")
            before = ElidedLabel(self.tr("原来 {0}").format(_one_line(change.before) or self.tr("（空）")), "soft")
            after = ElidedLabel(self.tr("改为 {0}").format(_one_line(change.after) or self.tr("（空）")), "strong")
            restyle(after, tone=Tone.INFO)
            for label, words in ((before, change.before), (after, change.after)):
                label.setAccessibleName(f"{change.title} {label.text()}")
                label.setToolTip(words)
            held = QWidget()
            held.setObjectName(f"change_{change.key}")
            held.setLayout(column(name, before, after, gap=1))
            self._changes.addWidget(held)
        self._offer()

    def set_message(self, words: str, tone: Tone) -> None:
        """Why it could not be saved."""
        set_text(self._message, words, tone)

    def set_saving(self, on: bool) -> None:
        """While it is being written, nothing can be pressed twice."""
        self._save_button.setEnabled(not on and self._ready())

    def reject(self) -> None:
        """Esc: what was changed is not thrown away without a word."""
        self.form.commit()
        if (
            self._count
            and self.isVisible()
            and not confirm(
                self,
                self.tr("还没有保存更正"),
                self.tr("关闭后，改过的 {0} 处不会保留，办件还是原来的内容。").format(self._count),
                self.tr("不保存，关闭"),
                self.tr("继续更正"),
                danger=True,
            )
        ):
            return
        super().reject()

    def _choose(self, words: str) -> None:
        self.reason.setText(words)
        self.reason.setFocus()

    def _ready(self) -> bool:
        return bool(self._count and self.reason.text().strip())

    def _offer(self) -> None:
        self._save_button.setEnabled(self._ready())
        lacks = self.tr("还没有改动") if not self._count else self.tr("请先写明更正原因")
        self._save_button.setToolTip("" if self._ready() else lacks)

    def _save(self) -> None:
        self.form.commit()
        if self._ready():
            self.saved.emit(self.reason.text().strip())

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            a0.accept()  # Enter belongs to the field it stands in
            return
        super().keyPressEvent(a0)


def _one_line(words: str) -> str:
    return " / ".join(words.splitlines())
