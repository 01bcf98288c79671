"""Card printers behind IPP or CUPS: `card+ipp://192.168.1.61/ipp/print`, `card+ipps://…`, `card+cups:证卡打印机`.

The makers' own drivers for CUPS take a raster and turn it into the printer's language; printers with IPP of their own
take it as it is. Either way the picture is PWG Raster at the head's own resolution, dot for dot.
"""

from __future__ import annotations

import numpy as np

from devices.base import Picture
from devices.drivers.output.ipp import SECURE, place_of
from devices.drivers.output.ipp_device import IppDevice
from devices.drivers.output.ipp_link import Place
from devices.drivers.output.ipp_queue import Pace
from devices.drivers.output.ipp_state import CARD_TROUBLES
from devices.drivers.output.ipp_wire import Attributes, Tag, Typed
from devices.drivers.output.pwg_raster import MIME, encode_raster
from devices.kinds.output import CardPrinter
from devices.outcome import Reply
from devices.uri import DeviceUri

CARD_MM = (85.6, 53.98)
"""ISO/IEC 7810 ID-1, which the trade calls CR80."""
MEDIA = "custom_id1_85.6x53.98mm"


class IppCardPrinter(IppDevice, CardPrinter):
    """One card a call; the call lasts until the card is out. See IppDevice."""

    mime = MIME
    no_mime = "这台打印机不接收光栅图像，请安装厂商的证卡打印机驱动"
    done_before = "此前已制卡，未重复制卡"

    def __init__(self, uri: str, place: Place, dpi: int = 300, pace: Pace | None = None) -> None:
        """dpi: of the head, dots an inch."""
        super().__init__(uri, place, CARD_TROUBLES, pace)
        self.dpi = dpi
        self.size_dots = dots_of(dpi)

    def print_card(self, front: Picture, back: Picture | None, job_id: str) -> Reply[str]:
        """As CardPrinter. ValueError when a side is no BGR picture of at most size_dots. A smaller one is centred on
        white."""
        sides = [self._whole(side) for side in (front, back) if side is not None]
        wishes: Attributes = {
            "sides": Typed(Tag.KEYWORD, "two-sided-long-edge" if back is not None else "one-sided"),
            "media": Typed(Tag.KEYWORD, MEDIA),
            "printer-resolution": Typed(Tag.RESOLUTION, (self.dpi, self.dpi)),
        }
        return self._print(encode_raster(sides, self.dpi, MEDIA), job_id, "证卡", wishes)

    def _whole(self, side: Picture) -> Picture:
        if side.dtype != np.uint8 or side.ndim != 3 or side.shape[2] != 3 or not side.size:
            raise ValueError("not a BGR picture")
        wide, high = self.size_dots
        if side.shape[1] > wide or side.shape[0] > high:
            raise ValueError(f"{side.shape[1]}×{side.shape[0]} dots on a card of {wide}×{high}")
        whole = np.full((high, wide, 3), 255, np.uint8)
        top, left = (high - side.shape[0]) // 2, (wide - side.shape[1]) // 2
        whole[top : top + side.shape[0], left : left + side.shape[1]] = side
        return whole


def dots_of(dpi: int) -> tuple[int, int]:
    """Columns and rows of a card at so many dots an inch; 1011 × 638 at 300."""
    return round(CARD_MM[0] / 25.4 * dpi), round(CARD_MM[1] / 25.4 * dpi)


def open_driver(uri: str) -> IppCardPrinter:
    """The driver of a `card+ipp:`, `card+ipps:` or `card+cups:` URI. BadInput when it is malformed.

    Options: dpi (300, 600), wait (seconds that a card may stand in line or print, 120), sha256 as for ipps.
    """
    parsed = DeviceUri.parse(uri, ["dpi", "wait", *SECURE])
    pace = Pace(whole=parsed.number("wait", 120.0, 1, 3600))
    return IppCardPrinter(uri, place_of(parsed), parsed.integer("dpi", 300, 150, 1200), pace)
