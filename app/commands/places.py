"""The lint of a site's places, told together with the catalogue's."""

from __future__ import annotations

import resources
from app.catalog.places import FILE, FOLDER, read_places
from app.catalog.yaml_text import Finding
from app.domain.item import Catalog
from app.profiles import folder_of

_TODO = "改正这一行；写法见 docs/places.md"


def lint_places(profile: str | None, catalog: Catalog, *, shipped: bool) -> list[Finding]:
    """What is wrong with the site's own places, if it has any, held against its catalogue. shipped: also with those of
    the program, which go with the catalogue of the program."""
    paths = [resources.path(FOLDER) / FILE] if shipped else []
    own = folder_of(profile) / FOLDER / FILE
    paths += [own] if own.is_file() else []
    found = [one for path in paths for one in read_places(path, catalog)[1]]
    return [Finding(one.file, one.line, one.what, _TODO) for one in found]
