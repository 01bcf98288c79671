"""`yichuang catalog lint|export|import` as support staff use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from spoil_catalog import spoil

from app.catalog.load import load_catalog
from app.cli import main


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def test_lint_names_file_and_line_and_exits_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = spoil(folder, "items/urban-signboard.yaml", "department: urban", "department: urbn")
    assert main(["catalog", "lint", str(folder)]) == 1
    told, _ = lines(capsys)
    assert {
        "file": "items/urban-signboard.yaml",
        "line": line,
        "message": "没有这个部门：“urbn”",
        "todo": "是不是“urban”？否则先在 departments.yaml 里定义",
        "soft": False,
    } in told


def test_soft_findings_are_told_and_pass(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, "departments.yaml", "  name_en: Huzhou Health Commission\n", "")
    assert main(["catalog", "lint", str(folder)]) == 0
    told, _ = lines(capsys)
    assert [finding["soft"] for finding in told if "没有英文" in finding["message"]] == [True]


def test_only_a_sound_catalogue_is_accepted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "locks.yaml").unlink(missing_ok=True)
    spoil(folder, "items/urban-signboard.yaml", "promised_days: 1", "promised_days: 11")
    assert main(["catalog", "lint", str(folder), "--accept", "张核准"]) == 1
    assert "没有写入 locks.yaml" in lines(capsys)[1]
    assert not (folder / "locks.yaml").exists()
    spoil(folder, "items/urban-signboard.yaml", "promised_days: 11", "promised_days: 2")
    assert main(["catalog", "lint", str(folder), "--accept", "张核准"]) == 0
    assert "accepted_by: 张核准" in (folder / "locks.yaml").read_text(encoding="utf-8")


def test_out_to_excel_and_back(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "export", str(folder), str(tmp_path / "目录.xlsx")]) == 0
    assert main(["catalog", "import", str(tmp_path / "目录.xlsx"), str(tmp_path / "back")]) == 0
    assert load_catalog(tmp_path / "back") == load_catalog(folder)
    capsys.readouterr()
    book = load_workbook(tmp_path / "目录.xlsx")
    book["情形"]["C2"].value = 1
    book.save(tmp_path / "目录.xlsx")
    assert main(["catalog", "import", str(tmp_path / "目录.xlsx"), str(tmp_path / "again")]) == 1
    told, err = lines(capsys)
    assert (told[0]["sheet"], told[0]["row"]) == ("情形", 2)
    assert "工作簿不能导入" in err


def test_what_is_no_workbook_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book.xlsx").write_text("no", encoding="utf-8")
    assert main(["catalog", "import", str(tmp_path / "book.xlsx"), str(tmp_path / "back")]) == 2
    assert "打不开" in lines(capsys)[1]
