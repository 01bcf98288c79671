"""`emulated://…`: starts an emulator and lets the real driver talk to it. `driver` of each category says which."""

from __future__ import annotations

from app.domain.errors import BadInput
from devices.base import Device, DeviceKind
from devices.discovery import Found
from devices.emulators.biometric.driver import KINDS as BIOMETRIC
from devices.emulators.emulated import Kinds
from devices.emulators.entry.driver import KINDS as ENTRY
from devices.emulators.identity.driver import KINDS as IDENTITY
from devices.emulators.imaging.driver import KINDS as IMAGING
from devices.emulators.interaction.driver import KINDS as INTERACTION
from devices.emulators.output.driver import KINDS as OUTPUT
from devices.emulators.payment.driver import KINDS as PAYMENT
from devices.uri import DeviceUri, bad_uri

KINDS: Kinds = {**IDENTITY, **BIOMETRIC, **IMAGING, **ENTRY, **OUTPUT, **INTERACTION, **PAYMENT}


def open_driver(uri: str) -> Device:
    """The driver of an `emulated:` URI. BadInput when it is malformed, or names an unknown person or fault."""
    kind = DeviceUri.parse(uri, {option for options, _ in KINDS.values() for option in options}).host
    if kind not in KINDS:
        raise bad_uri(uri, f"没有名为“{kind[:40]}”的模拟设备", "可用：" + "、".join(KINDS) + "。")
    options, make = KINDS[kind]
    device: Device = make(DeviceUri.parse(uri, options))
    return device


def discover(kind: DeviceKind) -> list[Found]:
    """The emulators that begin without being told anything; for demo mode."""
    found = []
    for name in KINDS:
        uri = f"emulated://{name}"
        try:
            made = open_driver(uri)
        except BadInput:
            continue
        if made.kind is kind:
            found.append(Found(uri, "模拟设备", name))
    return found
