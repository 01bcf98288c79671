"""Points, stars and time of a lesson; the book of results; what the trainer takes away."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from app.demo.result_paper import result_pdf
from app.demo.results import HEADINGS, ResultBook, results_csv
from app.demo.score import POINTS, SHOWN_POINTS, Mistake, MistakeKind, Result

AT = dt.datetime(2026, 11, 22, 1, 2, tzinfo=dt.UTC)
CLEAN = Result("a-b", "我要开理发店", "王㛃", AT, 300.0, 6.0, 12, 12, hints=True)
SLIP = Mistake(MistakeKind.WRONG_KEY, "读身份证", "按了 F4", "按 F2 读证件")


def test_a_clean_run_within_its_time() -> None:
    assert (CLEAN.percent, CLEAN.stars, CLEAN.finished, CLEAN.overtime_points) == (100, 5, True, 0)


@pytest.mark.parametrize("kind", MistakeKind)
def test_each_mistake_costs_its_points(kind: MistakeKind) -> None:
    assert replace(CLEAN, mistakes=(replace(SLIP, kind=kind),)).percent == 100 - POINTS[kind] < 100


def test_what_was_shown_costs_more_than_a_slip() -> None:
    assert replace(CLEAN, shown=("核对",)).percent == 100 - SHOWN_POINTS
    assert max(POINTS[MistakeKind.WRONG_KEY], POINTS[MistakeKind.CORRECTED_FIELD]) < SHOWN_POINTS


@pytest.mark.parametrize(
    ("seconds", "minutes", "points"), [(360, 6, 0), (361, 6, 1), (378, 6, 1), (396, 6, 2), (9999, 6, 20), (9999, 0, 0)]
)
def test_time_above_the_lessons_own(seconds: float, minutes: float, points: int) -> None:
    assert replace(CLEAN, seconds=seconds, minutes=minutes).overtime_points == points


@pytest.mark.parametrize(("slips", "stars"), [(0, 5), (2, 5), (3, 4), (8, 3), (16, 2), (26, 1), (99, 1)])
def test_stars(slips: int, stars: int) -> None:
    assert replace(CLEAN, mistakes=(SLIP,) * slips).stars == stars


def test_half_done_counts_half_and_has_no_star() -> None:
    half = replace(CLEAN, done=6)
    assert (half.percent, half.stars, half.finished) == (50, 0, False)


def test_the_book_keeps_everything_and_forgives_a_torn_line(tmp_path: Path) -> None:
    book = ResultBook(tmp_path / "training")
    assert book.all() == ()
    rich = replace(CLEAN, mistakes=(SLIP,), shown=("核对",), learner="𠮷䶮")
    book.add(CLEAN)
    with (tmp_path / "training" / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"lesson": "x"\n[]\n{}\n')
    book.add(rich)
    assert book.all() == (CLEAN, rich)


def test_the_table_opens_in_excel_and_runs_no_formula() -> None:
    data = results_csv([replace(CLEAN, learner='=HYPERLINK("x")', mistakes=(SLIP,))])
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert tuple(head) == HEADINGS
    assert row[1].startswith("'=")
    assert row[0] == "2026-11-22 09:02"
    assert "按了 F4" in row[-1]


def test_the_sheet_names_learner_points_and_what_would_have_been_right() -> None:
    many = replace(CLEAN, learner="王㛃𠮷", mistakes=(SLIP,) * 40, shown=("核对",), seconds=500)
    document = pypdfium2.PdfDocument(result_pdf(many))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(document) > 1  # the table goes on
    for words in ("王㛃𠮷", "我要开理发店", f"{many.percent} 分", "按 F2 读证件", "看了演示", "8 分 20 秒"):
        assert words in text
