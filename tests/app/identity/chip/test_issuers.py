"""Whose passports count: master lists, LDIF, single certificates; taken in, kept, refused."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from emrtd_kit import AT, ELSEWHERE, chip_of, read

from app.domain.clock import FixedClock
from app.domain.errors import BadInput, EnvironmentProblem, Refused
from app.identity.chip.csca import CscaList, state_codes
from app.identity.chip.keeper import FILE_NAME, KEPT, IssuerKeeper
from app.identity.chip.master import ldif_values, read_offer
from app.identity.chip.signed import read_certificate
from app.identity.chip.verdict import Judgement, Reason
from devices.emulators.identity.emrtd_issuer import State, utopia

UTOPIA = utopia()
LIST = UTOPIA.master_list([UTOPIA.csca.der, ELSEWHERE.csca.der])
PRINT = read_certificate(UTOPIA.csca.der).fingerprint


class Memory:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def setting(self, key: str) -> str | None:
        return self.kept.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.kept[key] = value


def keeper(folder: Path, memory: Memory | None = None) -> IssuerKeeper:
    return IssuerKeeper(folder, FixedClock(AT), memory)


def wrapped(data: bytes) -> bytes:
    """Base64 in LDIF's lines of 76 characters."""
    text = base64.b64encode(data)
    return b"\n ".join(text[at : at + 70] for at in range(0, len(text), 70))


def crl(state: State, *serials: int) -> bytes:
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(state.csca.certificate.subject)
        .last_update(AT - dt.timedelta(1))
        .next_update(AT + dt.timedelta(90))
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(AT - dt.timedelta(2)).build()
        made = made.add_revoked_certificate(entry)
    return made.sign(state.csca.key, hashes.SHA256()).public_bytes(Encoding.DER)


def ldif(*values: tuple[str, bytes]) -> bytes:
    return b"version: 1\ndn: c=UT,dc=data\n" + b"".join(
        name.encode() + b":: " + wrapped(value) + b"\n" for name, value in values
    )


def test_a_master_list_is_taken_once_its_fingerprint_was_compared(tmp_path: Path) -> None:
    memory = Memory()
    first = keeper(tmp_path, memory)
    with pytest.raises(Refused) as asked:
        first.take(LIST, "list.ml")
    assert PRINT in asked.value.what
    with pytest.raises(Refused, match="指纹不一致"):
        first.take(LIST, "list.ml", "0" * 64)
    assert not first.current.roots
    taken = first.take(LIST, "list.ml", ":".join(PRINT[at : at + 2] for at in range(0, 64, 2)).upper())
    assert (taken.added, taken.total) == (2, 2)
    assert taken.offer.made == dt.datetime(2023, 6, 1, tzinfo=dt.UTC)
    # The next list of the same state needs no comparison any more.
    newer = UTOPIA.master_list([UTOPIA.csca.der, State.made_up("XK", "Third").csca.der])
    assert first.take(newer, "next.ml").added == 1
    again = keeper(tmp_path, memory).current
    assert {(root.certificate.country, root.source, root.voucher) for root in again.roots} == {
        ("UT", "list.ml", "UT Utopia CSCA"),
        ("XO", "list.ml", "UT Utopia CSCA"),
        ("XK", "next.ml", "UT Utopia CSCA"),
    }
    assert {root.taken for root in again.roots} == {AT}
    assert read(chip_of(), trust=again).verdict.judgement is Judgement.GENUINE


def test_a_list_that_was_changed_on_the_disk_is_not_in_force(tmp_path: Path) -> None:
    memory = Memory()
    keeper(tmp_path, memory).take(LIST, "list.ml", PRINT)
    file = tmp_path / FILE_NAME
    whole = file.read_text()
    file.write_text(whole.replace("list.ml", "liar.ml"))
    changed = keeper(tmp_path, memory)
    assert not changed.current.roots
    assert "被改动" in changed.problem
    memory.kept[KEPT] = __import__("hashlib").sha256(b"{}").hexdigest()
    file.write_text("{}")
    damaged = keeper(tmp_path, memory)
    assert not damaged.current.roots
    assert "损坏" in damaged.problem
    file.unlink()
    gone = keeper(tmp_path, memory)
    assert not gone.current.roots
    assert "不见了" in gone.problem
    assert not keeper(tmp_path, Memory()).problem


def test_a_full_disk_leaves_the_list_in_force(tmp_path: Path) -> None:
    one = keeper(tmp_path, Memory())
    (tmp_path / FILE_NAME).with_suffix(".part").mkdir()
    with pytest.raises(EnvironmentProblem):
        one.take(LIST, "list.ml", PRINT)
    assert not one.current.roots


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        LIST[:-1],
        LIST[:-1] + bytes((LIST[-1] ^ 1,)),
        UTOPIA.sign("2.23.136.1.1.1", b"0\0"),
        UTOPIA.master_list([ELSEWHERE.csca.der]).replace(UTOPIA.csca.der, b""),
        b"dn: c=UT\ncACertificate;binary:: !!!!\n",
    ],
    ids=["empty", "text", "cut", "altered", "no-list", "nobody-behind", "empty-ldif"],
)
def test_files_that_are_no_list(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_offer(data, "x", CscaList(), AT)


def test_an_ldif_of_the_directory() -> None:
    signer = UTOPIA.signer.certificate.serial_number
    data = ldif(
        ("pkdMasterListContent", LIST),
        ("cACertificate;binary", State.made_up("XK", "Third").csca.der),
        ("userCertificate;binary", UTOPIA.signer.der),
        ("certificateRevocationList;binary", crl(UTOPIA, signer)),
        ("certificateRevocationList;binary", crl(State.made_up("YY", "Nobody"), 5)),
        ("pkdMasterListContent", LIST[:-1] + bytes((LIST[-1] ^ 1,))),
    )
    offer = read_offer(data, "icao.ldif", CscaList(states=state_codes()), AT)
    assert sorted(root.certificate.country for root in offer.roots) == ["UT", "XK", "XO"]
    assert not offer.vouched
    assert len(offer.refused) == 2
    whole = CscaList(states={"UTO": "UT"}).with_roots(offer.roots).with_revoked(offer.revoked)
    kept = CscaList.from_json(whole.as_json(), {"UTO": "UT"})
    assert read(chip_of(), trust=kept).verdict.reason is Reason.SIGNER_REVOKED


def test_an_ldif_of_lists_whose_states_are_known_needs_no_comparison() -> None:
    known = CscaList().with_roots(read_offer(LIST, "list.ml", CscaList(), AT).roots)
    assert read_offer(ldif(("pkdMasterListContent", LIST)), "icao.ldif", known, AT).vouched


def test_single_certificates() -> None:
    text = "".join(
        f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(der).decode()}-----END CERTIFICATE-----\n"
        for der in (UTOPIA.csca.der, ELSEWHERE.csca.der)
    )
    for data, count in ((UTOPIA.csca.der, 1), (text.encode(), 2)):
        offer = read_offer(data, "one.cer", CscaList(), AT)
        assert len(offer.roots) == count
        assert not offer.vouched


def test_lines_of_ldif() -> None:
    data = b"dn: c=UT\r\na;binary:: AQ\r\n ID\r\nb: plain\r\n# c: no\r\n"
    assert list(ldif_values(data)) == [(b"dn", b"c=UT"), (b"a", b"\x01\x02\x03"), (b"b", b"plain")]


def test_states_and_their_certificates() -> None:
    codes = state_codes()
    assert (codes["CHN"], codes["D"], codes["GBN"], codes["UNO"], codes["XOM"]) == ("CN", "DE", "GB", "UN", "XO")
    known = CscaList(states=codes)
    assert known.speaks_for("CN", "CHN")
    assert not known.speaks_for("CN", "D")
    assert known.speaks_for("ZZ", "UTO")  # a state that nobody knows: the signature alone must do
