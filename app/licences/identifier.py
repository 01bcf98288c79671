"""The identifier of an electronic licence 电子证照标识 (GB/T 36904).

    1.2.156.3005.2.<type: USCC 18 + 3>.<issuer 18>.<serial>.<version 3>.<check>

The check character is ISO 7064 MOD 37,36 over the parts after the root, without the dots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.errors import BadInput
from app.domain.numbering import mod_37_36

ROOT = "1.2.156.3005.2"

_SHAPE = re.compile(
    r"(?P<type>[0-9A-Z]{21})\.(?P<issuer>[0-9A-Z]{18})\.(?P<serial>[0-9A-Z]{9,32})\.(?P<version>[0-9A-Z]{3})\.(?P<check>[0-9A-Z])",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class LicenceIdentifier:
    """The parts. type_code: USCC of the department that defined the type, then 3 characters. issuer: USCC.

    serial: the standard says 9 digits or so; 9 to 32 letters and digits are met and tolerated.
    """

    type_code: str
    issuer: str
    serial: str
    version: str = "001"

    @property
    def check(self) -> str:
        return mod_37_36(self.type_code + self.issuer + self.serial + self.version)

    @property
    def region(self) -> str:
        """GB/T 2260 code of the issuer's place: characters 3 to 8 of its USCC."""
        return self.issuer[2:8]

    def __str__(self) -> str:
        return f"{ROOT}.{self.type_code}.{self.issuer}.{self.serial}.{self.version}.{self.check}"


def parse_identifier(text: str) -> LicenceIdentifier:
    """Read an identifier, with or without its root. BadInput when its shape or its check character is wrong."""
    match = _SHAPE.fullmatch(text.removeprefix(ROOT + "."))
    if match is None:
        raise BadInput("证照标识格式有误", "不符合 GB/T 36904 的结构", "请核对证照标识，或重新扫描。")
    parts = LicenceIdentifier(match["type"], match["issuer"], match["serial"], match["version"])
    if parts.check != match["check"]:
        raise BadInput("证照标识校验位不符", "标识可能抄录有误", "请核对证照标识，或重新扫描。")
    return parts


def is_identifier(text: str) -> bool:
    """Is it a well-formed identifier with the right check character?"""
    try:
        parse_identifier(text)
    except BadInput:
        return False
    return True


def build_identifier(type_code: str, issuer: str, serial: str, version: str = "001") -> LicenceIdentifier:
    """Put an identifier together. BadInput when a part has the wrong length or characters."""
    made = LicenceIdentifier(type_code, issuer, serial, version)
    try:
        return parse_identifier(str(made))
    except ValueError as error:
        raise BadInput("证照标识格式有误", "只能由大写字母和数字组成", "请核对各组成部分。") from error
