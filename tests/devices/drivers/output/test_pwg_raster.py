"""PWG Raster: what is written is read again, by us and by CUPS's own reader."""

from __future__ import annotations

import contextlib
import ctypes
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.base import Picture
from devices.drivers.output.pwg_raster import NotRaster, decode_raster, encode_raster

MEDIA = "custom_id1_85.6x53.98mm"


def noise(height: int, width: int, colours: int, seed: int) -> Picture:
    """Few colours make runs and repeated lines, many make loose dots."""
    return np.random.default_rng(seed).integers(0, colours, (height, width, 3), np.uint8) * np.uint8(50)


@given(st.integers(1, 9), st.integers(1, 300), st.sampled_from([1, 2, 5]), st.integers(0, 99))
def test_a_picture_survives(height: int, width: int, colours: int, seed: int) -> None:
    sent = noise(height, width, colours, seed)
    pages = list(decode_raster(encode_raster([sent, sent[::-1]], 300, MEDIA)))
    assert np.array_equal(pages[0].picture, sent)
    assert np.array_equal(pages[1].picture, sent[::-1])
    assert [(page.dpi, page.media, page.duplex) for page in pages] == [(300, MEDIA, True)] * 2


def test_repeated_lines_and_long_runs_are_short() -> None:
    blank = np.full((638, 1011, 3), 255, np.uint8)
    assert len(encode_raster([blank], 300, MEDIA)) < 2000
    assert np.array_equal(next(decode_raster(encode_raster([blank], 300, MEDIA))).picture, blank)


def test_cups_reads_the_same(tmp_path: Path) -> None:
    try:
        cups = ctypes.CDLL("libcups.so.2")
    except OSError:
        pytest.skip("libcups is not installed")
    sent = [noise(40, 130, 2, 1), noise(40, 130, 5, 2)]
    path = tmp_path / "card.pwg"
    path.write_bytes(encode_raster(sent, 300, MEDIA))
    cups.cupsRasterOpen.restype = ctypes.c_void_p
    file = os.open(path, os.O_RDONLY)
    raster = ctypes.c_void_p(cups.cupsRasterOpen(file, 0))
    try:
        for page in sent:
            header = (ctypes.c_ubyte * 1796)()
            assert cups.cupsRasterReadHeader2(raster, header) == 1
            fields = np.frombuffer(header, "=u4")
            assert fields[93:95].tolist() == [130, 40]  # cupsWidth, cupsHeight
            assert fields[69:71].tolist() == [300, 300]  # HWResolution
            assert fields[100] == 19  # cupsColorSpace: sRGB
            assert bytes(header[1732:1796]).split(b"\0")[0].decode() == MEDIA  # cupsPageSizeName
            rows = (ctypes.c_ubyte * (130 * 3 * 40))()
            assert cups.cupsRasterReadPixels(raster, rows, len(rows)) == len(rows)
            came = np.frombuffer(rows, np.uint8).reshape(40, 130, 3)[:, :, ::-1]
            assert np.array_equal(came, page)
    finally:
        cups.cupsRasterClose(raster)
        os.close(file)


@pytest.mark.parametrize("cut", [0, 3, 4 + 1795, -1, -5])
def test_what_is_cut_off_is_noticed(cut: int) -> None:
    whole = encode_raster([noise(20, 50, 5, 3)], 300, MEDIA)
    with pytest.raises(NotRaster):
        list(decode_raster(whole[:cut]))


@given(st.binary(max_size=80), st.integers(0, 2000))
def test_damage_never_surprises(junk: bytes, at: int) -> None:
    whole = bytearray(encode_raster([noise(4, 30, 5, 3)], 300, MEDIA))
    whole[at : at + len(junk)] = junk
    with contextlib.suppress(NotRaster):
        list(decode_raster(bytes(whole)))


def test_it_takes_pictures_only() -> None:
    with pytest.raises(ValueError, match="picture"):
        encode_raster([np.zeros((3, 3), np.uint8)], 300, MEDIA)
