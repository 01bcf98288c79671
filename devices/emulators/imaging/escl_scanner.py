"""An eSCL scanner on loopback, with glass and a duplex feeder, that scans drawn pages or the pictures of a folder."""

from __future__ import annotations

import io
import threading
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
from PIL import Image

from devices.base import Picture
from devices.emulators.imaging.drawn import page
from devices.emulators.links.http_service import HttpEmulator, Request

FAULTS = frozenset(
    {
        "jam",  # jams after fault_after pages of a job
        "cover-open",
        "multipick",
        "empty",  # nothing in the feeder
        "busy",  # 503 to every new job
        "slow",  # 503 to the next page, until the fault is used up
        "mute",  # takes the request for a page and says nothing more
        "drop",  # hangs up after half a page
        "torn",  # half a page, announced as a whole one
        "garbage",  # pages that are no pictures
        "huge",  # announces a page of 400 MB
        "bomb",  # a small file that says it is 60,000 × 60,000 pixels
        "refuse",  # 409 to every new job
        "cancelled",  # somebody presses stop on the scanner after fault_after pages
        "not-xml",  # capabilities and status are no XML
        "down",  # the status says that it cannot be used
    }
)
_SCAN = 'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'


@dataclass
class _Job:
    dpi: int
    colour: str
    kind: str
    sheets: list[tuple[int, bool]]
    """Number and side of each page still to be fetched."""
    fed: bool
    given: int = 0
    ended: str = ""


@dataclass
class _State:
    jobs: dict[str, _Job] = field(default_factory=dict)
    jammed: bool = False


class EsclEmulator(HttpEmulator):
    """`loaded` sheets lie in the feeder, one page on the glass. refill: somebody fills an empty feeder before a job."""

    def __init__(self, loaded: int = 3, folder: Path | None = None, refill: bool = False, duplex: bool = True) -> None:
        super().__init__(FAULTS)
        self.loaded = loaded
        self.fault_after = 1
        self.formats = ("image/jpeg", "application/pdf")
        self._folder = folder
        self._full = loaded
        self._refill = refill
        self._duplex = duplex
        self._next_sheet = 1
        self._lock = threading.Lock()
        self._state = _State()

    def start(self) -> None:
        self._state = _State()
        super().start()

    @property
    def url(self) -> str:
        """What the driver is given."""
        return "escl://{}:{}/eSCL".format(*self.address)

    @property
    def running_jobs(self) -> int:
        """Jobs that were begun and neither ended nor deleted."""
        return sum(not job.ended for job in self._state.jobs.values())

    def load(self, sheets: int) -> None:
        """Lay sheets into the feeder, whatever was jammed being taken out."""
        self.loaded, self._state.jammed = sheets, False

    def respond(self, request: Request) -> None:
        path = request.path
        if path == "/eSCL/ScannerCapabilities":
            request.reply(200, b"<html>" if self.faults.on("not-xml") else self._capabilities().encode())
        elif path == "/eSCL/ScannerStatus":
            request.reply(200, b"<html>" if self.faults.on("not-xml") else self._status().encode())
        elif path == "/eSCL/ScanJobs" and request.command == "POST":
            self._begin(request)
        elif path.startswith("/eSCL/ScanJobs/"):
            name, _, rest = path.removeprefix("/eSCL/ScanJobs/").partition("/")
            job = self._state.jobs.get(name)
            if job is None:
                request.reply(404)
            elif request.command == "DELETE":
                job.ended = job.ended or "JobCanceledByUser"
                request.reply(200)
            elif rest == "NextDocument":
                self._next(request, job)
            else:
                request.reply(404)
        else:
            request.reply(404)

    def _begin(self, request: Request) -> None:
        if self.faults.on("busy"):
            request.reply(503, headers={"Retry-After": "1"})
            return
        try:
            asked = {node.tag.rpartition("}")[2]: (node.text or "") for node in _tree(request.body)}
            fed, dpi = asked["InputSource"] == "Feeder", int(asked["XResolution"])
        except (ElementTree.ParseError, KeyError, ValueError):
            request.reply(400)
            return
        with self._lock:
            if self._refill and fed and not self.loaded:
                self.loaded = self._full
            feeder = self._feeder()
            if self.faults.on("refuse") or (fed and feeder != "ScannerAdfLoaded"):
                request.reply(409)
                return
            if any(not job.ended for job in self._state.jobs.values()):
                request.reply(503)
                return
            both = asked.get("Duplex") == "true"
            numbers = range(self._next_sheet, self._next_sheet + (self.loaded if fed else 1))
            self._next_sheet = numbers.stop
            sheets = [(number, back) for number in numbers for back in ((False, True) if both else (False,))]
            name = str(uuid.uuid4())
            self._state.jobs[name] = _Job(dpi, asked["ColorMode"], asked["DocumentFormat"], sheets, fed)
        # Real ones name themselves by an address of their own, often one that nobody else can reach.
        request.reply(201, headers={"Location": f"http://scanner.invalid/eSCL/ScanJobs/{name}"})

    def _next(self, request: Request, job: _Job) -> None:
        if self.faults.on("slow"):
            request.reply(503, headers={"Retry-After": "0"})
            return
        if job.given >= self.fault_after and self.faults.on("cancelled"):
            job.ended = "JobCanceledByUser"
        if job.ended == "JobCanceledByUser":
            request.reply(410)
            return
        if job.fed and job.given >= self.fault_after and self.faults.on("jam"):
            self._state.jammed, job.ended = True, "DocumentJam"
        if job.ended or not job.sheets:
            job.ended = job.ended or "JobCompletedSuccessfully"
            request.reply(404)
            return
        if self.faults.on("mute"):
            request.fall_silent()
            return
        number, back = job.sheets.pop(0)
        if job.fed and (not job.sheets or job.sheets[0][0] != number):
            self.loaded = max(self.loaded - 1, 0)
        job.given += 1
        if not job.fed:
            job.ended = "JobCompletedSuccessfully"
        self._send(request, self._encoded(self._picture(number, back, job), job), job.kind)

    def _send(self, request: Request, data: bytes, kind: str) -> None:
        faults = self.faults
        if faults.on("huge"):
            request.reply(200, data[:1000], kind, length=400 * 2**20)
        elif faults.on("drop"):
            request.reply(200, data[: len(data) // 2], kind, length=len(data))
            request.close_connection = True
        elif faults.on("torn"):
            request.reply(200, data[: len(data) // 2], kind)
        elif faults.on("garbage"):
            request.reply(200, bytes(reversed(data)), kind)
        elif faults.on("bomb"):
            request.reply(200, with_size(data, 60_000, 60_000), kind)
        else:
            request.reply(200, data, kind)

    def _picture(self, number: int, back: bool, job: _Job) -> Picture:
        files = sorted(self._folder.iterdir()) if self._folder and self._folder.is_dir() else []
        picture: Picture | None = None
        if files:
            data = np.frombuffer(files[(number - 1) % len(files)].read_bytes(), np.uint8)
            read = cv2.imdecode(data, cv2.IMREAD_COLOR)
            picture = np.asarray(read, np.uint8) if read is not None else None
        picture = page(number, job.dpi, back) if picture is None else picture
        if job.colour != "RGB24":
            grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
            picture = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
        return picture

    def _encoded(self, picture: Picture, job: _Job) -> bytes:
        if job.kind == "application/pdf":
            out = io.BytesIO()
            Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])).save(out, "PDF", resolution=job.dpi)
            return out.getvalue()
        return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()

    def _feeder(self) -> str:
        if self._state.jammed:
            return "ScannerAdfJam"
        for fault, word in (("cover-open", "ScannerAdfHatchOpen"), ("multipick", "ScannerAdfMultipickDetected")):
            if self.faults.on(fault):
                return word
        return "ScannerAdfEmpty" if self.faults.on("empty") or not self.loaded else "ScannerAdfLoaded"

    def _status(self) -> str:
        if self._refill and not self.loaded and not self.running_jobs:
            self.loaded = self._full
        busy = any(not job.ended for job in self._state.jobs.values())
        state = "Down" if self.faults.on("down") else "Processing" if busy else "Idle"
        jobs = "".join(
            f"<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/{name}</pwg:JobUri><pwg:JobStateReasons>"
            f"<pwg:JobStateReason>{job.ended or 'JobScanning'}</pwg:JobStateReason>"
            "</pwg:JobStateReasons></scan:JobInfo>"
            for name, job in self._state.jobs.items()
        )
        return (
            f"<scan:ScannerStatus {_SCAN}><pwg:Version>2.63</pwg:Version><pwg:State>{state}</pwg:State>"
            f"<scan:AdfState>{self._feeder()}</scan:AdfState><scan:Jobs>{jobs}</scan:Jobs></scan:ScannerStatus>"
        )

    def _capabilities(self) -> str:
        formats = "".join(f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat>" for kind in self.formats)
        steps = "".join(
            f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}"
            "</scan:YResolution></scan:DiscreteResolution>"
            for dpi in (75, 150, 300, 600)
        )
        area = (
            "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>"
            "<scan:MaxHeight>3508</scan:MaxHeight><scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>"
            "<scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>"
            f"<scan:DocumentFormats>{formats}</scan:DocumentFormats><scan:SupportedResolutions>"
            f"<scan:DiscreteResolutions>{steps}</scan:DiscreteResolutions></scan:SupportedResolutions>"
            "</scan:SettingProfile></scan:SettingProfiles>"
        )
        both = f"<scan:AdfDuplexInputCaps>{area}</scan:AdfDuplexInputCaps>" if self._duplex else ""
        return (
            f"<scan:ScannerCapabilities {_SCAN}><pwg:Version>2.63</pwg:Version>"
            "<pwg:MakeAndModel>Yichuang ScanEmu</pwg:MakeAndModel>"
            f"<scan:Platen><scan:PlatenInputCaps>{area}</scan:PlatenInputCaps></scan:Platen>"
            f"<scan:Adf><scan:AdfSimplexInputCaps>{area}</scan:AdfSimplexInputCaps>{both}</scan:Adf>"
            "</scan:ScannerCapabilities>"
        )


def with_size(jpeg: bytes, width: int, height: int) -> bytes:
    """A JPEG whose frame header claims another size."""
    at = next(at for at in range(2, len(jpeg) - 9) if jpeg[at] == 0xFF and jpeg[at + 1] in (0xC0, 0xC1, 0xC2))
    return jpeg[: at + 5] + height.to_bytes(2) + width.to_bytes(2) + jpeg[at + 9 :]


def _tree(body: bytes) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(body).iter())  # noqa: S314 - of our own driver, on loopback
