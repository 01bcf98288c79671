"""Chips of made-up people, read whole; each forgery told from the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pytest
from asn1crypto import keys as structures
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from emrtd_kit import AT, ZONE, Wire, chip_of, holder, picture, read, trust

from app.identity.chip.csca import CscaList
from app.identity.chip.password import from_can, from_fields
from app.identity.chip.read import ReadingCancelled, Step, Wanted, read_chip
from app.identity.chip.transport import Response
from app.identity.chip.verdict import Check, Judgement, Reason, Result
from devices.emulators.identity.emrtd_chip import EmrtdChip
from devices.emulators.identity.emrtd_issuer import Holder, State, ec_key, public_bytes, tlv
from devices.emulators.identity.emrtd_keys import AES128, AES192, AES256, DES3
from devices.emulators.identity.emrtd_plan import Plan


@cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def test_a_genuine_passport() -> None:
    reading = read(chip_of(), portrait=True)
    verdict = reading.verdict
    assert verdict.judgement is Judgement.GENUINE
    assert verdict.reason is Reason.FINE
    assert {line.result for line in verdict.lines} == {Result.PASSED}
    assert [line.check for line in verdict.lines] == list(Check)
    assert reading.zone == ZONE
    assert reading.more is not None
    assert reading.more.full_name == "白 𬭚玥"
    assert reading.portrait is not None
    assert (reading.portrait.kind, reading.portrait.data) == ("jp2", picture())
    assert (reading.opened_by, reading.groups) == ("PACE", (1, 2, 11, 14, 15))
    assert (reading.signer, reading.trust_source) == ("UT Utopia CSCA", "utopia.ml")


FORGERIES = {
    "dg1-altered": (Judgement.FALSE, Reason.CONTENT_DIFFERS, Check.CONTENT),
    "portrait-altered": (Judgement.FALSE, Reason.CONTENT_DIFFERS, Check.CONTENT),
    "sod-altered": (Judgement.FALSE, Reason.SIGNATURE_WRONG, Check.SIGNATURE),
    "stranger": (Judgement.UNDECIDED, Reason.SIGNER_UNKNOWN, Check.SIGNER),
    "signer-expired": (Judgement.DOUBTFUL, Reason.SIGNER_EXPIRED, Check.SIGNER),
    "other-state": (Judgement.FALSE, Reason.SIGNER_OF_ANOTHER_STATE, Check.SIGNER),
    "cloned": (Judgement.FALSE, Reason.CLONED, Check.CHIP),
    "clone-hides": (Judgement.FALSE, Reason.CONTENT_MISSING, Check.CHIP),
    "other-document": (Judgement.UNDECIDED, Reason.ACCESS_DENIED, Check.ACCESS),
    "no-application": (Judgement.UNDECIDED, Reason.NO_APPLICATION, Check.ACCESS),
    "old-chip": (Judgement.UNDECIDED, Reason.NOT_SUPPORTED, Check.ACCESS),
    "torn-early": (Judgement.UNDECIDED, Reason.TORN, Check.ACCESS),
    "torn": (Judgement.UNDECIDED, Reason.TORN, Check.CONTENT),
    "altered-answer": (Judgement.FALSE, Reason.ALTERED, Check.CONTENT),
}


@pytest.mark.parametrize("bac_only", [False, True], ids=["pace", "bac"])
@pytest.mark.parametrize("fault", FORGERIES)
def test_each_forgery_by_its_name(fault: str, bac_only: bool) -> None:
    judgement, reason, check = FORGERIES[fault]
    reading = read(chip_of(Plan(pace=()) if bac_only else None, fault), portrait=True)
    verdict = reading.verdict
    assert (verdict.judgement, verdict.reason) == (judgement, reason)
    assert verdict.line(check).result is Result.FAILED
    assert verdict.line(check).reason is reason
    # Nothing of it fills a form.
    assert not verdict.trusted


@pytest.mark.parametrize(
    ("curve", "cipher", "by_can"),
    [
        ("brainpoolP256r1", AES128, True),
        ("secp256r1", DES3, False),
        ("secp224r1", AES128, True),
        ("brainpoolP320r1", AES192, False),
        ("brainpoolP384r1", AES256, True),
        ("brainpoolP512r1", AES256, False),
        ("secp521r1", AES256, True),
    ],
)
def test_ways_of_pace(curve: str, cipher: int, by_can: bool) -> None:
    chip = chip_of(Plan(pace=((curve, cipher),), bac=False))
    right = from_can("123456") if by_can else from_fields("U12345678", "900215", "330601")
    wrong = from_can("123457") if by_can else from_fields("U12345678", "900216", "330601")
    reading = read(chip, password=right, zone=())
    assert reading.verdict.judgement is Judgement.GENUINE
    assert reading.opened_by == "PACE"
    assert reading.verdict.line(Check.ZONE).reason is Reason.NOT_OFFERED
    assert read(chip, password=wrong).verdict.reason is Reason.ACCESS_DENIED


def test_the_strongest_of_several_ways_and_which_curve_is_said() -> None:
    chip = chip_of(Plan(pace=(("secp256r1", AES128), ("brainpoolP384r1", AES256), ("secp384r1", AES256))))
    wire = Wire(chip)
    reading = read_chip(wire, Wanted(from_can("123456"), trust(), AT, portrait=False))
    assert reading.verdict.judgement is Judgement.GENUINE
    selected = next(command for command in wire.sent if command[1] == 0x22)
    # AES-256; two curves have it, so that the curve's number stands with it (84 01 10).
    assert selected.hex().endswith("0402" + "04" + "830102" + "840110")


def test_a_can_where_only_the_zone_opens() -> None:
    reading = read(chip_of(Plan(pace=())), password=from_can("123456"))
    assert reading.verdict.line(Check.ACCESS).reason is Reason.CAN_NOT_TAKEN


@pytest.mark.parametrize(
    ("plan", "check"),
    [
        (Plan(active=ec_key("a", ec.BrainpoolP256R1()), chip_curve=""), Check.ACTIVE),
        (Plan(active=ec_key("a", ec.SECP384R1()), chip_curve=""), Check.ACTIVE),
        (Plan(active=None, chip_curve="secp256r1", chip_cipher=DES3), Check.CHIP),
        (Plan(active=None, chip_curve="secp256r1", chip_cipher=DES3, version_1=True), Check.CHIP),
        (Plan(active=None, chip_curve="brainpoolP384r1", chip_cipher=AES256, chip_key_id=3), Check.CHIP),
        (Plan(active=None, chip_curve="secp521r1", chip_cipher=AES192), Check.CHIP),
    ],
)
def test_ways_to_prove_the_chip(plan: Plan, check: Check) -> None:
    verdict = read(chip_of(plan)).verdict
    assert verdict.judgement is Judgement.GENUINE
    other = Check.CHIP if check is Check.ACTIVE else Check.ACTIVE
    assert verdict.line(other).reason is Reason.NOT_OFFERED
    cloned = read(chip_of(plan, "cloned")).verdict
    assert (cloned.judgement, cloned.reason) == (Judgement.FALSE, Reason.CLONED)
    assert cloned.line(check).result is Result.FAILED


@pytest.mark.parametrize("bits", [1024, 2048])
def test_active_authentication_by_rsa(bits: int) -> None:
    """2,048 bits do not fit a short answer: asked for in extended length."""
    plan = Plan(active=rsa_key(bits), chip_curve="")
    assert read(chip_of(plan)).verdict.judgement is Judgement.GENUINE
    assert read(chip_of(plan, "cloned")).verdict.reason is Reason.CLONED


def test_a_chip_that_offers_no_proof() -> None:
    verdict = read(chip_of(Plan(active=None, chip_curve=""))).verdict
    assert verdict.judgement is Judgement.GENUINE_COPY_POSSIBLE
    assert verdict.trusted


class _SpeltOut(EmrtdChip):
    """Its key of active authentication spells its curve out, as many states do."""

    own: Callable[[structures.ECDomainParameters], None] = staticmethod(lambda parameters: None)

    def _contents(self, flaws: frozenset[str]):  # type: ignore[no-untyped-def]
        from devices.emulators.identity.emrtd_issuer import Contents, common_file, security_object

        made = super()._contents(flaws)
        groups = {**made.groups, 15: tlv(0x6F, self._spelt())}
        return Contents(groups, common_file(groups), security_object(groups, self.state))

    def _spelt(self) -> bytes:
        assert self.plan.active is not None
        info = structures.PublicKeyInfo.load(public_bytes(self.plan.active))
        p = 2**256 - 2**224 + 2**192 + 2**96 - 1
        spelt = structures.SpecifiedECDomain(
            {
                "version": 1,
                "field_id": {"field_type": "prime_field", "parameters": p},
                "curve": {
                    "a": (p - 3).to_bytes(32, "big"),
                    "b": bytes.fromhex("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"),
                },
                "base": bytes.fromhex(
                    "046B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
                    "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
                ),
                "order": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
                "cofactor": 1,
            }
        )
        info["algorithm"]["parameters"] = structures.ECDomainParameters("specified", spelt)
        return bytes(info.dump(force=True))


def test_a_curve_that_is_spelt_out() -> None:
    chip = _SpeltOut(holder(), plan=Plan(chip_curve=""))
    assert read(chip).verdict.line(Check.ACTIVE).result is Result.PASSED
    chip.faults.set("cloned")
    assert read(chip).verdict.line(Check.ACTIVE).reason is Reason.CLONED


@pytest.mark.parametrize("name", ["sha1", "sha224", "sha384", "sha512"])
def test_hashes(name: str) -> None:
    assert read(chip_of(Plan(hash_name=name))).verdict.judgement is Judgement.GENUINE
    assert read(chip_of(Plan(hash_name=name), "dg1-altered")).verdict.reason is Reason.CONTENT_DIFFERS


@pytest.mark.parametrize("pss", [False, True], ids=["pkcs1", "pss"])
def test_states_that_sign_by_rsa(pss: bool) -> None:
    state = State.made_up(csca_key=rsa_key(2048), signer_key=rsa_key(1024), pss=pss)
    assert read(chip_of(state=state), trust=trust(state)).verdict.judgement is Judgement.GENUINE
    # The list's own key decides, not the name.
    assert read(chip_of(state=state)).verdict.reason is Reason.SIGNER_UNKNOWN
    chip = chip_of(None, "sod-altered", state=state)
    assert read(chip, trust=trust(state)).verdict.reason is Reason.SIGNATURE_WRONG


def test_without_a_list_and_before_its_time() -> None:
    line = read(chip_of(), trust=CscaList()).verdict.line(Check.SIGNER)
    assert (line.result, line.reason) == (Result.FAILED, Reason.LIST_EMPTY)
    early = read(chip_of(), at=AT.replace(year=2019)).verdict
    assert (early.judgement, early.reason) == (Judgement.DOUBTFUL, Reason.SIGNER_TOO_EARLY)


def test_a_revoked_signer() -> None:
    state = State.made_up()
    signer = state.signer.certificate
    from app.identity.chip.signed import read_certificate

    known = read_certificate(state.signer.der)
    revoked = trust().with_revoked({known.issuer: frozenset({signer.serial_number})})
    verdict = read(chip_of(), trust=revoked).verdict
    assert (verdict.judgement, verdict.reason) == (Judgement.FALSE, Reason.SIGNER_REVOKED)


def test_a_printed_page_with_another_name() -> None:
    """The key's parts are those of the chip, the name is not: only a comparison of all characters tells."""
    forged = (ZONE[0].replace("MINGYUE", "XIAOYUE"), ZONE[1])
    verdict = read(chip_of(), zone=forged).verdict
    assert (verdict.judgement, verdict.reason) == (Judgement.FALSE, Reason.ZONE_DIFFERS)


def test_a_group_that_nobody_signed() -> None:
    chip = chip_of(Plan(active=None))
    plain = chip._contents(frozenset())
    extra = {**plain.groups, 15: tlv(0x6F, public_bytes(ec_key("x", ec.SECP256R1())))}
    from devices.emulators.identity.emrtd_issuer import Contents, common_file

    chip._made[frozenset()] = Contents(extra, common_file(extra), plain.sod)
    verdict = read(chip).verdict
    assert verdict.line(Check.CONTENT).reason is Reason.NOT_SIGNED
    assert verdict.line(Check.ACTIVE).result is Result.FAILED


def test_a_long_portrait_is_read_beyond_the_reach_of_short_offsets() -> None:
    noise = np.random.default_rng(9).integers(0, 255, (180, 240, 3), np.uint8)
    big = cv2.imencode(".jpg", noise, [cv2.IMWRITE_JPEG_QUALITY, 98])[1].tobytes()
    assert len(big) > 0x9000
    told: list[tuple[Step, int]] = []
    chip = EmrtdChip(Holder(ZONE, big))
    reading = read(chip, lambda step, percent: told.append((step, percent)), portrait=True)
    assert reading.verdict.judgement is Judgement.GENUINE
    assert reading.portrait is not None
    assert reading.portrait.data == big
    assert [percent for step, percent in told if step is Step.PORTRAIT] == sorted(
        percent for step, percent in told if step is Step.PORTRAIT
    )
    assert told[0] == (Step.OPENING, 0)
    assert told[-1] == (Step.PROVING, 100)


def test_a_reading_that_is_cancelled_ends_at_once() -> None:
    wire = Wire(chip_of())

    class Cancelling:
        def transmit(self, command: bytes) -> Response:
            if len(wire.sent) > 20:
                raise ReadingCancelled
            return wire.transmit(command)

    with pytest.raises(ReadingCancelled):
        read_chip(Cancelling(), Wanted(from_can("123456"), trust(), AT))
    assert len(wire.sent) == 21


@pytest.mark.parametrize("seed", range(14))
def test_whatever_a_chip_says_ends_in_a_verdict(seed: int) -> None:
    """Answers cut, lengthened, turned over: never an error, never believed."""
    chance = np.random.default_rng(seed)
    wire = Wire(chip_of(Plan(pace=()) if seed % 2 else None))
    strike = int(chance.integers(0, 26))

    class Garbling:
        def transmit(self, command: bytes) -> Response:
            answer = wire.transmit(command)
            if len(wire.sent) < strike:
                return answer
            data = bytearray(answer.data)
            if data and seed % 3:
                data[int(chance.integers(0, len(data)))] ^= 1 << int(chance.integers(0, 8))
            else:
                data = data[: len(data) // 2]
            return Response(bytes(data), answer.status if seed % 5 else int(chance.integers(0, 0x10000)))

    reading = read_chip(Garbling(), Wanted(from_fields("U12345678", "900215", "330601"), trust(), AT, portrait=False))
    assert not reading.verdict.trusted


CAM = Plan(mapping="cam")
WAYS = {
    "modp0-gm-3des": Plan(pace=(("modp0", DES3),), bac=False),
    "modp1-gm-aes256": Plan(pace=(("modp1", AES256),), bac=False),
    "modp2-im-aes128": Plan(pace=(("modp2", AES128),), mapping="im", bac=False),
    "secp256r1-im-aes192": Plan(pace=(("secp256r1", AES192),), mapping="im", bac=False),
    "brainpoolP384r1-im-aes256": Plan(pace=(("brainpoolP384r1", AES256),), mapping="im", bac=False),
    "brainpoolP256r1-im-3des": Plan(pace=(("brainpoolP256r1", DES3),), mapping="im", bac=False),
    "cam-aes128": CAM,
    "cam-aes256": Plan(
        pace=(("secp256r1", AES256),), mapping="cam", chip_curve="secp256r1", chip_cipher=AES256, bac=False
    ),
}


@pytest.mark.parametrize("plan", WAYS.values(), ids=list(WAYS))
def test_the_other_ways_of_pace(plan: Plan) -> None:
    reading = read(chip_of(plan))
    assert (reading.opened_by, reading.verdict.judgement) == ("PACE", Judgement.GENUINE)
    by_number = read(chip_of(plan), password=from_can("123456"))
    assert by_number.verdict.judgement is Judgement.GENUINE
    wrong = read(chip_of(plan), password=from_can("654321")).verdict
    assert (wrong.judgement, wrong.reason) == (Judgement.UNDECIDED, Reason.ACCESS_DENIED)


def test_secp224r1_has_no_integrated_mapping_and_old_ways_still_open() -> None:
    plan = Plan(pace=(("secp224r1", AES128),), mapping="im")
    assert read(chip_of(plan)).opened_by == "BAC"
    alone = read(chip_of(plan), password=from_can("123456")).verdict
    assert alone.reason is Reason.NOT_SUPPORTED


def test_a_chip_proves_itself_while_it_opens() -> None:
    chip = chip_of(CAM)
    wire = Wire(chip)
    reading = read_chip(wire, Wanted(from_fields("U12345678", "900215", "330601"), trust(), AT, portrait=False))
    line = reading.verdict.line(Check.CHIP)
    assert (line.result, line.detail) == (Result.PASSED, "BRAINPOOLP256r1 CAM")
    # Only the commands of PACE go in the open: no second agreement under secure messaging was needed.
    assert not [command for command in wire.sent if command[0] & 0x0C and command[1] == 0x86]


@pytest.mark.parametrize(
    ("fault", "judgement", "reason"),
    [
        ("cloned", Judgement.FALSE, Reason.CLONED),
        ("security-altered", Judgement.FALSE, Reason.SIGNATURE_WRONG),
        ("stranger", Judgement.UNDECIDED, Reason.SIGNER_UNKNOWN),
        ("other-document", Judgement.UNDECIDED, Reason.ACCESS_DENIED),
        ("dg1-altered", Judgement.FALSE, Reason.CONTENT_DIFFERS),
        ("altered-answer", Judgement.FALSE, Reason.ALTERED),
    ],
    ids=lambda value: str(value),
)
def test_forgeries_of_chips_that_prove_themselves_while_they_open(
    fault: str, judgement: Judgement, reason: Reason
) -> None:
    plan = Plan(mapping="cam", active=None)
    verdict = read(chip_of(plan, fault)).verdict
    assert (verdict.judgement, verdict.reason) == (judgement, reason)
    if fault in ("cloned", "security-altered"):
        assert verdict.line(Check.CHIP).result is Result.FAILED


def test_a_copy_without_the_file_of_its_key_is_asked_for_the_key_itself() -> None:
    plan = Plan(mapping="cam", active=None)
    chip = chip_of(plan, "security-hidden")
    assert read(chip).verdict.line(Check.CHIP).result is Result.PASSED, "DG14 has the key too, and it is the chip's"
    chip.faults.set("cloned")
    assert read(chip).verdict.reason is Reason.CLONED


def test_a_chip_that_says_nothing_of_its_key_is_a_copy() -> None:
    chip = chip_of(Plan(mapping="cam", active=None))

    class Silent(Wire):
        def transmit(self, command: bytes) -> Response:
            answer = super().transmit(command)
            at = answer.data.find(b"\x8a\x30")
            if command[1] == 0x86 and at > 0:
                kept = answer.data[2:at]
                return Response(b"\x7c" + bytes((len(kept),)) + kept, answer.status)
            return answer

    verdict = read_chip(Silent(chip), Wanted(from_can("123456"), trust(), AT, portrait=False)).verdict
    assert verdict.line(Check.CHIP).reason is Reason.CLONED
