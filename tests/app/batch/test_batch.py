"""Tables of many rows: what people hand in, what is wrong with it, how it is mended."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import openpyxl
import pytest
from batch_kit import HEADINGS, TODAY, good_row, id_number, table_field, workbook
from hypothesis import given
from hypothesis import strategies as st

from app.batch import source
from app.batch.check import start_worker
from app.batch.columns import ColumnMatcher
from app.batch.save import pack_rows, save_marked, unpack_rows
from app.batch.session import BatchTable
from app.batch.source import RawTable, read_file
from app.domain.errors import BadInput, EnvironmentProblem
from app.identity.numbers import check_number

FIELD = table_field()
MATCH = ColumnMatcher(FIELD)


def opened(path: Path) -> BatchTable:
    table = BatchTable(read_file(path, MATCH.count), FIELD, TODAY, check_number)
    assert table.check_all()
    return table


def messages(table: BatchTable, row: int) -> str:
    return "；".join(fault.message for fault in table.faults(row))


def test_a_firms_workbook_is_read_under_its_title_and_notes(tmp_path: Path) -> None:
    table = opened(workbook(tmp_path / "花名册.xlsx", [good_row(n) for n in range(5)]))
    assert (len(table), table.good, table.wrong) == (5, 5, ())
    assert table.sheet_row(0) == 4
    assert table.mapping == {"name": 0, "id_number": 1, "sex": 2, "date_from": 3, "wage": 4}
    first = next(table.good_rows())
    assert first == {
        "name": "王𠮷0",
        "id_number": id_number(0),
        "sex": "1" if int(id_number(0)[16]) % 2 else "2",
        "date_from": "2025-03-01",
        "wage": "6500",
    }


def test_each_wrong_cell_is_named(tmp_path: Path) -> None:
    rows = [
        good_row(1),
        ("", id_number(2), "男", "2025-02-30", -5, ""),
        ("李四", "330502199001011234", "雄", "20250301", 6500.5, ""),
        ("王五", 330502199001011234, "女", "", "", ""),
    ]
    table = opened(workbook(tmp_path / "a.xlsx", rows))
    assert table.wrong == (1, 2, 3)
    assert {fault.column for fault in table.faults(1)} == {"name", "date_from", "wage"}
    assert {fault.column for fault in table.faults(2)} == {"id_number", "sex"}
    assert "科学计数法" in messages(table, 3)
    assert [table.next_wrong(-1), table.next_wrong(1), table.next_wrong(3)] == [1, 2, 1]


def test_duplicates_name_each_others_rows_and_an_edit_frees_both(tmp_path: Path) -> None:
    rows = [good_row(1), good_row(2), (*good_row(1)[:1], id_number(1), *good_row(1)[2:])]
    table = opened(workbook(tmp_path / "a.xlsx", rows))
    assert table.wrong == (0, 2)
    assert "第 6 行重复" in messages(table, 0)
    assert "第 4 行重复" in messages(table, 2)
    touched = table.edit(2, "id_number", id_number(3))
    assert touched == {0, 2}
    assert table.wrong == ()
    assert table.good == 3
    table.edit(1, "id_number", id_number(3))
    assert table.wrong == (1, 2)


def test_only_what_an_edit_concerns_is_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = opened(workbook(tmp_path / "a.xlsx", [good_row(n) for n in range(50)]))
    checked = []
    real = table._check.check
    monkeypatch.setattr(table._check, "check", lambda row: checked.append(row) or real(row))
    table.edit(7, "wage", "七千")
    assert len(checked) == 1
    assert table.wrong == (7,)


def test_worker_processes_find_the_same(tmp_path: Path) -> None:
    rows = [good_row(n) if n % 7 else ("", "x", "雄", "?", -1, "") for n in range(4500)]
    path = workbook(tmp_path / "a.xlsx", rows)
    alone = opened(path)
    together = BatchTable(read_file(path, MATCH.count), FIELD, TODAY, check_number)
    seen: list[tuple[int, int]] = []
    with ProcessPoolExecutor(
        2, mp_context=get_context("spawn"), initializer=start_worker, initargs=(FIELD, TODAY, check_number)
    ) as pool:
        assert together.check_all(pool, lambda done, total: seen.append((done, total)))
    assert together.wrong == alone.wrong
    assert [together.faults(n) for n in together.wrong[:20]] == [alone.faults(n) for n in alone.wrong[:20]]
    assert seen[-1] == (4500, 4500)


def test_checking_stops_when_cancelled_and_keeps_what_it_has(tmp_path: Path) -> None:
    table = BatchTable(
        read_file(workbook(tmp_path / "a.xlsx", [good_row(n) for n in range(4100)]), MATCH.count), FIELD, TODAY, None
    )
    assert not table.check_all(cancelled=lambda: True)
    assert table.checked == 2000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_csv_in_every_encoding_offices_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerow(["㛃䶮", f'="{id_number(5)}"', good_row(5)[2], "2025/3/1", "6500", ""])
    table = opened(path)
    assert table.wrong == ()
    assert next(table.good_rows())["name"] == "㛃䶮"


def test_headings_are_matched_by_likeness_too() -> None:
    found = ColumnMatcher(FIELD).match(["序号", "职工姓名", "身份证件号码", "性 别", "入职 日期", "月工资"])
    assert found["sex"] == 3
    assert found["date_from"] == 4
    assert found["wage"] == 5
    assert len(set(found.values())) == len(found)


def test_missing_columns_are_told(tmp_path: Path) -> None:
    table = opened(workbook(tmp_path / "a.xlsx", [("甲", "男")], ("姓名", "性别")))
    assert table.unmatched == ("证件号码", "入职日期", "月工资")
    assert "请填写证件号码" in messages(table, 0)


def test_empty_rows_are_neither_good_nor_wrong(tmp_path: Path) -> None:
    table = opened(workbook(tmp_path / "a.xlsx", [good_row(1), ("", "", "", "", "", ""), good_row(2), ("",) * 6]))
    assert (len(table), table.good, table.wrong) == (3, 2, ())


def hostile(tmp_path: Path, kind: str) -> Path:
    path = tmp_path / f"{kind}.xlsx"
    if kind == "bomb":
        workbook(path, [good_row(1)])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/media/zeros.bin", bytes(40_000_000))
    elif kind == "torn":
        whole = workbook(path, [good_row(n) for n in range(200)]).read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    elif kind == "pdf":
        path.write_bytes(b"%PDF-1.7 not a table")
    elif kind == "binary":
        path.write_bytes(bytes(range(256)) * 40)
    elif kind == "no headings":
        workbook(path, [good_row(1)], ("甲", "乙"))
    elif kind == "no rows":
        workbook(path, [])
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", "x")
    elif kind == "wide":
        workbook(path, [tuple("x" * 300)], (*HEADINGS, *(f"列{n}" for n in range(300))))
    elif kind == "empty":
        path.write_bytes(b"")
    return path


@pytest.mark.parametrize("kind", ["bomb", "torn", "pdf", "binary", "no headings", "no rows", "zip", "wide", "empty"])
def test_hostile_and_broken_files_are_refused_in_words(tmp_path: Path, kind: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_file(hostile(tmp_path, kind), MATCH.count)
    assert caught.value.title
    assert caught.value.todo


def test_absent_file_is_the_environments_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        read_file(tmp_path / "gone.xlsx", MATCH.count)


def test_too_many_rows_are_refused_before_memory_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_ROWS", 100)
    with pytest.raises(BadInput, match="行数太多"):
        read_file(workbook(tmp_path / "a.xlsx", [good_row(n) for n in range(101)]), MATCH.count)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [good_row(n) for n in range(1500)])
    with pytest.raises(BadInput, match="已取消"):
        read_file(path, MATCH.count, cancelled=lambda: True)


def test_the_marked_copy_shows_every_fault_and_holds_no_formula(tmp_path: Path) -> None:
    rows = [("=1+1", id_number(1), "男", "", "", ""), ("@x", "bad", "", "", "", ""), good_row(3)]
    table = opened(workbook(tmp_path / "a.xlsx", rows[1:]))
    table.edit(1, "name", "=HYPERLINK(1)")
    out = tmp_path / "marked.xlsx"
    assert save_marked(table, out) == 1
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert sheet["A3"].value == "=HYPERLINK(1)"
    assert sheet["A3"].data_type == "s"
    assert sheet["B2"].comment is not None
    assert "证件号码" in str(sheet["F2"].value)
    again = opened(out)
    assert len(again) == 2


@given(st.lists(st.dictionaries(st.sampled_from(["name", "id_number"]), st.text(min_size=1)), max_size=20))
def test_packed_rows_come_back_and_equal_tables_are_equal_bytes(rows: list[dict[str, str]]) -> None:
    packed, count = pack_rows(rows)
    assert count == len(rows)
    assert unpack_rows(packed) == rows
    assert pack_rows([dict(reversed(row.items())) for row in rows])[0] == packed


def test_a_draft_takes_up_its_edits(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [good_row(1), ("", id_number(2), "", "", "", "")])
    first = opened(path)
    first.edit(1, "name", "补上")
    later = BatchTable(read_file(path, MATCH.count), FIELD, TODAY, check_number)
    later.restore(first.edits())
    later.check_all()
    assert later.wrong == ()
    assert [row["name"] for row in later.good_rows()] == ["王𠮷1", "补上"]


def test_excel_dates_numbers_and_booleans_become_what_a_person_would_type() -> None:
    assert source._text(dt.datetime(2025, 3, 1)) == "2025-03-01"  # noqa: DTZ001 - Excel has no zones
    assert source._text(6500.0) == "6500"
    assert source._text(0.1) == "0.1"
    assert source._text(True) == "是"
    assert source._text(3.305021990010112e17).startswith(source.SPOILT)
    assert source._text(123456789012345) == "123456789012345"


def test_raw_table_of_a_thousand_equal_texts_keeps_one() -> None:
    same: dict[str, str] = {}
    rows = [source._fit(["".join(["湖", "州"]), ""], 2, same) for _ in range(3)]
    assert rows[0][0] is rows[2][0]
    assert RawTable("a", ("x", "y"), rows, 2).rows[1] == ("湖州", "")
