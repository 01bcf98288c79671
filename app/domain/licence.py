"""Electronic licences 电子证照 and the codes that carry them (domain facts §3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.fact import Verdict


class CodeKind(StrEnum):
    """What a scanned code turned out to be."""

    SIGNED_LICENCE = "signed_licence"
    EU_CERTIFICATE = "eu_certificate"
    OPAQUE_LICENCE = "opaque_licence"
    """A dynamic code, to be redeemed online once."""
    FIRM_CODE = "firm_code"
    """A permanent firm code 企业码: identifies, proves nothing about who holds it."""
    LICENCE_URL = "licence_url"
    OFD_FILE = "ofd_file"
    """Not a code: an e-licence handed over as an OFD file (GB/T 33190), with or without an electronic seal."""
    OWN_PAPER = "own_paper"
    """The anti-forgery code of a paper that a window printed."""
    PERSONAL_CODE = "personal_code"
    """The code of somebody registered once 来访人服务码（湖州码）."""
    BOOKING = "booking"
    """A visitor's booking 预约码: names an appointment, proves nothing about who holds it."""
    LEAFLET = "leaflet"
    """The code on a leaflet of a bundle 一件事: begins it."""
    PARCEL = "parcel"
    """A courier's tracking number."""
    OTHER = "other"
    """Known, and of no use here: a payment code, a WLAN, a contact. The rule says what to tell the clerk."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """A code found on a picture. points: the four corners in pixels, clockwise from the top left of the symbol."""

    format: str
    text: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LicenceReading:
    """What a code says and how far it can be trusted. The field names follow the command line's `licence`.

    issuer: the signer's name from the trust list. holder: {"name", "id_number"|"uscc"}. licence: {"type", "title",
    "identifier"}. claims: the licence's own data, role.element -> text where it can fill a form. expires: UTC.
    trust_date: the trust list's own date, said beside every offline verdict.
    """

    kind: CodeKind
    verdict: Verdict
    reason: str = ""
    issuer: str | None = None
    holder: dict[str, str] = field(default_factory=dict)
    licence: dict[str, str] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    expires: dt.datetime | None = None
    trust_date: dt.date | None = None
