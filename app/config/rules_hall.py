"""Further parts of the settings: what the hall offers its visitors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from app.domain.errors import BadInput

_MOST_RATING_DAYS = 60


@dataclass(frozen=True, slots=True)
class RatingRules:
    """The code 评价码 at which a visitor rates later. url: under which the gateway can be reached from phones; "": no
    codes are made. days: how long one can be used."""

    url: str = ""
    days: int = 15


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


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        return False
