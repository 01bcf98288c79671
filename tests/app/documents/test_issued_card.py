"""The slip of an issued e-licence, looked at as its holder's phone and a reader would."""

from __future__ import annotations

import datetime as dt
import io

import cv2
import numpy as np
import pypdfium2
import pytest
from gateway_kit import NOW, id_number
from issue_kit import NAME, TYPE_CODE, USCC, authority, trust_of

from app.documents.issued_card import issued_card
from app.domain.case import Window
from app.domain.fact import Verdict
from app.domain.issuing import IssuedLicence, IssuedState
from app.licences.decode import decode_still
from app.licences.identifier import build_identifier
from app.licences.issue import issue_licence
from app.licences.verify import read_licence

WINDOW = Window("Y03", "综合窗口 03", "湖州市南浔区政务服务中心", "330503")
NUMBER = "330500GA2026000001X"
UNTIL = NOW + dt.timedelta(days=365)


@pytest.mark.parametrize("name", ["㛃𠮷", "䶮𬭚"], ids=["ext-a-b", "bmp-ext-e"])
def test_the_slip_carries_the_whole_licence_and_the_name_as_it_is(name: str) -> None:
    issuer = authority()
    code = issue_licence(
        issuer.key,
        issuer=NAME,
        identifier=build_identifier(TYPE_CODE, USCC, NUMBER),
        type_id="residence_permit",
        title="电子居住证",
        holder={"name": name, "id_number": id_number(3)},
        claims={"residence.address": "浙江省湖州市吴兴区𬭚桥路88号1幢103室", "permit.permit_number": NUMBER},
        issued=NOW,
        expires=UNTIL,
    )
    reading = read_licence(code, trust_of(issuer), NOW)
    licence = IssuedLicence("c", 1, IssuedState.ISSUED, "residence_permit", "电子居住证", code, NOW, UNTIL)
    pdf = issued_card(WINDOW, licence, reading, "Y03202611210001E")
    assert pdf == issued_card(WINDOW, licence, reading, "Y03202611210001E")
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert id_number(3) not in text.replace(" ", "")
    assert NUMBER in text
    picture = np.asarray(document[0].render(scale=200 / 72).to_pil().convert("L"))
    (seen,) = decode_still(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
    assert seen.text == code
    again = read_licence(seen.text, trust_of(issuer), NOW)
    assert (again.verdict, again.holder["name"]) == (Verdict.SIGNATURE_VALID, name)
    # The glyphs of the name are there, each another picture than a missing one's.
    assert name[0] in text
