"""Builds the reference gateway for the command line."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from app.catalog.load import load_catalog
from app.config.rules_hall import read_hours
from app.domain.clock import SystemClock, isoformat, parse_iso
from app.domain.errors import BadInput
from app.domain.hours import hours_texts
from app.domain.wipe import WipeKind
from app.gateway.core import open_gateway
from app.gateway.database import move_database
from app.gateway.document_lists import read_documents
from app.gateway.packets import Imported, answer_beside
from app.gateway.server import Serving, serve
from app.identity.clerk_key import read_authority
from app.materials.slots import BookingHours, read_booking_hours
from app.server.shared_files import load_shared_folder
from app.updates.manifest import Manifest


def serve_gateway(
    serving: Serving, workers: int = 1, data: Path | None = None, trust: tuple[Path, str] | None = None
) -> int:
    """Run the reference gateway until it is interrupted.

    data: a folder of shared data to take in first. trust: a signed trust list to hand out, its publisher's public key.
    files_kept_twice: the files' folder lies on redundant storage.
    """
    if data is not None:
        load_shared_data(serving.db_url, serving.files_folder, data)
    if trust is not None:
        publish_trust(serving.db_url, serving.files_folder, *trust)
    serve(serving, workers)
    return 0


def begin_new_epoch(db: str, files: Path) -> str:
    """To be called once after a restore from backup: every window then sends again what this gateway does not know."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.database.begin_new_epoch()
    finally:
        gateway.close()


def move_tables(db: str, revision: str) -> str:
    """Bring the database to another version of its tables, forward or back ("head": the newest); the one reached."""
    return move_database(db, revision)


def load_shared_data(db: str, files: Path, folder: Path) -> dict[str, int]:
    """Take a folder's grant table, records and bookings in (app/server/shared_files.py); how many of each.

    Nothing is taken in when a file is wrong; BadInput names it.
    """
    shared = load_shared_folder(folder)
    try:
        hours = _booking_hours(shared.booking_hours, folder) if shared.booking_hours is not None else None
    except ValueError as error:
        raise BadInput("数据共享文件有误", f"booking-hours.yaml：{error}", "对照 docs/settings.md 改正。") from error
    gateway = open_gateway(db, files, SystemClock())
    try:
        gateway.shared.publish_policy(shared.policy)
        if shared.retention is not None:
            gateway.feeds.publish("policies", "retention", {"id": "retention", **shared.retention})
        if shared.sessions is not None:
            gateway.limits.set_sessions(shared.sessions)
        if hours is not None:
            gateway.bookings.set_hours(hours)
        return {
            "grants": len(shared.policy["grants"]),
            "records": gateway.shared.load(shared.records),
            "bookings": gateway.bookings.load(shared.bookings),
            "visits": gateway.visits.load(shared.visits),
        }
    finally:
        gateway.close()


def _booking_hours(document: Any, folder: Path) -> BookingHours:
    """The calendar; with `settings`, the [hours] of that settings file (beside this one, unless it says where), so that
    a desk's hours are written once. ValueError or BadInput say what is wrong."""
    if not isinstance(document, Mapping) or "settings" not in document:
        return read_booking_hours(document)
    if twice := [name for name in ("week", "extended", "days") if name in document]:
        raise ValueError(f"写了 settings，就不能再写 {'、'.join(twice)}")
    path = folder / str(document["settings"])
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"settings 指的文件读不了：{path}，{error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"settings 指的文件不是有效的设置文件：{path}") from error
    hours = raw.get("hours", {})
    if not isinstance(hours, Mapping):
        raise ValueError(f"settings 指的文件没有 [hours]：{path}")
    texts = hours_texts(read_hours(hours, str(path)))
    if not any(texts.values()):
        raise ValueError(f"settings 指的文件没有写开放时间 [hours]：{path}")
    return read_booking_hours({**texts, **{name: value for name, value in document.items() if name != "settings"}})


def publish_issues(db: str, files: Path, catalog: Path) -> list[dict[str, Any]]:
    """Have granting a case make the e-licence that its item promises, from now on. Gives each authority with its public
    key (PEM), made when it had none, and the kinds that it issues: for the trust list. BadInput: an unusable catalogue,
    or one that promises none."""
    found = load_catalog(catalog)
    plans = {item.code: item.issues for item in found.items.values() if item.issues is not None}
    if not plans:
        raise BadInput("没有可签发的证照", f"{catalog} 里没有写结果证照（issues）的事项", "请先在事项里写明。")
    gateway = open_gateway(db, files, SystemClock())
    try:
        gateway.issuing.publish(plans)
        names = {one.uscc: one.name for one in found.departments.values()}
        said = []
        for uscc in sorted({code[:18] for code in plans}):
            made = gateway.issuing.authorities.ensure(uscc, names[uscc])
            key = made.key.public_key.public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            types = sorted({plan.type for code, plan in plans.items() if code.startswith(uscc)})
            said.append({"name": made.name, "uscc": uscc, "types": types, "public_key": key.decode()})
        return said
    finally:
        gateway.close()


def publish_clerk_ca(db: str, files: Path, ca: Path, crl: Path | None, *, required: bool) -> dict[str, Any]:
    """Put the authority of clerks' keys in force. BadInput: a file that is none, or a list of another authority."""
    rules = replace(read_authority(ca, crl), required=required)
    gateway = open_gateway(db, files, SystemClock())
    try:
        gateway.clerk_keys.publish(rules)
    finally:
        gateway.close()
    return {"authorities": len(rules.roots), "lists": len(rules.lists), "required": required}


def publish_trust(db: str, files: Path, snapshot: Path, pin: str) -> int:
    """Hand out a signed trust list from now on; its version. BadInput when it is not signed by that key, or older."""
    try:
        data = snapshot.read_bytes()
    except OSError as error:
        raise BadInput("读不了文件", f"{snapshot}：{error.strerror}", "检查文件名和权限。") from error
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.snapshots.publish_trust(data, pin)
    finally:
        gateway.close()


def publish_documents(db: str, files: Path, file: Path, silence: int) -> tuple[int, int]:
    """Put a list of lost and revoked documents in force; its version, and how many it names. silence: days for which a
    document that it does not name is not reported. BadInput names the line that is wrong."""
    documents = read_documents(file)
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.documents.publish(documents, dt.timedelta(days=silence)), len(documents)
    finally:
        gateway.close()


def mark_backup(db: str, files: Path, at: str, *, files_only: bool = False) -> str:
    """Note that a backup begun at this time (RFC 3339) is complete and lies elsewhere; the newest reported by now.

    files_only: it holds the files alone, the database having a synchronous standby. BadInput: no time, or one to come.
    """
    try:
        begun = parse_iso(at)
    except ValueError as error:
        raise BadInput("备份时间不对", at, "填写备份开始的时间，例如 2026-11-22T01:30:00Z。") from error
    gateway = open_gateway(db, files, SystemClock())
    try:
        return isoformat(gateway.durability.mark_backup(begun, files_only=files_only))
    finally:
        gateway.close()


def order_wipe(
    db: str, files: Path, device_id: str, *, stolen: bool = False, cancel: bool = False
) -> list[dict[str, Any]]:
    """Have a device wiped at its next contact, or take that back; how its orders stand then.

    stolen: at once, and it may do nothing else from now on; otherwise it sends first what it accepted.
    BadInput: no such device, or nothing to take back.
    """
    gateway = open_gateway(db, files, SystemClock())
    try:
        if not cancel:
            gateway.wipes.order(device_id, WipeKind.STOLEN if stolen else WipeKind.RETURN)
            if stolen:
                gateway.paper_keys.revoke(device_id)
        elif not gateway.wipes.cancel(device_id):
            raise BadInput("没有可撤销的清除指令", device_id, "指令可能已经执行。")
        return gateway.wipes.state(device_id)
    finally:
        gateway.close()


def enrol(db: str, files: Path, device_id: str) -> tuple[str, tuple[str, ...]]:
    """Let a device call this gateway; gives its new token, which is shown once and stored only as a hash, and the
    public keys by which it shall know the trust list."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.devices.enrol(device_id), gateway.snapshots.pins()
    finally:
        gateway.close()


def packet_key(db: str, files: Path) -> str:
    """The public key for which windows seal packets on a stick; a window is given it at its enrolment."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.packets.public_key()
    finally:
        gateway.close()


def paper_root(db: str, files: Path) -> str:
    """The public key by which the platform certifies the windows' papers; a window is given it at its enrolment."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.paper_keys.root()
    finally:
        gateway.close()


def revoke_papers(db: str, files: Path, device_id: str) -> int:
    """Papers that a device's keys signed count no more; how many keys that were. BadInput: it has none that counted."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        count = gateway.paper_keys.revoke(device_id)
    finally:
        gateway.close()
    if not count:
        raise BadInput("没有可吊销的密钥", device_id, "请核对设备编号；也可能已经吊销。")
    return count


def import_packet(db: str, files: Path, source: Path, answer: Path | None) -> Imported:
    """Take in a packet that came on a stick. answer: where its answer goes, None: beside it. Errors as
    app.gateway.packets.PacketDesk.take."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.packets.take(source, answer or answer_beside(source))
    finally:
        gateway.close()


def publish_update(db: str, files: Path, manifest: Path, pin: str, packages: Sequence[Path]) -> Manifest:
    """Hand out a signed version of the program from now on. Errors as app.gateway.updates.UpdateDesk.publish."""
    try:
        data = manifest.read_bytes()
    except OSError as error:
        raise BadInput("读不了文件", f"{manifest}：{error.strerror}", "检查文件名和权限。") from error
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.updates.publish(data, pin, packages)
    finally:
        gateway.close()


def update_keys(db: str, files: Path) -> tuple[str, ...]:
    """The public key of the program's publisher, for [updates] of a window's settings."""
    gateway = open_gateway(db, files, SystemClock())
    try:
        return gateway.updates.pins()
    finally:
        gateway.close()
