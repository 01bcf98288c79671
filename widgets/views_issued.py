"""What is shown of an e-licence that the platform issued for a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssuedView:
    """title: the licence's name. who: holder and number, masked. rows: caption and words. modules: of the QR symbol,
    dark is True, without quiet zone. on_screen: it stands on the citizen's screen now."""

    title: str
    who: str
    rows: tuple[tuple[str, str], ...]
    modules: tuple[tuple[bool, ...], ...]
    on_screen: bool = False


@dataclass(frozen=True, slots=True)
class CodeOnScreen:
    """The same for its holder. words: what to do with it."""

    title: str
    who: str
    words: str
    modules: tuple[tuple[bool, ...], ...]
