"""The registry with real packages on the path: good, broken and foreign drivers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.domain.errors import BadInput
from devices.absent import AbsentDevice
from devices.base import DeviceKind
from devices.outcome import Outcome
from devices.registry import BrokenDevice, drivers, open_device

VENDOR = """
from app.domain.errors import BadInput
from devices.absent import AbsentDevice
from devices.base import DeviceKind

def good(uri): return AbsentDevice(DeviceKind.PRINTER, "vendor")
def bad_input(uri): raise BadInput("vendor says no")
def raising(uri): raise RuntimeError("no licence key")
def leaving(uri): raise SystemExit(3)
def odd(uri): return "a string"
"""


@pytest.fixture
def vendor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "yc_vendor.py").write_text(VENDOR, "utf-8")
    (tmp_path / "yc_vendor_broken.py").write_text("import a_library_that_is_not_there", "utf-8")
    info = tmp_path / "yc_vendor-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: yc-vendor\nVersion: 1.0\n", "utf-8")
    points = [
        f"yc-{name} = yc_vendor:{attr}"
        for name, attr in (("good", "good"), ("raising", "raising"), ("leaving", "leaving"))
    ]
    points += ["yc-no = yc_vendor:bad_input", "yc-odd = yc_vendor:odd", "yc-missing = yc_vendor:absent"]
    points += ["yc-broken = yc_vendor_broken:open_driver", "sdt = yc_vendor:good"]
    (info / "entry_points.txt").write_text("[yichuang.devices]\n" + "\n".join(points) + "\n", "utf-8")
    # Behind our own package, as an installed vendor package is.
    monkeypatch.syspath_prepend(str(tmp_path))
    sys.path.append(sys.path.pop(0))


def test_our_own_schemes_are_listed() -> None:
    assert {scheme for scheme, _ in drivers()} >= {
        "sdt", "v4l2", "file", "http", "https", "escpos+tcp", "escpos+serial", "socket", "emulated",
    }  # fmt: skip
    assert drivers() == sorted(drivers())


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("sdt:///dev/ttyUSB9", DeviceKind.ID_READER),
        ("v4l2:///dev/video9?width=1920&height=1080&fps=30", DeviceKind.CAMERA),
        ("file:x.avi", DeviceKind.CAMERA),
        ("http://192.0.2.1/mjpeg?user=1", DeviceKind.CAMERA),
        ("https://192.0.2.1/mjpeg", DeviceKind.CAMERA),
        ("escpos+tcp://192.0.2.1", DeviceKind.RECEIPT_PRINTER),
        ("escpos+serial:///dev/ttyUSB9?baud=19200&flow=rtscts", DeviceKind.RECEIPT_PRINTER),
        ("socket://192.0.2.1:9100", DeviceKind.PRINTER),
        ("emulated://id-reader", DeviceKind.ID_READER),
        ("emulated://camera?clip=x.avi", DeviceKind.CAMERA),
        ("emulated://receipt-printer?out=x", DeviceKind.RECEIPT_PRINTER),
        ("emulated://printer?out=x", DeviceKind.PRINTER),
    ],
)
def test_scheme_picks_the_kind_and_touches_no_hardware(uri: str, kind: DeviceKind) -> None:
    device = open_device(uri)
    assert (device.kind, device.uri) == (kind, uri)


@pytest.mark.parametrize(
    "uri",
    [
        "nix", "unknown-scheme://x", "sdt://", "sdt:///dev/x?baud=1", "sdt:///dev/x?baud=10000", "sdt://h:1/x",
        "sdt:///dev/x?speed=1", "v4l2:///dev/video0?width=-1", "file:", "file:a.avi?loop=2", "http:///x", "socket:///x",
        "socket://h?wait=0", "escpos+tcp://", "escpos+tcp://h?baud=9600", "escpos+serial:///dev/x?flow=odd",
        "emulated://toaster", "emulated://id-reader?person=nobody", "emulated://id-reader?fault=nothing",
        "emulated://id-reader?fault=split:x", "emulated://printer", "emulated://camera", "emulated://receipt-printer",
        "emulated://printer?out=x&person=zhang-wei",
    ],
)  # fmt: skip
def test_unusable_uris_say_what_to_do(uri: str) -> None:
    with pytest.raises(BadInput) as caught:
        open_device(uri)
    assert caught.value.title
    assert caught.value.todo


@pytest.mark.usefixtures("vendor")
def test_a_vendor_package_adds_a_scheme() -> None:
    device = open_device("yc-good://x")
    assert isinstance(device, AbsentDevice)
    assert not isinstance(device, BrokenDevice)
    assert device.probe().detail == "vendor"


@pytest.mark.usefixtures("vendor")
def test_a_vendor_cannot_take_over_our_scheme() -> None:
    assert not isinstance(open_device("sdt:///dev/x"), AbsentDevice)
    assert dict(drivers())["sdt"] == "devices.drivers.identity.sdt:open_driver"


@pytest.mark.usefixtures("vendor")
@pytest.mark.parametrize(
    ("scheme", "reason"),
    [
        ("yc-broken", "a_library_that_is_not_there"),
        ("yc-missing", "absent"),
        ("yc-raising", "no licence key"),
        ("yc-leaving", "SystemExit"),
        ("yc-odd", "str"),
    ],
)
def test_a_broken_driver_shows_on_its_light_and_hides_no_other(scheme: str, reason: str) -> None:
    device = open_device(f"{scheme}://x", DeviceKind.CAMERA)
    assert isinstance(device, BrokenDevice)
    assert device.kind is DeviceKind.CAMERA
    assert {reply.outcome for reply in (device.open(), device.probe())} == {Outcome.FAULT}
    assert device.read_frame().outcome is Outcome.FAULT
    assert reason in device.open().detail
    device.cancel()
    device.close()
    assert scheme in dict(drivers())
    assert open_device("yc-good://x").probe().detail == "vendor"


@pytest.mark.usefixtures("vendor")
def test_a_vendors_bad_input_passes_through() -> None:
    with pytest.raises(BadInput, match="vendor says no"):
        open_device("yc-no://x")
