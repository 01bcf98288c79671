"""The issuer's side of our own licence codes: for demo mode, training and tests; real issuers have their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.licences.claims import EU_CLAIM, EU_V1, EXP, IAT, ISS, LICENCE_CLAIM, NBF
from app.licences.cose import SigningKey, sign_text
from app.licences.identifier import LicenceIdentifier
from app.licences.verify import EU_PREFIX, OWN_PREFIX


def issue_licence(
    key: SigningKey,
    *,
    issuer: str,
    identifier: LicenceIdentifier,
    type_id: str,
    title: str,
    holder: dict[str, str],
    claims: dict[str, str],
    issued: dt.datetime,
    starts: dt.datetime | None = None,
    expires: dt.datetime | None = None,
) -> str:
    """A signed licence code (docs/licence-format.md). Times are aware; holder: name and id_number or uscc."""
    body = {"identifier": str(identifier), "type": type_id, "title": title, "holder": holder, "claims": claims}
    return sign_text(_registered(issuer, issued, starts, expires) | {LICENCE_CLAIM: body}, key, OWN_PREFIX)


def issue_eu_certificate(
    key: SigningKey, *, country: str, certificate: dict[str, Any], issued: dt.datetime, expires: dt.datetime
) -> str:
    """A certificate in the EU's layout. certificate: ver, nam, dob and one of v, t, r."""
    return sign_text(_registered(country, issued, None, expires) | {EU_CLAIM: {EU_V1: certificate}}, key, EU_PREFIX)


def _registered(
    issuer: str, issued: dt.datetime, starts: dt.datetime | None, expires: dt.datetime | None
) -> dict[Any, Any]:
    times = {IAT: issued, NBF: starts, EXP: expires}
    return {ISS: issuer} | {claim: int(at.timestamp()) for claim, at in times.items() if at is not None}
