"""What the licence tests share: a moment, an issuer, an identifier, and how trust.json is written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.demo.issuers import Issuer
from app.licences.identifier import build_identifier

NOW = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
ISSUER = Issuer("natural", "湖州市自然资源和规划局", "11330500MB1A20264Q")
IDENTIFIER = build_identifier("11100000MB0D20265R001", ISSUER.uscc, "20240012345")

MakeText = Callable[..., str]


def write_list(trust: Path, revoked: list[Any] | None = None, **entry: Any) -> None:
    """Write a trust.json for natural.pem; keyword arguments go into its entry."""
    issuer = {"file": "natural.pem", "name": ISSUER.name, "uscc": ISSUER.uscc} | entry
    document = {"date": "2026-11-20", "issuers": [issuer], "revoked": revoked or []}
    (trust / "trust.json").write_text(json.dumps(document), "utf-8")
