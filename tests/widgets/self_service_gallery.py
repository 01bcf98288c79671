"""Self-service in each state, for the gallery."""

from __future__ import annotations

import customer_samples as c
import form_samples as fs
import widget_samples as s
from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QPushButton

from app.domain.item import ElementType
from app.workers.camera_thread import as_image
from devices.emulators.imaging.drawn import face
from widgets.self_service.screen import SelfServiceScreen
from widgets.self_service.views import AskView, DoneView, KnownLine, MaterialStep, QuestionView, ResultLine, TileView
from widgets.views import Tone

TILES = tuple(
    TileView(f"t{at}", name, note, chosen=at == 0)
    for at, (name, note) in enumerate(
        (
            ("我要开理发店", "市场监管局、卫健委、城管执法局　3 个事项"),
            ("新生儿出生", "公安局、卫健委、医疗保障局、人社局　6 个事项"),
            ("我要开小餐饮店", "市场监管局　2 个事项"),
            ("居住证办理", "公安局"),
            ("灵活就业人员参加企业职工基本养老保险和职工基本医疗保险", "人社局、医疗保障局　2 个事项"),
            ("机动车驾驶证期满换证", "公安局"),
            ("企业开办", "市场监管局、公安局、税务局、人社局　5 个事项"),
            ("二手房转移登记及水电气过户", "自然资源和规划局、税务局　4 个事项"),
            ("退休", "人社局、医疗保障局　3 种情形"),
            ("公租房申请", "住建局"),
            ("𠮷祥㛃䶮𬭚的店", "市场监管局"),
            ("身后一件事", "公安局、民政局、人社局　9 个事项"),
            ("教师资格认定", "教育局"),
        )
    )
)
KNOWN = tuple(
    KnownLine(f"k{at}", title, value, change)
    for at, (title, value, change) in enumerate(
        (
            ("姓名", "欧*****", False),
            ("性别", "男", False),
            ("民族", "维吾尔", False),
            ("出生日期", "1990-**-**", False),
            ("证件号码", "3305**********1236", False),
            ("住址", "浙江省湖州市吴兴区****************************", False),
            ("联系电话", "138****0011", True),
            ("电子邮箱", "ou***@example.cn", True),
            ("经营场所", "浙江省湖州市吴兴区𠮷祥街道㛃园路 8 号 1 幢 101 室（底层沿街商铺）", True),
            ("建筑面积", "88.6 平方米", False),
            ("不动产权证号", "浙（2024）湖州市不动产权第0012345号", False),
            ("场所使用方式", "自有", True),
            ("经营期限", "长期", True),
            ("供水方式", "市政供水", True),
        )
    )
)
HEADS = {"card": 1, "code": 1, "choose": 2, "guide": 2, "known": 3, "questions": 3, "materials": 4, "confirm": 5}
STEPS = ("放身份证", "选要办的事", "看一看，填一填", "拍材料", "核对签字")


def _at(made: SelfServiceScreen, page: str) -> None:
    if number := HEADS.get(page):
        made.set_step(f"第 {number} 步，共 5 步　{STEPS[number - 1]}")
    made.show_page(page)


RESULTS = (
    ResultLine("r1", "公共场所卫生许可证", "公共场所卫生许可（美容美发场所）　2026-11-21 办结"),
    ResultLine("r2", "户外招牌设置备案回执", "户外招牌设置备案　2026-11-20 办结", "打印待核实，请工作人员帮忙"),
    ResultLine("r3", "𠮷祥㛃䶮𬭚的店准予登记通知书", "个体工商户设立登记　2026-11-20 办结", "请到窗口领取"),
    ResultLine("r4", "居住证", "居住证申领　2026-11-19 办结", "已领取", done=True),
    ResultLine("r5", "无犯罪记录证明", "开具无犯罪记录证明（个人）　2026-11-19 办结", "已领取", done=True),
)


def _collect(made: SelfServiceScreen) -> None:
    made.collect.set_lines(RESULTS)
    made.collect.say("没有确认出纸，没有登记领取。请不要离开，工作人员就来看打印机。", Tone.ERROR)
    made.set_step("领取办理结果")
    made.set_foot(back=False, go="完成，回到首页")
    _at(made, "collect")


def _nothing_to_collect(made: SelfServiceScreen) -> None:
    _collect(made)
    made.collect.set_lines(())


def _face(made: SelfServiceScreen) -> None:
    made.set_step("领取办理结果　比对人脸")
    made.set_foot(back=False)
    _at(made, "face")


def _face_live(made: SelfServiceScreen) -> None:
    _face(made)
    made.face.look()
    made.face.set_live(as_image(face(1.0)))
    made.face.say("画面里不止一个人，请旁边的人让开", Tone.WARNING)


def _face_refused(made: SelfServiceScreen) -> None:
    _face(made)
    made.face.refuse("没有比对上身份证的照片。没有打印，也没有登记领取。")
    made.set_foot(back=False, go="知道了，回到首页")


def _proof(made: SelfServiceScreen) -> None:
    made.set_step("领取办理结果")
    made.proof.ask("送达回证", "请从打印机取走办理结果。已经拿到，请签字。", [s.paper_page()])
    _at(made, "proof")


def _start(made: SelfServiceScreen) -> None:
    _at(made, "start")


def _card(made: SelfServiceScreen) -> None:
    made.set_foot(back=False)
    _at(made, "card")


def _unread(made: SelfServiceScreen) -> None:
    _card(made)
    made.card.set_state("没有读出来，请拿起身份证重新放平", wrong=True)
    made.set_called(True)


def _code(made: SelfServiceScreen) -> None:
    made.set_foot(back=True, go="下一步")
    _at(made, "code")
    made.code.preview.set_frame(s.paper_page().scaled(QSize(760, 430)))
    made.code.set_state("已读到不动产权证书。还有别的请接着出示。")


def _choose(made: SelfServiceScreen) -> None:
    made.choose.set_tiles(TILES, "已选 1 件：我要开理发店")
    made.set_foot(back=False, go="选好了，下一步")
    _at(made, "choose")


def _letters(made: SelfServiceScreen) -> None:
    _choose(made)
    made.choose.findChild(QPushButton, "self_letters").click()


def _none(made: SelfServiceScreen) -> None:
    _choose(made)
    made.choose.search.setText("造火箭")
    made.choose.set_tiles(())
    made.set_foot(back=True, go="选好了，下一步", can_go=False)


def _guide(made: SelfServiceScreen) -> None:
    options = (("own", "自己的房子", True), ("rent", "租来的", False), ("free", "别人无偿给用的（父母、亲戚）", False))
    made.guide.set_view(AskView("我要开理发店", "店面是自己的，还是租来的？", options))
    made.set_foot(back=True)
    _at(made, "guide")


def _known(made: SelfServiceScreen) -> None:
    made.known.set_lines(KNOWN)
    made.set_foot(back=True, go="没有问题，下一步")
    _at(made, "known")


def _nothing_known(made: SelfServiceScreen) -> None:
    _known(made)
    made.known.set_lines(())


def _questions(made: SelfServiceScreen) -> None:
    views = (
        QuestionView(fs.field("business", "name", "字号名称")),
        QuestionView(fs.field("business", "capital", "资金数额", ElementType.DECIMAL, unit="万元"), "5"),
        QuestionView(fs.field("business", "opening_date", "拟开业日期", ElementType.DATE), "2026-12-22"),
    )
    made.questions.set_questions("拟设主体", "还有 8 项", views)
    made.set_foot(back=True, later="不清楚，到窗口再填", go="下一步")
    _at(made, "questions")
    made.questions.fields[1].begin()


def _wrong(made: SelfServiceScreen) -> None:
    views = (
        QuestionView(
            fs.field("applicant", "phone", "联系电话", ElementType.PHONE),
            "1385720001",
            "手机号码少了 1 位，应为 11 位；固定电话请连区号一起填，如 0572-2051234",
        ),
        QuestionView(
            fs.field("premises", "use_right", "场所使用方式", ElementType.CHOICE, codes=fs.USE_RIGHT), "", "请选一项"
        ),
        QuestionView(fs.field("premises", "address", "经营场所", longest=120), "", "请填写经营场所"),
    )
    made.questions.set_questions("经营场所", "还有 3 项", views)
    made.set_foot(back=True, later="不清楚，到窗口再填", go="下一步")
    _at(made, "questions")
    made.questions.begin()


def _list(made: SelfServiceScreen) -> None:
    field = fs.field("applicant", "nation", "民族", ElementType.CHOICE, codes=fs.NATION)
    made.questions.set_questions("申请人", "还有 1 项", (QuestionView(field, "22"),))
    made.set_foot(back=True, later="不清楚，到窗口再填", go="下一步")
    _at(made, "questions")
    made.questions.begin()


def _material(made: SelfServiceScreen) -> None:
    points = ("标明营业面积、座位和消毒设施的位置", "申请人签名")
    promise, tolerate = "没有这份材料，书面承诺代替", "现在没有，以后补交"
    made.materials.set_view(
        MaterialStep("公共场所平面布局图", "第 1 份，共 3 份", points, promise=promise, tolerate=tolerate)
    )

    made.materials.preview.set_frame(s.paper_page().scaled(QSize(760, 1075)))
    made.materials.preview.set_outline([(30, 30), (730, 36), (726, 1040), (36, 1046)], Tone.SUCCESS)
    made.set_foot(back=True, later="没带，到窗口再交")
    _at(made, "materials")


def _taken(made: SelfServiceScreen) -> None:
    _material(made)
    made.materials.set_view(MaterialStep("公共场所卫生检测或评价报告（一年内）", "第 2 份，共 3 份", pages=2))
    made.materials.preview.set_outline(None)
    made.materials.preview.set_message("拍好了", Tone.SUCCESS)
    made.set_foot(back=True, go="下一步")


def _no_camera(made: SelfServiceScreen) -> None:
    _material(made)
    made.materials.preview.clear()
    made.materials.set_view(MaterialStep("公共场所平面布局图", "第 1 份，共 3 份", camera=False))


def _confirm(made: SelfServiceScreen) -> None:
    made.confirm.set_view(c.CONFIRM)
    _at(made, "confirm")


def _sign(made: SelfServiceScreen) -> None:
    _confirm(made)
    while made.confirm.where[0] < made.confirm.where[1]:
        made.findChild(QPushButton, "citizen_next").click()


def _done(made: SelfServiceScreen) -> None:
    lacks = ("公共场所卫生检测或评价报告", "经营范围", "户外招牌设置效果图")
    made.done.set_view(DoneView("Z007", "请到 A03 综合窗口 等候叫号", lacks))
    _at(made, "done")


def _idle(made: SelfServiceScreen) -> None:
    made.idle.set_below("24 秒后保存到窗口，回到首页")
    _at(made, "idle")


def _sure(made: SelfServiceScreen) -> None:
    _at(made, "sure")


def _pin(made: SelfServiceScreen) -> None:
    _at(made, "pin")
    made.pin.begin("李敏", "演示口令 250801")
    made.pin.say("口令不对：再输错 2 次就要等待。请重新输入；忘记口令请找负责人重设。")


STATES = {
    "start": _start,
    "card": _card,
    "card-unread": _unread,
    "code": _code,
    "choose": _choose,
    "choose-letters": _letters,
    "choose-none": _none,
    "guide": _guide,
    "known": _known,
    "known-nothing": _nothing_known,
    "collect": _collect,
    "collect-nothing": _nothing_to_collect,
    "face": _face,
    "face-live": _face_live,
    "face-refused": _face_refused,
    "proof": _proof,
    "questions": _questions,
    "questions-wrong": _wrong,
    "questions-list": _list,
    "materials": _material,
    "materials-taken": _taken,
    "materials-no-camera": _no_camera,
    "confirm": _confirm,
    "sign": _sign,
    "done": _done,
    "idle": _idle,
    "sure": _sure,
    "pin": _pin,
}


def kiosk(name: str) -> SelfServiceScreen:
    """The self-service window in one state, not yet shown."""
    made = SelfServiceScreen("湖州市政务服务中心", "A03 综合窗口")
    STATES[name](made)
    return made
