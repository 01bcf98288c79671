"""Least data: of what was read only the fields asked for, and of those masked what was not asked for in full."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from app.domain.clock import isoformat
from app.domain.licence import LicenceReading
from app.domain.person import mask, mask_name
from devices.kinds.identity import CardReading, MrzReading

_ADDRESS_SHOWN = 6
"""Characters of an address that are shown masked: province and city."""
_ZONE_SHOWN = 5
"""Of a machine-readable zone: kind of document and who issued it (ICAO 9303-3, 4.2.2)."""

_CARD: Mapping[str, Callable[[str], str]] = {
    "name": mask_name,
    "name_en": mask_name,
    "number": mask,
    "pass_number": mask,
    "birth": lambda text: f"{text[:4]}-**-**",
    "address": lambda text: text[:_ADDRESS_SHOWN] + "*" * max(len(text) - _ADDRESS_SHOWN, 0),
    "photo": lambda _: "",
}
Chosen = tuple[dict[str, Any], tuple[str, ...]]
"""The fields given, and which of them are masked."""


def card_data(reading: CardReading, fields: tuple[str, ...], full: tuple[str, ...]) -> Chosen:
    """A card's fields; absent ones are None. A photo is whole or not there at all."""
    values: dict[str, Any] = reading.card.as_json()
    values["photo"] = base64.b64encode(reading.photo_wlt).decode() or None
    return _choose(values, fields, full, _CARD)


def zone_data(reading: MrzReading, fields: tuple[str, ...], full: tuple[str, ...]) -> Chosen:
    """The lines of a machine-readable zone as the device gives them; check digits are the asker's to judge."""
    values = {"lines": list(reading.lines)}
    return _choose(values, fields, full, {"lines": lambda lines: [_zone_line(line) for line in lines]})


def licence_data(reading: LicenceReading, text: str, fields: tuple[str, ...], full: tuple[str, ...]) -> Chosen:
    """What a code says and what that is worth. Masked, a holder is a masked name and number; claims and text, which
    may hold anything, are not there."""
    values: dict[str, Any] = {
        "kind": str(reading.kind),
        "verdict": str(reading.verdict),
        "reason": reading.reason,
        "issuer": reading.issuer,
        "holder": reading.holder,
        "licence": reading.licence,
        "expires": isoformat(reading.expires) if reading.expires else None,
        "claims": reading.claims,
        "text": text,
    }
    masks: Mapping[str, Callable[[Any], Any]] = {
        "holder": lambda holder: {key: mask_name(v) if key == "name" else mask(v) for key, v in holder.items()},
        "licence": lambda said: {key: mask(v) if key == "identifier" else v for key, v in said.items()},
        "claims": lambda _: None,
        "text": lambda _: None,
    }
    return _choose(values, fields, full, masks)


def _choose(
    values: Mapping[str, Any], fields: tuple[str, ...], full: tuple[str, ...], masks: Mapping[str, Callable[[Any], Any]]
) -> Chosen:
    data: dict[str, Any] = {}
    masked = []
    for name in fields:
        value = values[name]
        if name in masks and name not in full and value:
            value = masks[name](value) or None
            masked.append(name)
        data[name] = value
    return data, tuple(masked)


def _zone_line(line: str) -> str:
    return line[:_ZONE_SHOWN] + "*" * max(len(line) - _ZONE_SHOWN, 0)
