"""How a call to the gateway can fail. Three answers, because there are three things to do next.

`Unreachable`: nobody who is our gateway answered; try again later. `TryLater`: the gateway answered and asks for time.
`Rejected`: the gateway answered and will say the same tomorrow; a person must look.
No text holds a token, a name or a number of a person.
"""

from __future__ import annotations

from typing import Any

from app.domain.errors import EnvironmentProblem, Refused

ABOUT_THE_DEVICE = frozenset({401, 403})
"""Statuses that speak of this device's right to call, not of the record that was sent."""


class Unreachable(EnvironmentProblem):
    """Refused, timed out, reset, cut off, damaged, bad TLS, or a captive portal in the gateway's place."""

    portal = False
    """Did somebody else answer in the gateway's place?"""

    def __init__(self, what: str) -> None:
        super().__init__("平台连接不上", what, "业务照常受理，数据已保存在本机；网络恢复后自动上报。")


class CaptivePortal(Unreachable):
    """Somebody answered who is not our gateway: most often a network that wants a sign-in first."""

    portal = True

    def __init__(self) -> None:
        super().__init__("应答不是来自一窗平台。")
        self.title = "网络要求先登录"
        self.todo = "请用浏览器打开任一网页，登录本地网络；业务照常受理，登录后自动上报。"


class TryLater(EnvironmentProblem):
    """The gateway is there and asks to be called again (408, 409, 425, 429, 5xx).

    retry_after: seconds the gateway asked for, None when it named none. status: the HTTP status.
    """

    def __init__(self, retry_after: float | None = None, status: int = 503, detail: str = "") -> None:
        super().__init__("平台暂时繁忙", detail or f"平台答复 {status}", "无需处理，稍后自动重试。")
        self.retry_after = retry_after
        self.status = status


class Rejected(Refused):
    """A permanent 4xx. status: the HTTP status. detail: the gateway's own words (Chinese)."""

    def __init__(self, status: int, title: str, detail: str = "") -> None:
        super().__init__(title, detail, "请核对后重报，或联系平台管理员。")
        self.status = status
        self.detail = detail

    @property
    def about_the_device(self) -> bool:
        """True when the device itself was turned away; the record may be perfectly good."""
        return self.status in ABOUT_THE_DEVICE


class Outdated(Rejected):
    """412 on an amendment: the case has changed since. current: the platform's document of it (schemas.CURRENT)."""

    def __init__(self, status: int, title: str, detail: str, current: dict[str, Any]) -> None:
        super().__init__(status, title, detail)
        self.current = current


class CursorExpired(Rejected):
    """410 on a feed: the cursor is of another epoch or older than the tombstones. Read the feed from its beginning."""
