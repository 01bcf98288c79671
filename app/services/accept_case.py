"""Check a visit and accept it: the one commit that makes cases of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.applicant import who_applies
from app.domain.case import AuditEvent, Case
from app.domain.clock import shanghai
from app.domain.document import Paper, PaperKind, RenderedPaper
from app.domain.errors import Refused
from app.domain.fact import Verdict
from app.domain.form import Problem
from app.domain.item import Item
from app.domain.material import Material
from app.domain.matter import PREFIXES, MatterKind
from app.domain.numbering import provisional_number, uuid7
from app.domain.printing import PrintTarget
from app.forms.split import split
from app.licences.facts import Match
from app.server.wire import build_operations
from app.services.clock_witness import ClockWitness
from app.services.companion import guardian_findings
from app.services.confirm_form import signature_material
from app.services.counter import Counter
from app.services.follow_up import inspections, opening
from app.services.print_papers import PrintPapers
from app.services.regions import Regions
from app.services.time_limits import limit_of, sessions_of
from app.services.visit import Visit, chosen_names


@dataclass(frozen=True, slots=True)
class Check:
    """What F7 finds. blockers forbid acceptance; warnings may be kept. Both in words."""

    problems: tuple[Problem, ...]
    unsettled: tuple[Material, ...]
    blockers: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.blockers


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What was accepted, and the notice to print."""

    cases: tuple[Case, ...]
    notice: RenderedPaper
    rate_link: str = ""
    """Where the visitor rates later; "": nowhere."""

    def rate_symbol(self) -> tuple[tuple[bool, ...], ...]:
        """The QR symbol of that address, dark is True; empty without one. Some milliseconds."""
        from app.documents.square import symbol_of  # no window needs it to start

        return symbol_of(self.rate_link) if self.rate_link else ()


class AcceptCase:
    """Everything one acceptance needs. Not for the event loop: rendering and the commit take tens of milliseconds."""

    def __init__(self, counter: Counter, witness: ClockWitness, papers: PrintPapers | None = None) -> None:
        """papers: writes the jobs that print the notice; None where nothing is printed."""
        self._counter = counter
        self._witness = witness
        self._papers = papers
        self._regions = Regions(counter)

    def check(self, visit: Visit) -> Check:
        """What stands between this visit and its acceptance."""
        problems = self._counter.fill.problems(visit)
        unsettled = visit.checklist.unsettled()
        blockers = []
        if visit.card is None:
            blockers.append("还没有读取申请人证件（F2）")
        if not visit.items:
            blockers.append("还没有选择事项（F3）")
        missing = [p for p in problems if p.missing and not p.warning]
        wrong = [p for p in problems if not p.missing and not p.warning]
        if missing:
            blockers.append(f"表单还有 {len(missing)} 项未填（F5）")
        if wrong:
            blockers.append(f"表单有 {len(wrong)} 项有误")
        blockers.extend(f"材料未交：{material.use.name}" for material in unsettled)
        values = visit.form.values()
        blockers.extend(
            f"{item.name}由{there.name}办理，通办范围是{item.cross_region}，本窗口不能收"
            for item in visit.items
            if (there := self._regions.too_far(item, values)) is not None
        )
        guarded = guardian_findings(visit, shanghai(self._counter.clock.now()).date())
        blockers.extend(guarded.blockers)
        warnings = [*guarded.warnings, *(p.message for p in problems if p.warning)]
        warnings.extend(
            f"{item.name}由{there.name}办理，本窗口收件后转办"
            for item in visit.items
            if (there := self._regions.territory(item, values)) is not None
        )
        for entry in visit.licences:
            title = entry.reading.licence.get("title", "证照")
            if entry.match.match is Match.DIFFERENT:
                warnings.append(f"{title}的持证人不是申请人，未采用")
            elif entry.reading.verdict is Verdict.CAPTURED_UNVERIFIED:
                warnings.append(f"{title}尚未核验")
            elif not entry.reading.verdict.usable:
                warnings.append(f"{title}未采用：{entry.reading.reason}")
        warnings.extend(
            f"“{material.use.name}”还有 {len(material.unticked)} 条收件要点没有确认"
            for material in visit.checklist.materials
            if material.unticked
        )
        warnings.extend(
            f"“{field.title}”各来源不一致，采用了当前值"
            for field in visit.form.asked().values()
            if visit.form.state(field.key).rivals
        )
        return Check(problems, unsettled, tuple(blockers), tuple(warnings))

    def accept(self, visit: Visit, targets: Sequence[PrintTarget] = ()) -> Acceptance:
        """Make the cases, render the notice, store all of it in ONE commit. Nothing is stored when anything fails.

        targets: where the notice is printed; its jobs are of the same commit, so that no crash parts the two.
        Refused when the check does not pass; BadInput when the notice cannot be drawn (a character without a glyph);
        EnvironmentProblem when the disk refuses.
        """
        self._regions.reload()
        check = self.check(visit)
        if not check.passed:
            raise Refused("还不能受理", "；".join(check.blockers), "补齐后再按 F8。")
        cases = self._cases(visit)
        notice = self._counter.renderer.render(self._paper(visit, cases))
        sealed = self._counter.vault.seal(notice.pdf, "application/pdf").sha256
        events = [*visit.events, *self._events(visit, cases, notice, sealed)]
        tasks = [opening(task) for task in inspections(cases, self._counter.catalog.items, self._task_number)]
        events += [event for _, event in tasks]
        jobs = self._papers.jobs(notice, targets, sealed=sealed) if self._papers is not None else ()
        operations = [*build_operations(cases), *(operation for operation, _ in tasks)]
        self._counter.store.accept(cases, operations, events, drop_draft=visit.visit_id, papers=jobs)
        link = self._counter.renderer.rate_link(notice.paper)
        return Acceptance(cases, notice, link)

    def reprint(self, notice: RenderedPaper, reason: str = "") -> RenderedPaper:
        """The same notice marked as one more print, with what the platform has answered since."""
        return self.print_again(notice.paper, reason)

    def print_again(self, paper: Paper, reason: str = "") -> RenderedPaper:
        """A paper marked as the print after it, with what the platform has answered since; the trail keeps why."""
        again = self.as_printed(replace(paper, reprint=paper.reprint + 1))
        at = self._counter.clock.now()
        details: dict[str, object] = {"reprint": again.paper.reprint, **({"reason": reason} if reason else {})}
        self._counter.store.append_audit(
            AuditEvent(at, self._counter.duty.clerk, "paper.reprinted", paper.number, details)
        )
        return again

    def print_copy(self, pdf: bytes, number: str, prints: int, reason: str = "") -> bytes:
        """A kept paper that cannot be made anew, marked as the print after so many; the trail keeps why."""
        at, clerk = self._counter.clock.now(), self._counter.duty.clerk
        copy = self._counter.renderer.once_more(pdf, prints, at, clerk)
        details: dict[str, object] = {"reprint": prints, **({"reason": reason} if reason else {})}
        self._counter.store.append_audit(AuditEvent(at, clerk, "paper.reprinted", number, details))
        return copy

    def as_printed(self, paper: Paper) -> RenderedPaper:
        """A paper as it is, its cases as the store knows them now; the first print stays what it was."""
        if paper.reprint:
            stored = self.stored(paper.cases)
            paper = replace(paper, cases=stored, awaiting_platform=any(case.case_no is None for case in stored))
        return self._counter.renderer.render(paper)

    def stored(self, cases: Sequence[Case]) -> tuple[Case, ...]:
        """The same cases as the store knows them now, the platform's numbers included."""
        return tuple(self._counter.store.case(case.case_id) or case for case in cases)

    def titles(self, visit: Visit) -> list[str]:
        """What the visitor came for, by name."""
        return chosen_names(self._counter.catalog, visit.codes)

    def _task_number(self) -> str:
        """Of an inspection task: each kind of matter counts by itself, window by window."""
        now, window = self._counter.clock.now(), self._counter.window.id
        prefix = PREFIXES[MatterKind.INSPECTION]
        taken = self._counter.store.reserve_numbers(f"{prefix}-{window}", shanghai(now).date(), 1)[0]
        return prefix + provisional_number(window, now, taken)

    def _cases(self, visit: Visit) -> tuple[Case, ...]:
        at = self._counter.clock.now()
        counters = self._counter.store.reserve_visit_numbers(
            visit.visit_id, self._counter.window.id, shanghai(at).date(), len(visit.items)
        )
        values = visit.form.values()
        forms = split(visit.form.definition, visit.items, values)
        sessions = sessions_of(self._counter.store)
        limits = {item.code: limit_of(item, forms[item.code], at, sessions) for item in visit.items}
        # An item that names nobody is about whom the other items, or the card, name.
        card = visit.card
        shown = (
            {"applicant.name": card.name or "", "applicant.id_number": card.number or ""} if card is not None else {}
        )
        who = {item.code: who_applies(forms[item.code], values, shown) for item in visit.items}
        places = self._counter.fill.places(visit)
        clock = self._witness.read(at)
        return tuple(
            Case(
                case_id=uuid7(at),
                visit_id=visit.visit_id,
                item_code=item.code,
                item_name=item.name,
                department=self._counter.catalog.departments[item.department].name,
                provisional_no=provisional_number(self._counter.window.id, at, counter),
                accepted_at=at,
                window=self._counter.window,
                clerk=self._counter.duty.clerk,
                catalog_version=self._counter.catalog.version,
                applicant_name=who[item.code][0],
                applicant_number=who[item.code][1],
                form=forms[item.code],
                # A table's fact goes with this item's columns only, as its value does.
                facts=(
                    *(
                        replace(fact, value=value)
                        for key, value in forms[item.code].items()
                        if (fact := visit.form.state(key).fact) is not None
                    ),
                    *(places[key] for key in forms[item.code] if key in places),
                ),
                materials=self._materials(visit, item),
                bundle_code=self._bundle_of(visit, item),
                due=limits[item.code].day,
                halves=limits[item.code].halves,
                due_at=limits[item.code].at,
                clock=clock,
                territory=self._regions.territory(item, values),
                assisted=visit.assist.on,
            )
            for item, counter in zip(visit.items, counters, strict=True)
        )

    def _materials(self, visit: Visit, item: Item) -> tuple[Material, ...]:
        """The item's materials; a promise is checked afterwards by the department that decides on it."""
        department = self._counter.catalog.departments[item.department].name
        asked = tuple(
            replace(material, checker=department) if material.check_due else material
            for material in visit.checklist.materials
            if item.code in material.asked_by
        )
        signed = visit.confirmed
        return (*asked, signature_material(signed, item.code)) if signed is not None and signed.page else asked

    def _bundle_of(self, visit: Visit, item: Item) -> str:
        for code in visit.codes:
            bundle = self._counter.catalog.bundles.get(code)
            if bundle is not None and item.code in bundle.items:
                return code
        return ""

    def _paper(self, visit: Visit, cases: tuple[Case, ...]) -> Paper:
        return Paper(
            kind=PaperKind.ACCEPTANCE_NOTICE,
            number=cases[0].provisional_no,
            cases=cases,
            window=self._counter.window,
            clerk=self._counter.duty.clerk,
            issued_at=cases[0].accepted_at,
            title="、".join(self.titles(visit)),
            demo=self._counter.demo,
            signature=visit.confirmed.signature if visit.confirmed else None,
        )

    def _events(self, visit: Visit, cases: Sequence[Case], notice: RenderedPaper, sealed: str) -> list[AuditEvent]:
        at = cases[0].accepted_at
        accepted = [
            AuditEvent(
                at,
                self._counter.duty.clerk,
                "case.accepted",
                case.provisional_no,
                {
                    "case_id": case.case_id,
                    "item": case.item_code,
                    "sources": sorted({str(fact.source.kind) for fact in case.facts}),
                    # The supervisors count what a desk does beyond its working hours; only the desk knows those.
                    **({"extended": True} if self._counter.opening.extended_at(at) else {}),
                },
            )
            for case in cases
        ]
        made = AuditEvent(
            at, self._counter.duty.clerk, "paper.made", notice.paper.number, {"sha256": notice.sha256, "sealed": sealed}
        )
        return [*accepted, made]
