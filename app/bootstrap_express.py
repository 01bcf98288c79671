"""Joins a carrier, where the settings name one."""

from __future__ import annotations

from pathlib import Path

from app.domain.clock import Clock
from app.domain.errors import EnvironmentProblem
from app.server.carrier import CarrierClient
from app.services.duty import Duty
from app.services.express import Express
from app.settings import Settings
from offline_db.store import Store


def express_of(settings: Settings, store: Store, clock: Clock, duty: Duty) -> Express:
    """Of one open profile. EnvironmentProblem: the token's file cannot be read. BadInput: an address in the clear."""
    carrier = None
    if settings.carrier_url:
        try:
            token = Path(settings.carrier_token).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise EnvironmentProblem(
                "寄递服务用不了", f"令牌文件读不出：{settings.carrier_token}", "核对设置中的 carrier_token。"
            ) from error
        carrier = CarrierClient(settings.carrier_url, token)
    return Express(store, clock, duty, settings.window, carrier)
