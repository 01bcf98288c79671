"""Regions 跨区域: which one this platform is, whom it hands cases over to, and whose hand-overs it takes.

Every platform has a receive seal 收件专用章, an Ed25519 key of its own. A case for another region goes there under that
seal (app.gateway.handovers); one that comes from another region is taken under that region's seal alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.domain.errors import BadInput
from app.domain.territory import Territory
from app.gateway.database import Database
from app.gateway.devices import Devices
from app.gateway.feeds import Feeds
from app.gateway.http import REGION_DEVICE as DEVICE
from app.gateway.problems import Problem
from app.gateway.region_tables import regions
from app.gateway.tables import meta
from app.licences.cose import Algorithm, SigningKey
from app.licences.region_seal import BadSeal, open_seal
from app.licences.snapshot import Pin, pin_of
from app.server import headers as h
from app.server.checking import Flaw, JsonObject
from app.server.wire import read_case_and_text

FEED = "policies"
ENTITY = "region-"
"""Rows of the feed `policies`: every region that a window may receive for, and whose seals count."""
_OWN, _KEY = "region.own", "region.key"


@dataclass(frozen=True, slots=True)
class Partner:
    """Another region's platform. key: its seal's. url, token: where and as whom cases are handed over; "" for none."""

    region: Territory
    key: Pin
    url: str
    token: str
    cursor: str | None


class RegionDesk:
    """The regions of one platform. What they are is looked up at each call: administrators add them while it runs."""

    def __init__(self, database: Database, feeds: Feeds, devices: Devices) -> None:
        self._database = database
        self._feeds = feeds
        self._devices = devices

    # --------------------------------------------------------------------------------------------- who is who

    def own(self) -> Territory | None:
        """This platform's region; None while nobody has said."""
        with self._database.read() as connection:
            text = connection.scalar(select(meta.c.value).where(meta.c.key == _OWN))
        return Territory(*json.loads(text)) if text else None

    def name_own(self, region: Territory) -> str:
        """Say which region this is; its seal's public key, for the others."""
        self._check(region)
        self._keep(_OWN, json.dumps([region.code, region.name], ensure_ascii=False), anew=True)
        pin = pin_of(self.signing_key())
        self._publish(region, pin, own=True)
        return pin.text

    def signing_key(self) -> SigningKey:
        """The receive seal's key; made at the first call."""
        made = SigningKey.generate(Algorithm.EDDSA).to_pem().decode()
        return SigningKey.from_pem(self._keep(_KEY, made).encode())

    def admit(self, region: Territory, key: str) -> str:
        """Take hand-overs of another region's platform; gives the token by which it calls. An earlier one ends.
        BadInput: no division's code, or no key."""
        self._add(region, Pin.read(key), "", "")
        return self._devices.enrol(DEVICE + region.code)

    def add_partner(self, region: Territory, key: str, url: str, token: str) -> None:
        """Hand cases over to another region's platform. key: of its seal. BadInput as `admit`."""
        self._add(region, Pin.read(key), url, token)

    def partners(self) -> tuple[Partner, ...]:
        """All of them, by code."""
        with self._database.read() as connection:
            rows = connection.execute(select(regions).order_by(regions.c.code)).all()
        return tuple(
            Partner(Territory(row.code, row.name), Pin.read(row.key), row.url, row.token, row.cursor) for row in rows
        )

    # ----------------------------------------------------------------------------------------------- cases

    def elsewhere(self, territory: Territory | None) -> str | None:
        """The code of the other region that decides; None when it is this one."""
        if territory is None or ((own := self.own()) is not None and own.code == territory.code):
            return None
        return territory.code

    def flaw(self, territory: Territory | None) -> Flaw | None:
        """Why a case for this region cannot be received here; None when it can."""
        code = self.elsewhere(territory)
        if code is None or any(one.region.code == code and one.url for one in self.partners()):
            return None
        return Flaw("territory/code", "本平台没有和办理地的平台联通，不能转办")

    def check_sender(self, device_id: str, document: Any, seal: str) -> None:
        """A case that another region's platform hands over stands under that region's seal, made for us and over this
        very document. Problem 403 when not. Windows bring no seal, and none is looked at."""
        if not device_id.startswith(DEVICE):
            return
        case, text = read_case_and_text(document)
        own, sender = self.own(), device_id.removeprefix(DEVICE)
        try:
            opened = open_seal(seal, [(one.region.code, one.key) for one in self.partners()])
            if opened.region.code != sender:
                raise BadSeal("是另一个地区的印章")
            if (opened.case_id, opened.digest) != (case.case_id, h.sha256_hex(text)):
                raise BadSeal("印章不是盖在这份收件上的")
            if own is None or opened.to.code != own.code or case.territory is None or case.territory.code != own.code:
                raise BadSeal("这件不由本地区办理")
        except BadSeal as error:
            raise Problem(403, "bad-seal", error.title, error.what) from error

    # ---------------------------------------------------------------------------------------------- inside

    def _check(self, region: Territory) -> None:
        if len(region.code) != 6 or not region.code.isascii() or not region.code.isdecimal() or not region.name:
            raise BadInput("地区不对", f"{region.code} {region.name}", "写六位行政区划代码和名称。")

    def _add(self, region: Territory, pin: Pin, url: str, token: str) -> None:
        self._check(region)
        values = {"name": region.name, "key": pin.text}
        more = {"url": url, "token": token} if url else {}
        statement: Any = self._database.insert(regions).values(code=region.code, **values, url=url, token=token)
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=values | more))
        self._publish(region, pin, receives=bool(url) or self._receives(region.code))

    def _receives(self, code: str) -> bool:
        return any(one.region.code == code and one.url for one in self.partners())

    def _publish(self, region: Territory, pin: Pin, *, own: bool = False, receives: bool = False) -> None:
        document: JsonObject = {
            "id": ENTITY + region.code,
            "code": region.code,
            "name": region.name,
            "key": pin.text,
            "own": own,
            "receives": receives,
        }
        if self._feeds.current(FEED, document["id"]) != document:
            self._feeds.publish(FEED, document["id"], document)

    def _keep(self, key: str, value: str, *, anew: bool = False) -> str:
        """Keep a setting; the one that stands. anew: over an earlier one."""
        statement: Any = self._database.insert(meta).values(key=key, value=value)
        done = (
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
            if anew
            else statement.on_conflict_do_nothing()
        )
        with self._database.read() as connection:
            found = connection.scalar(select(meta.c.value).where(meta.c.key == key))
        if found is not None and not anew:
            return str(found)
        with self._database.write() as connection:
            connection.execute(done)
            return str(connection.scalar(select(meta.c.value).where(meta.c.key == key)))
