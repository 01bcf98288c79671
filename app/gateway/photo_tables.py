"""Tables of people's photographs; part of app.gateway.tables."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from app.gateway.tables import metadata

# 一窗通拍: photographs of people that any window may use, with consent. person_key: a keyed digest of the number; "" of
# one that was taken back before it came. state: a word of app.domain.photo.PhotoStanding. picture: encrypted; empty
# once it ended. until: a legal day.
photos = Table(
    "photos",
    metadata,
    Column("photo_id", Text, primary_key=True),
    Column("person_key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("picture", LargeBinary, nullable=False),
    Column("taken_at", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("ended_at", Text),
    Index("photos_person", "person_key"),
    Index("photos_until", "until"),
)

# Every use of them. Names nobody but the clerk.
photo_log = Table(
    "photo_log",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("visit_id", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("photo_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index("photo_log_at", "at"),
    Index("photo_log_device", "device_id", "at"),
    Index("photo_log_photo", "photo_id"),
)
