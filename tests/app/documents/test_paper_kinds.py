"""Every kind of paper, in every language it comes in: what was put in is what can be read, and it is ours."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

import pypdfium2 as pdfium
import pytest
from paper_samples import MATERIALS, material
from test_fonts_embedding import RARE

import resources
from app.archive.pdfa import read_record
from app.demo.papers import sample_paper
from app.documents.blocks import Both, Fields, Heading, Listing, PaperBody, Paragraph, Points, Seal, Signatures, Ticks
from app.documents.content import body_of, facts_of
from app.documents.fonts import PaperFonts
from app.documents.money import capitals, figures
from app.documents.record import PaperRecord, normalised
from app.documents.render import PaperRenderer
from app.documents.verify import PaperCheck, verify_paper
from app.documents.wording import Speech, chinese, english, load_wording, say_date, wording_of
from app.domain.document import BILINGUAL, Language, Paper, PaperKind
from app.domain.errors import Defect
from app.domain.item import Catalog
from app.domain.paper_data import Lack, Refusal, RefusalReason
from app.domain.paper_places import WayGuide
from app.licences.cose import SigningKey

LONG = "阿卜杜热合曼·买买提依明·" * 4 + RARE
CASES: list[tuple[PaperKind, Language]] = [(kind, "zh") for kind in PaperKind] + [
    (kind, "zh-en") for kind in PaperKind if kind in BILINGUAL
]


@pytest.fixture(scope="module")
def press(signer: SigningKey, fonts: PaperFonts, catalog: Catalog) -> PaperRenderer:
    return PaperRenderer(signer, "湖州市吴兴区政务服务中心", fonts, catalog)


def ours(signer: SigningKey, pdf: bytes) -> PaperCheck:
    def find(kid: bytes) -> Sequence[SigningKey]:
        return [signer] if kid == signer.kid else []

    return verify_paper(pdf, find)


def text_of(pdf: bytes) -> str:
    return "".join(normalised(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(pdf))


def record_of(pdf: bytes) -> str:
    """The texts of the record, each in one piece: two columns are drawn line by line, and read so. That the record is
    what can be read is the check's part."""
    pieces: dict[str, str] = {}
    for page in PaperRecord.from_bytes(read_record(pdf) or b"").pages:
        for about, text in page.texts:
            pieces[about] = pieces.get(about, "") + normalised(text)
    return "\n".join(pieces.values())


def sample(kind: PaperKind, catalog: Catalog, language: Language = "zh", name: str = "") -> Paper:
    paper = sample_paper(kind, catalog, language)
    if not name:
        return paper
    return replace(paper, cases=tuple(replace(case, applicant_name=name) for case in paper.cases))


def strings(value: Any) -> Iterator[str]:
    """Every text that somebody put into a paper's data."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        yield say_date(value)
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield from value.splitlines()


def said(body: PaperBody, on: str = "page") -> Iterator[str]:
    """Everything that the body says on a sheet, in each language."""
    words: list[Any] = [body.title, *body.notices]
    words += [word for row in body.head.rows for word in row]
    for block in body.blocks:
        if block.on not in ("any", on):
            continue
        match block:
            case Heading() | Paragraph():
                words.append(block.text)
            case Fields():
                words += [word for row in block.rows for word in row]
            case Listing():
                words += [column.title for column in block.columns]
                words += [word for row in block.rows for word in row]
            case Points():
                words += block.items
            case Ticks():
                words += [word for _, word in block.rows]
            case Signatures():
                words += [word for place in block.places for word in (place.caption, place.date)]
            case Seal():
                words += [block.caption, block.unit, block.date]
    for word in words:
        yield from chinese(word).split("\n")
        if body.language == "zh-en" and isinstance(word, Both):
            yield from english(word).split("\n")


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_what_was_put_in_is_what_is_read_and_it_is_ours(
    press: PaperRenderer, signer: SigningKey, catalog: Catalog, kind: PaperKind, language: Language
) -> None:
    paper = sample(kind, catalog, language, LONG if kind.one_applicant else "")
    rendered = press.render(paper)
    text = text_of(rendered.pdf) if language == "zh" else record_of(rendered.pdf)
    assert [one for one in said(body_of(paper, catalog)) if normalised(one) not in text] == []
    # What is in the data but not said by code (the manner's value, the form's key) is worded, not printed.
    worded = {"original", "copy", "electronic"} | ({paper.data.code} if kind is PaperKind.PAYMENT_NOTICE else set())  # type: ignore[union-attr]
    if isinstance(paper.data, WayGuide):
        # What the sketch knows its marks by, and the phone's code, are drawn.
        worded |= {paper.data.geo, *(mark.id for mark in paper.data.sketch.marks)}
        worded |= {mark.name for mark in paper.data.sketch.marks if mark.here}
    assert [one for one in strings(paper.data) if one not in worded and normalised(one) not in text] == []
    for wanted in (str(kind), paper.number, "李芳", "3号综合窗口", "11:04"):
        assert normalised(wanted) in text
    check = ours(signer, rendered.pdf)
    assert (check.ours, check.unaltered, check.number) == (True, True, paper.number), check.words
    assert facts_of(paper).gist in check.words
    if kind.one_applicant:
        assert normalised(LONG) in text
        assert paper.cases[0].applicant_number not in text


@pytest.mark.parametrize("kind", list(PaperKind))
def test_its_wording_names_itself(kind: PaperKind) -> None:
    words = wording_of(kind)
    assert words.text("title") == str(kind)
    assert words.has("seal")
    assert words.has("en.title") == (kind in BILINGUAL)
    if kind is not PaperKind.ACCEPTANCE_NOTICE:
        assert len(words.text("prefix")) == 2


def test_numbers_of_kinds_never_meet() -> None:
    prefixes = [wording_of(kind).text("prefix") for kind in PaperKind if kind is not PaperKind.ACCEPTANCE_NOTICE]
    assert len(set(prefixes)) == len(prefixes)


@pytest.mark.parametrize("kind", sorted(BILINGUAL))
def test_each_text_of_a_foreigners_paper_has_its_english(kind: PaperKind) -> None:
    """All of the file, not only what the samples happen to say."""

    def keys(value: Any, at: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from keys(inner, f"{at}.{name}" if at else str(name))
        else:
            yield at

    import yaml

    texts = yaml.safe_load(resources.path(f"documents/{kind.name.lower()}.yaml").read_text("utf-8"))
    english_keys = set(keys(texts.pop("en")))
    every = set(keys(texts))
    mine = {key for key in every if key.partition(".")[0] not in ("code", "prefix", "gist", "station", "seal")}
    filled = {key for key in mine if wording_of(kind)._find(key)}
    assert filled - english_keys == set()
    assert english_keys - every == set()


@pytest.mark.parametrize("kind", [PaperKind.ACCEPTANCE_NOTICE, PaperKind.MATERIAL_RECEIPT, PaperKind.CORRECTION_NOTICE])
def test_sixty_materials_run_over_pages_and_none_is_lost(
    press: PaperRenderer, signer: SigningKey, catalog: Catalog, kind: PaperKind
) -> None:
    many = []
    for number in range(60):
        one = material(number % len(MATERIALS) if number % len(MATERIALS) != 10 else 0)
        name = f"第{number + 1:02d}份 {one.use.name}"
        many.append(replace(one, use=replace(one.use, id=f"m{number}", name=name)))
    paper = sample(kind, catalog)
    paper = replace(paper, cases=tuple(replace(case, materials=tuple(many)) for case in paper.cases))
    if kind is PaperKind.CORRECTION_NOTICE:
        lacks = tuple(Lack(one.use.name, "请重新提交", True) for one in many)
        paper = replace(paper, data=replace(paper.data, lacks=lacks))  # type: ignore[type-var]
    rendered = press.render(paper)
    pages = [normalised(page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(rendered.pdf)]
    assert len(pages) >= 3
    for one in many:
        assert any(normalised(one.use.name) in page for page in pages)
    for number, page in enumerate(pages, 1):
        assert f"第{number}页/共{len(pages)}页" in page
        assert number == 1 or normalised(paper.number) in page
    check = ours(signer, rendered.pdf)
    assert (check.ours, check.unaltered) == (True, True)


def test_the_licensing_law_is_cited_of_licences_alone(catalog: Catalog) -> None:
    paper = sample(PaperKind.REFUSAL_NOTICE, catalog)
    licences = tuple(case for case in paper.cases if catalog.items[case.item_code].type == "行政许可")
    others = tuple(case for case in paper.cases if case not in licences)
    assert licences
    assert others

    def opening(cases: Any, data: Any = paper.data, known: Catalog | None = catalog) -> str:
        return "".join(said(body_of(replace(paper, cases=cases, data=data), known)))

    assert "行政许可法》第三十二条第一款第二项" in opening(licences)
    assert "行政许可法" not in opening(others)
    assert "行政许可法" not in opening(paper.cases), "one that is no licence takes the ground away"
    assert isinstance(paper.data, Refusal)
    other = replace(paper.data, reason=RefusalReason.OTHER, ground="《公共场所卫生管理条例》第四条")
    assert "依据《公共场所卫生管理条例》第四条的规定" in opening(licences, other)
    # Without a catalogue the code tells.
    assert "第三十二条" in opening(licences, known=None)


def test_papers_about_nobody_or_two_people_are_a_defect(catalog: Catalog) -> None:
    paper = sample(PaperKind.COMPLETION_NOTICE, catalog)
    for cases in ((), (paper.cases[0], replace(paper.cases[1], applicant_name="李四"))):
        with pytest.raises(Defect):
            body_of(replace(paper, cases=cases))
    handover = sample(PaperKind.RESULT_HANDOVER, catalog)
    assert body_of(replace(handover, cases=(paper.cases[0], replace(paper.cases[1], applicant_name="李四"))))
    with pytest.raises(Defect):
        body_of(replace(handover, cases=()))


def test_a_completion_must_have_a_result_for_each_case(catalog: Catalog) -> None:
    paper = sample(PaperKind.COMPLETION_NOTICE, catalog)
    with pytest.raises(Defect, match="数目不同"):
        body_of(replace(paper, cases=paper.cases[:1]))


def test_a_language_without_a_text_is_a_defect() -> None:
    speech = Speech(PaperKind.LIAISON, "zh-en")
    with pytest.raises(Defect, match="en"):
        speech.say("gist", unit="x")
    assert Speech(PaperKind.LIAISON, "zh").say("no_reply") == "无需回复"


def test_every_procedure_reason_and_manner_has_words() -> None:
    from app.domain.paper_data import Procedure, ReturnReason
    from app.domain.paper_sheets import Manner

    for kind, key, values in (
        (PaperKind.REFUSAL_NOTICE, "reasons", RefusalReason),
        (PaperKind.RETURN_NOTICE, "reasons", ReturnReason),
        (PaperKind.SPECIAL_PROCEDURE, "procedures", Procedure),
        (PaperKind.DELIVERY_PROOF, "manners", Manner),
    ):
        for value in values:
            assert wording_of(kind).text(f"{key}.{value.value}")
    assert load_wording("common").text("purpose_alone", title="x") == "x"


@pytest.mark.parametrize(
    ("fen", "shown", "words"),
    [
        (0, "0.00", "零元整"),
        (1, "0.01", "壹分"),
        (10, "0.10", "壹角整"),
        (12050, "120.50", "壹佰贰拾元伍角整"),
        (10005, "100.05", "壹佰元零伍分"),
        (1640951, "16,409.51", "壹万陆仟肆佰零玖元伍角壹分"),
        (10007000, "100,070.00", "壹拾万零柒拾元整"),
        (10500000000, "105,000,000.00", "壹亿零伍佰万元整"),
        (10**12, "10,000,000,000.00", "壹佰亿元整"),
        (100_000_000_050_000, "1,000,000,000,500.00", "壹万亿零伍佰元整"),
    ],
)
def test_amounts_in_figures_and_capitals(fen: int, shown: str, words: str) -> None:
    assert (figures(fen), capitals(fen)) == (shown, words)


def test_amounts_that_nobody_pays() -> None:
    for fen in (-1, 10**18):
        with pytest.raises(ValueError, match="out of range"):
            capitals(fen)


def test_the_code_on_a_booking_slip_is_the_one_that_is_scanned_on_the_day(
    press: PaperRenderer, catalog: Catalog
) -> None:
    import zxingcpp

    from app.documents.preview import pages_as_pictures

    paper = sample(PaperKind.BOOKING_SLIP, catalog)
    for picture in (pages_as_pictures(press.render(paper).pdf, 150.0)[0], press.receipt(paper, 576)):
        found = {code.text for code in zxingcpp.read_barcodes(picture)}
        assert "YCB1:YW-7K2M-QX4D" in found
        assert len(found) == 2, "beside the anti-forgery code"
