"""Fill the combined form: what is typed, settled, taken back; what is known already; what is still wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import resources
from app.domain.case import Case
from app.domain.clock import Clock, shanghai
from app.domain.errors import EnvironmentProblem
from app.domain.fact import Fact, Source, SourceKind, Verdict, fact_of
from app.domain.form import FieldTrail, FormDefinition, FormField, Problem
from app.domain.item import ElementType
from app.domain.typing_help import PLACE
from app.forms.cross import witness_of
from app.forms.divisions import Divisions, read_divisions
from app.forms.entry import normalise
from app.forms.fill import FormState
from app.forms.prefill import Freshness, Prefill, QueryAnswer, Stated, from_cases, from_query, from_stated
from app.forms.typing_help import FormHelp
from app.forms.validate import Validator
from app.identity.hints import checked_with_hint
from app.identity.numbers import check_number
from app.logs import mask_text
from app.services.duty import Duty
from app.services.visit import Visit

EARLIER_CASES = 50
"""How many of a person's newest cases are looked at for what they knew."""
KEYED_BY_APPLICANT = Source(SourceKind.PACK, "申请人在密码键盘上输入")
_BY_NUMBER = Source(SourceKind.DERIVED, "由证件号码推算")
_BY_ADDRESS = Source(SourceKind.DERIVED, "由地址推算")


class FillForm:
    """Keeps the validator of the form in use; a new form, or a new day, gets a new one."""

    def __init__(
        self,
        clock: Clock,
        freshness: Freshness = Freshness(),
        *,
        duty: Duty | None = None,
        region: str = "",
        help: FormHelp | None = None,
    ) -> None:
        """help: another's, for a second form beside the first; None makes one."""
        self._clock = clock
        self._freshness = freshness
        self._duty = duty
        self._region = region
        self.help = help or FormHelp(clock)
        self._validator: Validator | None = None
        self._for_what: tuple[FormDefinition, object] | None = None

    def make_help(self) -> Divisions:
        """Read what `help` needs, off the event loop. EnvironmentProblem when the program's own files are broken."""
        file = resources.path("divisions/divisions.tsv")
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise EnvironmentProblem(
                "行政区划数据读不出", f"文件 {file.name}：{error}", "请重新安装本程序；在此之前地址可直接输入。"
            ) from error
        divisions = read_divisions(text, self._region)
        self.help.warm(divisions)
        return divisions

    def type(self, visit: Visit, key: str, text: str) -> Visit:
        """Take what the clerk typed; what cannot be read as the field's type is kept as typed and found wrong."""
        field = next(f for f in visit.form.definition.fields if f.key == key)
        at = self._clock.now()
        value = normalise(field.element, text, shanghai(at).date(), field.columns)
        if value == visit.form.state(key).value:
            return visit
        if PLACE in field.element.schema:
            self.help.used(value)
        return replace(visit, form=_with_derived(visit.form.type(key, value, at), field, value, at))

    def keyed(self, visit: Visit, key: str, text: str) -> Visit:
        """Take what the applicant has typed on the keys turned to them. It counts over what was known before; the
        trail says that, and not what was typed."""
        field = next(f for f in visit.form.definition.fields if f.key == key)
        at = self._clock.now()
        value = normalise(field.element, text, shanghai(at).date(), field.columns)
        fact = fact_of(key, value, KEYED_BY_APPLICANT, Verdict.STATED, at)
        form = visit.form.add([fact])
        if form.state(key).value != value or form.state(key).rivals:
            form = form.settle(key, fact)
        return replace(visit, form=form).with_event(at, self._clerk, "form.keyed", key)

    def settle(self, visit: Visit, key: str, fact: Fact, reason: str = "") -> Visit:
        """The clerk chose between sources that disagree, or took over an offer. Who, what over what and why is kept."""
        state = visit.form.state(key)
        others = [other.source.label for other in (state.fact, *state.rivals) if other is not None and other != fact]
        changed = replace(visit, form=visit.form.settle(key, fact))
        return changed.with_event(
            self._clock.now(),
            self._clerk,
            "form.settled",
            key,
            taken=fact.source.label,
            over=others,
            reason=mask_text(reason),
        )

    def reopen(self, visit: Visit, key: str) -> Visit:
        """The sources of a settled field stand beside each other again."""
        form = visit.form.reopen(key)
        if form is visit.form:
            return visit
        return replace(visit, form=form).with_event(self._clock.now(), self._clerk, "form.reopened", key)

    def trail(self, visit: Visit, key: str) -> FieldTrail:
        """All that is known of a field, with the reason that the clerk gave."""
        found = visit.form.trail(key)
        last = next((e for e in reversed(visit.events) if e.action == "form.settled" and e.subject == key), None)
        return (
            replace(found, reason=str(last.details.get("reason", ""))) if last is not None and found.settled else found
        )

    def set_addresses(self, visit: Visit) -> None:
        """Let the addresses that stand in the form be offered for the next one."""
        fields = [key for key, field in visit.form.asked().items() if PLACE in field.element.schema]
        self.help.set_here(visit.form.state(key).value for key in fields)

    def places(self, visit: Visit) -> dict[str, Fact]:
        """The codes of the divisions in the form's addresses: field -> fact, to go with the text."""
        at = self._clock.now()
        found = {}
        for key, field in visit.form.asked().items():
            if PLACE in field.element.schema and (code := self.help.division(visit.form.state(key).value)):
                element = f"{field.element.id}_division"
                found[key] = Fact(field.role, element, code, _BY_ADDRESS, Verdict.STATED, at)
        return found

    def undo(self, visit: Visit) -> Visit:
        return replace(visit, form=visit.form.undo())

    def from_earlier(self, visit: Visit, cases: Sequence[Case]) -> Visit:
        """Take in what earlier cases of the person whose card or chip was read knew; other people's give nothing."""
        return self._with(visit, from_cases(cases, visit.known_number, self._clock.now(), self._freshness))

    def from_query(self, visit: Visit, answer: QueryAnswer) -> Visit:
        """Take in a department's answer to a shared-data query."""
        return self._with(visit, from_query(answer, self._clock.now(), self._freshness))

    def from_stated(self, visit: Visit, stated: Stated) -> Visit:
        """Take in what the person whose card or chip was read wrote when booking, or what a visit pack says; as it
        would be kept if it were typed. Another person's gives nothing."""
        return self._stated(visit, stated, visit.known_number)

    def from_task(self, visit: Visit, stated: Stated) -> Visit:
        """Take in what a visit pack says of the firm and the place: they are known before any card is read."""
        return self._stated(visit, stated, stated.number)

    def _stated(self, visit: Visit, stated: Stated, number: str) -> Visit:
        now = self._clock.now()
        today = shanghai(now).date()
        fields = {f.key: f for f in visit.form.definition.fields}
        read = dict(stated.values)
        for key, text in stated.values.items():
            if key in fields:
                read[key] = normalise(fields[key].element, text, today, fields[key].columns)
        return self._with(visit, from_stated(replace(stated, values=read), number, now, self._freshness))

    def problems(self, visit: Visit) -> tuple[Problem, ...]:
        """What lacks or is wrong in the fields asked now, in form order."""
        form = visit.form
        return self._for(form.definition).problems(form.kept(), witness_of(form.facts))

    @property
    def _clerk(self) -> str:
        """Who settles. Refused while nobody is signed in; nobody's name without a duty roster."""
        return self._duty.clerk if self._duty is not None else ""

    def _with(self, visit: Visit, known: Prefill) -> Visit:
        form = visit.form.add(k.fact for k in known.facts).offer(k.fact for k in known.offers)
        return visit if form is visit.form else replace(visit, form=form)

    def _for(self, definition: FormDefinition) -> Validator:
        today = shanghai(self._clock.now()).date()
        known = self._for_what
        if self._validator is None or known is None or known[0] is not definition or known[1] != today:
            self._validator = Validator(definition, today, checked_with_hint)
            self._for_what = definition, today
        return self._validator


def _with_derived(form: FormState, field: FormField, value: str, at: dt.datetime) -> FormState:
    """A typed identity number says when its holder was born, and the sex."""
    if field.element.type is not ElementType.ID_NUMBER:
        return form
    keys = [f"{field.role}.birth_date", f"{field.role}.sex"]
    check = check_number(value)
    told = {"birth_date": check.birth.isoformat() if check.birth else "", "sex": check.sex or ""} if check.valid else {}
    facts = [Fact(field.role, e, v, _BY_NUMBER, Verdict.STATED, at) for e, v in told.items() if v]
    return form.derive(keys, facts)
