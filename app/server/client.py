"""The gateway's client: one method an endpoint, results as dataclasses.

Every method raises Unreachable, TryLater or Rejected (app.server.errors) and nothing else for what the network or the
gateway does. A client belongs to one thread at a time.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.clock import Clock, SystemClock, parse_iso
from app.domain.photo import PhotoStanding
from app.server import headers as h
from app.server.checking import Flaw, JsonObject
from app.server.errors import Rejected, TryLater, Unreachable
from app.server.photo_client import send_photo
from app.server.probe import ServerTime, read_probe
from app.server.transport import Answer, Transport
from app.server.wire import FileBody

Progress = Callable[[int, int], None]
"""Called with (bytes or entries done, total)."""


@dataclass(frozen=True, slots=True)
class CaseReply:
    """What became of a case. accepted False: a business refusal, reasons say why, nothing was stored."""

    accepted: bool
    case_no: str = ""
    rev: int = 0
    stage: int = 0
    time_suspect: bool = False
    replayed: bool = False
    reasons: tuple[Flaw, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchEntry:
    """One case of a batch under its own key."""

    op_id: str
    document: JsonObject
    local_seq: int = 0


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Which operations the gateway remembers. received: when known ones took effect there, by its clock."""

    epoch: str
    known: tuple[str, ...]
    unknown: tuple[str, ...]
    received: Mapping[str, dt.datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed. next: the cursor to save with these rows. more: another page is ready."""

    items: tuple[JsonObject, ...]
    tombstones: tuple[str, ...]
    next: str
    more: bool


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file that the gateway has hashed again and keeps."""

    sha256: str
    case_rev: int


@dataclass(frozen=True, slots=True)
class SnapshotPart:
    """Bytes of a signed snapshot. total: the size of the whole."""

    data: bytes
    total: int


class GatewayClient:
    """Talks to one gateway as one device.

    base_url: https://host[:port] (http:// on the loopback only). timeout: seconds (connect, between two reads).
    chunk_size: bytes of one tus PATCH; a cut line loses at most this much.
    """

    def __init__(
        self,
        base_url: str,
        device_id: str,
        token: str,
        timeout: tuple[float, float] = (3.05, 30.0),
        *,
        clock: Clock | None = None,
        ca_file: str | None = None,
        chunk_size: int = 1 << 20,
    ) -> None:
        if not 0 < chunk_size <= h.MAX_CHUNK:
            raise ValueError(f"chunk_size outside 1..{h.MAX_CHUNK}: {chunk_size}")
        self._clock = clock or SystemClock()
        self._http = Transport(base_url, device_id, token, timeout, self._clock, ca_file)
        self._key = h.token_key(token)
        self._chunk_size = chunk_size

    def close(self) -> None:
        """Give the connections back. The client can be used again afterwards."""
        self._http.close()

    # ------------------------------------------------------------------------------------------- probe, cases

    def time(self) -> ServerTime:
        """The authenticated probe. Unreachable when the reply does not prove that it knows our token."""
        nonce = secrets.token_hex(16)
        sent = self._clock.now()
        document = _object(self._http.call("GET", "/v1/time", query={"nonce": nonce}))
        received = self._clock.now()
        return read_probe(document, nonce, self._key, self._http.device_id, sent, received)

    def submit_case(self, op_id: str, document: JsonObject, local_seq: int = 0, *, seal: str = "") -> CaseReply:
        """POST /v1/cases. The same op_id may be sent any number of times. seal: of a region that hands it over."""
        answer = self._http.call(
            "POST",
            "/v1/cases",
            document=document,
            headers={
                h.IDEMPOTENCY_KEY: op_id,
                h.LOCAL_SEQ: str(local_seq),
                h.CATALOG_VERSION: urllib.parse.quote(str(document.get("catalog_version", ""))),
                **({h.REGION_SEAL: urllib.parse.quote(seal, safe=":")} if seal else {}),
            },
        )
        return _case_reply(_object(answer), answer.replayed)

    def amend_case(self, op_id: str, rev: int, document: JsonObject, local_seq: int = 0) -> CaseReply:
        """PATCH /v1/cases/{id}: an amendment (schemas.AMENDMENT) made on a revision. The same op_id may be sent any
        number of times, with the same revision and document. Outdated: the case has changed since."""
        answer = self._http.call(
            "PATCH",
            f"/v1/cases/{urllib.parse.quote(str(document['case_id']), safe='')}",
            document=document,
            headers={h.IDEMPOTENCY_KEY: op_id, h.IF_MATCH: f'"{rev}"', h.LOCAL_SEQ: str(local_seq)},
        )
        return _case_reply(_object(answer), answer.replayed)

    def case(self, case_id: str) -> JsonObject:
        """GET /v1/cases/{id}: the case as the platform has it now (schemas.CURRENT), not checked."""
        return _object(self._http.call("GET", f"/v1/cases/{urllib.parse.quote(case_id, safe='')}"))

    def settle_double(self, double_id: str, case_id: str, decision: str, clerk: str) -> None:
        """POST /v1/doubles/{id}:settle: what a person says of two cases that may be one. decision: of
        app.domain.double. May be said any number of times. Rejected 422: somebody at the other window was faster."""
        body = {"case_id": case_id, "decision": decision, "clerk": clerk}
        self._http.call("POST", f"/v1/doubles/{urllib.parse.quote(double_id, safe='')}:settle", document=body)

    def submit_rating(self, op_id: str, document: JsonObject) -> None:
        """POST /v1/ratings. The same op_id may be sent any number of times. Rejected 422: the case was rated."""
        self._http.call("POST", "/v1/ratings", document=document, headers={h.IDEMPOTENCY_KEY: op_id})

    def submit_matter(self, op_id: str, body: JsonObject) -> None:
        """POST /v1/matters for {"open"}, /v1/matters/{id}:step for {"matter_id", "step"}. Rejected 422: not now."""
        document, path = body.get("open"), "/v1/matters"
        if document is None:
            document, path = body["step"], f"/v1/matters/{urllib.parse.quote(body['matter_id'], safe='')}:step"
        self._http.call("POST", path, document=document, headers={h.IDEMPOTENCY_KEY: op_id})

    def submit_absence(self, op_id: str, body: JsonObject) -> None:
        """POST /v1/roster/absences. The same op_id, or the same day again, counts once. Rejected 422: not possible."""
        self._http.call("POST", "/v1/roster/absences", document=body, headers={h.IDEMPOTENCY_KEY: op_id})

    def submit_photo(self, op_id: str, body: JsonObject) -> PhotoStanding:
        """POST /v1/photos:keep or :withdraw; app.server.photo_client."""
        return send_photo(self._http, op_id, body)

    def submit_batch(self, entries: Sequence[BatchEntry]) -> dict[str, CaseReply | Rejected | TryLater]:
        """POST /v1/cases:batch: op_id -> what became of it. Halves on 413, down to single entries."""
        results: dict[str, CaseReply | Rejected | TryLater] = {}
        queue = [list(entries[i : i + h.MAX_BATCH]) for i in range(0, len(entries), h.MAX_BATCH)]
        while queue:
            part = queue.pop(0)
            try:
                results |= self._submit_part(part)
            except Rejected as refusal:
                if refusal.status != 413:
                    raise
                if len(part) == 1:
                    results[part[0].op_id] = refusal
                else:
                    middle = len(part) // 2
                    queue[:0] = [part[:middle], part[middle:]]
        return results

    def _submit_part(self, part: list[BatchEntry]) -> dict[str, CaseReply | Rejected | TryLater]:
        operations = [{"op_id": e.op_id, "local_seq": e.local_seq, "case": e.document} for e in part]
        document = _object(self._http.call("POST", "/v1/cases:batch", document={"operations": operations}))
        results: dict[str, CaseReply | Rejected | TryLater] = {}
        for result in _field(document, "results", list):
            op_id, status, body = _field(result, "op_id", str), _field(result, "status", int), result["body"]
            if status < 300:
                results[op_id] = _case_reply(body, False)
            elif status >= 500 or status == 409:
                results[op_id] = TryLater(None, status, str(body.get("title", "")))
            else:
                results[op_id] = Rejected(status, str(body.get("title", "")), str(body.get("detail", "")))
        if set(results) != {entry.op_id for entry in part}:
            raise Unreachable("应答与所报数据不符")
        return results

    def reconcile(self, op_ids: Sequence[str]) -> Reconciliation:
        """POST /v1/ops:reconcile, in parts of 500."""
        epoch, known, unknown = "", [], []
        received: dict[str, dt.datetime] = {}
        for start in range(0, max(len(op_ids), 1), h.MAX_RECONCILE):
            part = list(op_ids[start : start + h.MAX_RECONCILE])
            document = _object(self._http.call("POST", "/v1/ops:reconcile", document={"op_ids": part}))
            epoch = _field(document, "epoch", str)
            known += _field(document, "known", list)
            unknown += _field(document, "unknown", list)
            received |= _times(document.get("received"), part)
        return Reconciliation(epoch, tuple(known), tuple(unknown), received)

    # -------------------------------------------------------------------------------------------------- feeds

    def feed(self, name: str, after: str | None, limit: int = 200) -> FeedPage:
        """GET /v1/feeds/{name}. after: the saved cursor, None for the beginning. CursorExpired: begin again."""
        query = {"limit": str(limit)} | ({} if after is None else {"after": after})
        document = _object(self._http.call("GET", f"/v1/feeds/{name}", query=query))
        items, tombstones = _field(document, "items", list), _field(document, "tombstones", list)
        if document.get("checksum") != h.sha256_hex(h.canonical([items, tombstones])) or document.get("count") != len(
            items
        ) + len(tombstones):
            raise Unreachable("应答不完整")
        return FeedPage(tuple(items), tuple(tombstones), _field(document, "next", str), bool(document.get("more")))

    def snapshot(self, feed: str, version: int, start: int) -> SnapshotPart:
        """GET /v1/snapshots/{feed}/{version}: the next part from `start` on. Rejected 404: not (or no longer) there."""
        last = start + h.SNAPSHOT_PART - 1
        answer = self._http.call("GET", f"/v1/snapshots/{feed}/{version}", headers={"Range": f"bytes={start}-{last}"})
        place = re.fullmatch(
            r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})", answer.headers.get("Content-Range", ""), re.ASCII
        )
        data = answer.document
        if answer.status != 206 or place is None or int(place[1]) != start or not isinstance(data, bytes) or not data:
            raise Unreachable("应答无法读取")
        return SnapshotPart(data, int(place[3]))

    # -------------------------------------------------------------------------------------------------- files

    def upload(
        self, op_id: str, body: FileBody, data: bytes, progress: Progress | None = None, *, fresh: bool = False
    ) -> Sealed:
        """Bring one page to the gateway (tus 1.0) and have it sealed. Resumes where an earlier call was cut off.

        op_id names the upload as well as the seal, so that nothing but the op_id needs remembering. progress: first
        with what the gateway has already, then after each chunk; what it raises ends the call, and the next goes on
        there. fresh: nothing of it can be there yet, so its first chunk goes with its creation (a round trip less).
        """
        first = data[: self._chunk_size] if fresh else b""
        location, offset = self._create_upload(op_id, body, first)
        if progress:
            # What went with the creation was sent by this call; anything else was there before it.
            if offset and offset == len(first):
                progress(0, len(data))
            progress(offset, len(data))
        while offset < len(data):
            chunk = data[offset : offset + self._chunk_size]
            offset = self._patch(location, offset, chunk)
            if progress:
                progress(offset, len(data))
        answer = self._http.call(
            "POST",
            f"/v1/materials/{urllib.parse.quote(body.material_id, safe='')}:seal",
            document={
                "case_id": body.case_id,
                "sha256": body.sha256,
                "media_type": body.media_type,
                "size": body.size,
                **({"supplement": True} if body.supplement else {}),
            },
            headers={h.IDEMPOTENCY_KEY: op_id},
        )
        document = _object(answer)
        return Sealed(_field(document, "sha256", str), _field(document, "case_rev", int))

    def _create_upload(self, op_id: str, body: FileBody, first: bytes = b"") -> tuple[str, int]:
        metadata = {
            "sha256": body.sha256,
            "media_type": body.media_type,
            "case_id": body.case_id,
            "material_id": body.material_id,
        }
        answer = self._http.call(
            "POST",
            "/v1/files",
            data=first,
            headers={
                **({"Content-Type": h.OFFSET_TYPE} if first else {}),
                h.IDEMPOTENCY_KEY: op_id,
                "Tus-Resumable": h.TUS_VERSION,
                "Upload-Length": str(body.size),
                "Upload-Metadata": h.upload_metadata(metadata),
            },
        )
        location = self._own_path(answer.headers.get("Location", ""))
        if answer.replayed:
            return location, self._head(location)
        return location, _offset(answer)

    def _head(self, location: str) -> int:
        return _offset(self._http.call("HEAD", location, headers={"Tus-Resumable": h.TUS_VERSION}))

    def _patch(self, location: str, offset: int, chunk: bytes) -> int:
        answer = self._http.call(
            "PATCH",
            location,
            data=chunk,
            headers={
                "Tus-Resumable": h.TUS_VERSION,
                "Upload-Offset": str(offset),
                "Content-Type": h.OFFSET_TYPE,
            },
        )
        reached = _offset(answer)
        if reached <= offset:
            raise Unreachable("上传没有进展")
        return reached

    def _own_path(self, location: str) -> str:
        """The path of an upload. An address elsewhere is refused: the token goes to our gateway only."""
        url = urllib.parse.urljoin(self._http.base_url + "/v1/files", location)
        if not url.startswith(self._http.base_url + "/v1/files/"):
            raise Unreachable("应答指向其他地址")
        return url.removeprefix(self._http.base_url)

    # -------------------------------------------------------------------------------------------------- papers

    def certify_paper_key(self, public_key: str, proof: str, window: str) -> tuple[str, str]:
        """POST /v1/papers/keys:certify. (certificate in Base64, the platform's root key). The same key may be sent any
        number of times. Rejected 403: the key was revoked."""
        document = {"public_key": public_key, "proof": proof, "window": window}
        found = _object(self._http.call("POST", "/v1/papers/keys:certify", document=document))
        return _field(found, "certificate", str), _field(found, "root", str)

    # -------------------------------------------------------------------------------------------------- audit

    def send_audit(self, chain: str, entries: Sequence[JsonObject]) -> int:
        """POST /v1/audit: up to 500 entries, in order. The last number that the gateway now holds of the chain.

        Entries it has already are passed over, so sending twice is harmless. Rejected 422: the chain is broken.
        """
        answer = self._http.call("POST", "/v1/audit", document={"chain": chain, "entries": list(entries)})
        return int(_field(_object(answer), "through", int))

    def audit_through(self, chain: str) -> int:
        """GET /v1/audit: the last number that the gateway holds of the chain, 0 when none."""
        return int(_field(_object(self._http.call("GET", "/v1/audit", query={"chain": chain})), "through", int))


def _case_reply(document: Any, replayed: bool) -> CaseReply:
    outcome = _field(document, "outcome", str)
    if outcome == "needs_correction":
        reasons = tuple(
            Flaw(_field(r, "field", str), _field(r, "message", str)) for r in _field(document, "reasons", list)
        )
        return CaseReply(accepted=False, reasons=reasons)
    if outcome != "accepted":
        raise Unreachable("应答无法读取")
    return CaseReply(
        accepted=True,
        case_no=_field(document, "case_no", str),
        rev=_field(document, "rev", int),
        stage=_field(document, "stage", int),
        time_suspect=bool(document.get("time_suspect")),
        replayed=replayed,
    )


def _object(answer: Answer) -> JsonObject:
    if not isinstance(answer.document, dict):
        raise Unreachable("应答无法读取")
    return answer.document


def _field(document: Any, name: str, kind: type) -> Any:
    """A field of a reply. A gateway that breaks its own contract is as good as absent."""
    value = document.get(name) if isinstance(document, dict) else None
    if not isinstance(value, kind):
        raise Unreachable("应答无法读取")
    return value


def _times(document: Any, asked: Sequence[str]) -> dict[str, dt.datetime]:
    """Operation -> time, of those that were asked for; an older gateway says none."""
    if not isinstance(document, dict):
        return {}
    try:
        return {op_id: parse_iso(document[op_id]) for op_id in asked if op_id in document}
    except (TypeError, ValueError, OverflowError) as error:
        raise Unreachable("应答无法读取") from error


def _offset(answer: Answer) -> int:
    text = answer.headers.get("Upload-Offset", "")
    if not text.isascii() or not text.isdigit():
        raise Unreachable("应答无法读取")
    return int(text)
