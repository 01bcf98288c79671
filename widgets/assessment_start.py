"""First page of an assessment: which form, which route, which firm, what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from widgets.bits import clear, set_text, text
from widgets.views import Tone
from widgets.views_assessment import FormChoice, StartView

_USCC = 18
_LABEL_WIDTH = 132


class AssessmentStart(QWidget):
    """Signals: form_changed(id); firm_given(form id, number) once a number is whole."""

    form_changed = pyqtSignal(str)
    firm_given = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("assessment_start")
        self._forms: tuple[FormChoice, ...] = ()
        self._asked: list[tuple[str, QLineEdit]] = []
        self.form = _combo("assessment_form", self.tr("自评表"))
        self.route = _combo("assessment_route", self.tr("类别"))
        self.firm = _line("assessment_firm", self.tr("单位名称"), 300)
        self.number = _line("assessment_number", self.tr("统一社会信用代码"), _USCC)
        self.subject = _line("assessment_subject", "", 100)
        self.contact = _line("assessment_contact", self.tr("联系人"), 100)
        self.phone = _line("assessment_phone", self.tr("联系电话"), 60)
        self._subject_label = text("", "label")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        pairs = (
            (self.tr("自评表"), self.form, self.tr("类别"), self.route),
            (self.tr("统一社会信用代码"), self.number, self.tr("单位名称"), self.firm),
            (self.tr("联系人"), self.contact, self.tr("联系电话"), self.phone),
        )
        for at, (label, part, other, beside) in zip((0, 1, 3), pairs, strict=True):
            grid.addWidget(text(label, "label"), at, 0)
            grid.addWidget(part, at, 1)
            grid.addWidget(text(other, "label"), at, 2)
            grid.addWidget(beside, at, 3)
        grid.addWidget(self._subject_label, 2, 0)
        grid.addWidget(self.subject, 2, 1, 1, 3)
        self._extras = QGridLayout()
        self._extras.setHorizontalSpacing(12)
        self._extras.setVerticalSpacing(10)
        self._extras.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._extras.setColumnStretch(1, 1)
        self.before = text(role="soft", name="assessment_before", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(grid)
        whole.addLayout(self._extras)
        whole.addWidget(self.before)
        whole.addStretch(1)
        self.form.currentIndexChanged.connect(self._turn)
        self.number.textChanged.connect(self._given)
        set_text(self.before, "")

    def set_forms(self, forms: Sequence[FormChoice], known: StartView) -> None:
        """Offer these forms, with what is known already."""
        self._forms = tuple(forms)
        self.form.blockSignals(True)
        self.form.clear()
        for at, one in enumerate(forms):
            self.form.addItem(f"{one.words}  Alt+{at + 1}", one.id)
        self.form.setCurrentIndex(max(self.form.findData(known.form), 0))
        self.form.blockSignals(False)
        self.firm.setText(known.firm)
        self.subject.setText(known.subject)
        self.contact.setText(known.contact)
        self.phone.setText(known.phone)
        self._turn()
        at = self.route.findData(known.route)
        self.route.setCurrentIndex(max(at, 0))
        for label, line in self._asked:
            line.setText(known.asked.get(label, ""))
        self.number.setText(known.firm_number)
        (self.subject if known.firm and known.firm_number else self.number).setFocus()

    def choose(self, at: int) -> None:
        """Take the form at this place; nothing when there is none."""
        if 0 <= at < self.form.count():
            self.form.setCurrentIndex(at)

    def given(self) -> StartView:
        """What was typed."""
        return StartView(
            str(self.form.currentData() or ""),
            str(self.route.currentData() or ""),
            self.firm.text(),
            self.number.text(),
            self.subject.text(),
            self.contact.text(),
            self.phone.text(),
            {label: line.text() for label, line in self._asked},
        )

    def say_before(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """What is known of the firm's last assessment."""
        set_text(self.before, words, tone)

    def _turn(self) -> None:
        form = next((one for one in self._forms if one.id == self.form.currentData()), None)
        self.route.clear()
        clear(self._extras)
        self._asked = []
        if form is None:
            return
        for name, words in form.routes:
            self.route.addItem(words, name)
        self._subject_label.setText(form.subject)
        self.subject.setAccessibleName(form.subject)
        for at, label in enumerate(form.asks):
            line = _line(f"assessment_ask_{at}", label, 300)
            self._extras.addWidget(text(label, "label"), at, 0)
            self._extras.addWidget(line, at, 1)
            self._asked.append((label, line))
        self.form_changed.emit(form.id)
        self._given(self.number.text())

    def _given(self, number: str) -> None:
        set_text(self.before, "")
        if len(number.strip()) == _USCC:
            self.firm_given.emit(str(self.form.currentData() or ""), number.strip().upper())


def _line(name: str, label: str, longest: int) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(label)
    made.setMaxLength(longest)
    return made


def _combo(name: str, label: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(label)
    return made
