"""What each setting is called, what it does, and where its value comes from, in words."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication

from app.config.layers import Origin


@dataclass(frozen=True, slots=True)
class SettingWords:
    """title: a few words. help: one sentence. unit: behind a number. choices: words of each value."""

    title: str
    help: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def group_name(group: str) -> str:
    """The heading over some settings."""
    translate = QCoreApplication.translate
    return {
        "screen": translate("Settings", "屏幕"),
        "window": translate("Settings", "窗口"),
        "gateway": translate("Settings", "平台"),
        "sync": translate("Settings", "上传"),
        "work": translate("Settings", "时限提醒"),
        "trust": translate("Settings", "证照信任"),
        "retention": translate("Settings", "保存期限"),
        "visits": translate("Settings", "外出受理"),
        "printing": translate("Settings", "打印"),
        "bridge": translate("Settings", "浏览器系统"),
        "network": translate("Settings", "目录"),
        "updates": translate("Settings", "更新"),
        "support": translate("Settings", "支持"),
        "devices": translate("Settings", "设备"),
    }.get(group, group)


def origin_name(origin: Origin) -> str:
    """Where a value comes from."""
    translate = QCoreApplication.translate
    return {
        Origin.DEFAULT: translate("Settings", "默认值"),
        Origin.PRESET: translate("Settings", "用途的常用值"),
        Origin.USER: translate("Settings", "本机设置"),
        Origin.ENVIRONMENT: translate("Settings", "环境变量"),
        Origin.COMMAND_LINE: translate("Settings", "启动参数"),
        Origin.POLICY: translate("Settings", "站点策略"),
    }[origin]


def switch_words() -> tuple[tuple[str, str], ...]:
    """On and off."""
    translate = QCoreApplication.translate
    return (("true", translate("Settings", "是")), ("false", translate("Settings", "否")))


def setting_words() -> dict[str, SettingWords]:
    """Name in the file -> its words, in the order in which they are shown."""
    translate = QCoreApplication.translate
    days, hours, minutes = translate("Settings", "天"), translate("Settings", "小时"), translate("Settings", "分钟")
    workdays, seconds = translate("Settings", "个工作日"), translate("Settings", "秒")
    W = SettingWords  # noqa: N806 - one letter keeps the table legible
    return {
        "preset": W(
            translate("Settings", "用途"),
            translate("Settings", "按用途套用一组常用值；单独设过的仍按单独设的。"),
            choices=(
                ("counter", translate("Settings", "柜台窗口")),
                ("mobile", translate("Settings", "外出办理")),
                ("self-service", translate("Settings", "自助机")),
                ("demo", translate("Settings", "演示")),
            ),
        ),
        "language": W(
            translate("Settings", "界面语言"), choices=(("zh", translate("Settings", "中文")), ("en", "English"))
        ),
        "watermark": W(
            translate("Settings", "屏幕水印"), translate("Settings", "屏幕上淡淡显示人员、窗口和时间，拍照可追溯。")
        ),
        "customer_screen": W(
            translate("Settings", "群众屏"),
            translate("Settings", "第二块屏幕的系统名称；填 window 用单独的窗口，留空为没有。"),
        ),
        "self_service": W(
            translate("Settings", "启动后进入自助模式"), translate("Settings", "工作人员登录后，屏幕直接交给群众。")
        ),
        "lock.minutes": W(
            translate("Settings", "无操作锁屏"), translate("Settings", "多久没有操作就锁屏；0 为不自动锁。"), minutes
        ),
        "clerk_key.required": W(
            translate("Settings", "必须用钥匙登录"),
            translate("Settings", "打开后，没有本人钥匙不能登录和解锁；关闭时钥匙和口令都可以。"),
        ),
        "clerk_key.authority": W(
            translate("Settings", "钥匙发证机构文件"),
            translate("Settings", "PEM 文件的完整路径；留空时采用平台下发的。"),
        ),
        "window.id": W(
            translate("Settings", "窗口编号"),
            translate("Settings", "2–6 位大写字母或数字，写进每个流水号；受理过办件后不要再改。"),
        ),
        "window.name": W(translate("Settings", "窗口名称"), translate("Settings", "印在文书上。")),
        "window.hall": W(translate("Settings", "大厅名称"), translate("Settings", "印在文书上。")),
        "window.district": W(translate("Settings", "行政区划代码")),
        "gateway.url": W(translate("Settings", "平台地址"), translate("Settings", "以 https:// 开头。")),
        "gateway.device_id": W(
            translate("Settings", "设备编号"), translate("Settings", "平台登记时给出，与令牌对应。")
        ),
        "gateway.packet_key": W(
            translate("Settings", "数据包公钥"), translate("Settings", "加密 U 盘数据包用；留空时采用平台下发的。")
        ),
        "gateway.paper_root": W(translate("Settings", "文书根公钥"), translate("Settings", "核验其他窗口的文书用。")),
        "gateway.carrier_url": W(
            translate("Settings", "寄递下单地址"), translate("Settings", "承运方给的 https:// 地址；留空则不寄递。")
        ),
        "gateway.carrier_token": W(
            translate("Settings", "寄递令牌文件"), translate("Settings", "存放承运方令牌的文件，只有本机能读。")
        ),
        "sync.metered": W(
            translate("Settings", "流量线路"),
            translate("Settings", "打开后只自动上传办件记录，影像等放行；不下载更新。"),
        ),
        "sync.pause_reminder_hours": W(
            translate("Settings", "暂停上传的提醒"), translate("Settings", "每隔多久提醒一次；0 为不提醒。"), hours
        ),
        "limits.near_days": W(
            translate("Settings", "办件将到期"), translate("Settings", "到期前多久亮黄灯。"), workdays
        ),
        "limits.owed_days": W(
            translate("Settings", "容缺材料将到期"), translate("Settings", "到期前多久亮黄灯。"), workdays
        ),
        "limits.near_hours": W(
            translate("Settings", "半日件将到期"), translate("Settings", "到期前多久亮黄灯。"), hours
        ),
        "hours.week": W(
            translate("Settings", "工作日开放时间"),
            translate("Settings", "如 1-5 09:00-12:00 13:30-17:00（1 为周一）；调休上班的周末照周一。"),
        ),
        "hours.extended": W(
            translate("Settings", "延时服务时间"),
            translate("Settings", "如 2,4 17:00-19:00; 6 09:00-12:00；法定节假日除外。"),
        ),
        "hours.days": W(
            translate("Settings", "个别日期"), translate("Settings", "如 2026-12-26 09:00-12:00; 2027-01-01 closed。")
        ),
        "assist.offer": W(
            translate("Settings", "提示帮办"), translate("Settings", "“否”时只由窗口人员按 Shift+F5 开启。")
        ),
        "assist.old_from": W(
            translate("Settings", "帮办：满几周岁起"),
            translate("Settings", "读到的证件满这个年龄，提示可以帮办。"),
            translate("Settings", "周岁"),
        ),
        "assist.young_under": W(translate("Settings", "帮办：不满几周岁"), unit=translate("Settings", "周岁")),
        "face.collect": W(
            translate("Settings", "自助领取前比对人脸"),
            translate("Settings", "本人同意后和身份证芯片里的照片比对；比不上、不同意的到窗口领取。"),
        ),
        "face.card_photo": W(
            translate("Settings", "显示证件照片的程序"),
            translate("Settings", "读卡器厂商提供，把芯片里的照片解成图片。"),
        ),
        "ratings.url": W(
            translate("Settings", "手机评价地址"),
            translate("Settings", "手机能打开的平台地址；填了，凭证上印评价码。留空则不印。"),
        ),
        "ratings.days": W(
            translate("Settings", "评价码有效期"), translate("Settings", "受理后多少天内可以扫码评价。"), days
        ),
        "trust.keys": W(
            translate("Settings", "信任名单公钥"), translate("Settings", "只采用由这些密钥签发的名单；多个用逗号分开。")
        ),
        "trust.warn_days": W(
            translate("Settings", "名单多久未更新就提醒"), translate("Settings", "0 为不提醒。"), days
        ),
        "trust.max_age_days": W(
            translate("Settings", "名单多久未更新就停用"),
            translate("Settings", "停用后证照不能核验；0 为不停用。"),
            days,
        ),
        "retention.files_days": W(
            translate("Settings", "材料影像"), translate("Settings", "平台妥善保存之后本机再留多久。"), days
        ),
        "retention.contents_days": W(
            translate("Settings", "办件内容"), translate("Settings", "不能短于材料影像。"), days
        ),
        "retention.prints_days": W(translate("Settings", "已打印的文书"), unit=days),
        "retention.logs_days": W(translate("Settings", "运行日志"), unit=days),
        "retention.drafts_days": W(
            translate("Settings", "未办完的来访"), translate("Settings", "从最后一次保存算起。"), days
        ),
        "retention.identity_days": W(
            translate("Settings", "核验记录的摘要密钥"),
            translate("Settings", "过期后，谁也不能再从摘要查到号码。"),
            days,
        ),
        "visits.days": W(translate("Settings", "任务包有效期"), unit=days),
        "visits.amber_hours": W(
            translate("Settings", "任务包黄灯"), translate("Settings", "到期前多久开始提醒。"), hours
        ),
        "visits.red_hours": W(
            translate("Settings", "任务包红灯"), translate("Settings", "到期前多久开始催办。"), hours
        ),
        "printing.preview": W(translate("Settings", "打印前先看")),
        "printing.reprint_reason": W(
            translate("Settings", "重打要写原因"), translate("Settings", "原因留在操作记录里。")
        ),
        "printing.finger_too": W(
            translate("Settings", "承诺书签字再按指纹"),
            translate("Settings", "告知承诺书、容缺承诺书签好后，再请当事人按指纹；没有指纹仪的不按。"),
        ),
        "bridge.port": W(translate("Settings", "本机接口端口"), translate("Settings", "浏览器系统从这里借用设备。")),
        "bridge.document_camera_port": W(
            translate("Settings", "旧高拍仪接口端口"), translate("Settings", "0 为不提供。")
        ),
        "bridge.id_reader_port": W(translate("Settings", "旧读卡器接口端口"), translate("Settings", "0 为不提供。")),
        "bridge.consent_seconds": W(
            translate("Settings", "等待同意"), translate("Settings", "多久没有答复就算不同意。"), seconds
        ),
        "bridge.origins": W(
            translate("Settings", "可借用设备的系统"),
            translate(
                "Settings",
                "写作 网址=系统名称，例如 https://hunyin.example=婚姻登记系统；多个用分号分开，留空为都不借。",
            ),
        ),
        "bridge.card_names": W(
            translate("Settings", "旧接口的证件栏名称"),
            translate("Settings", "那些网页怎样称呼证件的各栏，写作 本机名称=网页名称，例如 name=xm；多个用分号分开。"),
        ),
        "paths.catalog": W(translate("Settings", "事项目录"), translate("Settings", "留空用随程序的目录。")),
        "paths.trust": W(translate("Settings", "信任名单文件夹"), translate("Settings", "留空用本机数据里的。")),
        "updates.automatic": W(
            translate("Settings", "自动下载更新"),
            translate("Settings", "在后台下载、校验新版本，下次打开时启用，不打断办理。"),
        ),
        "updates.check_hours": W(
            translate("Settings", "检查更新"), translate("Settings", "每隔多久问一次平台。"), hours
        ),
        "updates.keys": W(
            translate("Settings", "更新公钥"), translate("Settings", "只采用由这些密钥签发的版本；留空为不更新。")
        ),
        "support.crash_reports": W(
            translate("Settings", "故障报告"),
            translate("Settings", "出现故障后，下次打开时问是否发送；报告不含个人信息。"),
            choices=(("ask", translate("Settings", "每次问我")), ("never", translate("Settings", "只留在本机"))),
        ),
    }
