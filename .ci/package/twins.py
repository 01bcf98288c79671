"""Libraries that two wheels (or a wheel and the system) bring twice: one stays, a link takes the other's place (Linux).

A wheel's maker renames libraries (libcrypto-3a0647ea.so.3), so the loader would hold both. A link is laid only when the
one that stays has every function, of the same version, that is asked of the other; else both go along.
"""

from __future__ import annotations

import posixpath
import re
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from contents import Entry, elf_needs

TWINS = (
    (r"psycopg_binary\.libs/libcrypto-\w+\.so\.3", "libcrypto.so.3"),
    (r"psycopg_binary\.libs/libssl-\w+\.so\.3", "libssl.so.3"),
)
"""(the one that goes, the one that stays). The system's OpenSSL stays: it knows where the system's certificates lie."""


def versioned(file: str, defined: bool) -> set[str]:
    """The dynamic symbols that a library offers or asks for, each with its version: SSL_new@OPENSSL_3.0.0."""
    said = subprocess.run(["readelf", "--dyn-syms", "-W", file], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in said.splitlines()]
    return {
        row[7].replace("@@", "@")
        for row in rows
        if len(row) > 7 and row[0][:-1].isdigit() and (row[6] != "UND") is defined
    }


def joined(
    entries: Iterable[Entry],
    needs: Callable[[str], Iterable[str]] = elf_needs,
    symbols: Callable[[str, bool], set[str]] = versioned,
) -> list[Entry]:
    """The entries, with links where a library has a twin that can stand in for it."""
    entries = list(entries)
    by_name = {name: (name, file, kind) for name, file, kind in entries if kind != "SYMLINK"}
    pairs = {}
    for pattern, stays in TWINS:
        for name in by_name:
            if re.fullmatch(pattern, name) and stays in by_name:
                pairs[name] = stays
    asked_of: dict[str, set[str]] = {name: set() for name in pairs}
    going = {Path(name).name: name for name in pairs}
    for name, file, kind in by_name.values():
        if name in pairs or kind not in ("BINARY", "EXTENSION"):
            continue
        for library in needs(file):
            if library in going:
                gone = going[library]
                asked_of[gone] |= symbols(file, False) & symbols(by_name[gone][1], True)
    lacking = any(asked_of[name] - symbols(by_name[stays][1], True) for name, stays in pairs.items())
    # All or none: libssl of one make does not go with libcrypto of another.
    if lacking:
        return entries
    return [
        (name, posixpath.relpath(pairs[name], posixpath.dirname(name)), "SYMLINK")
        if name in pairs
        else (name, file, kind)
        for name, file, kind in entries
    ]
