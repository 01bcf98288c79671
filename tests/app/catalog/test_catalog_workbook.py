"""Excel and back: nothing is lost, nothing becomes a formula, and a wrong cell is named."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from spoil_catalog import spoil

import resources
from app.catalog.cells import BadCell, decode, encode
from app.catalog.files import dump, read_files, write_files
from app.catalog.load import UnusableCatalog, load_catalog
from app.catalog.sheets import SHEETS
from app.catalog.synthetic import write_synthetic
from app.catalog.workbook import BadWorkbook, export_workbook, import_workbook, read_workbook
from app.domain.errors import BadInput

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
PLAIN = st.text(st.sampled_from("ab=|，㛃𠮷䶮𬭚\n\"[{}]_x000D_ '+-@1.e"), max_size=8)
EITHER = st.one_of(TEXTS, PLAIN)
VALUES = {
    "text": EITHER,
    "texts": st.lists(EITHER, max_size=4),
    "pairs": st.dictionaries(EITHER, EITHER, max_size=4),
    "when": st.dictionaries(EITHER, st.lists(EITHER, max_size=3), max_size=3),
    "count": st.integers(0, 100_000),
    "flag": st.booleans(),
    "json": st.dictionaries(EITHER, st.one_of(EITHER, st.integers(), st.booleans(), st.lists(EITHER)), max_size=3),
}


# The small catalogue lies in tmp_path / "catalog" for every test here.
pytestmark = pytest.mark.usefixtures("folder")


def round_trip(folder: Path, tmp_path: Path) -> None:
    export_workbook(folder, tmp_path / "book.xlsx")
    import_workbook(tmp_path / "book.xlsx", tmp_path / "back")
    assert load_catalog(tmp_path / "back") == load_catalog(folder)
    before, after = read_files(folder)[0], read_files(tmp_path / "back")[0]
    assert after == before
    assert list(after) == list(before)


def test_the_shipped_catalogue_survives_the_round_trip(tmp_path: Path) -> None:
    round_trip(resources.path("catalog"), tmp_path)


def test_a_made_up_city_survives_the_round_trip(tmp_path: Path) -> None:
    write_synthetic(tmp_path / "city", situations=150, seed=7, bundles=12)
    round_trip(tmp_path / "city", tmp_path)


def test_what_is_rarely_said_survives_the_round_trip(folder: Path, tmp_path: Path) -> None:
    """Two languages, none of the main item's materials, synonyms, texts that look like formulas."""
    (folder / "synonyms.yaml").write_text("发廊: [美发店, 理发店]\n", encoding="utf-8")
    path = folder / "items/urban-signboard.yaml"
    text = path.read_text(encoding="utf-8")
    main = """questions:
  - id: kind
    text: 哪种招牌？
    text_en: Which sign?
    options: {"yes": {text: 灯箱, text_en: Light box}, "no": "=1+1"}
fields: {applicant: [name]}
materials: [identity_document]
sub_items:
"""
    second = """      - no: "02"
        name: "@㛃𠮷䶮𬭚招牌"
        situation: "+86"
        when: {answer.kind: ["no"]}
        kind: 承诺件
        legal_days: 3
        promised_days: 1.5
        result: "-"
        materials: []
        elements: {办理地点: "=cmd|' /C calc'!A0"}
"""
    text = text.replace("sub_items:\n", main).replace(
        "situation: 门楣", 'when: {answer.kind: ["yes"]}\n        situation: 门楣'
    )
    path.write_text(text + second, encoding="utf-8")
    round_trip(folder, tmp_path)
    item = load_catalog(tmp_path / "back").items["11330500MB1Y05824Y333101700800002"]
    assert item.materials == ()
    assert item.promised_days == 1.5
    assert item.elements["行使层级"] == "市级"
    assert item.elements["办理地点"] == "=cmd|' /C calc'!A0"


def test_texts_never_become_formulas(folder: Path, tmp_path: Path) -> None:
    spoil(folder, "departments.yaml", "name: 湖州市市场监督管理局", 'name: "==1"')
    spoil(folder, "departments.yaml", "name: 湖州市公安局", 'name: "=HYPERLINK(1)"')
    export_workbook(folder, tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/")]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet]
    page = load_workbook(tmp_path / "book.xlsx")["部门"]
    cells = [cell for row in page.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(cells) == 2
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_the_sheets_are_made_for_people(tmp_path: Path) -> None:
    export_workbook(tmp_path / "catalog", tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames == [sheet.title for sheet in SHEETS]
    for page in book:
        assert page.freeze_panes == "A2"
        assert all(cell.font.bold for cell in page[1])
    rules = book["情形"].data_validations.dataValidation
    assert {'"即办件,承诺件"', '"是,否"'} <= {rule.formula1 for rule in rules}
    assert book["主项"].column_dimensions["A"].width > 30


def spoilt(tmp_path: Path, change: Callable[[Workbook], None]) -> Path:
    path = tmp_path / "book.xlsx"
    export_workbook(tmp_path / "catalog", path)
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def column(sheet: str, title: str) -> int:
    (found,) = [s for s in SHEETS if s.title == sheet]
    return [c.title for c in found.columns].index(title) + 1


@pytest.mark.parametrize(
    ("sheet", "row", "title", "value", "says"),
    [
        ("情形", 3, "法定时限", "三天", "“三天”不是不小于 0 的整数"),
        ("情形", 3, "法定时限", -1, "“-1”不是不小于 0 的整数"),
        ("情形", 3, "情形号", 1, "是数字或者日期，不是文字"),
        ("情形", 3, "办件类型", "马上办", "“马上办”不对"),
        ("情形", 3, "主项编码", "11330500MB1Y0416XH3000123009999", "不在表“主项”里"),
        ("情形", 3, "情形", None, "是空的"),
        ("情形", 3, "名称", "=A1", "是公式"),
        ("材料", 2, "收原件", "对", "“对”不对"),
        ("材料", 2, "文件", "../../evil.yaml", "文件名“../../evil.yaml”不对"),
        ("材料", 2, "文件", "items/evil.yaml", "文件名“items/evil.yaml”不对"),
        ("材料", 3, "编号", "identity_document", "与第 2 行重复"),
        ("数据元", 2, "约束", "{minimum: 1}", "JSON 写得不对"),
        ("角色", 3, "叫法", "name", "里没有等号"),
        ("角色", 3, "叫法", "name=甲\nname=乙", "“name”写了两次"),
        ("情形字段", 2, "数据元", "nmae", "“nmae”不在表“数据元”里"),
        ("情形字段", 2, "情形号", "77", "“77”不是这个主项的情形"),
        ("情形字段", 2, "条件", '{"a": [1]}', "JSON 里有不是文字的值"),
        ("情形材料", 2, "材料", "identity", "不在表“材料”里"),
        ("一件事事项", 2, "一件事", "open-a-shop", "不在表“一件事”里"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, sheet: str, row: int, title: str, value: Any, says: str) -> None:
    path = spoilt(tmp_path, lambda book: book[sheet].cell(row, column(sheet, title), value) and None)
    if value is None:
        book = load_workbook(path)
        book[sheet].cell(row, column(sheet, title)).value = None
        book.save(path)
    with pytest.raises(BadWorkbook) as caught:
        import_workbook(path, tmp_path / "back")
    told = [f for f in caught.value.findings if (f.file, f.line) == (sheet, row) and says in f.message]
    assert told, [str(f) for f in caught.value.findings]
    assert told[0].message.startswith(f"表“{sheet}”第 {row} 行“{title}”")
    assert told[0].todo
    assert not (tmp_path / "back").exists()


def test_missing_and_strange_sheets_and_columns_are_named(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book.remove(book["近义词"])
        book["部门"].cell(1, 2).value = "名衬"

    with pytest.raises(BadWorkbook) as caught:
        read_workbook(spoilt(tmp_path, change))
    messages = [finding.message for finding in caught.value.findings]
    assert "没有表“近义词”" in messages
    assert "表“部门”没有列“名称”" in messages
    assert "表“部门”的列“名衬”不认识" in messages
    assert "共" in caught.value.what


def test_a_main_item_without_situations_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadWorkbook) as caught:
        read_workbook(spoilt(tmp_path, lambda book: book["情形"].delete_rows(2)))
    told = {(finding.file, finding.line): finding.message for finding in caught.value.findings}
    assert "在表“情形”里一行也没有" in told["主项", 2]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"<html>"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "book.xlsx").write_bytes(content)
    with pytest.raises(BadInput, match="打不开"):
        read_workbook(tmp_path / "book.xlsx")
    with pytest.raises(BadInput, match="没有文件"):
        read_workbook(tmp_path / "other.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 201_000_000)
    with pytest.raises(BadInput, match="太大"):
        read_workbook(tmp_path / "book.xlsx")


def test_a_catalogue_with_mistakes_is_not_exported(folder: Path, tmp_path: Path) -> None:
    spoil(folder, "roles.yaml", "order: 10", "order: first")
    with pytest.raises(UnusableCatalog):
        export_workbook(folder, tmp_path / "book.xlsx")
    assert not list(tmp_path.glob("*.xlsx*"))


def test_importing_replaces_the_catalogue_and_leaves_other_files(folder: Path, tmp_path: Path) -> None:
    export_workbook(folder, tmp_path / "book.xlsx")
    (folder / "README.txt").write_text("keep", encoding="utf-8")
    (folder / "items/old.yaml").write_text("code: x", encoding="utf-8")
    import_workbook(tmp_path / "book.xlsx", folder)
    assert (folder / "README.txt").exists()
    assert not (folder / "items/old.yaml").exists()
    load_catalog(folder)


def test_a_folder_that_is_no_catalogue_is_left_alone(tmp_path: Path) -> None:
    export_workbook(tmp_path / "catalog", tmp_path / "book.xlsx")
    with pytest.raises(BadInput, match="没有 catalog"):
        import_workbook(tmp_path / "book.xlsx", tmp_path)
    with pytest.raises(BadInput, match="不属于事项目录"):
        write_files(tmp_path / "new", {"items/../../evil.yaml": {}})


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_every_cell_is_read_as_it_was_written(kind: str) -> None:
    @settings(max_examples=150, deadline=None)
    @given(VALUES[kind])
    def check(value: Any) -> None:
        assert decode(kind, encode(kind, value)) == value

    check()


@settings(max_examples=25, deadline=None)
@given(st.lists(EITHER, min_size=1, max_size=30))
def test_cells_survive_the_file_itself(values: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Workbook()
        for number, value in enumerate(values, 1):
            cell = book.worksheets[0].cell(number, 1)
            cell.value = encode("text", value)
            cell.data_type = "s"
        book.save(Path(folder) / "book.xlsx")
        page = load_workbook(Path(folder) / "book.xlsx", read_only=True).worksheets[0]
        assert [decode("text", row[0].value) for row in page.iter_rows()] == values
        page.parent.close()


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(EITHER, st.one_of(EITHER, st.integers(), st.booleans(), st.lists(EITHER)), max_size=5))
def test_yaml_is_read_as_it_was_written(value: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalog.yaml"
        path.write_text(dump(value), encoding="utf-8", newline="")
        files, _ = read_files(Path(folder))
        assert files["catalog.yaml"] == value


def test_a_bad_cell_says_what_to_do() -> None:
    with pytest.raises(BadCell, match="不对") as caught:
        decode("flag", "也许")
    assert caught.value.todo == "填是或者否"
