"""Pictures from files: sizes are read from headers, bombs and torn files are refused before decoding."""

from __future__ import annotations

import struct
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.materials.page import MAX_BYTES, load_picture
from app.materials.picture_size import picture_size

SMALL = np.random.default_rng(1).integers(0, 255, (40, 60, 3), np.uint8)


def encoded(kind: str) -> bytes:
    good, data = cv2.imencode(kind, SMALL)
    assert good
    return bytes(data)


def png_of(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims any size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(d)) + t + d + struct.pack(">I", zlib.crc32(t + d)) for t, d in parts)
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("kind", [".jpg", ".png", ".bmp"])
def test_the_header_says_what_decoding_finds(kind: str) -> None:
    assert picture_size(encoded(kind)) == (60, 40)
    assert load_picture(encoded(kind)).shape == (40, 60, 3)


def test_a_progressive_jpeg_and_one_with_padding_are_read() -> None:
    good, data = cv2.imencode(".jpg", SMALL, [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])
    assert good
    assert picture_size(bytes(data)) == (60, 40)
    padded = bytes(data[:2]) + b"\xff" + bytes(data[2:])
    assert picture_size(padded) == (60, 40)


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (20_000, 10), (10, 20_000), (15_000, 9_000)])
def test_a_bomb_is_refused_by_its_header(monkeypatch: pytest.MonkeyPatch, width: int, height: int) -> None:
    def decode(*_: object) -> None:
        raise AssertionError("decoded before its size was looked at")

    monkeypatch.setattr(cv2, "imdecode", decode)
    with pytest.raises(BadInput, match="图片太大"):
        load_picture(png_of(width, height))


def test_a_huge_jpeg_header_is_refused() -> None:
    data = bytearray(encoded(".jpg"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 60_000, 60_000)
    with pytest.raises(BadInput, match="图片太大"):
        load_picture(bytes(data))


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(BadInput, match="文件有 64 MB"):
        load_picture(encoded(".jpg") + bytes(MAX_BYTES))


@pytest.mark.parametrize("kind", [".jpg", ".png", ".bmp"])
def test_a_torn_picture_is_refused(kind: str) -> None:
    data = encoded(kind)
    with pytest.raises(BadInput, match="图片读不出来"):
        load_picture(data[: len(data) * 2 // 3])


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(40), b"%PDF-1.7", b"\xff\xd8\xff\xe0\x00\x01", png_of(0, 5)])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="图片读不出来"):
        load_picture(data)


def test_a_jpeg_is_turned_as_the_camera_says() -> None:
    """EXIF orientation 6: stored lying on its side."""
    tiff = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    app1 = b"Exif\x00\x00" + tiff
    data = encoded(".jpg")
    turned = data[:2] + b"\xff\xe1" + struct.pack(">H", len(app1) + 2) + app1 + data[2:]
    assert load_picture(turned).shape == (60, 40, 3)


@given(st.binary(max_size=80), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM"]))
def test_no_bytes_make_the_size_reader_fail(tail: bytes, head: bytes) -> None:
    size = picture_size(head + tail)
    assert size is None or min(size) > 0
