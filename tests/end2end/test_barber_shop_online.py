"""The main job with the gateway up: from the phone's code to cases that the platform has numbered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from running import lines, play, yichuang

from app.domain.numbering import is_provisional_number


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("online") / "out"


@pytest.fixture(scope="module")
def summary(out: Path, seed: Callable[[Path], Path]) -> dict[str, Any]:
    seed(out / "profile")
    return play("open-a-barber-shop", out)


def test_three_departments_cases_come_back_numbered(summary: dict[str, Any]) -> None:
    cases = summary["cases"]
    assert len({case["department"] for case in cases}) == 3
    assert all(case["state"] == "acked" and case["case_no"] for case in cases)
    assert all(is_provisional_number(case["provisional_no"]) for case in cases)
    assert len({case["case_no"] for case in cases}) == 3
    assert summary["outbox"] == {"waiting": 0, "parked": 0}


def test_the_gateway_itself_holds_each_case_once_with_its_page(summary: dict[str, Any], out: Path) -> None:
    with sqlite3.connect(f"file:{out}/profile/gateway.db?mode=ro", uri=True) as database:
        numbers = [row[0] for row in database.execute("select case_no from cases")]
    assert sorted(numbers) == sorted(case["case_no"] for case in summary["cases"])


def test_most_of_the_form_is_filled_from_card_and_licence(summary: dict[str, Any]) -> None:
    fields = summary["fields"]
    assert fields["asked"] < fields["asked_separately"]
    sources = {row["field"]: row["source"] for row in summary["filled"]}
    assert sources["applicant.name"] == "card"
    assert sources["premises.address"] == "licence"
    assert sources["business.name"] == "clerk"
    assert fields["typed"] < fields["asked"] / 2
    number = next(row["value"] for row in summary["filled"] if row["field"] == "applicant.id_number")
    assert "****" in number, "personal numbers are masked in the summary"


def test_the_notice_is_genuine_and_the_printer_got_the_same_bytes(summary: dict[str, Any], out: Path) -> None:
    (notice,) = (out / "documents").glob("*.pdf")
    checked = yichuang("--profile", out / "profile", "document", "verify", notice)
    assert checked.returncode == 0, checked.stderr
    assert lines(checked)[0]["ours"]
    with PdfDocument(notice) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    for case in summary["cases"]:
        assert case["provisional_no"] in text
    (printed,) = (out / "printed").glob("*.pdf")
    assert printed.read_bytes() == notice.read_bytes()
    assert list((out / "receipts").glob("*.png"))


def test_an_altered_notice_is_found_out(summary: dict[str, Any], out: Path, tmp_path: Path) -> None:
    (notice,) = (out / "documents").glob("*.pdf")
    altered = tmp_path / "altered.pdf"
    with PdfDocument(notice) as document:
        document.del_page(len(document) - 1)
        document.new_page(595, 842)
        document.save(altered)
    checked = yichuang("--profile", out / "profile", "document", "verify", altered)
    assert checked.returncode == 1
    assert not lines(checked)[0]["unaltered"]


def test_the_audit_trail_holds(summary: dict[str, Any], out: Path) -> None:
    checked = yichuang("--profile", out / "profile", "audit", "verify")
    assert checked.returncode == 0, checked.stderr
    entries = lines(checked)
    assert len(entries) >= 6
    assert all(entry["ok"] for entry in entries)


def test_the_watchdog_reports_in_which_step_the_screen_stood(summary: dict[str, Any]) -> None:
    report = summary["watchdog"]
    assert report["over_ms"] == 50
    steps = {step["id"] for step in summary["steps"]}
    for pause in report["pauses"]:
        assert set(pause) == {"step", "ms", "cpu_ms", "where", "stack"}
        assert pause["step"] in steps
        assert pause["ms"] >= 50
        # A play's own screenshots and looks are not the product's.
        assert "player.py" not in pause["where"] or not any("_picture" in line for line in pause["stack"])


def test_every_step_left_its_picture(summary: dict[str, Any], out: Path) -> None:
    assert all((out / step["screenshot"]).stat().st_size > 20_000 for step in summary["steps"])


def test_nothing_personal_lies_open_in_the_profile(summary: dict[str, Any], out: Path) -> None:
    import json

    import resources

    people = json.loads(resources.path("demo/people.json").read_text("utf-8"))["people"]
    number = next(p["card"]["number"] for p in people if p["id"] == "zhang-wei").encode()
    # The gateway's own database and the made-up world are not the workstation's store.
    own = [
        path
        for path in (out / "profile").rglob("*")
        if path.is_file()
        and not {"world", "gateway-files"} & set(path.parts)
        and not path.name.startswith("gateway.db")
    ]
    assert any(path.name == "store.db" for path in own)
    assert any(path.suffix == ".log" for path in own), "the log is among what a thief would find"
    assert [path for path in own if number in path.read_bytes()] == []
