"""Made-up cases. The people do not exist; their numbers have valid check digits."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import uuid
from typing import Any

from app.domain.case import AuditEvent, Case, Operation, OperationKind, Window
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.domain.numbering import provisional_number, uuid7

AT = dt.datetime(2026, 11, 21, 1, 2, 3, 456000, dt.UTC)
WINDOW = Window("A07", "综合窗口7号", "示例区政务服务中心", "示例区")
RARE = "㛃𠮷䶮𬭚"
_counter = itertools.count(1)


def id_number(serial: int) -> str:
    """A resident-ID number with a valid check digit (GB 11643) in an area that does not exist."""
    body = f"99010119900101{serial % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def made_case(**changes: Any) -> Case:
    """A case with facts, a waived, a captured and a tolerated material."""
    number = next(_counter)
    applicant = id_number(number)
    card = Source(SourceKind.CARD, "居民身份证", "9901**********")
    clerk = Source(SourceKind.CLERK, "窗口录入")
    facts = (
        Fact("applicant", "name", f"张伟{RARE}", card, Verdict.CHIP_READ, AT),
        Fact("applicant", "id_number", applicant, card, Verdict.CHIP_READ, AT),
        Fact("business", "name", f"{RARE}理发店\n“一号”", clerk, Verdict.STATED, AT),
    )
    materials = (
        Material(
            MaterialUse("id-card", "居民身份证", waived_by=("id",)), ("i1", "i2"), MaterialStatus.WAIVED, "已读证"
        ),
        Material(
            MaterialUse("lease", "经营场所使用证明", original=True, copies=2, acceptance_points=("面积", "期限")),
            ("i1",),
            MaterialStatus.CAPTURED,
            pages=(Page("ab" * 32, "image/jpeg", 1234, 2480, 3508), Page("cd" * 32, "image/png", 99, 10, 20)),
        ),
        Material(
            MaterialUse("health", "健康证明", tolerable=True, tolerance_days=10),
            ("i2",),
            MaterialStatus.TOLERATED,
            "容缺受理",
            due=dt.date(2026, 12, 5),
        ),
    )
    case = Case(
        case_id=uuid7(AT),
        visit_id="visit-1",
        item_code="113301060000000000" + "4" + "000131001000" + "01",
        item_name="公共场所卫生许可（新办）",
        department="health",
        provisional_no=provisional_number(WINDOW.id, AT, number),
        accepted_at=AT,
        window=WINDOW,
        clerk="王芳",
        catalog_version="2026.11.20",
        applicant_name=f"张伟{RARE}",
        applicant_number=applicant,
        form={"applicant.name": f"张伟{RARE}", "applicant.id_number": applicant, "business.name": "快剪 & “美发”"},
        facts=facts,
        materials=materials,
        bundle_code="barber-shop",
        due=dt.date(2026, 12, 21),
    )
    return dataclasses.replace(case, **changes)


def made_operation(case: Case, kind: OperationKind = OperationKind.CASE, **changes: Any) -> Operation:
    entry = Operation(
        str(uuid.uuid4()), case.case_id, kind, {"case_id": case.case_id, "名": RARE, "n": [1, None, True]}
    )
    return dataclasses.replace(entry, **changes)


def made_event(action: str = "accept", subject: str = "case", **details: Any) -> AuditEvent:
    return AuditEvent(AT, "王芳", action, subject, details or {"note": f"受理{RARE}"})
