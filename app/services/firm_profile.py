"""A firm's profile 画像: its registers asked, tags and policies worked out, the sheet made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.case import AuditEvent
from app.domain.clock import Clock, shanghai
from app.domain.document import RenderedPaper
from app.domain.errors import BadInput
from app.domain.firm import FirmFact, FirmProfile, Fit, PolicyMatch, ProfileDimension, Scene
from app.domain.paper_firms import PolicyLine, PolicySheet, TagLine
from app.domain.person import mask
from app.firms.files import Finding
from app.firms.profile import FOLDER, FirmRules, load_firm_rules
from app.firms.rules import plain
from app.identity.numbers import NumberKind, check_number
from app.services.ask_firm import AskFirm, FirmAnswer
from app.services.duty import Duty
from app.services.issue_paper import IssuePaper
from app.services.query_data import Keeper

SCENARIO, PURPOSE = "firm-service", "serve_firm"
"""Under which the registers are asked."""
NAME = "name"
_SIGNS = {Fit.YES: "✓", Fit.NO: "✗", Fit.UNKNOWN: "?"}
VERDICTS = {Fit.YES: "符合", Fit.NO: "不符合", Fit.UNKNOWN: "待核"}


class ProfileFirm:
    """`look` blocks on store and network; so does `sheet`, on the store."""

    def __init__(
        self,
        store: Keeper,
        clock: Clock,
        duty: Duty,
        ask: AskFirm,
        issue: IssuePaper,
        own: Callable[[], Path | None] = lambda: None,
    ) -> None:
        """own: the profile's folder, where a site's own files lie."""
        self._store = store
        self._clock = clock
        self._duty = duty
        self._ask = ask
        self._issue = issue
        self._own = own
        self._loaded: tuple[FirmRules, tuple[Finding, ...]] | None = None

    @property
    def trouble(self) -> tuple[Finding, ...]:
        """What is wrong with the site's own files; the shipped ones count then."""
        return self._load()[1]

    def scenes(self) -> tuple[Scene, ...]:
        """What a firm's code can start."""
        return self._load()[0].scenes

    def look(self, number: str) -> FirmProfile:
        """Ask the registers of every dimension and work out tags and policies. A register that does not answer leaves
        its facts unknown. BadInput: no credit code."""
        number = number.strip().upper()
        if not (check := check_number(number, NumberKind.USCC)).valid:
            raise BadInput("统一社会信用代码不对", check.message or "是空的。", "扫企业码，或者对照营业执照填写。")
        rules = self._load()[0]
        answers = {one.id: self._ask.ask(one.source, SCENARIO, PURPOSE, number) for one in rules.dimensions}
        values = {
            fact: value
            for one in rules.dimensions
            for fact, value in _found(answers[one.id]).items()
            if fact in {kind.id for kind in one.facts if not (kind.formula or kind.years_since)}
        }
        facts = rules.facts(values, shanghai(self._clock.now()).date())
        tags = rules.judge_tags(facts)
        dimensions = []
        for one in rules.dimensions:
            answer = answers[one.id]
            shown = []
            for kind in one.facts:
                value = facts.value(kind.id)
                shown.append(FirmFact(kind.title, kind.said(value) if value is not None else ""))
            reply = answer.reply
            dimensions.append(
                ProfileDimension(
                    one.id, one.name, reply is not None and reply.found,
                    answer.why or ("" if reply is not None and reply.found else "没有这家企业的记录"),
                    reply.reference if reply else "", tuple(shown),
                )
            )  # fmt: skip
        profile = FirmProfile(
            number, values.get(NAME, ""), tuple(dimensions), tags, rules.judge_policies(facts, tags)
        )  # fmt: skip
        details = {
            "tags": [tag.id for tag in profile.carried],
            "policies": [policy.id for policy in profile.policies if policy.fit is Fit.YES],
        }
        event = AuditEvent(self._clock.now(), self._duty.clerk, "firm.profiled", mask(number), details)
        self._store.append_audit(event)
        return profile

    def sheet(self, profile: FirmProfile) -> RenderedPaper:
        """Tags and policies with their reasons and workings on paper; the same profile on one day is the same paper."""
        today = shanghai(self._clock.now()).date()
        data = PolicySheet(
            firm=profile.name or profile.number,
            firm_number=profile.number,
            day=today,
            tags=tuple(
                TagLine(tag.dimension, tag.name, "；".join(reason.words for reason in tag.reasons))
                for tag in profile.carried
            ),
            policies=tuple(
                PolicyLine(
                    one.name, one.department, VERDICTS[one.fit],
                    tuple(f"{_SIGNS[reason.fit]} {reason.words}" for reason in one.reasons),
                    yuan(one), one.working,
                )
                for one in profile.policies
            ),
            total=f"{plain(profile.total)} 元",
        )  # fmt: skip
        return self._issue.issue_sheet(data, profile.number, f"惠企政策测算　{today.isoformat()}")

    def _load(self) -> tuple[FirmRules, tuple[Finding, ...]]:
        if self._loaded is None:
            folder = self._own()
            self._loaded = load_firm_rules(folder / FOLDER if folder is not None else None)
        return self._loaded


def yuan(policy: PolicyMatch) -> str:
    """Its amount in words; "" for none, or where the firm does not have it for sure."""
    if policy.amount is None or policy.fit is not Fit.YES:
        return ""
    return f"{plain(policy.amount)} 元"


def _found(answer: FirmAnswer) -> dict[str, str]:
    reply = answer.reply
    return dict(reply.facts) if reply is not None and reply.found else {}
