"""Urgent handling 加急: asked for in the form where an item offers it, with a reason; its clock is the shorter one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.item import Item

URGENCY = "handling.urgency"
"""The form's question 办理时限."""
URGENT = "urgent"
REASON = "handling.urgent_reason"


def wants_urgency(form: Mapping[str, Any]) -> bool:
    """Does a filled-in form ask for it? form: key -> value."""
    return form.get(URGENCY) == URGENT


def is_urgent(item: Item, form: Mapping[str, str]) -> bool:
    """Is it asked for, of an item that offers it?"""
    return item.urgent_days > 0 and wants_urgency(form)


def days_of(item: Item, form: Mapping[str, str]) -> float:
    """承诺时限 in working days that holds for this case; a number and a half for a limit that runs by sessions."""
    return item.urgent_days if is_urgent(item, form) else item.promised_days


def halves_of(item: Item, form: Mapping[str, str]) -> int:
    """The same in half working days when it runs by sessions; 0: it runs by whole days."""
    halves = round(days_of(item, form) * 2)
    return halves if halves % 2 else 0


def days_words(days: float) -> str:
    """2, 0.5."""
    return f"{days:g}"
