"""Further parts of the settings: what the hall offers its visitors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from app.domain.assisted import AssistRules
from app.domain.errors import BadInput
from app.domain.hours import OpenHours, read_days, read_week

_MOST_RATING_DAYS = 60


@dataclass(frozen=True, slots=True)
class RatingRules:
    """The code 评价码 at which a visitor rates later. url: under which the gateway can be reached from phones; "": no
    codes are made. days: how long one can be used."""

    url: str = ""
    days: int = 15


@dataclass(frozen=True, slots=True)
class KeyRules:
    """Clerks' hardware keys. required: nobody works here without one. authority: a PEM file of the authority that
    issues them, which counts more than what the platform says; "": as the platform says."""

    required: bool = False
    authority: str = ""


@dataclass(frozen=True, slots=True)
class FaceRules:
    """collect: at the self-service screen a result is given only to a face that is alike the card's photograph.
    card_photo: the vendor's program that shows the photograph in a card's chip; "": there is none."""

    collect: bool = False
    card_photo: str = ""


def read_face(raw: Mapping[str, Any], where: str) -> FaceRules:
    """Check [face]. BadInput says what is wrong; where names the file."""
    rules = {**asdict(FaceRules()), **raw}
    collect, card_photo = rules.get("collect"), rules.get("card_photo")
    if set(rules) != {"collect", "card_photo"} or type(collect) is not bool or not isinstance(card_photo, str):
        raise BadInput(
            "设置文件有误",
            f"{where}：[face] 只能有 collect（true 或 false）和 card_photo（显示证件照片的程序）。",
            "改正后重新启动。",
        )
    return FaceRules(collect, card_photo.strip())


def face_toml(rules: FaceRules) -> str:
    """The section as settings.toml writes it."""
    name = json.dumps(rules.card_photo, ensure_ascii=False)
    return f"\n[face]\ncollect = {'true' if rules.collect else 'false'}\ncard_photo = {name}\n"


def assist_toml(rules: AssistRules) -> str:
    """The section as settings.toml writes it."""
    offer = "true" if rules.offer else "false"
    return f"\n[assist]\noffer = {offer}\nold_from = {rules.old_from}\nyoung_under = {rules.young_under}\n"


def read_assist(raw: Mapping[str, Any], where: str) -> AssistRules:
    """Check [assist]. BadInput says what is wrong; where names the file."""
    rules = {**asdict(AssistRules()), **raw}
    old, young = rules.get("old_from"), rules.get("young_under")
    ages = all(type(age) is int and low <= age <= 120 for age, low in ((old, 1), (young, 0)))
    if set(rules) != {"offer", "old_from", "young_under"} or type(rules["offer"]) is not bool or not ages:
        raise BadInput(
            "设置文件有误",
            f"{where}：[assist] 只能有 offer（true 或 false）、old_from 和 young_under（周岁，整数）。",
            "改正后重新启动。",
        )
    return AssistRules(**rules)


def read_clerk_key(raw: Mapping[str, Any], where: str) -> KeyRules:
    """Check [clerk_key]. BadInput says what is wrong; where names the file."""
    rules = {**asdict(KeyRules()), **raw}
    required, authority = rules.get("required"), rules.get("authority")
    if set(rules) != {"required", "authority"} or type(required) is not bool or not isinstance(authority, str):
        raise BadInput(
            "设置文件有误",
            f"{where}：[clerk_key] 只能有 required（true 或 false）和 authority（发证机构的 PEM 文件）。",
            "改正后重新启动。",
        )
    return KeyRules(required, authority.strip())


def read_ratings(raw: Mapping[str, Any], where: str) -> RatingRules:
    """Check [ratings]. BadInput says what is wrong; where names the file."""
    rules = {**asdict(RatingRules()), **raw}
    url, days = rules.get("url"), rules.get("days")
    if set(rules) != {"url", "days"} or type(days) is not int or not 1 <= days <= _MOST_RATING_DAYS:
        raise BadInput(
            "设置文件有误",
            f"{where}：[ratings] 只能有 url 和 days，days 应为 1–{_MOST_RATING_DAYS} 的整数（天）。",
            "改正后重新启动。",
        )
    if not isinstance(url, str) or (url and not _is_address(url)):
        raise BadInput(
            "设置文件有误",
            f"{where}：[ratings] 的 url 应为手机能打开的平台地址，如 https://pj.example；不印评价码的留空。",
            "改正后重新启动。",
        )
    return RatingRules(url.rstrip("/"), days)


def read_hours(raw: Mapping[str, Any], where: str) -> OpenHours:
    """Check [hours]. BadInput says what is wrong; where names the file."""
    texts = {"week": "", "extended": "", "days": "", **raw}
    if set(texts) != {"week", "extended", "days"} or any(not isinstance(text, str) for text in texts.values()):
        raise BadInput(
            "设置文件有误", f"{where}：[hours] 只能有 week、extended 和 days，都是文字。", "改正后重新启动。"
        )
    read = {"week": read_week, "extended": read_week, "days": read_days}
    found = {}
    for name, text in texts.items():
        try:
            found[name] = read[name](text)
        except ValueError:
            example = "2026-12-26 09:00-12:00; 2027-01-01 closed" if name == "days" else "1-5 09:00-12:00 13:30-17:00"
            raise BadInput(
                "设置文件有误", f"{where}：[hours] 的 {name} 读不懂。", f"写法如 {example}，改正后重新启动。"
            ) from None
    return OpenHours(found["week"], found["extended"], found["days"])  # type: ignore[arg-type]


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        return False
