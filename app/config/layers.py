"""The layers of the settings over each other, and which of them each value came from.

From below: the program's default, the preset, the user's settings.toml, environment variables (containers), the command
line, and over all of them the site's policy: a file of the machine that users cannot write. What the policy says is
locked.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from app.config.keys import KEYS, PRESET_VALUES, SECTIONS, known, parse_text
from app.domain.errors import BadInput

POLICY_FILE = "policy.toml"
_PREFIX = "YICHUANG_"


class Origin(StrEnum):
    """Which layer a value came from."""

    DEFAULT = "default"
    PRESET = "preset"
    USER = "user"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"
    POLICY = "site policy"


def policy_path(root: Path = Path("/")) -> Path:
    """The site's policy on this machine. root: of the file system (tests).

    On Linux a fixed place, not $XDG_CONFIG_DIRS: what a user can point elsewhere would be no policy.
    """
    if sys.platform == "linux":
        return root / "etc/xdg/yichuang" / POLICY_FILE
    return Path(platformdirs.site_config_dir("yichuang", appauthor=False)) / POLICY_FILE


@dataclass(frozen=True, slots=True)
class Sources:
    """What lies beside the user's file. policy: its file, which need not be there. overrides: of the command line."""

    policy: Path | None = None
    env: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    overrides: tuple[str, ...] = ()

    @classmethod
    def of_machine(cls, overrides: Iterable[str] = ()) -> Sources:
        """This machine's policy and this process's environment. overrides: KEY=VALUE."""
        return cls(policy_path(), dict(os.environ), tuple(overrides))


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place says. where: its name for people: a path, a variable."""

    origin: Origin
    where: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Value:
    """A setting in force. where: the place that said it, empty for a default. locked: by the site's policy."""

    name: str
    value: object
    origin: Origin
    where: str = ""

    @property
    def locked(self) -> bool:
        return self.origin is Origin.POLICY


@dataclass(frozen=True, slots=True)
class Layered:
    """All layers, lowest first. contact: whom the policy names for questions, empty when it names nobody."""

    layers: tuple[Layer, ...]
    contact: str = ""

    def values(self) -> dict[str, Value]:
        """Every setting that is known or said, with where it came from."""
        found = {key.name: Value(key.name, key.default, Origin.DEFAULT) for key in KEYS.values()}
        for layer in self.layers:
            for name, value in layer.values.items():
                found[name] = Value(name, value, layer.origin, layer.where)
        return found

    def document(self) -> dict[str, Any]:
        """What was said, as a settings file would hold it; defaults are left out."""
        return nested({name: value for layer in self.layers for name, value in layer.values.items()})

    def without(self, at: int) -> Layered:
        """The same without one layer."""
        return Layered(self.layers[:at] + self.layers[at + 1 :], self.contact)


def flat(document: Mapping[str, Any]) -> dict[str, object]:
    """A settings file's tables as `section.key`; tables that are one setting stay whole."""
    found: dict[str, object] = {}
    for name, value in document.items():
        if name not in SECTIONS or not isinstance(value, Mapping):
            found[name] = value
            continue
        for key, inner in value.items():
            found[f"{name}.{key}"] = inner
    return found


def nested(values: Mapping[str, object]) -> dict[str, Any]:
    """The reverse of `flat`."""
    document: dict[str, Any] = {}
    for name, value in values.items():
        section, _, key = name.partition(".")
        if section in SECTIONS and key:
            document.setdefault(section, {})[key] = value
        else:
            document[name] = value
    return document


def layered(user: Mapping[str, Any], where: str, sources: Sources) -> Layered:
    """Lay what was said over each other. user: the settings file's tables; where: its name.

    BadInput: a variable or an option names no setting, or the policy cannot be read.
    """
    own = Layer(Origin.USER, where, flat(user))
    layers = [own, *_environment(sources.env)]
    if (said := _command_line(sources.overrides)) is not None:
        layers.append(said)
    contact = ""
    if sources.policy is not None and (document := _policy(sources.policy)) is not None:
        contact = str(document.pop("contact", ""))
        layers.append(Layer(Origin.POLICY, str(sources.policy), flat(document)))
    return Layered((*_preset(layers), *layers), contact)


def _preset(layers: list[Layer]) -> list[Layer]:
    chosen = "counter"
    for layer in layers:
        chosen = str(layer.values.get("preset", chosen))
    values = PRESET_VALUES.get(chosen)
    return [Layer(Origin.PRESET, chosen, values)] if values else []


def _environment(env: Mapping[str, str]) -> list[Layer]:
    layers = []
    names = {key.environment: key for key in KEYS.values()}
    for variable, text in sorted(env.items()):
        if not variable.startswith(_PREFIX) or "__" not in variable:
            continue  # YICHUANG_GATEWAY_DB and the like are no settings
        key = names.get(variable)
        if key is None and variable.startswith("YICHUANG_DEVICES__"):
            key = known(f"devices.{variable.removeprefix('YICHUANG_DEVICES__').lower()}")
        if key is None:
            raise BadInput(
                "设置有误", f"环境变量 {variable} 不是“一窗”的设置。", "核对名称，运行 yichuang doctor 查看。"
            )
        layers.append(Layer(Origin.ENVIRONMENT, variable, {key.name: parse_text(key, text, variable)}))
    return layers


def _command_line(overrides: Iterable[str]) -> Layer | None:
    values: dict[str, object] = {}
    for said in overrides:
        name, equals, text = said.partition("=")
        key = known(name.strip())
        if key is None or not equals:
            raise BadInput("设置有误", f"--setting {said}", "应写作 名称=值，例如 lock.minutes=10。")
        values[key.name] = parse_text(key, text, "--setting")
    return Layer(Origin.COMMAND_LINE, "--setting", values) if values else None


def _policy(path: Path) -> dict[str, Any] | None:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        # What cannot be read might lock something: no guessing.
        raise BadInput("站点策略读不了", f"{path}：{error}", "请联系管理员改正策略文件。") from error
    for name in flat(document):
        if name != "contact" and known(name) is None:
            raise BadInput("站点策略有误", f"{path}：没有“{name}”这一项设置。", "请联系管理员改正策略文件。")
    return document


def shown(value: object) -> str:
    """A value in one line, as it would be typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={words}" for name, words in value.items())
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value)
