"""The command line's commands. JSON on standard output, messages on standard error.

Each command is a function (argparse.Namespace) -> exit code:
0 yes or done, 1 the answer is no, 2 bad use or environment.
Heavy imports stand inside the functions, so that `yichuang --help` costs nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

YES, NO, TROUBLE = 0, 1, 2


def say(document: Any) -> None:
    """One JSON document on a line of standard output, at once."""
    import json  # 5 ms that a window's first paint need not wait for

    print(json.dumps(document, ensure_ascii=False), flush=True)


def complain(title: str, what: str = "", todo: str = "") -> None:
    """A message for a person on standard error."""
    for part in (title, what, todo):
        if part:
            print(part, file=sys.stderr)


def file_named(text: str) -> Path | None:
    """The file that an argument names; None when it is a code's text instead."""
    try:
        path = Path(text)
        return path if path.is_file() else None
    except (OSError, ValueError):
        # Longer than a name may be, or with a NUL in it: no file, so a code's text.
        return None
