"""The outbox on a stick: what waits goes out as one packet, and the gateway's answer comes back the same way.

Exporting changes nothing here: the entries wait on, and should the line come back first, they go over it as well. The
gateway tells by their keys that they are the same. Only an answer that the gateway has proved settles them.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.domain.case import AuditEvent, Operation, OperationKind, OutboxState
from app.domain.clock import Clock, isoformat, shanghai
from app.domain.errors import EnvironmentProblem, Refused
from app.domain.sending import Acked, Arrived, Outcome, Refusal, Waiting
from app.server import packet
from app.server.checking import BadDocument, JsonObject
from app.server.field_names import label_of
from app.server.headers import token_key
from app.server.medium import need_room, opened, written_whole
from app.server.wire import read_file

log = logging.getLogger(__name__)

PACKET_SUFFIX, ANSWER_SUFFIX = ".ycpacket", ".ycanswer"
LAST = "packet.last"
"""Setting: the last packet written, JSON: id, at, records, files."""
EPOCH = "sync.epoch"
CLOCK_OFFSET = "sync.clock_offset_ms"
FEED, ENTITY = "policies", "packet-key"
LARGEST = 3_900_000_000
"""Bytes of files in one packet: sticks are mostly FAT32, whose files end at 4 GB."""
_PORTION = 200
_FINAL = 500

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all)."""


class PacketStore(Protocol):
    """What is needed of offline_db.store.Store."""

    def may_leave(self) -> list[Waiting]: ...
    def operations(self, op_ids: Sequence[str]) -> list[Operation]: ...
    def record(self, outcomes: Sequence[Outcome], *, late: bool = False) -> frozenset[str]: ...
    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...
    def append_audit(self, event: AuditEvent) -> None: ...


class PageVault(Protocol):
    """What is needed of offline_db.vault.Vault."""

    def open(self, sha256: str) -> bytes: ...


class Cancelled(Refused):
    """A person stopped it; nothing was left behind."""

    def __init__(self) -> None:
        super().__init__("已取消导出", "没有留下文件，待传内容不受影响。", "需要时再导出。")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a packet would hold. bytes: of the file about. later: entries that only the next packet can take."""

    records: int
    files: int
    bytes: int
    later: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    """A packet that lies whole on its medium. unreadable: files that this machine could not read and left out."""

    path: Path
    packet_id: str
    records: int
    files: int
    bytes: int
    later: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer settled. arrived, refused: entries. known: had been settled before. waiting: the gateway asks for
    them again. taken_back: the gateway has taken what a person here had taken back meanwhile."""

    arrived: int
    refused: int
    known: int
    waiting: int
    taken_back: int = 0


class Courier:
    """Writes packets and reads answers, for one profile. Slow: for a thread; one call at a time.

    gateway_key: from the settings; empty: from the gateway's feed.
    """

    def __init__(
        self, store: PacketStore, vault: PageVault, clock: Clock, device_id: str, token: str, gateway_key: str = ""
    ) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._device_id = device_id
        self._token = token
        self._gateway_key = gateway_key

    def plan(self) -> Plan:
        """What `export` would write now."""
        taken, later = self._choose()
        return _plan(taken, len(later))

    def file_name(self) -> str:
        """A name for the next packet: the device and the time, nobody's name."""
        return f"{self._device_id}-{shanghai(self._clock.now()):%Y%m%d-%H%M%S}{PACKET_SUFFIX}"

    def last(self) -> Mapping[str, Any] | None:
        """The last packet written: id, at (RFC 3339), records, files; None when there was none."""
        text = self._store.setting(LAST)
        found: Mapping[str, Any] | None = json.loads(text) if text else None
        return found

    def export(
        self,
        target: Path,
        clerk: str,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Exported:
        """Write what waits to target, whole or not at all.

        Refused: nothing waits, or Cancelled. EnvironmentProblem: no room, no key of the gateway, or the medium fails.
        """
        key = self.gateway_key()
        taken, later = self._choose()
        if not taken:
            raise Refused("没有要导出的内容", "待传清单是空的，或都在等人处理。", "请在待传清单中查看。")
        plan = _plan(taken, len(later))
        need_room(target.parent, plan.bytes)
        packet_id = str(uuid.uuid4())
        with written_whole(target) as stream:
            writer = packet.write_outbox(
                stream,
                packet_id=packet_id,
                device_id=self._device_id,
                token=self._token,
                gateway_key=key,
                made_at=isoformat(self._clock.now()),
                counts=packet.Counts(plan.records, plan.files, sum(entry.bytes for entry in taken if entry.is_file)),
                more=self._more(),
            )
            unreadable = 0
            for start in range(0, len(taken), _PORTION):
                portion = taken[start : start + _PORTION]
                for operation in self._store.operations([entry.op_id for entry in portion]):
                    if cancelled():
                        raise Cancelled
                    unreadable += not self._write(writer, operation)
                    if progress:
                        progress(min(writer.written, plan.bytes), plan.bytes)
            writer.finish()
        done = Exported(
            target, packet_id, plan.records, plan.files - unreadable, writer.written, plan.later, unreadable
        )  # fmt: skip
        self._note(done, clerk)
        return done

    def take_answer(self, source: Path, clerk: str, progress: Progress | None = None) -> Answered:
        """Settle what the gateway's answer speaks of. BadPacket: not whole, not genuine, not for this window."""
        with opened(source) as stream:
            header = packet.read_header(stream)
            if header.kind == packet.ANSWER and header.device_id != self._device_id:
                raise packet.BadPacket(
                    "数据包不能用", f"这是设备 {header.device_id} 的回执", "请在导出数据包的那台电脑上导入。"
                )
            reader = packet.open_answer(stream, header, token_key(self._token))
            answered = self._settle(reader, progress)
        epoch = header.more.get("epoch")
        known = self._store.setting(EPOCH)
        if known and epoch != known:
            # The answer is of another life of the gateway: what it has really kept is asked at the next contact.
            self._store.set_setting(EPOCH, "")
        event = AuditEvent(
            self._clock.now(), clerk, "packet.answer", header.packet_id,
            {"arrived": answered.arrived, "refused": answered.refused},
        )  # fmt: skip
        self._store.append_audit(event)
        return answered

    def gateway_key(self) -> str:
        """The public key that packets are sealed for. EnvironmentProblem when nobody has told it."""
        rows = self._store.feed_rows(FEED) if not self._gateway_key else []
        told = next((str(row.get("key")) for row in rows if row.get("id") == ENTITY), self._gateway_key)
        if not told:
            raise EnvironmentProblem(
                "还不能导出数据包",
                "本机还没有平台的收件公钥。",
                "连上平台一次即可自动取得；或请管理员把登记时给出的 packet_key 写入设置。",
            )
        return told

    # --------------------------------------------------------------------------------------------------- parts

    def _choose(self) -> tuple[list[Waiting], list[Waiting]]:
        """Whole cases as long as they fit into one file; the others."""
        waiting = self._store.may_leave()
        sizes: dict[str, int] = {}
        for entry in waiting:
            sizes[entry.case_id] = sizes.get(entry.case_id, 0) + entry.bytes
        fitting: set[str] = set()
        total = 0
        for case_id, size in sizes.items():
            if fitting and total + size > LARGEST:
                break
            fitting.add(case_id)
            total += size
        taken = [entry for entry in waiting if entry.case_id in fitting]
        return taken, [entry for entry in waiting if entry.case_id not in fitting]

    def _write(self, writer: packet.PacketWriter, operation: Operation) -> bool:
        head: JsonObject = {
            "op_id": operation.op_id,
            "kind": operation.kind.value,
            "local_seq": operation.local_seq,
            "body": operation.body,
        }
        data = b""
        if operation.kind is OperationKind.FILE:
            try:
                body = read_file(operation.body)
                data = self._vault.open(body.sha256)
            except (BadDocument, EnvironmentProblem):
                return False  # on the line it will be set aside with its reason
        try:
            writer.frame(head, data)
        except ValueError:
            return False
        return True

    def _more(self) -> JsonObject:
        """How far this clock was off when it last met the gateway's: the journey's days are not the clock's fault."""
        offset = self._store.setting(CLOCK_OFFSET)
        return {} if offset is None else {"clock_offset_ms": int(offset)}

    def _note(self, done: Exported, clerk: str) -> None:
        now = self._clock.now()
        last = {"id": done.packet_id, "at": isoformat(now), "records": done.records, "files": done.files}
        self._store.set_setting(LAST, json.dumps(last))
        counts = {"records": done.records, "files": done.files, "bytes": done.bytes}
        self._store.append_audit(AuditEvent(now, clerk, "packet.export", done.packet_id, counts))
        log.info("packet with %d records and %d files written", done.records, done.files)

    def _settle(self, reader: packet.PacketReader, progress: Progress | None) -> Answered:
        arrived = refused = known = waiting = taken_back = 0
        portion: list[Outcome] = []

        def settle() -> None:
            nonlocal arrived, refused, known, taken_back
            changed = self._store.record(portion, late=True)
            news = [outcome for outcome in portion if outcome.op_id in changed]
            refused += sum(isinstance(outcome, Refusal) for outcome in news)
            arrived += sum(not isinstance(outcome, Refusal) for outcome in news)
            old = {o.op_id for o in portion if o.op_id not in changed}
            known += len(old)
            acked = [o.op_id for o in portion if isinstance(o, Acked) and o.op_id in old]
            states = [operation.state for operation in self._store.operations(acked)] if acked else []
            taken_back += states.count(OutboxState.WITHDRAWN)
            portion.clear()

        for head, _ in reader.frames():
            outcome = outcome_of(head)
            if outcome is None:
                waiting += 1
                continue
            portion.append(outcome)
            if len(portion) >= _PORTION:
                settle()
                if progress:
                    progress(reader.position, reader.size)
        settle()
        return Answered(arrived, refused, known, waiting, taken_back)


def outcome_of(head: Mapping[str, Any]) -> Outcome | None:
    """What an answer says of one entry; None: it is to go again. BadPacket: not of the agreed form."""
    op_id, status, body = head.get("op_id"), head.get("status"), head.get("body")
    if not isinstance(op_id, str) or type(status) is not int or not isinstance(body, dict):
        raise packet.BadPacket("数据包不能用", "回执的内容不合格式", "请升级一窗后再导入。")
    if status == 409 or status >= _FINAL:
        return None
    if status >= 300:
        title, detail = str(body.get("title", f"平台答复 {status}")), str(body.get("detail", ""))
        return Refusal(op_id, f"{title}：{detail}" if detail else title)
    if body.get("outcome") == "needs_correction":
        reasons = [
            f"{label_of(str(r.get('field', '')))} {r.get('message', '')}".strip() for r in body.get("reasons", ())
        ]
        return Refusal(op_id, "需补正：" + "；".join(reasons))
    if body.get("outcome") == "accepted":
        return Acked(op_id, str(body["case_id"]), str(body["case_no"]), int(body["rev"]))
    return Arrived(op_id)


def _plan(taken: Sequence[Waiting], later: int) -> Plan:
    files = sum(entry.is_file for entry in taken)
    # A frame's head beside the body: keys, numbers, and of a file its whole body.
    plain = sum(entry.bytes + (800 if entry.is_file else 200) for entry in taken)
    return Plan(len(taken) - files, files, packet.sealed_size(plain), later)
