"""Commands about the data files of services to firms."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.commands import NO, YES, say
from app.domain.errors import BadInput


def lint(args: argparse.Namespace) -> int:
    """Findings in assessment files, profile, policies and scenes, one a line; exit 1 when any. Named files are
    assessments."""
    import resources
    from app.catalog.load import load_catalog
    from app.firms.assessments import FOLDER, read_assessment
    from app.firms.profile import FOLDER as RULES
    from app.firms.profile import load_firm_rules, scene_findings, shipped_firm_rules
    from app.profiles import folder_of

    own = folder_of(args.profile) / FOLDER
    found = [path for folder in (resources.path(FOLDER), own) if folder.is_dir() for path in folder.glob("*.yaml")]
    paths = [Path(name) for name in args.file] or sorted(found)
    found_wrong = [] if args.file else list(load_firm_rules(folder_of(args.profile) / RULES)[1])
    if not args.file:
        found_wrong += scene_findings(shipped_firm_rules(), load_catalog(resources.path("catalog")))
    for finding in found_wrong:
        say({"file": finding.file, "line": finding.line, "what": finding.what})
    wrong = bool(found_wrong)
    for path in paths:
        if not path.is_file():
            raise BadInput("没有这个文件", str(path), "检查文件名。")
        for finding in read_assessment(path)[1]:
            wrong = True
            say({"file": finding.file, "line": finding.line, "what": finding.what})
    return NO if wrong else YES
