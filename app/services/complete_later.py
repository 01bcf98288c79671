"""What accepted cases still wait for: tolerated materials 容缺补交 and checks of promises 承诺核查."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.case import AuditEvent, Case
from app.domain.clock import Clock, shanghai
from app.domain.errors import Refused
from app.domain.material import Material, MaterialStatus, Page
from app.domain.person import mask_name
from app.server.wire import supplement_operation
from app.services.duty import Duty
from offline_db.store import Store


class DueKind(StrEnum):
    MATERIAL = "补交材料"
    CHECK = "承诺核查"


@dataclass(frozen=True, slots=True)
class Outstanding:
    """One material that is still to come, or one promise still to be checked, of all cases of a visit that share it.

    who: for a check, the department that does it. days: calendar days left until due, negative when overdue.
    """

    kind: DueKind
    cases: tuple[Case, ...]
    material: Material
    due: dt.date
    days: int
    who: str = ""

    @property
    def key(self) -> str:
        """The same entry in a later list."""
        return f"{self.kind.name} {self.cases[0].visit_id} {self.material.use.id}"

    @property
    def overdue(self) -> bool:
        return self.days < 0

    @property
    def when(self) -> str:
        """The due day as a clerk reads it."""
        left = {0: "今天到期", 1: "明天到期"}.get(self.days, f"还有 {self.days} 天")
        return f"{self.due.isoformat()} " + (f"已逾期 {-self.days} 天" if self.overdue else left)

    @property
    def applicant(self) -> str:
        """Masked."""
        return mask_name(self.cases[0].applicant_name)


@dataclass(frozen=True, slots=True)
class Reminder:
    """How many entries are overdue, and how many fall due today."""

    overdue: int
    today: int

    @property
    def words(self) -> str:
        parts = [f"今天到期 {self.today} 项"] * bool(self.today) + [f"已逾期 {self.overdue} 项"] * bool(self.overdue)
        return "，".join(parts)


class CompleteLater:
    """Lists and completes. Reads and writes the store; not for the event loop."""

    def __init__(self, store: Store, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty

    def outstanding(self, words: str = "") -> list[Outstanding]:
        """Everything still to come, the earliest due day (so the most overdue) first.

        words: only cases that they may mean: a 受理流水号, 办件编码, an ID number or its last six, a name.
        """
        words = words.strip()
        cases = self._store.cases_outstanding()
        if words:
            meant = frozenset(self._store.matching(words, 200))
            cases = [case for case in cases if case.case_id in meant]
        return _entries(cases, shanghai(self._clock.now()).date())

    def reminder(self) -> Reminder:
        """What should be said when the day begins."""
        entries = self.outstanding()
        return Reminder(sum(entry.overdue for entry in entries), sum(entry.days == 0 for entry in entries))

    def complete(self, entry: Outstanding, pages: Sequence[Page]) -> None:
        """Take in the pages for every case that shares the material; each gets its own operations for the gateway.

        More pages may follow for the same entry. Refused when there is no page, the page is there already, the case was
        withdrawn, or the entry is a check.
        """
        if entry.kind is not DueKind.MATERIAL or not pages:
            raise Refused("没有补交材料", "还没有拍到材料。", "按 F6 拍摄后再保存。")
        at = self._clock.now()
        day = shanghai(at).date()
        late = "（逾期）" if day > entry.due else ""
        for case in entry.cases:
            self._store.add_pages(
                case.case_id,
                entry.material.use.id,
                pages,
                f"{day.isoformat()} 补交{late}，{entry.due.isoformat()} 到期",
                [supplement_operation(case.case_id, entry.material.use.id, page) for page in dict.fromkeys(pages)],
                AuditEvent(
                    at,
                    self._duty.clerk,
                    "material.completed",
                    case.provisional_no,
                    {"material": entry.material.use.id, "pages": [page.sha256 for page in pages], "late": bool(late)},
                ),
            )

    def note_check(self, entry: Outstanding, kept: bool) -> None:
        """Write down that a promise was checked. kept: what was promised is so. Refused when already done."""
        if entry.kind is not DueKind.CHECK:
            raise Refused("没有待核查的承诺", "这一项是补交材料。", "按 F6 拍摄补交的材料。")
        at = self._clock.now()
        words = f"{shanghai(at):%Y-%m-%d} {'核查属实' if kept else '核查不实'}，{self._duty.clerk}"
        for case in entry.cases:
            event = AuditEvent(
                at,
                self._duty.clerk,
                "promise.checked",
                case.provisional_no,
                {"material": entry.material.use.id, "kept": kept},
            )
            self._store.note_check(case.case_id, entry.material.use.id, words, event)


def _entries(cases: Sequence[Case], today: dt.date) -> list[Outstanding]:
    shared: dict[tuple[str, str, DueKind], list[tuple[Case, Material]]] = {}
    for case in cases:
        for material in case.materials:
            if material.status is MaterialStatus.TOLERATED and material.due:
                shared.setdefault((case.visit_id, material.use.id, DueKind.MATERIAL), []).append((case, material))
            elif material.status is MaterialStatus.PROMISED and material.check_due and not material.checked:
                shared.setdefault((case.visit_id, material.use.id, DueKind.CHECK), []).append((case, material))
    entries = []
    for (_, _, kind), some in shared.items():
        material = some[0][1]
        due = material.due if kind is DueKind.MATERIAL else material.check_due
        if due is not None:
            who = "、".join(dict.fromkeys(m.checker for _, m in some if m.checker)) if kind is DueKind.CHECK else ""
            entries.append(Outstanding(kind, tuple(c for c, _ in some), material, due, (due - today).days, who))
    return sorted(entries, key=lambda entry: (entry.due, entry.cases[0].provisional_no))
