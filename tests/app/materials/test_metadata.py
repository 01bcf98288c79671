"""Photos lose what they tell besides the picture, and nothing of the picture."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from app.domain.clock import SystemClock
from app.domain.errors import BadInput
from app.materials import metadata
from app.materials.page import load_picture
from app.materials.page_file import as_it_is
from app.services.capture_material import CaptureMaterial
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.vault import open_vault

GPS = b"30.259244N 120.130742E"
"""A made-up place in the middle of a lake."""


def photo(size: tuple[int, int] = (320, 240), fmt: str = "JPEG", turned: int = 1, **more: object) -> bytes:
    """A picture with everything that a phone and an editor leave in it."""
    ramp = np.add.outer(np.arange(size[1]) * 3 % 256, np.arange(size[0]) * 5 % 256) // 2
    picture = Image.fromarray(np.dstack([ramp, ramp[::-1], 255 - ramp]).astype(np.uint8))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = turned, "Maker " + GPS.decode(), "㛃𠮷 " + GPS.decode()
    exif.get_ifd(0x8825)[29] = GPS.decode()
    exif.get_ifd(0x8769)[0x927C] = b"MakerNote " + GPS
    out = io.BytesIO()
    if fmt == "PNG":
        info = PngInfo()
        info.add_text("Location", GPS.decode())
        info.add_itxt("XML:com.adobe.xmp", "<x>" + GPS.decode() + "</x>")
        picture.save(out, "PNG", pnginfo=info, exif=exif)
        return out.getvalue()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta>" + GPS + b"</x:xmpmeta>"
    picture.save(out, "JPEG", quality=90, exif=exif, icc_profile=profile, comment=GPS, xmp=xmp, **more)
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def with_thumbnails(data: bytes) -> bytes:
    """The file with IPTC, an unknown segment, a thumbnail in JFIF, one in JFXX, and a second picture after its end."""
    small = photo((16, 16))
    jfif = segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48" + bytes((2, 2)) + GPS[:12])
    more = segment(0xED, b"Photoshop 3.0\0" + GPS) + segment(0xE5, GPS) + segment(0xE0, b"JFXX\0\x10" + small)
    return b"\xff\xd8" + jfif + more + data[2:] + small + b"ftypmp42" + GPS


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"restart_marker_blocks": 3}, {"subsampling": 0}])
def test_nothing_is_told_and_nothing_is_lost(more: dict[str, object]) -> None:
    data = with_thumbnails(photo(**more))  # type: ignore[arg-type]
    assert data.count(GPS) >= 6, "the plants are there"
    clean = metadata.without_metadata(data)
    assert GPS not in clean
    assert GPS[:12] not in clean
    assert b"Exif" not in clean
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.tobytes() == after.tobytes()
        assert after.info["icc_profile"] == before.info["icc_profile"]
        assert dict(after.getexif()) == {}
        assert after.info["dpi"] == (72, 72)
    assert metadata.without_metadata(clean) == clean


def test_a_profile_that_is_none_is_not_kept() -> None:
    data = (
        b"\xff\xd8"
        + segment(0xE2, b"ICC_PROFILE\0\1\1" + GPS * 20)
        + bytes(cv2.imencode(".jpg", np.zeros((8, 8)))[1])[2:]
    )
    assert GPS not in metadata.without_metadata(data)


@pytest.mark.parametrize("turned", range(1, 9))
def test_the_orientation_is_read(turned: int) -> None:
    assert metadata.orientation(photo(turned=turned)) == turned


@pytest.mark.parametrize(
    "tiff",
    [
        b"",
        b"II*\0",
        b"II*\0\xff\xff\xff\xff",
        b"MM\0*\0\0\0\x08\xff\xff",
        b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x63\0\0\0",
    ],
)
def test_an_orientation_that_cannot_be_believed_is_upright(tiff: bytes) -> None:
    plain = bytes(cv2.imencode(".jpg", np.zeros((8, 8), np.uint8))[1])
    data = plain[:2] + segment(0xE1, b"Exif\0\0" + tiff) + plain[2:]
    assert metadata.orientation(data) == 1


def test_torn_files_are_named_so_at_every_cut() -> None:
    data = photo((64, 48))
    end = len(metadata.without_metadata(data))
    for cut in [*range(3, 1500, 37), *range(1500, len(data) - 2, 211), len(data) - 1]:
        with pytest.raises(BadInput, match="读不出来"):
            metadata.without_metadata(data[:cut])
    assert end < len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"\xff\xd8" + b"\xff" * 1000,
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe1\x00\x00",
        b"\xff\xd8\xff\xe1\x00\x01",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"\xff\xd8" + b"\xff\xfe\x00\x02" * 20_000,
        b"\xff\xd8" + b"\xff\x01" * 20_000,
        b"\xff\xd8\xff\x00\xff\xd9",
        photo((16, 16), "PNG"),
    ],
    ids=range(12),
)
def test_hostile_files_get_a_clear_error(data: bytes) -> None:
    with pytest.raises(BadInput, match="读不出来") as refused:
        metadata.without_metadata(data)
    assert refused.value.todo


def test_every_way_in_takes_the_place_out(tmp_path: Path) -> None:
    """What lies in the vault after a page came in from a file: nothing of the plants, decrypted."""
    files = {
        "upright.jpg": with_thumbnails(photo()),
        "turned.jpg": photo(turned=6),
        "large.jpg": photo((4200, 3000)),
        "picture.png": photo(fmt="PNG"),
    }
    with Profile(tmp_path / "p", "demo") as profile:
        vault = open_vault(profile, DemoKeys(profile.folder))
        capture = CaptureMaterial(vault, SystemClock())
        for name, data in files.items():
            assert GPS in data
            (tmp_path / name).write_bytes(data)
            taken = capture.take_file(tmp_path / name)
            kept = capture.open(taken.page)
            assert GPS not in kept, name
            assert (len(kept), taken.page.media_type) == (taken.page.size, "image/jpeg")
            height, width = load_picture(kept).shape[:2]
            assert (taken.page.width, taken.page.height) == (width, height)
            turn = capture.turn(taken.page)
            assert GPS not in capture.open(turn)
            if name == "upright.jpg":
                assert kept == metadata.without_metadata(data), "kept as it was coded"
            elif name == "turned.jpg":
                assert (width, height) == (240, 320), "the orientation went into the pixels"
            assert (tmp_path / name).read_bytes() == data, "the clerk's own file stays as it is"


def test_the_door_strips_what_a_maker_of_pages_lets_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard itself: even a page whose maker forgot about metadata is sealed without them."""
    from app.materials.page_file import PageFile

    monkeypatch.setattr("app.services.capture_material.page_file", lambda _: PageFile(photo(), 320, 240))
    with Profile(tmp_path / "p", "demo") as profile:
        capture = CaptureMaterial(open_vault(profile, DemoKeys(profile.folder)), SystemClock())
        assert GPS not in capture.open(capture.take(np.full((240, 320, 3), 200, np.uint8)).page)


def test_what_must_be_coded_again_is_not_kept_as_it_is() -> None:
    assert as_it_is(photo()) is not None
    assert as_it_is(photo(turned=3)) is None
    assert as_it_is(photo((4000, 100))) is None
    assert as_it_is(photo(fmt="PNG")) is None
    out = io.BytesIO()
    Image.new("CMYK", (60, 60)).save(out, "JPEG")
    assert as_it_is(out.getvalue()) is None
    noise = np.random.default_rng(1).integers(0, 256, (1200, 1200, 3), np.uint8)
    assert as_it_is(bytes(cv2.imencode(".jpg", noise)[1])) is None, "over 500 KB"


def test_only_the_one_door_seals_pages_of_applicants() -> None:
    """Who else seals makes the file itself: papers, the signature, tables, cut photographs."""
    root = Path(__file__).parents[3] / "app"
    sealing = {
        path.name
        for path in root.rglob("*.py")
        if "vault.seal(" in path.read_text("utf-8") and "gateway" not in path.parts
    }
    assert sealing == {
        "accept_case.py", "batch_memory.py", "capture_material.py", "confirm_form.py", "one_time_notice.py",
        "submit_batch.py", "issue_paper.py", "print_papers.py", "id_photo.py", "sign_paper.py",
    }  # fmt: skip
