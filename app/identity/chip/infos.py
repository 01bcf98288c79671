"""SecurityInfos (Doc 9303-11 §9.2): what EF.CardAccess and DG14 say the chip can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from asn1crypto import core, keys

from app.identity.chip.ciphers import Suite
from app.identity.chip.curves import Group, group_of, numbered
from app.identity.chip.modular import Modular, modular
from app.identity.chip.transport import BadAnswer

_BSI = "0.4.0.127.0.7.2.2."
_PACE, _CA_KEY, _CA = _BSI + "4.", _BSI + "1.", _BSI + "3."
_AA = "2.23.136.1.1.5"
_SUITES = {"1": Suite.TDES, "2": Suite.AES128, "3": Suite.AES192, "4": Suite.AES256}
_PLAIN = "0.4.0.127.0.7.1.1.4.1."
_PLAIN_HASHES = {"1": "sha1", "2": "sha224", "3": "sha256", "4": "sha384", "5": "sha512"}
_ECDH = "2"
_STANDARDISED = "0.4.0.127.0.7.1.2"
"""A key whose curve is named by its number in §9.5.1."""


class Mapping(StrEnum):
    """How PACE makes a generator of the nonce (§4.4.3.3)."""

    GENERIC = "GM"
    INTEGRATED = "IM"
    CHIP = "CAM"
    """As generic; and the chip proves its own key with it."""


_MAPPINGS: dict[str, tuple[Mapping, Callable[[int], Group | Modular | None]]] = {
    "1": (Mapping.GENERIC, modular),
    "2": (Mapping.GENERIC, numbered),
    "3": (Mapping.INTEGRATED, modular),
    "4": (Mapping.INTEGRATED, numbered),
    "6": (Mapping.CHIP, numbered),
}
_LIKED = (Mapping.CHIP, Mapping.GENERIC, Mapping.INTEGRATED)
"""Among ciphers of one strength: first what proves the chip as well."""


class SecurityInfo(core.Sequence):  # type: ignore[misc]  # asn1crypto is not typed
    _fields = [  # noqa: RUF012  # asn1crypto's way
        ("protocol", core.ObjectIdentifier),
        ("required", core.Any),
        ("optional", core.Any, {"optional": True}),
    ]


class SecurityInfos(core.SetOf):  # type: ignore[misc]
    _child_spec = SecurityInfo


@dataclass(frozen=True, slots=True)
class PaceWay:
    """One way of PACE that the chip offers and this program knows. oid: its encoded value, without tag and length."""

    oid: bytes
    suite: Suite
    number: int
    group: Group | Modular
    mapping: Mapping = Mapping.GENERIC


@dataclass(frozen=True, slots=True)
class ChipKey:
    """A key of chip authentication. key_id: None where there is only one."""

    group: Group
    point: Any
    key_id: int | None


@dataclass(frozen=True, slots=True)
class ChipWay:
    """A way of chip authentication with its key. oid: encoded value."""

    oid: bytes
    suite: Suite
    key: ChipKey


@dataclass(frozen=True, slots=True)
class Offers:
    """pace: by preference of the strongest, empty for none that is known. pace_unknown: others are offered, dotted.
    chip: chip authentication; chip_keys: its keys; chip_unknown: offered, but not one that is known. aa_hash: of active
    authentication by ECDSA, None when nothing is said."""

    pace: tuple[PaceWay, ...] = ()
    pace_unknown: tuple[str, ...] = ()
    chip: tuple[ChipWay, ...] = ()
    chip_keys: tuple[ChipKey, ...] = ()
    chip_unknown: bool = False
    aa_hash: str | None = None


def read_infos(data: bytes) -> Offers:
    """The SecurityInfos in these bytes. BadAnswer when they are none. What is not known is skipped, as the standard
    asks."""
    try:
        infos = [(info["protocol"].dotted, info) for info in SecurityInfos.load(data, strict=True)]
        pace = list(_pace(infos))
        chip_keys, odd_key = _chip_keys(infos)
        chip = list(_chip(infos, chip_keys))
        asked = [dotted for dotted, _ in infos if dotted.startswith((_CA, _CA_KEY))]
        return Offers(
            pace=tuple(sorted(pace, key=_liking)),
            pace_unknown=tuple(
                dotted
                for dotted, info in infos
                if dotted.startswith(_PACE) and all(info["protocol"].contents != way.oid for way in pace)
            ),
            chip=tuple(sorted(chip, key=lambda way: -way.suite.value.key - way.suite.block)),
            chip_keys=tuple(chip_keys),
            chip_unknown=(bool(asked) and not chip) or odd_key,
            aa_hash=next((_aa_hash(info) for dotted, info in infos if dotted == _AA), None),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise BadAnswer("SecurityInfos") from error


def _pace(infos: list[tuple[str, Any]]) -> Iterator[PaceWay]:
    for dotted, info in infos:
        arc, _, cipher = dotted.removeprefix(_PACE).partition(".")
        if not dotted.startswith(_PACE) or arc not in _MAPPINGS or cipher not in _SUITES:
            continue
        mapping, group_of_number = _MAPPINGS[arc]
        suite, number = _SUITES[cipher], _integer(info["optional"])
        group = group_of_number(number) if number is not None else None
        if group is None or number is None or _integer(info["required"]) != 2:
            continue
        if mapping is Mapping.INTEGRATED and not group.encodable:
            continue
        if mapping is Mapping.CHIP and suite is Suite.TDES:
            continue  # the standard has none
        yield PaceWay(info["protocol"].contents, suite, number, group, mapping)


def _liking(way: PaceWay) -> tuple[int, int]:
    return -way.suite.value.key - way.suite.block, _LIKED.index(way.mapping)


def _chip_keys(infos: list[tuple[str, Any]]) -> tuple[list[ChipKey], bool]:
    found, odd = [], False
    for dotted, info in infos:
        if not dotted.startswith(_CA_KEY):
            continue
        try:
            if dotted.removeprefix(_CA_KEY) != _ECDH:
                raise BadAnswer("key agreement over numbers")
            given = info["required"].dump()
            group, point = _numbered_key(given) or ec_key(keys.PublicKeyInfo.load(given))
            found.append(ChipKey(group, point, _integer(info["optional"])))
        except BadAnswer:
            odd = True
    return found, odd and not found


def _chip(infos: list[tuple[str, Any]], chip_keys: list[ChipKey]) -> Iterator[ChipWay]:
    ways = [(dotted, info) for dotted, info in infos if dotted.startswith(_CA)]
    for dotted, info in ways:
        kind, _, cipher = dotted.removeprefix(_CA).partition(".")
        if kind != _ECDH or cipher not in _SUITES:
            continue
        wanted = _integer(info["optional"])
        for key in chip_keys:
            if wanted == key.key_id or (wanted is None and len(chip_keys) == 1):
                yield ChipWay(info["protocol"].contents, _SUITES[cipher], key)
    if not ways and len(chip_keys) == 1:
        # Chips of the first generation give a key alone and mean 3DES (Doc 9303-11 §6.2.4).
        oid = core.ObjectIdentifier(f"{_CA}{_ECDH}.1").contents
        yield ChipWay(oid, Suite.TDES, chip_keys[0])


def _aa_hash(info: Any) -> str | None:
    oid = core.ObjectIdentifier.load(info["optional"].dump()).dotted
    return _PLAIN_HASHES.get(oid.removeprefix(_PLAIN)) if oid.startswith(_PLAIN) else None


def _numbered_key(given: bytes) -> tuple[Group, Any] | None:
    """Group and point of a SubjectPublicKeyInfo that names its curve by a number (§9.5.1), which asn1crypto does not
    know; None for the usual kinds."""
    key = core.Sequence.load(given)
    if len(key) != 2 or key[0][0].dotted != _STANDARDISED:
        return None
    group = numbered(int(key[0][1].native))
    if group is None:
        raise BadAnswer("no curve has this number")
    return group, group.point(key[1].contents[1:])


def ec_key(info: Any) -> tuple[Group, Any]:
    """Group and point of a SubjectPublicKeyInfo (asn1crypto). BadAnswer when it is none on a curve."""
    algorithm = info["algorithm"]
    if algorithm["algorithm"].native != "ec":
        raise BadAnswer("no key on a curve")
    group = group_of(algorithm["parameters"])
    return group, group.point(bytes(info["public_key"].native))


def _integer(value: Any) -> int | None:
    if value is None or isinstance(value, core.Void) or not value.contents:
        return None
    return int(core.Integer.load(value.dump()).native)
