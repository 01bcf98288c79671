"""This program's own version."""

from __future__ import annotations

import importlib.metadata


def program_version() -> str:
    """As pyproject.toml has it; "0" where the package's metadata is missing, so that any real version is newer."""
    try:
        return importlib.metadata.version("yichuang")
    except importlib.metadata.PackageNotFoundError:
        return "0"
