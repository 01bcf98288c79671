"""The window's settings: frozen, read once from settings.toml in the profile folder.

Secrets (database key, device token) are not here; they stay in the OS keyring.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from app.domain.case import Window
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.lending import BridgeRules, bridge_toml, read_bridge_rules
from app.domain.retention import LEAST, MOST_DAYS, RetentionRules

DEVICE_SLOTS = (
    "id_reader",
    "passport_reader",
    "smart_card",
    "psam",
    "fingerprint",
    "portrait_camera",
    "face_camera",
    "document_camera",
    "document_camera_side",
    "scanner",
    "signature_pad",
    "camera",
    "code_scanner",
    "pin_pad",
    "receipt_printer",
    "receipt_printer_2",
    "printer",
    "printer_2",
    "card_printer",
    "rating_device",
    "customer_screen",
    "queue_caller",
    "payment_terminal",
    "payment_code",
)
"""The places a device can take at a counter, each set to a URI in [devices]: devices.slots, whose import would load
what pictures need; a test holds the two together. The second printers take over when the clerk says so."""

_MOST_DAYS = 60
_OLDEST_LIST = 3650
_MOST_HOURS = 72
_MOST_PACK_DAYS = 30
"""As long as a window may be offline at all."""

EXAMPLE = """\
# Yichuang settings. Lines with # are notes.
language = "zh"                 # zh or en
# customer_screen = "HDMI-1"    # the citizen's screen: name of the second screen, or "window"
watermark = true                # clerk, window and time, faint over the screen

[window]
id = "W03"                      # 2–6 characters A–Z 0–9, goes into every number
name = "综合窗口 03"
hall = "市政务服务中心"
district = "330502"

[lock]
minutes = 5                     # idle minutes until the screen locks; 0: never

[gateway]
url = "https://gateway.example/"
device_id = "W03-01"

[sync]
metered = false                 # true: a phone's line; files wait until the clerk lets them go
pause_reminder_hours = 4        # remind of a paused upload so often; 0: never

[limits]                        # working days
near_days = 2                   # a case turns yellow so long before its last day
owed_days = 3                   # and a tolerated material before its own

[trust]                         # the trust list of licence issuers
keys = []                       # public keys of its publisher, as the platform gave them at enrolment
warn_days = 7                   # a list older than this is warned of; 0: never
max_age_days = 30               # and after this proves nothing any more; 0: never

[retention]                     # days; the platform's policy may narrow them
files_days = 90                 # pictures of materials, after the platform holds the case safely
contents_days = 180             # what a case says about people, likewise; never before its files
prints_days = 180               # papers that were printed, likewise
logs_days = 90
drafts_days = 30                # unfinished visits, after they were last saved

[visits]                        # visit packs taken along, offline
days = 7                        # how long one holds, 1–30
amber_hours = 48                # and from how many hours before its end on it is warned of
red_hours = 12

[printing]
preview = false                 # true: every paper is looked at before it is printed
reprint_reason = false          # true: a paper is printed again only with a reason

# [bridge]                      # lend devices to the departments' own browser systems (docs/bridge.md)
# document_camera_port = 38088  # the old interface of document cameras; 0: not served
# id_reader_port = 1919         # the old interface of ID readers
# [bridge.origins]              # exact origin = what the clerk knows that system as; none: nothing is lent
# "https://hunyin.example" = "婚姻登记系统"

[devices]
id_reader = "sdt:///dev/ttyUSB0?baud=115200"
camera = "v4l2:///dev/video0"
document_camera = "v4l2:///dev/video2?width=3264&height=2448"
receipt_printer = "escpos+tcp://192.0.2.10:9100"
printer = "socket://192.0.2.11:9100"
"""


def profile_folder(kind: str) -> Path:
    """Where the profile of this kind ("work" or "demo") lies for the present user."""
    return Path(platformdirs.user_data_dir("yichuang", appauthor=False)) / kind


@dataclass(frozen=True, slots=True)
class Limits:
    """When a light turns yellow, in working days. near: before a case's last day; owed: before a tolerated
    material's."""

    near: int = 2
    owed: int = 3


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
    reprint_reason: printing again wants a reason, which the audit trail keeps."""

    preview: bool = False
    reprint_reason: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """All that differs from window to window. devices: slot of DEVICE_SLOTS -> URI."""

    window: Window
    gateway_url: str
    device_id: str
    language: str = "zh"
    lock_minutes: int = 5
    """Minutes without any input until the screen locks; 0: never."""
    devices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    catalog: Path | None = None
    """Another catalogue folder than the one shipped."""
    trust: Path | None = None
    """The trust list's folder; None: `trust` inside the profile."""
    watermark: bool = True
    """Clerk, window and time faint over the screen, so that a photograph of it says where it was taken."""
    limits: Limits = Limits()
    trust_rules: TrustRules = TrustRules()
    retention: RetentionRules = field(default_factory=RetentionRules)
    sync_rules: SyncRules = SyncRules()
    packet_key: str = ""
    """The gateway's public key for packets on a stick; empty: as its feed says."""
    paper_root: str = ""
    """The gateway's public key that certifies the windows' papers; empty: the first one it names is kept."""
    visits: VisitRules = VisitRules()
    printing: PrintRules = PrintRules()
    bridge: BridgeRules = field(default_factory=BridgeRules)
    """To which browser systems this window lends its devices."""
    customer_screen: str = ""
    """The second screen's name as the system gives it, "window" for a window of its own, empty for none."""


def as_toml(settings: Settings) -> str:
    """The settings as a settings.toml that `load` reads back as the same."""

    def line(key: str, value: object) -> str:
        # A JSON string is a TOML basic string.
        return f"{key} = {json.dumps(str(value), ensure_ascii=False)}\n"

    window = settings.window
    text = line("language", settings.language)
    if settings.customer_screen:
        text += line("customer_screen", settings.customer_screen)
    text += f"watermark = {'true' if settings.watermark else 'false'}\n"
    text += "\n[window]\n" + "".join(line(key, getattr(window, key)) for key in ("id", "name", "hall", "district"))
    text += f"\n[lock]\nminutes = {settings.lock_minutes}\n"
    text += "\n[gateway]\n" + line("url", settings.gateway_url) + line("device_id", settings.device_id)
    if settings.packet_key:
        text += line("packet_key", settings.packet_key)
    if settings.paper_root:
        text += line("paper_root", settings.paper_root)
    sync = settings.sync_rules
    text += f"\n[sync]\nmetered = {'true' if sync.metered else 'false'}\n"
    text += f"pause_reminder_hours = {sync.pause_reminder_hours}\n"
    text += "\n[devices]\n" + "".join(line(slot, uri) for slot, uri in settings.devices.items())
    limits = settings.limits
    text += f"\n[limits]\nnear_days = {limits.near}\nowed_days = {limits.owed}\n"
    rules = settings.trust_rules
    keys = ", ".join(json.dumps(key) for key in rules.keys)
    text += f"\n[trust]\nkeys = [{keys}]\nwarn_days = {rules.warn_days}\nmax_age_days = {rules.max_age_days}\n"
    kept = asdict(settings.retention)
    text += "\n[retention]\n" + "".join(f"{kind}_days = {days}\n" for kind, days in kept.items())
    packs = settings.visits
    text += f"\n[visits]\ndays = {packs.days}\namber_hours = {packs.amber_hours}\nred_hours = {packs.red_hours}\n"
    rules_of = asdict(settings.printing)
    text += "\n[printing]\n" + "".join(f"{key} = {'true' if on else 'false'}\n" for key, on in rules_of.items())
    text += bridge_toml(settings.bridge, lambda words: json.dumps(words, ensure_ascii=False))
    paths = {"catalog": settings.catalog, "trust": settings.trust}
    text += "\n[paths]\n" + "".join(line(key, path) for key, path in paths.items() if path is not None)
    return text


def load(path: Path, *, emulated: bool = False) -> Settings:
    """Read settings.toml. emulated: this is demo mode, where devices may be emulators.

    EnvironmentProblem when it is absent, BadInput naming what is wrong in it.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EnvironmentProblem(
            "还没有设置", f"找不到设置文件 {path}。", "运行 yichuang doctor --write-settings 生成一份样例并填写。"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise BadInput("设置文件有误", f"{path}：{exc}", "改正该行后重新启动。") from exc
    return parse(raw, str(path), emulated=emulated)


def parse(raw: Mapping[str, Any], where: str, *, emulated: bool = False) -> Settings:
    """Check the table of a settings file; where names it in messages. emulated: as in `load`."""

    def text(section: str, key: str) -> str:
        value = raw.get(section, {}).get(key)
        if not isinstance(value, str) or not value.strip():
            raise BadInput("设置文件有误", f"{where}：[{section}] 缺少 {key}。", "补上这一项后重新启动。")
        return value.strip()

    window_id = text("window", "id")
    if not (
        2 <= len(window_id) <= 6 and window_id.isascii() and window_id.isalnum() and window_id == window_id.upper()
    ):
        raise BadInput("设置文件有误", f"{where}：窗口编号“{window_id}”应为 2–6 位大写字母或数字。", "改正后重新启动。")
    devices = raw.get("devices", {})
    unknown = sorted(set(devices) - set(DEVICE_SLOTS))
    if unknown:
        raise BadInput(
            "设置文件有误", f"{where}：[devices] 中没有“{unknown[0]}”这种设备位。", f"可用：{'、'.join(DEVICE_SLOTS)}。"
        )
    for slot, uri in devices.items():
        if not emulated and str(uri).strip().lower().startswith("emulated:"):
            raise BadInput(
                "设置文件有误",
                f"{where}：[devices] 的 {slot} 是模拟设备，只能在演示模式使用。",
                "填写真实设备的地址，或删去这一行；练习请用演示模式。",
            )
    language = raw.get("language", "zh")
    if language not in ("zh", "en"):
        raise BadInput("设置文件有误", f"{where}：language 只能是 zh 或 en。", "改正后重新启动。")
    watermark = raw.get("watermark", True)
    if not isinstance(watermark, bool):
        raise BadInput("设置文件有误", f"{where}：watermark 只能是 true 或 false。", "改正后重新启动。")
    minutes = raw.get("lock", {}).get("minutes", 5)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 <= minutes <= 240:
        raise BadInput("设置文件有误", f"{where}：[lock] minutes 应为 0–240 的整数（分钟）。", "改正后重新启动。")
    paths = raw.get("paths", {})
    customer_screen = raw.get("customer_screen", "")
    if not isinstance(customer_screen, str):
        raise BadInput("设置文件有误", f"{where}：customer_screen 应为屏幕名称或 window。", "改正后重新启动。")
    return Settings(
        window=Window(window_id, text("window", "name"), text("window", "hall"), text("window", "district")),
        gateway_url=text("gateway", "url"),
        device_id=text("gateway", "device_id"),
        language=language,
        lock_minutes=minutes,
        devices=MappingProxyType({slot: str(uri) for slot, uri in devices.items()}),
        catalog=Path(paths["catalog"]) if "catalog" in paths else None,
        trust=Path(paths["trust"]) if "trust" in paths else None,
        watermark=watermark,
        limits=_limits(raw.get("limits", {}), where),
        trust_rules=_trust_rules(raw.get("trust", {}), where),
        retention=_retention(raw.get("retention", {}), where),
        sync_rules=_sync_rules(raw.get("sync", {}), where),
        packet_key=str(raw.get("gateway", {}).get("packet_key", "")).strip(),
        paper_root=str(raw.get("gateway", {}).get("paper_root", "")).strip(),
        visits=_visit_rules(raw.get("visits", {}), where),
        printing=_print_rules(raw.get("printing", {}), where),
        bridge=read_bridge_rules(raw.get("bridge", {}), where),
        customer_screen=customer_screen.strip(),
    )


def _limits(raw: Mapping[str, Any], where: str) -> Limits:
    days = {"near_days": Limits().near, "owed_days": Limits().owed, **raw}
    for key, value in days.items():
        if key not in ("near_days", "owed_days") or type(value) is not int or not 0 <= value <= _MOST_DAYS:
            raise BadInput(
                "设置文件有误",
                f"{where}：[limits] 的 {key} 应为 0–{_MOST_DAYS} 的整数。",
                "可用 near_days、owed_days，改正后重新启动。",
            )
    return Limits(days["near_days"], days["owed_days"])


def _retention(raw: Mapping[str, Any], where: str) -> RetentionRules:
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


def _sync_rules(raw: Mapping[str, Any], where: str) -> SyncRules:
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


def _print_rules(raw: Mapping[str, Any], where: str) -> PrintRules:
    rules = {**asdict(PrintRules()), **raw}
    if set(rules) != {"preview", "reprint_reason"} or any(type(value) is not bool for value in rules.values()):
        raise BadInput(
            "设置文件有误",
            f"{where}：[printing] 只能有 preview 和 reprint_reason，值为 true 或 false。",
            "改正后重新启动。",
        )
    return PrintRules(**rules)


def _visit_rules(raw: Mapping[str, Any], where: str) -> VisitRules:
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


def _trust_rules(raw: Mapping[str, Any], where: str) -> TrustRules:
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
