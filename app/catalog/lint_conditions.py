"""Conditions, and what the guide's questions lead to: nothing unknown, nothing out of reach, nothing in two places."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod

from app.catalog.lint_parts import lint_english
from app.catalog.parts import Built
from app.catalog.source import Entry, Record
from app.domain.constraints import Contradiction, element_schema, merge
from app.domain.item import ElementType, FieldUse, Item, MainItem, Question, When, holds

ANSWER = "answer."
MOST = 20_000
"""So many combinations of answers are gone through; a guide with more is one that nobody can answer."""


def lint_item_conditions(built: Built, item: Item) -> None:
    """The conditions of a situation, its fields and its materials."""
    place = built.items_at[item.code]
    asked = built.catalog.mains[item.main].questions if item.main in built.catalog.mains else ()
    uses = {use.key: use for use in item.fields}
    _lint_when(built, place.own.at("when"), item.when, asked, None)
    for use in item.fields:
        if use.when:
            _lint_when(built, place.field(use).down("when"), use.when, asked, uses)
    for material in item.materials:
        if material.when:
            at = place.material(material.id)
            own = isinstance(at.value, dict) and "when" in at.value
            _lint_when(built, at.down("when") if own else at, material.when, asked, uses)
    for circle in _circles(uses):
        place.field(uses[circle[0]]).problem(
            f"条件绕成了圈：{' → '.join((*circle, circle[0]))}，永远不会问到", "去掉其中一个条件"
        )


def lint_questions(built: Built, record: Record, questions: Sequence[Question]) -> None:
    """Each question is said in both languages, offers a choice and depends on earlier ones only."""
    place = record.at("questions")
    for number, question in enumerate(questions):
        at = place.part("id", question.id)
        lint_english(at, question.text_en, question.text)
        for option in question.options:
            lint_english(at.down("options", option.value), option.text_en, option.text)
        if len(question.options) < 2:
            at.problem(f"问题“{question.text}”没有选择余地", "至少给两个选项，或者删去这个问题")
        _lint_when(built, at.down("when"), question.when, questions[:number], None)


def lint_main(built: Built, main: MainItem) -> None:
    """Each situation is reached by some answers, and no answers lead to two."""
    record = built.mains_at[main.code]
    lint_questions(built, record, main.questions)
    items = [built.catalog.items[code] for code in main.items]
    if len(items) < 2 and not main.questions:
        return
    if not _few_enough(record, main.questions):
        return
    reached: set[str] = set()
    both: set[tuple[str, str]] = set()
    nowhere: list[str] = []
    for answers in combinations(main.questions):
        fitting = [item for item in items if holds(item.when, answers)]
        reached |= {item.code for item in fitting}
        if not fitting:
            nowhere.append(_told(main.questions, answers))
        for first, second in pairwise(fitting):
            if (first.code, second.code) not in both:
                both.add((first.code, second.code))
                other = built.items_at[first.code].own.entry
                built.items_at[second.code].own.at("when").problem(
                    f"情形“{second.situation}”与 {other.file}:{other.line} 的“{first.situation}”分不开："
                    f"{_told(main.questions, answers)}时两个都符合",
                    "给 when 加上能区分两者的回答，或者补一个问题",
                )
    for item in items:
        if item.code not in reached:
            built.items_at[item.code].own.at("when").problem(
                f"没有哪种回答能到情形“{item.situation}”", "核对 when 与 questions 的选项"
            )
    if nowhere:
        record.at("questions").problem(
            f"有 {len(nowhere)} 种回答没有对应的情形，例如{nowhere[0]}", "补上情形；确实不办理的可以不理会", soft=True
        )


def lint_choices(built: Built, code: str) -> bool:
    """The conditions of a bundle's items. Can its guide be gone through?"""
    record, bundle = built.bundles_at[code], built.catalog.bundles[code]
    lint_questions(built, record, bundle.questions)
    place = record.at("items")
    for item, when in bundle.choices.items():
        _lint_when(built, place.part("code", item).down("when"), when, bundle.questions, None)
    if not _few_enough(record, bundle.questions):
        return False
    if bundle.questions:
        sets = {
            tuple(code for code in bundle.items if holds(bundle.choices.get(code, {}), answers))
            for answers in combinations(bundle.questions)
        }
        if () in sets:
            place.problem("有的回答下一个事项也不剩", "至少让一个事项没有条件，或者补上遗漏的选项")
        for item in set(bundle.items) - {item for active in sets for item in active}:
            place.part("code", item).problem(f"没有哪种回答会办理事项 {item}", "核对 when 与 questions 的选项")
    return True


def combinations(questions: Sequence[Question]) -> Iterator[dict[str, str]]:
    """All that can be answered; a question that is not asked has no answer."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    for values in product(*(question.options for question in questions)):
        answers: dict[str, str] = {}
        for question, option in zip(questions, values, strict=True):
            if holds(question.when, answers):
                answers[ANSWER + question.id] = option.value
        key = tuple(answers.items())
        if key not in seen:
            seen.add(key)
            yield answers


def _few_enough(record: Record, questions: Sequence[Question]) -> bool:
    count = prod(len(question.options) for question in questions)
    if count > MOST:
        record.at("questions").problem(f"问题有 {count} 种回答组合，无法逐一核对", "减少问题或者选项")
    return count <= MOST


def _lint_when(
    built: Built, place: Entry, when: When, asked: Sequence[Question], uses: Mapping[str, FieldUse] | None
) -> None:
    """uses: the fields that may be named; None where only answers decide."""
    questions = {ANSWER + question.id: question for question in asked}
    for key, values in when.items():
        at = place.down(key)
        if not values:
            at.problem(f"条件“{key}”没有列出任何值", '列出符合的值，任意值写 ["*"]')
        elif key in questions:
            _lint_values(at, key, values, {option.value for option in questions[key].options}, "选项")
        elif key.startswith(ANSWER) or uses is None:
            what = "前面的问题里没有" if key.startswith(ANSWER) else "这里只能依据问题的回答，没有"
            at.problem(f"{what}“{key}”", _guess(key, questions) or "写成 answer.问题的id，并先定义这个问题")
        elif key not in uses:
            at.problem(f"本事项没有问“{key}”，这个条件永远不成立", _guess(key, uses) or "先在 fields 里问到它")
        else:
            codes = _codes(built, uses[key])
            if codes is not None:
                _lint_values(at, key, values, codes, "代码")


def _lint_values(at: Entry, key: str, values: tuple[str, ...], among: set[str], what: str) -> None:
    for value in values:
        if value != "*" and value not in among:
            at.problem(f"“{key}”没有这个{what}：“{value}”", _guess(value, among) or f"可用：{'、'.join(sorted(among))}")


def _codes(built: Built, use: FieldUse) -> set[str] | None:
    """What the field can be; None when it is no choice."""
    element = built.catalog.elements[use.element]
    if element.type is not ElementType.CHOICE:
        return None
    try:
        return set(merge(element_schema(element), use.schema).get("enum", element.codes))
    except Contradiction:  # told elsewhere
        return set(element.codes)


def _circles(uses: Mapping[str, FieldUse]) -> list[tuple[str, ...]]:
    """The fields that wait for each other, each circle once."""
    found: dict[frozenset[str], tuple[str, ...]] = {}

    def walk(path: tuple[str, ...]) -> None:
        for key in uses[path[-1]].when:
            if key in path:
                circle = path[path.index(key) :]
                found.setdefault(frozenset(circle), circle)
            elif key in uses:
                walk((*path, key))

    for key, use in uses.items():
        if use.when:
            walk((key,))
    return list(found.values())


def _guess(word: str, among: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(among), 1)
    return f"是不是“{near[0]}”？" if near else ""


def _told(questions: Sequence[Question], answers: Mapping[str, str]) -> str:
    """Answers in words for a message."""
    said = [
        f"“{question.text}”答“{option.text}”"
        for question in questions
        for option in question.options
        if answers.get(ANSWER + question.id) == option.value
    ]
    return "、".join(said) or "不问任何问题"
