"""What a case says about itself while it is kept, once it is cleared, and when the platform lacks it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from desk_parts import Parts
from retention_kit import let_time_pass

from app.domain.case import AuditEvent, OperationKind
from app.domain.clock import shanghai
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.domain.retention import GATEWAY_NOW
from app.domain.sending import Acked, Arrived
from app.domain.signature import SIGNATURE_MATERIAL
from app.presenters.around_words import case_row, case_view
from offline_db import rows, schema
from offline_db.case_list import CaseFilter
from widgets.views_around import CaseView


def test_a_case_says_what_is_left_of_it_and_until_when(parts: Parts) -> None:
    """From the acceptance to its last line: words for each state, and nothing dead is offered."""
    acceptance = parts.accept.accept(parts.ready())
    service, retention = parts.my_cases(), parts.my_cases()._retention
    case, at = next(c for c in acceptance.cases if any(m.pages for m in c.materials)), parts.clock.now()
    # Nothing is owed: what is owed keeps a case here (tests/offline_db/test_store_durability.py).
    with parts.store._db.write() as connection:
        connection.exec_driver_sql("UPDATE materials SET status = 'waived' WHERE status IN ('tolerated', 'promised')")

    def view() -> CaseView:
        return case_view(service.detail(case.case_id))

    def notes() -> str:
        return " ".join(note for _, _, note in view().materials)

    assert view().kept == ""
    assert "1 页；已存本机" in notes()
    for entry in parts.store.outbox():
        if entry.kind is OperationKind.CASE:
            parts.store.record([Acked(entry.op_id, entry.case_id, f"GW-{entry.op_id}", 1)])
    assert "1 页；待上传" in notes()
    for entry in parts.store.outbox():
        parts.store.record([Arrived(entry.op_id)])
        parts.store.note_arrivals({entry.op_id: at})
    assert "1 页；平台已保存" in notes()
    assert parts.store.mark_durable(at + dt.timedelta(1), at) == len(acceptance.cases)
    days = [(shanghai(at) + dt.timedelta(n)).date().isoformat() for n in (90, 180)]
    assert view().kept == f"平台已备份保存。材料影像在本机保留到 {days[0]}，办件内容保留到 {days[1]}。"

    def on_day(number: int) -> None:
        parts.store.set_setting(GATEWAY_NOW, (at + dt.timedelta(number)).isoformat())
        let_time_pass(parts.store.profile.vault_folder)
        retention.run()

    on_day(90)
    assert "1 页；本机已清除" in notes()
    assert view().kept == f"材料影像已移交平台保存，本机于 {days[0]} 清除；办件内容在本机保留到 {days[1]}。"
    assert [(paper.gone, paper.again) for paper in view().papers] == [(False, True)]
    on_day(179)
    assert view().form != ()
    on_day(180)
    cleared = view()
    assert cleared.kept == f"已移交平台保存，本机于 {days[1]} 清除。要看内容，请到平台按办件编码查询。"
    assert (cleared.form, cleared.materials) == ((), ())
    assert ("申请人", "已清除") in cleared.facts
    assert [(paper.gone, paper.again, paper.prints) for paper in cleared.papers] == [(True, False, "本机已清除")]
    (line,) = parts.store.case_lines(parts.store.list_cases(CaseFilter(case.provisional_no)))
    assert case_row(line, service.days()).applicant == "已清除"
    # The platform is restored from a backup without it.
    parts.store.note_lost([case.case_id], AuditEvent(at, "系统", "retention.lost", "", {}))
    lost = view()
    assert lost.lost
    assert ("上传", "平台缺失，需处理") in lost.facts
    assert "请把受理流水号报给平台运维人员" in lost.kept
    service.settle_loss(service.detail(case.case_id), "李敏")
    assert not view().lost
    assert view().trail[0][1:] == ("李敏", "平台缺失已联系处理")


def test_a_signed_paper_is_not_reprinted_without_its_signature(parts: Parts) -> None:
    acceptance = parts.accept.accept(parts.ready())
    service = parts.my_cases()
    page = Page("ab" * 32, "image/png", 1, 1, 1)
    signed = Material(MaterialUse(SIGNATURE_MATERIAL, "签字"), ("i",), MaterialStatus.CAPTURED, pages=(page,))
    case = acceptance.cases[0]
    with parts.store._db.write() as connection:
        connection.execute(schema.materials.insert().values(rows._material_row(case.case_id, 90, signed)))
        values = {"case_id": case.case_id, "material": 90, "position": 0, **asdict(page)}
        connection.execute(schema.pages.insert().values(values))
    (paper,) = service.detail(case.case_id).papers
    assert (paper.gone, paper.again) == (False, False)
