from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp
from paper_samples import ZHANG, acknowledged, paper
from test_fonts_embedding import RARE

from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.preview import pages_as_png
from app.documents.receipt import DOTS_PER_MODULE, strip_format, strip_picture, trial_strip
from app.documents.render import PaperRenderer
from app.documents.verify import verify_paper
from app.domain.document import PaperKind
from app.domain.errors import BadInput
from app.licences.cose import SigningKey
from devices.drivers.output.escpos import open_driver
from devices.drivers.output.escpos_wire import encode_picture
from devices.emulators.output.escpos_printer import EscposPrinterEmulator

WIDTHS = (576, 384)
PAPERS = {
    "short": paper(1, 0),
    "demo": replace(paper(3, 5, (RARE, ZHANG[1])), demo=True, reprint=1),
    "long": acknowledged(paper(14, 13, ("阿卜杜热合曼·" * 12, ZHANG[1]))),
    "materials": paper(2, 13, kind=PaperKind.MATERIAL_RECEIPT),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAPERS)
def test_strip_is_black_and_white_and_its_code_is_readable_and_genuine(
    renderer: PaperRenderer, signer: SigningKey, name: str, width: int
) -> None:
    rendered = renderer.render(PAPERS[name], strip_format(width))
    picture = strip_picture(rendered.pdf, width)
    assert picture.dtype == np.uint8
    assert picture.shape[1:] == (width, 3)
    assert set(np.unique(picture)) == {0, 255}
    assert (picture[:, :4] == 255).all(), "ink at the left edge"
    assert (picture[:, -4:] == 255).all(), "ink at the right edge"
    codes = zxingcpp.read_barcodes(picture)
    assert [code.text for code in codes] == [rendered.qr_text]
    assert smallest_run(picture, codes[0].position) >= DOTS_PER_MODULE
    assert verify_paper(rendered.pdf, lambda _: [signer]).unaltered


def smallest_run(picture: npt.NDArray[np.uint8], place: zxingcpp.Position) -> int:
    """The narrowest dark or light run in the code's rows and columns, dots: one module."""
    top, bottom = place.top_left.y + 1, place.bottom_left.y - 1
    left, right = place.top_left.x + 1, place.top_right.x - 1
    dark = picture[top:bottom, left:right, 0] == 0
    runs = [np.diff(np.flatnonzero(line[1:] != line[:-1])) for line in (*dark, *dark.T)]
    return int(min(run.min() for run in runs if run.size))


@pytest.mark.parametrize("width", WIDTHS)
def test_modules_are_whole_dots(renderer: PaperRenderer, width: int) -> None:
    """Each module as many dots as the next: else every other line of the code would be a dot wider."""
    picture = renderer.receipt(paper(3, 5), width)
    place = zxingcpp.read_barcodes(picture)[0].position
    dark = picture[place.top_left.y + 2 : place.bottom_left.y - 2, place.top_left.x + 2 : place.top_right.x - 2, 0] == 0
    edges = np.unique(np.flatnonzero((dark[:, 1:] != dark[:, :-1]).any(axis=0)))
    steps = set(np.diff(edges))
    module = min(steps)
    assert module >= DOTS_PER_MODULE
    assert all(step % module == 0 for step in steps)


def test_strip_is_the_same_each_time_and_follows_the_paper(renderer: PaperRenderer) -> None:
    one = renderer.receipt(paper(1, 1), 576)
    assert np.array_equal(one, renderer.receipt(paper(1, 1), 576))
    other = renderer.receipt(paper(1, 1, ("李伟", ZHANG[1])), 576)
    assert one.shape == other.shape
    assert not np.array_equal(one, other)
    assert renderer.receipt(paper(1, 1), 576, large=True).shape[0] > one.shape[0]


def test_rare_characters_are_drawn_each_as_itself(renderer: PaperRenderer) -> None:
    """A missing-glyph box would make two names of rare characters look alike."""
    heads = [renderer.receipt(paper(1, 0, (char, ZHANG[1])), 384)[:260] for char in RARE]
    for index, one in enumerate(heads):
        assert all(not np.array_equal(one, other) for other in heads[index + 1 :])


def test_undrawable_name_and_narrow_strip_are_refused(renderer: PaperRenderer) -> None:
    with pytest.raises(ValueError, match="384"):
        renderer.receipt(paper(1, 1), 200)
    with pytest.raises(ValueError, match="strip"):
        strip_picture(renderer.render(paper(1, 1)).pdf, 576)
    with pytest.raises(BadInput):
        renderer.receipt(paper(1, 1, ("\U0002ebf0", ZHANG[1])), 576)


def test_a_wider_head_prints_it_in_the_middle(renderer: PaperRenderer) -> None:
    wide, plain = renderer.receipt(paper(1, 1), 640), renderer.receipt(paper(1, 1), 576)
    assert wide.shape[1] == 640
    assert np.array_equal(wide[:, 32:608], plain)


def test_watermark_is_a_screen_that_leaves_the_type_alone(renderer: PaperRenderer) -> None:
    """Dots of the watermark are there, single, and never beside a stroke."""
    picture = renderer.receipt(paper(3, 5), 576)[:, :, 0] == 0
    around = cv2.boxFilter(picture.astype(np.float32), -1, (3, 3), normalize=False)
    single = picture & (around < 1.5)
    assert single.sum() > 500


@pytest.mark.parametrize("shape", [Format.STRIP_80, Format.STRIP_58, Format.STRIP_80.enlarged])
def test_what_the_printer_draws_is_the_preview(renderer: PaperRenderer, tmp_path: Path, shape: Format) -> None:
    """Preview on the screen, picture sent, picture that the emulated head burns: one and the same, dot by dot."""
    rendered = renderer.render(PAPERS["demo"], shape)
    sent = strip_picture(rendered.pdf, shape.dots)
    emulator = EscposPrinterEmulator(tmp_path)
    emulator.start()
    try:
        driver = open_driver(f"escpos+tcp://127.0.0.1:{emulator.address[1]}?width={shape.dots}")
        assert driver.open().ok
        assert driver.print_picture(sent, rendered.job_id).ok
        driver.close()
    finally:
        emulator.stop()
    printed = cv2.imread(str(tmp_path / "receipt-0001.png"), cv2.IMREAD_GRAYSCALE)
    assert printed is not None
    assert np.array_equal(printed, sent[:, :, 0])
    preview = cv2.imdecode(np.frombuffer(pages_as_png(rendered.pdf)[0], np.uint8), cv2.IMREAD_GRAYSCALE)
    assert preview is not None
    assert np.array_equal(preview, printed)


def test_the_job_ends_with_feed_and_cut(renderer: PaperRenderer) -> None:
    job = encode_picture(renderer.receipt(paper(1, 1), 384))
    assert job.startswith(b"\x1b@\x1dv0\0" + struct.pack("<H", 48))
    assert job.endswith(b"\x1bd\x06\x1dV\x00")


def test_trial_strip_shows_rare_characters(fonts: PaperFonts) -> None:
    picture = trial_strip(576, "2026-11-22 10:00:00", fonts)
    assert picture.shape[1] == 576
    assert (picture == 0).sum() > 2000
