"""Whether the answer of a shared-data query is as good as the paper that it would spare."""

from __future__ import annotations

from app.domain.material import Material
from app.domain.shared_data import SUBJECT, DataSource, QueryReply, Subject
from app.materials.checklist import QUERY_PREFIX
from app.services.visit import Visit


def proves(source: DataSource, subject: Subject, reply: QueryReply, material: Material, visit: Visit) -> bool:
    """Is this answer, about this subject, as good as the paper?"""
    if QUERY_PREFIX + source.id not in material.use.waived_by:
        return False
    wanted_found = material.use.id not in source.absent
    if reply.found is not wanted_found or not reply.proves:
        return False
    said = {**reply.facts, SUBJECT: subject.number}
    wanted = source.proves.get(material.use.id, {})
    return all(
        any(_meets(said.get(element, ""), accepted, visit) for accepted in some) for element, some in wanted.items()
    )


def _meets(value: str, accepted: str, visit: Visit) -> bool:
    """*: any value; =KEY: the same as that form field; else the very value."""
    if accepted == "*":
        return bool(value)
    if accepted.startswith("="):
        return bool(value) and visit.form.state(accepted[1:]).value == value
    return value == accepted
