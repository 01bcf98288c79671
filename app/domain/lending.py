"""The rules by which a window lends its devices to the departments' browser systems: the [bridge] of the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from app.domain.errors import BadInput

PORT = 8761
"""Where browser systems find the bridge."""
_ORIGIN = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::([0-9]{1,5}))?")
_DEFAULT = {"http": 80, "https": 443}
_NUMBERS = {"port": (PORT, 1, 65535), "document_camera_port": (0, 0, 65535), "id_reader_port": (0, 0, 65535),
            "consent_seconds": (30, 10, 120)}  # fmt: skip
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class BridgeRules:
    """To whom, and where. origins: exact web origin -> what the clerk knows that system as; none: nothing is lent.

    document_camera_port, id_reader_port: of the two loopback conventions of the field (38088, 1919); 0: not served.
    consent_seconds: how long the clerk is asked. card_names: our name of a card's field -> what pages of those
    conventions call it.
    """

    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    port: int = PORT
    document_camera_port: int = 0
    id_reader_port: int = 0
    consent_seconds: int = 30
    card_names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def on(self) -> bool:
        return bool(self.origins)


def exact_origin(text: str) -> str:
    """A web origin as browsers send it (RFC 6454 §6.2): scheme, host, and the port unless it is the usual one.

    ValueError for anything else: a path, a wildcard, `null`, letters beyond ASCII (write the Punycode form).
    """
    found = _ORIGIN.fullmatch(text)
    port = found[3] if found else None
    if found is None or ".." in text or (port is not None and not 0 < int(port) < 65536):
        raise ValueError(text)
    usual = port is None or int(port) == _DEFAULT[found[1]]
    return f"{found[1]}://{found[2]}" + ("" if usual else f":{int(port or 0)}")


def read_bridge_rules(raw: Mapping[str, Any], where: str) -> BridgeRules:
    """Check the [bridge] table of a settings file; where names the file in messages. BadInput says what is wrong."""
    numbers = {}
    for key, (usual, least, most) in _NUMBERS.items():
        value = raw.get(key, usual)
        if type(value) is not int or not least <= value <= most:
            raise _wrong(where, f"{key} 应为 {least}–{most} 的整数")
        numbers[key] = value
    if unknown := sorted(set(raw) - set(_NUMBERS) - {"origins", "card_names"}):
        raise _wrong(where, f"没有“{unknown[0]}”这一项")
    used = [value for key, value in numbers.items() if key.endswith("port") and value]
    if len(used) != len(set(used)):
        raise _wrong(where, "的几个端口不能相同")
    origins, names = _texts(raw, "origins", where), _texts(raw, "card_names", where)
    for origin, name in origins.items():
        try:
            exact = exact_origin(origin) == origin
        except ValueError:
            exact = False
        if not exact:
            raise _wrong(where, f"origins 的“{origin[:60]}”不是完整的网页来源，例如 https://hunyin.example")
        if len(name) > _LONGEST_NAME:
            raise _wrong(where, f"origins 的系统名称“{name[:60]}”最多 {_LONGEST_NAME} 个字")
    return BridgeRules(MappingProxyType(origins), card_names=MappingProxyType(names), **numbers)


def bridge_toml(rules: BridgeRules, quoted: Any) -> str:
    """The tables of a settings.toml that `read_bridge_rules` reads back as the same. quoted: a text as TOML has it."""
    if rules == BridgeRules():
        return ""
    text = "\n[bridge]\n" + "".join(f"{key} = {getattr(rules, key)}\n" for key in _NUMBERS)
    for name, table in (("origins", rules.origins), ("card_names", rules.card_names)):
        text += f"\n[bridge.{name}]\n" + "".join(f"{quoted(key)} = {quoted(value)}\n" for key, value in table.items())
    return text


def _texts(raw: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
    table = raw.get(key, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) and value.strip() for value in table.values()):
        raise _wrong(where, f"{key} 应为一张表，每一项写一个名称")
    return {name: value.strip() for name, value in table.items()}


def _wrong(where: str, what: str) -> BadInput:
    return BadInput("设置文件有误", f"{where}：[bridge] {what}。", "改正后重新启动。")
