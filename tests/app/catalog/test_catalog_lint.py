"""Lint says everything at once: what load refuses and what only a reviewer would see."""

from __future__ import annotations

from pathlib import Path

import pytest
from spoil_catalog import spoil

import resources
from app.catalog.lint import Finding, lint

SIGNBOARD = "items/urban-signboard.yaml"
HYGIENE = "11330500MB1Y0416XH300012300900002"


def test_the_shipped_catalogue_is_clean() -> None:
    assert [str(finding) for finding in lint(resources.path("catalog"))] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (SIGNBOARD, "3331017008000\"", "333101700800\"", "实施编码有 30 位"),
        (SIGNBOARD, "Y3331017008000", "Y5331017008000", "结构不对"),
        (SIGNBOARD, "11330500MB1Y05824Y", "11330500MB1Y058242", "校验位不对"),
        (SIGNBOARD, "11330500MB1Y05824Y", "11330500MB1Y023162", "与部门“湖州市综合行政执法局”"),
        (SIGNBOARD, "promised_days: 1", "promised_days: 11", "承诺时限 11 长于法定时限 10"),
        (SIGNBOARD, "promised_days: 1", "promised_days: 10.5", "承诺时限 10.5 长于法定时限 10"),
        (SIGNBOARD, "promised_days: 1", "promised_days: 0.3", "最小半天"),
        ("departments.yaml", "11330500MB1Y0416XH", "11330500MB1Y0416XG", "统一社会信用代码"),
        ("catalog.yaml", "2026.11.3", "latest", "版本号“latest”不对"),
        ("elements/core.yaml", "minimum: 1, maximum: 9999", "minimum: 9, maximum: 1", "约束自相矛盾"),
        ("elements/core.yaml", "minimum: 1, maximum: 9999", "minimum: one", "不是有效的 JSON Schema"),
        ("elements/core.yaml", "  standard: GB 11643-1999\n", "", "没有写明出自哪个标准"),
        ("bundles/core.yaml", "11330500MB1Y05824Y333101700800001", HYGIENE, "列了两次"),
    ],
)  # fmt: skip
def test_each_guard_trips(folder: Path, name: str, old: str, new: str, says: str) -> None:
    spoil(folder, name, old, new)
    findings = lint(folder)
    assert [f for f in findings if f.file == name and says in f.message and f.todo and f.line > 0], findings


def test_items_of_one_bundle_may_not_contradict_each_other(folder: Path) -> None:
    spoil(
        folder,
        "items/market-individual-registration.yaml",
        "    - area\n",
        "    - {element: area, schema: {maximum: 9}}\n",
    )
    findings = lint(folder)
    assert [f for f in findings if f.file == "bundles/core.yaml" and "“premises.area”不能合并成一栏" in f.message]


def test_a_choice_without_codes_and_codes_without_a_choice(folder: Path) -> None:
    text = (folder / "elements/core.yaml").read_text(encoding="utf-8")
    text += (
        "a1: {title: 甲, type: choice, standard: 测试}\nb1: {title: 乙, type: text, standard: 测试, codes: {x: 子}}\n"
    )
    (folder / "elements/core.yaml").write_text(text, encoding="utf-8")
    messages = [f.message for f in lint(folder) if not f.soft]
    assert messages == ["choice 类型没有代码", "只有 choice 类型才有代码"]


def test_all_mistakes_are_told_at_once_in_order_of_place(folder: Path) -> None:
    spoil(folder, SIGNBOARD, "department: urban", "department: urbn")
    spoil(folder, "departments.yaml", "11330500MB1Y0416XH", "11330500MB1Y0416XG")
    line = spoil(folder, "materials/core.yaml", "tolerance_days: 20", "tolerance_days: 0")
    findings = lint(folder)
    assert line
    files = [f.file for f in findings]
    assert files == sorted(files)
    assert {"departments.yaml", SIGNBOARD, "items/health-public-place.yaml"} <= set(files)


def test_a_near_name_is_proposed(folder: Path) -> None:
    line = spoil(folder, SIGNBOARD, "department: urban", "department: urbn")
    assert Finding(SIGNBOARD, line, "没有这个部门：“urbn”", "是不是“urban”？否则先在 departments.yaml 里定义") in lint(
        folder
    )


def test_an_empty_folder_names_every_file(tmp_path: Path) -> None:
    files = {f.file for f in lint(tmp_path)}
    assert files == {"catalog.yaml", "departments.yaml", "roles.yaml", "elements/", "materials/", "items/"}
