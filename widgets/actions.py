"""The clerk's actions, their keys and words: one table for the step strip, the shortcuts, the palette and the help."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class Action:
    """One action. id: what `MainWindow.action` says. help: one line for the help.

    strip: it has a button in the strip of steps; the others are reached by their key and by the palette.
    """

    id: str
    key: str
    icon: str
    words: str
    help: str
    strip: bool = True


def actions() -> tuple[Action, ...]:
    """All actions in the order of their keys, in the language in force."""
    translate = QCoreApplication.translate
    return (
        Action("help", "F1", "help", translate("Actions", "帮助"), translate("Actions", "看当前这部分的帮助")),
        Action(
            "read_card",
            "F2",
            "card",
            translate("Actions", "读证件"),
            translate("Actions", "读居民身份证、居住证、永久居留身份证"),
        ),
        Action(
            "choose_items", "F3", "items", translate("Actions", "选事项"), translate("Actions", "搜索并选择要办的事项")
        ),
        Action(
            "scan_licence",
            "F4",
            "scan",
            translate("Actions", "扫证照"),
            translate("Actions", "扫手机上的电子证照二维码"),
        ),
        Action(
            "next_field", "F5", "next", translate("Actions", "下一空项"), translate("Actions", "跳到下一个必填的空项")
        ),
        Action("capture", "F6", "camera", translate("Actions", "拍材料"), translate("Actions", "用高拍仪拍所选的材料")),
        Action(
            "check",
            "F7",
            "check",
            translate("Actions", "核对"),
            translate("Actions", "检查表单和材料，列出将受理的内容"),
        ),
        Action("accept", "F8", "stamp", translate("Actions", "受理打印"), translate("Actions", "受理并打印受理通知书")),
        Action(
            "prints",
            "Shift+F8",
            "print",
            translate("Actions", "打印清单"),
            translate("Actions", "今天打印的文书：补打、换打印机、取消、确认是否出纸"),
            strip=False,
        ),
        Action(
            "print_batch",
            "Ctrl+F8",
            "print",
            translate("Actions", "批量打印"),
            translate("Actions", "一次打印许多份受理通知书：暂停、停止、从某一份起重打"),
            strip=False,
        ),
        Action(
            "outbox", "F9", "upload", translate("Actions", "待传清单"), translate("Actions", "查看未上传的办件和原因")
        ),
        Action(
            "pause_upload",
            "Ctrl+F9",
            "pause",
            translate("Actions", "暂停或继续上传"),
            translate("Actions", "先不上传，受理照常；再按继续，重开程序也记得"),
            strip=False,
        ),
        Action(
            "export_packet",
            "Shift+F9",
            "upload",
            translate("Actions", "导出到 U 盘"),
            translate("Actions", "把待传的办件和材料写成一个加密的数据包，拿到平台导入"),
            strip=False,
        ),
        Action(
            "import_answer",
            "Ctrl+Shift+F9",
            "check",
            translate("Actions", "导入平台回执"),
            translate("Actions", "平台导入数据包后给出的回执，读入后待传清单随之更新"),
            strip=False,
        ),
        Action(
            "next_visitor",
            "F12",
            "person-next",
            translate("Actions", "下一位"),
            translate("Actions", "结束本次办理，接待下一位"),
        ),
        Action(
            "findings",
            "Ctrl+E",
            "error",
            translate("Actions", "有误清单"),
            translate("Actions", "列出还差和有误的项，Enter 跳过去"),
            strip=False,
        ),
        Action(
            "field_sources",
            "Ctrl+I",
            "info",
            translate("Actions", "本项来源"),
            translate("Actions", "看这一项的各个来源，已选定的可重新选择"),
            strip=False,
        ),
        Action(
            "next_section",
            "Ctrl+Down",
            "down",
            translate("Actions", "下一部分"),
            translate("Actions", "跳到申请表的下一部分"),
            strip=False,
        ),
        Action(
            "previous_section",
            "Ctrl+Up",
            "next",
            translate("Actions", "上一部分"),
            translate("Actions", "跳到申请表的上一部分"),
            strip=False,
        ),
        Action(
            "official_forms",
            "Ctrl+T",
            "page",
            translate("Actions", "官方表样"),
            translate("Actions", "在申请表旁边显示填好的官方表样，再按收起"),
            strip=False,
        ),
        Action(
            "official_page",
            "Alt+T",
            "next",
            translate("Actions", "到表样上"),
            translate("Actions", "光标到官方表样上：↑↓ 换栏，Enter 回到对应的项，P 打印"),
            strip=False,
        ),
        Action(
            "switch_camera",
            "Ctrl+Shift+C",
            "camera-next",
            translate("Actions", "换镜头"),
            translate("Actions", "画面换到另一个摄像头"),
            strip=False,
        ),
        Action(
            "freeze_picture",
            "Ctrl+Shift+F",
            "freeze",
            translate("Actions", "定格"),
            translate("Actions", "画面停住不动，再按继续"),
            strip=False,
        ),
        Action(
            "mirror_picture",
            "Ctrl+Shift+X",
            "mirror",
            translate("Actions", "左右翻转"),
            translate("Actions", "画面左右翻转，拍下的也一样"),
            strip=False,
        ),
        Action(
            "mute",
            "Ctrl+Shift+M",
            "sound",
            translate("Actions", "提示音"),
            translate("Actions", "关闭或打开提示音"),
            strip=False,
        ),
        Action(
            "palette",
            "Ctrl+K",
            "search",
            translate("Actions", "命令面板"),
            translate("Actions", "找功能、事项、办件，回车即办"),
            strip=False,
        ),
        Action(
            "my_cases",
            "Ctrl+J",
            "items",
            translate("Actions", "我的办件"),
            translate("Actions", "查本窗口的办件：进展、材料、文书，重印"),
            strip=False,
        ),
        Action(
            "papers",
            "Ctrl+W",
            "page",
            translate("Actions", "出具文书"),
            translate("Actions", "补正、不予受理、承诺书、退件、办结、送达等文书，也有交接班表"),
            strip=False,
        ),
        Action(
            "check_archive",
            "Ctrl+Shift+Y",
            "check",
            translate("Actions", "核验归档包"),
            translate("Actions", "看归档包是不是本系统导出的、有没有改动；导出在我的办件里"),
            strip=False,
        ),
        Action(
            "board",
            "F10",
            "bundle",
            translate("Actions", "今日看板"),
            translate("Actions", "今天的件数、时限灯、待办，打印日报"),
            strip=False,
        ),
        Action(
            "messages",
            "F11",
            "info",
            translate("Actions", "消息"),
            translate("Actions", "平台的消息：进展、补正、办结"),
            strip=False,
        ),
        Action(
            "conflicts",
            "Ctrl+H",
            "error",
            translate("Actions", "更正核对"),
            translate("Actions", "更正与平台不一致的，逐项决定采用哪一个"),
            strip=False,
        ),
        Action(
            "devices",
            "Ctrl+Shift+D",
            "camera",
            translate("Actions", "设备"),
            translate("Actions", "设备状态：怎么办、重新连接、试一试"),
            strip=False,
        ),
        Action(
            "customer",
            "Ctrl+G",
            "person-next",
            translate("Actions", "请群众确认"),
            translate("Actions", "在群众屏上显示表单，请申请人核对签字"),
            strip=False,
        ),
        Action(
            "take_booking",
            "Ctrl+R",
            "check",
            translate("Actions", "带入预约"),
            translate("Actions", "把来访人预约的事项和内容带入"),
            strip=False,
        ),
        Action(
            "query_data",
            "Ctrl+D",
            "search",
            translate("Actions", "查数据"),
            translate("Actions", "查其他部门的共享数据：填表、免交证明"),
            strip=False,
        ),
        Action(
            "licence_detail",
            "Ctrl+Shift+E",
            "licence",
            translate("Actions", "证照详情"),
            translate("Actions", "看扫到的证照：谁的、为什么可信、填哪些、免交哪些"),
            strip=False,
        ),
        Action(
            "open_ofd",
            "Ctrl+Shift+O",
            "licence",
            translate("Actions", "打开证照文件"),
            translate("Actions", "打开 OFD 电子证照文件，核验印章；也可以把文件拖到窗口里"),
            strip=False,
        ),
        Action(
            "undo",
            "Ctrl+Z",
            "undo",
            translate("Actions", "撤销"),
            translate("Actions", "撤回上一步：事项、填写、材料、收件要点"),
            strip=False,
        ),
        Action(
            "redo", "Ctrl+Y", "redo", translate("Actions", "恢复"), translate("Actions", "重做撤销的一步"), strip=False
        ),
        Action(
            "outing",
            "Ctrl+Shift+V",
            "bundle",
            translate("Actions", "外出受理"),
            translate("Actions", "领取外出任务包，离线上门受理，回来交回"),
            strip=False,
        ),
        Action(
            "import_table",
            "Ctrl+O",
            "items",
            translate("Actions", "导入表格"),
            translate("Actions", "从 Excel 或 CSV 文件导入名册，或者继续上次没有改完的表格"),
            strip=False,
        ),
        Action(
            "verify_paper",
            "Ctrl+Shift+W",
            "check",
            translate("Actions", "核验文书"),
            translate("Actions", "核对 PDF 或纸质文书是不是窗口出具、有没有改动，不联网也行"),
            strip=False,
        ),
        Action(
            "park",
            "Ctrl+P",
            "park",
            translate("Actions", "挂起"),
            translate("Actions", "把手上的办理放到一边，先接待下一位"),
            strip=False,
        ),
        Action(
            "parked",
            "Ctrl+Shift+P",
            "park",
            translate("Actions", "挂起清单"),
            translate("Actions", "查看挂起的来访者；Alt+1 … Alt+9 直接取回"),
            strip=False,
        ),
        Action(
            "lock",
            "Ctrl+L",
            "lock",
            translate("Actions", "锁屏"),
            translate("Actions", "离开座位时遮住画面，输入口令回到原处"),
            strip=False,
        ),
        Action(
            "serve",
            "Ctrl+Shift+S",
            "pause",
            translate("Actions", "暂停服务或恢复"),
            translate("Actions", "本窗口暂停叫号，再按恢复服务"),
            strip=False,
        ),
        Action(
            "sign_out",
            "Ctrl+Shift+L",
            "person-next",
            translate("Actions", "交接班"),
            translate("Actions", "退出登录，换人上岗；挂起的办理留给下一位"),
            strip=False,
        ),
        Action(
            "clerks",
            "Ctrl+Shift+U",
            "person",
            translate("Actions", "窗口人员"),
            translate("Actions", "登记人员、重设口令、停用（负责人）"),
            strip=False,
        ),
        Action(
            "recovery_code",
            "Ctrl+Shift+K",
            "lock",
            translate("Actions", "恢复码"),
            translate("Actions", "生成恢复码，抄在纸上由管理员保管（负责人）"),
            strip=False,
        ),
        Action(
            "self_service",
            "Ctrl+Shift+A",
            "person",
            translate("Actions", "自助模式"),
            translate("Actions", "把屏幕交给群众自己填；工作人员按同样的键、输口令退出"),
            strip=False,
        ),
        Action(
            "reveal",
            "Ctrl+M",
            "eye",
            translate("Actions", "显示号码"),
            translate("Actions", "显示遮住的号码和住址 10 秒，并留下记录"),
            strip=False,
        ),
        Action(
            "theme",
            "Ctrl+Shift+T",
            "theme",
            translate("Actions", "换主题"),
            translate("Actions", "浅色、深色、高对比轮换"),
            strip=False,
        ),
        Action(
            "larger",
            "Ctrl+=",
            "plus",
            translate("Actions", "放大"),
            translate("Actions", "整个窗口放大"),
            strip=False,
        ),
        Action(
            "smaller",
            "Ctrl+-",
            "minus",
            translate("Actions", "缩小"),
            translate("Actions", "整个窗口缩小"),
            strip=False,
        ),
        Action(
            "normal_size",
            "Ctrl+0",
            "fit",
            translate("Actions", "原大小"),
            translate("Actions", "回到 100%"),
            strip=False,
        ),
    )
