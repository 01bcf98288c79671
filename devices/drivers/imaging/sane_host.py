"""The process in which SANE lives. Started by devices.drivers.imaging.sane_scanner; talks through a pipe, in tuples.

Heard: ("find",), ("open", name, ((option, value), …)), ("sources",), ("scan", source, colour, dpi), ("probe",),
("cancel",). Said: ("ok", value); ("page", width, height, bands, dpi) with the bytes after it; ("error", words of SANE
or ours, pages).
One answer to each question; a cancel has none of its own.

SANE's back ends are drivers of many makers: they hang on a dead bus and fall on what a scanner never said before; and
python-sane itself falls when its progress callback raises. None of that may happen in the window's process.
"""

from __future__ import annotations

import queue
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from devices.drivers.imaging.sane_options import LONGEST_SHEET, mode_for, nearest, sources_of
from devices.kinds.imaging import ScanColour, ScanSource

NO_LIBRARY = "no-library"
TOO_LARGE = "too-large"
NO_SUCH_SOURCE = "no-such-source"
GONE = "gone"
NOT_OPEN = "not-open"
END_OF_FEED = "Document feeder out of documents"

MAX_PIXELS = 75_000_000
"""A3 at 600 dpi has 70 million; decoded they take 210 MB."""
MAX_PAGES = 500
"""A feeder that never says that it is empty must end some time."""


class Host:
    """One scanner. sane: the module python-sane."""

    def __init__(self, sane: Any, pipe: Connection) -> None:
        self._sane = sane
        self._pipe = pipe
        self._device: Any = None
        self._name = ""
        self._scanning = self._answered = False
        self._resting: Any = None
        """What is to be cancelled once the answer is out."""
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """From the pipe's own thread: sane_cancel may be called at any time (SANE Standard, sane_cancel)."""
        self._cancelled.set()
        device = self._device
        if device is not None and self._scanning:
            device.cancel()

    def expect(self) -> None:
        """A question comes: what was cancelled before it does not touch it."""
        self._cancelled.clear()

    def serve(self, question: tuple[Any, ...]) -> None:
        """Answer, then cancel what was scanning, as SANE wants it after each page, good or bad. In this order: a back
        end may never come back from sane_cancel (the test back end kills its reading thread, which may then wait for
        its own memory lock for ever), and whoever asked shall hear what happened. The next question runs into its
        time-out then, and another process is started. OSError: nobody listens any more."""
        self._answered = False
        said = self.answer(question)
        if not self._answered:
            self._pipe.send(said)
        device, self._resting = self._resting, None
        if device is not None:
            device.cancel()

    def answer(self, question: tuple[Any, ...]) -> tuple[Any, ...]:
        """Do what was asked. SANE's refusals come back as ("error", words, 0)."""
        try:
            return getattr(self, f"_{question[0]}")(*question[1:])  # type: ignore[no-any-return]
        except (self._sane._sane.error, RuntimeError) as error:
            return ("error", str(error), 0)
        except AttributeError as error:  # python-sane's word for an option that is not there or not active
            return ("error", f"option: {error}", 0)

    def _find(self) -> tuple[Any, ...]:
        return ("ok", [tuple(map(str, found)) for found in self._sane.get_devices()])

    def _open(self, name: str, wishes: tuple[tuple[str, str], ...]) -> tuple[Any, ...]:
        if self._device is not None:
            self._device.close()
            self._device = None
        try:
            self._device, self._name = self._sane.open(name), name
        except self._sane._sane.error:
            moved = self._moved(name)
            if moved is None:
                raise
            self._device, self._name = self._sane.open(moved), moved
        for option, value in wishes:
            self._set(option.replace("-", "_"), value)
        return ("ok", self._name)

    def _moved(self, name: str) -> str | None:
        """A USB scanner's name holds its place on the bus, which changes with each plugging in: the only other one of
        the same back end is the one meant."""
        back_end, usb, _ = name.partition(":libusb:")
        if not usb:
            return None
        same = [found[0] for found in self._sane.get_devices(True) if str(found[0]).startswith(f"{back_end}:libusb:")]
        return same[0] if len(same) == 1 else None

    def _sources(self) -> tuple[Any, ...]:
        if self._device is None:
            return ("error", NOT_OPEN, 0)
        return ("ok", [source.value for source in sources_of(self._device.opt)])

    def _probe(self) -> tuple[Any, ...]:
        if self._device is None:
            return ("error", NOT_OPEN, 0)
        _, usb, place = self._name.partition(":libusb:")
        if usb and Path("/dev/bus/usb").is_dir() and not Path("/dev/bus/usb", *place.split(":")).exists():
            return ("error", GONE, 0)
        self._device.get_parameters()
        return ("ok", self._name)

    def _scan(self, source: str, colour: str, dpi: int) -> tuple[Any, ...]:
        device = self._device
        if device is None:
            return ("error", NOT_OPEN, 0)
        known = sources_of(device.opt)
        if ScanSource(source) not in known:
            return ("error", NO_SUCH_SOURCE, 0)
        for option, value in known[ScanSource(source)]:
            self._set(option, value)
        dpi = self._prepare(ScanColour(colour), dpi, fed=source != ScanSource.GLASS)
        pages = 0
        self._resting = device
        while pages < (1 if source == ScanSource.GLASS else MAX_PAGES):
            if self._cancelled.is_set():
                return ("error", "cancel", pages)
            failure = self._page(dpi)
            if failure:
                over = failure == END_OF_FEED and pages > 0
                return ("ok", pages) if over else ("error", failure, pages)
            pages += 1
        return ("ok", pages)

    def _page(self, dpi: int) -> str:
        """Scan one page and say it; the words why there is none, otherwise."""
        device = self._device
        self._scanning = True
        too_large = False

        def watch(line: int, _: int) -> None:
            nonlocal too_large
            # A back end need not know how long a sheet is before it has seen its end.
            if line * width > MAX_PIXELS and not too_large:
                too_large = self._answered = True
                self._pipe.send(("error", TOO_LARGE, 0))  # before the cancel, as in serve
                device.cancel()

        try:
            device.start()
            width, lines = device.get_parameters()[2]
            if width < 1 or width * max(lines, 1) > MAX_PIXELS:
                return TOO_LARGE
            data, wide, high, bands, _ = device.dev.snap(True, False, watch)
        except (self._sane._sane.error, RuntimeError) as error:
            return TOO_LARGE if too_large else str(error)
        finally:
            self._scanning = False
        if not data:
            return "Scanner returned no data"
        self._pipe.send(("page", wide, high, bands, dpi))
        self._pipe.send_bytes(data)
        return ""

    def _prepare(self, colour: ScanColour, dpi: int, fed: bool) -> int:
        """Set mode, resolution and area; the resolution in force."""
        device = self._device
        mode = mode_for(device.opt, colour)
        if mode is not None:
            self._set("mode", mode)
        options = device.opt
        if "resolution" in options and options["resolution"].is_active():
            wanted = nearest(options["resolution"].constraint, dpi)
            if wanted is not None:
                device.resolution = wanted if options["resolution"].type == self._sane._sane.TYPE_FIXED else int(wanted)
            dpi = round(float(device.resolution))
        for name, most in (("tl_x", False), ("tl_y", False), ("br_x", True), ("br_y", True)):
            option = device.opt.get(name)
            if option is not None and option.is_active() and isinstance(option.constraint, tuple):
                edge = option.constraint[1 if most else 0]
                if fed and name == "br_y" and option.unit == self._sane._sane.UNIT_MM:
                    edge = min(edge, LONGEST_SHEET)
                setattr(device, name, edge)
        return dpi

    def _set(self, option: str, value: str) -> None:
        known = self._device.opt.get(option)
        if known is None:
            raise AttributeError(option)
        kinds = self._sane._sane
        meant: object = value
        try:
            if known.type == kinds.TYPE_BOOL:
                meant = int(value in ("1", "yes", "true"))
            elif known.type == kinds.TYPE_INT:
                meant = int(value)
            elif known.type == kinds.TYPE_FIXED:
                meant = float(value)
            setattr(self._device, option, meant)
        except ValueError as error:
            raise AttributeError(f"{option}={value}") from error


def serve(pipe: Connection) -> None:
    """What runs in the process: answers until the pipe ends."""
    try:
        import sane

        sane.init()
    except ImportError as error:
        pipe.send(("error", NO_LIBRARY, str(error)))
        return
    pipe.send(("ok", "sane"))
    host = Host(sane, pipe)
    asked: queue.Queue[tuple[Any, ...] | None] = queue.Queue()

    def listen() -> None:
        try:
            while True:
                question = pipe.recv()
                if question[0] == "cancel":
                    host.cancel()
                else:
                    host.expect()
                    asked.put(question)
        except (EOFError, OSError):
            asked.put(None)

    threading.Thread(target=listen, daemon=True).start()
    while (question := asked.get()) is not None:
        try:
            host.serve(question)
        except OSError:
            return
