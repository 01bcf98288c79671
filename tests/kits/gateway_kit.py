"""Made-up cases with valid numbers and real pages, gateways and workstations to bring them together."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import random
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft202012Validator

from app.domain.case import AuditEvent, Case, Window
from app.domain.clock import Clock, FixedClock
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import MaterialUse
from app.domain.material import Material, MaterialStatus, Page
from app.domain.numbering import provisional_number, uuid7
from app.server import headers as h
from app.server.wire import build_operations
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from offline_db.vault import Vault, open_vault

SQLITE_ONLY = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
"""For what has nothing to do with the kind of database."""

NOW = dt.datetime(2026, 11, 21, 1, 2, 3, 456000, dt.UTC)
DEVICE = "window-A01"
TOKEN = "made-up-token-of-a-test-window-0123456789"
OTHER_DEVICE = "window-B02"
OTHER_TOKEN = "made-up-token-of-another-window-9876543210"
DEVICES = {DEVICE: TOKEN, OTHER_DEVICE: OTHER_TOKEN}
ITEM = "11330106MB0000000F4000131012000" + "01"
UNKNOWN_ITEM = "11330106MB0000000F4999999999999" + "01"
WINDOW = Window("A01", "综合窗口 1 号", "示范区政务服务中心", "示范区")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
NAMES = ("王㛃", "李𠮷", "赵䶮", "孙𬭚", "张伟", "欧阳娜娜")


def id_number(serial: int) -> str:
    """A made-up resident number with a valid check character (GB 11643)."""
    body = f"330199{1950 + serial % 50:04d}0101{serial % 1000:03d}"
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


def page_bytes(seed: int, size: int = 5000) -> bytes:
    return random.Random(seed).randbytes(size)


def page_of(data: bytes) -> Page:
    return Page(hashlib.sha256(data).hexdigest(), "image/jpeg", len(data), 1240, 1754)


def make_case(serial: int = 1, pages: tuple[bytes, ...] = (), item: str = ITEM, at: dt.datetime = NOW) -> Case:
    """One case of a made-up person, its pages under one captured material."""
    name, number = NAMES[serial % len(NAMES)], id_number(serial)
    card = Source(SourceKind.CARD, "居民身份证", number[:4] + "*" * 10 + number[-4:])
    facts = (
        Fact("applicant", "name", name, card, Verdict.CHIP_READ, at),
        Fact("applicant", "id_number", number, card, Verdict.CHIP_READ, at),
        Fact("premises", "address", "𠮷祥路 8 号", Source(SourceKind.CLERK, "窗口录入"), Verdict.STATED, at),
    )
    materials = (
        Material(MaterialUse("id-copy", "身份证明"), (item,), MaterialStatus.WAIVED, reason="电子证照已核验"),
        Material(
            MaterialUse("lease", "经营场所证明"),
            (item,),
            MaterialStatus.CAPTURED if pages else MaterialStatus.TOLERATED,
            pages=tuple(page_of(data) for data in pages),
            due=None if pages else dt.date(2026, 12, 1),
        ),
    )
    return Case(
        case_id=uuid7(at + dt.timedelta(milliseconds=serial)),
        visit_id=f"visit-{serial}",
        item_code=item,
        item_name="公共场所卫生许可",
        department="示范区卫生健康局",
        provisional_no=provisional_number(WINDOW.id, at, serial),
        accepted_at=at,
        window=WINDOW,
        clerk="0007",
        catalog_version="2026.11",
        applicant_name=name,
        applicant_number=number,
        form={"applicant.name": name, "applicant.id_number": number, "premises.address": "𠮷祥路 8 号"},
        facts=facts,
        materials=materials,
        bundle_code="open-a-barber-shop",
        due=dt.date(2026, 12, 5),
    )


def with_form(case: Case, **values: str) -> Case:
    return dataclasses.replace(case, form={**case.form, **values})


class Workstation:
    """A demo profile with its store and vault, and a way to accept cases into it."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.clock = clock
        self.profile = Profile(folder, "demo")
        keys = DemoKeys(folder)
        self.vault: Vault = open_vault(self.profile, keys)
        self.store = Store.open(self.profile, keys, clock, vault=self.vault)

    def accept(self, *cases: Case, pages: tuple[bytes, ...] = ()) -> None:
        for data in pages:
            self.vault.seal(data, "image/jpeg")
        event = AuditEvent(self.clock.now(), "0007", "case.accept", cases[0].case_id, {"count": len(cases)})
        self.store.accept(list(cases), build_operations(cases), [event])

    def close(self) -> None:
        self.store.close()
        self.profile.close()


@contextmanager
def workstation(folder: Path, clock: Clock | None = None) -> Iterator[Workstation]:
    station = Workstation(folder, clock or FixedClock(NOW))
    try:
        yield station
    finally:
        station.close()


class Raw:
    """Requests as a stranger would write them, with a device's token; every header can be changed."""

    def __init__(self, url: str, device: str = DEVICE, token: str = TOKEN) -> None:
        self.url = url
        self._contract = requests.get(url + "/v1/openapi.json", timeout=20).json()
        self._base = {"Authorization": f"Bearer {token}", h.DEVICE_ID: device}

    def __call__(
        self,
        method: str,
        path: str,
        document: Any = None,
        *,
        data: bytes | None = None,
        key: str | None = None,
        drop: tuple[str, ...] = (),
        **headers: str,
    ) -> requests.Response:
        sent = dict(self._base)
        if document is not None:
            data = h.canonical(document)
            sent["Content-Type"] = "application/json"
        if data is not None:
            sent[h.CONTENT_DIGEST] = h.content_digest(data)
        if key is not None:
            sent[h.IDEMPOTENCY_KEY] = key
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name in drop:
            sent.pop(name, None)
        reply = requests.request(method, self.url + path, data=data, headers=sent, timeout=20)
        self._check(method, path.partition("?")[0], reply)
        return reply

    def _check(self, method: str, path: str, reply: requests.Response) -> None:
        """Every reply of every test must be one that the contract announces, and carry the marks."""
        assert reply.headers[h.API_HEADER] == h.API
        if method != "HEAD" and reply.status_code != 204:
            assert h.digest_holds(reply.headers[h.CONTENT_DIGEST], reply.content)
        templates = [t for t in self._contract["paths"] if re.fullmatch(re.sub(r"{\w+}", "[^/]+", t), path)]
        operations = [self._contract["paths"][t].get(method.lower()) for t in templates]
        if not any(operations):
            assert reply.status_code in (404, 405)
            return
        announced = next(operation for operation in operations if operation)["responses"][str(reply.status_code)]
        kind = reply.headers.get("Content-Type", "")
        if kind in (h.COSE_TYPE, h.PACKAGE_TYPE):
            assert kind in announced["content"]
        elif "content" in announced:
            Draft202012Validator(announced["content"][kind]["schema"]).validate(reply.json())
        else:
            assert reply.content == b""


def new_key() -> str:
    return str(uuid.uuid4())
