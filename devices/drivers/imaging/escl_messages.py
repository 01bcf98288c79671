"""What an eSCL scanner says of itself and is told (Mopria Alliance, "eSCL Scan Technical Specification", version 2.97).

Namespaces are not compared: makers have used several; the local names are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from devices.failure import Failure
from devices.kinds.imaging import ScanColour, ScanSettings, ScanSource
from devices.outcome import Outcome

_COLOURS = {ScanColour.COLOUR: "RGB24", ScanColour.GREY: "Grayscale8", ScanColour.LINE_ART: "BlackAndWhite1"}
_RICHER = {
    ScanColour.LINE_ART: ("BlackAndWhite1", "Grayscale8", "RGB24"),
    ScanColour.GREY: ("Grayscale8", "RGB24"),
    ScanColour.COLOUR: ("RGB24", "Grayscale8"),
}


@dataclass(frozen=True, slots=True)
class InputCaps:
    """One input. width, height: its area in 1/300 inch."""

    width: int = 2550
    height: int = 3508
    resolutions: tuple[int, ...] = ()
    span: tuple[int, int, int] | None = None
    """Least, most, step, where it has a range."""
    colours: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()

    def nearest(self, dpi: int) -> int:
        if self.resolutions:
            return min(self.resolutions, key=lambda known: abs(known - dpi))
        if self.span:
            least, most, step = self.span
            inside = min(max(dpi, least), most)
            return least + round((inside - least) / max(step, 1)) * max(step, 1)
        return dpi


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a scanner offers."""

    version: str
    model: str
    inputs: dict[ScanSource, InputCaps] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """state: Idle, Processing, Testing, Stopped, Down. feeder: ScannerAdf…; "" when it says none. jobs: its jobs'
    addresses with the reasons of their state."""

    state: str
    feeder: str = ""
    jobs: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_capabilities(data: bytes) -> Capabilities:
    """Failure FAULT when it is none."""
    root = _parsed(data, "ScannerCapabilities")
    inputs: dict[ScanSource, InputCaps] = {}
    for source, path in (
        (ScanSource.GLASS, ("Platen", "PlatenInputCaps")),
        (ScanSource.FEEDER, ("Adf", "AdfSimplexInputCaps")),
        (ScanSource.FEEDER_DUPLEX, ("Adf", "AdfDuplexInputCaps")),
    ):
        node = _child(_child(root, path[0]), path[1])
        if node is not None:
            inputs[source] = _input(node)
    if not inputs:
        raise _strange()
    options = {_text(node) for node in _all(root, "AdfOption")}
    if "Duplex" in options and ScanSource.FEEDER in inputs:
        inputs.setdefault(ScanSource.FEEDER_DUPLEX, inputs[ScanSource.FEEDER])
    return Capabilities(_first(root, "Version") or "2.0", _first(root, "MakeAndModel") or "eSCL", inputs)


def read_status(data: bytes) -> Status:
    """Failure FAULT when it is none."""
    root = _parsed(data, "ScannerStatus")
    jobs = tuple(
        (_first(job, "JobUri"), tuple(_text(reason) for reason in _all(job, "JobStateReason")))
        for job in _all(root, "JobInfo")
    )
    return Status(_first(root, "State"), _first(root, "AdfState"), jobs)


def scan_settings(caps: Capabilities, wanted: ScanSettings) -> tuple[bytes, int]:
    """The job to ask for and the resolution it will have. KeyError when the scanner has no such source."""
    given = caps.inputs[wanted.source]
    dpi = given.nearest(wanted.dpi)
    colour = next((name for name in _RICHER[wanted.colour] if name in given.colours), _COLOURS[wanted.colour])
    duplex = "true" if wanted.source is ScanSource.FEEDER_DUPLEX else "false"
    source = "Platen" if wanted.source is ScanSource.GLASS else "Feeder"
    # JPEG unless the scanner has nothing but PDF; every eSCL scanner must know it.
    kind = "application/pdf" if given.formats and "image/jpeg" not in given.formats else "image/jpeg"
    sided = "" if wanted.source is ScanSource.GLASS else f"<scan:Duplex>{duplex}</scan:Duplex>"
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" '
        'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">'
        f"<pwg:Version>{escape(caps.version)}</pwg:Version><scan:Intent>Document</scan:Intent>"
        '<pwg:ScanRegions pwg:MustHonor="false"><pwg:ScanRegion>'
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        f"<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset><pwg:Width>{given.width}</pwg:Width>"
        f"<pwg:Height>{given.height}</pwg:Height></pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{source}</pwg:InputSource>{sided}"
        f"<scan:ColorMode>{colour}</scan:ColorMode><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution><pwg:DocumentFormat>{kind}</pwg:DocumentFormat>"
        f"<scan:DocumentFormatExt>{kind}</scan:DocumentFormatExt></scan:ScanSettings>"
    )
    return text.encode(), dpi


def _input(node: ElementTree.Element) -> InputCaps:
    across = [_number(step, "XResolution") for step in _all(node, "DiscreteResolution")]
    ranges = _all(node, "XResolutionRange")
    span = tuple(_number(ranges[0], name) for name in ("Min", "Max", "Step")) if ranges else ()
    return InputCaps(
        _number(node, "MaxWidth") or 2550,
        min(_number(node, "MaxHeight") or 3508, 5102),  # a feeder for rolls: no longer than A3
        tuple(sorted({value for value in across if value > 0})),
        (span[0], span[1], span[2]) if len(span) == 3 and span[0] > 0 else None,
        frozenset(_text(mode) for mode in _all(node, "ColorMode")),
        frozenset(_text(kind) for name in ("DocumentFormat", "DocumentFormatExt") for kind in _all(node, name)),
    )


def _parsed(data: bytes, name: str) -> ElementTree.Element:
    # Of Expat's own: entities that grow without end are refused (since 2.4.1); sizes are limited before.
    try:
        root = ElementTree.fromstring(data)  # noqa: S314
    except (ElementTree.ParseError, ValueError) as error:
        raise _strange() from error
    if _local(root) != name:
        raise _strange()
    return root


def _strange() -> Failure:
    return Failure(Outcome.FAULT, "该地址的设备不是 eSCL（AirScan）扫描仪，或者答复不符合约定")


def _local(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _all(node: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in node.iter() if _local(one) == name]


def _child(node: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    return next((one for one in node if _local(one) == name), None) if node is not None else None


def _text(node: ElementTree.Element) -> str:
    return (node.text or "").strip()


def _first(node: ElementTree.Element, name: str) -> str:
    found = _all(node, name)
    return _text(found[0]) if found else ""


def _number(node: ElementTree.Element, name: str) -> int:
    text = _first(node, name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
