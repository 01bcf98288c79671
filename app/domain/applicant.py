"""Who a case is about: the person, else the firm, whichever its own form asks for."""

from __future__ import annotations

from collections.abc import Mapping

WHO = (
    ("applicant.name", "applicant.id_number"),
    ("firm.name", "firm.uscc"),
    ("organisation.name", "organisation.uscc"),
    ("business.name", "business.uscc"),
    ("party_b.name", "party_b.id_number"),
    ("foreigner.name_en", "foreigner.travel_document_number"),
    ("legal_person.name", "legal_person.id_number"),
    ("child.name", "child.id_number"),
    ("account.name", "account.id_number"),
    ("agent.name", "agent.id_number"),
)
"""Form keys of name and number, in the order in which they say who applies: many items of firms ask for no person of
that role, and a case without an applicant is refused by the platform."""


def keys_of(form: Mapping[str, str]) -> tuple[str, str] | None:
    """The keys by which this form says who applies; None when it names nobody."""
    return next((keys for keys in WHO if form.get(keys[0])), None)


def who_applies(*forms: Mapping[str, str]) -> tuple[str, str]:
    """Name and number, of the first form that names somebody; both "" when none does, the number "" when it is not
    asked for."""
    for form in forms:
        if keys := keys_of(form):
            return form[keys[0]], form.get(keys[1], "")
    return "", ""
