"""The dialog that books the next visit, for the gallery: two weeks from a Saturday on."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtWidgets import QWidget

from app.domain.shared_data import Booking, BookingDay, BookingSlot
from app.presenters.booking_words import day_view, mine_view
from widgets.dialogs.book_ahead import BookAheadDialog
from widgets.views import Tone
from widgets.views_booking import DayView, MineView

TODAY = dt.date(2026, 11, 21)
CODE = "YW-7K2M-QX4D"


def slots(first: int, last: int, left: int, *, extended: bool = False) -> tuple[BookingSlot, ...]:
    """Half hours from one hour to another; every third is full."""

    def clock(at: int) -> str:
        return f"{at // 60:02d}:{at % 60:02d}"

    return tuple(
        BookingSlot(clock(at), clock(at + 30), extended, left if at % 90 else 0)
        for at in range(first * 60, last * 60, 30)
    )


def day(ahead: int) -> BookingDay:
    """Weekdays from nine to five with a long Tuesday, Saturdays in extended hours, Sundays closed; the first Wednesday
    is full, today is over."""
    when = TODAY + dt.timedelta(days=ahead)
    weekday = when.isoweekday()
    if weekday == 7:
        return BookingDay(when, False, ())
    if ahead == 0:
        return BookingDay(when, True, ())
    if weekday == 6:
        return BookingDay(when, True, slots(9, 12, 1, extended=True))
    left = 0 if ahead == 4 else 2
    late = slots(17, 19, 1, extended=True) if weekday == 2 else ()
    return BookingDay(when, True, slots(9, 12, left) + slots(13, 17, left) + late)


def days() -> list[DayView]:
    """In the language in force."""
    return [day_view(day(ahead), TODAY) for ahead in range(14)]


def booking(code: str = CODE, ahead: int = 3, time: str = "17:30", *, outside: bool = False) -> Booking:
    when = TODAY + dt.timedelta(days=ahead)
    made = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
    return Booking(code, "王㛃", "330503195809230421", when, time, ("x",), made, outside=outside)


def bookings() -> list[MineView]:
    """One that stands, one that a new calendar left outside."""
    outside = booking("YS-5X2P-0099", 8, "12:15", outside=True)
    return [mine_view(booking(), "我要开理发店"), mine_view(outside, "残疾人两项补贴申领、社会保障卡申领")]


def shown(*, mine: bool = False) -> BookAheadDialog:
    """Two weeks, the first free place marked."""
    dialog = BookAheadDialog()
    dialog.start("张*　我要开理发店", "13857200011")
    dialog.set_days(days(), later=True)
    dialog.set_mine(bookings() if mine else ())
    return dialog


def windows() -> dict[str, QWidget]:
    """Every state."""
    full, moving, booked, offline = shown(), shown(mine=True), shown(mine=True), shown()
    full.day_table.selectRow(4)
    moving.findChild(QWidget, "book_move").click()  # type: ignore[union-attr]
    moving.day_table.selectRow(7)
    booked.say("已约好：11月24日 周二 17:30。Alt+P 打印预约单，Esc 关闭。", Tone.SUCCESS)
    offline.set_days(())
    offline.say("平台连不上：余下的号只有联网时才知道。已选的都留着，连上后自动读取；也可以按 Alt+R。", Tone.WARNING)
    refused = shown()
    refused.say(
        "这个时段已约满：11月23日（星期一）9:30–10:00 的 2 个号已约完号源已重新读取，请另选一个时间。", Tone.WARNING
    )
    return {
        "d-booking": shown(),
        "d-booking-full": full,
        "d-booking-moving": moving,
        "d-booking-made": booked,
        "d-booking-offline": offline,
        "d-booking-refused": refused,
    }
