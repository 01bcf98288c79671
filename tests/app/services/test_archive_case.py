"""The archive package of an accepted case: everything is in it, who may have it, and what stops it on the way."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest
from archive_kit import PASSWORD, members
from archived_case import RARE, accepted, names_in, noise, service, with_pages
from desk_parts import Parts, shipped
from PIL import Image
from verapdf import verdicts

from app.archive.check import Finding
from app.archive.manifest import MANIFEST, SIGNATURE, Manifest
from app.documents.verify import verify_paper
from app.domain.case import AuditEvent
from app.domain.clerk import Clerk
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.presenters import around_words
from app.services import archive_files
from app.services.archive_case import PURPOSES
from app.services.archive_sheets import wording
from offline_db.audit import entry_hash


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where packages go: apart from the profile."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_everything_is_in_it(parts: Parts, out: Path) -> None:
    case = accepted(parts)
    archive, target = service(parts), out / "a.zip"
    told: list[tuple[int, int]] = []
    plan = archive.plan(case.case_id)
    assert (plan.number, plan.papers, plan.materials) == (case.provisional_no, 1, 1)
    made = archive.export(case.case_id, target, "移交档案", progress=lambda done, total: told.append((done, total)))
    inside = members(target)
    names = set(inside) - {MANIFEST, SIGNATURE}
    assert (made.files, made.bytes, made.sealed, made.absent) == (len(names), target.stat().st_size, False, ())
    assert told == sorted(told)
    assert plan.bytes >= made.bytes - 50_000, "room was asked for before anything was written"
    # The paper is the very one that was handed out.
    (paper,) = (inside[name] for name in names if name.startswith("文书/"))
    signer = parts.counter.renderer._signer
    assert verify_paper(paper, lambda kid: [signer]).unaltered
    # The scan is in its PDF, bit by bit.
    (page,) = (page for material in case.materials for page in material.pages)
    (scan,) = (inside[name] for name in names if name.startswith("材料/"))
    assert parts.vault.open(page.sha256) in scan
    # The form, for people and for systems; nothing masked, rare characters whole.
    form = json.loads(inside["表单/申请表.json"])
    assert form["form"] == case.form
    assert form["applicant"]["number"] == case.applicant_number
    shown = pdfium.PdfDocument(inside["表单/申请表.pdf"])
    said = "".join(page.get_textpage().get_text_range() for page in shown).replace("\r\n", "")
    for value in (RARE, case.applicant_number, case.provisional_no, "居民身份证"):
        assert value in said
    # The trail: each line's hash can be computed again.
    trail = json.loads(inside["过程/办理过程.json"])
    assert [line["action"] for line in trail][-2:] != []
    assert {"case.accepted", "paper.made"} <= {line["action"] for line in trail}
    for line in trail:
        given = line.pop("hash")
        assert entry_hash(**line) == given
    steps = "".join(p.get_textpage().get_text_range() for p in pdfium.PdfDocument(inside["过程/办理过程.pdf"]))
    assert "出具受理通知书" in steps
    assert "其他操作" not in steps
    # The catalogue lists what is there, and so does the manifest, with who and when.
    manifest = Manifest.from_bytes(inside[MANIFEST])
    assert {entry.path for entry in manifest.entries} == names
    root = ElementTree.fromstring(inside["目录.xml"])  # noqa: S314 - our own
    listed = {one.findtext("文件名"): one for one in root.iter("文件")}
    assert set(listed) == names - {"目录.pdf", "目录.xml", "说明文件.txt"}
    scans = next(entry for entry in manifest.entries if entry.path.startswith("材料/"))
    assert (scans.pages, scans.by) == (1, "演示员")
    assert listed[scans.path].findtext("SHA-256") == scans.sha256
    assert listed[scans.path].findtext("页数") == "1"
    readme = inside["说明文件.txt"].decode("utf-8-sig")
    for value in (case.provisional_no, "移交档案", "演示数据", "Ctrl+Shift+Y"):
        assert value in readme
    assert archive.check(target).finding is Finding.WHOLE


def test_every_pdf_of_it_is_pdf_a_2b(parts: Parts, out: Path) -> None:
    case = accepted(parts)
    grey = io.BytesIO()
    Image.new("L", (300, 200), 90).save(grey, "JPEG")
    case = with_pages(parts, case, [(noise(1, 100), "image/jpeg"), (grey.getvalue(), "image/jpeg")])
    service(parts).export(case.case_id, out / "a.zip", "移交档案")
    inside = {str(n): data for n, (name, data) in enumerate(members(out / "a.zip").items()) if ".pdf" in name}
    assert len(inside) == 5, "two materials, form, process, catalogue"
    for name, verdict in verdicts(inside, out / "v").items():
        assert verdict.failures == (), name
        assert verdict.passed


def test_pages_that_fit_no_pdf_lie_beside_it_as_they_are(parts: Parts, out: Path) -> None:
    pages = [(noise(1, 50), "image/jpeg"), (b"\x89PNG\r\n\x1a\nx", "image/png"), (noise(2, 50), "image/jpeg"),
             (b"rows", "application/gzip"), (b"no picture", "image/jpeg")]  # fmt: skip
    case = with_pages(parts, accepted(parts), pages)
    service(parts).export(case.case_id, out / "a.zip", "移交档案")
    inside = members(out / "a.zip")
    mine = {name: data for name, data in inside.items() if "补充说明" in name}
    assert list(mine) == [
        "材料/02-补充说明_照片_ 甲_.pdf",
        "材料/02-补充说明_照片_ 甲_-1.png",
        "材料/02-补充说明_照片_ 甲_-2.gz",
        "材料/02-补充说明_照片_ 甲_-3.jpg",
    ]
    assert len(pdfium.PdfDocument(next(iter(mine.values())))) == 2
    assert list(mine.values())[1:] == [pages[1][0], pages[3][0], pages[4][0]]
    listed = {entry.path: entry.pages for entry in Manifest.from_bytes(inside[MANIFEST]).entries}
    assert [listed[name] for name in mine] == [2, 1, 1, 1]


def test_what_is_gone_is_said_with_its_reason(parts: Parts, out: Path) -> None:
    case = with_pages(parts, accepted(parts), [(noise(1, 50), "image/jpeg"), (noise(2, 50), "image/jpeg")])
    first, second = case.materials[-1].pages
    parts.vault._path(first.sha256).write_bytes(b"spoilt")
    parts.vault.remove(second.sha256)
    with parts.store._db.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO gone_files (sha256, gone_at, removed) VALUES (?, '2026-11-21T00:00:00.000Z', 1)",
            (second.sha256,),
        )
    made = service(parts).export(case.case_id, out / "a.zip", "移交档案")
    assert [(one.title, one.reason) for one in made.absent] == [
        ("补充说明/照片: 甲? 第 1 页", "本机的文件缺失或者已损坏"),
        ("补充说明/照片: 甲? 第 2 页", "影像已按保管期限从本机清除，平台已保存"),
    ]
    inside = members(out / "a.zip")
    assert not any("补充说明" in name for name in inside)
    assert Manifest.from_bytes(inside[MANIFEST]).absent == made.absent
    assert "第 2 页 影像已按保管期限" in inside["说明文件.txt"].decode("utf-8-sig")
    text = "".join(p.get_textpage().get_text_range() for p in pdfium.PdfDocument(inside["目录.pdf"]))
    assert "不在包内的内容" in text
    assert service(parts).check(out / "a.zip").unaltered, "incomplete and genuine"


def test_a_paper_of_which_no_file_is_left_is_said(parts: Parts, out: Path) -> None:
    case = accepted(parts)
    (line,) = parts.my_cases().detail(case.case_id).papers
    parts.vault.remove(line.sealed)
    (absent,) = service(parts).export(case.case_id, out / "a.zip", "移交档案").absent
    assert absent.title.startswith("受理通知书")


def test_only_a_manager_exports_and_it_stands_on_record(
    parts: Parts, out: Path, caplog: pytest.LogCaptureFixture
) -> None:
    case = accepted(parts)
    archive, duty = service(parts), parts.counter.duty
    duty.holder = Clerk("0002", "李敏")
    for attempt in (lambda: archive.plan(case.case_id), lambda: archive.export(case.case_id, out / "a.zip", "x")):
        with pytest.raises(Refused, match="负责人"):
            attempt()
    assert not archive.allowed()
    with pytest.raises(Refused, match="负责人"):
        archive.export(case.case_id, out / "a.zip", "移交档案", by="命令行")
    duty.holder = None
    with pytest.raises(Refused, match="登录"):
        archive.export(case.case_id, out / "a.zip", "移交档案")
    archive.export(case.case_id, out / "a.zip", "移交档案", by="命令行")
    duty.holder = Clerk("0001", "演示员", True)
    with pytest.raises(Refused, match="用途"):
        archive.export(case.case_id, out / "b.zip", " ")
    assert names_in(out) == ["a.zip"]
    caplog.set_level("INFO")
    archive.export(case.case_id, out / "b.ycarchive", "申请人索取", PASSWORD)
    entries = [one for one in parts.store.audit_entries() if one.action == "case.exported"]
    assert [(one.clerk, one.subject) for one in entries] == [
        ("命令行", case.provisional_no), ("演示员", case.provisional_no),
    ]  # fmt: skip
    details = json.loads(entries[1].details)
    assert {name: details[name] for name in ("purpose", "sealed", "absent")} == {
        "purpose": "申请人索取", "sealed": True, "absent": 0,
    }  # fmt: skip
    for secret in (case.applicant_name, case.applicant_number, PASSWORD, "b.ycarchive"):
        assert secret not in caplog.text
        assert secret not in entries[1].details
    assert "archive package of" in caplog.text
    detail = parts.my_cases().detail(case.case_id)
    assert around_words.case_view(detail).trail[0][2] == "导出归档包"


def test_nothing_leaves_that_is_not_on_record(parts: Parts, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = accepted(parts)

    def full(_: AuditEvent) -> None:
        raise EnvironmentProblem("磁盘已满")

    monkeypatch.setattr(parts.store, "append_audit", full)
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        service(parts).export(case.case_id, out / "a.zip", "移交档案")
    assert names_in(out) == []


def test_sealed_it_opens_with_the_password_only(parts: Parts, out: Path) -> None:
    case = accepted(parts)
    archive, target = service(parts), out / "a.ycarchive"
    with pytest.raises(BadInput, match="太短"):
        archive.export(case.case_id, target, "移交档案", "short")
    made = archive.export(case.case_id, target, "移交档案", PASSWORD)
    assert made.sealed
    assert case.provisional_no.encode() not in target.read_bytes()
    assert archive.check(target, PASSWORD).finding is Finding.WHOLE
    assert archive.file_name("N", True).endswith(".ycarchive")


def test_contents_that_were_cleared_make_no_package(parts: Parts, out: Path) -> None:
    case = accepted(parts)
    with parts.store._db.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO keeping (case_id, durable_at, contents_at) VALUES (?, ?, ?)",
            (case.case_id, "2026-01-01T00:00:00.000Z", "2026-06-01T00:00:00.000Z"),
        )
    with pytest.raises(Refused, match="清除"):
        service(parts).export(case.case_id, out / "a.zip", "移交档案")
    with pytest.raises(Refused, match="没有这个办件"):
        service(parts).export("none", out / "a.zip", "移交档案")


def test_a_case_is_named_by_its_number(parts: Parts) -> None:
    case = accepted(parts)
    archive = service(parts)
    assert archive.case_id(case.provisional_no) == case.case_id
    for odd in ("", case.applicant_number[-6:], case.provisional_no[:-1]):
        with pytest.raises(BadInput):
            archive.case_id(odd)


def test_a_character_that_no_font_draws_does_not_stop_an_export(parts: Parts, out: Path) -> None:
    case = accepted(parts)
    odd = replace(case, case_id=case.case_id[:-3] + "eee", visit_id="v", provisional_no="X", materials=(),
                  form={**case.form, "business.name": "笑\U0002ebf1\n行\U0002ebf0"})  # fmt: skip
    parts.store.accept([odd], [], [])
    service(parts).export(odd.case_id, out / "a.zip", "移交档案")
    inside = members(out / "a.zip")
    text = "".join(p.get_textpage().get_text_range() for p in pdfium.PdfDocument(inside["表单/申请表.pdf"]))
    assert "笑〔U+2EBF1〕 行〔U+2EBF0〕" in text.replace("\r\n", "")
    assert json.loads(inside["表单/申请表.json"])["form"]["business.name"] == "笑\U0002ebf1\n行\U0002ebf0"


def test_tables_are_read_row_by_row(parts: Parts, out: Path) -> None:
    table = next(e for e in shipped()[0].elements.values() if e.columns)
    column = table.columns[0]
    case = accepted(parts)
    rows = json.dumps([{column: "张㛃"}, {column: "李𠮷"}], ensure_ascii=False)
    odd = replace(case, case_id=case.case_id[:-3] + "ddd", visit_id="v", provisional_no="X", materials=(),
                  form={f"applicant.{table.id}": rows})  # fmt: skip
    parts.store.accept([odd], [], [])
    service(parts).export(odd.case_id, out / "a.zip", "移交档案")
    pdf = members(out / "a.zip")["表单/申请表.pdf"]
    text = "".join(p.get_textpage().get_text_range() for p in pdfium.PdfDocument(pdf)).replace("\r\n", "")
    title = shipped()[0].elements[column].title
    assert f"第 1 行：{title} 张㛃" in text
    assert f"第 2 行：{title} 李𠮷" in text


def test_the_steps_are_called_as_on_the_screen() -> None:
    for action, words in around_words._ACTIONS.items():
        assert wording().text(f"actions.{action}") == words


@pytest.mark.parametrize("name", ['a/b\\c:d*e?f"g<h>i|j', "  .. ", "x" * 200, "换\n行\u202e", ""])
def test_names_of_files_are_safe_wherever_they_are_unpacked(name: str) -> None:
    made = archive_files._name(name)
    assert made
    assert len(made) <= 50
    assert not set(made) & set('\\/:*?"<>|\n\u202e')
    assert made == made.strip(" .")


def test_purposes_are_told_apart() -> None:
    assert len(set(PURPOSES)) == len(PURPOSES) == 4
