"""The shipped forms are sound; each mistake of a mapping is told by file and line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from official_kit import pdf_with, text_field

import resources
from app.cli import main
from app.demo.blank_sheet import PlacedField
from app.documents.official.forms import OfficialForms, form_folders, known_forms
from app.documents.official.lint import lint_official
from app.domain.errors import BadInput

SOUND = """\
title: 样表
kind: acroform
blank: sample.pdf
boxes:
  a: {label: 姓名, text: "{applicant.name}"}
  b: {label: 男, tick: {applicant.sex: ["1"]}}
  c: {label: 性别, choose: applicant.sex, options: {"1": x, "2": y, "0": "", "9": ""}}
tables:
  t:
    table: household.household_members
    rows: 1
    columns: {name: "n{row}"}
"""
OVERLAY = """\
title: 样表
kind: overlay
blank: sample.pdf
boxes:
  a: {label: 姓名, page: 1, at: [20, 20, 60, 8], text: "{applicant.name}"}
"""


ITEM = """\
code: "11330500MB1Y0231623000131004000"
name: 样
department: market
type: 行政确认
kind: 即办件
legal_days: 3
promised_days: 1
legal_basis: 样
result: 样
official: [sample]
sub_items:
  - name: 样
    situations:
      - no: "01"
        situation: 样
        fields:
          applicant: [name, sex]
          household: [{element: household_members, columns: [name]}]
        materials: []
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of two items that use the sample form."""
    folder = tmp_path_factory.mktemp("catalog")
    shipped = resources.path("catalog")
    for name in (
        "catalog.yaml",
        "departments.yaml",
        "roles.yaml",
        "elements/people-and-firms.yaml",
        "elements/core.yaml",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(shipped / name, folder / name)
    (folder / "materials").mkdir()
    (folder / "materials/none.yaml").write_text("{}\n", "utf-8")
    (folder / "items").mkdir()
    (folder / "items/one.yaml").write_text(ITEM, "utf-8")
    return folder


def findings(catalog: Path, folder: Path, text: str, blank: bytes | None = None) -> list[str]:
    fields = [
        text_field("a", (20, 20, 60, 8)),
        PlacedField("b", "tick", 0, (20, 40, 4, 4)),
        PlacedField("c", "radio", 0, (20, 60, 4, 4), state="x"),
        PlacedField("c", "radio", 0, (30, 60, 4, 4), state="y"),
        text_field("n1", (20, 80, 60, 8)),
        PlacedField("s", "sign", 0, (20, 100, 40, 8)),
    ]
    (folder / "sample.pdf").write_bytes(pdf_with(fields) if blank is None else blank)
    (folder / "sample.yaml").write_text(text, encoding="utf-8")
    return [f"{'soft ' * f.soft}{f.line}: {f.message}" for f in lint_official(catalog, (folder,))]


def test_the_shipped_forms_are_sound() -> None:
    assert lint_official(resources.path("catalog")) == []
    assert set(known_forms(form_folders())) == {"individual-registration", "food-licence", "hygiene-permit"}


def test_a_sound_form_has_no_findings(catalog: Path, tmp_path: Path) -> None:
    assert findings(catalog, tmp_path, SOUND) == []
    assert findings(catalog, tmp_path, OVERLAY) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: 样表\n", "", 1, "缺少“title”"),
        ("kind: acroform", "kind: pdf", 2, "kind“pdf”不对"),
        ("sample.pdf", "no.pdf", 3, "找不到空白表样"),
        ("{applicant.name}", "{applicant.nmae}", 5, "没有字段“applicant.nmae”"),
        ("{applicant.name}", "{applicant.name", 5, "花括号"),
        ("{applicant.name}", "{applicant.name:year}", 5, "不是日期"),
        ("{applicant.name}", "{applicant.name:capital}", 5, "不是数字"),
        ("{applicant.name}", "{household.household_members}", 5, "是表格"),
        ("{applicant.name}", "{mother.name}", 5, "soft 都不问“mother.name”"),
        ("label: 姓名, ", "label: 姓名, size: 90, ", 5, "字号 90"),
        ("label: 姓名, ", "label: 姓名, least: 20, ", 5, "最小字号"),
        ("label: 姓名, ", "label: 姓名, overflow: cut, ", 5, "overflow“cut”"),
        ("label: 姓名, ", "label: 姓名, by_hand: true, ", 5, "之一"),
        ("label: 姓名, ", "label: 姓名, at: [1, 2, 3, 4], ", 5, "不用写“at”"),
        ("label: 姓名, ", "lable: 姓名, ", 5, "不认识的名称“lable”"),
        ("  a: {", "  z: {", 5, "没有表单域“z”"),
        ('tick: {applicant.sex: ["1"]}', 'tick: {applicant.sex: ["5"]}', 6, "没有代码“5”"),
        ('tick: {applicant.sex: ["1"]}', 'text: "{applicant.sex}"', 6, "不能用 text 填"),
        ("choose: applicant.sex", "choose: applicant.name", 7, "不是选择项"),
        ('"2": y', '"2": z', 7, "代码“2”在表单域“c”里没有对应的选项"),
        ('"2": y', '"5": y', 7, "没有代码“5”"),
        ("household.household_members", "applicant.name", 10, "不是表格"),
        ("rows: 1", "rows: 0", 11, "至少要有一行"),
        ('{name: "n{row}"}', '{phone: "n{row}"}', 12, "没有列“phone”"),
        ('{name: "n{row}"}', '{name: "x{row}"}', 12, "没有表单域“x1”"),
        ('  b: {label: 男, tick: {applicant.sex: ["1"]}}\n', "", 4, "soft 表单域“b”没有对应的内容"),
        ("blank: sample.pdf\n", "blank: sample.pdf\nmaterials: [nothing]\n", 4, "没有材料“nothing”"),
    ],
)
def test_each_mistake_is_told_by_line(
    catalog: Path, tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in SOUND
    found = findings(catalog, tmp_path, SOUND.replace(old, new))
    wanted = message.removeprefix("soft ")
    hits = [one for one in found if wanted in one]
    assert hits, found
    assert any(re.match(rf"(soft )?{line}: ", one) for one in hits), found
    assert hits[0].startswith("soft ") is message.startswith("soft ")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("page: 1", "page: 2", "没有第 2 页"),
        ("[20, 20, 60, 8]", "[180, 20, 60, 8]", "不在纸内"),
        ("[20, 20, 60, 8]", "[20, 20, 60]", "4 个数字"),
        ('text: "{applicant.name}"', "choose: applicant.sex", "不能用 choose"),
        (", at: [20, 20, 60, 8]", "", "缺少“at”"),
        (
            "boxes:\n",
            "boxes:\n  b: {page: 1, at: [70, 22, 20, 8], text: '{applicant.name}'}\n",
            "重叠",
        ),
    ],
)
def test_mistakes_of_an_overlay_are_told(catalog: Path, tmp_path: Path, old: str, new: str, message: str) -> None:
    assert any(message in one for one in findings(catalog, tmp_path, OVERLAY.replace(old, new)))


def test_a_required_field_without_a_value_is_hard(catalog: Path, tmp_path: Path) -> None:
    blank = pdf_with([text_field("a", (20, 20, 60, 8)), text_field("must", (20, 40, 60, 8), flags=2)])
    text = "title: 样\nkind: acroform\nblank: sample.pdf\nboxes:\n  a: {text: '{applicant.name}'}\n"
    assert findings(catalog, tmp_path, text, blank) == ["4: 必填的表单域“must”没有对应的内容"]
    text += "  must: {by_hand: true}\n"
    assert findings(catalog, tmp_path, text, blank) == []


def test_an_item_that_names_no_form_there_is_told(catalog: Path, tmp_path: Path) -> None:
    found = lint_official(catalog, (tmp_path,))
    assert {(f.file, f.message) for f in found} == {("items/one.yaml", "没有官方表样“sample”")}
    assert found[0].line > 1


def test_a_city_s_own_form_comes_before_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "official"
    own.mkdir()
    blank = pdf_with([text_field("a", (20, 20, 60, 8))])
    (own / "own.pdf").write_bytes(blank)
    (own / "hygiene-permit.yaml").write_text("title: 本市表样\nkind: acroform\nblank: own.pdf\nboxes: {}\n", "utf-8")
    forms = OfficialForms(form_folders(tmp_path))
    assert forms.form("hygiene-permit").title == "本市表样"
    assert forms.form("food-licence").title == "食品经营许可申请书"
    with pytest.raises(BadInput, match="nothing"):
        forms.form("nothing")


def test_a_form_with_mistakes_is_not_filled(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("title: 样\nkind: acroform\n", "utf-8")
    with pytest.raises(BadInput, match=r"x\.yaml 第 1 行"):
        OfficialForms([tmp_path]).form("x")


def test_the_command_lints(tmp_path: Path, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", "official", "lint"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["form", "official", "lint", str(catalog)]) == 1  # its items name a form that nobody has
    assert '"line": ' in capsys.readouterr().out
    assert main(["form", "official", "lint", str(tmp_path / "no")]) == 2
