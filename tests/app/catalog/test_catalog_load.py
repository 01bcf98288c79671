"""The shipped catalogue loads, fast; a spoilt one is refused by file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spoil_catalog import spoil

import resources
from app.catalog.load import UnusableCatalog, load_catalog
from app.domain.errors import BadInput
from app.domain.item import Catalog, ElementType
from app.domain.person import CardType


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(resources.path("catalog"))


def test_the_barber_bundle_joins_three_departments(catalog: Catalog) -> None:
    items = catalog.items_of("open-a-barber-shop")
    assert [item.name for item in items] == [
        "个体工商户设立登记",
        "公共场所卫生许可（美容美发场所）",
        "户外招牌设置备案",
    ]
    assert len({item.department for item in items}) == 3
    assert all(10 <= len(item.fields) <= 18 for item in items)
    assert catalog.version == "2026.11.3"


def test_codes_of_people_are_complete(catalog: Catalog) -> None:
    nations = catalog.elements["nation"].codes
    assert len(nations) == 58
    assert [f"{n:02}" for n in range(1, 57)] == list(nations)[:56]
    assert nations["47"] == "保安族"
    assert set(catalog.elements["id_type"].codes) == set(CardType)
    assert catalog.elements["id_type"].codes == {kind.value: kind.label for kind in CardType}
    assert catalog.elements["sex"].codes["1"] == "男"


def test_elements_are_typed_and_sourced(catalog: Catalog) -> None:
    assert catalog.elements["area"].type is ElementType.DECIMAL
    assert catalog.elements["area"].unit == "平方米"
    assert catalog.elements["id_number"].standard == "GB 11643-1999"
    assert catalog.elements["phone"].personal
    assert not catalog.elements["trade"].personal


@pytest.mark.parametrize(
    ("plate", "right"),
    [
        *((plate, True) for plate in ("浙E12345", "浙EA123B", "浙E1234挂", "浙E1234学", "浙E1234警")),
        *((plate, True) for plate in ("粤Z1234港", "粤Z1234澳", "使014578", "224578使", "沪A0023领", "沪22478领")),
        *((plate, True) for plate in ("浙ED12345", "浙EFA1234", "浙E12345D")),
        *((plate, False) for plate in ("浙E1234", "浙E123456", "浙EL12345", "浙I12345", "浙E1234O", "浙E12挂45")),
        *((plate, False) for plate in ("E12345", "湖E12345", "浙E12345挂", "使01457", "浙E12345 ")),
    ],
)
def test_plates_are_those_of_ga_36(catalog: Catalog, plate: str, right: bool) -> None:
    pattern = str(catalog.elements["plate_number"].schema["pattern"])
    assert bool(re.search(pattern, plate)) is right


def test_materials_are_shared_and_an_items_wording_is_the_roles(catalog: Catalog) -> None:
    registration, hygiene, signboard = catalog.items_of("open-a-barber-shop")
    proofs = [m for item in (registration, hygiene, signboard) for m in item.materials if m.id == "premises_use_proof"]
    assert len(proofs) == 3
    assert proofs[0].waived_by == ("real_estate_certificate",)
    titles = {use.key: use.title for use in registration.fields}
    assert titles["business.name"] == "字号名称"
    assert titles["applicant.name"] == ""


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("items/urban-signboard.yaml", "department: urban", "department: urbn", "没有这个部门：“urbn”"),
        ("items/urban-signboard.yaml", "            - text", "            - txet", "没有这个数据元：“txet”"),
        ("items/urban-signboard.yaml", "  signboard:", "  signbord:", "没有这个角色：“signbord”"),
        ("items/urban-signboard.yaml", "  - signboard_consent", "  - consent", "没有这个材料：“consent”"),
        ("items/urban-signboard.yaml", "legal_days: 10", "legal_days: ten", "应为不小于 0 的整数"),
        ("items/urban-signboard.yaml", "promised_days: 1", "promised_days: 0.25", "不小于 0 的天数，最小半天"),
        ("items/urban-signboard.yaml", "promised_days: 1", "promised_days: '0.5'", "不小于 0 的天数，最小半天"),
        ("items/urban-signboard.yaml", "promised_days: 1", "promised_days: -0.5", "不小于 0 的天数，最小半天"),
        ("items/urban-signboard.yaml", "legal_days: 10", "legal_days: 0.5", "应为不小于 0 的整数"),
        ("items/urban-signboard.yaml", "kind: 即办件", "kind: 马上办", "办件类型“马上办”不对"),
        (
            "items/urban-signboard.yaml",
            "            - name\n          premises",
            "            - name\n            - name\n          premises",
            "问了两次",
        ),
        ("items/urban-signboard.yaml", "legal_days: 10", "legal_day: 10", "不认识的名称“legal_day”"),
        ("bundles/core.yaml", "11330500MB1Y05824Y333101700800001", "11330500MB1Y05824Y333101700800002", "没有这个事项"),
        ("elements/core.yaml", '{"1": 男,', "{1: 男,", "应为文字，却是 1"),
        ("elements/core.yaml", "type: choice", "type: chioce", "不认识的类型“chioce”"),
        ("roles.yaml", "order: 10", "order: first", "应为不小于 0 的整数"),
        ("materials/core.yaml", "promise: true", 'promise: "yes"', "应为 true 或者 false"),
        ("departments.yaml", "health:", "market:", "“market”重复出现"),
        ("catalog.yaml", "version:", "version", "YAML"),
        ("catalog.yaml", '"2026.11.3"', "2026.11", "应为文字"),
    ],
)
def test_a_mistake_is_refused_by_file_and_line(folder: Path, name: str, old: str, new: str, says: str) -> None:
    line = spoil(folder, name, old, new)
    with pytest.raises(BadInput) as caught:
        load_catalog(folder)
    assert says in caught.value.what
    assert caught.value.todo
    named = caught.value.what.partition(" 第 ")[2].partition(" 行")[0]
    assert caught.value.what.startswith(name)
    # A missing or double name is told at its own line or the next one.
    assert 0 <= int(named) - line <= 1


def test_a_missing_file_and_another_encoding_are_refused(folder: Path) -> None:
    (folder / "roles.yaml").write_bytes("applicant: 申请人".encode("gb18030"))
    with pytest.raises(BadInput, match=r"roles\.yaml：文件读不出来：不是 UTF-8 编码"):
        load_catalog(folder)
    (folder / "roles.yaml").unlink()
    with pytest.raises(BadInput, match=r"roles\.yaml：文件不存在"):
        load_catalog(folder)


def test_two_items_with_one_code_are_refused(folder: Path) -> None:
    text = (folder / "items/urban-signboard.yaml").read_text(encoding="utf-8")
    (folder / "items/zz-copy.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"zz-copy\.yaml 第 1 行：主项编码与 items/urban-signboard\.yaml:1 重复"):
        load_catalog(folder)


def test_rare_characters_survive(folder: Path) -> None:
    spoil(folder, "departments.yaml", "湖州市综合行政执法局", "㛃𠮷䶮𬭚执法局")
    assert load_catalog(folder).departments["urban"].name == "㛃𠮷䶮𬭚执法局"


def test_yaml_cannot_build_objects(folder: Path) -> None:
    spoil(folder, "elements/core.yaml", "schema: {x-not-after: today}", "schema: !!python/object/apply:os.getcwd []")
    with pytest.raises(BadInput, match="读不懂"):
        load_catalog(folder)


def test_texts_that_old_yaml_takes_for_something_else(folder: Path) -> None:
    spoil(folder, "departments.yaml", "name_en: Huzhou Health Commission", "name_en: no")
    spoil(folder, "roles.yaml", "title_en: Newborn", "title_en: 12:30")
    catalog = load_catalog(folder)
    assert catalog.departments["health"].name_en == "no"
    assert catalog.roles["newborn"].title_en == "12:30"


def test_an_alias_says_the_same_again_but_not_without_end(folder: Path) -> None:
    spoil(folder, "departments.yaml", "name_en: Huzhou Health Commission", "name_en: &same Commission")
    spoil(folder, "departments.yaml", "name_en: Huzhou Public Security Bureau", "name_en: *same")
    assert load_catalog(folder).departments["police"].name_en == "Commission"
    (folder / "synonyms.yaml").write_text("发廊: &endless [*endless]\n", encoding="utf-8")
    with pytest.raises(BadInput, match="没完没了"):
        load_catalog(folder)


def test_a_small_file_that_unfolds_to_a_large_one_is_refused(folder: Path) -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
    (folder / "synonyms.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadInput, match=r"synonyms\.yaml"):
        load_catalog(folder)


def test_all_mistakes_come_with_the_refusal(folder: Path) -> None:
    spoil(folder, "roles.yaml", "order: 10", "order: first")
    spoil(folder, "departments.yaml", "name: 湖州市公安局", "nmae: 湖州市公安局")
    with pytest.raises(UnusableCatalog, match="共 3 处错误") as caught:
        load_catalog(folder)
    assert [finding.file for finding in caught.value.findings] == ["departments.yaml", "departments.yaml", "roles.yaml"]


def test_what_the_main_item_says_holds_until_a_situation_says_otherwise(folder: Path) -> None:
    path = folder / "items/urban-signboard.yaml"
    second = """      - no: "02"
        situation: 大型
        kind: 承诺件
        legal_days: 20
        promised_days: 9
        result: 备案回执
        version: 4
        elements: {咨询电话: 0572-99999}
        fields: {signboard: [text]}
"""
    path.write_text(path.read_text(encoding="utf-8") + second, encoding="utf-8")
    catalog = load_catalog(folder)
    main = catalog.mains["11330500MB1Y05824Y3331017008000"]
    first, other = (catalog.items[code] for code in main.items)
    assert (first.version, other.version) == (2, 4)
    assert other.name == "户外招牌设置备案"
    assert (other.sub, other.legal_basis, other.type) == ("", first.legal_basis, "其他行政权力")
    assert other.elements["咨询电话"] == "0572-99999"
    assert other.elements["行使层级"] == first.elements["行使层级"] == "市级"
    assert first.elements["咨询电话"] == "0572-12345"
    assert [use.key for use in other.fields] == ["signboard.text"]
    assert other.materials == ()


def test_what_an_issued_licence_says_is_not_called_the_old_ones(catalog: Catalog) -> None:
    """The number of a permit is the old one's on an item's form, by that item's own title, and nowhere else."""
    issuing = [item for item in catalog.items.values() if item.issues is not None]
    assert issuing
    for item in issuing:
        plan = item.issues
        assert plan is not None
        said = [key for key in (plan.number.element, plan.valid_to, *plan.facts, *plan.states) if key]
        assert [key for key in said if catalog.elements[key.partition(".")[2]].title.startswith("原")] == []
        asked = {use.key: use.title for use in item.fields}
        assert asked[plan.number.element] == "原居住证号码"
