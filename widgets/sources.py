"""Where a value comes from: in one character beside the field, in one line below the form."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from app.domain.clock import shanghai
from app.domain.fact import Fact, SourceKind, Verdict
from widgets.i18n import core_words
from widgets.look import colours, px
from widgets.views import Tone


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
        SourceKind.DERIVED: translate("Sources", "推"),
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


def tone_of(verdict: Verdict) -> Tone:
    """How sure a value is: read from a chip or verified, stated, or wanting a look."""
    if verdict is Verdict.CAPTURED_UNVERIFIED or not verdict.usable:
        return Tone.WARNING
    sure = verdict in (Verdict.CHIP_READ, Verdict.VERIFIED_ONLINE, Verdict.SIGNATURE_VALID)
    return Tone.SUCCESS if sure else Tone.NEUTRAL


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
        tone = tone_of(self._fact.verdict)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().soft_of(tone)))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(4), px(4))
        font = self.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        painter.setPen(QColor(colours().ink_of(tone)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, source_sign(self._fact.source.kind))
