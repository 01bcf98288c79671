"""`emulated://` through the registry: the real drivers before emulators, and the emulators' own rules."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numbered_clips import ClipMaker, number_of
from stdnum.iso7064 import mod_11_2

from app.domain.errors import BadInput
from app.domain.person import CardType
from devices.emulators.faults import Faults
from devices.emulators.identity.driver import EmulatedIdReader
from devices.emulators.imaging.driver import EmulatedCamera
from devices.emulators.output.driver import EmulatedPrinter, EmulatedReceiptPrinter
from devices.emulators.output.escpos_printer import write_numbered
from devices.emulators.output.escpos_stream import Cut, EscposStream, Other, Raster, StatusQuestion
from devices.emulators.people import demo_people
from devices.outcome import Outcome
from devices.registry import open_device


@pytest.mark.parametrize("person", demo_people())
def test_id_reader(person: str) -> None:
    device = open_device(f"emulated://id-reader?person={person}&after=0.3&fault=split,noise")
    assert isinstance(device, EmulatedIdReader)
    device.open().unwrap()
    assert device.read_card(10).unwrap().card == demo_people()[person].card
    device.close()


def test_cards_can_be_moved_while_it_runs() -> None:
    device = open_device("emulated://id-reader")
    assert isinstance(device, EmulatedIdReader)
    device.open().unwrap()
    assert device.read_card(0.1).outcome is Outcome.NOT_PRESENT
    card = demo_people()["wang-ji"].card
    threading.Timer(0.2, device.emulator.place, (card,)).start()
    assert device.read_card(10).unwrap().card == card
    device.emulator.remove()
    assert device.read_card(0.1).outcome is Outcome.NOT_PRESENT
    device.close()


def test_camera(make_clip: ClipMaker) -> None:
    clip = make_clip("片段.avi", frames=40, fps=20)
    device = open_device(f"emulated://camera?clip={clip}")
    assert isinstance(device, EmulatedCamera)
    for _ in range(2):
        device.open().unwrap()
        numbers = [number_of(device.read_frame(5).unwrap().picture) for _ in range(5)]
        assert numbers == sorted(set(numbers))
        assert numbers[0] < 10  # each opening plays the clip from its beginning
        device.close()


def test_a_camera_without_its_clip_does_not_open(tmp_path: Path) -> None:
    device = open_device(f"emulated://camera?clip={tmp_path}/none.avi")
    assert device.open().outcome in (Outcome.FAULT, Outcome.DISCONNECTED, Outcome.TIMEOUT)
    device.close()


def test_receipt_printer(tmp_path: Path) -> None:
    device = open_device(f"emulated://receipt-printer?out={tmp_path}/out&width=384")
    assert isinstance(device, EmulatedReceiptPrinter)
    assert device.width_dots == 384
    device.open().unwrap()
    device.print_picture(np.zeros((10, 384, 3), np.uint8), "a").unwrap()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["receipt-0001.png"]
    device.emulator.faults.set("paper-out")
    assert device.probe().outcome is Outcome.OUT_OF_PAPER
    device.close()


def test_printer(tmp_path: Path) -> None:
    device = open_device(f"emulated://printer?out={tmp_path}/out&wait=1&fault=silent:1")
    assert isinstance(device, EmulatedPrinter)
    device.open().unwrap()
    assert device.print_pdf(b"%PDF-1", "a", "").outcome is Outcome.UNKNOWN
    assert device.print_pdf(b"%PDF-2", "b", "").ok
    assert sorted(path.read_bytes() for path in (tmp_path / "out").iterdir()) == [b"%PDF-1", b"%PDF-2"]
    device.close()


def test_numbering_goes_on_from_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "job-0041.pdf").touch()
    (tmp_path / "job-x.pdf").touch()
    assert write_numbered(tmp_path, "job", "pdf", b"x").name == "job-0042.pdf"


def test_counted_faults_run_out() -> None:
    faults = Faults({"a", "b"})
    faults.set_all("a:2,b")
    assert [faults.on("a") for _ in range(3)] == [True, True, False]
    assert all(faults.on("b") for _ in range(3))
    faults.clear()
    assert not faults.on("b")
    for wrong in ("c", "a:-1", "a:x", "a:1000000"):
        with pytest.raises(BadInput):
            faults.set_all(wrong)


def test_escpos_stream_in_single_bytes() -> None:
    wire = b"\x1b@\x10\x04\x01Hi\x1bd\x06\x1dv0\x00\x01\x00\x02\x00\x81\x7e\x1dV\x42\x00\x1dV\x00\x10\x04\x04"
    whole = list(EscposStream().feed(wire))
    stream, pieces = EscposStream(), []
    for at in range(len(wire)):
        pieces += list(stream.feed(wire[at : at + 1]))
    kinds = [Other, StatusQuestion, Other, Other, Other, Raster, Cut, Cut, StatusQuestion]
    assert [type(event) for event in whole] == [type(event) for event in pieces] == kinds
    raster = whole[5]
    assert isinstance(raster, Raster)
    assert raster.rows.astype(int).tolist() == [[1, 0, 0, 0, 0, 0, 0, 1], [0, 1, 1, 1, 1, 1, 1, 0]]


def test_demo_people_are_made_up_well() -> None:
    assert {person.card.type for person in demo_people().values()} == set(CardType)
    for person in demo_people().values():
        card = person.card
        assert card.number is not None
        assert card.birth is not None
        born = card.birth.replace("-", "")
        if card.type is CardType.FOREIGNER_2017:
            assert card.number[7:13] == born[2:]
            assert _check_731(card.number[:-1]) == int(card.number[-1])
        else:
            assert mod_11_2.is_valid(card.number)
            assert card.number[6:14] == born
        if card.type in (CardType.RESIDENT, CardType.HMT):
            assert int(card.number[16]) % 2 == (1 if card.sex == "男" else 0)
    zhang, wang = demo_people()["zhang-wei"].card, demo_people()["wang-ji"].card
    assert (zhang.name, zhang.birth, (zhang.number or "")[:6]) == ("张伟", "1990-03-15", "330502")
    assert "𠮷" in (wang.name or "")
    assert "㛃䶮" in (wang.address or "")


def _check_731(text: str) -> int:
    """ICAO 9303's check digit, which also ends the 2017 card's number (CAN110081080310 holds)."""
    values = [int(char) if char.isdigit() else ord(char) - 55 for char in text]
    return sum(value * (7, 3, 1)[n % 3] for n, value in enumerate(values)) % 10
