"""JSON Schemas of messages to a window, and of what a person answers to one; see app.server.schemas."""

from __future__ import annotations

from app.domain.double import Decision
from app.domain.territory import HandoverState
from app.server.issue_schemas import TOLD
from app.server.schemas import DATE, TERRITORY, TIME_TEXT, UUID_TEXT, match, object_of, text

DECISIONS = [decision.value for decision in Decision]
"""What a person says of a possible duplicate: both go on, or one thing, and which of the two goes on."""
MESSAGE = object_of(
    {
        "id": text(200, 1),
        "kind": {"enum": ["stage", "correction", "result", "notice"]},
        "case_id": UUID_TEXT,
        "case_no": text(60, 1),
        "provisional_no": text(40, 1),
        "stage": {"type": "integer", "minimum": 1, "maximum": 99},
        "at": TIME_TEXT,
        "words": text(2000),
        "due": {"anyOf": [match(DATE), {"type": "null"}]},
        "result": text(200),
        # 疑似重复: of a notice that another window accepted the same; decision: "" while nobody has looked at it.
        "double": object_of(
            {
                "double_id": text(80, 1),
                "case_no": text(60, 1),
                "provisional_no": text(40, 1),
                "place": text(600),
                "accepted_at": TIME_TEXT,
                "decision": {"enum": ["", *DECISIONS]},
                "clerk": text(100),
            }
        ),
        # 异地收件: how far a case for another region is. number: the case's there; seal: the receive seal's text.
        "handover": object_of(
            {
                "territory": TERRITORY,
                "state": {"enum": [state.value for state in HandoverState]},
                "number": text(60),
                "seal": text(2000, 1),
            }
        ),
        # 办结出证: the e-licence that the decision made or took back.
        "licence": TOLD,
    },
    optional=("double", "handover", "licence"),
)
"""A row of the feed "messages"."""
SETTLE_DOUBLE = object_of({"case_id": UUID_TEXT, "decision": {"enum": DECISIONS}, "clerk": text(100, 1)})
DOUBLE_SETTLED = object_of({"double_id": text(80, 1), "keep": {"anyOf": [UUID_TEXT, {"const": ""}]}})
