"""Licences in full: a good one, somebody else's, one under an old list, a forged one."""

from __future__ import annotations

import functools
from dataclasses import replace

from widgets.views import Tone
from widgets.views_licence import LicenceDetail, LicenceFactRow

FACTS = (
    LicenceFactRow(
        "premises.address", "场所地址", "浙江省湖州市南浔区㛃䶮镇𬭚桥村6号（沿街第二间）", "已填入", Tone.SUCCESS
    ),
    LicenceFactRow("premises.area", "使用面积", "68.50", "与表中不一致", Tone.WARNING),
    LicenceFactRow(
        "premises.certificate_number", "产权证号", "浙（2024）湖州市（吴兴）不动产权第0012345号", "已填入", Tone.SUCCESS
    ),
    LicenceFactRow("premises.use_right", "场所使用权", "自有", "不采用", Tone.NEUTRAL, ticked=False),
)
GOOD = LicenceDetail(
    title="不动产权证书",
    verdict="签名有效",
    tone=Tone.SUCCESS,
    reason="离线核验：签名有效（信任名单 2026-11-20）",
    holder="沈*　3305**********0421",
    match="与所持证件为同一人",
    match_tone=Tone.SUCCESS,
    lines=(
        ("签发", "湖州市自然资源和规划局"),
        ("有效期至", "2031-11-21"),
        ("证照标识", "1.2.156.3005.2.11100000MB0D20265R001.\n11330500MB1A20264Q.20240012345.001.7（校验位相符）"),
    ),
    facts=FACTS,
    more="另有 2 项，所选事项的表单不用填",
    waives="经营场所使用证明、户外招牌设置场所同意书",
    list_words="2026-11-20，1 天前",
)
OTHERS = replace(
    GOOD,
    holder="王*　3305**********0421",
    match="持有人证件号码为 3305**********0421，与所持证件不同",
    match_tone=Tone.ERROR,
    facts=tuple(replace(fact, state="", can_tick=False, ticked=True) for fact in FACTS),
    more="",
    needs_reason=True,
    reasons=("房东出租，承租人办理", "持授权委托书代办", "共有人或近亲属"),
    place="2 / 3",
)
OLD = replace(
    GOOD,
    verdict="已采集，尚未核验",
    tone=Tone.WARNING,
    reason="签名相符，但信任名单（2026-10-12）已 40 天未更新，超出规定期限，不能作为核验结论，请更新名单或查验原件",
    match="证照未经核验，无法比对持有人",
    match_tone=Tone.NEUTRAL,
    waives="",
    list_words="2026-10-12，40 天前，请联网更新",
    list_tone=Tone.WARNING,
)
FORGED = LicenceDetail(
    title="无法识别的码",
    verdict="无效",
    tone=Tone.ERROR,
    reason="签名不符：内容与签名不一致，可能被篡改或伪造",
    holder="",
    match="证照未经核验，无法比对持有人",
    match_tone=Tone.NEUTRAL,
    list_words="2026-11-20，1 天前",
)
FILE = replace(
    GOOD,
    title="营业执照",
    verdict="印章有效",
    reason="离线核验：电子印章“湖州市市场监督管理局证照专用章”有效（2024-05-06 盖章，信任名单 2026-11-20）",
    holder="湖州𬭚㛃理发店　92330502MA2KX2026U",
    match="持有单位的法定代表人本人，证件号码一致",
    lines=(
        ("签发", "湖州市市场监督管理局"),
        ("有效期至", "证照未载截止日期"),
        ("印章", "湖州市市场监督管理局证照专用章"),
        ("盖章时间", "2024-05-06 10:30"),
        ("制章单位", "湖州演示制章有限公司"),
        ("提示", "签章人的证书已于 2025-05-06 到期，签章时有效"),
    ),
)
FILE_FORGED = LicenceDetail(
    title="营业执照",
    verdict="无效",
    tone=Tone.ERROR,
    reason="盖章后文件被改动：第 1 页",
    holder="",
    match="证照未经核验，无法比对持有人",
    match_tone=Tone.NEUTRAL,
    list_words="2026-11-20，1 天前",
)


@functools.cache
def page() -> bytes:
    """The page of a made-up business licence, as PNG."""
    from ofd_kit import NOW, business_licence, pack, sealed

    from app.documents.preview import pages_as_png
    from app.licences.ofd.read import read_ofd
    from app.licences.trust import TrustList

    found = read_ofd(pack(sealed(business_licence())), TrustList((), NOW.date()), NOW)
    assert found.page is not None
    return pages_as_png(found.page.pdf, found.page.dpi)[0]
