"""The emulated devices of the demo's window: what the lessons are played with, and one of every kind beside them."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from urllib.parse import quote

from app.config.rules_hall import FaceRules
from app.demo.clerk_ca import CLERK, KEY_PIN
from app.demo.scenario import Scenario
from app.demo.world import DemoWorld
from app.domain.clock import shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.hours import OpenHours, Span
from devices.drivers.identity.card_photo import join

_HAND_SECONDS = 3
"""How long the made-up citizen takes to sign, to press a grade, to type a number."""


def lesson_devices(world: DemoWorld, scenario: Scenario, paper: Path) -> dict[str, str]:
    """Place -> URI of what the lessons are played with. paper: where the printers put what they print."""
    page = world.page_picture(scenario.page)
    more: dict[str, str] = {}
    if scenario.passport:
        more["passport_reader"] = _emulated("passport-reader", person=scenario.passport, after=0.4)
    if scenario.portrait:
        more["portrait_camera"] = _emulated("camera", clip=world.portrait)
    if scenario.payment:
        more["payment_terminal"] = _emulated("payment-terminal")
        more["payment_code"] = _emulated("payment-code")
    if scenario.finger:
        more["fingerprint"] = _emulated("fingerprint")
    head: dict[str, object] = {}
    if scenario.face:
        more["face_camera"] = _emulated("face-camera")
        head["face"] = 0
    if scenario.key:
        more["clerk_key"] = _emulated("clerk-key", file=world.clerk_keys / CLERK, pin=KEY_PIN)
    return more | {
        "id_reader": _emulated("id-reader", person=scenario.person, after=0.4, **head),
        "camera": _emulated("camera", clip=world.licence_clip(scenario.licence)),
        "document_camera": _emulated("camera", clip=page),
        "document_camera_side": _emulated("camera", clip=page),
        "scanner": _emulated("scanner", pages=3),
        "receipt_printer": _emulated("receipt-printer", out=paper / "receipts"),
        "printer": _emulated("printer", out=paper / "printed"),
    }


def every_device(world: DemoWorld, scenario: Scenario, paper: Path) -> dict[str, str]:
    """Those, and one at each other place of a counter: all kinds."""
    person, hand = scenario.person, _HAND_SECONDS
    passport = scenario.passport or person
    return lesson_devices(world, scenario, paper) | {
        "passport_reader": _emulated("passport-reader", person=passport, after=0.4),
        "smart_card": _emulated("smart-card", person=person),
        "psam": _emulated("smart-card", card="psam"),
        "fingerprint": _emulated("fingerprint"),
        "portrait_camera": _emulated("camera", clip=world.portrait),
        "face_camera": _emulated("face-camera", acts=1),
        "signature_pad": _emulated("signature-pad", after=hand),
        "code_scanner": _emulated("code-scanner"),
        "pin_pad": _emulated("pin-pad", digits=246810, after=hand),
        "receipt_printer_2": _emulated("receipt-printer", out=paper / "receipts-2"),
        "printer_2": _emulated("printer", out=paper / "printed-2"),
        "card_printer": _emulated("card-printer", out=paper / "cards"),
        "rating_device": _emulated("rating-device", grade=5, after=hand),
        "customer_screen": _emulated("customer-display"),
        "queue_caller": _emulated("queue-caller"),
        "payment_terminal": _emulated("payment-terminal"),
        "payment_code": _emulated("payment-code"),
        "clerk_key": _emulated("clerk-key", file=world.clerk_keys / CLERK, pin=KEY_PIN),
    }


def check_parts(scenario: Scenario) -> None:
    """EnvironmentProblem: the lesson compares faces, and the package with the net is not on this machine."""
    if not scenario.face:
        return
    from app.identity.face.alike import installed  # OpenCV comes with it, which other lessons begin without

    if not installed():
        raise EnvironmentProblem(
            "这个演练现在不能做",
            "它要比对人脸，本机没有安装人脸比对。",
            "请安装软件包 yichuang-reading，或者选别的演练。",
        )


def lesson_face(scenario: Scenario) -> FaceRules:
    """Whether faces are compared before self-service collection, and the program that shows the made-up photograph."""
    program = [sys.executable, "-m", "devices.emulators.identity.card_photo"]
    return FaceRules(True, join(program)) if scenario.face else FaceRules()


def lesson_hours(scenario: Scenario, now: dt.datetime) -> OpenHours:
    """The desk's hours: a lesson in extended hours has them now, whatever the day, and on Saturdays."""
    if scenario.hours != "extended":
        return OpenHours()
    today = shanghai(now).date()
    whole = (Span(0, 24 * 60),)
    return OpenHours({}, {6: (Span(9 * 60, 12 * 60),)}, {today: whole, today + dt.timedelta(days=1): whole})


def booking_hours(scenario: Scenario, now: dt.datetime) -> OpenHours:
    """When the demo's hall can be booked. Without hours of its own a lesson may be played at any time, and on any day:
    today has office hours besides, so that what is booked for today in the demo's data lies in them."""
    own = lesson_hours(scenario, now)
    if own.told:
        return own
    core = (Span(9 * 60, 12 * 60), Span(13 * 60 + 30, 17 * 60))
    return OpenHours(dict.fromkeys(range(1, 6), core), {6: (Span(9 * 60, 12 * 60),)}, {shanghai(now).date(): core})


def _emulated(kind: str, **query: object) -> str:
    words = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in query.items())
    return f"emulated://{kind}?{words}" if words else f"emulated://{kind}"
