"""Codes that ordinary readers give up: blurred, moved, bent, under a reflection; and noise, which is none."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import reedsolo
import segno

from app.licences import decode as decoding
from app.licences.decode import decode_still, read_deep
from app.licences.live import LiveDecoder
from app.licences.qr_deep import Looks, clean_symbols
from app.licences.qr_find import alike, nested, pairs, placements, triples
from app.licences.qr_grid import CELL, QUIET, blinded, darkness, middles
from app.licences.qr_symbol import formats, repair, size_of

TEXT = "YC1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGWJC0FD"
Picture = npt.NDArray[np.uint8]


def symbol(text: str = TEXT, version: int | None = None, error: str = "m") -> Picture:
    code = segno.make(text, version=version, error=error, micro=False, boost_error=False)
    return np.array([list(row) for row in code.matrix], np.uint8)


def frame(module: float = 6, text: str = TEXT, background: int = 90) -> Picture:
    """The code on a white ground in a grey picture, slightly turned and slanted."""
    modules = np.pad(1 - symbol(text), 4, constant_values=1) * 255
    side = modules.shape[0]
    crisp = np.kron(modules, np.ones((8, 8))).astype(np.uint8)
    width = side * module
    corners = np.array([[60, 40], [60 + width, 55], [50 + width, 45 + width], [45, 30 + width]], np.float32)
    source = np.array([[0, 0], [side * 8, 0], [side * 8, side * 8], [0, side * 8]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners)
    size = int(width + 130)
    return np.asarray(
        cv2.warpPerspective(crisp, matrix, (size, size), flags=cv2.INTER_AREA, borderValue=background), np.uint8
    )


def noisy(picture: Picture, sigma: float, seed: int = 7) -> Picture:
    noise = np.random.default_rng(seed).normal(0, sigma, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def text_of(picture: Picture, looks: Looks | None = None) -> str:
    codes = read_deep(picture, 5, looks)
    return codes[0].text if codes else ""


@pytest.mark.parametrize("version", range(1, 41))
def test_a_whole_symbol_is_its_own_repair(version: int) -> None:
    for error in "LMQH":
        modules = symbol("A1", version, error)
        mended = repair(modules.astype(float), version)
        assert mended is not None
        assert (mended == modules).all()


def test_modules_known_to_be_lost_are_made_good() -> None:
    modules = symbol()
    version = (len(modules) - 17) // 4
    dark = modules.astype(float)
    dark[14:28, 12:26] = 0.5
    mended = repair(dark, version)
    assert mended is not None
    assert (mended == modules).all()
    # The same blot taken for light is more than the ordinary correction bears: knowing what is lost is the point.
    dark[14:28, 12:26] = 0.0
    assert repair(dark, version) is None


def test_too_much_lost_is_not_guessed() -> None:
    dark = symbol().astype(float)
    dark[9:, 9:] = 0.5
    assert repair(dark, (len(dark) - 17) // 4) is None


def test_noise_never_becomes_a_symbol() -> None:
    random = np.random.default_rng(3)
    for version in (1, 2, 5, 10):
        size = size_of(version)
        assert all(repair(random.random((size, size)), version) is None for _ in range(40))


def blurred(picture: Picture) -> Picture:
    return noisy(np.asarray(cv2.GaussianBlur(picture, (0, 0), 6.2), np.uint8), 1.5)


def moved(picture: Picture) -> Picture:
    kernel = np.zeros((17, 17), np.float32)
    cv2.line(kernel, (0, 2), (16, 14), 1, 1)
    return noisy(np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.uint8), 1.5)


def bent(picture: Picture) -> Picture:
    rows, columns = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]].astype(np.float32)
    return np.asarray(
        cv2.remap(picture, columns + 4 * np.sin(rows / 55), rows + 5 * np.sin(columns / 60), cv2.INTER_LINEAR), np.uint8
    )


def glaring(picture: Picture, at: tuple[float, float] = (0.62, 0.6)) -> Picture:
    lit = picture.copy()
    side = picture.shape[0]
    cv2.ellipse(lit, (int(side * at[0]), int(side * at[1])), (side // 7, side // 10), 20, 0, 360, 255, -1)
    return lit


@pytest.mark.parametrize("spoil", [blurred, moved, bent, glaring])
def test_what_the_ordinary_reader_gives_up_is_read(spoil) -> None:  # type: ignore[no-untyped-def]
    picture = spoil(frame(8))
    assert decoding.decode(picture) == []
    assert text_of(picture) == TEXT


@pytest.mark.parametrize("corner", [(95, 75), (350, 90), (85, 330)])
def test_a_finder_pattern_under_a_reflection_is_predicted(corner: tuple[int, int]) -> None:
    lit = frame(8)
    # As a lamp: white, with a soft edge, and the code's own margin with it.
    lamp = np.zeros(lit.shape, np.float32)
    cv2.circle(lamp, (corner[0] + 12, corner[1] + 12), 50, 600, -1)
    lit = np.clip(lit + cv2.GaussianBlur(lamp, (0, 0), 3), 0, 255).astype(np.uint8)
    seen = alike(lit)
    assert pairs(lit, seen)
    assert text_of(lit) == TEXT


def test_nothing_is_predicted_where_nothing_is_white() -> None:
    assert pairs(frame(8, background=60) // 2, alike(frame(8) // 2)) == []


def test_what_has_no_format_is_not_repaired() -> None:
    dark = symbol().astype(float)
    assert formats(dark)
    dark[8, :9] = dark[:9, 8] = dark[8, -8:] = dark[-8:, 8] = 0.5
    assert formats(dark) == []


def test_the_place_is_told_too() -> None:
    (code,) = read_deep(blurred(frame(8)), 5)
    first, _, third, _ = code.points
    assert np.hypot(first[0] - 91, first[1] - 72) < 12
    assert np.hypot(third[0] - 379, third[1] - 372) < 12


def test_a_still_picture_goes_as_far_as_the_deep_reading() -> None:
    assert [code.text for code in decode_still(blurred(frame(8)))] == [TEXT]


def test_finder_patterns_are_found_both_ways_and_fit_the_right_version() -> None:
    picture = frame(6)
    version = (len(symbol()) - 17) // 4
    for found in (nested(picture, 0, 31), alike(picture)):
        (best, *_) = triples(found)
        placed = next(iter(placements(picture, best)))
        assert placed.version == version
        assert placed.fit > 0.8


def test_noise_and_grey_have_no_symbol() -> None:
    random = np.random.default_rng(5)
    for picture in (np.full((480, 640), 127, np.uint8), random.integers(0, 256, (480, 640)).astype(np.uint8)):
        assert list(clean_symbols(picture, 5)) == []
    assert read_deep(np.zeros((0, 0), np.uint8), 1) == []


def test_no_new_attempt_begins_after_the_time_is_up() -> None:
    ticks = iter(range(1000))
    assert list(clean_symbols(blurred(frame(8)), 0.5, cpu=lambda: float(next(ticks)))) == []


def test_looks_at_the_same_symbol_make_one_that_none_of_them_shows() -> None:
    modules = symbol()
    version = (len(modules) - 17) // 4
    first, second = (modules.astype(float) for _ in range(2))
    first[9:, 21:] = 0.5
    second[9:, 9:21] = 0.5
    assert repair(first, version) is None
    assert repair(second, version) is None
    looks = Looks()
    assert looks.together(version, first) is None
    joined = looks.together(version, second)
    assert joined is not None
    mended = repair(joined, version)
    assert mended is not None
    assert (mended == modules).all()


def test_another_symbol_begins_anew_and_is_not_mixed_with_the_last() -> None:
    one, other = symbol("A" * 60), symbol("B" * 60)
    version = (len(one) - 17) // 4
    looks = Looks()
    looks.together(version, one.astype(float))
    assert looks.together(version, other.astype(float)) is None
    again = looks.together(version, other.astype(float))
    assert again is not None
    mended = repair(again, version)
    assert mended is not None
    assert (mended == other).all()


def test_a_mixture_of_two_codes_is_read_as_neither() -> None:
    one, other = symbol("A" * 60), symbol("B" * 60)
    assert repair((one + other.astype(float)) / 2, (len(one) - 17) // 4) is None


def test_a_noisy_look_is_still_a_look_at_the_same_symbol() -> None:
    modules = symbol()
    version = (len(modules) - 17) // 4
    random = np.random.default_rng(3)
    looks = Looks()
    joined = None
    for _ in range(16):
        noisy = np.clip(modules + random.normal(0, 0.6, modules.shape), 0, 1)
        assert repair(noisy, version) is None
        joined = looks.together(version, noisy)
    assert joined is not None
    assert repair(joined, version) is not None


def test_looks_with_their_blur_undone_are_kept_by_themselves() -> None:
    modules = symbol().astype(float)
    looks = Looks()
    looks.together((len(modules) - 17) // 4, modules)
    assert looks.together((len(modules) - 17) // 4, modules, cleared=True) is None


def test_under_a_reflection_the_next_frame_comes_first_but_not_always() -> None:
    modules = symbol()
    version = (len(modules) - 17) // 4
    lit, clear, little = (modules.astype(float) for _ in range(3))
    lit[9:, 9:25] = 0.5
    little[9:18, 9:18] = 0.5
    looks = Looks()
    for seen in (clear, little):
        looks.together(version, seen)
        assert not looks.hurried
    looks = Looks()
    looks.together(version, clear)
    hurried = []
    for _ in range(6):
        looks.together(version, lit)
        hurried.append(looks.hurried)
    assert hurried == [True, True, True, True, False, True]


def test_beside_a_reflection_a_dim_code_keeps_its_light() -> None:
    """White at half its light beside white that is burnt out: it must not be taken for dark."""
    modules = symbol()
    size = len(modules)
    flat = np.pad(
        np.kron(125 - 118 * modules, np.ones((CELL, CELL), np.uint8)), QUIET * CELL, constant_values=125
    ).astype(np.uint8)
    middle = len(flat) // 2
    flat[middle - 5 * CELL : middle + 5 * CELL, middle - 5 * CELL : middle + 5 * CELL] = 255
    dark = darkness(flat, middles((size - 17) // 4), blinded(flat))
    hidden = dark == 0.5
    assert 100 <= hidden.sum() <= 169
    assert ((dark > 0.5) == modules)[~hidden].all()


def test_what_is_hidden_beyond_repair_is_not_attempted(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = symbol().astype(float)
    version = (len(modules) - 17) // 4
    some, most = modules.copy(), modules.copy()
    some[12:14, 12:14] = 0.5
    most[9:, 9:] = 0.5
    attempts: list[int] = []
    real = reedsolo.rs_correct_msg

    def counted(message: bytearray, *args: Any, **more: Any) -> Any:
        attempts.append(len(message))
        return real(message, *args, **more)

    monkeypatch.setattr(reedsolo, "rs_correct_msg", counted)
    assert repair(most, version) is None
    assert attempts == []
    assert repair(some, version) is not None
    assert len(attempts) >= 1


def test_the_live_reader_takes_up_what_a_cheap_pass_leaves() -> None:
    picture = blurred(frame(8))
    with LiveDecoder() as live:
        found: list[str] = []
        for _ in range(400):
            found = [code.text for code in live.read(picture)]
            if found:
                break
        else:
            live.settle()
            found = [code.text for code in live.read(picture)]
    assert found == [TEXT]


def test_the_live_reader_reads_a_clear_code_at_once_and_other_kinds_soon() -> None:
    from zxingcpp import BarcodeFormat, create_barcode

    with LiveDecoder() as live:
        assert [code.text for code in live.read(frame(6))] == [TEXT]
        modules = np.array(create_barcode("ABC-123", BarcodeFormat.DataMatrix).to_image(scale=6))
        sheet = np.pad(modules, 60, constant_values=255)
        assert any(live.read(sheet) for _ in range(40))
