"""Builds demo mode: a made-up world, emulated devices and a gateway of its own on the loopback."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from app.bootstrap import DEMO_TOKEN, build
from app.bootstrap_region import open_region
from app.demo.carrier import TOKEN, CarrierEmulator
from app.demo.clerk_ca import CA, CRL, KEY_PIN
from app.demo.codes import issued_codes
from app.demo.counter import booking_hours, check_parts, every_device, lesson_devices, lesson_face, lesson_hours
from app.demo.issuers import HUZHOU_POLICE
from app.demo.lessons import OWN_FOLDER
from app.demo.lost import lost_documents
from app.demo.results import RESULTS_FOLDER
from app.demo.roster import SUPERVISOR, demo_roster
from app.demo.scenario import Scenario
from app.demo.shared_data import booking_now, demo_shared_data
from app.demo.visits import demo_visits
from app.demo.world import DemoWorld
from app.domain.case import Window
from app.domain.clerk import Clerk
from app.domain.clock import SystemClock
from app.domain.errors import BadInput
from app.gateway.authorities import Authority
from app.gateway.departments import Departments
from app.gateway.durability import SecondPlace
from app.gateway.server import GatewayServer
from app.identity.clerk_key import read_authority
from app.materials.slots import BookingHours
from app.presenters.station import Workstation
from app.settings import RatingRules, Settings, TrustRules, as_toml, profile_folder
from offline_db.keys import DemoKeys
from offline_db.profile import Profile, ProfileKind

DEMO_DEVICE = "demo"
KEPT = frozenset({"world", "cache", OWN_FOLDER, RESULTS_FOLDER})
"""What of a demo profile outlives a fresh start: the drawn world, the catalogue as it was read (it belongs to the exact
bytes of its files), the trainer's lessons, the learners' results."""
CARRIER_TOKEN = "carrier-token"  # noqa: S105 - a file's name
DEMO_NUMBER, DEMO_CLERK = "0001", "演示员"
DEMO_PIN = "250801"
"""Signs in by itself; the PIN is for coming back after a lock, and is shown there."""
DEMO_WINDOW = Window("Y03", "综合窗口 03（演示）", "湖州市南浔区政务服务中心", "330503")


def open_demo(
    folder: Path | None,
    scenario: Scenario,
    *,
    fresh: bool = False,
    out: Path | None = None,
    language: str = "zh",
    every: bool = False,
) -> Workstation:
    """A demo profile with its world, its emulated devices and its own gateway on the loopback.

    fresh: start from an empty store (a demo profile only). out: where the emulated printers put their paper.
    language: the screen's, "zh" or "en". every: one of every kind of device, beside what the lesson needs.
    """
    check_parts(scenario)
    folder = folder or profile_folder("demo")
    clock = SystemClock()
    with ExitStack() as stack:
        profile = stack.enter_context(Profile(folder, ProfileKind.DEMO))
        if fresh:
            profile.start_afresh(keep=KEPT)
        world = DemoWorld(folder / "world", clock)
        gateway = GatewayServer(
            db_url=f"sqlite:///{(folder / 'gateway.db').resolve()}",
            files_folder=folder / "gateway-files",
            devices={DEMO_DEVICE: DEMO_TOKEN},
            second_place=SecondPlace(at_once=True),
            office=DEMO_PIN,
        )
        gateway.start()
        people = {person.id: person for person in world.people}
        shared = demo_shared_data(people, clock)
        gateway.gateway.shared.publish_policy(shared.policy)
        gateway.gateway.shared.load(shared.records)
        gateway.gateway.bookings.load(shared.bookings)
        gateway.gateway.bookings.set_hours(BookingHours(booking_hours(scenario, clock.now())))
        if scenario.hours:
            gateway.gateway.bookings.book(booking_now(people[scenario.person], clock.now()))
        gateway.gateway.visits.load(demo_visits(people, clock))
        gateway.gateway.roster.load(*demo_roster(DEMO_NUMBER, DEMO_CLERK, DEMO_DEVICE, clock), SUPERVISOR)
        # A world made anew after the clock was set back has the older list: the folder in the settings serves then.
        with suppress(BadInput):
            gateway.gateway.snapshots.publish_trust(world.trust_snapshot, world.trust_pin)
        authority = world.clerk_keys / CA, world.clerk_keys / CRL
        gateway.gateway.clerk_keys.publish(replace(read_authority(*authority), required=scenario.key))
        gateway.gateway.documents.publish(lost_documents(people))
        gateway.gateway.redeem.load(issued_codes(people, clock))
        # The address is needed even when the lesson plays without a gateway: then nobody answers there.
        stack.callback(gateway.stop)
        # A lesson may stop the line and start it again: the departments ask for the gateway that runs now.
        stack.enter_context(
            Departments(gateway.cases_now, clock, office=gateway.amendments_now, matters=gateway.matters_now)
        )
        region = open_region(folder, gateway, clock, stack) if scenario.region else None
        if region is not None and scenario.region == "down":
            region.stop()
        carrier = CarrierEmulator(clock) if scenario.carrier else None
        if carrier is not None:
            carrier.start()
            stack.callback(carrier.stop)
            (folder / CARRIER_TOKEN).write_text(TOKEN, encoding="utf-8")
        devices = (every_device if every or scenario.every else lesson_devices)(
            world, scenario, (out or folder / "paper").resolve()
        )
        settings = _demo_settings(gateway.url, world, scenario, devices, language)
        if carrier is not None:
            settings = replace(settings, carrier_url=carrier.url, carrier_token=str((folder / CARRIER_TOKEN).resolve()))
        settings = replace(settings, hours=lesson_hours(scenario, clock.now()), face=lesson_face(scenario))
        # The command line's other commands find the demo's gateway and devices there.
        (folder / "settings.toml").write_text(as_toml(settings), encoding="utf-8")
        clerk = Clerk(DEMO_NUMBER, DEMO_CLERK, manager=True)
        station = build(settings, profile, DemoKeys(folder), DEMO_TOKEN, stack, gateway, clerk)
        items = station.catalog.items.values()
        gateway.gateway.issuing.publish({item.code: item.issues for item in items if item.issues is not None})
        police = Authority(HUZHOU_POLICE.uscc, HUZHOU_POLICE.name, world.issuing_key(HUZHOU_POLICE))
        gateway.gateway.issuing.authorities.take(police)
        if scenario.gateway == "down":
            gateway.stop()
        if not station.services.clerks.known():
            station.services.clerks.register_first(clerk.number, clerk.name, DEMO_PIN, DEMO_PIN)
        station.pin_hint, station.key_hint = DEMO_PIN, KEY_PIN
        station.region = region
        station.carrier = carrier
        return station


def _demo_settings(
    url: str, world: DemoWorld, scenario: Scenario, devices: Mapping[str, str], language: str
) -> Settings:
    return Settings(
        window=DEMO_WINDOW,
        gateway_url=url,
        device_id=DEMO_DEVICE,
        language=language,
        devices=MappingProxyType(devices),
        trust=world.trust_folder,
        # A world lives for half a year, and its list is never renewed: the demo would end in warnings.
        trust_rules=TrustRules((world.trust_pin,), warn_days=0, max_age_days=0),
        preset="demo",
        crash_reports="never",
        ratings=RatingRules(url),
        customer_screen="window" if scenario.citizen else "",
    )
