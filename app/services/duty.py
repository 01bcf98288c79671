"""Who serves at this window now: the one place where every service asks for the clerk's name."""

from __future__ import annotations

from app.domain.clerk import Clerk
from app.domain.errors import Refused


class Duty:
    """Changed by app.services.clerks alone; read by all, from any thread (each change is one assignment)."""

    def __init__(self, holder: Clerk | None = None, *, serving: bool = True) -> None:
        self.holder = holder
        self.serving = serving
        """False: 暂停服务, the window is manned and calls nobody."""

    @property
    def clerk(self) -> str:
        """The name for cases, papers and the audit trail. Refused while nobody is signed in."""
        if self.holder is None:
            raise Refused("还没有登录", "没有窗口人员登录，不能办理。", "请先登录。")
        return self.holder.name
