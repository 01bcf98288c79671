"""The one-time notice 一次性告知书: everything that lacks, said once and in full (行政许可法第三十二条)."""

from __future__ import annotations

from dataclasses import replace

from app.domain.case import AuditEvent
from app.domain.clock import shanghai
from app.domain.document import Lack, Paper, PaperKind, RenderedPaper
from app.domain.errors import Refused
from app.domain.item import MaterialUse
from app.domain.numbering import provisional_number
from app.domain.paper_data import LackNotice
from app.services.counter import Counter
from app.services.paper_subject import draft_cases
from app.services.visit import Visit, chosen_names

_PREFIX = "GZ"
"""Before the number, and in the key of its counter: notices take no 受理流水号 away."""


class OneTimeNotice:
    """Makes the notice for a visitor who leaves without acceptance. Not for the event loop."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def lacks(self, visit: Visit) -> tuple[Lack, ...]:
        """All materials and fields to be put right, materials first, in the order of list and form."""
        materials = [Lack(m.use.name, _how(m.use), True) for m in visit.checklist.unsettled()]
        titles = {field.key: field.title for field in visit.form.definition.fields}
        fields = [
            Lack(titles.get(problem.key, problem.key), "未填写" if problem.missing else problem.message, False)
            for problem in self._counter.fill.problems(visit)
            if not problem.warning
        ]
        return (*materials, *fields)

    def make(self, visit: Visit) -> RenderedPaper:
        """The notice, numbered, sealed in the vault and audited.

        Refused when nothing lacks (then accept) or nothing was chosen. BadInput: a character that no font draws.
        """
        if not visit.items:
            raise Refused("不能出一次性告知书", "还没有选择事项。", "先按 F3 选事项。")
        lacks = self.lacks(visit)
        if not lacks:
            raise Refused("不用出一次性告知书", "材料和填写内容都齐全。", "可以受理，按 F8。")
        at = self._counter.clock.now()
        day = shanghai(at).date()
        counter = self._counter.store.reserve_numbers(f"{_PREFIX}-{self._counter.window.id}", day, 1)[0]
        paper = Paper(
            kind=PaperKind.ONE_TIME_NOTICE,
            number=_PREFIX + provisional_number(self._counter.window.id, at, counter),
            cases=draft_cases(self._counter, visit, at),
            window=self._counter.window,
            clerk=self._counter.duty.clerk,
            issued_at=at,
            title="、".join(chosen_names(self._counter.catalog, visit.codes)),
            awaiting_platform=False,
            demo=self._counter.demo,
            data=LackNotice(lacks),
        )
        rendered = self._counter.renderer.render(paper)
        sealed = self._counter.vault.seal(rendered.pdf, "application/pdf").sha256
        details = {
            "sha256": rendered.sha256,
            "sealed": sealed,
            "items": [item.code for item in visit.items],
            "materials": sum(lack.is_material for lack in lacks),
            "fields": sum(not lack.is_material for lack in lacks),
        }
        self._counter.store.append_audit(AuditEvent(at, self._counter.duty.clerk, "notice.made", paper.number, details))
        return rendered

    def reprint(self, notice: RenderedPaper, reason: str = "") -> RenderedPaper:
        """The same notice marked as one more print."""
        paper = replace(notice.paper, reprint=notice.paper.reprint + 1)
        at = self._counter.clock.now()
        again = self._counter.renderer.render(paper)
        event = AuditEvent(at, self._counter.duty.clerk, "paper.reprinted", paper.number, {"reprint": paper.reprint})
        self._counter.store.append_audit(event)
        return again


def what_to_bring(use: MaterialUse) -> str:
    """What to bring, in words: kind, copies, points."""
    kind = use.kind or ("原件" if use.original else "复印件")
    return "；".join([f"请提交{kind} {use.copies} 份", *use.acceptance_points])


def _how(use: MaterialUse) -> str:
    """What to bring, and what may be done instead."""
    parts = [what_to_bring(use)]
    if use.tolerable:
        parts.append(f"可先容缺受理，{use.tolerance_days} 个工作日内补交")
        if use.tolerance_needs:
            parts.append("容缺前须经窗口核查")
    if use.promise:
        parts.append("可以告知承诺代替")
    return "；".join(parts)
