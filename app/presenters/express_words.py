"""What the screen says of a parcel."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.clock import shanghai
from app.domain.express import Parcel, ParcelState

translate = QCoreApplication.translate

_STATES = {
    ParcelState.QUEUED: QT_TRANSLATE_NOOP("Words", "待下单，承运方恢复后自动下单"),
    ParcelState.ACCEPTED: QT_TRANSLATE_NOOP("Words", "已下单"),
    ParcelState.COLLECTED: QT_TRANSLATE_NOOP("Words", "已揽收"),
    ParcelState.DELIVERED: QT_TRANSLATE_NOOP("Words", "已妥投"),
    ParcelState.CANCELLED: QT_TRANSLATE_NOOP("Words", "已取消寄递"),
    ParcelState.REFUSED: QT_TRANSLATE_NOOP("Words", "承运方不收"),
}


def parcel_facts(parcel: Parcel | None) -> tuple[tuple[str, str], ...]:
    """The lines of a case's facts: how far it is, and its last step; none where nothing is sent."""
    if parcel is None:
        return ()
    state = translate("Words", _STATES[parcel.state])
    words = "　".join(part for part in (state, parcel.mail_no, parcel.reason) if part)
    facts = [(translate("Words", "寄递"), words)]
    if parcel.steps:
        last = parcel.steps[-1]
        facts.append((translate("Words", "寄递轨迹"), f"{shanghai(last.at):%m-%d %H:%M}　{last.words}"))
    return tuple(facts)
