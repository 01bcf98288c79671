"""The settings' parts: what each may be, and its check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from typing import Any

from app.domain.errors import BadInput
from app.domain.retention import LEAST, MOST_DAYS, RetentionRules

_MOST_DAYS = 60
_OLDEST_LIST = 3650
_MOST_HOURS = 72
_MOST_PACK_DAYS = 30
"""As long as a window may be offline at all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a light turns yellow, in working days. near: before a case's last day; owed: before a tolerated
    material's. near_hours: hours before the end of a limit of half days."""

    near: int = 2
    owed: int = 3
    near_hours: int = 2


@dataclass(frozen=True, slots=True)
class VisitRules:
    """Visit packs: for how many days one is asked for, and from how many hours before its end on it is warned of."""

    days: int = 7
    amber_hours: int = 48
    red_hours: int = 12


@dataclass(frozen=True, slots=True)
class TrustRules:
    """Whose trust list is taken and how old it may be. keys: Ed25519 public keys as text (app.licences.snapshot.Pin);
    none: only a folder of keys. warn_days, max_age_days: since the list's date; 0: no limit."""

    keys: tuple[str, ...] = ()
    warn_days: int = 7
    max_age_days: int = 30


@dataclass(frozen=True, slots=True)
class SyncRules:
    """metered: only records go out by themselves, files wait for a good line. pause_reminder_hours: how often a paused
    upload is called to mind; 0: never."""

    metered: bool = False
    pause_reminder_hours: int = 4


@dataclass(frozen=True, slots=True)
class PrintRules:
    """preview: papers are looked at before they are printed, unless the clerk has said otherwise for their kind.
    reprint_reason: printing again wants a reason, which the audit trail keeps. finger_too: under a commitment 承诺书 a
    finger is pressed beside the signature."""

    preview: bool = False
    reprint_reason: bool = False
    finger_too: bool = False


@dataclass(frozen=True, slots=True)
class UpdateRules:
    """automatic: new versions are fetched and checked behind the work. check_hours: how often is asked for them.
    keys: Ed25519 public keys of their publisher, as text (app.licences.snapshot.Pin); none: there are no updates."""

    automatic: bool = True
    check_hours: int = 4
    keys: tuple[str, ...] = ()


def read_limits(raw: Mapping[str, Any], where: str) -> Limits:
    """Check [limits]. BadInput says what is wrong; where names the file."""
    names = ("near_days", "owed_days", "near_hours")
    days = {**dict(zip(names, astuple(Limits()), strict=True)), **raw}
    for key, value in days.items():
        if key not in names or type(value) is not int or not 0 <= value <= _MOST_DAYS:
            raise BadInput(
                "设置文件有误",
                f"{where}：[limits] 的 {key} 应为 0–{_MOST_DAYS} 的整数。",
                "可用 near_days、owed_days、near_hours，改正后重新启动。",
            )
    return Limits(*(days[name] for name in names))


def read_retention(raw: Mapping[str, Any], where: str) -> RetentionRules:
    """Check [retention]. BadInput says what is wrong; where names the file."""
    days = {f"{kind}_days": days for kind, days in asdict(RetentionRules()).items()} | dict(raw)
    for key, value in days.items():
        least = LEAST.get(key.removesuffix("_days")) if key.endswith("_days") else None
        if least is None or type(value) is not int or not least <= value <= MOST_DAYS:
            raise BadInput(
                "设置文件有误",
                f"{where}：[retention] 的 {key} 应为 {least or 1}–{MOST_DAYS} 的整数（天）。",
                f"可用 {'、'.join(f'{kind}_days' for kind in LEAST)}，改正后重新启动。",
            )
    if days["contents_days"] < days["files_days"]:
        raise BadInput(
            "设置文件有误",
            f"{where}：[retention] 的 contents_days 不能小于 files_days。",
            "办件内容要在材料影像之后清除，改正后重新启动。",
        )
    return RetentionRules(**{key.removesuffix("_days"): value for key, value in days.items()})


def read_sync(raw: Mapping[str, Any], where: str) -> SyncRules:
    """Check [sync]. BadInput says what is wrong; where names the file."""
    rules = {"metered": False, "pause_reminder_hours": SyncRules().pause_reminder_hours, **raw}
    hours = rules["pause_reminder_hours"]
    if set(rules) != {"metered", "pause_reminder_hours"} or type(rules["metered"]) is not bool:
        raise BadInput(
            "设置文件有误",
            f"{where}：[sync] 只能有 metered（true 或 false）和 pause_reminder_hours。",
            "改正后重新启动。",
        )
    if type(hours) is not int or not 0 <= hours <= _MOST_HOURS:
        raise BadInput(
            "设置文件有误",
            f"{where}：[sync] 的 pause_reminder_hours 应为 0–{_MOST_HOURS} 的整数（小时）。",
            "改正后重新启动。",
        )
    return SyncRules(rules["metered"], hours)


def read_printing(raw: Mapping[str, Any], where: str) -> PrintRules:
    """Check [printing]. BadInput says what is wrong; where names the file."""
    rules = {**asdict(PrintRules()), **raw}
    if set(rules) != set(asdict(PrintRules())) or any(type(value) is not bool for value in rules.values()):
        raise BadInput(
            "设置文件有误",
            f"{where}：[printing] 只能有 preview、reprint_reason 和 finger_too，值为 true 或 false。",
            "改正后重新启动。",
        )
    return PrintRules(**rules)


def read_visits(raw: Mapping[str, Any], where: str) -> VisitRules:
    """Check [visits]. BadInput says what is wrong; where names the file."""
    usual = VisitRules()
    most = {"days": _MOST_PACK_DAYS, "amber_hours": _MOST_PACK_DAYS * 24, "red_hours": _MOST_PACK_DAYS * 24}
    values = {"days": usual.days, "amber_hours": usual.amber_hours, "red_hours": usual.red_hours, **raw}
    for key, value in values.items():
        if key not in most or type(value) is not int or not (1 if key == "days" else 0) <= value <= most[key]:
            raise BadInput(
                "设置文件有误",
                f"{where}：[visits] 的 {key} 应为整数：days 1–{_MOST_PACK_DAYS}，其余按小时。",
                "可用 days、amber_hours、red_hours，改正后重新启动。",
            )
    return VisitRules(**values)


def read_trust(raw: Mapping[str, Any], where: str) -> TrustRules:
    """Check [trust]. BadInput says what is wrong; where names the file."""
    keys = raw.get("keys", [])
    if not isinstance(keys, list) or not all(isinstance(key, str) and key for key in keys):
        raise BadInput("设置文件有误", f"{where}：[trust] 的 keys 应为公钥的列表。", "填写平台登记时给出的公钥。")
    days = {"warn_days": TrustRules().warn_days, "max_age_days": TrustRules().max_age_days}
    days |= {key: value for key, value in raw.items() if key != "keys"}
    for key, value in days.items():
        if key not in ("warn_days", "max_age_days") or type(value) is not int or not 0 <= value <= _OLDEST_LIST:
            raise BadInput(
                "设置文件有误",
                f"{where}：[trust] 的 {key} 应为 0–{_OLDEST_LIST} 的整数。",
                "可用 keys、warn_days、max_age_days，改正后重新启动。",
            )
    return TrustRules(tuple(keys), days["warn_days"], days["max_age_days"])


def read_updates(raw: Mapping[str, Any], where: str) -> UpdateRules:
    """Check [updates]. BadInput says what is wrong; where names the file."""
    rules = {"automatic": True, "check_hours": UpdateRules().check_hours, "keys": [], **raw}
    keys, hours = rules["keys"], rules["check_hours"]
    if not isinstance(keys, list) or not all(isinstance(key, str) and key for key in keys):
        raise BadInput("设置文件有误", f"{where}：[updates] 的 keys 应为公钥的列表。", "填写平台登记时给出的公钥。")
    if set(rules) != {"automatic", "check_hours", "keys"} or type(rules["automatic"]) is not bool:
        what = "只能有 automatic（true 或 false）、check_hours 和 keys。"
        raise BadInput("设置文件有误", f"{where}：[updates] {what}", "改正后重新启动。")
    if type(hours) is not int or not 1 <= hours <= 168:
        what = "check_hours 应为 1–168 的整数（小时）。"
        raise BadInput("设置文件有误", f"{where}：[updates] 的 {what}", "改正后重新启动。")
    return UpdateRules(rules["automatic"], hours, tuple(keys))
