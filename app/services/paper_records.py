"""Papers that the window fills in by itself: what it looked up, how it read the card, how it stands, what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.documents.wording import load_wording
from app.domain.case import Case
from app.domain.clock import Clock, parse_iso, shanghai
from app.domain.document import PaperKind
from app.domain.fact import Fact, SourceKind
from app.domain.item import Catalog
from app.domain.material import Material, MaterialStatus
from app.domain.paper_sheets import (
    DataCheck,
    IdentityFeedback,
    IdentityStep,
    PendingWork,
    QueriedData,
    SafetyPoint,
    SafetyReport,
    ShiftHandover,
)
from app.domain.person import LONG_TERM, mask
from app.identity.numbers import check_number
from app.identity.verification import Verification
from app.services.day_board import DayBoard
from app.services.drafts import Drafts, Unfinished
from app.services.duty import Duty
from app.services.identity_slip import slip, slip_offer
from app.services.paper_asks import Answers
from app.services.paper_subject import Subject
from app.services.retention import LAST_RUN
from app.services.verify_identity import last_kept
from offline_db.store import Store

BACKLOG = dt.timedelta(days=1)
"""What waits longer for the platform is a finding."""
_LOOKED_UP = (SourceKind.QUERY, SourceKind.LICENCE)


@dataclass(frozen=True, slots=True)
class PaperRecords:
    """Reads the store; not for the event loop."""

    store: Store
    catalog: Catalog
    clock: Clock
    duty: Duty
    board: DayBoard
    drafts: Drafts

    # ------------------------------------------------------------------------------------------------ per case

    def data_blocked(self, subject: Subject) -> str:
        """Why there is no 数据核验表单 to make; "" when there is."""
        return "" if self._queries(subject) else "本次没有查询或核验过数据"

    def data_offer(self, subject: Subject) -> dict[str, str]:
        words = load_wording("data_check")
        return {"purpose": words.text("station.purpose", title=subject.title)}

    def data_check(self, subject: Subject, answers: Answers) -> DataCheck:
        """Every source that was looked up, with what its answers were used for."""
        return DataCheck(self._queries(subject), answers["purpose"])

    def _queries(self, subject: Subject) -> tuple[QueriedData, ...]:
        words = load_wording("data_check")
        found: dict[str, list[Fact]] = {}
        for case in subject.cases:
            for fact in case.facts:
                if fact.source.kind in _LOOKED_UP and fact.verdict.usable:
                    known = found.setdefault(fact.source.label, [])
                    if fact.key not in (one.key for one in known):
                        known.append(fact)
        queries = [
            QueriedData(
                what=label,
                department=words.text(f"station.how.{facts[0].verdict.value}")
                if words.has(f"station.how.{facts[0].verdict.value}") else "",
                asked_at=facts[0].at,
                result=words.text("station.agrees", values=len(facts)),
                reference=facts[0].source.ref,
                used_for=words.text("station.fills", fields="、".join(map(self._title, facts[:2])), n=len(facts)),
            )
            for label, facts in found.items()
        ]  # fmt: skip
        queries += [
            QueriedData(
                what=material.reason,
                department="",
                asked_at=subject.cases[0].accepted_at,
                result=words.text("station.waived"),
                used_for=words.text("station.waives", materials=material.use.name),
            )
            for material in _waived(subject)
        ]
        return tuple(queries)

    def _title(self, fact: Fact) -> str:
        element = self.catalog.elements.get(fact.element)
        return element.title if element else fact.element

    def identity_blocked(self, subject: Subject) -> str:
        """Why there is no 身份核验反馈单 to make; "" when there is."""
        return "" if self._checked(subject) or _card_fact(subject) else "没有读取过申请人证件"

    def identity_offer(self, subject: Subject) -> dict[str, str]:
        checked = self._checked(subject)
        if checked is not None:
            return slip_offer(checked)
        steps = self._steps(subject)
        return {"passed": "0" if any(step.passed is False for step in steps) else "1"}

    def identity(self, subject: Subject, answers: Answers) -> IdentityFeedback:
        """The check on record of this person at this visit. Without one, what the reader and the rules say; comparing
        faces is then left to the clerk's pen. BadInput: passed, where the check did not."""
        if (checked := self._checked(subject)) is not None:
            return slip(checked, answers)
        fact = _card_fact(subject)
        document, at = (fact.source.label, fact.at) if fact else ("", self.clock.now())
        means = load_wording("identity_feedback").texts("means")[0]
        passed = answers["passed"] == "1"
        return IdentityFeedback(document, means, at, self._steps(subject), passed, answers["trouble"])

    def _checked(self, subject: Subject) -> Verification | None:
        """The check on record. Of an earlier visit, or of somebody else who was at the window then, it is none."""
        if subject.checked is not None:
            return subject.checked
        if not subject.cases:
            return None
        case = subject.cases[0]
        return last_kept(self.store, case.visit_id, mask(case.applicant_number))

    def _steps(self, subject: Subject) -> tuple[IdentityStep, ...]:
        chip, valid, citizen, other, photo, same = load_wording("identity_feedback").texts("steps.known")[:6]
        case, fact = subject.cases[0], _card_fact(subject)
        number = check_number(case.applicant_number, today=shanghai(self.clock.now()).date())
        steps = [IdentityStep(chip, fact is not None)]
        if subject.card is not None and subject.card.valid_to:
            ends, today = subject.card.valid_to, shanghai(self.clock.now()).date().isoformat()
            steps.append(IdentityStep(valid, ends == LONG_TERM or ends >= today))
        elif known := next((f for f in case.facts if f.key == "applicant.valid_to"), None):
            steps.append(IdentityStep(valid, known.value == LONG_TERM or known.value >= say_iso(case.accepted_at)))
        else:
            steps.append(IdentityStep(valid, None))
        resident = case.applicant_number[:1].isdigit() and not subject.foreign
        steps.append(IdentityStep(citizen if resident else other, number.valid and not number.warnings))
        if subject.card is not None:
            read = subject.card.name or subject.card.name_en
            alike = read == case.applicant_name and subject.card.number == case.applicant_number
            steps.append(IdentityStep(same, alike))
        else:
            steps.append(IdentityStep(same, _agrees(case)))
        return (*steps, IdentityStep(photo, None))

    # -------------------------------------------------------------------------------------------- of the window

    def safety(self, answers: Answers) -> SafetyReport:
        """What this machine can say of its own data safety, and what has to be looked at. Reads the whole store."""
        words = load_wording("safety_report")
        found: dict[str, tuple[bool | None, str]] = dict(self._findings())
        points = []
        for key, (area, what) in words.pairs("station.points").items():
            met, said = found.get(key, (None, ""))
            points.append(SafetyPoint(words.text(f"station.areas.{area}"), what, met, said))
        return SafetyReport(shanghai(self.clock.now()).date(), tuple(points), answers["measures"])

    def _findings(self) -> list[tuple[str, tuple[bool | None, str]]]:
        say = _said("safety_report")
        now = self.clock.now()
        checks = self.store.verify_audit()
        bad, damaged = sum(not check.ok for check in checks), len(self.store.check_integrity())
        last, counts = self.store.setting(LAST_RUN), self.store.counts()
        cleared = say("forgotten", at=f"{shanghai(parse_iso(last)):%Y-%m-%d %H:%M}") if last else say("never")
        waiting = counts.oldest is None or now - counts.oldest <= BACKLOG
        oldest = f"{shanghai(counts.oldest):%Y-%m-%d %H:%M}" if counts.oldest else ""
        return [
            ("encrypted", (True, say("encrypted"))),
            ("whole", (not damaged, say("whole", n=damaged))),
            ("forgotten", (True if last else None, cleared)),
            ("chained", (not bad, say("chained", n=len(checks), bad=bad))),
            ("signed_in", (self.duty.holder is not None, say("signed_in", clerk=self.duty.clerk))),
            ("sent", (waiting, say("sent", n=counts.waiting, at=oldest) if oldest else say("nothing"))),
            ("refused", (not counts.parked, say("refused", n=counts.parked))),
        ]

    def shift_offer(self) -> dict[str, str]:
        return {"subject": load_wording("shift_handover").text("station.subject")}

    def shift(self, answers: Answers) -> ShiftHandover:
        """The day's figures, what is parked, what waits."""
        words = load_wording("shift_handover")
        board = self.board.look()
        figures, lights = board.figures, board.figures.lights

        def line(key: str, **values: object) -> tuple[str, str]:
            label, text = words.texts(f"station.{key}")
            return label, text.format(**values)

        return ShiftHandover(
            day=board.day,
            giver=self.duty.clerk,
            figures=(
                line("accepted", cases=figures.accepted, visits=figures.visits),
                line("done", n=figures.stages.get("4", 0)),
                line("outbox", n=board.outbox.waiting),
                line("parked", n=board.outbox.parked),
                line("late", n=lights.late + lights.refused),
                line("near", n=lights.near),
                line("owed", late=figures.tolerated_late, near=figures.tolerated_near),
            ),
            pending=tuple(_pending(one) for one in self.drafts.listed()),
            taker=answers["taker"],
            devices=tuple((name.strip(), False) for name in answers["devices"].split("、") if name.strip()),
            note=answers["note"],
        )


def _said(name: str) -> Callable[..., str]:
    words = load_wording(name)
    return lambda key, **values: words.text(f"station.found.{key}", **values)


def _pending(one: Unfinished) -> PendingWork:
    words = load_wording(PaperKind.SHIFT_HANDOVER.name.lower())
    state = words.text(
        "station.filled", filled=one.filled, asked=one.asked, settled=one.settled, materials=one.materials
    )
    if one.lacks:
        state += "；" + words.text("station.lacks", list="、".join(one.lacks))
    return PendingWork(
        "、".join(one.what) or words.text("station.unnamed"), one.who or words.text("station.unnamed"), state
    )


def _waived(subject: Subject) -> list[Material]:
    return [m for m in subject.materials() if m.status is MaterialStatus.WAIVED and m.reason]


def _card_fact(subject: Subject) -> Fact | None:
    facts = [fact for case in subject.cases for fact in case.facts]
    return next((fact for fact in facts if fact.source.kind is SourceKind.CARD), None)


def _agrees(case: Case) -> bool | None:
    """Does what the card said stand in the case? None when the case does not keep it."""
    read = {fact.key: fact.value for fact in case.facts if fact.source.kind is SourceKind.CARD}
    stands = {"applicant.name": case.applicant_name, "applicant.id_number": case.applicant_number}
    both = [read[key] == value for key, value in stands.items() if key in read]
    return all(both) if both else None


def say_iso(at: dt.datetime) -> str:
    """The legal day of a time, as facts write it."""
    return shanghai(at).date().isoformat()
