"""The window's settings: frozen, read once from settings.toml in the profile folder and what lies over it.

Where each value came from: app.config.layers; the table of all of them: app.config.keys.

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

from app.config import rules_hall
from app.config.keys import PRESETS
from app.config.layers import Layered, Origin, Sources, layered
from app.config.rules import Limits as Limits
from app.config.rules import PrintRules as PrintRules
from app.config.rules import SyncRules as SyncRules
from app.config.rules import TrustRules as TrustRules
from app.config.rules import UpdateRules as UpdateRules
from app.config.rules import VisitRules as VisitRules
from app.config.rules import (
    read_limits,
    read_printing,
    read_retention,
    read_sync,
    read_trust,
    read_updates,
    read_visits,
)
from app.config.rules_hall import KeyRules as KeyRules
from app.config.rules_hall import RatingRules as RatingRules
from app.domain.assisted import AssistRules
from app.domain.case import Window
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.hours import OpenHours, hours_texts
from app.domain.lending import BridgeRules, bridge_toml, read_bridge_rules
from app.domain.retention import RetentionRules

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
    "clerk_key",
)
"""The places a device can take at a counter, each set to a URI in [devices]: devices.slots, whose import would load
what pictures need; a test holds the two together. The second printers take over when the clerk says so."""


EXAMPLE = """\
# Yichuang settings. Lines with # are notes.
language = "zh"                 # zh or en
# customer_screen = "HDMI-1"    # the citizen's screen: name of the second screen, or "window"
watermark = true                # clerk, window and time, faint over the screen
preset = "counter"              # counter, mobile, demo or self-service: what is usual there (docs/settings.md)

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
near_hours = 2                  # so many hours before the end of a limit of half days

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
identity_days = 180             # keys behind the hashes in records of checks of identity

[visits]                        # visit packs taken along, offline
days = 7                        # how long one holds, 1–30
amber_hours = 48                # and from how many hours before its end on it is warned of
red_hours = 12

[printing]
preview = false                 # true: every paper is looked at before it is printed
reprint_reason = false          # true: a paper is printed again only with a reason
finger_too = false              # true: under a commitment a finger is pressed beside the signature

[ratings]                       # the code on a notice at which its visitor rates later
url = ""                        # the gateway's address for phones; empty: no codes
days = 15                       # how long one can be used

[hours]                         # when this desk is open; empty: nothing is said of it
week = ""                       # working days, 1 Monday … 7 Sunday: "1-5 09:00-12:00 13:30-17:00"
extended = ""                   # beyond them, 5+X: "2,4 17:00-19:00; 6 09:00-12:00"
days = ""                       # single days: "2026-12-26 09:00-12:00; 2027-01-01 closed"

[clerk_key]                     # the clerks' own hardware keys (docs/devices.md)
required = false                # true: nobody works here without one
authority = ""                  # PEM file of the authority; empty: as the platform says

[assist]                        # assisted visits 帮办
offer = true                    # false: switched on by hand alone
old_from = 60                   # offered from so many years on
young_under = 18                # and below so many

[face]
collect = false                 # true: results at the self-service screen only after face and card agree
card_photo = ""                 # the vendor's program that shows the photograph in a card's chip

[updates]                       # new versions from the gateway (docs/updates.md)
automatic = true                # fetch and check them behind the work; in force when the program is opened anew
check_hours = 4
keys = []                       # public keys of their publisher, as given at enrolment; none: no updates

[support]
crash_reports = "ask"           # ask: after a fault, whether its report may be sent; never: it only stays here

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
    limits: Limits = field(default_factory=Limits)
    trust_rules: TrustRules = field(default_factory=TrustRules)
    retention: RetentionRules = field(default_factory=RetentionRules)
    sync_rules: SyncRules = field(default_factory=SyncRules)
    packet_key: str = ""
    """The gateway's public key for packets on a stick; empty: as its feed says."""
    paper_root: str = ""
    """The gateway's public key that certifies the windows' papers; empty: the first one it names is kept."""
    carrier_url: str = ""
    """The carrier's order service 寄递; empty: nothing is sent from this window."""
    carrier_token: str = ""
    """The file with its token."""
    visits: VisitRules = field(default_factory=VisitRules)
    printing: PrintRules = field(default_factory=PrintRules)
    bridge: BridgeRules = field(default_factory=BridgeRules)
    """To which browser systems this window lends its devices."""
    customer_screen: str = ""
    """The second screen's name as the system gives it, "window" for a window of its own, empty for none."""
    preset: str = "counter"
    """What the machine is for (app.config.keys.PRESETS)."""
    self_service: bool = False
    """Opens for citizens as soon as a clerk has signed in."""
    updates: UpdateRules = field(default_factory=UpdateRules)
    ratings: RatingRules = field(default_factory=RatingRules)
    hours: OpenHours = field(default_factory=OpenHours)
    """When this desk is open."""
    clerk_key: KeyRules = field(default_factory=KeyRules)
    assist: AssistRules = field(default_factory=AssistRules)
    """To whom an assisted visit is offered."""
    face: rules_hall.FaceRules = field(default_factory=rules_hall.FaceRules)
    crash_reports: str = "ask"
    """After a fault: "ask" whether its report may be sent, or "never"."""


def as_toml(settings: Settings) -> str:
    """The settings as a settings.toml that `load` reads back as the same."""

    def line(key: str, value: object) -> str:
        # A JSON string is a TOML basic string.
        return f"{key} = {json.dumps(str(value), ensure_ascii=False)}\n"

    window = settings.window
    text = line("language", settings.language) + line("preset", settings.preset)
    text += f"self_service = {'true' if settings.self_service else 'false'}\n"
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
    if settings.carrier_url:
        text += line("carrier_url", settings.carrier_url) + line("carrier_token", settings.carrier_token)
    sync = settings.sync_rules
    text += f"\n[sync]\nmetered = {'true' if sync.metered else 'false'}\n"
    text += f"pause_reminder_hours = {sync.pause_reminder_hours}\n"
    text += "\n[devices]\n" + "".join(line(slot, uri) for slot, uri in settings.devices.items())
    limits = settings.limits
    text += f"\n[limits]\nnear_days = {limits.near}\nowed_days = {limits.owed}\nnear_hours = {limits.near_hours}\n"
    rules = settings.trust_rules
    keys = ", ".join(json.dumps(key) for key in rules.keys)
    text += f"\n[trust]\nkeys = [{keys}]\nwarn_days = {rules.warn_days}\nmax_age_days = {rules.max_age_days}\n"
    kept = asdict(settings.retention)
    text += "\n[retention]\n" + "".join(f"{kind}_days = {days}\n" for kind, days in kept.items())
    packs = settings.visits
    text += f"\n[visits]\ndays = {packs.days}\namber_hours = {packs.amber_hours}\nred_hours = {packs.red_hours}\n"
    rules_of = asdict(settings.printing)
    text += "\n[printing]\n" + "".join(f"{key} = {'true' if on else 'false'}\n" for key, on in rules_of.items())
    rated = settings.ratings
    text += "\n[ratings]\n" + line("url", rated.url) + f"days = {rated.days}\n"
    text += "\n[hours]\n" + "".join(line(name, words) for name, words in hours_texts(settings.hours).items())
    text += f"\n[clerk_key]\nrequired = {'true' if settings.clerk_key.required else 'false'}\n"
    text += line("authority", settings.clerk_key.authority)
    text += rules_hall.assist_toml(settings.assist) + rules_hall.face_toml(settings.face)
    fresh = settings.updates
    keys = ", ".join(json.dumps(key) for key in fresh.keys)
    text += f"\n[updates]\nautomatic = {'true' if fresh.automatic else 'false'}\ncheck_hours = {fresh.check_hours}\n"
    text += f"keys = [{keys}]\n\n[support]\n" + line("crash_reports", settings.crash_reports)
    text += bridge_toml(settings.bridge, lambda words: json.dumps(words, ensure_ascii=False))
    paths = {"catalog": settings.catalog, "trust": settings.trust}
    text += "\n[paths]\n" + "".join(line(key, path) for key, path in paths.items() if path is not None)
    return text


def load(path: Path, *, emulated: bool = False, sources: Sources | None = None) -> Settings:
    """Read settings.toml and what lies over it. emulated: this is demo mode, where devices may be emulators.
    sources: what lies over it; None: this machine's policy and environment, but nothing over a demo's.

    EnvironmentProblem when nothing is set at all, BadInput naming what is wrong and where.
    """
    return judge(read_layers(path, sources or (Sources() if emulated else Sources.of_machine())), emulated=emulated)


def read_layers(path: Path, sources: Sources) -> Layered:
    """What settings.toml and what lies over it say, not yet checked. The file may lack where others say enough."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raw = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise BadInput("设置文件有误", f"{path}：{exc}", "改正该行后重新启动。") from exc
    found = layered(raw, str(path), sources)
    if not raw and not path.exists() and not {"window", "gateway"} <= set(found.document()):
        raise EnvironmentProblem(
            "还没有设置", f"找不到设置文件 {path}。", "运行 yichuang doctor --write-settings 生成一份样例并填写。"
        )
    return found


def judge(found: Layered, *, emulated: bool = False) -> Settings:
    """Check all layers together. BadInput names the layer without which all would be well, else the user's file."""
    own = next(layer.where for layer in found.layers if layer.origin is Origin.USER)
    try:
        return parse(found.document(), own, emulated=emulated)
    except BadInput:
        for at, layer in enumerate(found.layers):
            if layer.origin is Origin.USER:
                continue
            try:
                parse(found.without(at).document(), own, emulated=emulated)
            except BadInput:
                continue
            parse(found.document(), layer.where, emulated=emulated)
        raise


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
    preset = raw.get("preset", "counter")
    if preset not in PRESETS:
        raise BadInput("设置文件有误", f"{where}：preset 只能是 {'、'.join(PRESETS)}。", "改正后重新启动。")
    self_service = raw.get("self_service", False)
    if not isinstance(self_service, bool):
        raise BadInput("设置文件有误", f"{where}：self_service 只能是 true 或 false。", "改正后重新启动。")
    crash_reports = raw.get("support", {}).get("crash_reports", "ask")
    if crash_reports not in ("ask", "never") or set(raw.get("support", {})) - {"crash_reports"}:
        raise BadInput("设置文件有误", f"{where}：[support] 的 crash_reports 只能是 ask 或 never。", "改正后重新启动。")
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
        catalog=Path(paths["catalog"]) if paths.get("catalog") else None,
        trust=Path(paths["trust"]) if paths.get("trust") else None,
        watermark=watermark,
        limits=read_limits(raw.get("limits", {}), where),
        trust_rules=read_trust(raw.get("trust", {}), where),
        retention=read_retention(raw.get("retention", {}), where),
        sync_rules=read_sync(raw.get("sync", {}), where),
        packet_key=str(raw.get("gateway", {}).get("packet_key", "")).strip(),
        paper_root=str(raw.get("gateway", {}).get("paper_root", "")).strip(),
        carrier_url=str(raw.get("gateway", {}).get("carrier_url", "")).strip(),
        carrier_token=str(raw.get("gateway", {}).get("carrier_token", "")).strip(),
        visits=read_visits(raw.get("visits", {}), where),
        printing=read_printing(raw.get("printing", {}), where),
        bridge=read_bridge_rules(raw.get("bridge", {}), where),
        customer_screen=customer_screen.strip(),
        preset=preset,
        self_service=self_service,
        updates=read_updates(raw.get("updates", {}), where),
        crash_reports=crash_reports,
        hours=rules_hall.read_hours(raw.get("hours", {}), where),
        clerk_key=rules_hall.read_clerk_key(raw.get("clerk_key", {}), where),
        ratings=rules_hall.read_ratings(raw.get("ratings", {}), where),
        assist=rules_hall.read_assist(raw.get("assist", {}), where),
        face=rules_hall.read_face(raw.get("face", {}), where),
    )
