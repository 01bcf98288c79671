"""Codes on pictures: made ones always; the development photos where they lie beside the tree (CORPORA)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp

from app.demo.phone import qr_picture
from app.domain.licence import ScannedCode
from app.licences import decode as decoding
from app.licences.decode import decode, decode_still

Picture = npt.NDArray[np.uint8]
TEXT = "YC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4.OI1RM8ZA.A5"


def on_paper(code: Picture, turn: float = 0.0, at: tuple[int, int] = (300, 180)) -> Picture:
    """The code on a light sheet of 1280 x 960, BGR, turned about the sheet's middle."""
    sheet = np.full((960, 1280), 235, np.uint8)
    sheet[at[1] : at[1] + code.shape[0], at[0] : at[0] + code.shape[1]] = code
    matrix = cv2.getRotationMatrix2D((640, 480), turn, 1.0)
    turned = cv2.warpAffine(sheet, matrix, (1280, 960), borderValue=(235,))
    return np.asarray(cv2.cvtColor(turned, cv2.COLOR_GRAY2BGR), dtype=np.uint8)


@pytest.mark.parametrize("read", [decode, decode_still])
@pytest.mark.parametrize("turn", [0, 17, 90, 200])
def test_a_code_is_read_at_any_angle(read, turn: float) -> None:  # type: ignore[no-untyped-def]
    (code,) = read(on_paper(qr_picture(TEXT), turn))
    assert (code.format, code.text) == ("QRCode", TEXT)


def test_corners_are_pixels_clockwise_from_the_symbols_top_left() -> None:
    plain = qr_picture(TEXT, module=8, quiet=4)
    side = plain.shape[0] - 64
    (code,) = decode(on_paper(plain, at=(300, 180)))
    expected = [(332, 212), (332 + side, 212), (332 + side, 212 + side), (332, 212 + side)]
    assert np.abs(np.array(code.points) - expected).max() <= 4
    (upside,) = decode(np.ascontiguousarray(on_paper(plain)[::-1, ::-1]))
    assert upside.points[0][0] > upside.points[2][0]


def test_gray_and_colour_and_transparent_pictures_are_taken() -> None:
    colour = on_paper(qr_picture(TEXT))
    for picture in (
        colour,
        colour[:, :, 0],
        colour[:, :, :1],
        cv2.cvtColor(colour, cv2.COLOR_BGR2BGRA),
        colour[:, ::-1],
    ):
        assert decode(np.asarray(picture, dtype=np.uint8))[0].text == TEXT


def test_no_code_gives_an_empty_list() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    for picture in (noise, np.zeros((480, 640), np.uint8), np.zeros((0, 0), np.uint8), np.zeros((0, 5, 3), np.uint8),
                    np.zeros((1, 1, 3), np.uint8), np.zeros((2, 9), np.uint8)):  # fmt: skip
        assert decode(picture) == []
        assert decode_still(picture) == []


def test_what_is_no_picture_is_the_callers_mistake() -> None:
    for wrong in (np.zeros((4, 4), np.float32), np.zeros((4, 4, 2), np.uint8), np.zeros(5, np.uint8)):
        with pytest.raises(ValueError, match="picture"):
            decode(wrong)  # type: ignore[arg-type]


def test_several_codes_are_all_read_once() -> None:
    sheet = on_paper(qr_picture("HC1:A"), at=(100, 100))
    small = qr_picture("8f3a0c5d9e7b4126", module=6)
    sheet[600 : 600 + small.shape[0], 700 : 700 + small.shape[1]] = small[:, :, None]
    assert {code.text for code in decode(sheet)} == {"HC1:A", "8f3a0c5d9e7b4126"}


def test_chinese_in_a_code_survives() -> None:
    for text in ("张伟", "王𠮷㛃䶮𬭚", "名称：湖州某理发店"):
        assert decode(on_paper(qr_picture(text)))[0].text == text


@pytest.mark.parametrize("text", ["张伟", "理发店", "HTTP"])
def test_zbars_guess_at_shift_jis_is_undone(text: str) -> None:
    codes = decoding._zbar(decoding.as_gray(on_paper(qr_picture(text))))
    assert [code.text for code in codes] == [text]
    assert len(codes[0].points) == 4


@pytest.mark.parametrize("name", ["DataMatrix", "Aztec", "PDF417", "Code128"])
def test_the_other_formats_are_read(name: str) -> None:
    made = zxingcpp.create_barcode("LICENCE-12345", zxingcpp.barcode_format_from_str(name))
    symbol = np.asarray(zxingcpp.write_barcode_to_image(made, scale=4, add_quiet_zones=True))
    (code,) = decode(on_paper(symbol, at=(200, 300)))
    assert (code.format, code.text) == (name, "LICENCE-12345")


def test_micro_qr_is_not_looked_for() -> None:
    """Looking for it is the cause of every false read on preprocessed pictures."""
    made = zxingcpp.create_barcode("12345", zxingcpp.BarcodeFormat.MicroQRCode)
    symbol = np.asarray(zxingcpp.write_barcode_to_image(made, scale=8, add_quiet_zones=True))
    assert zxingcpp.read_barcodes(on_paper(symbol))
    assert decode(on_paper(symbol)) == []


def blurred(sigma: float) -> Picture:
    soft = cv2.GaussianBlur(on_paper(qr_picture(TEXT, module=5)), (0, 0), sigma)
    noisy = soft.astype(np.float32) + np.random.default_rng(4).normal(0, 14, soft.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def test_a_still_picture_is_tried_harder() -> None:
    """There is a degree of blur that the live pass gives up on and the stages for stills overcome."""
    won = [sigma for sigma in (2.4, 2.8, 3.2, 3.6) if not decode(blurred(sigma)) and decode_still(blurred(sigma))]
    assert won
    (code,) = decode_still(blurred(won[0]))
    assert code.text == TEXT
    middle = np.mean(code.points, axis=0)
    code_side = qr_picture(TEXT, module=5).shape[0]
    assert np.abs(middle - (300 + code_side / 2, 180 + code_side / 2)).max() < 12  # scaled back to the picture


def test_decoding_goes_on_without_libzbar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_pyzbar", lambda: None)
    assert decode(on_paper(qr_picture(TEXT)))[0].text == TEXT
    assert decode(np.zeros((480, 640), np.uint8)) == []


def corpus() -> Path | None:
    folder = Path(os.environ.get("CORPORA", "")) / "qr"
    return folder if os.environ.get("CORPORA") and (folder / "manifest.json").exists() else None


@pytest.mark.skipif(corpus() is None, reason="CORPORA names no folder with qr/manifest.json")
def test_real_photos_are_read() -> None:
    """At least 90 % of a sample of real QR photos, and nothing on those without a code."""
    folder = corpus()
    assert folder is not None
    entries = json.loads((folder / "manifest.json").read_text("utf-8"))
    real = [entry for entry in entries if entry["kind"] == "qr" and entry["file"].startswith("real/")][::2]
    read = [_reads(folder / entry["file"], entry["expected"]) for entry in real]
    assert sum(read) >= 0.9 * len(read), f"{sum(read)} of {len(read)}"
    idle = [entry for entry in entries if entry["kind"] == "none"][::4]
    assert not any(_codes(folder / entry["file"]) for entry in idle)


def _codes(path: Path) -> list[ScannedCode]:
    picture = cv2.imread(str(path))
    assert picture is not None
    return decode_still(np.asarray(picture, dtype=np.uint8))


def _reads(path: Path, expected: str) -> bool:
    return expected in {code.text for code in _codes(path)}
