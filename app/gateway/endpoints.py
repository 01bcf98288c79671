"""The gateway's endpoints: what each promises (Spec) and what it does."""

from __future__ import annotations

import urllib.parse
from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from app.domain.clock import isoformat
from app.gateway.arrival import Incoming
from app.gateway.cases import Result, Sender
from app.gateway.core import Gateway
from app.gateway.feeds import FEEDS
from app.gateway.files import Upload
from app.gateway.http import KEY, REGION_DEVICE, Answer, Call, Spec, answered, problems, route
from app.gateway.problems import Problem
from app.gateway.talk import Line
from app.gateway.together import Together
from app.server import headers as h
from app.server import schemas
from app.server.checking import check_against

_TUS = {"Tus-Resumable": ("1.0.0", True)}
_CASE_HEADERS = {
    **KEY,
    h.LOCAL_SEQ: ("the device's own sequence number", False),
    h.CLIENT_TIME: ("the device's clock, RFC 3339", False),
    h.CATALOG_VERSION: ("catalogue version of the case, percent-encoded", False),
    h.REGION_SEAL: ("of another region's platform: its receive seal over the case, percent-encoded", False),
}
_PROBLEM = schemas.PROBLEM_DOCUMENT


_IDEMPOTENT = problems(
    (400, "no key, no digest, or damaged on the way"),
    (409, "the same operation is in progress; try again"),
    (422, "the key, or the case, came before with other content"),
)


class Endpoints:
    """Every endpoint of one gateway."""

    def __init__(self, gateway: Gateway, line: Line | None = None) -> None:
        """line: to PostgreSQL, for what is done on the event loop."""
        self._gateway = gateway
        self._line = line
        self._together = Together(self._receive)

    # -------------------------------------------------------------------------------------------------- cases

    def post_case(self, call: Call) -> Answer:
        seal = urllib.parse.unquote(call.headers.get(h.REGION_SEAL.lower(), ""))
        self._gateway.regions.check_sender(call.caller.device_id, call.document, seal)
        return answered(self._gateway.cases.submit(call.key(), call.document, _sender(call)))

    async def post_case_quickly(self, call: Call) -> Answer | None:
        if call.caller.device_id.startswith(REGION_DEVICE):
            return None  # its seal is looked at first
        incoming = self._gateway.cases.incoming(call.key(), call.document, _sender(call), call.caller.key)
        result = None if incoming is None else await self._together.submit(incoming)
        return None if result is None else answered(result)

    async def _receive(self, incoming: Sequence[Incoming]) -> list[Result | None]:
        if self._line is None:
            return [None for _ in incoming]
        received = await self._line.carry(self._gateway.cases.receiving(incoming))
        if received.doubtful:
            await run_in_threadpool(self._gateway.cases.look, received.doubtful)
        return received.results

    def post_batch(self, call: Call) -> Answer:
        check_against(schemas.BATCH, call.document)
        entries = call.document["operations"]
        if len(entries) > h.MAX_BATCH:
            raise Problem(413, "too-many", "一次上报的办件过多", f"最多 {h.MAX_BATCH} 件")
        return Answer(200, {"results": [self._one_of_batch(call, entry) for entry in entries]})

    def _one_of_batch(self, call: Call, entry: dict[str, Any]) -> dict[str, Any]:
        sender = Sender(call.caller.device_id, entry.get("local_seq", 0), call.headers.get(h.CLIENT_TIME.lower()))
        try:
            result = self._gateway.cases.submit(entry["op_id"], entry["case"], sender)
        except Problem as problem:
            return {"op_id": entry["op_id"], "status": problem.status, "body": problem.document()}
        return {"op_id": entry["op_id"], "status": result.status, "body": result.document}

    def reconcile(self, call: Call) -> Answer:
        check_against(schemas.RECONCILE, call.document)
        return Answer(200, self._gateway.cases.reconcile(call.document["op_ids"], call.caller.device_id))

    def get_feed(self, call: Call) -> Answer:
        limit = call.query.get("limit", "200")
        if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit[:9]) <= h.MAX_PAGE:
            raise Problem(400, "bad-limit", "limit 不对", f"应为 1–{h.MAX_PAGE}")
        page = self._gateway.feeds.page(call.path["feed"], call.caller.device_id, call.query.get("after"), int(limit))
        through = self._gateway.durability.through(self._gateway.clock.now())
        return Answer(200, page if through is None else {**page, "durable_through": isoformat(through)})

    # -------------------------------------------------------------------------------------------------- files

    def options_files(self, call: Call) -> Answer:
        return Answer(
            204,
            headers={
                "Tus-Resumable": h.TUS_VERSION,
                "Tus-Version": h.TUS_VERSION,
                "Tus-Extension": "creation,creation-with-upload",
                "Tus-Max-Size": str(h.MAX_FILE),
            },
        )

    def post_file(self, call: Call) -> Answer:
        _need_tus(call)
        try:
            metadata = h.read_upload_metadata(call.headers.get("upload-metadata", ""))
        except ValueError as error:
            raise Problem(400, "bad-metadata", "请求头不对", "Upload-Metadata") from error
        sha256 = metadata.get("sha256", "")
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise Problem(400, "bad-metadata", "请求头不对", "Upload-Metadata 缺少 sha256")
        length = call.number("Upload-Length")
        if call.body and call.headers.get("content-type") != h.OFFSET_TYPE:
            raise Problem(415, "not-bytes", f"只接受 {h.OFFSET_TYPE}")
        upload = self._gateway.files.create(call.key(), sha256, length, call.caller.device_id)
        if call.body and not upload.replayed and not upload.received:
            # Bytes of an upload that stands further already, or is known whole, are passed over.
            upload = self._gateway.files.append(upload.upload_id, call.caller.device_id, 0, call.body)
        headers = _upload_headers(upload) | {"Location": f"/v1/files/{upload.upload_id}"}
        return Answer(201, headers=headers | ({h.REPLAYED: "true"} if upload.replayed else {}))

    def head_file(self, call: Call) -> Answer:
        _need_tus(call)
        upload = self._gateway.files.find(_upload_id(call), call.caller.device_id)
        return Answer(200, headers=_upload_headers(upload) | {"Upload-Length": str(upload.length)})

    def patch_file(self, call: Call) -> Answer:
        _need_tus(call)
        if call.headers.get("content-type") != h.OFFSET_TYPE:
            raise Problem(415, "not-bytes", f"只接受 {h.OFFSET_TYPE}")
        offset = call.number("Upload-Offset")
        upload = self._gateway.files.append(_upload_id(call), call.caller.device_id, offset, call.body)
        return Answer(204, headers=_upload_headers(upload))

    def seal(self, call: Call) -> Answer:
        check_against(schemas.SEAL, call.document)
        material_id = call.path["material_id"]
        return answered(self._gateway.files.seal(call.key(), material_id, call.document, _sender(call)))

    # ------------------------------------------------------------------------------------------------ ratings

    def post_rating(self, call: Call) -> Answer:
        check_against(schemas.RATING, call.document)
        return answered(self._gateway.ratings.submit(call.key(), call.document, call.caller.device_id))

    # ------------------------------------------------------------------------------------------- audit, probe

    def post_audit(self, call: Call) -> Answer:
        check_against(schemas.AUDIT, call.document)
        chain = call.document["chain"]
        through = self._gateway.trail.append(call.caller.device_id, chain, call.document["entries"])
        return Answer(200, {"chain": chain, "through": through})

    def get_audit(self, call: Call) -> Answer:
        chain = call.query.get("chain", "")
        if not chain or len(chain) > 128:
            raise Problem(400, "no-chain", "缺少 chain")
        return Answer(200, {"chain": chain, "through": self._gateway.trail.through(call.caller.device_id, chain)})

    def get_time(self, call: Call) -> Answer:
        nonce = call.query.get("nonce", "")
        if not 16 <= len(nonce) <= 64 or not nonce.isalnum():
            raise Problem(400, "bad-nonce", "nonce 不对", "应为 16–64 个字母或数字")
        at = self._gateway.clock.now()
        now, epoch = isoformat(at), self._gateway.epoch()
        proof = h.time_proof(call.caller.key, nonce, now, epoch, call.caller.device_id)
        document: dict[str, Any] = {"api": h.API, "now": now, "epoch": epoch, "nonce": nonce, "proof": proof}
        document["order"] = self._gateway.wipes.for_device(call.caller, nonce)
        through = self._gateway.durability.through(at)
        if through is not None:
            extra = {"durable_through": isoformat(through)}
            document |= {"extra": extra, "extra_proof": h.extra_proof(call.caller.key, proof, extra)}
        return Answer(200, document)

    # ------------------------------------------------------------------------------------------------- routes

    def routes(self) -> list[Route]:
        """All endpoints but the contract itself."""
        accepted = {201: ("received; case_no assigned", schemas.ACCEPTED)}
        refused = {200: ("business refusal: nothing stored, the key may come again", schemas.NEEDS_CORRECTION)}
        cursor = {"after": ("the cursor saved with the last page", False), "limit": (f"1–{h.MAX_PAGE}", False)}
        feed_path = "/v1/feeds/{feed}"
        upload_path = "/v1/files/{upload_id}"
        pairs = [
            (
                Spec(
                    "POST", "/v1/cases", "Receive one case, exactly once",
                    {**accepted, **refused, **_IDEMPOTENT,
                     **problems((403, "from another region, without its seal"), (413, "larger than 1 MB"))},
                    request=schemas.CASE, headers=_CASE_HEADERS, regions=True,
                ),
                self.post_case,
            ),
            (
                Spec(
                    "POST", "/v1/cases:batch", "Receive up to 50 cases, each on its own",
                    {
                        200: ("a result an operation", schemas.BATCH_RESULTS),
                        **problems((400, "no digest"), (413, "too many or too large: halve it"), (422, "malformed")),
                    },
                    request=schemas.BATCH, headers={h.CLIENT_TIME: _CASE_HEADERS[h.CLIENT_TIME]},
                ),
                self.post_batch,
            ),
            (
                Spec(
                    "POST", "/v1/ops:reconcile", "Which operations took effect here",
                    {200: ("known and unknown", schemas.RECONCILED), **problems((422, "malformed"))},
                    request=schemas.RECONCILE,
                ),
                self.reconcile,
            ),
            (
                Spec(
                    "GET", feed_path, f"What changed since a cursor ({', '.join(FEEDS)})",
                    {
                        200: ("one page", schemas.FEED_PAGE),
                        **problems((400, "bad limit"), (404, "no such feed"), (410, "cursor void: begin again")),
                    },
                    query=cursor, regions=True,
                ),
                self.get_feed,
            ),
            (
                Spec(
                    "OPTIONS", "/v1/files", "tus: what this server can do", {204: ("see the headers", None)},
                    public=True,
                ),
                self.options_files,
            ),
            (
                Spec(
                    "POST", "/v1/files", "tus: create an upload named by its operation, with its first bytes or none",
                    {
                        201: ("Location, Upload-Offset", None),
                        **problems((400, "no key or metadata"), (412, "other tus version"), (413, "too large"),
                                    (415, "wrong type"), (422, "the key names another upload")),
                    },
                    raw=True, max_body=h.MAX_CHUNK, regions=True,
                    headers={
                        **KEY, **_TUS, "Upload-Length": ("bytes", True),
                        "Upload-Metadata": ("sha256 of the whole file, Base64 as tus says", True),
                    },
                ),
                self.post_file,
            ),
            (
                Spec(
                    "HEAD", upload_path, "tus: where an upload stands",
                    {
                        200: ("Upload-Offset, Upload-Length", None), 404: ("no such upload of this device", None),
                        412: ("other tus version", None),
                    },
                    headers=_TUS, regions=True,
                ),
                self.head_file,
            ),
            (
                Spec(
                    "PATCH", upload_path, "tus: bytes at the offset; what arrives before a cut is kept",
                    {
                        204: ("Upload-Offset", None),
                        **problems((400, "damaged on the way"), (404, "no such upload"), (409, "wrong offset"),
                                    (412, "other tus version"), (413, "past the end, or over 4 MB at once"),
                                    (415, "wrong type")),
                    },
                    raw=True, max_body=h.MAX_CHUNK, regions=True,
                    headers={**_TUS, "Upload-Offset": ("bytes", True), "Content-Type": (h.OFFSET_TYPE, True)},
                ),
                self.patch_file,
            ),
            (
                Spec(
                    "POST", "/v1/materials/{material_id}:seal", "Hash an upload again and keep it as a page of a case",
                    {
                        200: ("kept", schemas.SEALED),
                        **problems((400, "no key"), (404, "no such upload"), (409, "incomplete or damaged; try again"),
                                    (422, "not declared by the case, or the key was used")),
                    },
                    request=schemas.SEAL, headers=KEY, regions=True,
                ),
                self.seal,
            ),
            (
                Spec(
                    "POST", "/v1/ratings", "Receive the one rating 好差评 of a case; a bad one opens a work order",
                    {
                        201: ("received", schemas.RATED), **_IDEMPOTENT,
                        **problems((404, "no such case of this device"), (422, "the case was rated, or malformed")),
                    },
                    request=schemas.RATING, headers=KEY,
                ),
                self.post_rating,
            ),
            (
                Spec(
                    "POST", "/v1/audit", "Continue a device's audit chain",
                    {
                        200: ("held through this number", schemas.AUDITED),
                        **problems((409, "entries before these lack"), (422, "the chain is broken")),
                    },
                    request=schemas.AUDIT,
                ),
                self.post_audit,
            ),
            (
                Spec(
                    "GET", "/v1/audit", "How far a device's audit chain is held",
                    {200: ("held through this number", schemas.AUDITED), **problems((400, "no chain"))},
                    query={"chain": ("the profile's id", True)},
                ),
                self.get_audit,
            ),
            (
                Spec(
                    "GET", "/v1/time", "Authenticated probe: proves that the gateway knows the device's token",
                    {200: ("the gateway's clock and epoch", schemas.TIME_REPLY), **problems((400, "bad nonce"))},
                    query={"nonce": ("16–64 letters or digits, new each time", True)}, quarantined=True,
                ),
                self.get_time,
            ),
        ]  # fmt: skip
        quick = {} if self._line is None else {self.post_case: self.post_case_quickly}
        return [route(spec, handler, self._gateway.devices, quick.get(handler)) for spec, handler in pairs]


def _sender(call: Call) -> Sender:
    return Sender(call.caller.device_id, call.number(h.LOCAL_SEQ, 0), call.headers.get(h.CLIENT_TIME.lower()))


def _need_tus(call: Call) -> None:
    if call.headers.get("tus-resumable") != h.TUS_VERSION:
        raise Problem(412, "tus-version", "不支持的上传协议版本", headers={"Tus-Version": h.TUS_VERSION})


def _upload_id(call: Call) -> str:
    upload_id = call.path["upload_id"]
    if not h.is_uuid(upload_id):
        raise Problem(404, "no-upload", "没有这个上传")
    return upload_id


def _upload_headers(upload: Upload) -> dict[str, str]:
    return {"Tus-Resumable": h.TUS_VERSION, "Upload-Offset": str(upload.received)}
