"""Facts as JSON, for drafts."""

from __future__ import annotations

from typing import Any

from app.domain.clock import isoformat, parse_iso
from app.domain.fact import Fact, Source, SourceKind, Verdict


def fact_document(fact: Fact) -> dict[str, Any]:
    """One fact as a JSON object."""
    return {
        "role": fact.role,
        "element": fact.element,
        "value": fact.value,
        "source": {"kind": fact.source.kind.value, "label": fact.source.label, "ref": fact.source.ref},
        "verdict": fact.verdict.value,
        "at": isoformat(fact.at),
    }


def read_fact(document: Any) -> Fact:
    """The reverse. Raises KeyError, TypeError or ValueError on anything else."""
    texts = {name: document[name] for name in ("role", "element", "value")}
    source = {name: document["source"][name] for name in ("label", "ref")}
    if not all(isinstance(text, str) for text in (*texts.values(), *source.values())):
        raise TypeError("a fact's texts must be texts")
    return Fact(
        **texts,
        source=Source(SourceKind(document["source"]["kind"]), **source),
        verdict=Verdict(document["verdict"]),
        at=parse_iso(document["at"]),
    )
