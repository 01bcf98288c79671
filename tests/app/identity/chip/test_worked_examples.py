"""The worked examples of ICAO Doc 9303-11 (appendices D, F, G): keys, BAC, secure messaging, PACE, active
authentication. Each value here is reproduced by what it is held against. The chip's side of the emulator, written
apart, is held against the same examples."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from app.domain.errors import BadInput
from app.identity.chip.active import recovers
from app.identity.chip.bac import open_with_bac
from app.identity.chip.ciphers import ENC, MAC, PACE, Suite, pad, unpad
from app.identity.chip.curves import Group, numbered
from app.identity.chip.infos import read_infos
from app.identity.chip.pace import Opened, open_with_pace
from app.identity.chip.password import from_can, from_fields, from_zone
from app.identity.chip.secure import SecureChannel, SessionKeys
from app.identity.chip.transport import Apdu, OpenChannel, Response, SecurityLost
from app.identity.chip.verdict import AccessRefused, Reason
from devices.emulators.identity.emrtd_chip import EmrtdChip
from devices.emulators.identity.emrtd_issuer import Holder
from devices.emulators.identity.emrtd_plan import Plan

TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C<3UTO6908061F9406236ZE184226B<<<<<14")
"""Appendix D.2, TD3."""
TD1_LONG = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
"""Appendix D.2, a number of more than nine characters."""
TD1_SHORT = ("I<UTOL898902C<3<<<<<<<<<<<<<<<", "6908061F9406236UTO<<<<<<<<<<<1", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def h(text: str) -> bytes:
    return bytes.fromhex(text)


class Script:
    """A transport that expects these commands and gives these answers."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.left = list(pairs)

    def transmit(self, command: bytes) -> Response:
        wanted, answer = self.left.pop(0)
        assert command.hex().upper() == wanted
        given = h(answer)
        return Response(given[:-2], int.from_bytes(given[-2:], "big"))


def drawing(*parts: str):  # type: ignore[no-untyped-def]
    """Random bytes that are none."""
    left = [h(part) for part in parts]

    def draw(size: int) -> bytes:
        given = left.pop(0)
        assert len(given) <= size
        return given.rjust(size, b"\0")

    return draw


def test_the_keys_of_the_zone() -> None:
    password = from_zone(TD3)
    assert password.bac_seed == h("239AB9CB282DAF66231DC5A4DF6BFBAE")
    assert Suite.TDES.derive(password.bac_seed, ENC) == h("AB94FDECF2674FDFB9B391F85D7F76F2")
    assert Suite.TDES.derive(password.bac_seed, MAC) == h("7962D9ECE03D1ACD4C76089DCE131543")
    assert from_zone(TD1_SHORT).seed == password.seed
    assert from_fields("L898902C", "690806", "940623").seed == password.seed
    long = hashlib.sha1(b"D23145890734934071279507122", usedforsecurity=False).digest()
    assert from_zone(TD1_LONG).seed == long
    assert from_fields("D23145890734", "340712", "950712").seed == long


@pytest.mark.parametrize("lines", [(), ("P<UTO",), (TD3[0], TD3[1][:-1]), (TD3[0], TD3[1].replace("L", "l"))])
def test_what_is_no_zone(lines: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        from_zone(lines)


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "１２３４５６"])
def test_what_is_no_access_number(text: str) -> None:
    with pytest.raises(BadInput):
        from_can(text)


def test_passwords_are_not_printed() -> None:
    assert "L898902C" not in repr(from_zone(TD3))
    assert "123456" not in repr(from_can("123456"))


BAC_RANDOM = ("781723860C06C226", "0B795240CB7049B01C19B33E32804F0B")
BAC = (
    ("0084000008", "4608F919887022129000"),
    (
        "008200002872C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A700",
        "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D74499000",
    ),
)
MESSAGES = (
    ("0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800", "990290008E08FA855A5D4C50A8ED9000"),
    ("0CB000000D9701048E08ED6705417E96BA5500", "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000"),
    (
        "0CB000040D9701128E082EA28A70F3C7B53500",
        "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
    ),
)


def test_basic_access_control_and_secure_messaging() -> None:
    wire = Script(*BAC, *MESSAGES)
    keys = open_with_bac(OpenChannel(wire), from_zone(TD3), drawing(*BAC_RANDOM))
    assert keys == SessionKeys(
        Suite.TDES, h("979EC13B1CBFE9DCD01AB0FED307EAE5"), h("F1CB1F1FB5ADF208806B89DC579DC1F8"), 0x887022120C06C226
    )
    channel = SecureChannel(wire, keys)
    assert channel.send(Apdu(0xA4, 0x02, 0x0C, h("011E"))) == Response(b"", 0x9000)
    assert channel.send(Apdu(0xB0, 0, 0, le=4)).data == h("60145F01")
    rest = channel.send(Apdu(0xB0, 0, 4, le=18)).data
    assert rest == h("04303130365F36063034303030305C026175")
    assert not wire.left


@pytest.mark.parametrize("at", [0, 4, 11, 20])
def test_an_altered_answer_is_noticed(at: int) -> None:
    answer = bytearray(h(MESSAGES[1][1]))
    answer[at] ^= 1
    wire = Script(*BAC, MESSAGES[0], (MESSAGES[1][0], answer.hex()))
    channel = SecureChannel(wire, open_with_bac(OpenChannel(wire), from_zone(TD3), drawing(*BAC_RANDOM)))
    channel.send(Apdu(0xA4, 0x02, 0x0C, h("011E")))
    with pytest.raises(SecurityLost):
        channel.send(Apdu(0xB0, 0, 0, le=4))


@pytest.mark.parametrize("answer", ["6988", "9000", "60145F019000", MESSAGES[0][1]])
def test_answers_in_the_open_or_said_again_are_refused(answer: str) -> None:
    wire = Script(*BAC, MESSAGES[0], (MESSAGES[1][0], answer))
    channel = SecureChannel(wire, open_with_bac(OpenChannel(wire), from_zone(TD3), drawing(*BAC_RANDOM)))
    channel.send(Apdu(0xA4, 0x02, 0x0C, h("011E")))
    with pytest.raises(SecurityLost):
        channel.send(Apdu(0xB0, 0, 0, le=4))


def test_bac_with_a_false_proof_of_the_chip() -> None:
    false = BAC[1][1][:-6] + "4A9000"
    with pytest.raises(AccessRefused) as refused:
        open_with_bac(OpenChannel(Script(BAC[0], (BAC[1][0], false))), from_zone(TD3), drawing(*BAC_RANDOM))
    assert refused.value.reason is Reason.ACCESS_DENIED


def test_secure_messaging_with_aes() -> None:
    """Not of the standard: what gmrtd's tests recorded of a chip (SSC, keys and messages), reproduced here."""
    keys = SessionKeys(Suite.AES128, h("cc86415f2ed7e8fd663b754265695ae1"), h("581e84b8ee06c4d3eee30461498d7fb3"), 0xBA)
    made = SecureChannel(Script(), keys).protect(Apdu(0x22, 0x41, 0xA4, h("800a04007f000702020302028401c3")))
    assert made == h("0c2241a41d871101980953d37f67558690045d78a853b18a8e08929767a2cef172e200")


# Appendix G.1: PACE with generic mapping on brainpoolP256r1, AES-128, by the zone.
CARD_ACCESS = "31143012060A04007F0007020204020202010202010D"
TERMINAL_MAP = "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99"
TERMINAL_DH = "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595"
CHIP_MAP = "498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560"
CHIP_DH = "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A"
NONCE = "3F00C4D39D153F2B2A214A078D899B22"
G_ZONE = ("P<UTOX<<Y".ljust(44, "<"), "T220001293UTO6408125F1010318<<<<<<<<<<<<<<<2")
PACE_STEPS = (
    ("0022C1A40F800A04007F00070202040202830101", "9000"),
    ("10860000027C0000", "7C12801095A3A016522EE98D01E76CB6B98B42C39000"),
    (
        "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
        "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
        "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
        "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000",
    ),
    (
        "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
        "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
        "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
        "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000",
    ),
    ("008600000C7C0A8508C2B0BD78D94BA86600", "7C0A86083ABB9674BCE93C089000"),
)
SESSION = SessionKeys(Suite.AES128, h("F5F0E35C0D7161EE6724EE513A0D9A7F"), h("FE251C7858B356B24514B3BD5F4297D1"))


def _drawn(group: Group, secret: str) -> str:
    """The random bytes of which the reader makes this private key."""
    return f"{int(secret, 16) - 1:0{2 * group.size}x}"


def test_pace_with_generic_mapping() -> None:
    password = from_zone(G_ZONE)
    assert password.seed == h("7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD")
    assert Suite.AES128.derive(password.seed, PACE) == h("89DED1B26624EC1E634C1989302849DD")
    (way,) = read_infos(h(CARD_ACCESS)).pace
    random = drawing(_drawn(way.group, TERMINAL_MAP), _drawn(way.group, TERMINAL_DH))
    wire = Script(*PACE_STEPS)
    assert open_with_pace(OpenChannel(wire), way, password, random) == Opened(SESSION)
    assert not wire.left


def test_the_mapped_generator() -> None:
    group = numbered(13)
    assert group is not None
    shared = group.point(h(PACE_STEPS[2][1])[4:-2]) * int(TERMINAL_MAP, 16)
    assert group.x(shared) == h("60332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5")
    mapped = group.mapped(h(NONCE), shared)
    assert mapped.written(mapped.generator) == h(
        "048CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2"
        "8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522"
    )


def test_pace_whose_last_proof_is_false() -> None:
    (way,) = read_infos(h(CARD_ACCESS)).pace
    random = drawing(_drawn(way.group, TERMINAL_MAP), _drawn(way.group, TERMINAL_DH))
    steps = (*PACE_STEPS[:-1], (PACE_STEPS[-1][0], "7C0A86083ABB9674BCE93C099000"))
    with pytest.raises(AccessRefused) as refused:
        open_with_pace(OpenChannel(Script(*steps)), way, from_zone(G_ZONE), random)
    assert refused.value.reason is Reason.ACCESS_DENIED


def test_the_emulated_chip_speaks_the_same_example() -> None:
    """The chip's half of appendix G.1, with its random numbers."""
    size = 32
    draws = drawing(NONCE, f"{int(CHIP_MAP, 16) - 1:0{2 * size}x}", f"{int(CHIP_DH, 16) - 1:0{2 * size}x}", "00")
    plan = Plan(pace=(("brainpoolP256r1", 2),))
    chip = EmrtdChip(Holder(G_ZONE), plan=plan, draw=draws)
    assert chip.access == h(CARD_ACCESS)
    for command, answer in PACE_STEPS:
        assert chip.answer(h(command)).hex().upper() == answer


def test_the_emulated_chip_speaks_the_bac_example() -> None:
    """The chip's half of appendix D.3 and D.4; its contents are not the example's, so that reading is compared
    elsewhere."""
    chip = EmrtdChip(Holder(TD3), draw=drawing("4608F91988702212", "0B4F80323EB3191CB04970CB4052790B"))
    chip.answer(Apdu(0xA4, 0x04, 0x0C, h("A0000002471001")).wire())
    for command, answer in BAC:
        assert chip.answer(h(command)).hex().upper() == answer
    assert chip.answer(h(MESSAGES[0][0])).hex().upper() == MESSAGES[0][1]


def test_active_authentication_by_rsa() -> None:
    """Appendix F: the standard gives no key, so that its message goes through one of ours."""
    message = h(
        "6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C98599F40B79F377B"
        "5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD4E7292E2DCDA3024B47DA8"
        "C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC"
    )
    key = rsa.generate_private_key(65537, 1024).private_numbers()  # noqa: S505  # the example's size
    modulus = key.public_numbers.n
    signature = pow(int.from_bytes(message, "big"), key.d, modulus)
    challenge = h("F173589974BF40C6")
    for given in (signature, modulus - signature):
        assert recovers(given.to_bytes(128, "big"), modulus, 65537, challenge)
    assert not recovers(signature.to_bytes(128, "big"), modulus, 65537, h("F173589974BF40C7"))
    assert not recovers((signature ^ 1).to_bytes(128, "big"), modulus, 65537, challenge)
    assert not recovers(bytes(128), modulus, 65537, challenge)
    assert not recovers(modulus.to_bytes(128, "big"), modulus, 65537, challenge)


def test_padding() -> None:
    assert pad(b"", 8) == h("8000000000000000")
    assert unpad(pad(b"\x80\0", 8)) == b"\x80\0"
    for bad in (b"", b"\0\0", b"\x81\0"):
        with pytest.raises(ValueError, match="padding"):
            unpad(bad)
