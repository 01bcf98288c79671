"""A made-up paper of each kind: for `yichuang document make --sample`, for training and for looking at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.demo.papers_booking import sample_booking
from app.demo.papers_firms import sample_assessment, sample_policies
from app.demo.papers_places import sample_way
from app.demo.people import load_people
from app.domain.case import Case, Window
from app.domain.document import Language, Paper, PaperKind
from app.domain.express import ParcelState
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import Catalog, Item
from app.domain.material import Material, MaterialStatus, Page
from app.domain.numbering import provisional_number
from app.domain.paper_data import (
    CaseResult,
    Completion,
    Correction,
    HandedBack,
    Lack,
    LackNotice,
    OwedMaterial,
    PaperData,
    Procedure,
    Promise,
    PromisedMaterial,
    Refusal,
    RefusalReason,
    Remedies,
    ReturnNotice,
    ReturnReason,
    SpecialProcedure,
    TolerancePromise,
)
from app.domain.paper_express import ExpressSlip
from app.domain.paper_sheets import (
    Charge,
    DataCheck,
    Delivery,
    IdentityFeedback,
    IdentityStep,
    Liaison,
    Manner,
    PaymentNotice,
    PendingWork,
    QueriedData,
    ResultDocument,
    ResultHandover,
    SafetyPoint,
    SafetyReport,
    ServedDocument,
    ShiftHandover,
)

WINDOW = Window("WX03", "3号综合窗口", "湖州市吴兴区政务服务中心", "330502")
CLERK = "李芳"
AT = dt.datetime(2026, 11, 21, 3, 4, 5, tzinfo=dt.UTC)
"""11:04 in legal time, on a Saturday that counts for nothing."""
_DAY = dt.date(2026, 11, 21)
_BUNDLE = "open-a-barber-shop"
_REMEDIES = Remedies("湖州市吴兴区人民政府", "湖州市吴兴区人民法院")


def sample_paper(kind: PaperKind, catalog: Catalog, language: Language = "zh", demo: bool = True) -> Paper:
    """A paper of made-up people and numbers, about the barber shop of the catalogue; always the same one.

    In both languages it is a foreigner's. KeyError when the catalogue has no barber shop.
    """
    cases = _cases(catalog, "mary-brown" if language == "zh-en" else "zhang-wei")
    data = _data(kind, cases)
    if kind is PaperKind.ONE_TIME_NOTICE:
        cases = tuple(replace(case, provisional_no="", due=None) for case in cases)
    if kind in (PaperKind.SPECIAL_PROCEDURE, PaperKind.PAYMENT_NOTICE):
        cases = cases[:1]
    about = {
        PaperKind.SAFETY_REPORT: "本窗口工作站的数据安全和个人信息保护",
        PaperKind.SHIFT_HANDOVER: "午间换班",
        PaperKind.LIAISON: "理发店经营场所信息核实",
        PaperKind.ASSESSMENT_REPORT: "南浔古镇灯会",
        PaperKind.POLICY_SHEET: "惠企政策测算",
        PaperKind.WAY_GUIDE: "往来港澳通行证换发",
        PaperKind.BOOKING_SLIP: "我要开理发店",
    }
    return Paper(
        kind=kind,
        number=f"YS{provisional_number(WINDOW.id, AT, 21)}",
        cases=() if kind in about and kind is not PaperKind.LIAISON else cases[: 1 if kind is PaperKind.LIAISON else 9],
        window=WINDOW,
        clerk=CLERK,
        issued_at=AT,
        title=about.get(kind, catalog.bundles[_BUNDLE].name if len(cases) > 1 else cases[0].item_name),
        demo=demo,
        data=data,
        language=language,
    )


def _cases(catalog: Catalog, person: str) -> tuple[Case, ...]:
    card = load_people()[person].card
    return tuple(
        Case(
            case_id=f"019aa5b0-0000-7000-8000-{number:012d}",
            visit_id="019aa5b0-0000-7000-8000-ffffffffffff",
            item_code=item.code,
            item_name=item.name,
            department=catalog.departments[item.department].name,
            provisional_no=provisional_number(WINDOW.id, AT, 20 + number),
            accepted_at=AT,
            window=WINDOW,
            clerk=CLERK,
            catalog_version=catalog.version,
            applicant_name=card.name_en or card.name or "",
            applicant_number=card.number or "",
            form={},
            facts=_facts(card.name or ""),
            materials=_materials(item),
            due=dt.date(2026, 12, 4) + dt.timedelta(days=number),
        )
        for number, item in enumerate(catalog.items_of(_BUNDLE), 1)
    )


def _facts(name: str) -> tuple[Fact, ...]:
    sources = (
        (Source(SourceKind.CARD, "身份证件"), Verdict.CHIP_READ),
        (Source(SourceKind.LICENCE, "不动产权证书"), Verdict.SIGNATURE_VALID),
        (Source(SourceKind.CLERK, "窗口录入"), Verdict.STATED),
    )
    return tuple(Fact("applicant", "name", name, source, verdict, AT) for source, verdict in sources)


def _materials(item: Item) -> tuple[Material, ...]:
    """The item's list, settled in every way that its catalogue allows."""
    made = []
    for number, use in enumerate(item.materials):
        page = Page(f"{number:064x}", "image/jpeg", 400_000, 1600, 2200)
        if use.tolerable:
            material = Material(use, (item.code,), MaterialStatus.TOLERATED, due=dt.date(2026, 12, 1))
        elif use.promise:
            reason = "申请人已签署告知承诺书"
            material = Material(use, (item.code,), MaterialStatus.PROMISED, reason, check_due=dt.date(2026, 12, 21))
        elif use.waived_by:
            material = Material(use, (item.code,), MaterialStatus.WAIVED, "已核验电子证照")
        else:
            material = Material(use, (item.code,), MaterialStatus.CAPTURED, pages=(page,))
        made.append(material)
    return tuple(made)


def _data(kind: PaperKind, cases: tuple[Case, ...]) -> PaperData | None:
    first, names = cases[0], tuple(dict.fromkeys(m.use.name for case in cases for m in case.materials))
    lacks = (
        Lack(names[0], "请提交原件 1 份；须在有效期内", True),
        Lack(names[1], "复印件不清晰，请重新提交 1 份", True),
        Lack("经营场所地址", "与不动产权证书记载不一致，请更正", False),
    )
    made: dict[PaperKind, PaperData] = {
        PaperKind.ONE_TIME_NOTICE: LackNotice(lacks),
        PaperKind.CORRECTION_NOTICE: Correction(lacks, _DAY - dt.timedelta(days=2), "13905720001"),
        PaperKind.REFUSAL_NOTICE: Refusal(
            RefusalReason.NOT_OURS, "经营场所位于南浔区，不在本机关管辖范围内。", _REMEDIES,
            competent="湖州市南浔区政务服务中心",
        ),
        PaperKind.TOLERANCE_PROMISE: TolerancePromise(
            (OwedMaterial(names[0], dt.date(2026, 12, 1)), OwedMaterial(names[-1], dt.date(2026, 12, 4)))
        ),
        PaperKind.PROMISE: Promise(
            (
                PromisedMaterial(
                    names[0], "《公共场所卫生管理条例》第四条", "经营场所符合国家卫生标准和要求", dt.date(2026, 12, 21)
                ),
                PromisedMaterial(names[-1], "《个体工商户条例》", "场所可用于经营"),
            )
        ),
        PaperKind.SPECIAL_PROCEDURE: SpecialProcedure(
            Procedure.TESTING, 10, dt.date(2026, 11, 24), "湖州市疾病预防控制中心", "需要对经营场所进行卫生检测",
            dt.date(2026, 12, 19),
        ),
        PaperKind.RETURN_NOTICE: ReturnNotice(
            ReturnReason.NOT_CORRECTED,
            tuple(HandedBack(name, "original" if n % 2 else "copy", 1) for n, name in enumerate(names[:4])),
            "2026年11月2日告知的补正内容至今未提交。",
            "补齐材料后可随时重新申请，已核验的电子证照不再重复提交。",
        ),
        PaperKind.COMPLETION_NOTICE: Completion(
            tuple(
                CaseResult(True, _DAY, ("营业执照", "卫生许可证")[n % 2], f"浙湖吴〔2026〕第{118 + n}号")
                if n != 2 else CaseResult(False, _DAY, reason="经营场所不符合规定的条件。")
                for n in range(len(cases))
            ),
            "请到3号综合窗口领取，或者选择邮寄送达。",
            _REMEDIES,
        ),
        PaperKind.RESULT_HANDOVER: ResultHandover(
            tuple(
                ResultDocument(case.provisional_no, case.applicant_name, "营业执照（正、副本）", f"9233050{n}MA2XY", 2)
                for n, case in enumerate(cases)
            ),
            first.department, WINDOW.hall,
        ),
        PaperKind.DELIVERY_PROOF: Delivery(
            first.applicant_name,
            (
                ServedDocument("不予受理通知书", f"BS{first.provisional_no}", 1),
                ServedDocument("退回的申请材料", "", 4),
            ),
            Manner.DIRECT, f"{WINDOW.hall}{WINDOW.name}", (CLERK, "王小明"),
        ),
        PaperKind.DATA_CHECK: DataCheck(
            (
                QueriedData("婚姻登记信息", "湖州市民政局", AT, "有记录，与陈述一致", "GX202611210001", "免交结婚证"),
                QueriedData("不动产登记信息", "湖州市自然资源和规划局", AT, "有记录", "GX202611210002", "填写经营场所"),
                QueriedData("社会保险参保信息", "湖州市人力资源和社会保障局", AT, "没有查到记录", "GX202611210003"),
            ),
            "办理“我要开理发店”所涉事项，核实申请人和经营场所信息",
        ),
        PaperKind.IDENTITY_FEEDBACK: IdentityFeedback(
            "外国人永久居留身份证（2017版）" if first.applicant_number[:3].isalpha() else "居民身份证",
            "读卡器读取证件芯片",
            AT,
            (
                IdentityStep("证件芯片经安全模块读取", True),
                IdentityStep("证件在有效期内", True),
                IdentityStep("证件号码校验位正确", True),
                IdentityStep("证件信息与所填申请人信息一致", True),
                IdentityStep("证件照片与持证人当面比对一致", None),
            ),
            True,
        ),
        PaperKind.LIAISON: Liaison(
            "湖州市吴兴区市场监督管理局",
            "理发店经营场所信息核实",
            "申请人提交的不动产权证书与系统登记的坐落不一致。\n请核实该场所是否可用于经营，并于期限前回复。",
            CLERK, "0572-2099000", dt.date(2026, 11, 26), urgent=True,
        ),
        PaperKind.SAFETY_REPORT: SafetyReport(
            _DAY,
            (
                SafetyPoint("数据保存", "办件库和材料文件加密保存", True, "密钥由登录口令保护"),
                SafetyPoint("数据保存", "办件库完整性检查", True, "没有发现损坏"),
                SafetyPoint("数据保存", "超过保存期限的内容按期清除", True, "最近一次 2026-11-21 09:00"),
                SafetyPoint("操作留痕", "审计日志逐条相接、未被改动", True, "共 1,284 条"),
                SafetyPoint("操作留痕", "待上传内容没有长期积压", False, "最早一条已等待 3 天"),
                SafetyPoint("现场管理", "离开座位时锁屏，口令不外借", None),
                SafetyPoint("现场管理", "废弃纸质材料当日粉碎", None),
            ),
            "联系运维人员检查网络，今日内完成上传。",
        ),
        PaperKind.SHIFT_HANDOVER: ShiftHandover(
            _DAY, CLERK,
            (
                ("今日受理", "23 件（17 人次）"), ("今日办结", "6 件"),
                ("待上传", "2 条"), ("容缺待补交", "逾期 1 份"),
                ("红灯办件", "0 件"), ("黄灯办件", "3 件"),
            ),
            (
                PendingWork("我要开理发店", "张*", "还差材料 2 份，来访人下午回来"),
                PendingWork("居住证申领", "王*", "等待平台回执"),
            ),
            devices=(("读卡器", True), ("高拍仪", True), ("凭条打印机", False)),
            note="凭条打印机缺纸，已向后勤领取。",
        ),
        PaperKind.PAYMENT_NOTICE: PaymentNotice(
            (
                Charge("不动产登记费（非住宅类）", 55_000, 1, "550 元/件", "103044401"),
                Charge("证照工本费", 1_000, 2, "10 元/证"),
            ),
            "湖州市自然资源和规划局", "国家和省公布的行政事业性收费项目和标准", dt.date(2026, 12, 5),
            "33050026110000012345",
        ),
        PaperKind.EXPRESS_SLIP: ExpressSlip(
            first.applicant_name, "13905720001", "浙江省湖州市吴兴区衣裳街88号1幢103室", WINDOW.hall,
            "营业执照、卫生许可证", ParcelState.COLLECTED, "演示邮政速递", "EY473124829CN",
            ((AT, "已接单，等待上门揽收"), (AT + dt.timedelta(hours=2), "已从政务服务中心揽收")),
        ),
        PaperKind.ASSESSMENT_REPORT: sample_assessment(),
        PaperKind.POLICY_SHEET: sample_policies(),
        PaperKind.WAY_GUIDE: sample_way(),
        PaperKind.BOOKING_SLIP: sample_booking(WINDOW.hall),
    }  # fmt: skip
    return made.get(kind)
