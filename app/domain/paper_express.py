"""What the 寄递单 says beyond its cases (app.domain.paper_data)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.express import ParcelState
from app.domain.paper_needs import said


@dataclass(frozen=True, slots=True)
class ExpressSlip:
    """Of the 寄递单. carrier, mail_no: "" while the carrier has not answered. steps: (when, what) as it says."""

    recipient: str
    phone: str
    address: str
    sender: str
    contents: str
    state: ParcelState
    carrier: str = ""
    mail_no: str = ""
    steps: tuple[tuple[dt.datetime, str], ...] = ()

    def __post_init__(self) -> None:
        said("收件人", self.recipient)
        said("联系电话", self.phone)
        said("收件地址", self.address)
        said("寄件单位", self.sender)
        said("内件", self.contents)
