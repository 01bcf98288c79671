"""Commands that make papers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import YES, say
from app.domain.errors import BadInput, EnvironmentProblem

if TYPE_CHECKING:
    from app.documents.format import Format
    from app.domain.document import PaperKind, RenderedPaper


def kinds(args: argparse.Namespace) -> int:
    """Every kind of paper, one a line: what it is for and what it asks."""
    from app.services.issue_paper import KINDS, languages
    from app.services.paper_asks import asks_of, hint_of

    for kind in KINDS:
        asks = [
            {
                "key": ask.key,
                "title": ask.title,
                "required": ask.required,
                "choices": [choice.value for choice in ask.choices],
            }
            for ask in asks_of(kind)
        ]
        say({"kind": _name(kind), "title": str(kind), "about": hint_of(kind)[0], "languages": languages(kind),
             "asks": asks})  # fmt: skip
    return YES


def make(args: argparse.Namespace) -> int:
    """Make one paper and write its PDF. With --sample, of made-up people, signed by a key that nobody trusts."""
    kind = _kind(args.kind)
    made = _sample(kind, args) if args.sample else _real(kind, args)
    out = Path(args.out or f"{made.paper.number}.pdf")
    try:
        out.write_bytes(made.pdf)
    except OSError as exc:
        raise EnvironmentProblem("写不了文件", f"{out}：{exc.strerror}", "检查文件夹和权限。") from exc
    say(
        {
            "kind": _name(kind),
            "number": made.paper.number,
            "file": str(out),
            "bytes": len(made.pdf),
            "sha256": made.sha256,
            "sample": bool(args.sample),
        }
    )
    return YES


def _sample(kind: PaperKind, args: argparse.Namespace) -> RenderedPaper:
    from app.demo.papers import WINDOW, sample_paper
    from app.documents.render import PaperRenderer
    from app.licences.cose import Algorithm, SigningKey
    from app.profiles import catalog_of

    if args.set:
        raise BadInput("参数不能同用", "--sample 的内容是固定的，不能用 --set。", "去掉其中一个。")
    catalog = catalog_of(args.profile)
    paper = sample_paper(kind, catalog, args.language)
    renderer = PaperRenderer(SigningKey.generate(Algorithm.EDDSA), WINDOW.hall, catalog=catalog)
    return renderer.render(paper, _format(args.format))


def _real(kind: PaperKind, args: argparse.Namespace) -> RenderedPaper:
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal
    from app.documents.format import Format

    shape = _format(args.format)
    answers = {}
    for entry in args.set:
        key, equals, value = entry.partition("=")
        if not (key and equals):
            raise BadInput("栏目的写法有误", f"--set {entry}", "写成 --set 栏目=内容，例如 --set days=10。")
        answers[key] = value.replace("\\n", "\n")
    with open_workstation(args.profile, Terminal().open) as station:
        issue = station.services.issue
        subject = issue.about_number(args.case) if args.case else issue.about_window()
        made = issue.issue(kind, subject, answers, args.language)
        return made if shape is Format.A4 else issue.in_format(made.paper, shape)


def _format(name: str) -> Format:
    from app.documents.format import FORMATS, Format

    try:
        return Format.named(name)
    except KeyError:
        known = "、".join(shape.name for shape in FORMATS)
        raise BadInput("没有这种纸张", name, f"可用：{known}。") from None


def _kind(text: str) -> PaperKind:
    from app.domain.document import PaperKind

    for kind in PaperKind:
        if text in (str(kind), kind.name, _name(kind)):
            return kind
    raise BadInput("没有这种文书", text, "运行 yichuang document kinds 查看。")


def _name(kind: PaperKind) -> str:
    return kind.name.lower().replace("_", "-")
