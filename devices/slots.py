"""The places of a counter that a device can stand at. Their names are the keys of `[devices]` in the settings."""

from __future__ import annotations

from dataclasses import dataclass

from devices.base import DeviceKind


@dataclass(frozen=True, slots=True)
class Slot:
    """A place. kind: what is expected there. number: which of the 19 kinds of window devices, or 20, the clerk's key;
    category: A to H."""

    name: str
    kind: DeviceKind
    number: int
    category: str


SLOTS = {
    slot.name: slot
    for slot in (
        Slot("id_reader", DeviceKind.ID_READER, 1, "A"),
        Slot("passport_reader", DeviceKind.PASSPORT_READER, 2, "A"),
        Slot("smart_card", DeviceKind.SMART_CARD, 3, "A"),
        Slot("psam", DeviceKind.SMART_CARD, 3, "A"),
        Slot("fingerprint", DeviceKind.FINGERPRINT, 4, "B"),
        Slot("portrait_camera", DeviceKind.CAMERA, 5, "B"),
        Slot("face_camera", DeviceKind.FACE_CAMERA, 6, "B"),
        Slot("document_camera", DeviceKind.CAMERA, 7, "C"),
        Slot("document_camera_side", DeviceKind.CAMERA, 8, "C"),
        Slot("scanner", DeviceKind.SCANNER, 9, "C"),
        Slot("signature_pad", DeviceKind.SIGNATURE_PAD, 10, "D"),
        Slot("camera", DeviceKind.CAMERA, 11, "D"),
        Slot("code_scanner", DeviceKind.CODE_SCANNER, 11, "D"),
        Slot("pin_pad", DeviceKind.PIN_PAD, 12, "D"),
        Slot("receipt_printer", DeviceKind.RECEIPT_PRINTER, 13, "E"),
        Slot("receipt_printer_2", DeviceKind.RECEIPT_PRINTER, 13, "E"),
        Slot("printer", DeviceKind.PRINTER, 14, "E"),
        Slot("printer_2", DeviceKind.PRINTER, 14, "E"),
        Slot("card_printer", DeviceKind.CARD_PRINTER, 15, "E"),
        Slot("rating_device", DeviceKind.RATING_DEVICE, 16, "F"),
        Slot("customer_screen", DeviceKind.CUSTOMER_SCREEN, 17, "F"),
        Slot("queue_caller", DeviceKind.QUEUE_CALLER, 18, "F"),
        Slot("payment_terminal", DeviceKind.PAYMENT_TERMINAL, 19, "G"),
        Slot("payment_code", DeviceKind.PAYMENT_TERMINAL, 19, "G"),
        Slot("clerk_key", DeviceKind.CLERK_KEY, 20, "H"),
    )
}
"""`camera` reads codes; `psam` is the security module beside the card; `payment_code` takes a payer's code."""
