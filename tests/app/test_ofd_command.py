"""`yichuang ofd` and `yichuang licence FILE.ofd`: JSON lines, exit codes, messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ofd_kit import business_licence, pack, sealed, world
from PIL import Image

from app.cli import main

Out = pytest.CaptureFixture[str]
AT = "2026-11-21T11:00:00+08:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    world().trust(tmp_path / "trust")
    whole = sealed(business_licence())
    altered = dict(whole)
    name = "Doc_0/Pages/Page_0/Content.xml"
    altered[name] = altered[name].replace("张㛃𠮷䶮".encode(), "李四大牛".encode())
    (tmp_path / "good.ofd").write_bytes(pack(whole))
    (tmp_path / "altered.ofd").write_bytes(pack(altered))
    (tmp_path / "torn.ofd").write_bytes(pack(whole)[:3000])
    return tmp_path


def run(capsys: Out, folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    code = main([*arguments, "--trust", str(folder / "trust"), "--at", AT])
    said = capsys.readouterr()
    return code, [json.loads(line) for line in said.out.splitlines()], said.err


def test_good(capsys: Out, folder: Path) -> None:
    code, (line,), _ = run(
        capsys, folder, "ofd", str(folder / "good.ofd"), "--text", "--picture", str(folder / "p.png")
    )
    assert code == 0
    assert (line["verdict"], line["finding"], line["template"]) == ("SIGNATURE_VALID", "valid", "business-licence")
    assert line["claims"]["legal_person.name"] == "张㛃𠮷䶮"
    assert line["seals"][0]["signed_at"] == "2024-05-06T02:30:00.000Z"
    assert any("湖州𬭚㛃理发店" in words for words in line["text"])
    with Image.open(folder / "p.png") as picture:
        assert picture.width > picture.height > 800


def test_each_file_has_its_line_and_the_worst_its_code(capsys: Out, folder: Path) -> None:
    code, lines, _ = run(capsys, folder, "ofd", str(folder / "good.ofd"), str(folder / "altered.ofd"))
    assert (code, [line["verdict"] for line in lines]) == (1, ["SIGNATURE_VALID", "INVALID"])
    assert lines[1]["seals"][0]["files"] == ["Doc_0/Pages/Page_0/Content.xml"]
    assert lines[1]["claims"] == {}
    code, lines, said = run(capsys, folder, "ofd", str(folder / "torn.ofd"), str(folder / "good.ofd"))
    assert (code, len(lines)) == (2, 1)
    assert "不完整" in said


def test_licence_takes_a_file_too(capsys: Out, folder: Path) -> None:
    code, (line,), _ = run(capsys, folder, "licence", str(folder / "good.ofd"))
    assert code == 0
    assert line.keys() == {"kind", "verdict", "reason", "issuer", "holder", "licence", "claims", "expires"}
    assert run(capsys, folder, "licence", str(folder / "altered.ofd"))[0] == 1


def test_bad_use(capsys: Out, folder: Path) -> None:
    good = str(folder / "good.ofd")
    assert main(["ofd", good, "--at", "soon", "--trust", str(folder / "trust")]) == 2
    assert main(["ofd", good, good, "--picture", "x.png", "--trust", str(folder / "trust")]) == 2
    assert main(["ofd", str(folder / "none.ofd"), "--trust", str(folder / "trust")]) == 2
    assert run(capsys, folder, "ofd", good, "--picture", str(folder / "no" / "p.png"))[0] == 2
