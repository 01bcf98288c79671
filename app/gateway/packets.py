"""Packets on a stick at the gateway: proved, taken in through the same doors as requests, and answered.

Every operation goes in under its own key, so it does not matter whether it came over the line as well, nor how often
the packet is taken in: an import that broke off is simply done again.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from app.domain.case import OperationKind
from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.gateway.cases import CaseDesk, Result, Sender
from app.gateway.database import Database
from app.gateway.devices import Devices
from app.gateway.feeds import Feeds
from app.gateway.files import FileDesk
from app.gateway.matters import MatterDesk
from app.gateway.problems import Problem
from app.gateway.ratings import RatingDesk
from app.gateway.roster import RosterDesk
from app.gateway.tables import meta
from app.gateway.trail import TrailDesk
from app.server import headers as h
from app.server import packet, roster_schemas, schemas
from app.server.checking import BadDocument, JsonObject, check_against
from app.server.whole_file import whole_file
from app.server.wire import read_file

log = logging.getLogger(__name__)

FEED, ENTITY = "policies", "packet-key"
_PRIVATE = "packet.private"
_PATIENCE = 3

Progress = Callable[[int, int], None]
"""Called with (bytes read, bytes in all)."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a packet. accepted, refused: operations; waiting: those that are to come again."""

    packet_id: str
    device_id: str
    accepted: int
    refused: int
    waiting: int
    answer: Path


class PacketDesk:
    """Takes packets in. Its private key stands in the database, which several gateways of a hall share."""

    def __init__(
        self,
        database: Database,
        feeds: Feeds,
        clock: Clock,
        devices: Devices,
        cases: CaseDesk,
        files: FileDesk,
        ratings: RatingDesk,
        trail: TrailDesk,
        matters: MatterDesk,
        roster: RosterDesk,
    ) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._devices = devices
        self._cases = cases
        self._files = files
        self._ratings = ratings
        self._trail = trail
        self._matters = matters
        self._roster = roster

    def public_key(self) -> str:
        """What windows seal their packets for, 64 hexadecimal digits; made at the first call."""
        return packet.public_text(self._key())

    def publish_key(self) -> None:
        """Tell the windows the key, in the feed `policies`; nothing when they were told."""
        document = {"id": ENTITY, "key": self.public_key()}
        if self._feeds.current(FEED, ENTITY) != document:
            self._feeds.publish(FEED, ENTITY, document)

    def take(self, source: Path, answer: Path, progress: Progress | None = None) -> Imported:
        """Take a packet in and write the answer for its window.

        BadPacket: not whole, not genuine, or not for this gateway; nothing was taken in. EnvironmentProblem: a file
        cannot be read or written; what was taken in stays, and taking the packet in again goes on from there.
        """
        try:
            with source.open("rb") as stream:
                reader, header, token_key = self._prove(stream)
                more: JsonObject = {"epoch": self._epoch()}
                with whole_file(answer) as out:
                    writer = packet.write_answer(
                        out,
                        packet_id=header.packet_id,
                        device_id=header.device_id,
                        token_key=token_key,
                        made_at=isoformat(self._clock.now()),
                        counts=header.counts,
                        more=more,
                    )
                    done = self._take_all(reader, writer, progress)
                    writer.finish()
        except OSError as error:
            raise EnvironmentProblem(
                "数据包没有读完", f"系统报告：{error.strerror}", "请检查文件和磁盘后再导入一次；已导入的不会重复。"
            ) from error
        log.info("packet of %s taken in: %d accepted, %d refused, %d waiting", header.device_id, *done)
        return Imported(header.packet_id, header.device_id, *done, answer)

    def _prove(self, stream: BinaryIO) -> tuple[packet.PacketReader, packet.Header, str]:
        header = packet.read_header(stream)
        if header.kind != packet.OUTBOX:
            raise packet.BadPacket("数据包不能用", "这是平台给窗口的回执，不是窗口导出的数据包", "请在窗口电脑上导入。")
        try:
            public, token_key = self._devices.signer(header.device_id)
        except Problem as problem:
            raise Refused(problem.title, problem.detail, "请核对设备编号，或联系平台管理员。") from problem
        return packet.open_outbox(stream, header, public, self._key()), header, token_key

    def _take_all(
        self, reader: packet.PacketReader, writer: packet.PacketWriter, progress: Progress | None
    ) -> tuple[int, int, int]:
        accepted = refused = waiting = 0
        held: set[str] = set()
        for head, data in reader.frames():
            status, body = self._take_one(reader.header, head, data, held)
            if status == 409 or status >= 500:
                waiting += 1
            elif status >= 300 or body.get("outcome") == "needs_correction":
                refused += 1
            else:
                accepted += 1
            writer.frame({"op_id": str(head.get("op_id")), "status": status, "body": body})
            if progress:
                progress(reader.position, reader.size)
        return accepted, refused, waiting

    def _take_one(self, header: packet.Header, head: JsonObject, data: bytes, held: set[str]) -> tuple[int, JsonObject]:
        """Status and body as the endpoint of its kind would answer. held: cases that did not arrive, and whose other
        operations therefore wait."""
        body = head.get("body")
        op_id = head.get("op_id")
        if not isinstance(op_id, str) or not h.is_uuid(op_id) or not isinstance(body, dict):
            return 422, Problem(422, "bad-document", "数据不符合上报格式").document()
        case_id = str(body.get("case_id", ""))
        if case_id in held:
            return 409, Problem(409, "case-first", "办件尚未收下，其材料暂不接收").document()
        for _ in range(_PATIENCE):
            try:
                result = self._submit(header, head, op_id, body, data)
            except Problem as problem:
                if problem.name == "hash-mismatch":
                    continue  # bytes that a broken line had brought were thrown away: these are the right ones
                result = Result(problem.status, problem.document())
            except BadDocument as error:
                result = Result(422, Problem(422, "bad-document", error.title, error.what).document())
            break
        else:
            result = Result(409, Problem(409, "hash-mismatch", "文件在途中受损，请重新上传").document())
        if head.get("kind") == OperationKind.CASE and "case_no" not in result.document:
            held.add(case_id)
        return result.status, result.document

    def _submit(self, header: packet.Header, head: JsonObject, op_id: str, body: JsonObject, data: bytes) -> Result:
        sender = Sender(header.device_id, _number(head.get("local_seq")), self._client_time(header))
        kind = head.get("kind")
        if kind == OperationKind.CASE:
            return self._cases.submit(op_id, body, sender)
        if kind == OperationKind.FILE:
            return self._file(op_id, body, data, sender)
        if kind == OperationKind.RATING:
            check_against(schemas.RATING, body)
            return self._ratings.submit(op_id, body, header.device_id)
        if kind == OperationKind.MATTER:
            return self._matters.receive(op_id, body, header.device_id)
        if kind == OperationKind.ROSTER:
            check_against(roster_schemas.ABSENCE, body)
            return self._roster.report(op_id, body, header.device_id)
        if kind == OperationKind.AUDIT:
            check_against(schemas.AUDIT, body)
            through = self._trail.append(header.device_id, body["chain"], body["entries"])
            return Result(200, {"chain": body["chain"], "through": through})
        # A kind that only a newer gateway knows: the window keeps it until it meets one.
        return Result(503, Problem(503, "unknown-kind", "平台版本较旧，暂不能接收这一条").document())

    def _file(self, op_id: str, body: JsonObject, data: bytes, sender: Sender) -> Result:
        page = read_file(body)
        upload = self._files.create(op_id, page.sha256, page.size, sender.device_id)
        for start in range(upload.received, min(upload.length, len(data)), h.MAX_CHUNK):
            # As requests come, so that a large file holds up no window that is on the line.
            self._files.append(op_id, sender.device_id, start, data[start : start + h.MAX_CHUNK])
        sealing: JsonObject = {
            name: body[name] for name in ("case_id", "sha256", "media_type", "size", "supplement") if name in body
        }
        check_against(schemas.SEAL, sealing)
        return self._files.seal(op_id, page.material_id, sealing, sender)

    def _client_time(self, header: packet.Header) -> str | None:
        """The time that the device's clock would show now, going by how far it was off when it last met us."""
        offset = header.more.get("clock_offset_ms")
        if type(offset) is not int or abs(offset) > 10**12:
            return None
        return isoformat(self._clock.now() - dt.timedelta(milliseconds=offset))

    def _epoch(self) -> str:
        with self._database.read() as connection:
            return self._database.epoch_in(connection)

    def _key(self) -> X25519PrivateKey:
        query = select(meta.c.value).where(meta.c.key == _PRIVATE)
        with self._database.read() as connection:
            found = connection.scalar(query)
        if found is None:
            made = X25519PrivateKey.generate().private_bytes_raw().hex()
            statement: Any = self._database.insert(meta).values(key=_PRIVATE, value=made)
            with self._database.write() as connection:
                connection.execute(statement.on_conflict_do_nothing())
                found = connection.scalar(query)  # another process of the hall may have been first
        return X25519PrivateKey.from_private_bytes(bytes.fromhex(str(found)))


def _number(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= 1 << 53 else 0


def answer_beside(source: Path) -> Path:
    """Where an answer goes unless told otherwise. BadInput when the packet's own name is an answer's."""
    answer = source.with_suffix(".ycanswer")
    if answer == source:
        raise BadInput("文件名不对", "数据包与回执同名", "用 --answer 指定回执的文件名。")
    return answer
