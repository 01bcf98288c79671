"""Licence first, inspection later 先证后查: what was promised is looked at once the case is accepted."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence

from app.domain.case import AuditEvent, Case, Operation, OperationKind
from app.domain.item import Item
from app.domain.material import MaterialStatus
from app.domain.matter import Matter, MatterKind, Scope
from app.domain.numbering import uuid7
from app.materials.matter_clock import due_of
from app.server.matter_wire import open_document

_FIRMS = ("firm", "business", "organisation")
_PLACES = ("premises.address", "firm.address", "business.address")


def inspections(cases: Sequence[Case], items: Mapping[str, Item], number: Callable[[], str]) -> list[Matter]:
    """An inspection task 核查任务 for each case whose item is inspected afterwards and in which something was promised.

    items: by code. number: the next number of a task.
    """
    tasks = []
    for case in cases:
        promised = [m.use.name for m in case.materials if m.status is MaterialStatus.PROMISED]
        item = items.get(case.item_code)
        if item is None or not item.inspect_after or not promised:
            continue
        tasks.append(_task(case, promised, number(), case.accepted_at))
    return tasks


def opening(task: Matter) -> tuple[Operation, AuditEvent]:
    """What the outbox sends of a task, and its line in the trail."""
    operation = Operation(str(uuid.uuid4()), task.matter_id, OperationKind.MATTER, {"open": open_document(task)})
    event = AuditEvent(task.opened_at, task.opened_by, "matter.opened", task.number, {"kind": task.kind.value})
    return operation, event


def _task(case: Case, promised: Sequence[str], number: str, at: dt.datetime) -> Matter:
    form = case.form
    firm = next((form[f"{role}.name"] for role in _FIRMS if form.get(f"{role}.name")), case.applicant_name)
    uscc = next((form[f"{role}.uscc"] for role in _FIRMS if form.get(f"{role}.uscc")), "")
    place = next((form[key] for key in _PLACES if form.get(key)), "")
    return Matter(
        matter_id=uuid7(at),
        kind=MatterKind.INSPECTION,
        number=number,
        opened_at=at,
        opened_by=case.clerk,
        firm=firm,
        firm_number=uscc,
        subject=f"{case.item_name}：承诺事项核查",
        words=f"以承诺代替的材料：{'、'.join(promised)}",
        scope=Scope.SIMPLE,
        contact=case.applicant_name,
        phone=form.get("applicant.phone") or form.get("agent.phone", ""),
        due=due_of(MatterKind.INSPECTION, Scope.SIMPLE, at),
        details={"受理流水号": case.provisional_no, **({"地点": place} if place else {})},
    )
