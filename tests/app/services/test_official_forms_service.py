"""Official forms of an accepted case: by the command, by the printer, on the checklist."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
from desk_parts import Parts

from app.cli import build_parser
from app.commands import official
from app.domain.errors import BadInput, Refused
from app.domain.material import Page
from app.domain.official import Shift
from app.domain.printing import PrintTarget
from app.services.official_forms import FillOfficial


@pytest.fixture
def service(parts: Parts) -> FillOfficial:
    return FillOfficial(parts.catalog, parts.store, parts.clock, "演示大厅")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        (["form", "fill-official", "X", "--out", "d"], [official.FILL, "X", "--out", "d"]),
        (["--profile", "form", "form", "fill-official", "X"], ["--profile", "form", official.FILL, "X"]),
        (["--profile=p", "form", "official", "lint"], ["--profile=p", official.LINT]),
        (["form", "X", "fill-official"], ["form", "X", "fill-official"]),
        (["search", "form", "official", "lint"], ["search", "form", "official", "lint"]),
        ([], []),
    ],
)
def test_commands_of_several_words(typed: list[str], heard: list[str]) -> None:
    assert official.joined(typed) == heard


def test_the_parser_knows_both_commands_beside_form() -> None:
    parser = build_parser()

    def function(*words: str) -> str:
        name: str = parser.parse_args(official.joined(words)).function.__qualname__
        return name

    assert function("form", "fill-official", "X", "--out", "d") == "official.fill"
    assert function("form", "official", "lint") == "official.lint"
    assert parser.parse_args(official.joined(["form", "open-a-barber-shop"])).code == ["open-a-barber-shop"]


def test_the_forms_of_accepted_cases_are_filled(
    parts: Parts, service: FillOfficial, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted = parts.accept.accept(parts.ready())
    out = tmp_path / "forms"
    out.mkdir()
    code = official._fill_all(service, parts.store.cases(), out, False)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["form"] for line in lines} == {"individual-registration", "hygiene-permit"}
    assert code == 0
    assert all(Path(line["file"]).read_bytes().startswith(b"%PDF") for line in lines)
    assert all(line["filled"] > 8 and not line["by_hand"] for line in lines)
    number = accepted.cases[0].provisional_no
    assert [case.provisional_no for case in official._cases(parts.store, number)] == [number]
    with pytest.raises(BadInput, match="没有这个办件"):
        official._cases(parts.store, "no-such-case")
    assert official._fill_all(service, [], out, False) == 1


def test_each_copy_is_a_job_of_its_own(parts: Parts, service: FillOfficial) -> None:
    wanted = service.wanted(parts.ready().items)[0]
    first = service.next_job(wanted, b"x")
    assert service.next_job(wanted, b"x") == first, "not asked for yet"
    parts.papers.queue_pdf(first, "申请表", "x", b"%PDF-1.7", PrintTarget("printer", "A4"))
    assert service.next_job(wanted, b"x") != first
    assert service.next_job(wanted, b"y") != first


def test_the_offset_is_kept_for_each_printer(service: FillOfficial) -> None:
    assert service.shift("socket://a") == Shift()
    service.keep_shift("socket://a", Shift(-3, 12))
    assert service.shift("socket://a") == Shift(-3, 12)
    assert service.shift("socket://b") == Shift()
    for broken in ("", "x", "1", "9999,0", None):
        assert Shift.of_text(broken) == Shift()
    with pytest.raises(ValueError, match="mm"):
        Shift(right=201)


def test_a_material_that_nobody_asks_for_is_refused(parts: Parts, service: FillOfficial) -> None:
    visit = parts.ready()
    with pytest.raises(Refused):
        service.hand_in(visit, "registration_application", [Page("0" * 64, "image/jpeg", 1, 1, 1)])
    assert service.material_of(visit, service.wanted(visit.items)[0]) is None


def test_the_command_wants_a_folder(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Exception, match="文件夹不能写入"):
        official.fill(argparse.Namespace(case="x", out=str(tmp_path / "file" / "d"), editable=False, profile=None))
