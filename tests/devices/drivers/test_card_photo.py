"""The vendor's program for card photographs: bytes in, a picture out, and whatever it does nobody waits for ever."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.drivers.identity.card_photo import MOST_PICTURE, CardPhotos
from devices.emulators.identity.card_photo import SIZE, photo_of
from devices.kinds.identity import IdReader
from devices.registry import open_device

PROGRAM = f"{shlex.quote(sys.executable)} -m devices.emulators.identity.card_photo"


def script(folder: Path, text: str) -> str:
    file = folder / "decoder.py"
    file.write_text(text, encoding="utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(file))}"


def test_what_the_reader_gives_becomes_a_picture() -> None:
    reader = open_device("emulated://id-reader?person=zhang-wei&face=1")
    assert isinstance(reader, IdReader)
    assert reader.open().ok
    try:
        photo = reader.read_card(20.0).unwrap().photo_wlt
    finally:
        reader.close()
    assert photo == photo_of(1)
    photos = CardPhotos(PROGRAM, 100.0)
    assert photos.present
    data = photos.decode(photo)
    assert data is not None
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape[:2] == SIZE[::-1]
    assert photos.decode(b"WLf\x7e" + bytes(1020)) is not None
    assert photos.decode(bytes(1024)) is None, "of a block that is not its own it makes nothing"


def test_no_program_no_picture() -> None:
    assert CardPhotos("").decode(photo_of(0)) is None
    assert not CardPhotos("").present
    assert CardPhotos("/nowhere/decoder").decode(photo_of(0)) is None


@pytest.mark.parametrize(
    "text",
    [
        "raise SystemExit(3)",
        "pass",
        "import time; time.sleep(60)",
        f"import sys; sys.stdout.buffer.write(bytes({MOST_PICTURE + 1}))",
    ],
    ids=["fails", "silent", "hangs", "babbles"],
)
def test_a_program_that_misbehaves_gives_none(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    photo = b"WLf\x7e" + b"secret-of-somebody".ljust(1020, b".")
    assert CardPhotos(script(tmp_path, text), 2.0 if "sleep" in text else 100.0).decode(photo) is None
    assert "secret" not in caplog.text
