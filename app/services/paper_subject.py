"""What a paper is made about: the visit in hand, an accepted case, or the window itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.case import Case, CaseState
from app.domain.document import Lack
from app.domain.item import Catalog
from app.domain.material import Material
from app.domain.numbering import uuid7
from app.domain.person import CardType, IdCard, mask, mask_name
from app.domain.signature import Signature
from app.domain.territory import ReceiveSeal
from app.identity.verification import Verification
from app.services.counter import Counter
from app.services.verify_identity import Kept
from app.services.visit import Visit, chosen_names

ISSUED = "paper.issued"
"""In the trail, of a paper of any kind but the notice of acceptance; its subject is the Subject's key."""
SHOWN = "paper.shown"
"""The same of a paper as it was shown to whoever was to sign it; nothing was issued yet."""
NOBODY = "申请人"
PHONE = "applicant.phone"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known. key: under which its papers stand in the trail: the number of the first case, else the visit's id,
    else the window's. cases: drafts without numbers while nothing is accepted. foreign: a foreigner's card was read."""

    key: str
    cases: tuple[Case, ...] = ()
    title: str = ""
    accepted: bool = False
    lacks: tuple[Lack, ...] = ()
    card: IdCard | None = None
    signature: Signature | None = None
    phone: str = ""
    seals: tuple[ReceiveSeal, ...] = ()
    """Of cases that another region decides."""
    checked: Verification | None = None
    """Of a slip about a check of identity alone: the check. Its one case is a draft without item, the person masked."""

    @property
    def foreign(self) -> bool:
        number = self.cases[0].applicant_number if self.cases else ""
        if self.card is not None:
            return self.card.type in (CardType.FOREIGNER_2017, CardType.FOREIGNER_2023)
        return number[:3].isalpha() or (len(number) == 18 and number.startswith("9"))

    def materials(self) -> list[Material]:
        """Each material once, those that concern nobody left out."""
        seen: dict[str, Material] = {}
        for case in self.cases:
            for material in case.materials:
                seen.setdefault(material.use.id, material)
        return list(seen.values())


def of_visit(counter: Counter, visit: Visit, lacks: Sequence[Lack]) -> Subject:
    """The visitor at the window, before acceptance."""
    return Subject(
        key=visit.visit_id,
        cases=draft_cases(counter, visit, counter.clock.now()),
        title="、".join(chosen_names(counter.catalog, visit.codes)),
        lacks=tuple(lacks),
        card=visit.card,
        signature=visit.confirmed.signature if visit.confirmed else None,
        phone=visit.form.state(PHONE).value,
    )


def of_check(counter: Counter, kept: Kept, title: str) -> Subject:
    """A check of identity, whatever else the visitor wants. What the slip shows of the person is masked here already:
    neither its text nor its code holds more."""
    case = Case(
        case_id=kept.made.record_id,
        visit_id=kept.visit_id,
        item_code="",
        item_name=title,
        department="",
        provisional_no="",
        accepted_at=kept.made.at,
        window=counter.window,
        clerk=counter.duty.clerk,
        catalog_version=counter.catalog.version,
        applicant_name=mask_name(kept.name) or NOBODY,
        applicant_number=mask(kept.number),
        form={},
        facts=(),
        materials=(),
        state=CaseState.DRAFT,
    )
    return Subject(key=kept.visit_id, cases=(case,), title=title, checked=kept.made)


def of_cases(catalog: Catalog, cases: Sequence[Case], signature: Signature | None = None) -> Subject:
    """Accepted cases of one visit."""
    names = (catalog.bundles[c.bundle_code].name if c.bundle_code in catalog.bundles else c.item_name for c in cases)
    return Subject(
        key=cases[0].provisional_no,
        cases=tuple(cases),
        title="、".join(dict.fromkeys(names)),
        accepted=True,
        signature=signature,
        phone=next((case.form[PHONE] for case in cases if case.form.get(PHONE)), ""),
    )


def draft_cases(counter: Counter, visit: Visit, at: dt.datetime) -> tuple[Case, ...]:
    """The items as cases that were not accepted: without number, form and time limit."""
    name = visit.form.state("applicant.name").value or (visit.card.name if visit.card else "") or NOBODY
    number = visit.form.state("applicant.id_number").value or (visit.card.number if visit.card else "") or ""
    return tuple(
        Case(
            case_id=uuid7(at),
            visit_id=visit.visit_id,
            item_code=item.code,
            item_name=item.name,
            department=counter.catalog.departments[item.department].name,
            provisional_no="",
            accepted_at=at,
            window=counter.window,
            clerk=counter.duty.clerk,
            catalog_version=counter.catalog.version,
            applicant_name=name,
            applicant_number=number,
            form={},
            facts=tuple(
                fact
                for field in visit.form.asked().values()
                if item.code in field.asked_by and (fact := visit.form.state(field.key).fact) is not None
            ),
            materials=tuple(m for m in visit.checklist.materials if item.code in m.asked_by),
            state=CaseState.DRAFT,
        )
        for item in visit.items
    )
