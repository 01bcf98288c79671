"""What Video4Linux2 says of a camera without streaming from it: its name, its modes, its focus.

Layouts and numbers: linux/videodev2.h of the kernel (uapi), the same on x86-64 and arm64. Parsing stands apart from
asking, so that it can be tried without a camera.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.base import Capability
from devices.kinds.imaging import CameraMode

QUERYCAP = 0x80685600
ENUM_FMT = 0xC0405602
ENUM_FRAMESIZES = 0xC02C564A
ENUM_FRAMEINTERVALS = 0xC034564B
QUERYCTRL = 0xC0445624
S_CTRL = 0xC008561C

EXPOSURE_ABSOLUTE = 0x009A0902
FOCUS_ABSOLUTE = 0x009A090A
FOCUS_AUTO = 0x009A090C

_CAPTURE = 0x00000001
_DEVICE_CAPS = 0x80000000
_DISABLED_OR_READ_ONLY = 0x0005
_BUFFER_CAPTURE = 1
_DISCRETE = 1
_MOST = 64
"""Formats, sizes and rates that are asked for of one list: a driver that never ends its list must."""
_COMMON = ((3264, 2448), (2592, 1944), (1920, 1080), (1600, 1200), (1280, 720), (640, 480))
"""What is offered of a camera that takes any size."""

Ask = Callable[[int, bytes], bytes | None]
"""One ioctl: number and structure; the structure as the driver filled it in, None when it refused."""


@dataclass(frozen=True, slots=True)
class CameraNode:
    """A camera of this computer. path: a name that stays the same, where there is one. node: /dev/videoN."""

    path: str
    node: str
    card: str
    bus: str


def read_capability(data: bytes) -> tuple[str, str, bool]:
    """v4l2_capability: card, bus, and whether this very node gives pictures (others give metadata only)."""
    card, bus = (data[at : at + 32].split(b"\0")[0].decode("utf-8", "replace") for at in (16, 48))
    everything, of_node = struct.unpack_from("=II", data, 84)
    return card, bus, bool((of_node if everything & _DEVICE_CAPS else everything) & _CAPTURE)


def read_sizes(data: bytes) -> tuple[tuple[int, int], ...]:
    """v4l2_frmsizeenum: the size, or the common ones within what a camera of any size can do."""
    kind, *numbers = struct.unpack_from("=I6I", data, 8)
    if kind == _DISCRETE:
        return ((numbers[0], numbers[1]),)
    least_wide, most_wide, _, least_high, most_high, _ = numbers
    inside = [size for size in _COMMON if least_wide <= size[0] <= most_wide and least_high <= size[1] <= most_high]
    return tuple(dict.fromkeys([(most_wide, most_high), *inside]))


def read_rate(data: bytes) -> float:
    """v4l2_frmivalenum: frames a second; of a range the fastest. 0 when it is none."""
    _, count, of = struct.unpack_from("=III", data, 16)
    return of / count if count else 0.0


def modes_by(ask: Ask) -> tuple[CameraMode, ...]:
    """Every size with its best rate, in whatever format gives it; largest first."""
    best: dict[tuple[int, int], float] = {}
    for index in range(_MOST):
        described = ask(ENUM_FMT, struct.pack("=II", index, _BUFFER_CAPTURE).ljust(64, b"\0"))
        if described is None:
            break
        (pixels,) = struct.unpack_from("=I", described, 44)
        for size in _sizes(ask, pixels):
            best[size] = max(best.get(size, 0.0), _rate(ask, pixels, size))
    return tuple(CameraMode(wide, high, round(fps, 2)) for (wide, high), fps in sorted(best.items(), reverse=True))


def _sizes(ask: Ask, pixels: int) -> Iterator[tuple[int, int]]:
    for index in range(_MOST):
        found = ask(ENUM_FRAMESIZES, struct.pack("=II", index, pixels).ljust(44, b"\0"))
        if found is None:
            return
        yield from (size for size in read_sizes(found) if min(size) > 0)
        if struct.unpack_from("=I", found, 8)[0] != _DISCRETE:
            return  # a range is one entry


def _rate(ask: Ask, pixels: int, size: tuple[int, int]) -> float:
    fastest = 0.0
    for index in range(_MOST):
        found = ask(ENUM_FRAMEINTERVALS, struct.pack("=IIII", index, pixels, *size).ljust(52, b"\0"))
        if found is None:
            break
        fastest = max(fastest, read_rate(found))
        if struct.unpack_from("=I", found, 16)[0] != _DISCRETE:
            break
    return fastest


def focus_by(ask: Ask, distance: float | None) -> bool:
    """Focus by hand (0 far to 1 near), or automatically. False when the camera has no such control.

    V4L2_CID_FOCUS_ABSOLUTE: larger is nearer, in units of the camera's own.
    """
    automatic = _control(ask, FOCUS_AUTO) is not None
    if distance is None:
        return automatic and _set(ask, FOCUS_AUTO, 1)
    limits = _control(ask, FOCUS_ABSOLUTE)
    if limits is None or (automatic and not _set(ask, FOCUS_AUTO, 0)):
        return False
    least, most, step = limits
    wanted = least + round((most - least) * min(max(distance, 0.0), 1.0) / step) * step
    return _set(ask, FOCUS_ABSOLUTE, min(wanted, most))


def abilities_by(ask: Ask) -> frozenset[str]:
    """What of `Capability` the camera's controls and formats offer."""
    found = {
        Capability.EXPOSURE: _control(ask, EXPOSURE_ABSOLUTE) is not None,
        Capability.FOCUS: _control(ask, FOCUS_ABSOLUTE) is not None,
        Capability.MODES: bool(modes_by(ask)),
    }
    return frozenset(word for word, there in found.items() if there)


def _control(ask: Ask, control: int) -> tuple[int, int, int] | None:
    """Least, most, step of a control that can be set now."""
    found = ask(QUERYCTRL, struct.pack("=I", control).ljust(68, b"\0"))
    if found is None:
        return None
    least, most, step, _, flags = struct.unpack_from("=iiiiI", found, 40)
    # Bit 1, "grabbed", comes and goes; a focus that is automatic now says "inactive", which setting ends.
    return None if flags & _DISABLED_OR_READ_ONLY or most <= least else (least, most, max(step, 1))


def _set(ask: Ask, control: int, value: int) -> bool:
    return ask(S_CTRL, struct.pack("=Ii", control, value)) is not None


@contextlib.contextmanager
def _asking(path: str) -> Iterator[Ask]:
    """The ioctls of one device node. OSError when it cannot be opened. A second opening disturbs no stream."""
    import fcntl  # Linux only, as all of this

    handle = os.open(path, os.O_RDWR | os.O_NONBLOCK)

    def ask(number: int, data: bytes) -> bytes | None:
        try:
            return fcntl.ioctl(handle, number, data)
        except OSError:
            return None

    try:
        yield ask
    finally:
        os.close(handle)


def modes_of(path: str) -> tuple[CameraMode, ...]:
    """What the camera offers; empty when it cannot be asked."""
    if sys.platform != "linux":
        return ()
    try:
        with _asking(path) as ask:
            return modes_by(ask)
    except OSError:
        return ()


def abilities_of(path: str) -> frozenset[str]:
    """As `abilities_by`; empty when it cannot be asked."""
    if sys.platform != "linux":
        return frozenset()
    try:
        with _asking(path) as ask:
            return abilities_by(ask)
    except OSError:
        return frozenset()


def set_focus(path: str, distance: float | None) -> bool:
    """Focus; False when the camera cannot, or cannot be asked."""
    if sys.platform != "linux":
        return False
    try:
        with _asking(path) as ask:
            return focus_by(ask, distance)
    except OSError:
        return False


def capability_of(path: str) -> tuple[str, str, bool] | None:
    """Card, bus and whether it gives pictures; None when it cannot be asked."""
    try:
        with _asking(path) as ask:
            data = ask(QUERYCAP, bytes(104))
            return read_capability(data) if data is not None else None
    except OSError:
        return None


def find_cameras(
    devices: Path = Path("/dev"), capability: Callable[[str], tuple[str, str, bool] | None] = capability_of
) -> tuple[CameraNode, ...]:
    """The cameras plugged in now, each by the name that stays the same whatever else is plugged in.

    by-id names the camera; two of one model without serial numbers share such a name, so that only one of them has it:
    the other goes by its socket (by-path).
    """
    names: dict[str, str] = {}
    for folder in ("by-path", "by-id"):
        links = devices / "v4l" / folder
        for link in sorted(links.iterdir()) if links.is_dir() else ():
            names[str(link.resolve())] = str(link)
    found = []
    for node in sorted(devices.glob("video*"), key=lambda one: (len(one.name), one.name)):
        known = capability(str(node))
        if known is not None and known[2]:
            found.append(CameraNode(names.get(str(node.resolve()), str(node)), str(node), known[0], known[1]))
    return tuple(found)
