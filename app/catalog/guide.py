"""The guide: questions narrow a bundle 一件事 or a main item 主项 to the situations 情形 that fit.

Pure: the answers given so far go in, what is still to be asked and what still fits comes out. An answer is kept under
its question's id. Answers to questions that are not asked any more are ignored and not thrown away, so that whoever
goes back and forth finds them again.

A question is asked only when the answer changes something: which situations fit, which fields or materials they want,
or whether a question of that kind is asked at all. An answer that leads nowhere is not offered; one that is the only
one left is taken without asking. Should the catalogue's questions not tell the situations of a main item apart, the
last question is which situation it is: the guide ends in one situation a main item, whatever the catalogue says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from app.domain.item import Bundle, Catalog, FieldUse, Item, MaterialUse, Option, Question, When, holds

PREFIX = "answer."
"""Of an answer's key in a condition."""

SITUATION = "situation."
"""Id of the guide's own last question."""

_Use = TypeVar("_Use", FieldUse, MaterialUse)

Answers = Mapping[str, str]
"""Question id -> the option's value."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question that is asked, and what was answered; "" while it is open."""

    question: Question
    answer: str = ""


@dataclass(frozen=True, slots=True)
class _Path:
    """How far some answers lead. known: what counts now, the answers taken without asking too."""

    steps: tuple[Step, ...]
    known: dict[str, str]
    items: tuple[str, ...]


class Guide:
    """The guide of one bundle, main item or situation. Raises KeyError when the catalogue has no such code."""

    def __init__(self, catalog: Catalog, code: str) -> None:
        self.code = code
        self._bundle: Bundle | None = catalog.bundles.get(code)
        main = catalog.mains.get(code)
        if self._bundle:
            self.name, self.name_en = self._bundle.name, self._bundle.name_en
            codes = self._bundle.items
            self._questions = {question.id: question for question in self._bundle.questions}
        elif main:
            self.name, self.name_en, codes = main.name, main.name_en, main.items
            self._questions = {question.id: question for question in main.questions}
        else:
            item = catalog.items[code]
            self.name, self.name_en, codes = item.name, item.name_en, (code,)
            of = catalog.mains.get(item.main)
            self._questions = {question.id: question for question in of.questions} if of else {}
        self._items = {c: catalog.items[c] for c in codes}
        if self._bundle:
            for item in self._items.values():
                self._questions |= {q.id: q for q in _own_questions(catalog, item, self._questions)}
        self._wanted = {c: self._requirement(c) for c in self._items}

    @cached_property
    def asks(self) -> bool:
        """Has it anything to ask at all?"""
        return bool(self.steps({}))

    @property
    def bundled(self) -> bool:
        """Is it a bundle's, where several items stay, and not a main item's, where one situation does?"""
        return self._bundle is not None

    def item_name(self, code: str) -> str:
        """The name of one of its items. KeyError when it is none of them."""
        return self._items[code].name

    def steps(self, answers: Answers) -> tuple[Step, ...]:
        """All questions asked under these answers, the answered and the open, in their order."""
        return self._path(answers).steps

    def questions(self, answers: Answers) -> tuple[Question, ...]:
        """The questions still open, with the options that lead somewhere; the first is the one to ask now."""
        return tuple(step.question for step in self.steps(answers) if not step.answer)

    def items(self, answers: Answers) -> tuple[str, ...]:
        """Codes of the items that still fit."""
        return self._path(answers).items

    def decided(self, answers: Answers) -> bool:
        """Is nothing open any more?"""
        return not self.questions(answers)

    def usual(self, answers: Answers) -> dict[str, str]:
        """These answers, and to what is still open the first answer offered: the way that the catalogue puts first."""
        known = dict(answers)
        while still := self.questions(known):
            known[still[0].id] = still[0].options[0].value
        return known

    def routes(self) -> Iterator[dict[str, str]]:
        """All ways through the guide to its end."""
        waiting: list[dict[str, str]] = [{}]
        while waiting:
            answers = waiting.pop()
            still = self.questions(answers)
            if still:
                waiting += [{**answers, still[0].id: option.value} for option in reversed(still[0].options)]
            else:
                yield answers

    def values(self, answers: Answers, code: str) -> dict[str, str]:
        """What the conditions of one of the items see, under "answer.ID". KeyError when it is none of the guide's."""
        item = self._items[code]
        # A situation that only one answer leads to says that answer, also when it was chosen without the guide.
        said = {key: allowed[0] for key, allowed in item.when.items() if len(allowed) == 1 and allowed[0] != "*"}
        own = f"{code}:"
        for key, value in self._path(answers).known.items():
            if ":" not in key:
                said[PREFIX + key] = value
            elif key.startswith(own):
                said[PREFIX + key.removeprefix(own)] = value
        return {key: value for key, value in said.items() if key.startswith(PREFIX)}

    def chosen(self, answers: Answers) -> tuple[Item, ...]:
        """The items that fit, the answers worked into their conditions (`settled`), a bundle's materials merged."""
        items = tuple(settled(self._items[code], self.values(answers, code)) for code in self.items(answers))
        return self._bundle.together(items) if self._bundle else items

    def _path(self, answers: Answers) -> _Path:
        known: dict[str, str] = {}
        steps: dict[str, Step] = {}
        reading = True
        while reading:
            reading = False
            for question in self._questions.values():
                if question.id in steps or question.id in known or not self._asked(question, known):
                    continue
                options = tuple(o for o in question.options if self._fitting({**known, question.id: o.value}))
                if len(options) == 1:
                    known[question.id] = options[0].value
                elif not options or not self._matters(question, options, known):
                    continue
                elif any(o.value == answers.get(question.id) for o in options):
                    known[question.id] = answers[question.id]
                    steps[question.id] = Step(replace(question, options=options), known[question.id])
                else:
                    steps[question.id] = Step(replace(question, options=options))
                    continue
                # A question may hang on one that stands after it, and the order of asking is the catalogue's.
                reading = True
                break
        order = {key: at for at, key in enumerate(self._questions)}
        asked = sorted(steps.values(), key=lambda step: order[step.question.id])
        fitting = self._fitting(known)
        if all(step.answer for step in asked):
            if self._bundle:
                fitting = tuple(c for c in fitting if self._joins(c, known)) or fitting
            elif len(fitting) > 1:
                last = self._which(fitting, answers.get(SITUATION, ""))
                asked.append(last)
                fitting = (last.answer,) if last.answer else fitting
        return _Path(tuple(asked), known, fitting)

    def _fitting(self, known: Answers) -> tuple[str, ...]:
        """The items that the answers known so far do not rule out."""
        codes = tuple(c for c, wanted in self._wanted.items() if wanted is not None and _possible(wanted, known))
        # A catalogue whose conditions nobody can meet (lint says so) must not leave the visitor without a choice.
        return codes if codes or any(w is not None for w in self._wanted.values()) else tuple(self._items)

    def _joins(self, code: str, known: Answers) -> bool:
        """Does an item belong to the bundle, now that all is answered?"""
        return holds(self._condition(code), {PREFIX + key: value for key, value in known.items()})

    def _condition(self, code: str) -> When:
        conditions = self._bundle.choices.get(code, {}) if self._bundle else self._items[code].when
        return {key: allowed for key, allowed in conditions.items() if key.startswith(PREFIX)}

    def _asked(self, question: Question, known: Answers) -> bool:
        when = {key: allowed for key, allowed in question.when.items() if key.startswith(PREFIX)}
        return holds(when, {PREFIX + key: value for key, value in known.items()})

    def _requirement(self, code: str) -> dict[str, frozenset[str]] | None:
        """Question -> the answers that lead to an item, and those that lead to these questions; None: nothing does."""
        wanted: dict[str, frozenset[str]] = {}
        waiting = list(self._condition(code).items())
        while waiting:
            key, allowed = waiting.pop()
            question = self._questions.get(key.removeprefix(PREFIX))
            if question is None:
                return None
            offered = frozenset(option.value for option in question.options)
            narrowed = offered & wanted.get(question.id, offered)
            narrowed = narrowed if "*" in allowed else narrowed & frozenset(allowed)
            if not narrowed:
                return None
            if question.id not in wanted:
                waiting += [(k, a) for k, a in question.when.items() if k.startswith(PREFIX)]
            wanted[question.id] = narrowed
        return wanted

    def _matters(self, question: Question, options: tuple[Option, ...], known: dict[str, str]) -> bool:
        outcomes = {self._fitting({**known, question.id: option.value}) for option in options}
        return len(outcomes) > 1 or question.id in self._read_by(self._fitting(known))

    def _read_by(self, codes: tuple[str, ...]) -> frozenset[str]:
        """Ids of the questions whose answers the items' fields and materials look at, and of those leading there."""
        found: set[str] = set()
        waiting = [key for code in codes for key in self._looks_at(code)]
        while waiting:
            key = waiting.pop()
            if key not in found and key in self._questions:
                found.add(key)
                waiting += [k.removeprefix(PREFIX) for k in self._questions[key].when if k.startswith(PREFIX)]
        return frozenset(found)

    def _looks_at(self, code: str) -> Iterator[str]:
        for key in _conditions(self._items[code]):
            own = f"{code}:{key}"
            yield own if own in self._questions else key

    def _which(self, fitting: tuple[str, ...], answer: str) -> Step:
        names = [self._items[code] for code in fitting]
        same = len({item.name for item in names}) < len(names)
        options = tuple(
            Option(item.code, f"{item.name}（{item.situation}）", f"{item.name_en} ({item.situation})")
            if same and item.situation
            else Option(item.code, item.name, item.name_en)
            for item in names
        )
        question = Question(SITUATION, "是哪一种情形？", options, "Which situation is it?")
        return Step(question, answer if answer in fitting else "")


def settled(item: Item, answers: Mapping[str, str]) -> Item:
    """The item with the guide's answers worked in: what they rule out is gone, and no condition names one any more.

    answers: under "answer.ID". Two main items may use the same question id for different things, so that each item's
    conditions are settled with its own answers before items are put together.
    """
    return replace(
        item,
        fields=tuple(f for use in item.fields for f in _settled_use(use, answers)),
        materials=tuple(m for use in item.materials for m in _settled_use(use, answers)),
    )


def _settled_use(use: _Use, answers: Mapping[str, str]) -> Iterator[_Use]:
    about = {key: allowed for key, allowed in use.when.items() if key.startswith(PREFIX)}
    if not about:
        yield use
    elif holds(about, answers):
        yield replace(use, when={key: allowed for key, allowed in use.when.items() if key not in about})


def _possible(wanted: Mapping[str, frozenset[str]], known: Answers) -> bool:
    return all(known[key] in allowed for key, allowed in wanted.items() if key in known)


def _conditions(item: Item) -> Iterator[str]:
    """Ids of the questions that an item's fields and materials look at."""
    conditions = [*(use.when for use in item.fields), *(use.when for use in item.materials)]
    yield from (key.removeprefix(PREFIX) for when in conditions for key in when if key.startswith(PREFIX))


def _own_questions(catalog: Catalog, item: Item, taken: Mapping[str, Question]) -> Iterator[Question]:
    """Questions of an item's main item that a bundle must ask too, because the item's own form depends on them.

    Their ids are made the item's own. What the bundle itself asks is not asked again.
    """
    main = catalog.mains.get(item.main)
    if main is None:
        return
    questions = {question.id: question for question in main.questions if question.id not in taken}
    needed: list[str] = []
    waiting = list(_conditions(item))
    while waiting:
        key = waiting.pop()
        if key in questions and key not in needed:
            needed.append(key)
            waiting += [k.removeprefix(PREFIX) for k in questions[key].when if k.startswith(PREFIX)]
    for question in questions.values():
        if question.id not in needed:
            continue
        allowed = item.when.get(PREFIX + question.id, ("*",))
        options = tuple(o for o in question.options if "*" in allowed or o.value in allowed)
        when = {
            f"{PREFIX}{item.code}:{k.removeprefix(PREFIX)}" if k.removeprefix(PREFIX) in questions else k: values
            for k, values in question.when.items()
            if k.startswith(PREFIX)
        }
        yield Question(
            f"{item.code}:{question.id}",
            f"{item.name}：{question.text}",
            options,
            f"{item.name_en}: {question.text_en}" if item.name_en and question.text_en else "",
            when,
        )
