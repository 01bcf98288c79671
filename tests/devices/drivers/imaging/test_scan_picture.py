"""Pictures that devices send: whole, torn, too large, and in PDFs."""

from __future__ import annotations

import io
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

from devices.drivers.imaging.scan_picture import jpeg_size, picture_of, pictures_of
from devices.emulators.imaging.drawn import page
from devices.emulators.imaging.escl_scanner import with_size
from devices.failure import Failure
from devices.outcome import Outcome

PAGE = page(1, 40)
JPEG = cv2.imencode(".jpg", PAGE)[1].tobytes()
PNG = cv2.imencode(".png", PAGE)[1].tobytes()


def outcome(data: bytes) -> Outcome | None:
    try:
        pictures_of(data)
    except Failure as failure:
        return failure.outcome
    return None


def pdf(*pages: bytes, width: int, height: int, kind: str, images: int = 1) -> bytes:
    """A PDF with these picture streams, one a page, or `images` of them on each."""
    writer = PdfWriter()
    for data in pages:
        made = writer.add_blank_page(100, 140)
        objects = DictionaryObject()
        for number in range(images):
            image = StreamObject()
            image._data = data
            image.update(
                {
                    NameObject("/Subtype"): NameObject("/Image"),
                    NameObject("/Width"): NumberObject(width),
                    NameObject("/Height"): NumberObject(height),
                    NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
                    NameObject("/BitsPerComponent"): NumberObject(8),
                    NameObject("/Filter"): NameObject(kind),
                }
            )
            objects[NameObject(f"/Im{number}")] = writer._add_object(image)
        made[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_whole_pictures() -> None:
    high, wide = PAGE.shape[:2]
    assert jpeg_size(JPEG) == (wide, high)
    assert picture_of(JPEG).shape == PAGE.shape
    assert (picture_of(PNG) == PAGE).all()
    assert picture_of(JPEG + bytes(40)).shape == PAGE.shape, "some scanners fill up their last block"


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", JPEG[: len(JPEG) // 2], JPEG[:-2], PNG[:-20], b"GIF89a", b"%PDF-1.4"]
)
def test_torn_pictures_are_refused_not_filled_up(data: bytes) -> None:
    assert outcome(data) is Outcome.UNREADABLE


@pytest.mark.parametrize("size", [(60_000, 60_000), (65_535, 2_000), (0, 100)])
def test_a_small_file_with_a_large_claim_is_not_decoded(size: tuple[int, int]) -> None:
    assert outcome(with_size(JPEG, *size)) in (Outcome.FAULT, Outcome.UNREADABLE)
    bomb = PNG[:16] + (40_000).to_bytes(4) + (40_000).to_bytes(4) + PNG[24:]
    assert outcome(bomb) is Outcome.FAULT


def test_a_pdf_of_a_scanner() -> None:
    high, wide = PAGE.shape[:2]
    pages = pictures_of(pdf(JPEG, JPEG, width=wide, height=high, kind="/DCTDecode"))
    assert [one.shape for one in pages] == [PAGE.shape] * 2
    rgb = np.ascontiguousarray(PAGE[:, :, ::-1]).tobytes()
    flate = pictures_of(pdf(zlib.compress(rgb), width=wide, height=high, kind="/FlateDecode"))
    assert (flate[0] == PAGE).all()
    out = io.BytesIO()
    Image.fromarray(PAGE[:, :, ::-1]).save(out, "PDF")
    assert pictures_of(out.getvalue())[0].shape == PAGE.shape, "as another program writes it"


def test_pdfs_that_are_refused() -> None:
    high, wide = PAGE.shape[:2]
    bomb = zlib.compress(bytes(8_000_000), 9)
    assert outcome(pdf(bomb, width=60_000, height=60_000, kind="/FlateDecode")) is Outcome.FAULT
    assert outcome(pdf(zlib.compress(b"short"), width=wide, height=high, kind="/FlateDecode")) is Outcome.UNREADABLE
    assert outcome(pdf(b"no zlib", width=wide, height=high, kind="/FlateDecode")) is Outcome.UNREADABLE
    assert outcome(pdf(JPEG, width=wide, height=high, kind="/JPXDecode")) is Outcome.UNREADABLE
    assert outcome(pdf(JPEG, width=wide, height=high, kind="/DCTDecode", images=2)) is Outcome.UNREADABLE
    assert outcome(pdf(width=1, height=1, kind="/DCTDecode")) is Outcome.UNREADABLE
    inner = with_size(JPEG, 60_000, 60_000)
    assert outcome(pdf(inner, width=wide, height=high, kind="/DCTDecode")) is Outcome.FAULT


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(JPEG) - 1), st.binary(min_size=1, max_size=40))
def test_whatever_comes_is_a_picture_or_an_outcome(at: int, noise: bytes) -> None:
    assert outcome(JPEG[:at] + noise + JPEG[at + len(noise) :]) in (None, Outcome.UNREADABLE, Outcome.FAULT)
    assert outcome(noise) is Outcome.UNREADABLE
