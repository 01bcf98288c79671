"""What Video4Linux2 says of cameras, from structures laid out as the kernel does; and names that stay the same."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path
from typing import ClassVar

import pytest

from devices.base import Capability
from devices.drivers.imaging import v4l2
from devices.drivers.imaging.camera_live import nearest_mode
from devices.kinds.imaging import CameraMode

MJPG, YUYV = int.from_bytes(b"MJPG", "little"), int.from_bytes(b"YUYV", "little")


class Camera:
    """A driver that answers as uvcvideo does: two formats, sizes and intervals each, a focus."""

    SIZES: ClassVar = {MJPG: ((3264, 2448), (1920, 1080), (640, 480)), YUYV: ((640, 480), (1920, 1080))}
    RATES: ClassVar = {MJPG: ((1, 30), (1, 15)), YUYV: ((1, 5),)}

    def __init__(self, focus: bool = True, automatic: bool = True, endless: bool = False) -> None:
        self.controls = {v4l2.FOCUS_ABSOLUTE: 30} if focus else {}
        if automatic:
            self.controls[v4l2.FOCUS_AUTO] = 1
        self.endless = endless
        self.asked = 0

    def __call__(self, number: int, data: bytes) -> bytes | None:
        self.asked += 1
        return {
            v4l2.ENUM_FMT: self._format,
            v4l2.ENUM_FRAMESIZES: self._size,
            v4l2.ENUM_FRAMEINTERVALS: self._interval,
            v4l2.QUERYCTRL: self._control,
            v4l2.S_CTRL: self._set,
        }[number](data)

    def _format(self, data: bytes) -> bytes | None:
        index = struct.unpack_from("=I", data)[0]
        if index >= 2 and not self.endless:
            return None
        return data[:44] + struct.pack("=I", (MJPG, YUYV)[index % 2]) + data[48:]

    def _size(self, data: bytes) -> bytes | None:
        index, pixels = struct.unpack_from("=II", data)
        sizes = self.SIZES[pixels]
        if index >= len(sizes) and not self.endless:
            return None
        return data[:8] + struct.pack("=III", 1, *sizes[index % len(sizes)]) + data[20:]

    def _interval(self, data: bytes) -> bytes | None:
        index, pixels = struct.unpack_from("=II", data)
        rates = self.RATES[pixels]
        if index >= len(rates) and not self.endless:
            return None
        return data[:16] + struct.pack("=III", 1, *rates[index % len(rates)]) + data[28:]

    def _control(self, data: bytes) -> bytes | None:
        control = struct.unpack_from("=I", data)[0]
        if control not in self.controls:
            return None
        limits = (0, 1, 1) if control == v4l2.FOCUS_AUTO else (0, 250, 5)
        return data[:40] + struct.pack("=iiiiI", *limits, 0, 0) + data[60:]

    def _set(self, data: bytes) -> bytes | None:
        control, value = struct.unpack("=Ii", data)
        self.controls[control] = value
        return data


def test_every_size_with_its_best_rate_largest_first() -> None:
    assert v4l2.modes_by(Camera()) == (
        CameraMode(3264, 2448, 30.0),
        CameraMode(1920, 1080, 30.0),
        CameraMode(640, 480, 30.0),
    )


def test_a_list_that_never_ends_is_left() -> None:
    camera = Camera(endless=True)
    assert len(v4l2.modes_by(camera)) == 3
    assert camera.asked < 64 * 64 * 70


def test_a_camera_of_any_size_offers_the_common_ones_it_can_do() -> None:
    stepwise = struct.pack("=II", 0, MJPG) + struct.pack("=I6I", 3, 320, 2000, 16, 240, 1200, 16) + bytes(8)
    assert v4l2.read_sizes(stepwise) == ((2000, 1200), (1920, 1080), (1600, 1200), (1280, 720), (640, 480))


def test_a_camera_that_says_nothing_has_no_modes() -> None:
    assert v4l2.modes_by(lambda number, data: None) == ()
    assert v4l2.modes_of("/dev/video-none") == ()
    assert not v4l2.set_focus("/dev/video-none", 0.5)
    assert v4l2.capability_of("/dev/video-none") is None


def test_focus_by_hand_and_back() -> None:
    camera = Camera()
    assert v4l2.focus_by(camera, 0.5)
    assert camera.controls == {v4l2.FOCUS_ABSOLUTE: 125, v4l2.FOCUS_AUTO: 0}
    assert v4l2.focus_by(camera, 2.0)
    assert camera.controls[v4l2.FOCUS_ABSOLUTE] == 250
    assert v4l2.focus_by(camera, None)
    assert camera.controls[v4l2.FOCUS_AUTO] == 1


def test_what_a_camera_can_do_is_told_by_its_controls() -> None:
    assert v4l2.abilities_by(Camera()) == {Capability.FOCUS, Capability.MODES}
    dull = Camera(focus=False)
    dull.controls[v4l2.EXPOSURE_ABSOLUTE] = 3
    assert v4l2.abilities_by(dull) == {Capability.EXPOSURE, Capability.MODES}
    assert v4l2.abilities_by(lambda number, data: None) == frozenset()
    assert v4l2.abilities_of("/dev/video-none") == frozenset()


def test_fixed_focus_says_so_and_is_left_as_it_is() -> None:
    assert not v4l2.focus_by(Camera(focus=False, automatic=False), 0.5)
    assert not v4l2.focus_by(Camera(automatic=False), None)
    only_automatic = Camera(focus=False)
    assert not v4l2.focus_by(only_automatic, 0.5)
    assert only_automatic.controls[v4l2.FOCUS_AUTO] == 1


def test_the_nearest_mode() -> None:
    modes = (CameraMode(1920, 1080, 30), CameraMode(1920, 1080, 5), CameraMode(640, 480, 30))
    assert nearest_mode(modes, CameraMode(1900, 1000, 6)) == modes[1]
    assert nearest_mode(modes, CameraMode(1, 1, 0)) == modes[2]


def capability(card: bytes, everything: int, of_node: int) -> bytes:
    return (
        bytes(16)
        + card.ljust(32, b"\0")
        + b"usb-0000:00:14.0-2".ljust(32, b"\0")
        + struct.pack("=III12x", 0x060100, everything, of_node)
    )


def test_metadata_nodes_are_no_cameras() -> None:
    card, bus, gives = v4l2.read_capability(capability("高拍仪 USB".encode(), 0x84A00001, 0x04200001))
    assert (card, bus, gives) == ("高拍仪 USB", "usb-0000:00:14.0-2", True)
    assert not v4l2.read_capability(capability(b"meta", 0x84A00001, 0x04A00000))[2]
    assert v4l2.read_capability(capability(b"old driver", 0x04000001, 0))[2]


def test_each_camera_by_the_name_that_stays(tmp_path: Path) -> None:
    for number in (0, 1, 2, 10):
        (tmp_path / f"video{number}").touch()
    for folder, links in (
        ("by-id", {"usb-ACME_Doc-index0": 0}),
        ("by-path", {"pci-1:1.0-index0": 0, "pci-2:1.0-index0": 2}),
    ):
        (tmp_path / "v4l" / folder).mkdir(parents=True)
        for name, number in links.items():
            (tmp_path / "v4l" / folder / name).symlink_to(tmp_path / f"video{number}")
    known = {"video0": ("ACME", "usb-1", True), "video1": ("ACME", "usb-1", False), "video2": ("ACME", "usb-2", True)}
    found = v4l2.find_cameras(tmp_path, lambda path: known.get(Path(path).name))
    assert [(Path(one.path).name, Path(one.node).name) for one in found] == [
        ("usb-ACME_Doc-index0", "video0"),
        ("pci-2:1.0-index0", "video2"),
    ], "the second of one model goes by its socket"
    assert v4l2.find_cameras(tmp_path / "nowhere") == ()


def test_numbers_and_places_are_the_kernel_s(tmp_path: Path) -> None:
    if not Path("/usr/include/linux/videodev2.h").exists():
        pytest.skip("the kernel's headers are not installed")
    source = tmp_path / "asked.c"
    source.write_text(
        "#include <linux/videodev2.h>\n#include <stdio.h>\n#include <stddef.h>\n"
        "#define O(s, f) (int)offsetof(struct s, f)\nint main(void) {\n"
        'printf("%u %u %u %u %u %u ", (unsigned)VIDIOC_QUERYCAP, (unsigned)VIDIOC_ENUM_FMT,'
        "(unsigned)VIDIOC_ENUM_FRAMESIZES, (unsigned)VIDIOC_ENUM_FRAMEINTERVALS, (unsigned)VIDIOC_QUERYCTRL,"
        "(unsigned)VIDIOC_S_CTRL);\n"
        'printf("%u %u %u %d %d %d %d %d", V4L2_CID_EXPOSURE_ABSOLUTE, V4L2_CID_FOCUS_ABSOLUTE, V4L2_CID_FOCUS_AUTO,'
        "O(v4l2_capability, capabilities),"
        "O(v4l2_fmtdesc, pixelformat), O(v4l2_frmsizeenum, type), O(v4l2_frmivalenum, type),"
        "O(v4l2_queryctrl, minimum));"
        "}\n"
    )
    subprocess.run(["gcc", str(source), "-o", str(tmp_path / "asked")], check=True)
    said = subprocess.run([str(tmp_path / "asked")], check=True, capture_output=True, text=True).stdout
    ours = (v4l2.QUERYCAP, v4l2.ENUM_FMT, v4l2.ENUM_FRAMESIZES, v4l2.ENUM_FRAMEINTERVALS, v4l2.QUERYCTRL, v4l2.S_CTRL)
    controls = (v4l2.EXPOSURE_ABSOLUTE, v4l2.FOCUS_ABSOLUTE, v4l2.FOCUS_AUTO)
    assert [int(word) for word in said.split()] == [*ours, *controls, 84, 44, 8, 16, 40]
