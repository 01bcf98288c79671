"""Made-up papers for the tests: people, numbers and firms do not exist; check digits are right."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric import ed25519

from app.domain.case import Case, Window
from app.domain.document import Paper, PaperKind
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.domain.numbering import provisional_number
from app.licences.cose import SigningKey, public_key_kid

AT = dt.datetime(2026, 11, 21, 3, 4, 5, tzinfo=dt.UTC)
WINDOW = Window("WX03", "3号综合窗口", "湖州市吴兴区政务服务中心", "330502")
ZHANG = ("张伟", "330502199001011236")

ITEMS = (
    ("公共场所卫生许可（理发店、美容店）新办", "湖州市吴兴区卫生健康局"),
    ("个体工商户设立登记", "湖州市吴兴区市场监督管理局"),
    ("设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批", "湖州市吴兴区综合行政执法局"),
    ("公众聚集场所投入使用、营业前消防安全检查（告知承诺方式）", "湖州市吴兴区消防救援大队"),
    ("个体工商户参保登记", "湖州市吴兴区人力资源和社会保障局"),
    ("普通发票票种核定", "国家税务总局湖州市吴兴区税务局"),
)
MATERIALS = (
    ("id_card", "经营者居民身份证", True, MaterialStatus.CAPTURED, ""),
    ("premises_proof", "经营场所使用证明（不动产权证书或房屋租赁合同）", False, MaterialStatus.WAIVED,
     "已核验电子证照《不动产权证书》"),
    ("floor_plan", "公共场所平面布局图", False, MaterialStatus.CAPTURED, ""),
    ("health_check", "从业人员健康合格证明", False, MaterialStatus.TOLERATED, ""),
    ("promise", "公共场所卫生管理制度", False, MaterialStatus.PROMISED, "申请人已签署《告知承诺书》"),
    ("application", "公共场所卫生许可证申请表", True, MaterialStatus.WAIVED, "由综合表单生成，免填免交"),
    ("sign_design", "户外招牌设置效果图", False, MaterialStatus.CAPTURED, ""),
    ("fire_promise", "公众聚集场所消防安全告知承诺书", True, MaterialStatus.CAPTURED, ""),
    ("fire_drill", "灭火和应急疏散预案", False, MaterialStatus.CAPTURED, ""),
    ("bank", "银行账户证明", False, MaterialStatus.TOLERATED, ""),
    ("water", "集中空调通风系统卫生检测报告（未使用集中空调的不需提供）", False, MaterialStatus.OPTIONAL, ""),
    ("poa", "授权委托书及受托人身份证明", True, MaterialStatus.CAPTURED, ""),
    ("stamp", "印章备案信息", False, MaterialStatus.WAIVED, "已由共享数据查询"),
)  # fmt: skip


def material(index: int) -> Material:
    ident, name, original, status, reason = MATERIALS[index]
    pages = tuple(Page(f"{index:02d}{n:062d}", "image/jpeg", 1000, 1600, 1200) for n in range(index % 3 + 1))
    captured = status is MaterialStatus.CAPTURED
    due = dt.date(2026, 12, 1) if status is MaterialStatus.TOLERATED else None
    use = MaterialUse(ident, name, original=original, copies=index % 2 + 1)
    return Material(use, ("x",), status, reason, pages if captured else (), due)


def fact(label: str, kind: SourceKind, verdict: Verdict) -> Fact:
    return Fact("applicant", "name", "张伟", Source(kind, label), verdict, AT)


FACTS = (
    fact("居民身份证", SourceKind.CARD, Verdict.CHIP_READ),
    fact("不动产权证书", SourceKind.LICENCE, Verdict.SIGNATURE_VALID),
    fact("窗口录入", SourceKind.CLERK, Verdict.STATED),
)


def case(index: int, materials: tuple[Material, ...], person: tuple[str, str] = ZHANG) -> Case:
    name, department = ITEMS[index % len(ITEMS)]
    return Case(
        case_id=f"019aa5b0-0000-7000-8000-{index:012d}",
        visit_id="019aa5b0-0000-7000-8000-ffffffffffff",
        item_code=f"11330502MB1234567X40001230{index:02d}00",
        item_name=name,
        department=department,
        provisional_no=provisional_number(WINDOW.id, AT, 21 + index),
        accepted_at=AT,
        window=WINDOW,
        clerk="李芳",
        catalog_version="2026.11",
        applicant_name=person[0],
        applicant_number=person[1],
        form={},
        facts=FACTS,
        materials=materials,
        due=dt.date(2026, 12, 5 + index),
    )


def paper(
    cases: int = 3, materials: int = 5, person: tuple[str, str] = ZHANG, kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE
) -> Paper:
    papers = tuple(material(index) for index in range(materials))
    return Paper(
        kind=kind,
        number="WX0320261121N0021",
        cases=tuple(case(index, papers[index % 2 :], person) for index in range(cases)),
        window=WINDOW,
        clerk="李芳",
        issued_at=AT,
        title="我要开理发店",
    )


def acknowledged(paper: Paper) -> Paper:
    """The same paper after the platform has answered."""
    cases = tuple(replace(case, case_no=f"{case.item_code}20261121{n:04d}") for n, case in enumerate(paper.cases, 1))
    return replace(paper, cases=cases, awaiting_platform=False)


def fixed_key(seed: int) -> SigningKey:
    """The same key at each run."""
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return SigningKey(public_key_kid(private.public_key()), private)
