"""Cards: each side dot for dot, and what a card printer lacks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.domain.errors import BadInput
from devices.base import Picture
from devices.drivers.output.ipp import place_of
from devices.drivers.output.ipp_card import IppCardPrinter, dots_of, open_driver
from devices.drivers.output.ipp_queue import Pace
from devices.emulators.output.card_printer import CardPrinterEmulator
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[CardPrinterEmulator]:
    made = CardPrinterEmulator(tmp_path / "卡", page_seconds=0.02)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def printer(emulator: CardPrinterEmulator) -> Iterator[IppCardPrinter]:
    uri = "card+ipp://{}:{}/ipp/print".format(*emulator.address)
    made = IppCardPrinter(uri, place_of(DeviceUri.parse(uri)), pace=Pace(every=0.05, whole=5, held=0.2))
    made.open().unwrap()
    yield made
    made.close()


def side(seed: int, size: tuple[int, int] = (1011, 638)) -> Picture:
    picture = np.full((size[1], size[0], 3), 255, np.uint8)
    for x, y, shade in np.random.default_rng(seed).integers(0, 200, (12, 3)):
        cv2.circle(picture, (int(x) * 4, int(y) * 2), 40, (int(shade), int(x), int(y)), -1)
    return picture


def came(emulator: CardPrinterEmulator) -> list[Picture]:
    return [
        np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        for path in sorted(emulator.out.glob("card-*.png"))
    ]


def test_both_sides_come_out_dot_for_dot(emulator: CardPrinterEmulator, printer: IppCardPrinter) -> None:
    front, back = side(1), side(2)
    assert printer.print_card(front, back, "a") == Reply(Outcome.OK, "1")
    card = came(emulator)[0]
    assert np.array_equal(card[:638], front)
    assert np.array_equal(card[-638:], back)
    assert emulator.jobs[0].wishes["sides"] == ["two-sided-long-edge"]
    assert emulator.jobs[0].mime == "image/pwg-raster"


def test_a_smaller_front_alone_is_centred(emulator: CardPrinterEmulator, printer: IppCardPrinter) -> None:
    assert printer.print_card(np.zeros((38, 11, 3), np.uint8), None, "a").ok
    card = came(emulator)[0]
    assert card.shape == (638, 1011, 3)
    assert not card[300:338, 500:511].any()
    assert (np.count_nonzero(card == 0)) == 38 * 11 * 3


def test_a_card_is_made_once(emulator: CardPrinterEmulator, printer: IppCardPrinter) -> None:
    assert printer.print_card(side(1), None, "a").ok
    assert "未重复" in printer.print_card(side(1), None, "a").detail
    assert len(came(emulator)) == 1


@pytest.mark.parametrize(
    ("fault", "outcome", "words"),
    [
        ("media-empty", Outcome.OUT_OF_PAPER, "没有卡片"),
        ("ribbon-empty", Outcome.OUT_OF_PAPER, "色带"),
        ("jam", Outcome.FAULT, "卡在"),
        ("cover-open", Outcome.FAULT, "盖板"),
    ],
)
def test_what_it_lacks_is_said_and_the_card_goes_afterwards(
    emulator: CardPrinterEmulator, printer: IppCardPrinter, fault: str, outcome: Outcome, words: str
) -> None:
    emulator.faults.set(fault)
    reply = printer.print_card(side(1), None, "a")
    assert (reply.outcome, reply.partly) == (outcome, False)
    assert words in reply.detail
    assert printer.probe().outcome is outcome
    emulator.faults.clear()
    assert printer.print_card(side(1), None, "a").ok
    assert len(came(emulator)) == 1


def test_a_printer_of_pages_is_none_of_cards(emulator: CardPrinterEmulator) -> None:
    emulator.faults.set("no-pdf")
    assert open_driver("card+ipp://{}:{}".format(*emulator.address)).open().outcome is Outcome.FAULT


def test_other_heads_have_other_dots() -> None:
    assert dots_of(300) == (1011, 638)
    assert open_driver("card+cups:证卡?dpi=600").size_dots == (2022, 1275)


@pytest.mark.parametrize("wrong", [np.zeros((638, 1012, 3), np.uint8), np.zeros((10, 10), np.uint8)])
def test_a_side_must_fit(printer: IppCardPrinter, wrong: Picture) -> None:
    with pytest.raises(ValueError, match=r"picture|dots"):
        printer.print_card(wrong, None, "a")


@pytest.mark.parametrize("uri", ["card+ipp:", "card+cups:", "card+ipp://h?dpi=10", "card+ipp://h?sides=one"])
def test_malformed_addresses(uri: str) -> None:
    with pytest.raises(BadInput):
        open_driver(uri)
