"""The clerk's hardware key: may it sign somebody in, who is that, and its signature over each call for shared data."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.domain.clerk import Clerk
from app.domain.clock import Clock, shanghai
from app.domain.errors import Refused
from app.domain.shared_data import KeyProof, QueryRequest
from app.identity.clerk_key import (
    FEED,
    RULES_ID,
    KeyHolder,
    KeyRules,
    KeyVerdict,
    challenge,
    judge,
    order,
    read_authority,
    read_rules,
    signed_by,
    statement_bytes,
)
from app.server.errors import Rejected
from app.services.clerks import Clerks
from app.services.duty import Duty
from app.services.grants import FeedReader

_SOON = dt.timedelta(days=30)


class Settings(FeedReader, Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class SeenKey:
    """A key that is plugged in, good for the clerk it names. ident: of its certificate on the key. remark: what the
    clerk should know of it, "" for nothing."""

    holder: KeyHolder
    certificates: tuple[bytes, ...]
    ident: bytes
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the key is to sign."""

    data: bytes
    key: SeenKey


class ClerkKeys:
    """Reads the store and checks signatures: not for the event loop.

    sign: asks the key that is signed in, from any thread but the event loop's; None when it cannot. Set by whoever owns
    the key. offset_setting: under which setting the platform's time minus ours is kept, in milliseconds.
    """

    def __init__(
        self,
        store: Settings,
        clerks: Clerks,
        clock: Clock,
        duty: Duty,
        device_id: str,
        *,
        required: bool = False,
        authority: Path | None = None,
        offset_setting: str = "",
    ) -> None:
        self._store = store
        self._clerks = clerks
        self._clock = clock
        self._duty = duty
        self._device_id = device_id
        self._authority = authority
        self._offset_setting = offset_setting
        self.required = required
        """Does this site let nobody in without a key?"""
        self.signed_in: SeenKey | None = None
        self.sign: Callable[[SeenKey, bytes], bytes | None] = lambda key, data: None

    def rules(self) -> KeyRules:
        """The authority in force: the site's own file counts more than what the platform said; lists come from it."""
        rows = [row for row in self._store.feed_rows(FEED) if row.get("id") == RULES_ID]
        try:
            told = read_rules(rows[0]) if rows else KeyRules()
        except ValueError:
            told = KeyRules()
        return replace(told, roots=read_authority(self._authority).roots) if self._authority is not None else told

    def inspect(self, certificates: Sequence[tuple[bytes, bytes]]) -> SeenKey:
        """Whose key is this? certificates: (id, DER) as they lie on it. Refused, each reason in its own words."""
        try:
            ident, chain = order(certificates)
        except ValueError:
            raise Refused(
                "钥匙里没有证书", "这把钥匙里没有窗口人员的证书。", "请找发证机构写入证书，或换一把钥匙。"
            ) from None
        rules, now = self.rules(), self._clock.now()
        verdict, holder = judge(chain, rules, now)
        who = f"{holder.name}（{holder.number}）" if holder else ""
        if not rules.roots:
            raise Refused(
                "还不能用钥匙登录", "本机还没有发证机构的证书。", "请联网同步一次；不行请找运维人员导入发证机构证书。"
            )
        if verdict is KeyVerdict.EXPIRED and holder is not None:
            day = f"{shanghai(holder.until):%Y-%m-%d}"
            raise Refused("钥匙的证书已过期", f"{who}的证书有效期到 {day}。", "请到发证机构换发证书。")
        if verdict is not KeyVerdict.GOOD or holder is None:
            raise Refused(*_WORDS[verdict](who))
        return SeenKey(holder, chain, ident, self._remark(holder, now))

    def challenge(self, key: SeenKey) -> Challenge:
        """Fresh for every sign-in."""
        return Challenge(challenge(self._device_id, secrets.token_hex(16), self._clock.now()), key)

    def admit(self, asked: Challenge, signature: bytes) -> Clerk:
        """Put the key's holder on duty, or let them come back. Refused: it did not sign, or is not the clerk's."""
        key = asked.key
        if not signed_by(key.certificates[0], asked.data, signature):
            raise Refused("钥匙没有通过核验", "钥匙的签名与它的证书不符。", "请停用这把钥匙，联系发证机构。")
        known = next((clerk for clerk in self._clerks.known() if clerk.number == key.holder.number), None)
        if known is None or known.name != key.holder.name:
            whose = f"{key.holder.name}（{key.holder.number}）"
            raise Refused("没有这位窗口人员", f"钥匙是{whose}的，本窗口没有登记。", "请负责人登记，或换一把钥匙。")
        holder = self._duty.holder
        if holder is not None and holder.number != known.number:
            raise Refused(
                "不是您的钥匙", f"钥匙是{known.name}的，当班的是{holder.name}。", "请插自己的钥匙；换人请按 F2。"
            )
        details = {"key": key.holder.serial, "issuer": key.holder.issuer}
        self._clerks.let_in_by_key(known, details)
        self.signed_in = key
        return known

    def drop(self) -> None:
        """The key is gone, or its holder is: nothing is signed by it any more."""
        self.signed_in = None

    def prove(self, request: QueryRequest) -> KeyProof | None:
        """The signature over a call; None where nobody signed in by key and none is asked for. Rejected: the platform
        asks for one and there is none, or the key did not sign. Blocks until the key has."""
        key, holder = self.signed_in, self._duty.holder
        if key is None or holder is None or holder.number != key.holder.number:
            if self.rules().required:
                raise Rejected(403, "查询要用钥匙签名", "请锁屏（Ctrl+L），插上本人的钥匙解锁后再查")
            return None
        unsigned = KeyProof(
            key.certificates, key.holder.number, secrets.token_hex(16), secrets.token_hex(16), self._now(), b""
        )
        signature = self.sign(key, statement_bytes(request, unsigned, self._device_id))
        if signature is None:
            raise Rejected(403, "钥匙没有签名", "钥匙没有为这次查询签名：请看钥匙是否插好，再查一次")
        return replace(unsigned, signature=signature)

    def _now(self) -> dt.datetime:
        """By the platform's clock, as far as it is known."""
        text = self._store.setting(self._offset_setting) if self._offset_setting else None
        try:
            return self._clock.now() + dt.timedelta(milliseconds=float(text or 0))
        except (ValueError, OverflowError):
            return self._clock.now()

    def _remark(self, holder: KeyHolder, now: dt.datetime) -> str:
        if holder.until - now < _SOON:
            return f"证书 {shanghai(holder.until):%Y-%m-%d} 到期，请及时换发"
        if holder.list_until is not None and holder.list_until < now:
            return f"吊销名单应在 {shanghai(holder.list_until):%Y-%m-%d} 前更新，请联网同步"
        return ""


_WORDS: dict[KeyVerdict, Callable[[str], tuple[str, str, str]]] = {
    KeyVerdict.FOREIGN: lambda who: (
        "不认可这把钥匙",
        f"{who or '这把钥匙'}的证书不是本平台认可的机构发的。",
        "请插平台发的钥匙；刚换过发证机构的，请先联网同步。",
    ),
    KeyVerdict.REVOKED: lambda who: (
        "钥匙的证书已吊销",
        f"{who}的证书在吊销名单上。",
        "不能再用这把钥匙，请找发证机构换发。",
    ),
    KeyVerdict.NOT_YET: lambda who: (
        "钥匙的证书还没有生效",
        f"{who}的证书还没到生效时间。",
        "请核对本机时间；时间不错就等生效后再用。",
    ),
    KeyVerdict.UNFIT: lambda who: (
        "这把钥匙不能登录",
        f"{who or '钥匙里'}的证书没有工号，或者不能用于签名。",
        "请找发证机构换发窗口人员证书。",
    ),
    KeyVerdict.UNREADABLE: lambda who: (
        "钥匙的证书读不出",
        "证书已损坏，或者算法不受支持。",
        "请拔下再插；不行请找发证机构。",
    ),
}
