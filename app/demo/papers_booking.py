"""Sample data of the 预约单, for previews and tests."""

from __future__ import annotations

import datetime as dt

from app.domain.paper_booking import BookingSlip, Bring


def sample_booking(hall: str) -> BookingSlip:
    """A Saturday in extended hours, with what lacked at the first visit."""
    return BookingSlip(
        code="YW-7K2M-QX4D",
        name="张*",
        day=dt.date(2026, 12, 5),
        time="09:30",
        until="10:00",
        hall=hall,
        purpose="我要开理发店",
        items=("我要开理发店",),
        bring=(
            Bring("公共场所卫生检测报告", "请提交原件 1 份；检测机构盖章；检测日期在一年以内"),
            Bring("经营场所平面图", "请提交复印件 1 份"),
        ),
        phone="138****0011",
        extended=True,
    )
