"""The worked examples of Doc 9303-11 for the other kinds of PACE: appendix G.2 (generic mapping over numbers), H.1 and
H.2 (integrated mapping over a curve and over numbers), I.1 (chip authentication mapping). For the reader, and apart
from it for the emulated chip.

Appendix H prints intermediate values and keys, not commands: the commands here are those values in the standard's data
objects. Its key for the nonce is not the one that its zone gives, so that it is put in the place of the derived one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from asn1crypto import core
from test_worked_examples import G_ZONE, Script, drawing, h

from app.identity.chip import tlv
from app.identity.chip.card_security import CardSecurity, prove_mapping
from app.identity.chip.ciphers import Suite
from app.identity.chip.csca import CscaList
from app.identity.chip.curves import Group, numbered
from app.identity.chip.infos import Mapping, read_infos
from app.identity.chip.integrated import field_number
from app.identity.chip.modular import Modular, modular
from app.identity.chip.pace import Opened, open_with_pace
from app.identity.chip.password import Password, from_fields, from_zone
from app.identity.chip.secure import SessionKeys
from app.identity.chip.signed import Signed
from app.identity.chip.transport import BadAnswer, OpenChannel
from app.identity.chip.verdict import AccessRefused, Reason
from devices.emulators.identity import emrtd_pace
from devices.emulators.identity.emrtd_keys import AES128, Agreement
from devices.emulators.identity.emrtd_numbers import Numbers
from devices.emulators.identity.emrtd_numbers import field_number as chips_number
from devices.emulators.identity.emrtd_pace import Pace

BSI = "0.4.0.127.0.7.2.2.4."
H_KEY = h("591468CDA83D65219CCCB8560233600F")
NO_ZONE_DRAWN = "00"


@dataclass(frozen=True)
class Example:
    """Of one appendix. drawn: the reader's random parts; chip_drawn: the chip's; words: command data and answers of the
    three or four GENERAL AUTHENTICATEs, without their outer data object."""

    protocol: str
    number: int
    drawn: tuple[str, ...]
    chip_drawn: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    keys: tuple[str, str]
    nonce_key: bytes | None = None
    chip_secret: int = 1

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        oid = core.ObjectIdentifier(BSI + self.protocol).contents
        first = tlv.tlv(0x80, oid) + h("830101")
        steps = [((h("0022C1A4") + bytes((len(first),)) + first).hex().upper(), "9000")]
        for at, (command, answer) in enumerate(self.words):
            data = tlv.tlv(0x7C, h(command))
            head = h("0086" if at == len(self.words) - 1 else "1086") + h("0000") + bytes((len(data),))
            steps.append(((head + data + b"\0").hex().upper(), (tlv.tlv(0x7C, h(answer)) + h("9000")).hex().upper()))
        return tuple(steps)

    @property
    def session(self) -> SessionKeys:
        return SessionKeys(Suite.AES128, h(self.keys[0]), h(self.keys[1]))


def _number(secret: str, order: int) -> str:
    """The random bytes of which both sides make this private key, or one that is as good in the group."""
    return f"{int(secret, 16) % order - 1:x}".rjust(2 * 8, "0")


def _even(text: str) -> str:
    return text if len(text) % 2 == 0 else "0" + text


P_CURVE = Agreement.on("brainpoolP256r1")
Q_160 = Numbers.on("modp0").order

G2 = Example(
    "1.2",
    0,
    ("5265030F751F4AD18B08AC565FC7AC952E41618D", "89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA"),
    (
        "FA5B7E3E49753A0DB9178B7B9BD898C8",
        "66DDAFEAC1609CB5B963BB0CB3FF8B3E047F336C",
        "A5B780126B7C980E9FCEA1D4539DA1D27C342DFA",
    ),
    (
        ("", "8010854D8DF5827FA6852D1A4FA701CDDDCA"),
        (
            "81818023FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3EB71C343DB13D1DEBCE9A3666DBCFC920"
            "B49174A602CB47965CAA73DC702489A44D41DB914DE9613DC5E98C94160551C0DF86274B9359BC0490D01B03AD54022DCB4F57FA"
            "D6322497D7A1E28D46710F461AFE710FBBBC5F8BA166F4311975EC6C",
            "82818078879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E623EA5738B26381E4DA19E004706FACE7"
            "B235C2DBF2F38748312F3C98C2DD4882A41947B324AA1259AC22579DB93F7085655AF30889DBB845D9E6783FE42C9F2449400306"
            "254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B44126EE6",
        ),
        (
            "838180907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD911551B9AE4D04369F29A02626C86FBC6747C"
            "C7BC352645B6161A2A42D44EDA80A08FA8D61B76D3A154AD8A5A51786B0BC07147057871A922212C5F67F43173172236B7747D16"
            "71E6D692A3C7D40A0C3C5CE397545D015C175EB5130551EDBC2EE5D4",
            "848180075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152BD8B3A213F53820C42ADC79AB5D0AEEC3"
            "AEFB91394DA476BD97B9B14D0A65C1FC71A0E019CB08AF55E1F729005FBA7E3FA5DC41899238A250767A6D46DB974064386CD456"
            "743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29AEA1",
        ),
        ("8508B46DD9BD4D98381F", "8608917F37B5C0E6D8D1"),
    ),
    ("2F7F46ADCC9E7E521B45D192FAFA9126", "805A1D27D45A5116F73C54469462B7D8"),
)
H1 = Example(
    "4.2",
    13,
    ("5DD4CBFC96F5453B130D890A1CDBAE32", "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595"),
    ("2923BE84E16CD6AE529049F1F1BBE9EB", "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A"),
    (
        ("", "8010143DC40C08C8E891FBED7DEDB92B64AD"),
        ("81105DD4CBFC96F5453B130D890A1CDBAE32", "8200"),
        (
            "83410489CBA23FFE96AA18D824627C3E934E54A9FD0B87A95D1471DC1C0ABFDCD640D4"
            "6755DE9B7B778280B6BEBD57439ADFEB0E21FD4ED6DF42578C13418A59B34C37",
            "84410467F78E5F7F7686082B293E8D087E056916D0F74BC01A5F8957D0DE45691E51E8"
            "932B69A962B52A0985AD2C0A271EE6A13A8ADDDCD1A3A994B9DED257F4D22753",
        ),
        ("8508450F02B86F6A0909", "860875D4D96E8D5B0308"),
    ),
    ("0D3FEB33251A6370893D62AE8DAAF51B", "B01E89E3D9E8719E586B50B4A7506E0B"),
    H_KEY,
)
H2 = Example(
    "3.2",
    0,
    (
        "B3A6DB3C870C3E99245E0D1C06B747DE",
        "4BD0E54740F9A028E6A515BFDAF967848C4F5F5FFF65AA0915947FFD1A0DF2FA6981271BC905F3551457B7E03AC3B8066DE4AA40"
        "6C1171FB43DD939C4BA16175103BA3DEE16419AA248118F90CC36A3D6F4C373652E0C3CCE7F0F1D0C5425B3600F0F0D6A67F004C"
        "8BBA33F2B4733C7252445C1DFC4F1107203F71D2EFB28161",
    ),
    (
        "FA5B7E3E49753A0DB9178B7B9BD898C8",
        "020F018C7284B047FA7721A337EFB7ACB1440BB30C5252BD41C97C30C994BB78E9F0C5B32744D84017D21FFA6878396A6469CA28"
        "3EF5C000DAF7D261A39AB8860ED4610AB5343390897AAB5A7787E4FAEFA0649C6A94FDF82D991E8E3FC332F5142729E7040A3F7D"
        "5A4D3CD75CBEE1F043C1CAD2DD484FEB4ED22B597D36688E",
    ),
    (
        ("", "80109ABB8864CA0FF1551E620D1EF4E13510"),
        ("8110B3A6DB3C870C3E99245E0D1C06B747DE", "8200"),
        (
            "8381800F0CC62945A8029251FB7EF3C094E12EC68E4EF07F27CB9D9CD04C5C4250FAE0E4F8A951557E929AEB48E5C6DD47F2F5"
            "CD7C351A9BD2CD722C07EDE166770F08FFCB370262CF308DD7B07F2E0DA9CAAA1492344C852906919538C98A4BA4187E76CE9D87"
            "832386D319CE2E043C3343AEAE6EDBA1A9894DC5094D22F7FE1351D5",
            "848180928D9A0F9DBA450F13FC859C6F290D1D36E42431138A4378500BEB4E0401854CFF111F71CB6DC1D0335807A11388CC8E"
            "AA87B07907AAD9FBA6B169AF6D8C26AF8DDDC39ADC3AD2E3FF882B84D23E9768E95A80E4746FB07A9767679FE92133B4D379935C"
            "771BD7FBED6C7BB4B1708B275EA75679524CDC9C6A91370CC662A2F3",
        ),
        ("850855D61977CBF5307E", "8608C2F04230187E1525"),
    ),
    ("01AFC10CF87BE36D8179E87370171F07", "23F0FBD05FD6C7B8B88F4C8309669061"),
    H_KEY,
)
CHIP_WORD = "1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F92"
I1 = Example(
    "6.2",
    13,
    (
        "5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC",
        "76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120",
    ),
    (
        "658B860BC94DF6F044FCE6D5C82CF8E5",
        "9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA",
        "CD626EF3C256E235FE8912CAC28279E626008EDA6B3A05C4CF862A3BDAB79E78",
    ),
    (
        ("", "8010CB60E8E0D85B76A9BD304747C2AD42E2"),
        (
            "8141047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE"
            "1AB889104A27DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C1",
            "824104A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
            "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E23",
        ),
        (
            "834104446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F95"
            "5483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC",
            "84410402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA9933331"
            "11C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E1",
        ),
        ("8508E86BD06018A1CD3B", "86088596CF055C67C1A38A30" + CHIP_WORD),
    ),
    ("0A9DA4DB03BDDE39FC5202BC44B2E89E", "4B1C06491ED5140CA2B537D344C6C0B1"),
)
CHIP_DATA = "85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3"
CHIP_KEY_INFO = (
    "3062060904007F000702020102305230" + "0C060704007F0007010202010D0342000418727094"
    "94399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC884D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A0"
    "8F68E16F02010D"
)
EXAMPLES = {"G.2": G2, "H.1": H1, "H.2": H2, "I.1": I1}


def _password(example: Example) -> Password:
    return from_fields("C11T002JM", "960812", "231031") if example is I1 else from_zone(G_ZONE)


def _order(example: Example) -> int:
    return Q_160 if example.number == 0 else P_CURVE.order


def _draws(example: Example, parts: tuple[str, ...], plain: int) -> Any:
    """plain: how many parts are nonces, used as they are."""
    order = _order(example)
    keys = (_even(_number(part, order)) for part in parts[plain:])
    return drawing(*parts[:plain], *keys)


@pytest.fixture(params=EXAMPLES, ids=list(EXAMPLES))
def example(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Example:
    chosen = EXAMPLES[request.param]
    if chosen.nonce_key is not None:
        monkeypatch.setattr("app.identity.chip.pace.nonce_key", lambda *_: chosen.nonce_key)
        monkeypatch.setattr(emrtd_pace, "nonce_key", lambda *_: chosen.nonce_key)
    return chosen


def _read(example: Example, steps: tuple[tuple[str, str], ...]) -> Opened:
    """The reader's half of an example against these commands and answers."""
    info = f"{BSI}{example.protocol}"
    body = tlv.tlv(0x06, core.ObjectIdentifier(info).contents) + h("020102") + bytes((2, 1, example.number))
    (way,) = read_infos(tlv.tlv(0x31, tlv.tlv(0x30, body))).pace
    wire = Script(*steps)
    plain = 1 if way.mapping is Mapping.INTEGRATED else 0
    opened = open_with_pace(OpenChannel(wire), way, _password(example), _draws(example, example.drawn, plain))
    assert not wire.left
    return opened


def test_the_readers_half(example: Example) -> None:
    opened = _read(example, example.steps)
    assert opened.keys == example.session
    assert (opened.word is not None) == (example is I1)


def test_the_chips_half(example: Example) -> None:
    on = Numbers.on("modp0") if example.number == 0 else P_CURVE
    mapping = {"1": "gm", "3": "im", "4": "im", "6": "cam"}[example.protocol[0]]
    secret = 1
    if example is I1:
        # The standard prints no private key of the chip. It follows: CA = SK⁻¹ · SK_map.
        secret = pow(int(CHIP_DATA, 16), -1, on.order) * int(example.chip_drawn[1], 16) % on.order
    chip = Pace(
        _password(example).seed, AES128, core.ObjectIdentifier(BSI + example.protocol).contents, on, mapping, secret,
        _draws(example, example.chip_drawn, 1),
    )  # fmt: skip
    for at, (command, answer) in enumerate(example.words):
        parts = dict(tlv.walk(h(command)))
        said = chip.step(parts, at < len(example.words) - 1)
        assert said == tlv.tlv(0x7C, h(answer)) + h("9000")
    assert chip.session is not None
    assert (chip.session.enc, chip.session.mac_key) == (example.session.enc, example.session.mac)


def test_the_field_numbers_and_generators_of_integrated_mapping() -> None:
    curve, numbers = numbered(13), modular(0)
    assert curve is not None
    assert numbers is not None
    s, t = h(H1.chip_drawn[0]), h(H1.drawn[0])
    number = field_number(Suite.AES128, s, t, curve.prime)
    assert f"{number:X}" == "A2F8FF2DF50E52C6599F386ADCB595D229F6A167ADE2BE5F2C3296ADD5B7430E"
    assert chips_number(AES128, s, t, curve.prime) == number
    mapped = curve.encoded(number)
    wanted = (
        "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
        "4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD"
    )
    assert mapped.written(mapped.generator).hex().upper() == wanted
    assert P_CURVE.encoded(number).text(P_CURVE.encoded(number).generator).hex().upper() == wanted
    s, t = h(H2.chip_drawn[0]), h(H2.drawn[0])
    number = field_number(Suite.AES128, s, t, numbers.prime)
    assert f"{number:X}".startswith("A0C7C50C002061A51CC87D254EF38068607417B6EE1B36473CFB800D2D2E5FA2")
    assert f"{numbers.encoded(number).generator:X}" == (
        "1D7D767F11E333BCD6DBAEF40E799E7A926B96973550656FF3C830726D118D61C276CDCC61D475CF03A98E0C0E79CAEBA5BE25578BD455"
        "1D0B10903236F0B0F976852FA78EEA14EA0ACA87D1E91F688FE0DFF897BBE35A472621D343564B262F34223AE8FC59B664BFEDFA2BFE75"
        "16CA5510A6BBB633D517EC25D4E0BBAA16C2"
    )


def _security(info: str) -> CardSecurity:
    keys = read_infos(tlv.tlv(0x31, h(info))).chip_keys
    return CardSecurity(Signed("", b"", None, True, None, ()), keys)


def test_the_chip_authentication_data_prove_the_chips_key() -> None:
    from app.identity.chip import card_security

    opened = _read(I1, I1.steps)
    assert opened.word is not None
    assert opened.word.sealed == h(CHIP_WORD)
    assert card_security._proved(opened.word, opened.keys, _security(CHIP_KEY_INFO))
    # Another point of the curve: somebody else's chip.
    group = numbered(13)
    assert group is not None
    other = group.written(group.generator * 5).hex().upper()
    at = CHIP_KEY_INFO.index("0418727094")
    strange = CHIP_KEY_INFO[:at] + other + CHIP_KEY_INFO[at + len(other) :]
    assert not card_security._proved(opened.word, opened.keys, _security(strange))
    line = prove_mapping(opened.word, opened.keys, None, CscaList(), None, "")  # type: ignore[arg-type]
    assert line.reason is Reason.CONTENT_MISSING


def test_a_false_last_proof_and_a_changed_number_do_not_open(example: Example) -> None:
    command, answer = example.steps[-1]
    at = answer.index("8608") + 4
    false = answer[:at] + f"{int(answer[at : at + 2], 16) ^ 1:02X}" + answer[at + 2 :]
    with pytest.raises(AccessRefused) as refused:
        _read(example, (*example.steps[:-1], (command, false)))
    assert refused.value.reason is Reason.ACCESS_DENIED


@pytest.mark.parametrize("text", ["00", "01", "P-1", "outside", "long"])
def test_numbers_outside_the_group_are_refused(text: str) -> None:
    group = modular(0)
    assert isinstance(group, Modular)
    given = {
        "P-1": (group.prime - 1).to_bytes(128, "big"),
        "outside": (2).to_bytes(128, "big"),
        "long": b"\0" + group.written(group.generator),
    }.get(text) or h(text)
    with pytest.raises(BadAnswer):
        group.element(given)
    assert group.element(group.written(group.generator)) == group.generator


def test_the_groups_are_what_they_say() -> None:
    for number, bits in ((0, 160), (1, 224), (2, 256)):
        group = modular(number)
        assert group is not None
        assert group.order.bit_length() == bits
        assert pow(group.generator, group.order, group.prime) == 1
        assert (group.prime - 1) % group.order == 0
    assert modular(3) is None
    curve = numbered(10)
    assert isinstance(curve, Group)
    assert not curve.encodable, "the standard excludes secp224r1 from integrated mapping"
