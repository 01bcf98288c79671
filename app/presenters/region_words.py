"""What the screen says of a case that another region decides."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from app.domain.territory import Handover, HandoverState, Territory

translate = QCoreApplication.translate


def handover_words(territory: Territory, handover: Handover | None) -> str:
    """Who decides, and how far it is. handover: None while the platform has said nothing."""
    if handover is None:
        return translate("Words", "{0}：待转办，平台确认后加盖收件专用章").format(territory.name)
    match handover.state:
        case HandoverState.HANDED:
            said = translate("Words", "{0}：已转办，办理地编号 {1}")
            return said.format(territory.name, handover.number)
        case HandoverState.REFUSED:
            return translate("Words", "{0}：办理地退回，原因见消息（F11）").format(territory.name)
        case _:
            return translate("Words", "{0}：待转办，已加盖收件专用章；对方平台恢复后自动转办").format(territory.name)


def territory_facts(territory: Territory | None, handover: Handover | None) -> tuple[tuple[str, str], ...]:
    """The line of a case's facts; none for one that is decided here."""
    return () if territory is None else ((translate("Words", "属地办理"), handover_words(territory, handover)),)
