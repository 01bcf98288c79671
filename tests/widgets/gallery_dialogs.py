"""Every dialog of the gallery, filled."""

from __future__ import annotations

from dataclasses import replace

import amend_samples as am
import around_samples as a
import bridge_samples
import card_samples
import desk_samples as d
import gallery_form
import licence_samples
import official_samples
import outing_samples
import photo_samples
import print_samples
import reading_samples as rs
import sign_in_samples
import training_samples
import upkeep_samples
import verify_samples
import widget_samples as s
import zone_samples
from customer_gallery import signing, under_papers
from paper_choices import CHOICES, parcel
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from app.presenters.help import topics
from widgets.amend import AmendDialog
from widgets.dialogs.archive import ArchiveDialog, PasswordDialog
from widgets.dialogs.batch import BatchDialog
from widgets.dialogs.board import BoardDialog
from widgets.dialogs.cases import CasesDialog
from widgets.dialogs.check import CheckDialog
from widgets.dialogs.chip_key import ChipKeyDialog
from widgets.dialogs.clerks import ClerksDialog
from widgets.dialogs.code import CodeDialog
from widgets.dialogs.complete_later import CompleteLaterDialog
from widgets.dialogs.confirm import ConfirmDialog
from widgets.dialogs.conflicts import ConflictsDialog
from widgets.dialogs.device_setup import DeviceSetupDialog
from widgets.dialogs.devices import DevicesDialog
from widgets.dialogs.double import DoubleDialog
from widgets.dialogs.help import HelpDialog
from widgets.dialogs.licence import LicenceDialog
from widgets.dialogs.messages import MessagesDialog
from widgets.dialogs.outbox import OutboxDialog
from widgets.dialogs.packet import PacketDialog
from widgets.dialogs.paper import PaperPreviewDialog
from widgets.dialogs.papers import PapersDialog
from widgets.dialogs.parked import LeftDialog, ParkedDialog
from widgets.dialogs.query import QueryDialog
from widgets.dialogs.recovery import RecoveryDialog
from widgets.doorway import DoorWindow
from widgets.i18n import language
from widgets.page_sheet import marked
from widgets.page_viewer import PageViewer
from widgets.palette import Palette
from widgets.scan_menu import ScanMenu, ScanOptions
from widgets.tuning import TuningPopup, TuningView
from widgets.views import QueryStage, Tone
from widgets.views_code import CodeView

PURPOSES = tuple((words, words) for words in ("移交档案", "部门调取", "申请人索取", "核查监督"))
ARCHIVE_HOLDS = "另有申请表、办理过程、目录，约 42.0 MB。\n个人信息没有遮盖。"
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
        **card_samples.dialogs(),
        **photo_samples.dialogs(),
        **zone_samples.dialogs(),
        **verify_samples.dialogs(),
        "shape": verify_samples.shape(("Noto Sans CJK SC Regular", "Noto Serif CJK SC Regular")),
        "shape-none": verify_samples.shape(()),
        **upkeep_samples.dialogs(),
        "chip-key": ChipKeyDialog("此阅读机不读机读码"),
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
    cleared = CasesDialog()
    cleared.set_count(10_000, "共 10000 件")
    cleared.model.set_page(0, a.CASES)
    cleared.show_case(a.CLEARED_CASE)
    lost = CasesDialog()
    lost.set_count(10_000, "共 10000 件")
    lost.model.set_page(0, a.CASES)
    lost.show_case(a.LOST_CASE)
    doubled = CasesDialog()
    doubled.set_count(10_000, "共 10000 件")
    doubled.model.set_page(0, [replace(a.CASES[0], light=Tone.WARNING, light_words="疑似重复"), *a.CASES[1:]])
    doubled.show_case(a.DOUBLED_CASE)
    pair = DoubleDialog()
    pair.set_view(a.DOUBLE)
    untold = DoubleDialog()
    untold.set_view(a.DOUBLE)
    untold.set_message("现在连不上平台，还没有记下；联网后请再选一次。", Tone.ERROR)
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
    choosing = DeviceSetupDialog()
    choosing.set_place("读卡器", "sdt:///dev/ttyUSB0")
    choosing.set_found(a.FOUND)
    choosing.set_undo(True)
    choosing.set_keepable("sdt:///dev/ttyUSB0", well=True)
    choosing.set_result("连上了：居民身份证阅读机 05.01-20260101-0001。按 Ctrl+S 保存。", Tone.SUCCESS)
    typing = DeviceSetupDialog()
    typing.set_place("打印机", "socket://192.0.2.11:9100")
    typing.set_found(())
    typing.set_result("没有连上：打印机连不上，请检查电源和网线", Tone.WARNING)
    sending = OutboxDialog()
    sending.set_rows(s.OUTBOX)
    sending.tick(1000.0)
    sending.table.selectRow(2)
    sending.set_rows(s.OUTBOX, 11_204, 1)
    sending.set_progress(312, 1000, "办件 300/300　材料 935/3000　187.3 MB / 600.0 MB　每秒 1.2 MB　约 6 分钟")
    paused = OutboxDialog()
    paused.set_switch("11-22 09:10", files_wait=False)
    paused.set_rows(s.OUTBOX[:2])
    phone = OutboxDialog()
    phone.set_rows(s.OUTBOX, files=("36", "18.2 MB"))
    phone.set_switch("", files_wait=True)
    packet = PacketDialog("正在导出数据包")
    packet.set_what("办件等 42 条，材料 126 份，约 63.4 MB。\n写到：W03-01-20261122-091000.ycpacket")
    packet.set_progress(38, 100)
    exported = PacketDialog("正在导出数据包")
    exported.set_what("办件等 42 条，材料 126 份，约 63.4 MB。\n写到：W03-01-20261122-091000.ycpacket")
    exported.set_result(
        "数据包已导出",
        "已导出办件等 42 条、材料 126 份，共 63.4 MB。\n"
        "请安全弹出 U 盘，交平台管理员导入；拿到回执后按 Ctrl+Shift+F9 导入。"
        "在此之前，待传内容仍留在本机。",
        Tone.SUCCESS,
    )
    full = PacketDialog("正在导出数据包")
    full.set_what("办件等 42 条，材料 126 份，约 63.4 MB。\n写到：W03-01-20261122-091000.ycpacket")
    full.set_result("目标盘空间不够", "需要约 64 MB，只剩 12 MB。\n请换一个 U 盘，或清出空间后再导出。", Tone.ERROR)
    open_package, sealed = ArchiveDialog(PURPOSES, 8), ArchiveDialog(PURPOSES, 8)
    for asking in (open_package, sealed):
        asking.set_case("WX0320261121N0021", f"文书 1 份、材料 12 份，{ARCHIVE_HOLDS}")
    sealed.seal.setChecked(True)
    sealed.password.setText("12345678")
    sealed.say("两次输入的口令不同，请重新输入。")
    password = PasswordDialog()
    password.set_file("归档包-WX0320261121N0021.ycarchive", wrong=True)
    checked = PacketDialog("正在核验归档包")
    checked.set_what("归档包-WX0320261121N0021.zip")
    checked.set_result(
        "核验完成",
        "本系统导出，但已被改动。\n受理流水号 WX0320261121N0021，李敏 导出，清单上 18 个文件。\n"
        "缺少 1 个文件：材料/03-公共场所平面布局图.pdf\n被改动 1 个文件：文书/01-受理通知书-WX0320261121N0021.pdf",
        Tone.ERROR,
    )
    packed = PacketDialog("正在导出归档包")
    packed.set_what("写到：归档包-WX0320261121N0021.zip")
    words = "18 个文件，共 42.0 MB，已签名。\n收到的人可在“我的办件”按 Ctrl+Shift+Y 核验。"
    packed.set_result("归档包已导出", words, Tone.SUCCESS)
    return {
        "e-archive": open_package,
        "e-archive-sealed": sealed,
        "e-archive-password": password,
        "e-archive-checked": checked,
        "e-archive-done": packed,
        "e-palette": palette,
        "e-palette-nothing": nothing,
        "e-cases": cases,
        "e-cases-cleared": cleared,
        "e-cases-lost": lost,
        "e-cases-doubled": doubled,
        "e-double": pair,
        "e-double-untold": untold,
        "e-cases-nothing": none,
        "e-board": board,
        "e-board-quiet": quiet,
        "e-messages": messages,
        "e-messages-none": silent,
        "e-devices": devices,
        "e-devices-trial": looking,
        "e-scan-menu": _scan_menu(),
        "e-tuning": _tuning(),
        "e-device-setup": choosing,
        "e-device-setup-typed": typing,
        "e-outbox-sending": sending,
        "e-outbox-paused": paused,
        "e-outbox-records-only": phone,
        "e-packet": packet,
        "e-packet-done": exported,
        "e-packet-full": full,
    }


def amendments() -> dict[str, QWidget]:
    """A case being corrected; corrections to decide on: a name, a long address, a row, one decided, none."""
    made: dict[str, QWidget] = {}
    fresh, changed = AmendDialog(am.REASONS), AmendDialog(am.REASONS)
    for dialog in (fresh, changed):
        dialog.set_case("A0320261121000126", "公共场所卫生许可（美容美发场所）　沈*　受理于 11-21 10:32")
        dialog.form.set_form(am.FORM)
        dialog.form.set_title("公共场所卫生许可（美容美发场所）")
        dialog.form.set_asked({field.key: field for field in am.FORM.fields})
        dialog.form.set_states(am.states())
    changed.form.set_states(am.states(applicant__phone="13857209988", premises__address=am.CHANGES[1].after))
    changed.set_changes(am.CHANGES)
    changed.set_message("还不能保存更正：联系电话应为 11 位手机号，或带区号的固定电话。改好以后再保存。", Tone.ERROR)
    made["f-amend"], made["f-amend-changed"] = fresh, changed
    for name, row, place in (("name", 0, 0), ("address", 0, 1), ("row", 0, 2), ("phone", 1, 0), ("decided", 2, 0)):
        conflicts = ConflictsDialog()
        conflicts.set_rows(am.CONFLICTS)
        conflicts.table.selectRow(row)
        conflicts.fields.selectRow(place)
        made[f"f-conflicts-{name}"] = conflicts
    none = ConflictsDialog()
    none.set_rows(())
    made["f-conflicts-none"] = none
    return made


def licences() -> dict[str, QWidget]:
    """A licence in full: good, somebody else's, under an old list, forged."""
    made: dict[str, QWidget] = {}
    for name in ("good", "others", "old", "forged"):
        dialog = LicenceDialog()
        dialog.set_detail(getattr(licence_samples, name.upper()))
        made[f"d-licence-{name}"] = dialog
    for name, words in (("file", ""), ("file-forged", "不能采用")):
        dialog = LicenceDialog()
        page = QImage.fromData(licence_samples.page())
        dialog.set_picture(marked(page, words) if words else page)
        dialog.set_detail(licence_samples.FILE_FORGED if words else licence_samples.FILE)
        made[f"d-licence-{name}"] = dialog
    return made


def _scan_menu() -> ScanMenu:
    menu = ScanMenu()
    menu.check(ScanOptions())
    return menu


def _tuning() -> TuningPopup:
    popup = TuningPopup()
    heads = (("document_camera", "高拍仪"), ("document_camera_side", "高拍仪副头"))
    popup.show_view(TuningView("高拍仪", -0.75, None, True, True, heads, "document_camera"))
    popup.setMinimumWidth(400)
    return popup


def dialogs() -> dict[str, QWidget]:
    """Every dialog, filled."""
    outbox = OutboxDialog()
    outbox.set_rows(s.OUTBOX)
    outbox.table.selectRow(3)
    papers = PapersDialog()
    papers.set_choices(CHOICES, "我要开理发店　张*")
    papers.set_message("文书内容有误：“份数”应为整数。更正后再出具。")
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
        **sign_in_samples.dialogs(),
        **gallery_form.dialogs(),
        **around(),
        **amendments(),
        **codes(),
        "d-batch": table,
        "d-query": query,
        "d-query-answered": answered,
        **licences(),
        **official_samples.dialogs(),
        **outing_samples.windows(),
        **print_samples.dialogs(),
        "d-parked": parked,
        "d-parked-none": none_parked,
        "d-left": LeftDialog(d.PARKED[0]),
        "d-clerks": clerks,
        "d-bridge": bridge_samples.systems(),
        "d-bridge-code": bridge_samples.systems(code=True),
        "d-bridge-empty": bridge_samples.systems(empty=True),
        "d-recovery": recovery(),
        "d-recovery-again": recovery(replaces=True),
        "d-recovery-typed": recovery(typed="7k3mx 00f21 zz4qa"),
        "d-door": door(),
        "d-later": later,
        "d-viewer": viewer,
        "d-blocked": CheckDialog(
            replace(s.CHECK, blockers=("材料未交：公共场所平面布局图", "表单还有 2 项未填（F5）"))
        ),
        "d-help": HelpDialog(topics(language()), "form"),
        "d-keys": HelpDialog(topics(language())),
        "d-outbox": outbox,
        "d-paper": paper,
        "d-papers": papers,
        "d-papers-parcel": parcel(),
        "d-check": CheckDialog(s.CHECK),
        "d-signing": signing(),
        **under_papers(),
        "d-confirm": ConfirmDialog(
            "结束本次办理？", "已填的内容会存为草稿，可从待传清单旁的草稿里取回。", "结束", danger=True
        ),
    }


def recovery(*, replaces: bool = False, typed: str = "") -> RecoveryDialog:
    dialog = RecoveryDialog(replaces=replaces)
    dialog.set_code("7K3MX-00F21-ZZ4QA-9T8RB-H2J3C-V5W6D-1234E")
    if typed:
        dialog.type_back()
        dialog.line.setText(typed)
        dialog.say("恢复码有误：恢复码共 7 组，每组 5 位；输入了 15 位。请输入完整。")
    return dialog


def door() -> DoorWindow:
    window = DoorWindow("湖州市政务服务中心　A03 综合窗口")
    window.set_busy("正在打开本机数据…")
    return window
