"""The anti-forgery code 防伪码: what a paper must say, signed, in a QR code.

A CWT in COSE_Sign1, zlib, Base45 with the prefix YCP1: (app.licences.cose). It is kept short enough to be read from
a thermal strip of 58 mm with 4 dots a module: names of items are cut, and left out when there are many.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import zxingcpp

from app.documents.content import PaperFacts
from app.documents.record import DIGEST_SIZE, PaperRecord
from app.documents.wording import kind_of_code, load_wording, say_time, wording_of
from app.domain.document import Paper, PaperKind
from app.licences.cose import SigningKey, sign_text

PREFIX = "YCP1:"
MAX_CODE = 720
"""Characters: QR version 17 (85 modules) at level M, 16 at level L."""
_MAX_CASES = 12
_CUT = 40
_ISSUED_AT = 6
"""CWT claim iat (RFC 8392 §3.1.6)."""


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What the signed code says. case names may be cut (…) or empty; cases_total counts those left out too. name: ""
    on a paper that is not one applicant's. gist: the kind's own fact, e.g. the amount."""

    kind: PaperKind
    number: str
    issued_at: dt.datetime
    title: str
    name: str
    masked_number: str
    window: str
    cases: tuple[tuple[str, str], ...]
    cases_total: int
    materials: int
    reprint: int
    demo: bool
    text_digest: bytes
    record_digest: bytes
    gist: str = ""
    micro: bytes = b""
    """What the micro-text says behind the number; none on papers from before there was any."""

    @property
    def micro_text(self) -> str:
        """What the lines of micro-text repeat."""
        return micro_unit(self.number, self.micro).strip() if self.micro else ""

    def words(self) -> str:
        """What the paper must say, for a person to compare."""
        said = load_wording("check")
        cases = said.text(
            "cases",
            n=self.cases_total,
            list="；".join(said.text("case", number=number, name=name).strip() for number, name in self.cases)
            + ("……" if len(self.cases) < self.cases_total else ""),
        )
        whose = said.text("applicant", name=self.name, masked=self.masked_number) if self.name else ""
        text = said.text(
            "facts", kind=self.kind.value, number=self.number, applicant=whose,
            title=self.title, time=say_time(self.issued_at), window=self.window,
        )  # fmt: skip
        text += cases if self.cases_total else ""
        text += said.text("gist", gist=self.gist) if self.gist else ""
        text += said.text("materials", n=self.materials) if self.materials else ""
        text += said.text("reprint", n=self.reprint) if self.reprint else ""
        text += said.text("micro", micro=self.micro_text) if self.micro else ""
        return text + (said.text("demo") if self.demo else "") + "。"


def micro_unit(number: str, micro: bytes) -> str:
    """What a line of micro-text repeats: number and hash, so that no other paper's line can be pasted in. Of the number
    what is ASCII, which the first font draws."""
    plain = "".join(char for char in number if char.isascii() and char.isprintable())
    return f"{plain}.{micro.hex().upper()} "


def signed_code(paper: Paper, facts: PaperFacts, record: PaperRecord, micro: bytes, signer: SigningKey) -> str:
    """The text of the paper's QR code, at most MAX_CODE characters. micro: as in `micro_unit`."""
    for name_length in (24, 10, 0):
        text = sign_text(_payload(paper, facts, record, micro, name_length), signer, PREFIX)
        if len(text) <= MAX_CODE:
            break
    return text


def _payload(paper: Paper, facts: PaperFacts, record: PaperRecord, micro: bytes, name_length: int) -> dict[Any, Any]:
    cases = facts.cases[:_MAX_CASES]
    payload: dict[Any, Any] = {
        _ISSUED_AT: int(paper.issued_at.timestamp()),
        "k": wording_of(paper.kind).text("code"),
        "n": facts.number,
        "p": _cut(facts.title, _CUT),
        "a": _cut(facts.applicant, _CUT),
        "i": facts.masked_number,
        "w": _cut(facts.window, _CUT),
        "c": [[number, _cut(name, name_length)] for number, name in cases],
        "x": len(facts.cases),
        "m": facts.materials,
        "r": paper.reprint,
        "d": paper.demo,
        "h": record.text_digest,
        "j": record.digest,
        "u": micro,
    }
    # Codes of papers without it are as they always were.
    return payload | {"f": _cut(facts.gist, _CUT)} if facts.gist else payload


def read_payload(payload: dict[Any, Any]) -> PaperCode:
    """The claims of an opened code. ValueError when they are not those of a paper."""
    try:
        kind = kind_of_code(payload["k"])
        digests = payload["h"], payload["j"]
        if kind is None or not all(isinstance(d, bytes) and len(d) == DIGEST_SIZE for d in digests):
            raise ValueError("not a paper's code")
        micro = payload.get("u", b"")
        if not isinstance(micro, bytes) or len(micro) > DIGEST_SIZE:
            raise ValueError("not a paper's code")
        return PaperCode(
            kind=kind,
            number=str(payload["n"]),
            issued_at=dt.datetime.fromtimestamp(payload[_ISSUED_AT], dt.UTC),
            title=str(payload["p"]),
            name=str(payload["a"]),
            masked_number=str(payload["i"]),
            window=str(payload["w"]),
            cases=tuple((str(number), str(name)) for number, name in payload["c"]),
            cases_total=int(payload["x"]),
            materials=int(payload["m"]),
            reprint=int(payload["r"]),
            demo=bool(payload["d"]),
            text_digest=digests[0],
            record_digest=digests[1],
            gist=str(payload.get("f", "")),
            micro=micro,
        )
    except (KeyError, TypeError, OverflowError, OSError) as error:
        raise ValueError("not a paper's code") from error


def modules(text: str, level: str = "M") -> tuple[tuple[bool, ...], ...]:
    """The QR symbol's modules without quiet zone, dark is True. level: L, M, Q or H."""
    # zxing-cpp makes in two milliseconds what the libraries in Python weigh masks over for twenty.
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    picture = np.array(zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False))
    return tuple(tuple(row) for row in (picture < 128).tolist())


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[: length - 1] + "…" if length else ""
