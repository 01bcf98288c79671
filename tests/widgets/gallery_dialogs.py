"""Every dialog of the gallery, filled."""

from __future__ import annotations

from dataclasses import replace

import around_samples as a
import desk_samples as d
import gallery_form
import licence_samples
import outing_samples
import reading_samples as rs
import training_samples
import widget_samples as s
from customer_gallery import signing
from PyQt6.QtWidgets import QWidget

from app.presenters.help import topics
from widgets.dialogs.batch import BatchDialog
from widgets.dialogs.board import BoardDialog
from widgets.dialogs.cases import CasesDialog
from widgets.dialogs.check import CheckDialog
from widgets.dialogs.clerks import ClerksDialog
from widgets.dialogs.code import CodeDialog
from widgets.dialogs.complete_later import CompleteLaterDialog
from widgets.dialogs.confirm import ConfirmDialog
from widgets.dialogs.devices import DevicesDialog
from widgets.dialogs.help import HelpDialog
from widgets.dialogs.licence import LicenceDialog
from widgets.dialogs.messages import MessagesDialog
from widgets.dialogs.outbox import OutboxDialog
from widgets.dialogs.paper import PaperPreviewDialog
from widgets.dialogs.parked import LeftDialog, ParkedDialog
from widgets.dialogs.query import QueryDialog
from widgets.dialogs.sign_in import SignInDialog, SignInMode
from widgets.i18n import language
from widgets.page_viewer import PageViewer
from widgets.palette import Palette
from widgets.views import QueryStage, Tone
from widgets.views_code import CodeView

FIRM_CODE = CodeView(
    "企业码",
    "湖州吴兴𠮷祥㛃理发店",
    (("统一社会信用代码", "92330502MA2B001009"), ("以往办件", "本窗口 3 件")),
    "企业码只标识企业，不能证明出示人身份；代办的请核对授权。",
    Tone.WARNING,
    "填入代码",
)
OUR_PAPER = CodeView(
    "窗口文书",
    "受理通知书",
    (
        ("文号", "S-Y03-20261122-0007"),
        ("申请人", "张*　3305**********0512"),
        ("事项", "我要开理发店"),
        ("打印", "2026-11-22 09:41　综合窗口 03"),
        ("待补", "2 项材料"),
    ),
    "签名属实，是本窗口打印的。",
    Tone.SUCCESS,
    "打开办件",
    "补交材料",
)
NO_LEAFLET = CodeView(
    "一件事宣传单",
    "没有这个一件事",
    (("内容", "\u2068YCL1:no-such-bundle\u2069"),),
    "本窗口的事项目录没有这个一件事，可按 F3 搜索。",
    Tone.WARNING,
)


def codes() -> dict[str, QWidget]:
    """Codes that lead on: with one button, with two, with none."""
    return {
        "code-firm": CodeDialog(FIRM_CODE),
        "code-paper": CodeDialog(OUR_PAPER),
        "code-nothing": CodeDialog(NO_LEAFLET),
    }


def around() -> dict[str, QWidget]:
    """Palette, cases, board, messages, devices, filled and empty."""
    palette = Palette()
    palette.search.setText("kb")
    palette.set_rows(a.PALETTE)
    palette.resize(720, 520)
    nothing = Palette()
    nothing.search.setText("造火箭")
    nothing.set_rows(())
    nothing.resize(720, 520)
    cases = CasesDialog()
    cases.set_count(10_000, "共 10000 件")
    cases.model.set_page(0, a.CASES)
    cases.show_case(a.CASE)
    none = CasesDialog()
    none.search.setText("造火箭")
    none.set_count(0)
    board = BoardDialog()
    board.set_view(a.BOARD)
    quiet = BoardDialog()
    quiet.set_view(replace(a.BOARD, stages=(), items=(), clerks=(), ratings=()))
    messages = MessagesDialog()
    messages.set_rows(a.MESSAGES)
    silent = MessagesDialog()
    silent.set_rows(())
    devices = DevicesDialog()
    devices.set_rows(a.DEVICES, "receipt_printer")
    looking = DevicesDialog()
    looking.set_rows(a.DEVICES, "camera")
    looking.set_frame(s.camera_frame()[0])
    looking.set_result("画面正常，每秒约 25 帧。", Tone.SUCCESS)
    sending = OutboxDialog()
    sending.set_rows(s.OUTBOX)
    sending.tick(1000.0)
    sending.table.selectRow(2)
    sending.set_progress(3, 12, "已传 3，还有 9，约还需 40 秒")
    return {
        "e-palette": palette,
        "e-palette-nothing": nothing,
        "e-cases": cases,
        "e-cases-nothing": none,
        "e-board": board,
        "e-board-quiet": quiet,
        "e-messages": messages,
        "e-messages-none": silent,
        "e-devices": devices,
        "e-devices-trial": looking,
        "e-outbox-sending": sending,
    }


def licences() -> dict[str, QWidget]:
    """A licence in full: good, somebody else's, under an old list, forged."""
    made: dict[str, QWidget] = {}
    for name in ("good", "others", "old", "forged"):
        dialog = LicenceDialog()
        dialog.set_detail(getattr(licence_samples, name.upper()))
        made[f"d-licence-{name}"] = dialog
    return made


def dialogs() -> dict[str, QWidget]:
    """Every dialog, filled."""
    outbox = OutboxDialog()
    outbox.set_rows(s.OUTBOX)
    outbox.table.selectRow(3)
    paper = PaperPreviewDialog()
    paper.set_pages([s.paper_page(), s.paper_page()])
    later = CompleteLaterDialog()
    later.set_rows(s.DUE_ROWS)
    later.set_words("3 项，其中逾期 1 项")
    viewer = PageViewer()
    viewer.set_pages("公共场所平面布局图", [s.paper_page(), s.paper_page(), s.paper_page()], 1)
    viewer.set_message("第 2 页：画面有反光，请移开光源或者调整材料角度", Tone.WARNING)
    query, answered = QueryDialog(), QueryDialog()
    for dialog in (query, answered):
        dialog.set_title("查询共享数据", "王* 3305**********0421")
        dialog.set_purposes(d.PURPOSES)
    query.set_rows(d.QUERY_ROWS, QueryStage.READY)
    answered.set_rows(d.QUERY_ANSWERS, QueryStage.DONE)
    parked, none_parked, clerks = ParkedDialog(), ParkedDialog(), ClerksDialog()
    parked.set_rows(d.PARKED)
    clerks.set_clerks(d.CLERKS)
    clerks.say("王芳已登记，首次口令 604817。请当面告知本人。", Tone.SUCCESS)
    table = BatchDialog("导入职工名册：名册.xlsx")
    table.set_rows(rs.TableRows(), "共 3 行，合格 1，有误 2；文件里没有：证件号码", 1)
    table.set_columns(rs.TableRows().titles(), ("姓名*", "编号甲", "应发工资（元）", ""), (0, -1, 2))
    return {
        **training_samples.windows(),
        **gallery_form.dialogs(),
        **around(),
        **codes(),
        "d-batch": table,
        "d-query": query,
        "d-query-answered": answered,
        **licences(),
        **outing_samples.windows(),
        "d-parked": parked,
        "d-parked-none": none_parked,
        "d-left": LeftDialog(d.PARKED[0]),
        "d-clerks": clerks,
        "d-sign-in": sign_in(SignInMode.SIGN_IN),
        "d-sign-in-wrong": sign_in(
            SignInMode.SIGN_IN, "口令不对：已输错 3 次。请在 30 秒后再试；忘记口令请找负责人重设。"
        ),
        "d-sign-in-first": sign_in(SignInMode.FIRST),
        "d-sign-in-new-pin": sign_in(SignInMode.NEW_PIN),
        "d-sign-in-locked": sign_in(SignInMode.LOCKED),
        "d-later": later,
        "d-viewer": viewer,
        "d-blocked": CheckDialog(
            replace(s.CHECK, blockers=("材料未交：公共场所平面布局图", "表单还有 2 项未填（F5）"))
        ),
        "d-help": HelpDialog(topics(language()), "form"),
        "d-keys": HelpDialog(topics(language())),
        "d-outbox": outbox,
        "d-paper": paper,
        "d-check": CheckDialog(s.CHECK),
        "d-signing": signing(),
        "d-confirm": ConfirmDialog(
            "结束本次办理？", "已填的内容会存为草稿，可从待传清单旁的草稿里取回。", "结束", danger=True
        ),
    }


def sign_in(mode: SignInMode, said: str = "") -> SignInDialog:
    dialog = SignInDialog()
    clerks = {SignInMode.FIRST: (), SignInMode.SIGN_IN: d.CLERKS}.get(mode, d.CLERKS[:1])
    hint = "演示口令 250801" if mode is SignInMode.LOCKED else ""
    dialog.set_mode(mode, clerks, "湖州市政务服务中心　A03 综合窗口", hint)
    dialog.say(said)
    return dialog
