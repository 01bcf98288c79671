"""Which devices may call, and by which token. The gateway keeps only a hash of each token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import devices, wipe_orders
from app.server.headers import token_key

_MIN_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Caller:
    """A device that has shown its token. key: what proves to it that we know the token."""

    device_id: str
    key: str


class Devices:
    """The list of enrolled devices."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def enrol(self, device_id: str, token: str | None = None) -> str:
        """Let a device call; gives its token, a new random one unless handed in. An earlier token ends.

        BadInput: a device id that no header could carry, or a token short enough to be guessed.
        """
        if not device_id.isascii() or not device_id.replace("-", "").replace("_", "").isalnum() or len(device_id) > 64:
            raise BadInput("设备编号不对", "只能用字母、数字、- 和 _，最多 64 个", "请换一个设备编号。")
        token = secrets.token_urlsafe(32) if token is None else token
        if len(token) < _MIN_TOKEN or not token.isascii() or not token.isprintable():
            raise BadInput("设备令牌太短", f"至少 {_MIN_TOKEN} 个字符", "请让平台生成令牌。")
        values = {"token_key": token_key(token), "enrolled_at": isoformat(self._clock.now()), "enabled": True}
        statement: Any = self._database.insert(devices).values(device_id=device_id, **values)
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["device_id"], set_=values))
        return token

    def disable(self, device_id: str) -> None:
        """Take away a device's right to call (lost, stolen, retired)."""
        with self._database.write() as connection:
            connection.execute(update(devices).where(devices.c.device_id == device_id).values(enabled=False))

    def authenticate(self, authorization: str | None, device_id: str | None, *, quarantined: bool = False) -> Caller:
        """Who calls. Problem 401: no valid token. 403: the token is another device's, or was taken away.

        quarantined: let a device pass that was disabled with an order to wipe: it shall hear it, and confirm.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise _unauthorised()
        key = token_key(token.strip())
        # Looked up by hash: the time it takes says nothing about the token.
        with self._database.read() as connection:
            row = connection.execute(select(devices).where(devices.c.token_key == key)).one_or_none()
            ordered = (
                quarantined
                and row is not None
                and not row.enabled
                and connection.scalar(select(wipe_orders.c.order_id).where(wipe_orders.c.token_key == key).limit(1))
            )
        if row is None:
            raise _unauthorised()
        if not row.enabled and not ordered:
            raise Problem(403, "device-disabled", "本机已被停用", "请联系平台管理员")
        if row.device_id != device_id:
            raise Problem(403, "other-device", "令牌与设备编号不符", "请联系平台管理员")
        return Caller(row.device_id, key)


def _unauthorised() -> Problem:
    return Problem(
        401, "unauthorised", "平台不认可本机身份", "设备令牌缺失或无效", headers={"WWW-Authenticate": "Bearer"}
    )
