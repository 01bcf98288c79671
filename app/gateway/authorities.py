"""The keys by which authorities sign what they issue here: one each, handed over or made for it.

None of them is the platform's own key: what the platform vouches for and what an authority issues are two things, and
the trust list says of each key which kinds it may sign, where.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import meta
from app.licences.cose import SigningKey

_KEY = "licence.issuer."


@dataclass(frozen=True, slots=True)
class Authority:
    """Who issues. uscc: its credit code; key: its private key, under the identifier that its certificate gives it."""

    uscc: str
    name: str
    key: SigningKey


class AuthorityKeys:
    """Kept in the database, as the gateway's other keys are: the several gateways of a hall share them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, authority: Authority) -> None:
        """Sign with this key from now on, in place of an older one of the same authority."""
        text = _document(authority)
        statement: Any = self._database.insert(meta).values(key=_KEY + authority.uscc, value=text)
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": text}))

    def ensure(self, uscc: str, name: str) -> Authority:
        """The authority with its key, made now when it has none."""
        made = Authority(uscc, name, SigningKey.generate())
        statement: Any = self._database.insert(meta).values(key=_KEY + uscc, value=_document(made))
        with self._database.write() as connection:
            connection.execute(statement.on_conflict_do_nothing())
            return self.find(connection, uscc)

    def find(self, connection: Connection, uscc: str) -> Authority:
        """Of whom the item is. Problem 422: its key is not here."""
        text = connection.scalar(select(meta.c.value).where(meta.c.key == _KEY + uscc))
        if text is None:
            raise Problem(422, "no-issuer-key", "签发机关的密钥还没有放到平台", "请平台管理员先放入密钥，再办结")
        said = json.loads(text)
        key = SigningKey.from_pem(said["pem"].encode())
        return Authority(uscc, said["name"], SigningKey(bytes.fromhex(said["kid"]), key.private_key))


def _document(authority: Authority) -> str:
    said = {"name": authority.name, "kid": authority.key.kid.hex(), "pem": authority.key.to_pem().decode()}
    return json.dumps(said, ensure_ascii=False)
