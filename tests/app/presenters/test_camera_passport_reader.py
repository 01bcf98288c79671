"""A full-page reader that is a camera: its address alone, and the window's own reading in its frames."""

from __future__ import annotations

from pathlib import Path
from typing import cast
from urllib.parse import quote

import cv2
import pytest
from mrz_pictures import frame, made

from app.identity.mrz.layout import Format
from app.presenters.screen_devices import device_at
from devices.kinds.identity import PassportReader
from devices.outcome import Outcome


@pytest.mark.timeout(120)
def test_its_address_is_enough(tmp_path: Path) -> None:
    lines = made(Format.TD3)
    cv2.imwrite(str(tmp_path / "page.png"), frame(lines, Format.TD3))
    eye = quote(f"file:{tmp_path}/page.png?loop=1", safe="")
    reader = cast(PassportReader, device_at(f"mrz+camera:?camera={eye}", "passport_reader", real=False))
    assert reader.has_zone
    assert reader.open().ok
    assert reader.read_zone(60).unwrap().lines == lines
    reader.close()


def test_what_shows_no_zone_is_not_guessed(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "desk.png"), frame(("<" * 44, "<" * 44), Format.TD3))
    eye = quote(f"file:{tmp_path}/desk.png?loop=1", safe="")
    reader = cast(PassportReader, device_at(f"mrz+camera:?camera={eye}", "passport_reader", real=False))
    assert reader.open().ok
    assert reader.read_zone(2.0).outcome is Outcome.NOT_PRESENT
    reader.close()
