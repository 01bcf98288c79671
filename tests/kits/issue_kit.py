"""A made-up authority with its key, an item whose result is an e-licence, and the trust lists of those who check it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from gateway_kit import ITEM, NOW, make_case

from app.domain.case import Case
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.issuing import LicenceIssue, NumberRule
from app.gateway.authorities import Authority
from app.gateway.server import GatewayServer
from app.licences.cose import Algorithm, SigningKey
from app.licences.identifier import build_identifier
from app.licences.keys import TrustedKey
from app.licences.trust import TrustList

USCC = ITEM[:18]
TYPE_CODE = "11100000000013127D018"
NAME = "示范区公安局"
PLAN = LicenceIssue(
    type="residence_permit",
    title="电子居住证",
    type_code=TYPE_CODE,
    number=NumberRule("permit.permit_number", "GA"),
    valid_days=365,
    valid_to="permit.valid_to",
    facts=("premises.address",),
    states={"permit.permit_city": "湖州市"},
    replaces=(TYPE_CODE,),
)
OLD = str(build_identifier(TYPE_CODE, "113304000025601162", "20250000117"))
"""The permit of another city."""
POLICY: dict[str, Any] = {
    "id": "shared-data",
    "sources": [],
    "purposes": [{"id": "hand_over", "text": "交付签发的证照"}, {"id": "verify", "text": "核验材料"}],
    "grants": [
        {
            "scenario": "permits", "title": "居住证", "items": [ITEM[:31]], "sources": [],
            "licences": ["residence_permit"], "issued": ["residence_permit"], "purposes": ["hand_over"],
        },
        {
            "scenario": "hygiene", "title": "卫生许可", "items": [ITEM[:31]], "sources": [],
            "licences": ["residence_permit"], "purposes": ["hand_over", "verify"],
        },
    ],
}  # fmt: skip


def authority(uscc: str = USCC) -> Authority:
    """With a key of its own."""
    return Authority(uscc, NAME, SigningKey.generate(Algorithm.ES256))


def trust_of(*known: Authority, types: tuple[str, ...] = ("residence_permit",)) -> TrustList:
    """A list of these authorities, each for these types, dated the day of NOW."""
    keys = tuple(TrustedKey(one.key.public_key, (one.key.kid,), one.name, one.uscc, frozenset(types)) for one in known)
    return TrustList(keys, (NOW + dt.timedelta(hours=8)).date())


def prepare(server: GatewayServer, issuer: Authority) -> None:
    """A gateway that issues by PLAN, and lets windows fetch."""
    server.gateway.shared.publish_policy(POLICY)
    server.gateway.issuing.publish({ITEM: PLAN})
    server.gateway.issuing.authorities.take(issuer)


def permit_case(serial: int = 1, name: str = "") -> Case:
    """A case without pages, filled from a permit of another city."""
    case = make_case(serial)
    source = Source(SourceKind.LICENCE, "居住证", OLD)
    shown = Fact("permit", "permit_number", "330402GA20250117", source, Verdict.SIGNATURE_VALID, NOW)
    named = {"applicant_name": name, "form": {**case.form, "applicant.name": name}} if name else {}
    return dataclasses.replace(case, facts=(*case.facts, shown), **named)  # type: ignore[arg-type]
