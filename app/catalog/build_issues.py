"""结果证照: what an item says of the e-licence that granting it makes."""

from __future__ import annotations

import re
from collections.abc import Collection

from app.catalog.parts import Built
from app.catalog.source import Entry
from app.domain.issuing import NUMBER_LETTERS, LicenceIssue, NumberRule
from app.domain.item import Item
from app.licences.claims import CLAIM_KEY, TYPE_ID

KEYS = ("type", "title", "type_code", "number", "valid_days", "valid_to", "facts", "states", "replaces")
NUMBER_KEYS = ("element", "letters", "digits", "checked")
_TYPE_CODE = re.compile(r"[0-9A-Z]{21}", re.ASCII)
_LETTERS = re.compile(rf"[A-Z]{{0,{NUMBER_LETTERS}}}", re.ASCII)
_MOST_DAYS = 366 * 50
"""The longest that a licence with an end is given."""
_DIGITS = range(4, 10)


def licence_issue(place: Entry) -> LicenceIssue:
    """Read it; mistakes of shape go to the report."""
    record = place.record(KEYS, ("type", "title", "type_code", "number", "valid_days"))
    number = place.down("number").record(NUMBER_KEYS, ("element",)) if "number" in record.entries else None
    return LicenceIssue(
        type=record.text("type"),
        title=record.text("title"),
        type_code=record.text("type_code"),
        number=NumberRule(
            number.text("element"), number.text("letters"), number.count("digits", 6), number.flag("checked", True)
        )
        if number
        else NumberRule(""),
        valid_days=record.count("valid_days"),
        valid_to=record.text("valid_to"),
        facts=record.texts("facts"),
        states=record.text_map("states"),
        replaces=record.texts("replaces"),
    )


def lint_issue(built: Built, item: Item) -> None:
    """What would make a licence that no window takes, or that says more than it may."""
    issue = item.issues
    if issue is None:
        return
    place = built.items_at[item.code].at("issues")
    asked = {use.key for use in item.fields}
    if not TYPE_ID.fullmatch(issue.type):
        place.down("type").problem(f"证照类型“{issue.type}”不对", "写成小写字母和下划线，例如 residence_permit")
    if not _TYPE_CODE.fullmatch(issue.type_code):
        place.down("type_code").problem("证照类型代码应为 21 位大写字母和数字", "部门的统一社会信用代码 18 位 + 3 位")
    if not 0 < issue.valid_days <= _MOST_DAYS:
        place.down("valid_days").problem(f"有效期 {issue.valid_days} 天不对", f"填 1 到 {_MOST_DAYS}")
    if not _LETTERS.fullmatch(issue.number.letters) or issue.number.digits not in _DIGITS:
        place.down("number").problem("编号规则不对", f"letters 至多 {NUMBER_LETTERS} 个大写字母，digits 填 4 到 9")
    if not all(_TYPE_CODE.fullmatch(code) for code in issue.replaces):
        place.down("replaces").problem("replaces 应为证照类型代码", "每个 21 位大写字母和数字")
    for key in issue.facts:
        if key not in asked:
            place.down("facts").problem(f"“{key}”不在表单里", "只写本事项表单里的要素")
    made = [key for key in (issue.number.element, issue.valid_to) if key]
    _known(built, place, (*issue.facts, *issue.states, *made))
    twice = [key for key in made if key in issue.states or key in issue.facts]
    if twice or len(set(made)) < len(made):
        place.problem("同一要素写了两个值", "编号、有效期至、facts、states 各写各的要素")
    if item.territory:
        place.problem("属地办理的事项由办理地出证", "删去 issues，由办理地的平台出证")


def _known(built: Built, place: Entry, keys: Collection[str]) -> None:
    for key in keys:
        role, _, element = key.partition(".")
        if role == "applicant":
            # Who holds it stands in the licence already; more of the person in it would be more than is needed.
            place.problem(f"“{key}”是持证人自己的信息", "持证人的姓名、号码自动写入，其余不写")
        elif not CLAIM_KEY.fullmatch(key) or element not in built.catalog.elements or role not in built.catalog.roles:
            place.problem(f"没有这个要素：“{key}”", "写成 角色.数据元，例如 residence.address")
