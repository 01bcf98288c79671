"""From a scanner's bytes to a code: AIM identifier, ECI, encoding.

ISO/IEC 15424 (AIM identifiers), AIM ECI assignments; what is called as zxing-cpp calls it, so that a scanner's codes
are recognised by the same rules as a camera's.
"""

from __future__ import annotations

import re

from devices.failure import Failure
from devices.kinds.entry import ScannedCode
from devices.outcome import Outcome

AUTO = "auto"
ENCODINGS = (AUTO, "utf-8", "gb18030", "latin-1")

_AIM = re.compile(rb"\](?P<code>[A-Za-z])(?P<modifier>[0-9A-Za-z])")
_SYMBOLOGIES = {
    "A": "Code39",
    "C": "Code128",
    "E": "EAN13",
    "F": "Codabar",
    "G": "Code93",
    "I": "ITF",
    "L": "PDF417",
    "Q": "QRCode",
    "d": "DataMatrix",
    "e": "DataBar",
    "z": "Aztec",
}
_WITH_ECI = {"Q": "246", "d": "456", "L": "1"}
"""Modifiers that say: ECIs stand in the data as \\NNNNNN, a backslash is doubled."""
_ECI = re.compile(rb"\\(\d{6}|\\)")
_ECI_ENCODINGS = {3: "latin-1", 20: "shift_jis", 25: "utf-16-be", 26: "utf-8", 28: "big5", 29: "gb18030", 32: "gb18030"}


def read_text(data: bytes, encoding: str = AUTO, aim: bool | None = None) -> ScannedCode:
    """A code's content. aim: it begins with an AIM identifier; None: where one stands there, it is one.

    Failure UNREADABLE: bytes of no such encoding, none at all, or an AIM identifier that lacks.
    """
    symbology, eci = "", False
    if aim is not False:
        match = _AIM.match(data)
        if match and (aim or match["code"].decode() in _SYMBOLOGIES):
            code, modifier = match["code"].decode(), match["modifier"].decode()
            symbology = "EAN8" if (code, modifier) == ("E", "4") else _SYMBOLOGIES.get(code, "")
            eci = modifier in _WITH_ECI.get(code, "")
            data = data[match.end() :]
        elif aim:
            raise Failure(Outcome.UNREADABLE, "扫码枪没有送出码制标识，请在设置中改为 aim=0，或重新设置扫码枪")
    text = _with_eci(data, encoding) if eci else _decoded(data, encoding)
    if not text:
        raise Failure(Outcome.UNREADABLE, "扫到的码没有内容，请再扫一次")
    return ScannedCode(text, symbology)


def _with_eci(data: bytes, encoding: str) -> str:
    parts, plain, at = [], b"", 0
    for match in _ECI.finditer(data):
        plain += data[at : match.start()]
        at = match.end()
        if match[1] == b"\\":
            plain += b"\\"
            continue
        if plain:
            parts.append(_decoded(plain, encoding))
            plain = b""
        encoding = _ECI_ENCODINGS.get(int(match[1]), encoding)
    plain += data[at:]
    return "".join([*parts, _decoded(plain, encoding) if plain else ""])


def _decoded(data: bytes, encoding: str) -> str:
    # UTF-8 first: GB 18030 takes almost any UTF-8 for something else, hardly ever the other way round.
    for name in ("utf-8", "gb18030") if encoding == AUTO else (encoding,):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise Failure(Outcome.UNREADABLE, "扫到的内容编码无法识别，请再扫一次，或检查扫码枪的编码设置")
