"""What can be made to go wrong in a lesson, in a trainer's words, and the emulators' own faults that do it.

The real drivers meet these faults on the wire, so that the clerk sees exactly what the hardware would show.
"""

from __future__ import annotations

from types import MappingProxyType

UNPLUGGED = "unplugged"
"""The cable is out: nothing answers at the device's address. Every kind of device knows it."""

_EMULATOR_FAULTS = {
    "id_reader": {"silent": "silent", "no-card": "no-card", "worn": "sw-41"},
    "passport_reader": {"no-document": "no-card", "worn": "garbage", "mute-chip": "mute"},
    "smart_card": {
        "no-card": "no-card",
        "worn": "mute",
        "silent": "hang",
        "busy": "claimed",
        "wrong-pin": "wrong-pin",
        "pin-blocked": "pin-blocked",
    },
    "camera": {"frozen": "stall", "garbled": "garbage"},
    "face_camera": {"frozen": "stall", "garbled": "garbage"},
    "scanner": {"jammed": "jam", "cover-open": "cover-open", "empty": "empty", "busy": "busy", "silent": "mute"},
    "receipt_printer": {
        "jammed": "error",
        "paper-out": "paper-out",
        "cover-open": "cover-open",
        "silent": "silent",
    },
    "signature_pad": {"busy": "busy", "refused": "refused"},
    "code_scanner": {"silent": "silent", "garbled": "garbage"},
    "pin_pad": {"silent": "mute", "busy": "busy"},
    "printer": {"jammed": "stall", "silent": "silent", "paper-out": "paper-out"},
    "card_printer": {"jammed": "jam", "no-cards": "media-empty", "no-ribbon": "ribbon-empty", "silent": "silent"},
    "fingerprint": {"poor": "poor", "no-finger": "no-finger", "crashed": "crash", "silent": "hang"},
    "rating_device": {"silent": "mute", "busy": "busy"},
    "customer_screen": {},
    "queue_caller": {"silent": "mute", "busy": "busy"},
    "clerk_key": {"pulled": "pulled", "locked": "locked", "broken": "broken"},
    "payment_terminal": {"declined": "declined", "cancelled": "cancelled", "busy": "busy", "silent": "mute"},
}
DRILLS = MappingProxyType({kind: {UNPLUGGED: "", **faults} for kind, faults in _EMULATOR_FAULTS.items()})
"""Kind of device (devices.base.DeviceKind) -> a drill's name -> the emulator's fault; "" for a pulled cable."""
