"""What the two interfaces of the field share: pages that cannot pair and state no purpose.

Only what domain facts §5 know of them is spoken; [?] marks what no source says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.bridge.desk import BridgeDesk
from app.bridge.loans import TERMS, Lent, Loan, Wish
from app.bridge.problems import Problem

GOOD, BAD = "0", "1"
"""reply code=="0" is known to be success [V]; what a failure says is not: ours is "1" [?]."""
PURPOSE = "对方网页没有说明用途"
CARD = ("name", "sex", "nation", "birth", "address", "number", "issuer", "valid_from", "valid_to")
"""What is on a card's two faces. The old pages ask for a card and mean all of it."""


class OldDesk:
    """The desk as the old interfaces use it. names: our name of a card's field -> what the pages call it."""

    def __init__(self, desk: BridgeDesk, names: Mapping[str, str]) -> None:
        self.desk = desk
        self._names = names

    def admitted(self, origin: str) -> bool:
        """May its pages use the old interfaces? If not, the clerk hears of it."""
        if self.desk.pairings.may_use_old(origin):
            return True
        self.desk.attendant.turned_away(origin)
        return False

    async def card(self, origin: str) -> dict[str, Any]:
        """Read an ID card. Field names are ours unless the settings say others [?]."""
        lent = await self.lend(origin, wish(Loan.ID_CARD, CARD))
        data = lent.data or {}
        return {"code": code_of(lent), **{self._names.get(name, name): value or "" for name, value in data.items()}}

    async def picture(self, origin: str, asked: Wish) -> dict[str, Any]:
        """A page, a portrait or a signature as `photoBase64` (JPEG; of a signature PNG [?])."""
        lent = await self.lend(origin, asked)
        data = lent.data or {}
        return {"code": code_of(lent), **({"photoBase64": data.get("jpeg") or data.get("picture")} if data else {})}

    async def lend(self, origin: str, asked: Wish) -> Lent:
        """Lend; a refusal is a failed device to these pages."""
        try:
            return await self.desk.lend(origin, asked, old=True)
        except Problem as problem:
            return Lent(problem.name, problem.title)


def wish(loan: Loan, fields: tuple[str, ...] = (), options: Mapping[str, Any] | None = None) -> Wish:
    """What an old page means: everything in full, for a purpose it does not say."""
    return Wish(loan, PURPOSE, fields, fields, options or {}, TERMS[loan].seconds[0])


def code_of(lent: Lent) -> str:
    return GOOD if lent.outcome == "OK" else BAD


def jpeg_part(data: bytes) -> bytes:
    """A picture in a multipart/x-mixed-replace stream, as an <img> shows it."""
    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data + b"\r\n"


def number_in(document: Mapping[str, Any], key: str, usual: int, least: int, most: int) -> int:
    """A number that pages send as number or text; anything else is the usual one."""
    try:
        value = int(document.get(key, usual))
    except (TypeError, ValueError, OverflowError):
        return usual
    return value if least <= value <= most else usual


def yes_in(document: Mapping[str, Any], key: str) -> bool:
    return str(document.get(key, "")).lower() in ("1", "true")
