"""What several items ask for together, for people who plan or check a bundle (`yichuang form`, `catalog savings`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.catalog.guide import Guide
from app.domain.errors import BadInput
from app.domain.item import Catalog, Item, Question
from app.forms.combine import combine
from app.materials.checklist import Checklist


class Undecided(BadInput):
    """A main item, and the answers do not say which of its situations it is. question: the first that is open."""

    def __init__(self, guide: Guide, situations: Sequence[Item], questions: Sequence[Question]) -> None:
        options = "、".join(f"--answer {questions[0].id}={option.value}" for option in questions[0].options)
        super().__init__(
            "要先选定情形",
            f"《{guide.name}》有 {len(situations)} 种情形：{questions[0].text}",
            f"加上其中一个：{options}；或者直接写某一情形的编码。",
        )
        self.code = guide.code
        self.name = guide.name
        self.situations = tuple(situations)
        self.questions = tuple(questions)

    def document(self) -> dict[str, Any]:
        """As JSON: what can be answered, and which situations there are."""
        return {
            "code": self.code,
            "name": self.name,
            "questions": [
                {"id": q.id, "text": q.text, "options": {option.value: option.text for option in q.options}}
                for q in self.questions
            ],
            "situations": [{"code": i.code, "name": i.name, "situation": i.situation} for i in self.situations],
        }


def summarise(catalog: Catalog, codes: Sequence[str], answers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The fields, the materials, and how many of each need not be given again.

    codes: of bundles, main items and situations. answers: question id -> option, for every guide that asks it; what a
    bundle or situation leaves open is answered as the catalogue puts it first, which "answers" marks as assumed.
    Conditional fields are listed with their conditions.

    Raises BadInput for a code, a question or an option unknown, and Undecided for a main item without its situation.
    """
    items, steps = _route(catalog, codes, answers or {})
    definition = combine(catalog, items)
    checklist = Checklist(items)
    return {
        "fields": [
            {
                "key": f.key,
                "title": f.title,
                "type": f.element.type.value,
                "required": f.required,
                "asked_by": list(f.asked_by),
                **({"when": [{k: list(v) for k, v in when.items()} for when in f.when]} if f.when else {}),
                **({"columns": [column.id for column in f.columns]} if f.columns else {}),
            }
            for f in definition.fields
        ],
        "materials": [
            {
                "id": m.use.id,
                "name": m.use.name,
                "required": m.use.required,
                "original": m.use.original,
                "copies": m.use.copies,
                "waived_by": list(m.use.waived_by),
                "tolerable": m.use.tolerable,
                "promise": m.use.promise,
                "asked_by": list(m.asked_by),
            }
            for m in checklist.materials
        ],
        "saved": {
            "fields": definition.asked_separately - len(definition.fields),
            "materials": checklist.saved,
        },
        "items": [{"code": item.code, "name": item.name, "situation": item.situation} for item in items],
        "answers": steps,
    }


def _route(catalog: Catalog, codes: Sequence[str], given: Mapping[str, str]) -> tuple[tuple[Item, ...], list[Any]]:
    """The items that the codes stand for, and the answers that led to them."""
    items: dict[str, Item] = {}
    steps: list[dict[str, Any]] = []
    asked: dict[str, Question] = {}
    for code in dict.fromkeys(codes):
        try:
            guide = Guide(catalog, code)
        except KeyError:
            raise BadInput("没有这个事项", f"事项目录里没有编码 {code}", "用 yichuang search 查找编码。") from None
        if code in catalog.mains and len(guide.items(given)) > 1:
            situations = [catalog.items[found] for found in guide.items(given)]
            raise Undecided(guide, situations, guide.questions(given))
        known = guide.usual(given)
        for step in guide.steps(known):
            question = step.question
            asked[question.id] = question
            assumed = given.get(question.id) != step.answer
            steps.append({"code": code, "question": question.id, "answer": step.answer, "assumed": assumed})
        items.update({item.code: item for item in guide.chosen(known)})
    for key, value in given.items():
        _check_answer(asked, key, value)
    return tuple(items.values()), steps


def _check_answer(asked: Mapping[str, Question], key: str, value: str) -> None:
    """An answer that counts for nothing is a mistake of whoever gave it."""
    if key not in asked:
        listed = "、".join(asked) or "没有要回答的问题"
        raise BadInput("没有问到这个问题", f"这里没有问“{key}”", f"可以回答的：{listed}。")
    options = asked[key].options
    if value not in [option.value for option in options]:
        listed = "、".join(f"{key}={option.value}（{option.text}）" for option in options)
        raise BadInput("没有这个选项", f"“{asked[key].text}”没有选项“{value}”", f"可用：{listed}。")


_HEAD = """\
# What combining saves

Of every shipped bundle, the way through its guide that the catalogue puts first (the first answer to each question):
the questions and materials that the separate forms would ask for, and those that the combined form asks for. Materials
that hang on a form's value are not counted. Written by `yichuang catalog savings`, and a test keeps it so; the lists
with their conditions are what `yichuang form CODE` prints.

| bundle | | items | departments | fields apart | fields together | materials apart | materials together |
|---|---|---|---|---|---|---|---|
"""


def savings(catalog: Catalog) -> str:
    """The table of all bundles as Markdown (docs/catalogue-savings.md)."""
    rows = list(_rows(catalog))
    sums = [sum(row[at] for row in rows) for at in range(4, 8)] if rows else [0] * 4
    lines = [f"| `{row[0]}` | {' | '.join(str(cell) for cell in row[1:])} |" for row in rows]
    lines.append(f"| **{len(rows)} bundles** | | | | {' | '.join(f'**{number}**' for number in sums)} |")
    return _HEAD + "\n".join(lines) + "\n"


def _rows(catalog: Catalog) -> Iterator[tuple[Any, ...]]:
    for code, bundle in sorted(catalog.bundles.items()):
        items, _ = _route(catalog, [code], {})
        definition, materials = combine(catalog, items), Checklist(items).materials
        departments = len({item.department for item in items})
        apart = sum(len(material.asked_by) for material in materials)
        counted = definition.asked_separately, len(definition.fields), apart, len(materials)
        yield (code, bundle.name, len(items), departments, *counted)
