"""Which sheets the workbook of a catalogue has, with their columns."""

from __future__ import annotations

from dataclasses import dataclass

from app.catalog.build_items import KINDS, REGIONS, TYPES
from app.catalog.parts import MATERIAL_KINDS
from app.domain.item import ElementType

NONE = "（无）"
"""In the first cell that matters: this situation wants none, although the main item does."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. kind: text, count, flag, texts, pairs, when, json. ref: the sheet whose first column it names."""

    title: str
    key: str
    kind: str = "text"
    width: int = 14
    choices: tuple[str, ...] = ()
    required: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. unique: the columns that together name a row."""

    title: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()


_FILE = Column("文件", "file", width=26)
_NAMES = (Column("名称", "name", width=30, required=True), Column("英文名称", "name_en", width=30))
_WHEN = Column("条件", "when", "when", 26)
_OWNER = Column("主项或一件事", "owner", width=34, required=True)
_ENGLISH = Column("英文", "text_en", width=40)
_SCHEMA = Column("约束", "schema", "json", 36)
_MATERIAL = (
    Column("形式", "kind", choices=MATERIAL_KINDS),
    Column("收原件", "original", "flag", 8),
    Column("份数", "copies", "count", 8),
    Column("必要", "required", "flag", 8),
    Column("可容缺", "tolerable", "flag", 8),
    Column("容缺期限", "tolerance_days", "count", 10),
    Column("容缺前核查", "tolerance_needs", "texts", 18),
    Column("可承诺", "promise", "flag", 8),
    Column("核查期限", "promise_check_days", "count", 10),
    Column("免交依据", "waived_by", "texts", 24),
    Column("复用天数", "reuse_days", "count", 10),
    Column("单位材料", "firm_paper", "flag", 8),
    Column("收件要点", "acceptance_points", "texts", 50),
    Column("样本", "sample"),
    Column("可识别", "shows", "when", 36),
    _WHEN,
)
_SHARED = (
    Column("事项类型", "type", choices=TYPES),
    Column("办件类型", "kind", choices=KINDS),
    Column("法定时限", "legal_days", "count", 10),
    Column("承诺时限", "promised_days", "half_days", 10),
    Column("加急时限", "urgent_days", "half_days", 10),
    Column("先证后查", "inspect_after", "flag", 8),
    Column("监护人代为", "guardian", "flag", 10),
    Column("设定依据", "legal_basis", width=40),
    Column("收费", "fee"),
    Column("结果", "result", width=20),
    Column("文书", "papers", "texts", 20),
    Column("官方表样", "official", "texts", 20),
    Column("群众说法", "words", "texts", 20),
    Column("通办范围", "cross_region", width=10, choices=REGIONS),
    Column("属地要素", "territory", width=20),
    Column("结果证照", "issues", "json", 40),
    Column("版本", "version", "count", 8),
    Column("锁定", "locked", "flag", 8),
)
_MAIN = Column("主项编码", "main", width=34, required=True, ref="主项")
_NO = Column("情形号", "no", width=8)

SHEETS = (
    Sheet(
        "目录",
        (
            Column("版本", "version", required=True),
            Column("名称", "name", width=40, required=True),
            Column("区划", "region"),
        ),
    ),
    Sheet(
        "部门",
        (Column("编号", "id", required=True), *_NAMES, Column("统一社会信用代码", "uscc", width=22, required=True)),
        ("id",),
    ),
    Sheet(
        "角色",
        (
            Column("编号", "id", required=True),
            Column("名称", "title", width=20, required=True),
            Column("英文名称", "title_en", width=24),
            Column("次序", "order", "count", 8, required=True),
            Column("叫法", "titles", "pairs", 30),
        ),
        ("id",),
    ),
    Sheet(
        "数据元",
        (
            Column("编号", "id", width=20, required=True),
            _FILE,
            Column("名称", "title", width=20, required=True),
            Column("英文名称", "title_en", width=24),
            Column("类型", "type", choices=tuple(ElementType), required=True),
            Column("单位", "unit", width=8),
            Column("标准", "standard", width=26),
            Column("个人信息", "personal", "flag", 10),
            Column("列", "columns", "texts", 20),
            _SCHEMA,
        ),
        ("id",),
    ),
    Sheet(
        "代码",
        (
            Column("数据元", "element", width=20, required=True, ref="数据元"),
            Column("代码", "code", required=True),
            Column("名称", "title", width=30, required=True),
        ),
        ("element", "code"),
    ),
    Sheet("材料", (Column("编号", "id", width=26, required=True), _FILE, *_NAMES, *_MATERIAL), ("id",)),
    Sheet(
        "主项",
        (
            Column("编码", "code", width=34, required=True),
            _FILE,
            *_NAMES,
            Column("部门", "department", required=True, ref="部门"),
            *_SHARED,
        ),
        ("code",),
    ),
    Sheet(
        "情形",
        (
            _MAIN,
            Column("子项", "sub", width=30, required=True),
            Column("情形号", "no", width=8, required=True),
            Column("名称", "name", width=30),
            Column("英文名称", "name_en", width=30),
            Column("情形", "situation", width=30, required=True),
            _WHEN,
            *_SHARED,
        ),
        ("main", "no"),
    ),
    Sheet(
        "要素",
        (_MAIN, _NO, Column("要素", "name", width=20, required=True), Column("内容", "text", width=40, required=True)),
        ("main", "no", "name"),
    ),
    Sheet(
        "情形字段",
        (
            _MAIN,
            _NO,
            Column("角色", "role", required=True, ref="角色"),
            Column("数据元", "element", width=20, ref="数据元"),
            Column("必填", "required", "flag", 8),
            Column("叫法", "title", width=20),
            _WHEN,
            Column("列", "columns", "texts", 20),
            Column("必填的列", "required_columns", "texts", 20),
            _SCHEMA,
        ),
        ("main", "no", "role", "element"),
    ),
    Sheet(
        "情形材料",
        (
            _MAIN,
            _NO,
            Column("材料", "id", width=26, required=True, ref="材料"),
            Column("名称", "name", width=30),
            Column("英文名称", "name_en", width=30),
            *_MATERIAL,
        ),
        ("main", "no", "id"),
    ),
    Sheet(
        "一件事",
        (
            Column("编码", "code", width=26, required=True),
            _FILE,
            *_NAMES,
            Column("说明", "description", width=40),
            Column("群众说法", "words", "texts", 26),
            Column("合并材料", "merges", "pairs", 40),
            Column("内部流转", "within", "pairs", 50),
        ),
        ("code",),
    ),
    Sheet(
        "一件事事项",
        (
            Column("一件事", "bundle", width=26, required=True, ref="一件事"),
            Column("业务办理项编码", "code", width=36, required=True),
            _WHEN,
        ),
        ("bundle", "code"),
    ),
    Sheet(
        "问题",
        (
            _OWNER,
            Column("编号", "id", required=True),
            Column("问题", "text", width=40, required=True),
            _ENGLISH,
            _WHEN,
        ),
        ("owner", "id"),
    ),
    Sheet(
        "选项",
        (
            _OWNER,
            Column("问题编号", "question", required=True),
            Column("选项", "value", required=True),
            Column("文字", "text", width=40, required=True),
            _ENGLISH,
        ),
        ("owner", "question", "value"),
    ),
    Sheet(
        "近义词",
        (Column("说法", "word", width=20, required=True), Column("官方用语", "words", "texts", 40, required=True)),
        ("word",),
    ),
    Sheet(
        "核准",
        (
            Column("业务办理项编码", "code", width=36, required=True),
            Column("版本", "version", "count", 8, required=True),
            Column("摘要", "sha256", width=68, required=True),
            Column("核准人", "accepted_by", required=True),
            Column("核准日期", "accepted_on", required=True),
        ),
        ("code",),
    ),
)
