"""Correct an accepted case 更正: the form with its values, what was changed, why; saved in one commit, sent later."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.amendment import Amendment, Standing, difference
from app.domain.case import AuditEvent, Case, CaseState, Operation, OperationKind
from app.domain.clock import Clock
from app.domain.errors import Refused
from app.domain.form import Problem
from app.domain.item import Catalog
from app.domain.numbering import uuid7
from app.logs import mask_text
from app.materials.checklist import Checklist
from app.server.amendment_wire import body_of
from app.services.amended_form import definition_of, masked, shown, state_of
from app.services.duty import Duty
from app.services.fill_form import FillForm
from app.services.visit import Visit
from offline_db.store import Store

DECIDED = "4"
REASONS = ("申请人更正", "录入有误", "按补正要求")
"""Why cases are corrected most; kept in these words, whatever language the screen speaks."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that was changed, in words, not masked. before, after: "" for nothing."""

    key: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Amending:
    """A correction under way. visit: carries the form. opened: what stood in the fields asked when it was opened;
    odd: fields that today's rules would not pass as they stood, which is no reason to refuse a correction elsewhere.
    waiting: an earlier correction is not confirmed yet.
    """

    case: Case
    visit: Visit
    opened: Mapping[str, str]
    odd: frozenset[str]
    waiting: bool = False

    @property
    def changes(self) -> dict[str, str]:
        """Form key -> new value, "" for what is no longer said."""
        return difference(self.opened, self.visit.form.values())


class AmendCase:
    """Opens, fills, saves. `open` and `save` use the store: not for the event loop."""

    def __init__(self, store: Store, catalog: Catalog, fill: FillForm, clock: Clock, duty: Duty) -> None:
        """fill: of its own, since a form may be open in the window at the same time."""
        self._store = store
        self._catalog = catalog
        self._fill = fill
        self._clock = clock
        self._duty = duty

    @property
    def fill(self) -> FillForm:
        """What helps while typing."""
        return self._fill

    def open(self, case_id: str) -> Amending:
        """Take up a case. Refused: not here, taken back, decided, or a correction of it waits for a decision."""
        stored = self._store.stored_case(case_id)
        if stored is None:
            raise Refused("没有这个办件", "本机没有保存这个办件。", "请到受理它的窗口或平台查询。")
        case = stored.case
        if case.state is CaseState.WITHDRAWN:
            raise Refused("不能更正", "这个办件已撤回。", "请重新受理。")
        if stored.stage == DECIDED:
            raise Refused("不能更正", "这个办件已办结。", "请申请人向办理部门申请变更。")
        if not case.form:
            raise Refused("不能更正", "本机已不保存这个办件的内容。", "请到平台上更正。")
        standings = {one.standing for one in self._store.amendments(case_id)}
        if Standing.CONFLICT in standings:
            raise Refused("先核对上一次更正", "上一次更正与平台不一致，还没有决定采用哪一个。", "请按 Ctrl+H 核对。")
        definition = definition_of(case, self._catalog)
        form = state_of(case, definition)
        at = self._clock.now()
        visit = Visit(uuid7(at), at, form, Checklist(()))
        odd = frozenset(problem.key for problem in self._fill.problems(visit) if not problem.warning)
        return Amending(case, visit, form.values(), odd, Standing.WAITING in standings)

    def type(self, amending: Amending, key: str, text: str) -> Amending:
        """Take what the clerk typed."""
        visit = self._fill.type(amending.visit, key, text)
        return amending if visit is amending.visit else replace(amending, visit=visit)

    def problems(self, amending: Amending) -> tuple[Problem, ...]:
        """What is wrong with the correction; what was so before and is untouched is left out."""
        changed = amending.changes
        found = self._fill.problems(amending.visit)
        return tuple(p for p in found if p.warning or p.key in changed or p.key not in amending.odd)

    def changed(self, amending: Amending) -> tuple[FieldChange, ...]:
        """What was changed, in form order."""
        titles = {field.key: field for field in amending.visit.form.definition.fields}
        found = []
        for key, value in amending.changes.items():
            field = titles[key]
            element = field.whole or field.element
            before = shown(self._catalog, element, amending.opened.get(key, ""))
            found.append(FieldChange(key, field.title, before, shown(self._catalog, element, value)))
        order = {key: place for place, key in enumerate(titles)}
        return tuple(sorted(found, key=lambda change: order[change.key]))

    def save(self, amending: Amending, reason: str) -> None:
        """In force here and queued for the platform, in one commit. What came in since it was
        opened is merged. Refused: nothing changed, no reason, something is wrong, or the case was taken back."""
        changes = amending.changes
        if not changes:
            raise Refused("没有改动", "表单和打开时一样。", "改好以后再保存，或按 Esc 关闭。")
        if not reason.strip():
            raise Refused("请写明更正原因", "更正要记下原因。", "选一个原因，或者直接写。")
        wrong = [problem for problem in self.problems(amending) if not problem.warning]
        if wrong:
            raise Refused("还不能保存更正", "；".join(problem.message for problem in wrong[:3]), "改好以后再保存。")
        at, case = self._clock.now(), amending.case
        form = amending.visit.form
        facts = [fact for key in changes if changes[key] and (fact := form.state(key).fact) is not None]
        places = self._fill.places(amending.visit)
        facts += [places[key] for key in changes if key in places]
        made = Amendment(case.case_id, at, self._duty.clerk, reason.strip(), changes, tuple(facts))
        operation = Operation(str(uuid.uuid4()), case.case_id, OperationKind.AMEND, body_of(None, made))
        details = {
            "fields": {
                key: [masked(self._catalog, key, amending.opened.get(key, "")), masked(self._catalog, key, value)]
                for key, value in changes.items()
            },
            "reason": mask_text(reason.strip()),
        }
        event = AuditEvent(at, made.clerk, "case.amended", case.provisional_no, details)
        self._store.amend(made, case.form, operation, event)
