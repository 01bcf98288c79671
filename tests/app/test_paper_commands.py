"""`yichuang document kinds` and `document make`."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from app.cli import main
from app.commands import TROUBLE, YES
from app.domain.document import PaperKind


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


ELSEWHERE = {
    PaperKind.ACCEPTANCE_NOTICE,
    PaperKind.ASSESSMENT_REPORT,
    PaperKind.POLICY_SHEET,
    PaperKind.WAY_GUIDE,
    PaperKind.BOOKING_SLIP,
}
"""Acceptance makes its notice; the papers of a firm and the way to a place come from their own dialogs."""


def test_kinds_lists_all_that_are_asked_for_by_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["document", "kinds"]) == YES
    told = lines(capsys)
    assert [one["title"] for one in told] == [str(k) for k in PaperKind if k not in ELSEWHERE]
    refusal = next(one for one in told if one["kind"] == "refusal-notice")
    assert refusal["languages"] == ["zh", "zh-en"]
    assert {"key": "explanation", "title": "事实和理由", "required": True, "choices": []} in refusal["asks"]  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["return-notice", "RETURN_NOTICE", "退件通知书"])
def test_a_sample_needs_no_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    out = tmp_path / "sample.pdf"
    profile = str(tmp_path / "none")
    assert main(["--profile", profile, "document", "make", kind, "--sample", "--out", str(out)]) == YES
    (told,) = lines(capsys)
    assert (told["kind"], told["sample"], told["bytes"]) == ("return-notice", True, out.stat().st_size)
    text = pdfium.PdfDocument(out.read_bytes())[0].get_textpage().get_text_range()
    assert "退件通知书" in text
    assert "演示" in text
    assert not Path(profile).exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nothing", "--sample"], "没有这种文书"),
        (["return-notice", "--sample", "--set", "reason=other"], "不能同用"),
        (["return-notice", "--set", "reason"], "栏目的写法有误"),
        (["liaison", "--sample", "--language", "zh-en"], "只有中文"),
        (["liaison", "--sample", "--out", "/nowhere/x.pdf"], "写不了文件"),
    ],
)
def test_bad_use_is_told(capsys: pytest.CaptureFixture[str], args: list[str], said: str) -> None:
    assert main(["document", "make", *args]) == TROUBLE
    assert said in capsys.readouterr().err


def test_case_and_sample_exclude_each_other() -> None:
    with pytest.raises(SystemExit):
        main(["document", "make", "liaison", "--sample", "--case", "X"])
