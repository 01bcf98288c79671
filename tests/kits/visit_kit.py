"""Made-up visits, and what is asked of the gateway about them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from gateway_kit import NOW, id_number

from app.domain.clock import isoformat, shanghai

VISIT = "WF-2026-0001"
NUMBER = id_number(7)


def visit_document(visit_id: str = VISIT, days_ahead: int = 0, **changes: Any) -> dict[str, Any]:
    """A visit at a barber's who is about to open, with a rare name."""
    day = shanghai(NOW).date() + dt.timedelta(days=days_ahead)
    known = {"key": "business.name", "value": "𠮷祥㛃理发店", "label": "电话登记", "at": isoformat(NOW)}
    return {
        "id": visit_id,
        "day": day.isoformat(),
        "time": "14:30",
        "title": "𠮷祥㛃理发店",
        "area": "南浔区㛃䶮镇",
        "items": ["open-a-barber-shop"],
        "place": "㛃䶮镇𬭚桥街 18 号",
        "firm": {
            "name": "𠮷祥㛃理发店",
            "uscc": "",
            "address": "㛃䶮镇𬭚桥街 18 号",
            "contacts": [{"name": "王㛃", "phone": "13900000000", "role": "负责人"}],
        },
        "people": [{"name": "王㛃", "number": NUMBER, "role": "负责人", "phone": "13900000000", "facts": []}],
        "answers": {},
        "facts": [known],
        "note": "现场没有网络",
        **changes,
    }


def asked(window: str = "M01", days: int = 7, clerk: str = "李敏") -> dict[str, Any]:
    """The body of a check-out."""
    return {"window_id": window, "clerk": clerk, "days": days, "catalog_version": "2026.11"}


def key() -> str:
    return str(uuid.uuid4())
