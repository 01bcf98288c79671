"""Possible duplicates in words for the screen, personal values masked."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from app.domain.clock import shanghai
from app.domain.double import Decision, Double
from app.domain.person import mask, mask_name
from app.services.my_cases import CaseDetail
from widgets.i18n import core_words
from widgets.views_around import DoubleView

translate = QCoreApplication.translate


def double_words(double: Double) -> str:
    """What is known of another window's case that may be the same."""
    said = {
        None: translate("Words", "疑似 {0}，请按 Ctrl+D 核对"),
        Decision.BOTH: translate("Words", "与 {0} 是两件，都要办"),
        Decision.MINE: translate("Words", "与 {0} 是同一件，只办本件"),
        Decision.OTHER: translate("Words", "与 {0} 是同一件，只办对方那件"),
    }
    return said[double.decision].format(double.provisional_no)


def double_view(detail: CaseDetail, double: Double) -> DoubleView:
    """A pair side by side, masked."""
    case = detail.case
    mine, other = (f"{shanghai(at):%Y-%m-%d %H:%M}" for at in (case.accepted_at, double.accepted_at))
    waiting = translate("Words", "待平台回执")
    return DoubleView(
        about="　".join(
            (mask_name(case.applicant_name), mask(case.applicant_number), core_words(case.item_name))
        ).strip("　"),
        lines=(
            (translate("Words", "窗口"), core_words(f"{case.window.hall}{case.window.name}"), core_words(double.place)),
            (translate("Words", "受理流水号"), case.provisional_no, double.provisional_no),
            (translate("Words", "办件编码"), case.case_no or waiting, double.case_no or waiting),
            (translate("Words", "受理时间"), mine, other),
        ),
    )
