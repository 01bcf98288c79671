"""Made-up rows for palette, cases, board, messages and devices."""

from __future__ import annotations

from dataclasses import replace

from form_samples import ID_NUMBER

from widgets.views import Tone
from widgets.views_around import (
    BoardView,
    CaseRow,
    CaseView,
    DeviceRow,
    DoubleView,
    FigureView,
    FoundRow,
    MessageRow,
    PaletteRow,
    PaperRow,
)

PALETTE = (
    PaletteRow("action:board", "action", "今日看板", "今天的件数、时限灯、待办，打印日报", "F10", "bundle", ((2, 4),)),
    PaletteRow(
        "item:shop", "bundle", "我要开宾馆", "市场监督管理局、公安局 · 3 个事项", "", "bundle", ((2, 4),), recent=True
    ),
    PaletteRow(
        "action:accept", "action", "受理打印", "受理并打印受理通知书", "F8", "stamp", possible=False, why="先选事项 F3"
    ),
    PaletteRow("case:1", "case", "A03202611210004K", "沈* · 户外招牌设置备案 · 审核", "", "page"),
)

CASES = tuple(
    CaseRow(
        f"case-{n}",
        f"A0320261121{n:04d}K",
        ("个体工商户设立登记", "公共场所卫生许可（美容美发场所）", "户外招牌设置备案")[n % 3],
        ("沈*", "欧阳**", "王*")[n % 3],
        "11-21 10:32",
        ("待平台回执", "审核", "补齐补正", "办结")[n % 4],
        ("今天 17:30 前", "今天 17:30", "11-27", "11-24 12:00")[n % 4],
        (Tone.NEUTRAL, Tone.WARNING, Tone.INFO, Tone.ERROR)[n % 4],
        ("", "将到期", "时限暂停", "已逾期")[n % 4],
        "李敏",
    )
    for n in range(40)
)

CASE = CaseView(
    "case-1",
    "公共场所卫生许可（美容美发场所）",
    "受理流水号 A03202611210005Q",
    "补齐补正",
    Tone.WARNING,
    (
        ("申请人", f"沈*　{ID_NUMBER[:4]}**********{ID_NUMBER[-4:]}"),
        ("受理部门", "湖州市卫生健康委员会"),
        ("受理", "2026-11-21 10:32　李敏"),
        ("办结期限", "2026-11-27　时限暂停"),
        ("办件编码", "11330500MB1Y05824Y3331017008000202611220001"),
        ("上传", "平台已收"),
    ),
    (
        ("姓名", "沈*", "居民身份证"),
        ("证件号码", f"{ID_NUMBER[:4]}**********{ID_NUMBER[-4:]}", "居民身份证"),
        ("字号名称", "𠮷祥㛃理发店", "窗口录入"),
    ),
    (
        ("申请人身份证件", "免交", "窗口已读取居民身份证"),
        ("经营场所平面图", "已采集", "平台已保存 1/2 页"),
        ("公共场所卫生检测报告", "容缺", "2026-12-04 前补交"),
    ),
    (PaperRow("A03202611210004K", "受理通知书", "A03202611210004K", "2026-11-21 10:32", "重印过 1 次"),),
    (("11-21 10:32", "李敏", "受理"), ("11-21 10:28", "李敏", "选择事项")),
    "平台已备份保存。材料影像在本机保留到 2027-02-19，办件内容保留到 2027-05-20。",
)
CLEARED_CASE = replace(
    CASE,
    state="办结",
    tone=Tone.SUCCESS,
    facts=(("申请人", "已清除"), *CASE.facts[1:-1], ("上传", "平台已收，已备份")),
    form=(),
    materials=(),
    papers=(
        PaperRow("A03202611210004K", "受理通知书", "A03202611210004K", "2026-11-21 10:32", "本机已清除", True, False),
    ),
    kept="已移交平台保存，本机于 2027-05-20 清除。要看内容，请到平台按办件编码查询。",
    kept_tone=Tone.INFO,
)
LOST_CASE = replace(
    CLEARED_CASE,
    state="受理",
    tone=Tone.ERROR,
    facts=(("申请人", "已清除"), *CASE.facts[1:-1], ("上传", "平台缺失，需处理")),
    kept="平台恢复数据后缺少这个办件（或它的材料），本机也已清除，不能补传。请把受理流水号报给平台运维人员，"
    "必要时请申请人重新提交材料。",
    kept_tone=Tone.ERROR,
    lost=True,
)

DOUBLED_CASE = replace(
    CASE,
    facts=(*CASE.facts, ("重复", "疑似 B022026112100031，请按 Ctrl+D 核对")),
    double=True,
)
DOUBLE = DoubleView(
    about="沈*　3305**********1026　公共场所卫生许可（美容美发场所）",
    lines=(
        ("窗口", "湖州市政务服务中心 A03 综合窗口", "湖州市政务服务中心织里分中心 B02 综合窗口"),
        ("受理流水号", "A03202611210004K", "B022026112100031"),
        ("办件编码", "11330502MB1234567X4000131001000202611210004", "待平台回执"),
        ("受理时间", "2026-11-21 10:32", "2026-11-20 16:05"),
    ),
)

MESSAGES = (
    MessageRow(
        "m1",
        "11-21 10:40",
        "要补正",
        "A03202611210005Q",
        "公共场所卫生许可（美容美发场所）",
        "沈*",
        "请补充一份有效期内的证明材料，原材料的有效期不足一个月。",
        "请通知申请人在 2026-11-27 前补正，补来的材料按 Ctrl+B 拍摄。",
        Tone.ERROR,
        True,
    ),
    MessageRow(
        "m2", "11-21 10:36", "已办结", "A03202611210004K", "个体工商户设立登记", "沈*", "准予许可", "", Tone.SUCCESS
    ),
    MessageRow("m3", "11-21 10:34", "进展", "A03202611210006W", "户外招牌设置备案", "沈*", "进入“审核”环节"),
)

_A, _C, _E = "A 证件识读", "C 影像采集", "E 打印输出"
DEVICES = (
    DeviceRow(
        "id_reader",
        "读卡器",
        "居民身份证阅读机 05.01-20260101-0001",
        "ok",
        "就绪",
        seen="10:32",
        tone=Tone.SUCCESS,
        group=_A,
        since="08:55",
        trial="试读卡 T",
    ),
    DeviceRow("passport_reader", "护照阅读机", "", "off", "未配备", present=False, group=_A),
    DeviceRow(
        "camera",
        "扫码摄像头",
        "",
        "ok",
        "就绪",
        seen="10:32",
        tone=Tone.SUCCESS,
        camera=True,
        group=_C,
        since="08:55",
        trial="看画面 T",
        offers="调曝光、调对焦",
    ),
    DeviceRow(
        "receipt_printer",
        "凭条打印机",
        "",
        "warning",
        "缺纸",
        "打印机报告没有纸",
        "10:05",
        "1. 打开上盖，取出旧纸。\n2. 装上新纸，盖好。\n3. 按 T 试打一张。",
        Tone.WARNING,
        group=_E,
        since="10:06",
        trial="试打凭条 T",
    ),
    DeviceRow("printer", "打印机", "", "off", "未配备", present=False, group=_E),
)

FOUND = (
    FoundRow("sdt:///dev/ttyUSB0", "串口读卡器", "USB-Serial Controller A1B2　/dev/ttyUSB0"),
    FoundRow("sdt:///dev/serial/by-id/usb-1a86_USB_Serial-if00-port0", "串口读卡器", "USB Serial　/dev/ttyUSB1"),
)

BOARD = BoardView(
    "今日看板",
    "2026-11-21，10:41:20 更新；时限灯按本窗口全部在办办件",
    (
        FigureView("today", "今日受理", "128", "61 人次"),
        FigureView("late", "已逾期", "2", "", Tone.ERROR),
        FigureView("near", "将到期", "14", "11-25 及以前", Tone.WARNING),
        FigureView("running", "时限正常", "96", "", Tone.SUCCESS),
        FigureView("refused", "需处理", "1", "平台退回的办件", Tone.ERROR),
        FigureView("outbox", "待上传", "7", "最早 11-21 10:05"),
        FigureView("owed", "容缺待补", "3", "其中逾期 1 份", Tone.ERROR),
    ),
    (("待平台回执", 7), ("受理", 64), ("审核", 31), ("补齐补正", 4), ("办结", 22)),
    tuple((f"第 {n} 种很长的事项名称要省略显示在这里", 40 - n) for n in range(30)),
    (("李敏", "31", "66", "12"), ("周航", "30", "62", "10")),
    (("非常满意", 40), ("满意", 9), ("基本满意", 1), ("不满意", 0), ("非常不满意", 1)),
)
