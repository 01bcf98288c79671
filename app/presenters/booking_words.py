"""Days, slots and bookings in words for the screen."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.shared_data import Booking, BookingDay, BookingSlot
from widgets.i18n import core_words
from widgets.views_booking import DayView, MineView, SlotView

translate = QCoreApplication.translate

_WEEKDAYS = (
    QT_TRANSLATE_NOOP("Booking", "周一"), QT_TRANSLATE_NOOP("Booking", "周二"), QT_TRANSLATE_NOOP("Booking", "周三"),
    QT_TRANSLATE_NOOP("Booking", "周四"), QT_TRANSLATE_NOOP("Booking", "周五"), QT_TRANSLATE_NOOP("Booking", "周六"),
    QT_TRANSLATE_NOOP("Booking", "周日"),
)  # fmt: skip


def day_words(day: dt.date, today: dt.date | None = None) -> str:
    """12月5日 周六; with 今天 and 明天 where they are, as seen from a day."""
    weekday = translate("Booking", _WEEKDAYS[day.weekday()])
    words = translate("Booking", "{0}月{1}日 {2}").format(day.month, day.day, weekday)
    ahead = (day - today).days if today is not None else -1
    near = {0: translate("Booking", "今天"), 1: translate("Booking", "明天")}.get(ahead)
    return translate("Booking", "{0}（{1}）").format(words, near) if near else words


def day_view(day: BookingDay, today: dt.date) -> DayView:
    """A day with its slots. Closed days stand there too: the visitor asks for them."""
    if not day.open:
        state = translate("Booking", "不开放")
    elif not day.slots:
        state = translate("Booking", "已过")
    elif not day.left:
        state = translate("Booking", "约满")
    else:
        state = translate("Booking", "余 {0}").format(day.left)
    slots = tuple(SlotView(slot.time, span_words(slot), slot.left, slot.extended) for slot in day.slots)
    return DayView(day.day.isoformat(), day_words(day.day, today), state, slots)


def span_words(slot: BookingSlot) -> str:
    """09:30–10:00."""
    return f"{slot.time}–{slot.until}"


def mine_view(booking: Booking, titles: str) -> MineView:
    """A booking that the visitor has."""
    when = translate("Booking", "{0} {1}").format(day_words(booking.day), booking.time)
    about = core_words(titles) if titles else translate("Booking", "来窗口办理")
    return MineView(booking.code, when, about, booking.outside)
