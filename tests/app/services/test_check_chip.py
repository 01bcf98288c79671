"""A chip read at the counter: through the real driver, on a real pcscd with vpcd and on the service in this process;
what becomes of it in the visit."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from emrtd_kit import AT, ZONE, chip_of, trust
from pcscd_kit import PrivatePcscd, need_pcscd

from app.commands import NO, TROUBLE, YES
from app.domain.clerk import Clerk
from app.domain.clock import FixedClock
from app.domain.fact import SourceKind, Verdict
from app.identity.chip.checked import CheckedChip
from app.identity.chip.csca import CscaList
from app.identity.chip.keeper import IssuerKeeper
from app.identity.chip.password import from_can, from_zone
from app.identity.chip.verdict import Check, Judgement, Reason
from app.services.check_chip import CheckChip
from app.services.duty import Duty
from app.services.visit import new_visit
from devices.drivers.identity.passport import PcscPassportReader
from devices.emulators.identity.card_reader import CardReaderEmulator
from devices.emulators.identity.emrtd_chip import FAULTS, EmrtdChip
from devices.emulators.identity.emrtd_keys import AES128
from devices.emulators.identity.emrtd_plan import Plan
from devices.outcome import Outcome, Reply

Told = Callable[[object, int], None]


@pytest.fixture(scope="module")
def pcscd() -> Iterator[PrivatePcscd]:
    need_pcscd()
    service = PrivatePcscd()
    service.start()
    yield service
    service.stop()


@pytest.fixture(params=["pcscd", "in-process"])
def emulator(request: pytest.FixtureRequest) -> Iterator[CardReaderEmulator]:
    made = CardReaderEmulator(request.getfixturevalue("pcscd").port if request.param == "pcscd" else None, FAULTS)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def service(tmp_path: Path) -> CheckChip:
    keeper = IssuerKeeper(tmp_path, FixedClock(AT), base=trust)
    return CheckChip(FixedClock(AT), Duty(Clerk("0001", "演示员", True)), keeper)


def test_the_states_certificates_are_read_before_the_first_passport_comes(tmp_path: Path) -> None:
    asked: list[str] = []

    def base() -> CscaList:
        asked.append("")
        return trust()

    service = CheckChip(
        FixedClock(AT), Duty(Clerk("0001", "演示员", True)), IssuerKeeper(tmp_path, FixedClock(AT), base=base)
    )
    assert not asked
    service.warm()
    assert len(asked) == 1
    assert service.issuers.current.roots
    assert len(asked) == 1


def read(
    service: CheckChip, emulator: CardReaderEmulator, chip: EmrtdChip | None, told: Told = lambda step, percent: None,
    stop: threading.Event | None = None, can: str = "",
) -> Reply[CheckedChip]:  # fmt: skip
    reader = PcscPassportReader("pcsc-passport:", emulator.which, api=emulator.api)
    reader.open().unwrap()
    if chip is not None:
        emulator.place(chip)
    try:
        password = from_can(can) if can else from_zone(ZONE)
        zone = () if can else ZONE
        return service.read(reader, password, zone, stop or threading.Event(), told, 20 if chip else 0.3)
    finally:
        reader.close()


def test_a_genuine_passport_on_the_wire(service: CheckChip, emulator: CardReaderEmulator) -> None:
    told: list[tuple[str, int]] = []
    checked = read(service, emulator, chip_of(), lambda step, percent: told.append((str(step), percent))).unwrap()
    assert checked.reading.verdict.judgement is Judgement.GENUINE
    assert checked.portrait is not None
    assert checked.portrait.startswith(b"\x89PNG"), "JPEG 2000 is unpacked"
    assert {step for step, _ in told} == {"opening", "reading", "portrait", "proving"}
    visit = service.apply(new_visit(AT), checked, "pcsc-passport:")
    facts = {fact.element: fact for fact in visit.form.facts}
    assert facts["name"].value == "白𬭚玥"
    assert facts["name_en"].value == "BAI MINGYUE"
    assert facts["travel_document_number"].value == "U12345678"
    assert {(fact.source.kind, fact.verdict) for fact in facts.values()} == {(SourceKind.CARD, Verdict.SIGNATURE_VALID)}
    event = visit.events[-1]
    assert (event.action, event.details["judgement"], event.details["clone_proof"]) == ("chip.read", "genuine", True)
    assert "U12345678" not in json.dumps(event.details) + event.subject


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("torn", Reason.TORN), ("cloned", Reason.CLONED), ("altered-answer", Reason.ALTERED)],
)
def test_forgeries_on_the_wire(service: CheckChip, emulator: CardReaderEmulator, fault: str, reason: Reason) -> None:
    verdict = read(service, emulator, chip_of(None, fault)).unwrap().reading.verdict
    assert verdict.reason is reason


@pytest.mark.parametrize(
    "plan",
    [
        Plan(mapping="cam", bac=False),
        Plan(pace=(("brainpoolP256r1", AES128),), mapping="im", bac=False),
        Plan(pace=(("modp1", AES128),), bac=False),  # 2,048 bits: commands of extended length
    ],
    ids=["chip-authentication-mapping", "integrated-mapping", "numbers"],
)
def test_the_other_ways_of_pace_on_the_wire(service: CheckChip, emulator: CardReaderEmulator, plan: Plan) -> None:
    reading = read(service, emulator, chip_of(plan)).unwrap().reading
    assert (reading.opened_by, reading.verdict.judgement) == ("PACE", Judgement.GENUINE)


def test_the_number_on_the_front_and_a_wrong_one(service: CheckChip, emulator: CardReaderEmulator) -> None:
    chip = chip_of()
    assert read(service, emulator, chip, can="123456").unwrap().reading.verdict.judgement is Judgement.GENUINE
    assert read(service, emulator, chip, can="654321").unwrap().reading.verdict.reason is Reason.ACCESS_DENIED


def test_no_chip_there(service: CheckChip) -> None:
    emulator = CardReaderEmulator()
    emulator.start()
    assert read(service, emulator, None).outcome is Outcome.NOT_PRESENT
    emulator.stop()


def test_a_cancel_between_two_commands_is_heard(service: CheckChip) -> None:
    emulator = CardReaderEmulator()
    emulator.start()
    stop = threading.Event()
    reply = read(service, emulator, chip_of(), lambda step, percent: stop.set(), stop)
    assert reply.outcome is Outcome.CANCELLED
    emulator.stop()


def test_what_a_forged_and_an_unknown_chip_give(service: CheckChip, tmp_path: Path) -> None:
    emulator = CardReaderEmulator()
    emulator.start()
    genuine = read(service, emulator, chip_of()).unwrap()
    visit = service.apply(new_visit(AT), genuine, "x:")
    forged = read(service, emulator, chip_of(None, "dg1-altered")).unwrap()
    visit = service.apply(visit, forged, "x:")
    assert not visit.form.facts, "what an earlier chip said goes, what a forged one says does not come"
    assert visit.chip is forged
    nobody = CheckChip(FixedClock(AT), Duty(Clerk("0001", "演示员", True)), IssuerKeeper(tmp_path, FixedClock(AT)))
    unknown = read(nobody, emulator, chip_of()).unwrap()
    assert unknown.reading.verdict.line(Check.SIGNER).reason is Reason.LIST_EMPTY
    facts = nobody.apply(new_visit(AT), unknown, "x:").form.facts
    assert facts
    assert {(fact.source.kind, fact.verdict) for fact in facts} == {(SourceKind.CAPTURE, Verdict.CAPTURED_UNVERIFIED)}
    emulator.stop()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from app.cli import build_parser

    def run(*words: str) -> tuple[int, dict[str, object]]:
        args = build_parser().parse_args(["--profile", str(tmp_path), "chip", *words])
        code = args.function(args)
        return code, json.loads(capsys.readouterr().out)

    uri = "emulated://passport-reader?person=wang-ji"
    picture = tmp_path / "face.jp2"
    code, said = run("--device", uri, "--portrait", str(picture))
    assert (code, said["judgement"], said["opened_by"]) == (YES, "genuine", "PACE")
    assert picture.read_bytes().startswith(b"\0\0\0\x0cjP")
    code, said = run("--device", f"{uri}&fault=cloned", "--can", "123456")
    assert (code, said["reason"]) == (NO, "cloned")
    code, said = run("--device", "emulated://passport-reader", "--can", "123456", "--timeout", "0.3")
    assert (code, said["outcome"], said["judgement"]) == (NO, "NOT_PRESENT", None)
    code, said = run("--device", "pcsc-passport:no-such-reader", "--can", "123456")
    assert (code, said["judgement"]) == (TROUBLE, None)
