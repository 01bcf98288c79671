"""What may be ticked beside a grade 好差评: the same words on the citizen's screen and on a phone."""

from __future__ import annotations

from app.documents.wording import load_wording
from app.domain.rating import Grade


def points(grade: Grade) -> tuple[tuple[str, str], ...]:
    """What may be ticked after this grade: ids and words, in a fixed order."""
    words = load_wording("rating").texts(f"points.g{int(grade)}")
    return tuple((f"{int(grade)}{number:02d}", text) for number, text in enumerate(words, 1))
