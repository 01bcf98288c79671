"""Tells a paper part by part: what all kinds share, so that each kind says only what is its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from app.documents.blocks import (
    Block,
    Both,
    Column,
    Fields,
    Heading,
    Listing,
    Paragraph,
    Points,
    Seal,
    SignaturePlace,
    Signatures,
    Square,
    Ticks,
    Where,
    Words,
)
from app.documents.offers import NONE, Offers
from app.documents.wording import Speech, chinese, say_date
from app.domain.case import Case
from app.domain.clock import shanghai
from app.domain.document import Paper
from app.domain.item import LICENCE, Catalog, is_licence
from app.domain.material import Material, MaterialStatus
from app.domain.paper_data import Remedies


def applicants(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Name and number of each whom its cases are about, in their order; a firm and one of its people may be both."""
    return tuple(dict.fromkeys((case.applicant_name, case.applicant_number) for case in paper.cases))


class Teller:
    """Gathers the blocks of one paper. catalog: English names, and promised times of the version that a case was
    accepted under; without it only what the case itself says. offers: what the hall offers.
    """

    def __init__(self, paper: Paper, catalog: Catalog | None, offers: Offers = NONE) -> None:
        self.paper = paper
        self._offers = offers
        self.catalog = catalog
        self.speech = Speech(paper.kind, paper.language)
        self.say = self.speech.say
        self.blocks: list[Block] = []
        self.head: list[tuple[Words, Words]] = []
        """Further facts beside the code, below the applicant's number."""
        self._headings = 0

    @property
    def licence(self) -> bool:
        """Is all of it 行政许可? Only then may a paper rest on the 行政许可法."""
        return all(self._licence(case) for case in self.paper.cases)

    def _licence(self, case: Case) -> bool:
        known = self.catalog.items.get(case.item_code) if self.catalog else None
        return known.type == LICENCE if known and known.type else is_licence(case.item_code)

    @property
    def applicant(self) -> str:
        return "、".join(clean(name) for name, _ in applicants(self.paper))

    # ------------------------------------------------------------------------------------------------ names

    def item(self, case: Case) -> Words:
        """An item by its name."""
        found = self.catalog.items.get(case.item_code) if self.catalog else None
        return self.speech.both(clean(case.item_name), found.name_en if found else "")

    def department(self, name: str) -> Words:
        """A department by its name."""
        departments = self.catalog.departments.values() if self.catalog else ()
        return self.speech.both(clean(name), next((d.name_en for d in departments if d.name == name), ""))

    def title(self) -> Words:
        """What the visitor came for: items by the catalogue's names, or what the paper is about by itself."""
        named: dict[str, str] = {}
        if self.catalog is not None and self.speech.bilingual:
            named = {main.name: main.name_en for main in self.catalog.mains.values()}
            named |= {item.name: item.name_en for item in self.catalog.items.values()}
            named |= {bundle.name: bundle.name_en for bundle in self.catalog.bundles.values()}
        parts = [
            self.speech.both(part, named.get(part) or self.speech.own_matter(part))
            for part in clean(self.paper.title).split("、")
        ]
        return self.speech.join(parts, "、", "; ")

    def material(self, material: Material) -> Words:
        """A material by its name."""
        return self.speech.both(clean(material.use.name), material.use.name_en)

    # ----------------------------------------------------------------------------------------------- blocks

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)

    def salute(self) -> None:
        """“张伟：”, on sheets."""
        self.add(
            Paragraph(self.say("salutation", name=self.applicant), "申请人", emphasis=True, indent=False, on="page")
        )

    def heading(self, key: str, **values: object) -> None:
        """A heading with the next numeral."""
        numerals = self.speech.plain("numerals")
        text = self.say(key, **values)
        numeral = self.speech.both(numerals[self._headings], str(self._headings + 1))
        self._headings += 1
        self.add(Heading(self.say("heading", numeral=numeral, title=text)))

    def paragraph(
        self, key: str, about: str, *, emphasis: bool = False, small: bool = False, on: Where = "any", **values: object
    ) -> None:
        """A text of the wording; nothing when it is empty."""
        if text := self.say(key, **values):
            self.add(Paragraph(text, about, emphasis, small, indent=not small, on=on))

    def fields(self, rows: Iterable[tuple[str, Words]], about: str = "") -> None:
        """Labels by their keys (under "fields") and values; those without a value are left out."""
        said = tuple((self.say(f"fields.{key}"), value) for key, value in rows if chinese(value))
        self.add(Fields(said, about))

    def listing(self, key: str, columns: Sequence[Column], rows: Iterable[Sequence[Words]], about: str) -> None:
        """A table. key: of its column titles; columns: everything else about them; rows: without the running number,
        which is put first."""
        titles = self.speech.all(key)
        heads = (
            Column(titles[0], 5, "c", "序号", index=True),
            *(_titled(c, t) for c, t in zip(columns, titles[1:], strict=True)),
        )
        self.add(Listing(heads, tuple((str(n), *row) for n, row in enumerate(rows, 1)), about))

    def points(self, key: str, about: str, extra: Sequence[Words] = (), on: Where = "any") -> None:
        """Numbered texts. extra: before the last of them."""
        items = self.speech.all(key)
        self.add(Points((*items[:-1], *extra, items[-1]), about, on))

    def notes(self, extra: Sequence[Words] = ()) -> None:
        """告知事项, on sheets: a strip says only what one comes back for."""
        numerals = self.speech.plain("numerals")
        numeral = self.speech.both(numerals[self._headings], str(self._headings + 1))
        self._headings += 1
        self.add(Heading(self.say("heading", numeral=numeral, title=self.say("notes_title")), on="page"))
        self.points("notes", "告知事项", extra, on="page")

    def remedies(self, given: Remedies) -> None:
        """Where and how long the decision can be contested."""
        self.heading("remedies.title")
        self.paragraph("remedies.text", "救济途径", review=clean(given.review), court=clean(given.court))

    def items(self) -> None:
        """What was applied for: items and departments, without numbers and times."""
        self.heading("items.title")
        columns = (Column("", 33, about="事项名称", lead=True), Column("", 20, about="受理部门", strip="{text}"))
        rows = [(self.item(case), self.department(case.department)) for case in self.paper.cases]
        self.listing("items.columns", columns, rows, "第{n}项")

    def numbered_items(self) -> None:
        """Items with the numbers under which they were accepted."""
        self.heading("items.title")
        columns = (
            Column("", 34, about="事项名称", lead=True),
            Column("", 22, about="受理部门", strip="{text}"),
            Column("", 21, about="受理流水号"),
        )
        rows = [
            (self.item(case), self.department(case.department), clean(case.provisional_no) or "—")
            for case in self.paper.cases
        ]
        self.listing("items.numbered", columns, rows, "第{n}项")

    def rate_square(self) -> None:
        """Where the visitor rates later; nothing where no codes are made."""
        links = self._offers.links
        link = links.of(self.paper.cases) if links is not None else ""
        if links is not None and link:
            lines = (self.say("rate.title", days=links.days), self.say("rate.how"))
            self.add(Square(link, lines, "评价码"))

    def pick_up(self) -> Words:
        """When the result can be fetched beyond working hours, of the case that is done last; "" where there is no
        such time."""
        opening, dues = self._offers.opening, [case.due for case in self.paper.cases if case.due is not None]
        found = opening.pick_up(max(dues)) if opening is not None and dues else None
        if found is None:
            return ""
        english = f"{found.day:%A} {found.day.day} {found.day:%B}, {found.span.words}"
        return self.say("pick_up", when=Both(found.words, english))

    def close(self, *places: SignaturePlace, unit: Words = "") -> None:
        """Who signs, and where the seal goes. unit: who seals; the hall when empty. The seal's words are Chinese alone:
        they stand inside its ring, and the seal covers them.
        """
        at = shanghai(self.paper.issued_at).date()
        sealed_by = chinese(unit) or clean(self.paper.window.hall)
        if self.paper.seals:
            # The region's own, which is inside the file already.
            sealed_by = clean(self.paper.seals[0].region)
            numbers = "、".join(seal.number for seal in self.paper.seals)
            decides = "、".join(dict.fromkeys(clean(seal.to) for seal in self.paper.seals))
            self.paragraph("sealed", "电子收件专用章", emphasis=True, region=sealed_by, numbers=numbers, to=decides)
        self.add(Signatures(places))
        seal = Seal(self.speech.plain("seal"), sealed_by, say_date(at), "page", electronic=bool(self.paper.seals))
        self.add(seal)

    @property
    def authority(self) -> Words:
        """The one department that decides; "" when several do."""
        names = {case.department for case in self.paper.cases}
        return self.department(names.pop()) if len(names) == 1 else ""

    def applicant_signs(self, key: str = "closing.signature", on: Where = "any") -> SignaturePlace:
        """The applicant's place; with the signature that was given on the screen, or the finger that was pressed."""
        drawn, finger = self.paper.signature, self.paper.finger
        if key == "closing.signature" and any(case.form.get("guardian.name") for case in self.paper.cases):
            key = "closing.guardian_signature"
        at = self.speech.date(shanghai(self.paper.issued_at).date())
        if finger is not None:
            said = self.say("closing.finger", quality=finger.quality, digest=finger.template_sha256[:16])
            return SignaturePlace(self.say(key), drawn, self.say("closing.pressed_on", date=at), said)
        date = self.say("closing.signature_date") if drawn is None else self.say("closing.signed_on", date=at)
        return SignaturePlace(self.say(key), drawn, date)

    def guardian(self) -> None:
        """Who applies for a minor, beside the applicant."""
        names = dict.fromkeys(filter(None, (case.form.get("guardian.name", "") for case in self.paper.cases)))
        if names:
            self.head.append((self.say("closing.guardian"), clean("、".join(names))))

    def signs(self, key: str, dated: bool = True) -> SignaturePlace:
        """Somebody's place to sign and date by hand."""
        return SignaturePlace(self.say(key), None, self.say("closing.signature_date") if dated else "")

    def ticks(self, rows: Iterable[tuple[bool | None, Words]], about: str) -> None:
        self.add(Ticks(tuple(rows), about))

    # ------------------------------------------------------------------------------------------------ words

    def lines(self, first: Words, *more: Words) -> Words:
        """Lines of one cell: the name, then what is set smaller below it."""
        return self.speech.join([first, *(one for one in more if chinese(one))], "\n", "\n")

    def date(self, day: dt.date | None) -> Words:
        """A day; "" for none."""
        return self.speech.date(day) if day else ""

    def copies(self, n: int) -> str:
        """So many copies; a bare figure where two languages read it."""
        return str(n) if self.speech.bilingual else self.speech.plain("materials.copies", n=n)

    def form_of(self, material: Material) -> Words:
        """原件, 复印件 or 电子件."""
        if material.use.kind == "电子件":
            return self.say("materials.electronic")
        return self.say("materials.original" if material.use.original else "materials.copy")


def _titled(column: Column, title: Words) -> Column:
    return Column(title, column.share, column.align, column.about, column.lead, column.index, column.strip)


def clean(text: str) -> str:
    """One line without needless blanks, as it stands on a paper."""
    return " ".join(text.split())


def unique_materials(cases: Iterable[Case]) -> list[Material]:
    """Each material once, though several cases carry it; those not required and not handed in are left out."""
    seen: dict[tuple[str, MaterialStatus], Material] = {}
    for case in cases:
        for material in case.materials:
            if material.status is not MaterialStatus.OPTIONAL:
                seen.setdefault((material.use.id, material.status), material)
    return list(seen.values())
