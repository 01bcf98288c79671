"""Kept pages stay within their limits; several become one PDF/A-2b."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from page_scenes import MARK, written_page

from app.domain.errors import BadInput
from app.materials.page import encode_page, load_picture
from app.materials.page_file import LONG_SIDE, MAX_PAGE_BYTES, page_file, read_picture_file, turned
from app.materials.pdfa import pages_to_pdf

AT = dt.datetime(2026, 11, 21, 3, 4, 5, tzinfo=dt.UTC)
TITLE = "公共场所平面布局图（㛃 𠮷 䶮 𬭚）<&>"


def noise(width: int, height: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (height, width, 3), np.uint8)


def test_a_page_is_no_finer_than_300_dpi_on_a4() -> None:
    kept = page_file(written_page((4960, 7016)))
    assert (kept.width, kept.height) == (2480, LONG_SIDE)
    assert load_picture(kept.data).shape[:2] == (kept.height, kept.width)
    small = page_file(written_page((1000, 1414)))
    assert (small.width, small.height) == (1000, 1414)  # nothing is blown up


@pytest.mark.parametrize("size", [(2480, 3508), (3508, 2480)])
def test_a_busy_page_is_made_to_fit(size: tuple[int, int]) -> None:
    picture = cv2.GaussianBlur(noise(*size), (0, 0), 1.2)
    assert len(encode_page(picture)) > MAX_PAGE_BYTES
    kept = page_file(picture)
    assert len(kept.data) <= MAX_PAGE_BYTES
    assert min(kept.width, kept.height) >= 1240


def test_a_page_is_kept_legible_rather_than_small() -> None:
    kept = page_file(noise(1300, 1800))
    assert len(kept.data) > MAX_PAGE_BYTES
    assert (kept.width, kept.height) == (1300, 1800)


def test_an_empty_picture_is_refused() -> None:
    with pytest.raises(BadInput):
        page_file(np.zeros((0, 10, 3), np.uint8))


def mark_at(data: bytes) -> tuple[bool, bool]:
    """In which corner the page's coloured mark stands: (right, bottom)."""
    picture = load_picture(data).astype(int)
    near = np.abs(picture - np.array(MARK)).sum(axis=2) < 60
    rows, columns = np.nonzero(near)
    return bool(columns.mean() > picture.shape[1] / 2), bool(rows.mean() > picture.shape[0] / 2)


def test_a_page_is_turned_clockwise() -> None:
    data = page_file(written_page((600, 848))).data
    assert mark_at(data) == (False, False)
    corners = [mark_at(turned(data, quarters).data) for quarters in (1, 2, 3, 4, -1)]
    assert corners == [(True, False), (True, True), (False, True), (False, False), (False, True)]
    assert (turned(data, 1).width, turned(data, 1).height) == (848, 600)


def test_a_file_of_400_mb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "scan.jpg"
    with file.open("wb") as out:
        out.write(b"\xff\xd8\xff")
        out.truncate(400 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(BadInput, match="图片太大") as refused:
        read_picture_file(file)
    assert "400 MB" in refused.value.what
    assert refused.value.todo


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="读不出来"):
        read_picture_file(tmp_path / "none.jpg")


# -- PDF/A ----------------------------------------------------------------------------------------------------


def pdf() -> tuple[bytes, list[bytes]]:
    grey = cv2.imencode(".jpg", np.full((500, 700), 180, np.uint8))[1].tobytes()
    pages = [page_file(written_page((1000, 1414))).data, page_file(written_page((1414, 1000))).data, grey]
    return pages_to_pdf(pages, TITLE, AT), pages


def test_every_page_stands_on_a4_as_it_lies_with_its_own_bytes() -> None:
    data, pages = pdf()
    with pdfium.PdfDocument(data) as document:
        sizes = [tuple(round(side) for side in page.get_size()) for page in document]
        shown = document[0].render(scale=1).to_numpy()
        title = document.get_metadata_dict()["Title"]
    assert sizes == [(595, 842), (842, 595), (842, 595)]
    assert all(data.count(page) == 1 for page in pages)  # embedded as they are
    assert title == TITLE
    corner = shown[24, 24, :3].astype(int)
    assert abs(corner - np.array(MARK)).sum() < 90


def test_it_is_what_pdf_a_2b_asks_for() -> None:
    data, _ = pdf()
    assert data.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in data[10:14])
    xmp = data[data.index(b"<?xpacket begin") : data.index(b'<?xpacket end="w"?>')].decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert "㛃 𠮷 䶮 𬭚）&lt;&amp;&gt;" in xmp
    assert "2026-11-21T11:04:05+08:00" in xmp
    assert b"(D:20261121110405+08'00')" in data  # Info says what XMP says
    assert re.search(rb"/OutputIntents \[ << /Type /OutputIntent /S /GTS_PDFA1", data)
    assert re.search(rb"/ID \[ <[0-9A-F]{32}> <[0-9A-F]{32}> \]", data)
    profile = data[data.index(b"/N 3 /Alternate") :]
    header = profile[profile.index(b"stream\n") + 7 :][:40]
    assert (header[8], header[12:20], header[36:40]) == (4, b"mntrRGB ", b"acsp")
    assert not re.search(rb"/(Encrypt|JavaScript|SMask|Font)\b", data)
    for number, place in enumerate(re.findall(rb"^(\d{10}) 00000 n", data, re.M), 1):
        assert data[int(place) :].startswith(b"%d 0 obj" % number)


def test_the_same_pages_give_the_same_bytes() -> None:
    assert pdf()[0] == pdf()[0]


@pytest.mark.parametrize("bad", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0"])
def test_what_is_no_jpeg_is_refused(bad: bytes) -> None:
    good = page_file(written_page((300, 424))).data
    with pytest.raises(BadInput, match="不能导出") as refused:
        pages_to_pdf([good, bad], TITLE, AT)
    assert "第 2 页" in refused.value.what


def test_no_pages_make_no_file() -> None:
    with pytest.raises(BadInput, match="不能导出"):
        pages_to_pdf([], TITLE, AT)
