"""Every setting of settings.toml: its name, what it may be, what it is when nobody says, and the presets.

What a value must be like is checked in app.settings, which reads the whole; this table is for those who list, search,
change and override single ones. A test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.errors import BadInput


class Kind(StrEnum):
    """What a value looks like, and so how it is typed in."""

    TEXT = "text"
    CHOICE = "choice"
    SWITCH = "switch"
    NUMBER = "number"
    LIST = "list"
    TABLE = "table"
    """Names with texts, as [bridge.origins]; typed as `name=words; name=words`."""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting. name: as in the file, `section.key`. default: None where there is none and it must be given.

    choices: of a CHOICE. least, most: of a NUMBER. live: in force at once; the others when the program is opened anew.
    """

    name: str
    kind: Kind
    default: object = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    live: bool = False

    @property
    def group(self) -> str:
        """Under which heading it stands."""
        section = self.name.rpartition(".")[0]
        return {
            "": "screen",
            "lock": "screen",
            "bridge": "bridge",
            "limits": "work",
            "paths": "network",
            "ratings": "work",
            "assist": "work",
            "face": "work",
            "clerk_key": "screen",
            "hours": "work",
        }.get(section, section)

    @property
    def environment(self) -> str:
        """The environment variable that sets it: YICHUANG_LOCK__MINUTES; without a section, YICHUANG__LANGUAGE."""
        section, _, key = self.name.rpartition(".")
        return f"YICHUANG_{section.upper()}__{key.upper()}" if section else f"YICHUANG__{key.upper()}"


def _number(name: str, default: int, least: int, most: int, *, live: bool = False) -> Key:
    return Key(name, Kind.NUMBER, default, least=least, most=most, live=live)


PRESETS = ("counter", "mobile", "demo", "self-service")
SECTIONS = ("window", "lock", "gateway", "sync", "limits", "trust", "retention", "visits", "printing", "bridge",
            "devices", "paths", "updates", "support", "ratings", "hours", "clerk_key", "assist", "face")  # fmt: skip

_OWN = (
    Key("preset", Kind.CHOICE, "counter", PRESETS),
    Key("language", Kind.CHOICE, "zh", ("zh", "en")),
    Key("watermark", Kind.SWITCH, True, live=True),
    Key("customer_screen", Kind.TEXT, ""),
    Key("self_service", Kind.SWITCH, False),
    _number("lock.minutes", 5, 0, 240, live=True),
    Key("window.id", Kind.TEXT),
    Key("window.name", Kind.TEXT),
    Key("window.hall", Kind.TEXT),
    Key("window.district", Kind.TEXT),
    Key("gateway.url", Kind.TEXT),
    Key("gateway.device_id", Kind.TEXT),
    Key("gateway.packet_key", Kind.TEXT, ""),
    Key("gateway.paper_root", Kind.TEXT, ""),
    Key("gateway.carrier_url", Kind.TEXT, ""),
    Key("gateway.carrier_token", Kind.TEXT, ""),
    Key("sync.metered", Kind.SWITCH, False),
    _number("sync.pause_reminder_hours", 4, 0, 72),
    _number("limits.near_days", 2, 0, 60),
    _number("limits.owed_days", 3, 0, 60),
    _number("limits.near_hours", 2, 0, 60),
    Key("trust.keys", Kind.LIST, ()),
    _number("trust.warn_days", 7, 0, 3650),
    _number("trust.max_age_days", 30, 0, 3650),
    _number("retention.files_days", 90, 1, 3650),
    _number("retention.contents_days", 180, 1, 3650),
    _number("retention.prints_days", 180, 1, 3650),
    _number("retention.logs_days", 90, 7, 3650),
    _number("retention.drafts_days", 30, 7, 3650),
    _number("retention.identity_days", 180, 1, 3650),
    _number("visits.days", 7, 1, 30),
    _number("visits.amber_hours", 48, 0, 720),
    _number("visits.red_hours", 12, 0, 720),
    Key("printing.preview", Kind.SWITCH, False),
    Key("printing.reprint_reason", Kind.SWITCH, False),
    Key("printing.finger_too", Kind.SWITCH, False),
    _number("bridge.port", 8761, 1, 65535),
    _number("bridge.document_camera_port", 0, 0, 65535),
    _number("bridge.id_reader_port", 0, 0, 65535),
    _number("bridge.consent_seconds", 30, 10, 120),
    Key("bridge.origins", Kind.TABLE, MappingProxyType({})),
    Key("bridge.card_names", Kind.TABLE, MappingProxyType({})),
    Key("paths.catalog", Kind.TEXT, ""),
    Key("paths.trust", Kind.TEXT, ""),
    Key("updates.automatic", Kind.SWITCH, True),
    Key("updates.keys", Kind.LIST, ()),
    _number("updates.check_hours", 4, 1, 168),
    Key("hours.week", Kind.TEXT, ""),
    Key("hours.extended", Kind.TEXT, ""),
    Key("hours.days", Kind.TEXT, ""),
    Key("ratings.url", Kind.TEXT, ""),
    _number("ratings.days", 15, 1, 60),
    Key("clerk_key.required", Kind.SWITCH, False),
    Key("clerk_key.authority", Kind.TEXT, ""),
    Key("assist.offer", Kind.SWITCH, True),
    _number("assist.old_from", 60, 1, 120),
    _number("assist.young_under", 18, 0, 120),
    Key("face.collect", Kind.SWITCH, False),
    Key("face.card_photo", Kind.TEXT, ""),
    Key("support.crash_reports", Kind.CHOICE, "ask", ("ask", "never")),
)
KEYS: Mapping[str, Key] = MappingProxyType({key.name: key for key in _OWN})

PRESET_VALUES: Mapping[str, Mapping[str, object]] = MappingProxyType({
    "counter": {},
    # Out of the hall: a machine that is left lying locks soon, and a phone's line is not for scans and updates.
    "mobile": {"lock.minutes": 2, "sync.metered": True, "sync.pause_reminder_hours": 2, "visits.amber_hours": 24},
    # A made-up world is half a year old at most and never renewed; nobody is to be locked out of a lesson.
    "demo": {"trust.warn_days": 0, "trust.max_age_days": 0, "updates.automatic": False,
             "support.crash_reports": "never"},
    # Nobody sits there: the machine opens itself to citizens once a clerk signed in, and never locks on its own.
    "self-service": {"self_service": True, "lock.minutes": 0, "watermark": False},
})  # fmt: skip
"""What a preset changes of the defaults. Everything else that is said, anywhere, goes over it."""


def known(name: str) -> Key | None:
    """The setting of this name; a place of [devices] is one as well. None when there is no such."""
    if name.startswith("devices.") and name.count(".") == 1:
        return Key(name, Kind.TEXT, "")
    return KEYS.get(name)


def parse_text(key: Key, text: str, where: str) -> object:
    """A value given as text (environment, command line). BadInput naming where it stood when it is of another kind."""
    stripped = text.strip()
    try:
        match key.kind:
            case Kind.SWITCH:
                return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[stripped.lower()]
            case Kind.NUMBER:
                return int(stripped)
            case Kind.LIST:
                return [part.strip() for part in stripped.split(",") if part.strip()]
            case Kind.TABLE:
                # A Chinese input method writes the full-width ones.
                pairs = (re.split("[=＝]", part, maxsplit=1) for part in re.split("[;；]", stripped) if part.strip())
                return {name.strip(): words.strip() for name, words in pairs}
            case _:
                return text
    except (KeyError, ValueError):
        needs = {Kind.SWITCH: "true 或 false", Kind.NUMBER: "整数", Kind.TABLE: "“名称=内容”，多项用分号分开"}.get(
            key.kind, ""
        )
        raise BadInput("设置有误", f"{where}：{key.name} 应为{needs}。", "改正后重新启动。") from None
