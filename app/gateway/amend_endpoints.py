"""The endpoints of a single case: how it stands, its correction, and what a person says of a possible duplicate."""

from __future__ import annotations

from starlette.routing import Route

from app.gateway.amendments import etag
from app.gateway.cases import Sender
from app.gateway.core import Gateway
from app.gateway.http import KEY, Answer, Call, Spec, problems, route
from app.gateway.problems import Problem
from app.server import headers as h
from app.server import schemas
from app.server.checking import check_against
from app.server.message_schemas import DOUBLE_SETTLED, SETTLE_DOUBLE

_PATH = "/v1/cases/{case_id}"
_HEADERS = {
    **KEY,
    h.IF_MATCH: ("the revision that the amendment was made on, in quotation marks", True),
    h.LOCAL_SEQ: ("the device's own sequence number", False),
    h.CLIENT_TIME: ("the device's clock, RFC 3339", False),
}
_MAX_REV = 1 << 53


class AmendEndpoints:
    """Reads and corrects one case of the calling device."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def get_case(self, call: Call) -> Answer:
        current = self._gateway.amendments.current(_case_id(call), call.caller.device_id)
        return Answer(200, current, {"ETag": etag(current["rev"])})

    def patch_case(self, call: Call) -> Answer:
        key, case_id, rev = call.key(), _case_id(call), _revision(call)
        sender = Sender(call.caller.device_id, call.number(h.LOCAL_SEQ, 0), call.headers.get(h.CLIENT_TIME.lower()))
        result = self._gateway.amendments.amend(key, case_id, rev, call.document, sender)
        headers = {h.REPLAYED: "true"} if result.replayed else {}
        if "rev" in result.document:
            headers["ETag"] = etag(result.document["rev"])
        return Answer(result.status, result.document, headers)

    def settle_double(self, call: Call) -> Answer:
        check_against(SETTLE_DOUBLE, call.document)
        device_id = call.caller.device_id
        return Answer(200, self._gateway.doubles.settle(call.path["double_id"], call.document, device_id))

    def routes(self) -> list[Route]:
        """All of them."""
        taken = {"anyOf": [schemas.ACCEPTED, schemas.NEEDS_CORRECTION]}
        pairs = [
            (
                Spec(
                    "GET", _PATH, "A case as the platform has it now, with who changed it; ETag is its revision",
                    {200: ("the case", schemas.CURRENT), **problems((404, "no such case of this device"))},
                ),
                self.get_case,
            ),
            (
                Spec(
                    "PATCH", _PATH, "Correct fields of an accepted case, on a revision, exactly once",
                    {
                        200: ("taken, or a business refusal: nothing stored, the key may come again", taken),
                        **problems(
                            (400, "no key, no digest, a bad If-Match, or damaged on the way"),
                            (404, "no such case of this device"),
                            (409, "the same operation is in progress; try again"),
                        ),
                        412: ("its content has changed since: the case as it is now", schemas.OUTDATED),
                        **problems(
                            (413, "larger than 1 MB"),
                            (422, "malformed, or the key came before with other content or another revision"),
                            (428, "no If-Match"),
                        ),
                    },
                    request=schemas.AMENDMENT, headers=_HEADERS,
                ),
                self.patch_case,
            ),
            (
                Spec(
                    "POST", "/v1/doubles/{double_id}:settle",
                    "What a person says of two cases that may be one; the first word stands, and both windows hear it",
                    {
                        200: ("noted, now or before", DOUBLE_SETTLED),
                        **problems(
                            (400, "no digest, or damaged on the way"), (404, "no such pair of this device"),
                            (409, "being worked on; try again"), (422, "malformed, or settled otherwise before"),
                        ),
                    },
                    request=SETTLE_DOUBLE,
                ),
                self.settle_double,
            ),
        ]  # fmt: skip
        return [route(spec, handler, self._gateway.devices) for spec, handler in pairs]


def _case_id(call: Call) -> str:
    case_id = call.path["case_id"]
    if not h.is_uuid(case_id):
        raise Problem(404, "no-case", "没有这个办件", "办件不存在，或者不属于本设备")
    return case_id


def _revision(call: Call) -> int:
    """What If-Match names. Problem 428 without it: a correction made on nothing would overwrite blindly."""
    text = call.headers.get(h.IF_MATCH.lower())
    if text is None:
        raise Problem(428, "no-revision", "缺少 If-Match", "更正要写明是在哪一版上改的")
    plain = text[1:-1]
    if len(text) < 3 or text[0] + text[-1] != '""' or not plain.isascii() or not plain.isdigit() or len(plain) > 16:
        raise Problem(400, "bad-revision", "If-Match 不对", '应为带引号的版本号，如 "3"')
    if int(plain) > _MAX_REV:
        raise Problem(400, "bad-revision", "If-Match 不对", "版本号过大")
    return int(plain)
