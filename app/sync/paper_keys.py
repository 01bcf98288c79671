"""Has this window's paper key certified, and keeps whose papers count, in a file that the check reads offline."""

from __future__ import annotations

import base64
import datetime as dt
import json
import logging
import os
from pathlib import Path
from typing import Any, Protocol

from app.documents.trust import FOLDER, LIST, read_list
from app.domain.clock import Clock
from app.domain.errors import BadInput, EnvironmentProblem
from app.licences.cose import SigningKey, sign_raw
from app.licences.paper_certificate import BadCertificate, PaperCertificate, read_certificate, request_body
from app.licences.snapshot import Pin, pin_of
from app.server.errors import Rejected

log = logging.getLogger(__name__)

FEED = "policies"
_ROOT, _KEY, _REGION = "paper-root", "paper-key-", "region-"
_RENEW = dt.timedelta(days=60)
_NOT_FOUND = (404, 405)


class FeedRows(Protocol):
    """What is needed of offline_db.store.Store."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...


class Certifier(Protocol):
    """What is needed of app.server.client.GatewayClient."""

    def certify_paper_key(self, public_key: str, proof: str, window: str) -> tuple[str, str]: ...


class PaperKeyUpkeep:
    """One a profile, called by the sync engine after the feeds were read.

    device, window: who this is, for the certificate. root: the platform's key as settings.toml has it; "": the first
    one that the platform names is kept, and no other taken afterwards.
    """

    def __init__(
        self,
        store: FeedRows,
        client: Certifier,
        signer: SigningKey,
        folder: Path,
        clock: Clock,
        device: str,
        window: str,
        root: str = "",
    ) -> None:
        self._store = store
        self._client = client
        self._signer = signer
        self._folder = folder
        self._clock = clock
        self._device = device
        self._window = window
        self._root = root

    def run(self) -> bool:
        """Did anything change? Raises Unreachable, TryLater and Rejected as the client does.

        BadInput: the platform names another root than the one kept. EnvironmentProblem: the disk.
        """
        before = read_list(self._folder)
        kept = json.loads(json.dumps(before))
        rows = self._store.feed_rows(FEED)
        named = next((str(row.get("key")) for row in rows if row.get("id") == _ROOT), "")
        if not named:
            return False  # a platform from before there were certificates
        self._keep_root(kept, named)
        roots = [Pin.read(text) for text in kept["roots"]]
        for row in rows:
            if str(row.get("id", "")).startswith(_KEY):
                self._keep_key(kept, row, roots)
        kept["regions"] = {
            str(row["code"]): str(row["key"])
            for row in rows
            if str(row.get("id", "")).startswith(_REGION) and row.get("code") and row.get("key")
        }
        own = self._own(kept, roots)
        if own is None or own.not_after - self._clock.now() < _RENEW:
            self._certify(kept, roots)
        if kept == before:
            return False
        _write_whole(self._folder / FOLDER / LIST, json.dumps(kept, sort_keys=True, indent=1).encode())
        return True

    def _keep_root(self, kept: dict[str, Any], named: str) -> None:
        known = [self._root] if self._root else kept["roots"]
        if known and named not in known:
            raise BadInput(
                "文书密钥未更新",
                "平台的文书根密钥与本机登记的不一致",
                "请向平台管理员核实；确已更换的，由管理员更新本机设置 paper_root。",
            )
        kept["roots"] = [named]

    def _keep_key(self, kept: dict[str, Any], row: dict[str, Any], roots: list[Pin]) -> None:
        """One window's key. What is not signed by the root is left out, and so is a revocation without a time."""
        kid = str(row["id"]).removeprefix(_KEY)
        try:
            if read_certificate(base64.b64decode(str(row.get("certificate"))), roots).kid.hex() != kid:
                raise BadCertificate("密钥标识不符")
        except (BadCertificate, ValueError):
            log.warning("a paper key in the feed is not certified")
            return
        kept["certificates"][kid] = str(row["certificate"])
        for name, key in (("revoked", "revoked_at"), ("ended", "ended_at")):
            if row.get(key):
                kept[name][kid] = str(row[key])

    def _own(self, kept: dict[str, Any], roots: list[Pin]) -> PaperCertificate | None:
        try:
            return read_certificate(base64.b64decode(kept["certificates"].get(self._signer.kid.hex(), "")), roots)
        except (BadCertificate, ValueError):
            return None

    def _certify(self, kept: dict[str, Any], roots: list[Pin]) -> None:
        pin = pin_of(self._signer)
        proof = sign_raw(request_body(self._device, pin, self._window), self._signer)
        try:
            text, root = self._client.certify_paper_key(pin.text, base64.b64encode(proof).decode(), self._window)
        except Rejected as refusal:
            if refusal.status in _NOT_FOUND:
                return
            raise
        self._keep_root(kept, root)
        certificate = read_certificate(base64.b64decode(text), roots)
        if certificate.kid != self._signer.kid:
            raise BadCertificate("证书不是本窗口密钥的")
        kept["certificates"][self._signer.kid.hex()] = text


def _write_whole(path: Path, data: bytes) -> None:
    """The old file or the new one, never half of it."""
    unfinished = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except OSError as error:
        raise EnvironmentProblem(
            "文书密钥没有保存", f"无法写入 {path}（{error.strerror}）", "请检查磁盘空间和目录权限。"
        ) from error
