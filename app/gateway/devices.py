"""Which devices may call, and by which token. The gateway keeps only a hash of each token."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import device_keys, devices, wipe_orders
from app.server.headers import token_key
from app.server.packet import device_key, public_text

_MIN_TOKEN = 16
_OWNER = """
SELECT device_id, enabled, packet_key FROM devices LEFT JOIN device_keys USING (device_id) WHERE token_key = %(key)s
"""


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
        self._met: dict[str, str] = {}  # token key -> device that has called by it; grows with the list of devices only

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
            self._keep_packet_key(connection, device_id, token)
        return token

    def disable(self, device_id: str) -> None:
        """Take away a device's right to call (lost, stolen, retired)."""
        with self._database.write() as connection:
            connection.execute(update(devices).where(devices.c.device_id == device_id).values(enabled=False))

    def authenticate(self, authorization: str | None, device_id: str | None, *, quarantined: bool = False) -> Caller:
        """Who calls. Problem 401: no valid token. 403: the token is another device's, or was taken away.

        quarantined: let a device pass that was disabled with an order to wipe: it shall hear it, and confirm.
        """
        token = _bearer(authorization)
        if not token:
            raise _unauthorised()
        key = token_key(token)
        # Looked up by hash: the time it takes says nothing about the token.
        found = self._database.at_once(_OWNER, {"key": key})
        if found is None:
            with self._database.read() as connection:
                known = devices.outerjoin(device_keys)
                query = select(devices.c.device_id, devices.c.enabled, device_keys.c.packet_key).select_from(known)
                found = [tuple(row) for row in connection.execute(query.where(devices.c.token_key == key))]
        if not found:
            raise _unauthorised()
        owner, enabled, packet_key = found[0]
        if not enabled and not (quarantined and self._ordered(key)):
            raise Problem(403, "device-disabled", "本机已被停用", "请联系平台管理员")
        if owner != device_id:
            raise Problem(403, "other-device", "令牌与设备编号不符", "请联系平台管理员")
        if packet_key is None:
            # Enrolled before there were packets: the token is at hand only now.
            with self._database.write() as connection:
                self._keep_packet_key(connection, owner, token)
        self._met[key] = owner
        return Caller(owner, key)

    def met(self, authorization: str | None, device_id: str | None) -> Caller | None:
        """Who says to call, when this process has met it before; nothing is asked of the database.

        It may have been disabled since: whoever goes by this must have the token looked up where it matters.
        """
        token = _bearer(authorization)
        key = token_key(token)
        return Caller(device_id, key) if token and device_id and self._met.get(key) == device_id else None

    def _ordered(self, key: str) -> bool:
        with self._database.read() as connection:
            query = select(wipe_orders.c.order_id).where(wipe_orders.c.token_key == key).limit(1)
            return connection.scalar(query) is not None

    def signer(self, device_id: str) -> tuple[str, str]:
        """(public half of the device's signing key, hash of its token), for packets that come on a stick.

        Problem 403: unknown, or taken away. 409: it has not called since the gateway keeps such keys.
        """
        query = select(devices.c.enabled, devices.c.token_key, device_keys.c.packet_key)
        query = query.select_from(devices.outerjoin(device_keys)).where(devices.c.device_id == device_id)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None or not row.enabled:
            raise Problem(403, "device-disabled", "设备没有登记，或已被停用", device_id)
        if row.packet_key is None:
            raise Problem(409, "no-packet-key", "平台还不认得这台设备的签名", "请重新登记这台设备，再重新导出")
        return row.packet_key, row.token_key

    def _keep_packet_key(self, connection: Connection, device_id: str, token: str) -> None:
        public = public_text(device_key(token))
        statement: Any = self._database.insert(device_keys).values(device_id=device_id, packet_key=public)
        update_key = {"packet_key": public}
        connection.execute(statement.on_conflict_do_update(index_elements=["device_id"], set_=update_key))


def _bearer(authorization: str | None) -> str:
    """The token of an Authorization header, "" when there is none."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _unauthorised() -> Problem:
    return Problem(
        401, "unauthorised", "平台不认可本机身份", "设备令牌缺失或无效", headers={"WWW-Authenticate": "Bearer"}
    )
