"""The blank forms that come with the program: made up by us after what such forms usually ask, copied from nowhere.

    python -m app.demo.official_blanks resources/official

draws them anew, the same each time. Beside a scanned form it prints where each box lies, for the mapping.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from app.demo.blank_sheet import LEFT, WIDTH, Combo, Label, PlacedField, Sheet, Sign, Text, Ticks
from app.documents.fonts import PaperFonts, load_fonts
from app.documents.preview import pages_as_png

DEMO = "演示表样　由一窗项目自行绘制，不是任何机关的现行表格"
SCAN_DPI = 200.0

ID_TYPES = (
    ("resident", "居民身份证"),
    ("hmt", "港澳台居民居住证"),
    ("foreigner", "外国人永久居留身份证"),
)


def registration(fonts: PaperFonts) -> Sheet:
    """个体工商户登记（备案）申请书, two pages, with PDF fields."""
    sheet = Sheet(fonts, "个体工商户登记（备案）申请书")
    sheet.note(DEMO, 7.5, 0.45)
    sheet.heading("个体工商户登记（备案）申请书")
    sheet.note("填表说明：请用黑色字迹填写，选择项在□内打√；填写不下的另附页。带 * 的栏目必须填写。")
    kinds = (("kind_setup", "设立登记"), ("kind_change", "变更登记"), ("kind_close", "注销登记"))
    sheet.row(9, [Label("申请类型*", 28, bold=True), Ticks(WIDTH - 28, kinds, step=38)])
    sheet.row(8, [Label("基本信息", WIDTH, 10.5, bold=True)])
    sheet.row(10, [Label("字号名称*", 28), Text("shop_name", WIDTH - 28, required=True)])
    sheet.row(9, [Label("统一社会信用代码（设立登记不填）", 40, 9), Text("shop_uscc", WIDTH - 40, cells=18)])
    forms = (("person", "个人经营"), ("household", "家庭经营"))
    sheet.row(
        10,
        [
            Label("主营行业", 28),
            Text("trade", 62),
            Label("组成形式", 26),
            Ticks(WIDTH - 116, forms, "form_of_business"),
        ],
    )
    sheet.row(
        10,
        [
            Label("资金数额", 28), Text("capital", 42, after="万元", align=2),
            Label("大写", 18), Text("capital_words", WIDTH - 88, after=""),
        ],
    )  # fmt: skip
    sheet.row(
        10,
        [
            Label("从业人数", 28), Text("employees", 36, after="人", align=2), Label("拟开业日期", 28),
            Text("open_year", 26, after="年", align=1), Text("open_month", 26, after="月", align=1),
            Text("open_day", WIDTH - 144, after="日", align=1),
        ],
    )  # fmt: skip
    sheet.row(16, [Label("经营场所", 28), Text("premises", WIDTH - 28, lines=True)])
    rights = (("own", "自有"), ("rent", "租赁"), ("free", "无偿使用"))
    sheet.row(
        10,
        [
            Label("使用面积", 28),
            Text("area", 42, after="平方米", align=2),
            Label("使用权取得", 26),
            Ticks(WIDTH - 96, rights, "use_right"),
        ],
    )
    sheet.row(8, [Label("经营者信息", WIDTH, 10.5, bold=True)])
    sexes = (("male", "男"), ("female", "女"))
    sheet.row(
        10,
        [
            Label("姓名*", 28),
            Text("owner_name", 62, required=True),
            Label("性别", 18),
            Ticks(30, sexes, "sex"),
            Label("民族", 14),
            Text("nation", WIDTH - 152),
        ],
    )
    sheet.row(
        10,
        [
            Label("出生日期", 28), Text("birth_year", 24, after="年", align=1),
            Text("birth_month", 20, after="月", align=1),
            Text("birth_day", 20, after="日", align=1), Label("证件类型", 22), Combo("id_type", WIDTH - 114, ID_TYPES),
        ],
    )  # fmt: skip
    sheet.row(9, [Label("证件号码*", 40), Text("id_number", WIDTH - 40, required=True, cells=18)])
    sheet.row(14, [Label("住址", 28), Text("owner_address", WIDTH - 28, lines=True)])
    sheet.row(
        10,
        [
            Label("联系电话*", 28),
            Text("phone", 60, required=True),
            Label("执照领取方式", 30),
            Text("delivery", WIDTH - 118),
        ],
    )
    sheet.row(
        22,
        [
            Label("申请人承诺", 28),
            Label(
                "本表所填内容和提交的材料真实、合法、有效，复印件与原件一致；如有不实，愿意承担由此产生的法律责任。",
                WIDTH - 28,
                9.5,
                "l",
            ),
        ],
    )
    sheet.row(14, [Sign("owner_signature", 100, "经营者签字："), Label("　　　　年　　月　　日", WIDTH - 100, 10)])
    sheet.foot("第 1 页，共 2 页")
    sheet.new_page()
    sheet.heading("个体工商户登记（备案）申请书（续）", 16)
    sheet.row(8, [Label("变更登记（仅变更时填写）", WIDTH, 10.5, bold=True)])
    sheet.row(8, [Label("事项", 28), Label("原登记内容", (WIDTH - 28) / 2), Label("变更后内容", (WIDTH - 28) / 2)])
    half = (WIDTH - 28) / 2
    for name, words, high in (
        ("name", "字号名称", 11.0), ("place", "经营场所", 16.0), ("scope", "经营范围", 20.0), ("owner", "经营者", 11.0),
    ):  # fmt: skip
        sheet.row(
            high,
            [
                Label(words, 28),
                Text(f"change_{name}_old", half, lines=True),
                Text(f"change_{name}_new", half, lines=True),
            ],
        )
    sheet.row(8, [Label("家庭成员（仅家庭经营时填写）", WIDTH, 10.5, bold=True)])
    sheet.row(8, [Label("序号", 14), Label("姓名", 40), Label("与经营者关系", 40), Label("证件号码", WIDTH - 94)])
    sheet.rows(
        9, 5,
        [
            Text("m{row}_no", 14, align=1), Text("m{row}_name", 40), Text("m{row}_relation", 40),
            Text("m{row}_id", WIDTH - 94),
        ],
    )  # fmt: skip
    sheet.row(8, [Label("注销登记（仅注销时填写）", WIDTH, 10.5, bold=True)])
    debts = (("no", "债权债务已清理完毕"), ("yes", "尚有债权债务"))
    sheet.row(14, [Label("注销原因", 28), Text("close_reason", WIDTH - 28, lines=True)])
    sheet.row(10, [Label("停业日期", 28), Text("close_date", 50), Ticks(WIDTH - 78, debts, "debts")])
    sheet.row(8, [Label("以下由登记机关填写", WIDTH, 10.5, bold=True)])
    sheet.row(26, [Label("受理意见", 28), Sign("registrar_signature", WIDTH - 28, "受理人员签字（章）：")])
    sheet.foot("第 2 页，共 2 页")
    return sheet


def food(fonts: PaperFonts) -> Sheet:
    """食品经营许可申请书, two pages, with PDF fields."""
    sheet = Sheet(fonts, "食品经营许可申请书")
    sheet.note(DEMO, 7.5, 0.45)
    sheet.heading("食品经营许可申请书")
    kinds = (("new", "新办"), ("change", "变更"), ("renew", "延续"), ("cancel", "注销"))
    sheet.row(9, [Label("申请事项*", 30, bold=True), Ticks(WIDTH - 30, kinds, "matter", step=30)])
    sheet.row(10, [Label("经营者名称*", 30), Text("operator", WIDTH - 30, required=True)])
    sheet.row(9, [Label("统一社会信用代码", 40, 9.5), Text("uscc", WIDTH - 40, cells=18)])
    sheet.row(9, [Label("原许可证编号", 40, 9.5), Text("licence_number", WIDTH - 40)])
    sheet.row(
        10,
        [
            Label("申请人（负责人）*", 34),
            Text("person", 53, required=True),
            Label("联系电话*", 26),
            Text("phone", WIDTH - 113, required=True),
        ],
    )
    sheet.row(9, [Label("证件号码*", 40), Text("id_number", WIDTH - 40, required=True, cells=18)])
    sheet.row(16, [Label("经营场所", 30), Text("premises", WIDTH - 30, lines=True)])
    sheet.row(
        10,
        [
            Label("使用面积", 30), Text("area", 44, after="平方米", align=2), Label("食品处理区面积", 34),
            Text("kitchen_area", WIDTH - 108, after="平方米", align=2),
        ],
    )  # fmt: skip
    sheet.row(
        10,
        [
            Label("就餐座位数", 30),
            Text("diners", 44, after="个", align=2),
            Label("从业人数", 34),
            Text("employees", WIDTH - 108, after="人", align=2),
        ],
    )
    trades = (("seller", "食品销售经营者"), ("caterer", "餐饮服务经营者"), ("canteen", "集中用餐单位食堂"))
    sheet.row(9, [Label("主体业态*", 30), Ticks(WIDTH - 30, trades, "trade", step=46)])
    items = (
        ("item_packed", "预包装食品销售"), ("item_bulk", "散装食品销售"), ("item_cooked", "散装熟食销售"),
        ("item_hot", "热食类制售"), ("item_cold", "冷食类制售"), ("item_raw", "生食类制售"),
        ("item_pastry", "糕点类制售"), ("item_drinks", "自制饮品制售"),
    )  # fmt: skip
    sheet.row(15, [Label("经营项目*", 30), Ticks(WIDTH - 30, items, step=35)])
    online = (("yes", "是"), ("no", "否"))
    sheet.row(
        9,
        [
            Label("是否网络经营", 30),
            Ticks(36, online, "online"),
            Label("网络平台（网址）", 36),
            Text("platform", WIDTH - 102),
        ],
    )
    sheet.row(
        10, [Label("食品安全管理员", 30), Text("manager", 57), Label("填表日期", 26), Text("filled_on", WIDTH - 113)]
    )
    sheet.row(14, [Label("变更内容", 30), Text("changes", WIDTH - 30, lines=True)])
    sheet.row(
        24,
        [
            Label("申请人声明", 30),
            Label(
                "已知悉《中华人民共和国食品安全法》对食品经营者的要求，所填内容和所附材料真实有效，设施设备和人员与申报一致，并接受现场核查。",
                WIDTH - 30,
                9.5,
                "l",
            ),
        ],
    )
    sheet.row(
        15, [Sign("applicant_signature", 100, "申请人签字（盖章）："), Label("　　　　年　　月　　日", WIDTH - 100)]
    )
    sheet.foot("第 1 页，共 2 页")
    sheet.new_page()
    sheet.heading("从业人员健康情况表", 16)
    sheet.row(
        9,
        [
            Label("序号", 14),
            Label("姓名", 30),
            Label("身份证件号码", 52),
            Label("岗位", 22),
            Label("健康证明编号", 30),
            Label("有效期至", WIDTH - 148),
        ],
    )
    sheet.rows(
        9, 8,
        [
            Text("s{row}_no", 14, align=1), Text("s{row}_name", 30), Text("s{row}_id", 52), Text("s{row}_job", 22),
            Text("s{row}_certificate", 30), Text("s{row}_until", WIDTH - 148),
        ],
    )  # fmt: skip
    sheet.row(30, [Label("审查意见", 30), Sign("officer_signature", WIDTH - 30, "审查人员签字（章）：")])
    sheet.foot("第 2 页，共 2 页")
    return sheet


def hygiene(fonts: PaperFonts) -> Sheet:
    """公共场所卫生许可申请书, one page of paper, to be scanned."""
    sheet = Sheet(fonts, "公共场所卫生许可申请书")
    sheet.note(DEMO, 7.5, 0.45)
    sheet.y = 24
    sheet.heading("公共场所卫生许可申请书", 21)
    sheet.y = 42
    sheet.row(11, [Label("单位名称", 32, 11), Text("name", WIDTH - 32)])
    sheet.row(14, [Label("经营地址", 32, 11), Text("address", WIDTH - 32, lines=True)])
    sheet.row(
        11, [Label("申请人姓名", 32, 11), Text("person", 55), Label("联系电话", 30, 11), Text("phone", WIDTH - 117)]
    )
    sheet.row(10, [Label("证件号码", 48, 11), Text("id_number", WIDTH - 48, cells=18)])
    kinds = (
        ("kind_hotel", "住宿"), ("kind_bath", "沐浴"), ("kind_barber", "理发"), ("kind_beauty", "美容"),
        ("kind_swim", "游泳"), ("kind_amusement", "文化娱乐"), ("kind_shop", "商场书店"),
    )  # fmt: skip
    sheet.row(15, [Label("场所类别", 32, 11), Ticks(WIDTH - 32, kinds, step=34)])
    sheet.row(
        11,
        [
            Label("使用面积", 32, 11), Text("area", 55, after="平方米", align=2), Label("从业人数", 30, 11),
            Text("employees", WIDTH - 117, after="人", align=2),
        ],
    )  # fmt: skip
    water = (("water_municipal", "市政供水"), ("water_secondary", "二次供水"), ("water_own", "自建供水"))
    air = (("air_natural", "自然通风"), ("air_mechanical", "机械通风"), ("air_central", "集中空调"))
    sheet.row(10, [Label("生活饮用水", 32, 11), Ticks(WIDTH - 32, water, step=42)])
    sheet.row(10, [Label("通风方式", 32, 11), Ticks(WIDTH - 32, air, step=42)])
    sheet.row(10, [Label("座位（床位）数", 32, 11), Text("seats", WIDTH - 32)])
    sheet.row(9, [Label("从业人员", WIDTH, 11, bold=True)])
    sheet.row(9, [Label("姓名", 40), Label("身份证件号码", 66), Label("健康证明编号", WIDTH - 106)])
    sheet.rows(9, 5, [Text("staff_name", 40), Text("staff_id", 66), Text("staff_certificate", WIDTH - 106)])
    sheet.row(24, [Label("本单位承诺：所填内容真实，场所卫生条件符合国家卫生标准，并接受卫生监督。", WIDTH, 10.5, "l")])
    sheet.row(16, [Sign("signature", 100, "申请人签字："), Label("　　　　年　　月　　日", WIDTH - 100, 11)])
    sheet.foot("一式两份")
    return sheet


def draw_all(folder: Path, fonts: PaperFonts) -> dict[str, list[PlacedField]]:
    """Write the blanks; gives the boxes of each, for who writes a mapping."""
    made = {
        "individual-registration": registration(fonts),
        "food-licence": food(fonts),
        "hygiene-permit": hygiene(fonts),
    }
    for name, sheet in made.items():
        if name == "hygiene-permit":
            (folder / f"{name}.png").write_bytes(_scanned(sheet.flat()))
        else:
            (folder / f"{name}.pdf").write_bytes(sheet.with_fields())
    return {name: sheet.placed for name, sheet in made.items()}


def _scanned(pdf: bytes) -> bytes:
    """As a scanner gives it: a grey picture, sixteen shades of it so that the file stays small."""
    from PIL import Image

    picture = Image.open(io.BytesIO(pages_as_png(pdf, SCAN_DPI)[0])).convert("L").quantize(16)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for form, boxes in draw_all(target, load_fonts()).items():
        for box in boxes if form == "hygiene-permit" else ():
            print(form, box.state or box.name, [round(part, 1) for part in box.place])
    print(f"grid from {LEFT} mm, {WIDTH} mm wide")
