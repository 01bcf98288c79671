"""What others do in a lesson: things go wrong, the visitor shows something else, departments decide. By the real
emulators and the demo's own gateway."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.demo import elsewhere, phone_rater
from app.demo.scenario import CARRIER, GATEWAY, REGION, Fault, Happening, Scenario
from app.demo.world import DemoWorld
from app.domain.express import ParcelState
from app.gateway.cases import Decision
from app.gateway.core import Gateway
from app.gateway.overview import STAGE_WORDS
from app.presenters.screen import Screen
from devices.emulators.emulated import EmulatedDevice
from devices.emulators.faults import ALWAYS
from devices.emulators.identity.driver import EmulatedIdReader, EmulatedPassportReader
from devices.emulators.people import demo_people

_STAGES = {words: stage for stage, words in STAGE_WORDS.items()}


class FaultDriver:
    """Follows a lesson's steps. Each change runs in the screen's tasks: pulling a cable may take a while."""

    def __init__(self, screen: Screen, scenario: Scenario) -> None:
        self._screen = screen
        self._scenario = scenario
        self._under_way = 0
        self.active: tuple[Fault, ...] = ()
        """What is out of order now."""

    @property
    def settled(self) -> bool:
        """Has every fault asked for taken effect?"""
        return self._under_way == 0

    def start(self) -> None:
        """What is out of order from the beginning."""
        self._switch(on=[fault for fault in self._scenario.faults if not fault.at], off=[])

    def step(self, name: str) -> None:
        """A step begins: end what ends with it, then begin what begins with it."""
        self._switch(
            on=[fault for fault in self._scenario.faults if fault.at == name],
            off=[fault for fault in self.active if fault.until == name],
        )
        self._run([self._deed(one) for one in self._scenario.happenings if one.at == name])

    def _switch(self, on: list[Fault], off: list[Fault]) -> None:
        self.active = (*(fault for fault in self.active if fault not in off), *on)
        self._run([self._job(fault, False) for fault in off] + [self._job(fault, True) for fault in on])

    def _run(self, jobs: list[Callable[[], object]]) -> None:
        if not jobs:
            return
        self._under_way += 1

        def work() -> None:
            for job in jobs:
                job()

        self._screen.tasks.run(work, lambda _: self._done())

    def _done(self) -> None:
        self._under_way -= 1
        # A pulled or mended line is noticed when something is sent; a learner should not have to wait for that.
        self._screen.sync_thread.kick(urgent=True)

    def _deed(self, one: Happening) -> Callable[[], object]:
        station = self._screen.station
        server, last = station.region if one.region else station.gateway, self._screen.accept.last
        accepted = tuple(case for case in last.cases if one.item in ("", case.item_name)) if last else ()
        # Each platform decides what is its own.
        ids = tuple(case.case_id for case in accepted if (case.territory is not None) is one.region)

        def work() -> None:
            world = DemoWorld(station.store.profile.folder / "world", station.clock)
            if one.person:
                reader = self._screen.devices["id_reader"].device
                if isinstance(reader, EmulatedIdReader):
                    reader.lay(world.person(one.person).card)
            if one.passport:
                passports = self._screen.devices["passport_reader"].device
                if isinstance(passports, EmulatedPassportReader):
                    passports.lay(demo_people()[one.passport])
            if one.licence:
                self._show("camera", world.licence_clip(one.licence))
            if one.code:
                self._show("camera", world.code_picture(self._code(one.code)))
            if one.page:
                self._show("document_camera", world.page_picture(one.page))
            if one.phone or one.fault:
                address = phone_rater.address_on(self._paper_of("receipt_printer"))
                if one.phone:
                    phone_rater.rate(address, one.phone, one.words)
                if one.fault:
                    phone_rater.find_fault(address, one.fault)
            if one.stage or one.callback or one.ungrant:
                if server is None:
                    raise ValueError("no gateway of our own to decide")
                _decide(server.gateway, ids, one)
            if one.parcel and station.carrier is not None:
                station.carrier.move(ParcelState(one.parcel))
            if one.photographed:
                if server is None:
                    raise ValueError("no gateway of our own to keep a photograph")
                number = world.person(one.photographed).card.number or ""
                token = server.enrol(elsewhere.DEVICE)
                elsewhere.photograph(server.url, token, number, world.portrait, station.clock)
            if one.region and station.gateway is not None:
                # At once what the platform does by itself when its pause is over.
                station.gateway.gateway.handovers.retry_now()

        return work

    def _code(self, name: str) -> str:
        """What the visitor has kept in the phone."""
        made, shown = self._screen.residents.made, self._screen.issued.last
        if name == "issued":
            if shown is None:
                raise ValueError("no licence was shown at this window")
            return shown.licence.code
        if made is None:
            raise ValueError("nobody was registered at this window")
        return made.text

    def _paper_of(self, slot: str) -> Path:
        """Where the paper of an emulated printer comes out."""
        device = self._screen.devices[slot].device
        out = device.emulator.out if isinstance(device, EmulatedDevice) else None
        if not isinstance(out, Path):
            raise ValueError(f"{slot} is a real device")
        return out

    def _show(self, slot: str, clip: Path) -> None:
        device = self._screen.devices[slot].device
        if isinstance(device, EmulatedDevice):
            device.emulator.show(clip)

    def _job(self, fault: Fault, on: bool) -> Callable[[], object]:
        if fault.what in (GATEWAY, REGION):
            station = self._screen.station
            gateway = station.gateway if fault.what == GATEWAY else station.region
            if gateway is None:
                raise ValueError("no gateway of our own to stop")
            return gateway.stop if on else gateway.start
        if fault.what == CARRIER:
            carrier = self._screen.station.carrier
            if carrier is None:
                raise ValueError("no carrier of our own to stop")
            return lambda: carrier.faults.set("down", ALWAYS if on else 0)
        thread = self._screen.devices[fault.what]
        device = thread.device
        if not isinstance(device, EmulatedDevice):
            raise ValueError(f"{fault.what} is a real device")
        return lambda: device.drill(fault.kind, on)


def _decide(gateway: Gateway, case_ids: tuple[str, ...], one: Happening) -> None:
    """As the departments do it behind the counter, at the gateway itself."""
    for case_id in case_ids:
        if one.stage:
            gateway.cases.advance(case_id, _STAGES[one.stage], Decision(one.words, result=one.result))
    if one.ungrant:
        gateway.shared.ungrant(one.ungrant)
    if one.callback:
        for order in gateway.ratings.open_orders():
            gateway.ratings.close_order(order["order_id"], one.callback)
