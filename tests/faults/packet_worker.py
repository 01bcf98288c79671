"""A window and a gateway with a large packet between them, in a process of their own: `FOLDER PAGES BYTES MODE`.

Says in JSON, a line each, how far the resident memory grew while the packet was written and while it was taken in, and
what became of both when the disk took no more in the middle. Mode `hoards` is the mutant that holds it in memory.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from gateway_kit import DEVICE, NOW, TOKEN, make_case, page_bytes, workstation

from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from app.gateway.core import open_gateway
from app.sync import packets
from app.sync.packets import Courier

NO_LIMIT = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def say(name: str, **facts: Any) -> None:
    print(json.dumps({"what": name, **facts}), flush=True)


def grown(work: Callable[[], object]) -> int:
    """By how many bytes the resident memory grows at its highest, as the kernel counts it."""
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the highest so far is forgotten
    work()
    return _status("VmHWM") - before


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))


@contextlib.contextmanager
def full_after(size: int) -> Iterator[None]:
    """The kernel takes no more than so many bytes of any file, as a stick does that is full in the middle of it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, NO_LIMIT)


def refused(work: Callable[[], object]) -> str:
    """The title of what was said; empty when it went through."""
    try:
        work()
    except EnvironmentProblem as problem:
        return problem.title
    return ""


@contextlib.contextmanager
def hoarding(target: Path) -> Iterator[BinaryIO]:
    whole = io.BytesIO()
    yield whole
    target.write_bytes(whole.getvalue())


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def main() -> None:
    folder, count, size, mode = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    if mode == "hoards":
        packets.written_whole = hoarding
    clock, stick = FixedClock(NOW), folder / "stick"
    stick.mkdir()
    packet, answer = stick / "a.ycpacket", stick / "a.ycanswer"
    gateway = open_gateway(f"sqlite:///{folder}/gateway.db", folder / "files", clock)
    gateway.devices.enrol(DEVICE, TOKEN)
    with workstation(folder / "window", clock) as station:
        for number in range(count):
            page = page_bytes(number, size)
            station.accept(make_case(number + 1, (page,)), pages=(page,))
            del page
        courier = Courier(station.store, station.vault, clock, DEVICE, TOKEN, gateway.packets.public_key())
        if mode == "whole":
            with full_after(count * size // 2):
                say("stick full", title=refused(lambda: courier.export(packet, "0007")), left=names(stick))
        told: list[int] = []
        memory = grown(lambda: courier.export(packet, "0007", lambda done, _: told.append(done)))
        say("exported", memory=memory, bytes=packet.stat().st_size, told=len(told), rising=told == sorted(told))
        if mode == "whole":
            # The hall's disk: a page does not fit any more.
            with full_after(size // 2):
                title = refused(lambda: gateway.packets.take(packet, answer))
            say("gateway full", title=title, left=names(stick))
            memory = grown(lambda: gateway.packets.take(packet, answer))
            done = courier.take_answer(answer, "0007")
            say("taken in", memory=memory, arrived=done.arrived, refused=done.refused, waiting=done.waiting)
    gateway.close()


if __name__ == "__main__":
    main()
