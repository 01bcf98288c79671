"""Print jobs in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PyQt6.QtCore import QCoreApplication

from app.domain.clock import shanghai
from app.domain.person import mask_name
from app.domain.printing import AGAIN, BatchPaper, PrintJob, PrintState
from app.services.print_choices import Output
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_print import BatchPaperRow, OutputView, PrintRow

translate = QCoreApplication.translate
Name = Callable[[str], str]
"""What a printer is called, by its slot."""


def state_words(job: PrintJob, blocked: bool = False) -> tuple[str, Tone]:
    """Where a job stands. blocked: its printer refuses."""
    return {
        PrintState.HELD: (translate("PrintWords", "未放行"), Tone.WARNING),
        PrintState.WAITING: (
            (translate("PrintWords", "等打印机"), Tone.WARNING)
            if blocked
            else (translate("PrintWords", "排队中"), Tone.NEUTRAL)
        ),
        PrintState.SENDING: (translate("PrintWords", "正在打印"), Tone.INFO),
        PrintState.UNKNOWN: (translate("PrintWords", "待确认"), Tone.ERROR),
        PrintState.PRINTED: (translate("PrintWords", "已打印"), Tone.SUCCESS),
        PrintState.CANCELLED: (translate("PrintWords", "已取消"), Tone.NEUTRAL),
    }[job.state]


def print_row(
    job: PrintJob, name: Name, now: dt.datetime, others: Sequence[str] = (), trouble: str = "", paper: str = ""
) -> PrintRow:
    """One line of a list. others: slots of printers that could take it; trouble: what its printer complains of;
    paper: in the place of the paper's name."""
    words, tone = state_words(job, bool(trouble))
    at = shanghai(job.ended_at or job.started_at or job.queued_at)
    today = at.date() == shanghai(now).date()
    detail = job.detail if job.state in (PrintState.UNKNOWN, PrintState.HELD, PrintState.WAITING) else ""
    if job.state is PrintState.WAITING and trouble:
        detail = trouble
    return PrintRow(
        job.job_id,
        f"{at:%H:%M}" if today else f"{at:%m-%d}",
        paper or paper_words(job),
        job.paper_number,
        mask_name(job.applicant) if job.applicant else "",
        name(job.slot),
        str(job.state),
        words,
        tone,
        core_words(detail),
        tuple((slot, name(slot)) for slot in others),
    )


def paper_words(job: PrintJob) -> str:
    """The paper's name, and that it is a reprint."""
    name = core_words(job.kind) if job.kind else translate("PrintWords", "文书")
    if job.reprint == AGAIN:
        return translate("PrintWords", "{0} · 补打").format(name)
    return translate("PrintWords", "{0} · 补打 {1}").format(name, job.reprint) if job.reprint else name


def output_view(output: Output, name: Name, reshaped: bool = False) -> OutputView:
    """A size of paper with its printers. reshaped: the paper can be had on other sheets as well."""
    shapes = (
        ("A4", translate("PrintWords", "A4")),
        ("A4-large", translate("PrintWords", "A4 大字")),
        ("A5", translate("PrintWords", "A5")),
        ("A5-large", translate("PrintWords", "A5 大字")),
    )
    words = {
        "80mm": translate("PrintWords", "80 毫米凭条"),
        "58mm": translate("PrintWords", "58 毫米凭条"),
    }.get(output.size, translate("PrintWords", "{0} 纸").format(output.size))
    if reshaped and output.shape:
        words = translate("PrintWords", "纸张")  # its size is chosen below
    return OutputView(
        output.size,
        words,
        tuple((slot, name(slot)) for slot in output.slots),
        output.chosen,
        output.copies,
        shapes if reshaped and output.shape else (),
        output.shape,
    )


def paper_row(paper: BatchPaper) -> BatchPaperRow:
    """A paper to choose for a batch."""
    return BatchPaperRow(
        paper.number,
        mask_name(paper.applicant) if paper.applicant else "",
        f"{shanghai(paper.accepted_at):%m-%d %H:%M}",
        translate("PrintWords", "{0} 件").format(paper.cases),
        paper.printed,
    )


def left_words(seconds: float) -> str:
    """How long it still takes, roughly."""
    if seconds < 50:
        return translate("PrintWords", "约还需 {0} 秒").format(max(round(seconds / 5) * 5, 5))
    return translate("PrintWords", "约还需 {0} 分钟").format(max(round(seconds / 60), 1))
