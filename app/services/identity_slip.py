"""The 身份核验反馈单 of a check that was put on record: its sentences and its conclusion, none of them the clerk's."""

from __future__ import annotations

from app.documents.wording import load_wording
from app.domain.errors import BadInput
from app.domain.paper_sheets import IdentityFeedback, IdentityStep
from app.identity.verification import Answer, Conclusion, Ground, Line, Question, Read, Verification
from app.services.paper_asks import Answers

_WORDS = "identity_feedback"
_MEANS = (Read.CARD, Read.CHIP, Read.ZONE, Read.PICTURE, Read.CODE)
"""In the order of the wording's `means`."""
_PASSED: dict[Answer, bool | None] = {Answer.YES: True, Answer.NO: False, Answer.OPEN: None}


def slip_offer(made: Verification) -> dict[str, str]:
    """The answers that a check gives by itself."""
    if made.conclusion is Conclusion.PASSED:
        return {"passed": "1"}
    return {"passed": "0", "trouble": _trouble(made)}


def slip(made: Verification, answers: Answers) -> IdentityFeedback:
    """What the slip says. BadInput: the clerk has it pass although the check did not."""
    passed = answers["passed"] == "1"
    if passed and made.conclusion is not Conclusion.PASSED:
        raise BadInput("核验结论与核验不符", f"核验没有通过：{_trouble(made)}。", "请改为“未通过”，或重新核验。")
    means = load_wording(_WORDS).texts("means")
    how = means[_MEANS.index(made.read)] if made.read is not None else means[0]
    # Nobody has to tick by hand that a person was never here before.
    said = [line for line in made.lines if line.question is not Question.KNOWN or line.answer is Answer.YES]
    steps = tuple(IdentityStep(_sentence(line), _PASSED[line.answer]) for line in said)
    return IdentityFeedback(made.document, how, made.at, steps, passed, "" if passed else answers["trouble"])


def _trouble(made: Verification) -> str:
    against = [line for line in made.lines if line.answer is Answer.NO]
    if against:
        return load_wording(_WORDS).text("station.against", what="；".join(map(_sentence, against)))
    open_lines = [made.line(question) for question in (Question.GENUINE, Question.MATCHES)]
    return "；".join(_sentence(line) for line in open_lines if line.answer is Answer.OPEN)


def _sentence(line: Line) -> str:
    return _sentences()[line.ground]


def _sentences() -> dict[Ground, str]:
    words = load_wording(_WORDS)
    names = words.texts("station.grounds")
    return {Ground(name): said for name, said in zip(names, words.texts("steps.known")[-len(names) :], strict=True)}
