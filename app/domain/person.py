"""People and the cards that name them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from enum import StrEnum

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)


class CardType(StrEnum):
    """The four text layouts of the resident-ID reader (GA/T 467-2019, GA/T 490-2019)."""

    RESIDENT = "resident"
    HMT = "hmt"
    """Residence permit for Hong Kong, Macau and Taiwan residents (type J)."""
    FOREIGNER_2017 = "foreigner2017"
    FOREIGNER_2023 = "foreigner2023"

    @property
    def label(self) -> str:
        return {
            CardType.RESIDENT: "居民身份证",
            CardType.HMT: "港澳台居民居住证",
            CardType.FOREIGNER_2017: "外国人永久居留身份证（2017版）",
            CardType.FOREIGNER_2023: "外国人永久居留身份证（2023版）",
        }[self]


LONG_TERM = "长期"


@dataclass(frozen=True, slots=True)
class IdCard:
    """What an ID reader read. Absent fields are None; the fields and their names are the command line's interface.

    sex: 男 / 女 / 未知 / 未说明 (GB/T 2261.1). nation: the name (GB/T 3304), e.g. 汉. birth, valid_from: YYYY-MM-DD;
    valid_to: YYYY-MM-DD or 长期. nationality: ISO 3166-1 alpha-3.
    """

    type: CardType
    name: str | None = None
    name_en: str | None = None
    sex: str | None = None
    nation: str | None = None
    birth: str | None = None
    address: str | None = None
    number: str | None = None
    issuer: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    nationality: str | None = None
    pass_number: str | None = None
    issue_count: str | None = None

    def expired(self, today: dt.date) -> bool:
        """Is it past its last day? Not when it says none, nor in the long term."""
        return bool(self.valid_to) and self.valid_to != LONG_TERM and str(self.valid_to) < today.isoformat()

    def as_json(self) -> dict[str, str | None]:
        return {key: None if value is None else str(value) for key, value in asdict(self).items()}


def mask(number: str) -> str:
    """A personal number with its middle hidden, for screens and logs; of an identity number at least half.

    330106199001011234 -> 3301**********1234, E12345678 -> E1*****78; a mobile phone as receipts show it,
    138****0011; up to 8 characters: all hidden.
    """
    if len(number) <= 8:
        return "*" * len(number)
    if _MOBILE.fullmatch(number):
        return number[:3] + "****" + number[-4:]
    shown = min(4, len(number) // 4)
    return number[:shown] + "*" * (len(number) - 2 * shown) + number[-shown:]


def mask_name(name: str) -> str:
    """A name with all but its first character hidden: 张伟 -> 张*."""
    return name[:1] + "*" * max(len(name) - 1, 0)
