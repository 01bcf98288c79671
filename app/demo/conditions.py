"""What a lesson can wait for, by name. What each means on the screen: app.presenters.player_conditions."""

from __future__ import annotations

from types import MappingProxyType

from app.domain.express import ParcelState
from app.domain.material import MaterialStatus
from app.domain.territory import HandoverState
from devices.base import DeviceKind

SLOTS = MappingProxyType(
    {
        "id_reader": DeviceKind.ID_READER,
        "camera": DeviceKind.CAMERA,
        "document_camera": DeviceKind.CAMERA,
        "receipt_printer": DeviceKind.RECEIPT_PRINTER,
        "printer": DeviceKind.PRINTER,
        "clerk_key": DeviceKind.CLERK_KEY,
    }
)
"""The devices of a demo window and their kinds."""

_ANY = ""
_STATUSES = tuple(str(status) for status in MaterialStatus)

CONDITIONS: MappingProxyType[str, tuple[str | tuple[str, ...], ...]] = MappingProxyType(
    {
        "devices_ready": (),
        "device": (tuple(SLOTS), ("ok", "trouble")),
        "online": (),
        "offline": (),
        "person_shown": (),
        "items_chosen": (),
        "form_open": (),
        "booking": (("read", "made", "printed", "closed"),),
        "passport_read": (),
        "verified": (),
        "check_failed": (),
        "document_listed": (),
        "registered": (),
        "served": (),
        "licence_read": (),
        "licence_valid": (),
        "licence_waiting": (),
        "licence_online": (),
        "licence_here": (),
        "licence_shown": (),
        "field": (_ANY,),
        "form_complete": (),
        "page_seen": (),
        "material": (_ANY, _STATUSES),
        "materials_settled": (),
        "check_passed": (),
        "accepted": (),
        "printed": (),
        "print_failed": (("receipt_printer", "printer"),),
        "warned": (),
        "dialog": (_ANY,),
        "shows": (_ANY, _ANY),
        "came_out": (_ANY,),
        "made": (_ANY,),
        "possible": (_ANY,),
        "data_answered": (),
        "settled": (_ANY,),
        "locked": (),
        "unlocked": (),
        "key_ready": (),
        "key_signed_in": (),
        "parked": (_ANY,),
        "packs": (_ANY,),
        "matter": (_ANY, _ANY),
        "matters": (_ANY,),
        "firm": (("tags", "policies", "scenes"),),
        "assessment": (("start", "points", "result", "earlier", "listed", "closed"),),
        "way": (_ANY,),
        "waiting": (),
        "table_checked": (),
        "result": (("shown", "collected"),),
        "archived": (("written", "whole"),),
        "licences_read": (_ANY,),
        "handed_in": (),
        "photo_live": (),
        "photo_offered": (),
        "assisted": (("offered", "on", "off"),),
        "citizen_type": (("large", "normal"),),
        "citizen": (("idle", "serving", "notice", "confirm", "rating", "words"),),
        "self_service": (
            (
                "start",
                "card",
                "code",
                "choose",
                "guide",
                "known",
                "questions",
                "materials",
                "confirm",
                "done",
                "collect",
                "face",
                "proof",
                "idle",
                "pin",
                "off",
            ),
        ),
        "signed": (),
        "rated": (),
        "synced": (),
        "handover": (tuple(str(state) for state in HandoverState),),
        "decided": (),
        "parcel": (tuple(str(state) for state in ParcelState),),
        "window_empty": (),
    }
)
"""A condition's name -> its words: the values allowed, or "" for any."""


def condition_problem(condition: str) -> str:
    """What is wrong with a condition as written; "" when nothing is."""
    name, *words = condition.split() or [""]
    if name not in CONDITIONS:
        return f"不认识的条件“{condition}”，可用：{'、'.join(CONDITIONS)}"
    wanted = CONDITIONS[name]
    if len(words) != len(wanted):
        return f"条件“{name}”后面应有 {len(wanted)} 个词，却有 {len(words)} 个"
    for word, allowed in zip(words, wanted, strict=True):
        if allowed and word not in allowed:
            return f"条件“{name}”里的“{word}”应是：{'、'.join(allowed)}"
    return ""
