"""Matters of firms 企业事项 at the window: opened and moved on, on the line or off it, followed to their end."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.agency import Standing
from app.domain.case import AuditEvent, Operation, OperationKind, OutboxState
from app.domain.clock import shanghai
from app.domain.document import PaperKind, RenderedPaper
from app.domain.errors import BadInput, Refused
from app.domain.matter import (
    ACT_NAMES,
    KIND_NAMES,
    PREFIXES,
    ROLE_NAMES,
    SCOPE_NAMES,
    STAGE_NAMES,
    Act,
    Matter,
    MatterKind,
    Role,
    Scope,
    Side,
    Step,
)
from app.domain.numbering import provisional_number, uuid7
from app.identity.numbers import check_number
from app.materials.matter_clock import due_of, light_of
from app.server.checking import BadDocument
from app.server.matter_wire import open_document, read_matter, read_open, read_step, step_document
from app.services.counter import Counter
from app.services.issue_paper import IssuePaper
from app.services.paper_subject import Subject
from app.services.visit import Visit
from offline_db.matters import MatterEntry

log = logging.getLogger(__name__)

AGENCIES = "agencies"
"""The feed that says how intermediaries stand."""
NOBODY = "匿名"
"""Who finds fault without giving a name."""
NEEDS_WORDS = (Act.HANDLE, Act.ANSWER, Act.RETURN, Act.CLOSE)
"""Steps that say something."""
_FIRM, _NUMBER, _PHONE = "firm.name", "firm.uscc", "applicant.phone"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clerk writes down to open one. firm_number: 统一社会信用代码, may be unknown."""

    kind: MatterKind
    firm: str
    subject: str
    words: str
    scope: Scope = Scope.SIMPLE
    firm_number: str = ""
    contact: str = ""
    phone: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One of the list. light: "green", "yellow", "red", or "". waiting: steps that the platform does not have yet.
    refused: why the platform refuses one; "" when it does not."""

    matter: Matter
    light: str
    waiting: int = 0
    refused: str = ""


class Matters:
    """Reads and writes the store: not for the event loop."""

    def __init__(self, counter: Counter, issue: IssuePaper) -> None:
        self._counter = counter
        self._issue = issue

    def suggested(self, visit: Visit) -> Asked:
        """What the visit in hand says of the firm and its person; the rest empty."""
        asked = visit.form.asked()

        def value(key: str) -> str:
            return visit.form.state(key).value or "" if key in asked else ""

        name = visit.card.name or "" if visit.card else ""
        return Asked(MatterKind.DEMAND, value(_FIRM), "", "", Scope.SIMPLE, value(_NUMBER), name, value(_PHONE))

    def open(self, asked: Asked) -> Matter:
        """Number it and keep it; it goes to the platform when there is a line. BadInput: something lacks or is wrong;
        Refused: nobody is signed in."""
        asked = _tidied(asked)
        counter = self._counter
        clerk, now = counter.duty.clerk, counter.clock.now()
        prefix, window = PREFIXES[asked.kind], counter.window.id
        taken = counter.store.reserve_numbers(f"{prefix}-{window}", shanghai(now).date(), 1)[0]
        matter = Matter(
            matter_id=uuid7(now),
            kind=asked.kind,
            number=prefix + provisional_number(window, now, taken),
            opened_at=now,
            opened_by=clerk,
            firm=asked.firm,
            firm_number=asked.firm_number,
            subject=asked.subject,
            words=asked.words,
            scope=asked.scope,
            contact=asked.contact,
            phone=asked.phone,
            due=due_of(asked.kind, asked.scope, now),
            details=dict(asked.details),
        )
        event = AuditEvent(now, clerk, "matter.opened", matter.number, {"kind": matter.kind.value})
        self._send(matter.matter_id, {"open": open_document(matter)}, event)
        return matter

    def step(self, matter_id: str, act: Act, words: str = "", role: Role | None = None, stars: int = 0) -> Matter:
        """Take the window's next step. Refused: not possible now, or unknown. BadInput: it has to say something."""
        words = words.strip()
        if not words and act in NEEDS_WORDS:
            raise BadInput(f"{ACT_NAMES[act]}要写明情况", "说明是空的。", "写一句怎么办的、结果如何。")
        counter = self._counter
        clerk, now = counter.duty.clerk, counter.clock.now()
        matter = self.one(matter_id).matter
        step = Step(str(uuid.uuid4()), act, Side.WINDOW, clerk, now, words, role, stars)
        moved = matter.after(step)
        details = {"kind": matter.kind.value, "act": act.value}
        event = AuditEvent(now, clerk, "matter.step", matter.number, details)
        self._send(matter_id, {"matter_id": matter_id, "step": step_document(step)}, event)
        return moved

    def one(self, matter_id: str) -> MatterLine:
        """One of the list. Refused: it is not on it any more."""
        found = next((line for line in self.listed() if line.matter.matter_id == matter_id), None)
        if found is None:
            raise Refused("没有这个事项", "它已不在本窗口的清单里。", "请刷新清单。")
        return found

    def listed(self) -> list[MatterLine]:
        """Those that run, the most urgent first, then the others, the newest first: the platform's state with what this
        window has done since."""
        store, now = self._counter.store, self._counter.clock.now()
        known: dict[str, Matter] = {}
        for document in store.matter_documents():
            try:
                matter = read_matter(document)
            except (BadDocument, ValueError):
                log.error("a matter breaks the contract: %s", document.get("id"))
                continue
            known[matter.matter_id] = matter
        waiting: dict[str, int] = {}
        refused: dict[str, str] = {}
        for entry in store.matter_entries():
            self._overlay(known, entry)
            if entry.state is not OutboxState.DONE:
                waiting[entry.matter_id] = waiting.get(entry.matter_id, 0) + 1
            if entry.state is OutboxState.PARKED:
                refused[entry.matter_id] = entry.reason
        lines = [
            MatterLine(one, light_of(one, now), waiting.get(key, 0), refused.get(key, "")) for key, one in known.items()
        ]
        running = [line for line in lines if line.matter.running and line.matter.due]
        others = [line for line in lines if line not in running]
        running.sort(key=lambda line: (line.matter.due or now, line.matter.number))
        return running + sorted(others, key=lambda line: line.matter.opened_at, reverse=True)

    def standings(self) -> dict[str, Standing]:
        """How intermediaries stand, by name, as the platform said last; those without a rated job lack."""
        found: dict[str, Standing] = {}
        for row in self._counter.store.feed_rows(AGENCIES):
            try:
                found[str(row["id"])] = Standing(str(row["id"]), int(row["jobs"]), float(row["stars"]))
            except (KeyError, TypeError, ValueError):
                log.error("a row about an intermediary cannot be read")
        return found

    def sheet(self, matter_id: str) -> RenderedPaper:
        """The matter on paper as a 联络单, numbered, sealed and audited; the same state gives the same paper again."""
        matter = self.one(matter_id).matter
        due = shanghai(matter.due - dt.timedelta(seconds=1)).date() if matter.due else None
        urgent = matter.kind is MatterKind.INSPECTION or matter.scope is Scope.SIMPLE
        answers = {
            "to_unit": _unit(matter),
            "subject": f"{KIND_NAMES[matter.kind]} {matter.number}：{matter.subject}",
            "content": "\n".join(_lines(matter)),
            "contact": matter.contact or matter.opened_by,
            "phone": matter.phone or "—",
            "reply_by": due.isoformat() if due else "",
            "urgency": "urgent" if urgent else "usual",
        }
        return self._issue.issue(PaperKind.LIAISON, Subject(key=matter.number), answers)

    def _overlay(self, known: dict[str, Matter], entry: MatterEntry) -> None:
        try:
            if "open" in entry.body:
                if entry.matter_id not in known:
                    opened = read_open(entry.body["open"])
                    due = due_of(opened.kind, opened.scope, opened.opened_at)
                    known[entry.matter_id] = replace(opened, due=due)
            elif entry.matter_id in known and entry.state is not OutboxState.PARKED:
                known[entry.matter_id] = known[entry.matter_id].after(read_step(entry.body["step"]))
        except (BadDocument, ValueError, KeyError):
            log.error("an entry about a matter cannot be read: %s", entry.matter_id)
        except Refused:
            # The platform has moved on meanwhile; the entry will come back refused, with its reason.
            log.info("a step does not fit the platform's state: %s", entry.matter_id)

    def _send(self, matter_id: str, body: dict[str, Any], event: AuditEvent) -> None:
        operation = Operation(str(uuid.uuid4()), matter_id, OperationKind.MATTER, body)
        self._counter.store.tell(operation, event)


def _tidied(asked: Asked) -> Asked:
    firm, subject = asked.firm.strip(), asked.subject.strip()
    if asked.kind is MatterKind.FAULT:
        firm = firm or NOBODY
    number = asked.firm_number.strip().upper()
    for about, text in (("企业名称", firm), ("事由", subject)):
        if not text:
            raise BadInput("还不能登记", f"“{about}”是空的。", "填好再登记。")
    if number and not (check := check_number(number)).valid:
        raise BadInput("统一社会信用代码不对", check.message, "对照营业执照或企业码更正；不知道的不填。")
    return replace(
        asked,
        firm=firm,
        subject=subject,
        words=asked.words.strip(),
        firm_number=number,
        contact=asked.contact.strip(),
        phone=asked.phone.strip(),
    )


def _unit(matter: Matter) -> str:
    """Whom the sheet goes to: who it was assigned to, else the office that assigns."""
    handling = [step.words for step in matter.steps if step.act is Act.ASSIGN and step.words]
    return handling[-1] if handling else "助企服务专班"


def _lines(matter: Matter) -> Sequence[str]:
    """What it is, and each step so far."""
    who = "反映人" if matter.kind is MatterKind.FAULT else "企业"
    lines = [f"{who}：{matter.firm}" + (f"（{matter.firm_number}）" if matter.firm_number else "")]
    if matter.kind in (MatterKind.CONTACT, MatterKind.DEMAND):
        lines.append(f"类别：{SCOPE_NAMES[matter.scope]}")
    if matter.words:
        lines.append(f"内容：{matter.words}")
    lines += [f"{label}：{words}" for label, words in matter.told.items()]
    for step in matter.steps:
        graded = f"（{ROLE_NAMES[step.role]} {step.stars} 星）" if step.role else ""
        lines.append(f"{shanghai(step.at):%m月%d日 %H:%M} {ACT_NAMES[step.act]}{graded} {step.by}：{step.words or '—'}")
    lines.append(f"目前：{STAGE_NAMES[matter.stage]}（{_day(matter)}）")
    return lines


def _day(matter: Matter) -> str:
    """The day of the last thing done, in legal time."""
    last = matter.steps[-1].at if matter.steps else matter.opened_at
    return f"{shanghai(last):%Y-%m-%d}"
