"""A passport and somebody else's resident card at one visit: each stays with whom it names, in whichever order."""

from __future__ import annotations

from desk_parts import Parts
from mrz_pictures import made

from app.identity.mrz.layout import Format
from app.identity.mrz.parse import parse
from app.services.visit import Visit


def _said(visit: Visit, role: str) -> set[str]:
    return {fact.element for fact in visit.form.facts if fact.role == role and "机读区" in fact.source.label}


def _zone(parts: Parts, visit: Visit, **changes: object) -> Visit:
    lines = made(Format.TD3, **changes)
    return parts.identify.apply_zone(visit, parse(lines, parts.clock.now().date()), "test:")


def test_an_employers_card_takes_the_foreigners_passport_from_the_applicant(parts: Parts) -> None:
    alone = _zone(parts, parts.begin())
    assert _said(alone, "applicant") == _said(alone, "foreigner") != set()
    for visit in (parts.identified(alone), _zone(parts, parts.identified(parts.begin()))):
        assert _said(visit, "applicant") == set()
        assert "travel_document_number" in _said(visit, "foreigner")
        assert visit.form.state("applicant.sex").rivals == ()


def test_ones_own_passport_stays(parts: Parts) -> None:
    card = parts.identified(parts.begin()).card
    assert card is not None
    born = (card.birth or "")[2:].replace("-", "")
    sex = {"男": "M", "女": "F"}[card.sex or ""]
    visit = parts.identified(_zone(parts, parts.begin(), birth=born, sex=sex))
    assert "travel_document_number" in _said(visit, "applicant")
    assert visit.known_number == card.number
    assert _zone(parts, parts.begin()).known_number == "", "what is only printed opens nobody's earlier cases"
