"""数据核验表单, 身份核验反馈单, 安全自评报告: what was looked at and how it stands."""

from __future__ import annotations

from typing import Any

from app.documents.blocks import Column, Words
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_sheets import DataCheck, IdentityFeedback, IdentityStep, SafetyReport


def data_check(t: Teller) -> str:
    """Which data of other departments were looked up, for what, with which answer."""
    data = t.paper.data
    if not isinstance(data, DataCheck):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.fields([("purpose", clean(data.purpose))])
    t.items()
    t.heading("queries.title", n=len(data.queries))
    columns = (
        Column("", 23, about="数据", lead=True),
        Column("", 17, about="核验时间"),
        Column("", 24, about="核验结果"),
        Column("", 14, about="用途"),
    )
    rows: list[tuple[Words, ...]] = [
        (
            t.lines(clean(one.what), clean(one.department)),
            t.speech.time(one.asked_at),
            t.lines(
                clean(one.result), t.say("queries.reference", number=clean(one.reference)) if one.reference else ""
            ),
            clean(one.used_for) or "—",
        )
        for one in data.queries
    ]
    t.listing("queries.columns", columns, rows, "数据{n}")
    t.notes()
    t.close(t.signs("checked"), t.signs("reviewed", dated=False))
    return t.speech.plain("gist", n=len(data.queries))


def identity(t: Teller) -> str:
    """Whether the person at the window is who the card says."""
    data = t.paper.data
    if not isinstance(data, IdentityFeedback):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.fields(
        [
            ("document", t.speech.both(clean(data.document), t.speech.english_of("documents", data.document))),
            ("means", t.speech.both(clean(data.means), t.speech.english_of("means", data.means))),
            ("checked_at", t.speech.time(data.checked_at)),
        ],
        "核验",
    )
    t.heading("steps.title")
    t.ticks(((step.passed, _step(t, step)) for step in data.steps), "核验内容")
    t.heading("conclusion.title")
    key = "conclusion.passed" if data.passed else "conclusion.failed"
    t.paragraph(key, "核验结论", emphasis=True, trouble=_trouble(t, clean(data.trouble)))
    t.notes()
    t.close(t.applicant_signs(), t.signs("checked", dated=False))
    return t.speech.plain("gist.passed" if data.passed else "gist.failed")


def safety(t: Teller) -> str:
    """The window's own look at how it keeps data safe, point by point."""
    data = t.paper.data
    if not isinstance(data, SafetyReport):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.paragraph("opening", "正文", day=t.speech.date(data.day))
    t.heading("points.title")
    columns = (
        Column("", 13, about="方面"),
        Column("", 29, about="自评内容", lead=True),
        Column("", 11, "c", "结果"),
        Column("", 28, about="依据"),
    )
    rows: list[tuple[Words, ...]] = [
        (clean(one.area), clean(one.what), t.say(f"state.{_state(one.met)}"), clean(one.found) or "—")
        for one in data.points
    ]
    t.listing("points.columns", columns, rows, "自评{n}")
    counts: dict[str, Any] = {
        state: sum(_state(one.met) == state for one in data.points) for state in ("met", "unmet", "open")
    }
    t.heading("summary.title")
    t.paragraph("summary.text", "自评合计", total=len(data.points), **counts)
    if data.measures:
        t.paragraph("summary.measures", "整改措施", text=clean(data.measures))
    t.close(t.signs("assessed"), t.signs("responsible", dated=False))
    return t.speech.plain("gist", total=len(data.points), **counts)


def _state(met: bool | None) -> str:
    return "open" if met is None else "met" if met else "unmet"


def _trouble(t: Teller, said: str) -> Words:
    """What the check itself found, sentence by sentence in English too; a clerk's own words as they were typed."""
    head, tail = t.speech.plain("station.against", what="\n").split("\n")
    against = said.startswith(head) and said.endswith(tail) and bool(head)
    parts = (said.removeprefix(head).removesuffix(tail) if against else said).split("；")
    if not all(t.speech.knows("steps.known", part) for part in parts):
        return said
    joined = t.speech.join(
        [t.speech.both(part, t.speech.english_of("steps.known", part)) for part in parts], "；", "; "
    )
    return t.say("station.against", what=joined) if against else joined


def _step(t: Teller, step: IdentityStep) -> Words:
    said = t.speech.both(clean(step.what), t.speech.english_of("steps.known", step.what))
    return t.say("steps.failed", what=said) if step.passed is False else said
