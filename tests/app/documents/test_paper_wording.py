from __future__ import annotations

import pytest

from app.documents.wording import Wording, kind_of_code, load_wording, wording_of
from app.domain.document import PaperKind
from app.domain.errors import Defect
from app.domain.fact import Verdict


def test_each_kind_has_its_own_code_and_heading() -> None:
    codes = {wording_of(kind).text("code") for kind in PaperKind}
    assert len(codes) == len(PaperKind)
    assert all(kind_of_code(wording_of(kind).text("code")) is kind for kind in PaperKind)
    assert kind_of_code("?") is None


def test_every_usable_verdict_has_words() -> None:
    for verdict in Verdict:
        assert load_wording("common").text(f"sources.how.{verdict.value}")


def test_missing_text_or_placeholder_is_a_defect() -> None:
    words = Wording("x", {"a": {"b": "{name}"}})
    assert words.text("a.b", name="{张}") == "{张}"
    for key in ("a.c", "a.b.c", "b"):
        with pytest.raises(Defect):
            words.text(key)
    with pytest.raises(Defect):
        words.text("a.b")
