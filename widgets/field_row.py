"""One question of the form: label, editor, source mark; below it what is wrong and who disagrees."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.domain.clock import shanghai
from app.domain.fact import Fact, SourceKind, Verdict
from app.domain.form import FieldState, FormField, Problem
from app.domain.item import ElementType
from widgets.bits import drop, set_text, text
from widgets.editors import ChoiceEditor, Editor, make_editor
from widgets.i18n import core_words, pick
from widgets.icons import icon
from widgets.look import colours
from widgets.table_editor import TableEditor
from widgets.theme import restyle
from widgets.views import Tone

LABEL_WIDTH = 104
_USES_FROM = 40
_WIDE_FROM = 80
"""A text that may be as long as this takes the whole width. Names and numbers (60) do well with half."""


def source_sign(kind: SourceKind) -> str:
    """A source in one character."""
    translate = QCoreApplication.translate
    return {
        SourceKind.CARD: translate("Sources", "证"),
        SourceKind.QUERY: translate("Sources", "查"),
        SourceKind.LICENCE: translate("Sources", "照"),
        SourceKind.CASE: translate("Sources", "档"),
        SourceKind.BOOKING: translate("Sources", "约"),
        SourceKind.PACK: translate("Sources", "备"),
        SourceKind.CAPTURE: translate("Sources", "识"),
        SourceKind.CLERK: translate("Sources", "手"),
        SourceKind.DEFAULT: translate("Sources", "默"),
    }[kind]


def verdict_words(verdict: Verdict) -> str:
    """A verdict in words."""
    translate = QCoreApplication.translate
    return {
        Verdict.CHIP_READ: translate("Verdicts", "芯片读取"),
        Verdict.VERIFIED_ONLINE: translate("Verdicts", "联网核验通过"),
        Verdict.SIGNATURE_VALID: translate("Verdicts", "签名有效（离线核验）"),
        Verdict.CAPTURED_UNVERIFIED: translate("Verdicts", "未核验"),
        Verdict.STATED: translate("Verdicts", "当事人陈述或窗口录入"),
        Verdict.EXPIRED: translate("Verdicts", "已过期"),
        Verdict.REVOKED: translate("Verdicts", "已注销"),
        Verdict.INVALID: translate("Verdicts", "无效"),
    }[verdict]


def source_words(fact: Fact) -> str:
    """Where a value comes from, in one line."""
    at = f"{shanghai(fact.at):%H:%M}"
    label = core_words(fact.source.label)
    return " · ".join(p for p in (label, fact.source.ref, verdict_words(fact.verdict), at) if p)


class SourceMark(QWidget):
    """One quiet character saying where the value came from. What still wants a look is amber."""

    def __init__(self) -> None:
        super().__init__()
        self._fact: Fact | None = None
        self.setObjectName("source_mark")
        self.setAccessibleName(self.tr("尚无来源"))
        self.setFixedSize(22, 22)

    def set_fact(self, fact: Fact | None) -> None:
        """Show the fact's source; None shows nothing."""
        if fact == self._fact:
            return
        self._fact = fact
        words = source_words(fact) if fact else ""
        self.setToolTip(words)
        self.setAccessibleName(words or self.tr("尚无来源"))
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        if self._fact is None:
            return
        doubtful = self._fact.verdict is Verdict.CAPTURED_UNVERIFIED or not self._fact.verdict.usable
        sure = self._fact.verdict in (Verdict.CHIP_READ, Verdict.VERIFIED_ONLINE, Verdict.SIGNATURE_VALID)
        tone = Tone.WARNING if doubtful else Tone.SUCCESS if sure else Tone.NEUTRAL
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().soft_of(tone)))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        font = self.font()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(colours().ink_of(tone)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, source_sign(self._fact.source.kind))


class ElidedButton(QPushButton):
    """A button whose words end in … where they do not fit; its tooltip tells the rest."""

    def sizeHint(self) -> QSize:
        return QSize(120, super().sizeHint().height())

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.width() - 24 - (self.iconSize().width() if not self.icon().isNull() else 0)
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class FieldRow(QWidget):
    """A field. asked: does its condition hold? Signals: settled(fact) when the clerk takes one of several values."""

    settled = pyqtSignal(object)

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.asked = True
        self.state = FieldState()
        self.problem: Problem | None = None
        self._show_missing = False
        self.setObjectName(f"row_{field.key}")
        title = pick(field.title, field.title_en)
        self.setAccessibleName(title)
        self.editor: Editor | TableEditor = (
            TableEditor(field.columns, self)
            if field.element.type is ElementType.TABLE
            else make_editor(field.element, self)
        )
        self.editor.setObjectName(field.key)
        self.editor.setAccessibleName(title)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setText(_escaped(title) + self._star())
        self._label.setProperty("role", "label")
        self._label.setWordWrap(True)
        self._label.setFixedWidth(LABEL_WIDTH)
        self._label.setMinimumHeight(30)
        self._label.setBuddy(self.editor)
        self._mark = SourceMark()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.editor, 1)
        tall = field.element.type is ElementType.TABLE
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag(0))
        self._below = QVBoxLayout()
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(3)
        self._below.addLayout(line)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._below, 1)
        whole.setAlignment(
            self._below, Qt.AlignmentFlag.AlignTop
        )  # level with its neighbour when a label has two lines
        self._words: QLabel | None = None
        self._rivals: QWidget | None = None
        self.editor.picked.connect(self._pick)
        # Set plainly: asking the style sheet again for each of forty new fields costs as much as building them.
        self.editor.setProperty("filled", "false")
        self.editor.setProperty("tone", "")

    @property
    def title(self) -> str:
        """The field's name in the language in force."""
        return pick(self.field.title, self.field.title_en)

    @property
    def wide(self) -> bool:
        """Does it need the whole width?"""
        longest = self.field.schema.get("maxLength", 0)
        kind = self.field.element.type
        return kind is ElementType.TABLE or (kind is ElementType.TEXT and longest >= _WIDE_FROM)

    @property
    def stretches(self) -> bool:
        """Does it use a whole width that nobody else wants?"""
        return self.field.element.type is ElementType.TEXT and self.field.schema.get("maxLength", 0) >= _USES_FROM

    @property
    def lacking(self) -> bool:
        """Must the clerk still do something here: fill it, or set it right?"""
        if not self.asked:
            return False
        if self.problem is not None:
            return not self.problem.warning
        return self.field.required and not self.state.value

    def has_cursor(self) -> bool:
        """Does the cursor stand here, be it in a table's cell or on one of the choices below?"""
        return self.isAncestorOf(QApplication.focusWidget())

    def set_field(self, field: FormField) -> None:
        """The same question as it is asked now: need, choices and columns may have changed with its conditions."""
        if field is self.field:
            return
        needed = field.required != self.field.required
        self.field = field
        if needed:
            self._label.setText(_escaped(self.title) + self._star())
        if isinstance(self.editor, TableEditor):
            self.editor.set_columns(field.columns)
        elif isinstance(self.editor, ChoiceEditor):
            self.editor.set_codes(field.element.codes)

    def set_state(self, state: FieldState) -> None:
        """Show what stands here. A field being typed in keeps its text; so does one whose last entry was refused."""
        if state is self.state or state == self.state:
            return
        changed = state.fact != self.state.fact
        self.state = state
        self._mark.set_fact(state.fact)
        if changed:
            self.editor.put(state.value)
            self.editor.setAccessibleDescription(source_words(state.fact) if state.fact else "")
        self._show_rivals()
        self._restyle()

    def set_locked(self, on: bool) -> None:
        """Show without letting anything be changed."""
        self.editor.setReadOnly(on)
        self.editor.update()
        if self._rivals is not None:
            self._rivals.setVisible(not on)

    def set_problem(self, problem: Problem | None, show_missing: bool) -> None:
        """Say what is wrong here. What is merely missing is said only when show_missing."""
        if problem is self.problem and show_missing is self._show_missing:
            return
        self.problem = problem
        self._show_missing = show_missing
        if isinstance(self.editor, TableEditor):
            shown = problem.cells if problem is not None else ()
            self.editor.set_cells([c for c in shown if show_missing or not c.missing or c.warning])
        words = "" if problem is None or (problem.missing and not show_missing) else problem.message
        if words and self._words is None:
            self._words = text(role="faint", name=f"problem_{self.field.key}", wrap=True)
            self._below.insertWidget(1, self._words)
        if self._words is not None:
            tone = Tone.WARNING if problem is not None and problem.warning else Tone.ERROR
            set_text(self._words, words, tone)
        self._restyle()

    def problem_words(self) -> str:
        """What is said under the field now."""
        return self._words.text() if self._words is not None and not self._words.isHidden() else ""

    def _restyle(self) -> None:
        problem = self.problem
        tone = ""
        if problem is not None and not (problem.missing and not self._show_missing):
            tone = Tone.WARNING.value if problem.warning else "missing" if problem.missing else Tone.ERROR.value
        elif self.state.rivals:
            tone = Tone.WARNING.value
        restyle(self.editor, filled="true" if self.state.value else "false", tone=tone)

    def _show_rivals(self) -> None:
        if self._rivals is not None:
            self._below.removeWidget(self._rivals)
            drop(self._rivals)
            self._rivals = None
        choices = self.choices()
        if not choices:
            return
        disagree = bool(self.state.rivals)
        words = self.tr("来源不一致，请选一个：") if disagree else self.tr("以前填过，核对后可以采用：")
        box = QWidget()
        box.setObjectName(f"rivals_{self.field.key}")
        box.setAccessibleName(words)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(3)
        head = text(words, "faint", wrap=True)
        if disagree:
            head.setProperty("tone", Tone.WARNING.value)
        inside.addWidget(head)
        for number, fact in enumerate(choices, 1):
            inside.addWidget(self._choice(fact, number))
        self._rivals = box
        self._below.addWidget(box)

    def choices(self) -> tuple[Fact, ...]:
        """What the clerk may take here, in the order shown: sources that disagree, or what is offered."""
        if self.state.rivals:
            return ((self.state.fact,) if self.state.fact else ()) + self.state.rivals
        return self.state.offers

    def _pick(self, number: int) -> None:
        choices = self.choices()
        if number <= len(choices):
            self.settled.emit(choices[number - 1])

    def _choice(self, fact: Fact, number: int) -> QWidget:
        current = fact is self.state.fact
        shown = self.editor.show_of(fact.value)
        choice = ElidedButton(self.tr("{0}（{1}）").format(shown, core_words(fact.source.label)))
        choice.setProperty("kind", "choice")
        choice.setObjectName(f"take_{self.field.key}")
        choice.setAccessibleName(choice.text())
        choice.setIcon(icon("radio-on", "accent") if current else icon("radio-off"))
        choice.setToolTip(self.tr("{0}　{1}　Ctrl+{2}").format(shown, source_words(fact), number))
        choice.setProperty("current", "true" if current else "false")
        choice.setAutoDefault(True)
        choice.clicked.connect(lambda _=False: self.settled.emit(fact))
        choice.setMinimumWidth(60)
        return choice

    def look_changed(self) -> None:
        """The star's colour is part of the label's words."""
        self._label.setText(_escaped(self.title) + self._star())

    def _star(self) -> str:
        return f'<span style="color:{colours().error}">&#8201;*</span>' if self.field.required else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(LABEL_WIDTH + 150, super().minimumSizeHint().height())


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
