"""A folder of YAML with shared data: the grant table, the departments' records, the bookings.

sources.yaml, purposes.yaml, grants.yaml   the grant table; all three or none (then the one that ships)
records/*.yaml                             {source: ID, records: [{kind, number, name, facts, …}]}
bookings.yaml                              a list of bookings
booking-hours.yaml                         when the desk can be booked (app.materials.slots), or whose [hours] count
working-hours.yaml                         sessions: "08:30-12:00 13:30-17:30", the departments' morning and afternoon
retention.yaml                             files, contents, prints, logs, drafts: [least, most] days at the windows
visits.yaml                                a list of visits 上门服务 (app.server.visit_schemas.VISIT)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import EnvironmentProblem
from app.domain.hours import Sessions, read_sessions
from app.domain.retention import LEAST, read_limits
from app.domain.shared_data import FIRM, PERSON, Booking, SharedRecord, Subject
from app.server.checking import BadDocument, JsonObject, check_against
from app.server.query_policy import load_policy_document, read_policy, read_yaml, shipped_policy_folder, wrong_file
from app.server.shared_wire import read_booking
from app.server.visit_schemas import VISIT


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """What a folder holds."""

    policy: JsonObject
    records: tuple[SharedRecord, ...]
    bookings: tuple[Booking, ...]
    retention: JsonObject | None = None
    visits: tuple[JsonObject, ...] = ()
    booking_hours: Any = None
    """As it stands in its file; judged by whoever takes it in. None: there is no such file."""
    sessions: Sessions | None = None


def load_shared_folder(folder: Path) -> SharedFolder:
    """Read a whole folder. EnvironmentProblem: no folder, a file that cannot be read. BadInput names what is wrong."""
    if not folder.is_dir():
        raise EnvironmentProblem("没有数据共享目录", str(folder), "请核对 --data 后面的目录。")
    own = (folder / "grants.yaml").exists()
    policy = load_policy_document(folder if own else shipped_policy_folder())
    known = read_policy(policy).sources
    records: list[SharedRecord] = []
    for path in sorted((folder / "records").glob("*.yaml")):
        for record in read_records(read_yaml(path), path.name):
            if record.source not in known:
                raise wrong_file(path.name, f"没有定义数据 {record.source}")
            records.append(record)
    path = folder / "bookings.yaml"
    bookings = read_bookings(read_yaml(path), path.name) if path.exists() else ()
    path = folder / "retention.yaml"
    retention = _retention(read_yaml(path), path.name) if path.exists() else None
    path = folder / "visits.yaml"
    visits = read_visits(read_yaml(path), path.name) if path.exists() else ()
    path = folder / "booking-hours.yaml"
    hours = read_yaml(path) if path.exists() else None
    path = folder / "working-hours.yaml"
    sessions = _sessions(read_yaml(path), path.name) if path.exists() else None
    return SharedFolder(policy, tuple(records), bookings, retention, visits, hours, sessions)


def read_records(document: Any, where: str) -> tuple[SharedRecord, ...]:
    """One file of records. BadInput: where, and what is wrong; no value is repeated."""
    line = 0
    try:
        source = str(document["source"])
        found = []
        for line, entry in enumerate(document["records"], 1):  # noqa: B007 - named in the message
            found.append(_record(source, entry))
        return tuple(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise wrong_file(where, f"第 {line} 条记录不完整或者写法不对") from error


def read_bookings(document: Any, where: str) -> tuple[Booking, ...]:
    """One file of bookings. BadInput: where, and which one is wrong."""
    if not isinstance(document, list):
        raise wrong_file(where, "应为预约的列表")
    found = []
    for line, entry in enumerate(document, 1):
        try:
            found.append(read_booking({"answers": {}, "fields": {}, "state": "booked", **entry}))
        except (BadDocument, TypeError, ValueError) as error:
            raise wrong_file(where, f"第 {line} 个预约不完整或者写法不对") from error
    return tuple(found)


def _sessions(document: Any, where: str) -> Sessions:
    try:
        if list(document) != ["sessions"]:
            raise ValueError(document)
        return read_sessions(document["sessions"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise wrong_file(where, "应写明上午和下午，例如 sessions: 08:30-12:00 13:30-17:30") from error


def _retention(document: Any, where: str) -> JsonObject:
    try:
        limits = read_limits(document)
        unknown = sorted(set(document) - set(LEAST))
    except (ValueError, TypeError, AttributeError) as error:
        raise wrong_file(where, f"“{error}”应为 [最少, 最多] 两个天数") from error
    if unknown:
        raise wrong_file(where, f"没有“{unknown[0]}”这一种")
    return {kind: list(days) for kind, days in limits.items()}


def read_visits(document: Any, where: str) -> tuple[JsonObject, ...]:
    """One file of visits; what is empty may be left out. BadInput: where, and which one is wrong."""
    if not isinstance(document, list):
        raise wrong_file(where, "应为外出服务的列表")
    empty: JsonObject = {"area": "", "place": "", "firm": None, "people": [], "answers": {}, "facts": [], "note": ""}
    found = []
    for line, entry in enumerate(document, 1):
        try:
            visit = {**empty, **entry}
            check_against(VISIT, visit)
            dt.date.fromisoformat(visit["day"])
        except (BadDocument, TypeError, ValueError) as error:
            raise wrong_file(where, f"第 {line} 次外出服务不完整或者写法不对") from error
        found.append(visit)
    return tuple(found)


def _record(source: str, entry: Mapping[str, Any]) -> SharedRecord:
    kind, number = entry.get("kind", PERSON), entry["number"]
    facts, until = entry.get("facts", {}), entry.get("valid_until")
    texts = (number, entry.get("name", ""), entry.get("note", ""), *facts, *facts.values())
    if kind not in (PERSON, FIRM) or not all(isinstance(text, str) for text in texts) or not number:
        raise ValueError("not a record")
    proves = entry.get("proves", True)
    if not isinstance(proves, bool):
        raise TypeError("proves must be yes or no")
    # YAML reads an unquoted day as a date already.
    day = until if type(until) is dt.date or until is None else dt.date.fromisoformat(until)
    subject = Subject(kind, number, entry.get("name", ""))
    return SharedRecord(source, subject, dict(facts), proves, entry.get("note", ""), day)
