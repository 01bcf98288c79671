"""Why a package cannot be written or opened."""

from __future__ import annotations

from app.domain.errors import BadInput, Refused


class BadArchive(BadInput):
    """The file is no package that can be opened. Nothing of it was used."""

    def __init__(self, what: str, todo: str = "请重新拷贝一次；仍不行，请重新导出。") -> None:
        super().__init__("归档包打不开", what, todo)


class PasswordNeeded(Refused):
    """The package is sealed with a password, and none was given."""

    def __init__(self) -> None:
        super().__init__("归档包用口令加密", "要先输入导出时设的口令。", "请输入口令后再打开。")


class WrongPassword(Refused):
    """It is another password's package."""

    def __init__(self) -> None:
        super().__init__("口令不对", "这不是导出这个归档包时设的口令。", "请核对口令后再试。")


class Cancelled(Refused):
    """A person stopped it; nothing was left behind."""

    def __init__(self) -> None:
        super().__init__("已取消", "没有留下文件，办件不受影响。", "需要时再来一次。")
