"""How a driver's inner steps say that a call cannot end well; turned into a Reply at the driver's face."""

from __future__ import annotations

from typing import Any

from devices.outcome import Outcome, Reply

NOT_OPEN = "设备尚未打开"


class Failure(Exception):
    """Ends a device call with an outcome other than OK. detail: Chinese, for the clerk."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(f"{outcome}: {detail}")
        self.outcome = outcome
        self.detail = detail

    @property
    def reply(self) -> Reply[Any]:
        return Reply(self.outcome, detail=self.detail)


def cancelled() -> Failure:
    return Failure(Outcome.CANCELLED, "操作已取消")
