"""`emulated://…` of what brings something onto paper or plastic.

emulated://receipt-printer?out=DIR&fault=…&width=576&wire=usb
emulated://printer?out=DIR&wait=30&fault=…&wire=ipp
emulated://card-printer?out=DIR&fault=…
"""

from __future__ import annotations

from pathlib import Path

from devices.base import Device, Picture
from devices.drivers.output import escpos, ipp, ipp_card, rawsocket
from devices.emulators.emulated import EmulatedDevice, Kinds, not_open
from devices.emulators.output.card_printer import CardPrinterEmulator
from devices.emulators.output.escpos_printer import EscposPrinterEmulator
from devices.emulators.output.ipp_printer import IppPrinterEmulator
from devices.emulators.output.page_printer import PagePrinterEmulator
from devices.kinds.output import PLAIN, CardPrinter, PageSetup, Printer, ReceiptPrinter
from devices.outcome import Reply
from devices.uri import DeviceUri, bad_uri


class EmulatedReceiptPrinter(EmulatedDevice[EscposPrinterEmulator, ReceiptPrinter], ReceiptPrinter):
    def print_picture(self, picture: Picture, job_id: str) -> Reply[str]:
        return self._driver.print_picture(picture, job_id) if self._driver else not_open()


class EmulatedPrinter(EmulatedDevice[PagePrinterEmulator | IppPrinterEmulator, Printer], Printer):
    def print_pdf(self, pdf: bytes, job_id: str, title: str, setup: PageSetup = PLAIN) -> Reply[str]:
        return self._driver.print_pdf(pdf, job_id, title, setup) if self._driver else not_open()


class EmulatedCardPrinter(EmulatedDevice[CardPrinterEmulator, CardPrinter], CardPrinter):
    def print_card(self, front: Picture, back: Picture | None, job_id: str) -> Reply[str]:
        return self._driver.print_card(front, back, job_id) if self._driver else not_open()


def _receipt_printer(parsed: DeviceUri) -> Device:
    emulator = EscposPrinterEmulator(_folder(parsed))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    width = parsed.integer("width", 576, 8, 1280)
    usb = _wire(parsed, "tcp", "usb") == "usb"

    def driver(started: EscposPrinterEmulator) -> ReceiptPrinter:
        if usb:
            from devices.emulators.output.usb_printer import UsbBus  # pyusb costs nobody who has no printer on USB

            return escpos.usb_driver(f"escpos+usb:?width={width}", UsbBus(started))
        return escpos.open_driver("escpos+tcp://{}:{}?width={}".format(*started.address, width))

    device = EmulatedReceiptPrinter(parsed.text, emulator, driver)
    device.width_dots = width
    return device


def _printer(parsed: DeviceUri) -> Device:
    wait = parsed.integer("wait", 30, 1, 600)
    emulator: PagePrinterEmulator | IppPrinterEmulator
    if _wire(parsed, "socket", "ipp") == "ipp":
        emulator, address = IppPrinterEmulator(_folder(parsed)), "ipp://{}:{}/ipp/print?wait={}"
    else:
        emulator, address = PagePrinterEmulator(_folder(parsed)), "socket://{}:{}?wait={}"
    emulator.faults.set_all(parsed.options.get("fault", ""))

    def driver(started: PagePrinterEmulator | IppPrinterEmulator) -> Printer:
        uri = address.format(*started.address, wait)
        return ipp.open_driver(uri) if uri.startswith("ipp:") else rawsocket.open_driver(uri)

    return EmulatedPrinter(parsed.text, emulator, driver)


def _card_printer(parsed: DeviceUri) -> Device:
    emulator = CardPrinterEmulator(_folder(parsed))
    emulator.faults.set_all(parsed.options.get("fault", ""))

    def driver(started: CardPrinterEmulator) -> CardPrinter:
        return ipp_card.open_driver("card+ipp://{}:{}/ipp/print?wait=30".format(*started.address))

    return EmulatedCardPrinter(parsed.text, emulator, driver)


def _wire(parsed: DeviceUri, *known: str) -> str:
    wire = parsed.options.get("wire", known[0])
    if wire not in known:
        raise bad_uri(parsed.text, "的参数 wire 不正确", "可用：" + "、".join(known) + "。")
    return wire


def _folder(parsed: DeviceUri) -> Path:
    out = parsed.options.get("out", "")
    if not out:
        raise bad_uri(parsed.text, "缺少参数 out", "请写明输出文件夹。")
    return Path(out)


KINDS: Kinds = {
    "receipt-printer": (("out", "width", "wire", "fault"), _receipt_printer),
    "printer": (("out", "wait", "wire", "fault"), _printer),
    "card-printer": (("out", "fault"), _card_printer),
}
