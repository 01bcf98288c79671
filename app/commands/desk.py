"""Commands on the catalogue, forms and papers."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import NO, YES, complain, file_named, say
from app.domain.clock import isoformat
from app.domain.errors import BadInput

if TYPE_CHECKING:
    from app.documents.answer import PaperCheck


def form(args: argparse.Namespace) -> int:
    """The combined form of bundles and items, with what combining saved.

    Exit 2 with the situations on standard output when a main item is named and the answers do not tell them apart.
    """
    from app.catalog.summary import Undecided, summarise
    from app.profiles import catalog_of

    answers: dict[str, str] = {}
    for answer in args.answer:
        question, equals, option = answer.partition("=")
        if not (question and equals and option):
            raise BadInput(
                "回答的写法有误", f"--answer {answer}", "写成 --answer 问题=选项，例如 --answer signboard=yes。"
            )
        answers[question] = option
    try:
        say(summarise(catalog_of(args.profile), args.code, answers))
    except Undecided as open_:
        say(open_.document())
        raise
    return YES


def search(args: argparse.Namespace) -> int:
    """Items and bundles found by everyday words, best first; exit 1 when nothing was found."""
    from app.catalog.search import search as find
    from app.profiles import catalog_of

    hits = find(catalog_of(args.profile), " ".join(args.words))
    for hit in hits:
        say(asdict(hit))
    return YES if hits else NO


def catalog_lint(args: argparse.Namespace) -> int:
    """Findings in a catalogue folder, one a line; exit 1 when any of them is not soft. --accept writes the locks."""
    import resources
    from app.catalog.lint import lint
    from app.catalog.load import load_catalog
    from app.catalog.locks import accept
    from app.commands.places import lint_places
    from app.documents.official.lint import lint_official
    from app.domain.clock import SystemClock

    folder = Path(args.folder) if args.folder else resources.path("catalog")
    findings = lint(folder)
    if not any(not finding.soft for finding in findings):
        # A form is held against a sound catalogue only: else one mistake would be told twice.
        findings += lint_official(folder)
        findings += lint_places(args.profile, load_catalog(folder), shipped=not args.folder)
    for finding in findings:
        say(asdict(finding))
    if any(not finding.soft for finding in findings):
        if args.accept:
            complain("没有写入 locks.yaml", "目录还有错误", "先改正以上各处")
        return NO
    if args.accept:
        complain(f"已核准 {accept(folder, args.accept, SystemClock())} 个事项，写入 {folder / 'locks.yaml'}")
    return YES


def catalog_savings(args: argparse.Namespace) -> int:
    """What combining saves, bundle by bundle, as a table in Markdown."""
    from app.catalog.summary import savings
    from app.profiles import catalog_of

    print(savings(catalog_of(args.profile)), end="")
    return YES


def catalog_export(args: argparse.Namespace) -> int:
    """A catalogue folder as the offices' Excel workbook."""
    from app.catalog.workbook import export_workbook

    export_workbook(Path(args.folder), Path(args.workbook))
    return YES


def catalog_import(args: argparse.Namespace) -> int:
    """An Excel workbook as a catalogue folder; exit 1, with each wrong cell on a line, when it cannot be used."""
    from app.catalog.workbook import BadWorkbook, import_workbook

    try:
        import_workbook(Path(args.workbook), Path(args.folder))
    except BadWorkbook as error:
        for finding in error.findings:
            say({"sheet": finding.file, "row": finding.line, "message": finding.message, "todo": finding.todo})
        complain(error.title, error.what, error.todo)
        return NO
    complain(f"已写入 {args.folder}", "", f"请用 yichuang catalog lint {args.folder} 核对。")
    return YES


def document_verify(args: argparse.Namespace) -> int:
    """Is this paper ours and unaltered? Exit 0 only when both. --signature: and does the signature, or the finger, hold
    that was given for it at this machine?"""
    from app.documents.verify import verify_paper
    from app.profiles import paper_trust

    paper = file_named(args.source)
    source: bytes | str = paper.read_bytes() if paper else args.source
    check = verify_paper(source, paper_trust(args.keys, args.profile))
    said: dict[str, object] = {
        "ours": check.ours,
        "unaltered": check.unaltered,
        "standing": check.standing.value,
        "number": check.number,
        "issued_at": str(check.issued_at) if check.issued_at else None,
        "differences": list(check.differences),
        "words": check.words,
    }
    stands = True
    if args.signature:
        signature, stands = _signature_under(check, paper, args.profile)
        said["signature"] = signature
    say(said)
    if not (check.ours and check.unaltered):
        complain(check.words)
        return NO
    return YES if stands else NO


def _signature_under(check: PaperCheck, paper: Path | None, profile: str | None) -> tuple[dict[str, object], bool]:
    """How a signature or a finger given at this machine stands under a paper, and is that a yes?"""
    from app.bootstrap import open_workstation
    from app.commands.unlocking import Terminal
    from app.services.sign_paper import PaperSignatureState

    with open_workstation(profile, Terminal().open) as station:
        found = station.services.checks.signature(check, paper)
    at = isoformat(found.at) if found.at else None
    said: dict[str, object] = {
        "state": found.state.value,
        "at": at,
        "points": found.points,
        "shown_sha256": found.shown,
        "finger": found.finger,
        "quality": found.quality,
    }
    return said, found.state is PaperSignatureState.HOLDS


def document_coverage(args: argparse.Namespace) -> int:
    """How much of GB 18030-2022's levels each chain of paper fonts draws, one line each; a build's check."""
    from app.documents.coverage import LEVELS, coverage
    from app.documents.fonts import load_fonts

    fonts = load_fonts()
    whole = True
    for name in ("regular", "bold", "receipt"):
        for level in LEVELS:
            found = coverage(getattr(fonts, name), level)
            said = {"fonts": name, "level": level, "characters": found.total, "covered": found.covered}
            say({**said, "percent": found.percent, "files": dict(found.files)})
            whole = whole and not (level == args.at_least and found.missing)
            if level == args.missing and name == "regular":
                say({"level": level, "missing": "".join(found.missing)})
    return YES if whole else NO
