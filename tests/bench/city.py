"""A made-up city with as many situations as asked for, for measuring the search."""

from __future__ import annotations

import random

from app.domain.item import Bundle, Catalog, Department, Item, MainItem

_OFFICES = "公安 市场监督管理 卫生健康 人力资源和社会保障 医疗保障 住房和城乡建设 交通运输 农业农村 文化广电旅游 应急管理 生态环境 教育 民政 自然资源 水利 税务 商务 司法 退役军人事务 综合行政执法"
_THINGS = "食品经营 药品零售 公共场所 道路运输 建筑施工 危险化学品 医疗机构 护士执业 教师资格 养老机构 民办学校 出版物零售 营业性演出 户外广告 排水 取水 种子生产 动物防疫 特种设备 计量器具 劳务派遣 人力资源服务 旅行社 娱乐场所 互联网上网服务 烟花爆竹 典当 保安服务 公章刻制 机动车 驾驶证 居住证 身份证 护照 户口 出生 婚姻 社会团体 基金会 律师事务所 公证 司法鉴定 房屋买卖 不动产 土地使用 农药经营 兽药经营 水产养殖 林木采伐 烟草专卖 粮食收购 燃气经营 供热 环境影响评价 辐射安全 排污 职业病防护 放射诊疗 母婴保健 生育 失业 工伤 养老保险 医疗保险 公积金 残疾人 低保 特困 临时救助 军人 优抚 理发店 美容院 健身房 游泳馆 宠物医院 便利店 餐饮服务 小作坊 网约车 货运 客运 船舶 码头 快递"
_ACTS = "许可证核发 设立登记 变更登记 注销登记 备案 延续 补发 换发 年度检验 资格认定 信息查询 证明开具 转移接续 待遇申领 参保登记 补贴申请 审批 核准 验收 缴费"
_CASES = "首次申请 到期换证 遗失补办 名称变更 地址变更 法定代表人变更 经营范围变更 个人办理 单位办理 委托他人办理 集体办理 跨区迁移 外籍人员 未成年人 老年人 残疾人士 简易程序 一般程序 告知承诺 线上申报"
_DISTRICTS = "南浔区 吴兴区 德清县 长兴县 安吉县"


def city(situations: int, seed: int = 7) -> Catalog:
    """About four situations a main item; names repeat from district to district, as they do."""
    rng = random.Random(seed)
    departments = {
        f"d{n}": Department(f"d{n}", f"{where}{office}局", "", f"1133{n:04d}MB1Y0231623"[:18])
        for n, (where, office) in enumerate((w, o) for w in _DISTRICTS.split() for o in _OFFICES.split())
    }
    items: dict[str, Item] = {}
    mains: dict[str, MainItem] = {}
    while len(items) < situations:
        department = rng.choice(list(departments.values()))
        name = rng.choice(_THINGS.split()) + rng.choice(_ACTS.split())
        code = f"{department.uscc:0<18}3{len(mains):012d}"
        cases = rng.sample(_CASES.split(), rng.randint(1, 7))
        codes = []
        for n, case in enumerate(cases[: situations - len(items)], 1):
            item = _item(f"{code}{n:02d}", f"{name}（{case}）", department.id, case, code)
            items[item.code] = item
            codes.append(item.code)
        mains[code] = MainItem(code, name, "", department.id, tuple(codes))
    bundles = {}
    for n in range(situations // 100):
        thing = rng.choice(_THINGS.split())
        chosen = tuple(rng.sample(list(items), 3))
        bundles[f"bundle-{n}"] = Bundle(f"bundle-{n}", f"我要开{thing}", "", chosen, (f"开{thing}", f"办{thing}"))
    synonyms = {"驾照": ("驾驶证",), "结婚": ("婚姻",), "剪头发": ("理发店",), "我想": (), "怎么办": ()}
    return Catalog("bench", departments, {}, {}, items, bundles, mains, synonyms)


def _item(code: str, name: str, department: str, case: str, main: str) -> Item:
    return Item(
        code, name, f"Item {code[-6:]}", department, case, "即办件", 5, 1, "", "许可证", (), (), (case,), main=main
    )
